/* Taking back what an import did to projects: what they were is imported again,
 * what is new is withdrawn, all in one batch. */
#include "base/clock.h"
#include "import_cell.h"
#include "import_private.h"
#include "undo_private.h"

enum { CELL_MEMORY = 64 << 20, IDS_MAX = 10000000 };

struct cells {
	struct undo *undo;
	const struct import_table *table;
	struct str columns[IMPORT_COLUMNS_MAX]; /* of the file; the first: id */
	int numbers[IMPORT_COLUMNS_MAX]; /* of the table's columns */
	size_t n;
	struct buf ids; /* int64_t: projects that go */
	struct arena life; /* names of columns */
	sqlite3_stmt *current; /* reads a project by its public id */
};

/* --- which columns
 * ---------------------------------------------------------------- */

static bool add_column(struct cells *c, struct str name, struct err *e)
{
	int k = import_column_find(c->table, name);

	if (k < 0)
		return true; /* of the state: it follows from the rest */
	if (c->n == IMPORT_COLUMNS_MAX)
		return err_set(e, ERR_LIMIT, "There are too many columns.");
	c->numbers[c->n] = k;
	/* The place stands in the file as text. */
	if (c->table->columns[k].type == IMPORT_GEOM)
		name = str_from("wkt");
	c->columns[c->n].data = arena_copy(&c->life, name.data, name.len);
	c->columns[c->n].len = name.len;
	return c->columns[c->n++].data || err_no_memory(e);
}

