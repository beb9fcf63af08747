/* --replace-scope: what the file should have, and has no longer. */
#include "import_private.h"

#include "import_cell.h"
#include "store/figures.h"
#include "store/withdraw.h"

static const struct import_scope *scope_of(const struct import *i)
{
	switch (i->options.replace) {
	case IMPORT_REPLACE_KATO:
		return &i->table->kato;
	case IMPORT_REPLACE_SOURCE:
		return &i->table->source;
	default:
		return NULL;
	}
}

/* Which rows t are meant: of a scope that the file has records of, and not
 * among these. */
static void add_condition(struct buf *b, const struct import *i)
{
	const struct import_scope *scope = scope_of(i);

	buf_add_format(b,
	    " WHERE %s IN (SELECT %s FROM stage s WHERE s.refused = 0) "
	    "AND NOT EXISTS (SELECT 1 FROM mark WHERE refused = 0 "
	    "AND target = t.id)",
	    scope->stored, scope->staged);
	if (i->table == &import_projects)
		buf_add_text(b, " AND t.state = 'published'");
}

/* NOT EXISTS asks for each stored row. */
static bool index_targets(struct import *i, struct err *e)
{
	return sql_exec(i->db,
	    "CREATE INDEX IF NOT EXISTS temp.mark_target ON mark (target)", e);
}

/* What goes, by its public id and its name. */
static bool report_each(struct import *i, sqlite3_stmt *s, struct err *e)
{
	enum sql_step step;
	bool done = true;

	while (done && (step = sql_step(i->db, s, e)) == SQL_ROW) {
		import_call(i, sql_text(s, 1), 0);
		done = import_report(i, IMPORT_RECORD, 0, sql_text(s, 0).data,
		    "is not in the file and is withdrawn", e);
	}
	import_call(i, (struct str){ NULL, 0 }, 0);
	return done && step == SQL_DONE;
}

static bool report_missing(struct import *i, struct err *e)
{
	sqlite3_stmt *s = NULL;
	bool done;

	buf_reset(&i->scratch);
	buf_add_text(&i->scratch,
	    "SELECT t.public_id, coalesce(t.title_kk, t.title_ru) "
	    "FROM project t");
	add_condition(&i->scratch, i);
	buf_add_text(&i->scratch, " ORDER BY 1");
	if (i->scratch.failed)
		return err_no_memory(e);
	s = sql_prepare_once(i->db, buf_str(&i->scratch), e);
	done = s && report_each(i, s, e);
	sqlite3_finalize(s);
	return done;
}

bool import_missing_count(struct import *i, int64_t *n, struct err *e)
{
	struct buf b;
	bool done;

	*n = 0;
	if (!scope_of(i))
		return true;
	if (!index_targets(i, e))
		return false;
	buf_init(&b, 4096);
	buf_add_format(&b, "SELECT count(*) FROM %s t", i->table->entity);
	add_condition(&b, i);
	buf_add_char(&b, '\0');
	done = b.failed ? err_no_memory(e) : sql_int(i->db, b.data, 0, n, e);
	buf_free(&b);
	return done && (!i->options.each || *n == 0 || report_missing(i, e));
}

/* Parts of a project have no page of their own: the journal keeps them. */
static bool delete_part(struct import *i, int64_t id, struct err *e)
{
	struct buf b;
	sqlite3_stmt *s;
	bool done;

	buf_init(&b, 256);
	buf_add_format(&b, "DELETE FROM %s WHERE id = ?", i->table->entity);
	buf_add_char(&b, '\0');
	if (b.failed)
		err_no_memory(e);
	s = b.failed ? NULL : sql_prepare(i->db, b.data, e);
	if (s)
		sql_bind_int(s, 1, id);
	done = s && sql_run(i->db, s, e);
	buf_free(&b);
	return done;
}

static bool read_fields(struct journal_field *out, size_t *n, struct import *i,
    sqlite3_stmt *s, struct err *e)
{
	const struct import_table *t = i->table;

	*n = 0;
	for (size_t k = 0; k < t->n_columns; k++) {
		const struct import_column *c = &t->columns[k];
		struct journal_field f = { .name = c->name };

		if (!import_column_is_kept(c))
			continue;
		f.was = import_value(s, READ_FIRST + (int)k, c);
		if (!cell_make_public(&f.was, c, &i->record, e))
			return false;
		out[(*n)++] = f;
	}
	return true;
}

static bool withdraw_part(
    struct import *i, struct journal *j, sqlite3_stmt *s, struct err *e)
{
	struct journal_field fields[IMPORT_COLUMNS_MAX];
	struct journal_record r = { .entity = i->table->entity,
		.key = sql_text(s, READ_KEY),
		.project = sql_integer(s, READ_OWNER),
		.op = JOURNAL_WITHDRAW,
		.fields = fields };
	bool written;

	return read_fields(fields, &r.n_fields, i, s, e) &&
	       journal_change(j, &r, &written, e) &&
	       (r.project == 0 || figures_touch(i->db, r.project, e)) &&
	       delete_part(i, sql_integer(s, READ_ID), e);
}

/* Projects leave a tombstone. */
static bool withdraw_one(struct import *i, struct journal *j, sqlite3_stmt *s,
    const char *reason, struct err *e)
{
	arena_reset(&i->record);
	if (i->table == &import_projects)
		return withdraw_project(i->db, j, sql_integer(s, READ_ID),
		    str_from(reason), i->options.today, e);
	return withdraw_part(i, j, s, e);
}

static bool withdraw_each(struct import *i, struct journal *j, sqlite3_stmt *s,
    const char *reason, struct err *e)
{
	enum sql_step step;

	while ((step = sql_step(i->db, s, e)) == SQL_ROW)
		if (!withdraw_one(i, j, s, reason, e))
			return false;
	return step == SQL_DONE;
}

/* The rows are sorted, so that all are found before the first is changed. */
bool import_missing_withdraw(
    struct import *i, struct journal *j, const char *reason, struct err *e)
{
	sqlite3_stmt *s = NULL;
	bool done;

	if (!scope_of(i))
		return true;
	if (!reason)
		reason = "no longer among the records of its source";
	buf_reset(&i->scratch);
	import_sql_read(&i->scratch, i->table);
	add_condition(&i->scratch, i);
	buf_add_text(&i->scratch, " ORDER BY +t.id");
	if (i->scratch.failed)
		return err_no_memory(e);
	s = sql_prepare_once(i->db, buf_str(&i->scratch), e);
	done = s && withdraw_each(i, j, s, reason, e);
	sqlite3_finalize(s);
	return done;
}
