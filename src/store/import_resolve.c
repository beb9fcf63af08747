/* Which stored record is meant, and rules over all records at once. */
#include "import_private.h"

/* Runs SQL that gives numbers of records and refuses each. */
static bool refuse_all(struct import *i, const char *sql, const char *field,
    const char *reason, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db, sql, e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(i->db, s, e)) == SQL_ROW) {
		if (!import_stage_refuse(
			i, sql_integer(s, 0), field, reason, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

static bool find_targets(struct import *i, struct err *e)
{
	buf_reset(&i->scratch);
	buf_add_format(&i->scratch,
	    "UPDATE mark SET target = (SELECT %s FROM cells s "
	    "WHERE s.n = mark.n)",
	    i->table->find);
	buf_add_char(&i->scratch, '\0');
	if (i->scratch.failed)
		return err_no_memory(e);
	return sql_exec(i->db, i->scratch.data, e);
}

/* Two keys of the file may name one record. */
static bool refuse_repeated(struct import *i, struct err *e)
{
	return refuse_all(i,
	    "SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY target "
	    "ORDER BY n) AS nth FROM mark WHERE target IS NOT NULL) "
	    "WHERE nth > 1",
	    i->table->keys[0][0], "is the record of an earlier line", e);
}

static bool refuse_gone(struct import *i, struct err *e)
{
	bool done;
	struct buf sql;

	if (!i->table->gone || i->options.restore)
		return true;
	buf_init(&sql, 1024);
	buf_add_format(&sql,
	    "SELECT s.n FROM stage s JOIN %s t ON t.id = s.target "
	    "WHERE s.refused = 0 AND %s",
	    i->table->entity, i->table->gone);
	buf_add_char(&sql, '\0');
	if (sql.failed)
		err_no_memory(e);
	done = !sql.failed &&
	       refuse_all(i, sql.data, i->table->keys[0][0],
		   "is withdrawn; --restore-withdrawn publishes it again", e);
	buf_free(&sql);
	return done;
}

bool import_stage_refuse(struct import *i, int64_t n, const char *field,
    const char *reason, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "UPDATE mark SET refused = 1 WHERE n = ? AND refused = 0 "
	    "RETURNING line",
	    e);
	long line;
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_int(s, 1, n);
	step = sql_step(i->db, s, e);
	if (step != SQL_ROW)
		return step == SQL_DONE;
	line = (long)sql_integer(s, 0);
	if (!sql_run(i->db, s, e))
		return false;
	i->counts.refused++;
	return import_report(i, IMPORT_REFUSED, line, field, reason, e);
}

bool import_resolve(struct import *i, struct err *e)
{
	const struct import_table *t = i->table;

	if (!find_targets(i, e) || !refuse_repeated(i, e) || !refuse_gone(i, e))
		return false;
	for (size_t n = 0; n < t->n_rules; n++)
		if (!refuse_all(i, t->rules[n].sql, t->rules[n].field,
			t->rules[n].reason, e))
			return false;
	return true;
}
