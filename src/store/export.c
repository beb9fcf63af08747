#include "store/export.h"

#include "base/mem.h"
#include "import_cell.h"
#include "import_private.h"

#include <string.h>

enum { ROW_MEMORY = 64 << 20, SQL_MEMORY = 64 << 10 };

struct export
{
	struct db *db;
	const struct import_table *table;
	struct import_place place;
	bool has_place;
	struct field fields[IMPORT_COLUMNS_MAX];
	size_t columns[IMPORT_COLUMNS_MAX]; /* number of each field's column */
	struct schema schema;
	struct arena row;
};

/* What a value of the column is on the wire. */
static enum value_type wire_type(const struct import_column *c)
{
	switch (c->type) {
	case IMPORT_MONEY:
		return VALUE_MONEY;
	case IMPORT_DAY:
		return VALUE_DAY;
	case IMPORT_INT:
		return VALUE_INT;
	case IMPORT_NUMBER:
		return VALUE_NUMBER;
	case IMPORT_BOOL:
		return VALUE_BOOL;
	case IMPORT_WORDS:
	case IMPORT_CODES:
	case IMPORT_YEARS:
	case IMPORT_ORGANISATIONS:
		return VALUE_LIST;
	default:
		return VALUE_TEXT;
	}
}

/* The feature itself has the id and the place. */
static bool is_own(const struct export *x, size_t k)
{
	const struct import_place *p = &x->place;
	const char *key = x->table->keys[0][0];

	return x->has_place && ((int)k == p->lon || (int)k == p->lat ||
				   (int)k == p->wkt || (int)k == p->geom ||
				   strcmp(x->table->columns[k].name, key) == 0);
}

static void make_schema(struct export *x)
{
	const struct import_table *t = x->table;

	for (size_t k = 0; k < t->n_columns; k++) {
		const struct import_column *c = &t->columns[k];
		size_t n = x->schema.n_fields;

		if (!import_column_is_kept(c) || (c->flags & COLUMN_HIDDEN) ||
		    is_own(x, k))
			continue;
		x->columns[n] = k;
		x->fields[n] = (struct field){ .name = c->name,
			.type = wire_type(c),
			.title = { c->name, c->name, c->name } };
		x->schema.n_fields++;
	}
	x->schema.name = t->name;
	x->schema.fields = x->fields;
}

static bool read_place(
    const struct geom **out, struct export *x, sqlite3_stmt *s, struct err *e)
{
	const struct import_place *p = &x->place;

	*out = NULL;
	if (!x->has_place)
		return true;
	if (p->geom >= 0)
		return sql_geom(s, READ_FIRST + p->geom, &x->row, out, e);
	*out = geom_point(&x->row, sql_double(s, READ_FIRST + p->lon),
	    sql_double(s, READ_FIRST + p->lat), e);
	return *out != NULL;
}

static bool visit_row(struct export *x, sqlite3_stmt *s, feature_visit *visit,
    void *context, struct err *e)
{
	struct value values[IMPORT_COLUMNS_MAX];
	struct feature f = { .id = sql_integer(s, READ_ID),
		.public_id = sql_text(s, READ_KEY),
		.schema = &x->schema,
		.values = values };

	arena_reset(&x->row);
	for (size_t n = 0; n < x->schema.n_fields; n++) {
		size_t k = x->columns[n];
		const struct import_column *c = &x->table->columns[k];

		values[n] = import_value(s, READ_FIRST + (int)k, c);
		if (!cell_make_public(&values[n], c, &x->row, e))
			return false;
	}
	return read_place(&f.geom, x, s, e) && visit(context, &f, e);
}

struct export *export_open(
    struct db *d, const struct import_table *t, struct err *e)
{
	struct export *x = mem_alloc(sizeof(*x));

	if (!x) {
		err_no_memory(e);
		return NULL;
	}
	memset(x, 0, sizeof(*x));
	x->db = d;
	x->table = t;
	arena_init(&x->row, ROW_MEMORY);
	import_place_find(&x->place, t);
	x->has_place = x->place.lon >= 0;
	make_schema(x);
	return x;
}

void export_close(struct export *x)
{
	if (!x)
		return;
	arena_free(&x->row);
	mem_free(x);
}

const struct schema *export_schema(const struct export *x)
{
	return &x->schema;
}

bool export_has_place(const struct export *x)
{
	return x->has_place;
}

static sqlite3_stmt *prepare(struct export *x, struct err *e)
{
	sqlite3_stmt *s = NULL;
	struct buf b;

	buf_init(&b, SQL_MEMORY);
	import_sql_read(&b, x->table);
	if (x->table == &import_projects)
		buf_add_text(&b, " WHERE t.state = 'published'");
	buf_add_text(&b, " ORDER BY t.id");
	if (b.failed)
		err_no_memory(e);
	else
		s = sql_prepare_once(x->db, buf_str(&b), e);
	buf_free(&b);
	return s;
}

bool export_each(
    struct export *x, feature_visit *visit, void *context, struct err *e)
{
	sqlite3_stmt *s = prepare(x, e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(x->db, s, e)) == SQL_ROW) {
		if (!visit_row(x, s, visit, context, e)) {
			step = SQL_FAILED;
			break;
		}
	}
	sqlite3_finalize(s);
	return step == SQL_DONE;
}
