#include "api/queryables.h"

#include "api/catalogue.h"
#include "api/filter.h"
#include "api/rows.h"
#include "api/schemas.h"
#include "api/source.h"
#include "base/array.h"
#include "query/project.h"

#include <string.h>

enum { TEXT_MAX = 1000 };

static const double number_most = 1e300, whole_most = 9007199254740992.0;

static const struct {
	enum param_type type;
	const char *before, *after; /* of its literal in CQL2 */
} kinds[] = {
	[VALUE_TEXT] = { PARAM_TEXT, "'", "'" },
	[VALUE_INT] = { PARAM_INT, "", "" },
	[VALUE_NUMBER] = { PARAM_NUMBER, "", "" },
	[VALUE_MONEY] = { PARAM_MONEY, "", "" },
	[VALUE_BOOL] = { PARAM_BOOL, "", "" },
	[VALUE_DAY] = { PARAM_DAY, "DATE('", "')" },
	[VALUE_TIME] = { PARAM_TIME, "TIMESTAMP('", "')" },
	[VALUE_LIST] = { PARAM_TEXT, "'", "'" },
};

static bool is_taken(const struct param_table *table, const char *name)
{
	for (size_t i = 0; i < table->n; i++)
		if (!strcmp(table->rows[i]->name, name))
			return true;
	return false;
}

static struct param row_of(
    const char *name, enum value_type type, const char *const title[LANG_COUNT])
{
	struct param row = { .name = name,
		.type = kinds[type].type,
		.flags =
		    PARAM_PROPERTY | (type == VALUE_LIST ? PARAM_MEMBER : 0),
		.text = { title[LANG_KK], title[LANG_RU], title[LANG_EN] } };
	double most = type == VALUE_INT ? whole_most : number_most;

	row.max = row.type == PARAM_TEXT ? TEXT_MAX : most;
	row.min = -row.max;
	return row;
}

/* One more, when its name is free. */
static void add_row(struct param_table *out, const struct param **rows,
    struct param *to, const struct param *row)
{
	if (out->n == PARAMS_MAX || is_taken(out, row->name))
		return;
	*to = *row;
	rows[out->n++] = to;
}

static void fill(struct param_table *out, const struct param **rows,
    struct param *made, const struct schema *schema)
{
	struct param row =
	    row_of("id", filter_id_type(schema), schema_id_title);

	add_row(out, rows, made++, &row);
	for (size_t i = 0; i < schema->n_fields; i++) {
		const struct field *f = &schema->fields[i];

		row = row_of(f->name, f->type, f->title);
		row.codes = schema_codes(schema, i);
		if (row.codes)
			row.type = PARAM_CHOICE;
		add_row(out, rows, made++, &row);
	}
}

const struct param_table *queryables_table(const struct param_table *table,
    const struct schema *schema, struct arena *a)
{
	size_t n = schema->n_fields + 1;
	struct param_table *out = arena_alloc(a, sizeof(*out));
	struct param *made = arena_array(a, n, sizeof(*made));
	const struct param **rows = arena_array(a, table->n + n, sizeof(*rows));

	if (!out || !made || !rows)
		return NULL;
	memcpy(rows, table->rows, table->n * sizeof(*rows));
	*out = (struct param_table){ rows, table->n };
	fill(out, rows, made, schema);
	return out;
}

const struct param_table *queryables_of_call(struct call *c, struct err *e)
{
	const struct param_table *own = c->endpoint->params, *table;
	const struct collection *k;

	if (own != &table_projects && own != &table_districts &&
	    own != &table_layer)
		return own;
	if (!collection_of_call(&k, c, e))
		return NULL;
	table = queryables_table(own, k->schema, c->x->arena);
	if (!table)
		err_no_room(e);
	return table;
}

static void add_literal(
    struct buf *out, const struct param *row, struct str value)
{
	size_t kind = VALUE_TEXT;

	/* What is of none of these types is one of several codes: a text. */
	for (size_t i = kind; i < LENGTH(kinds); i++)
		if (kinds[i].before && kinds[i].type == row->type)
			kind = i;
	buf_add_text(out, kinds[kind].before);
	for (size_t i = 0; i < value.len; i++) {
		/* Both mean themselves when they stand twice. */
		if (value.data[i] == '\'' || value.data[i] == '\\')
			buf_add_char(out, value.data[i]);
		buf_add_char(out, value.data[i]);
	}
	buf_add_text(out, kinds[kind].after);
}

void queryables_write(struct buf *out, const struct params *p)
{
	for (size_t i = 0; i < p->table->n; i++) {
		const struct param *row = p->table->rows[i];

		if (!(row->flags & PARAM_PROPERTY) || !p->values[i].data)
			continue;
		if (out->len)
			buf_add_text(out, " AND ");
		if (row->flags & PARAM_MEMBER)
			buf_add_format(out, "A_CONTAINS(\"%s\",(", row->name);
		else
			buf_add_format(out, "\"%s\" = ", row->name);
		add_literal(out, row, p->values[i]);
		if (row->flags & PARAM_MEMBER)
			buf_add_text(out, "))");
	}
}
