#include "issues.h"

#include "sql.h"

bool issues_begin(struct db *d, struct err *e)
{
	return sql_exec(d,
	    "DROP TABLE IF EXISTS temp.issue;"
	    "CREATE TEMP TABLE issue (id INTEGER PRIMARY KEY, "
	    "phase INTEGER NOT NULL, level INTEGER NOT NULL, "
	    "line INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT "
	    "NULL, "
	    "field TEXT NOT NULL, reason TEXT NOT NULL);",
	    e);
}

bool issues_forget_compared(struct db *d, struct err *e)
{
	return sql_exec(d, "DELETE FROM issue WHERE phase = 1", e);
}

static struct str or_empty(struct str s)
{
	return s.data ? s : str_from("");
}

bool issues_add(struct db *d, enum import_phase phase,
    const struct import_issue *issue, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "INSERT INTO issue (phase, level, line, number, name, field, "
	    "reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, phase);
	sql_bind_int(s, 2, issue->level);
	sql_bind_int(s, 3, issue->line);
	sql_bind_int(s, 4, issue->number);
	sql_bind_text(s, 5, or_empty(issue->name));
	sql_bind_text(s, 6, or_empty(issue->field));
	sql_bind_text(s, 7, or_empty(issue->reason));
	return sql_run(d, s, e);
}

bool import_issues(
    struct db *d, import_issue_visit *visit, void *context, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT level, line, number, name, field, reason, phase FROM issue "
	    "ORDER BY line, number, id",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		const struct import_issue issue = {
			.level = (enum import_level)sql_integer(s, 0),
			.line = (long)sql_integer(s, 1),
			.number = (long)sql_integer(s, 2),
			.name = sql_text(s, 3),
			.field = sql_text(s, 4),
			.reason = sql_text(s, 5),
			.late = sql_integer(s, 6) == PHASE_APPLY,
		};

		if (!visit(context, &issue, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}