static bool find_columns(struct cells *c, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(c->undo->db,
	    "SELECT DISTINCT j.key FROM journal_change c, "
	    "json_each(c.body, '$.was') j WHERE c.seq > ? AND c.seq < ? "
	    "AND c.op = 'change'",
	    e);
	enum sql_step step;

	if (!s || !add_column(c, str_from("id"), e))
		return false;
	sql_bind_int(s, 1, c->undo->first);
	sql_bind_int(s, 2, c->undo->last);
	while ((step = sql_step(c->undo->db, s, e)) == SQL_ROW) {
		if (!add_column(c, sql_text(s, 0), e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

/* --- what stands in a cell
 * ----------------------------------------------------------- */

static void add_cell(struct buf *b, const struct value *v)
{
	char day[CLOCK_DAY_SIZE];

	switch (v->type) {
	case VALUE_NULL:
		return;
	case VALUE_MONEY:
		buf_add_money(b, v->integer);
		return;
	case VALUE_DAY:
		clock_day_text((int32_t)v->integer, day);
		buf_add_text(b, day);
		return;
	case VALUE_BOOL:
		buf_add_text(b, v->integer ? "true" : "false");
		return;
	case VALUE_NUMBER:
		buf_add_double(b, v->number, 9);
		return;
	case VALUE_INT:
	case VALUE_TIME:
		buf_add_int(b, v->integer);
		return;
	case VALUE_TEXT:
	case VALUE_LIST:
		buf_add_str(b, v->text);
	}
}

static bool take_cell(
    struct cells *c, struct str *out, struct buf *b, struct err *e)
{
	out->data = b->failed ? NULL
			      : arena_copy(&c->undo->arena,
				    b->len > 0 ? b->data : "", b->len);
	out->len = b->len;
	return out->data || err_no_memory(e);
}

/* What a project is now. */
static bool read_current(
    struct cells *c, struct str key, struct str *cells, struct err *e)
{
	struct arena *a = &c->undo->arena;
	struct buf b;
	bool done = true;

	sql_bind_text(c->current, 1, key);
	if (sql_step(c->undo->db, c->current, e) != SQL_ROW)
		return err_set(e, ERR_CONFLICT, "A project is gone.");
	buf_init(&b, CELL_MEMORY);
	for (size_t n = 0; done && n < c->n; n++) {
		const struct import_column *k =
		    &c->table->columns[c->numbers[n]];
		struct value v =
		    import_value(c->current, READ_FIRST + c->numbers[n], k);
		const struct geom *g = NULL;

		buf_reset(&b);
		if (k->type == IMPORT_GEOM && v.type != VALUE_NULL) {
			g = geom_from_blob(a, v.text.data, v.text.len, e);
			done = g != NULL;
			v.text = journal_geometry(a, g);
		} else {
			done = cell_make_public(&v, k, a, e);
		}
		add_cell(&b, &v);
		done = done && take_cell(c, &cells[n], &b, e);
	}
	buf_free(&b);
	sqlite3_reset(c->current);
	cells[0] = key;
	return done;
}

/* What a row of the journal says it was goes over it. */
static bool read_was(
    struct cells *c, int64_t seq, struct str *cells, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(c->undo->db,
	    "SELECT j.key, j.type, j.atom FROM journal_change c, "
	    "json_each(c.body, '$.was') j WHERE c.seq = ?",
	    e);
	enum sql_step step;
	bool done = true;
	struct buf b;

	if (!s)
		return false;
	buf_init(&b, CELL_MEMORY);
	sql_bind_int(s, 1, seq);
	while (done && (step = sql_step(c->undo->db, s, e)) == SQL_ROW) {
		int k = import_column_find(c->table, sql_text(s, 0));
		struct str type = sql_text(s, 1);
		size_t n = 0;

		while (n < c->n && c->numbers[n] != k)
			n++;
		if (k < 0 || n == c->n)
			continue;
		buf_reset(&b);
		if (c->table->columns[k].type == IMPORT_MONEY &&
		    str_is(type, "integer"))
			buf_add_money(&b, sql_integer(s, 2));
		else if (str_is(type, "true") || str_is(type, "false"))
			buf_add_str(&b, type);
		else
			buf_add_str(&b, sql_text(s, 2));
		done = take_cell(c, &cells[n], &b, e);
	}
	sqlite3_reset(s);
	buf_free(&b);
	return done && step == SQL_DONE;
}

/* --- the batch
 * -------------------------------------------------------------------------
 */

static bool undo_row(
    struct cells *c, struct import *i, sqlite3_stmt *s, struct err *e)
{
	struct str cells[IMPORT_COLUMNS_MAX], key = sql_text(s, 1);
	int64_t project = sql_integer(s, 3), seq = sql_integer(s, 0);

	arena_reset(&c->undo->arena);
	if (str_is(sql_text(s, 2), "create")) {
		buf_add(&c->ids, &project, sizeof(project));
		return !c->ids.failed || err_no_memory(e);
	}
	return read_current(c, key, cells, e) && read_was(c, seq, cells, e) &&
	       import_add(i, 1, cells, e);
}

static bool undo_rows(struct cells *c, struct import *i, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(c->undo->db,
	    "SELECT seq, key, op, project_id FROM journal_change "
	    "WHERE seq > ? AND seq < ? ORDER BY seq DESC",
	    e);
	enum sql_step step;
	bool done = true;

	if (!s)
		return false;
	sql_bind_int(s, 1, c->undo->first);
	sql_bind_int(s, 2, c->undo->last);
	while (done && (step = sql_step(c->undo->db, s, e)) == SQL_ROW)
		done = undo_row(c, i, s, e);
	sqlite3_reset(s);
	return done && step == SQL_DONE;
}

static bool prepare(struct cells *c, struct err *e)
{
	struct buf b;

	buf_init(&b, 1 << 16);
	import_sql_read(&b, c->table);
	buf_add_text(&b, " WHERE t.public_id = ?");
	if (b.failed)
		err_no_memory(e);
	else
		c->current = sql_prepare_once(c->undo->db, buf_str(&b), e);
	buf_free(&b);
	return c->current != NULL;
}

static bool apply(
    struct cells *c, struct import *i, int64_t *made, struct err *e)
{
	struct import_counts counts;

	if (!undo_rows(c, i, e) || !import_compare(i, &counts, e))
		return false;
	if (counts.refused > 0)
		return err_set(e, ERR_CONFLICT,
		    "A project cannot be again what it was: what it refers to "
		    "is gone.");
	import_withdraw_too(i, (const int64_t *)(const void *)c->ids.data,
	    c->ids.len / sizeof(int64_t));
	return import_apply(i, c->undo->batch, &c->undo->counts, made, e);
}

static bool run(struct cells *c, int64_t *made, struct err *e)
{
	const struct import_options options = {
		.unit = IMPORT_TENGE, .today = c->undo->today, .restore = true
	};
	struct import *i;
	bool done;

	if (!find_columns(c, e))
		return false;
	i = import_open(c->undo->db, c->table, &options, c->columns, c->n, e);
	done = i && prepare(c, e) && apply(c, i, made, e);
	sqlite3_finalize(c->current);
	import_close(i);
	return done;
}

bool undo_projects(struct undo *u, int64_t *made, struct err *e)
{
	struct cells c = { .undo = u, .table = &import_projects };
	bool done;

	buf_init(&c.ids, IDS_MAX * sizeof(int64_t));
	arena_init(&c.life, 1 << 20);
	done = run(&c, made, e);
	buf_free(&c.ids);
	arena_free(&c.life);
	return done;
}
