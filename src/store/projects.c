#include "store/projects.h"

#include "store/connection.h"
#include "store/project_read.h"

struct visit {
	struct db *db;
	sqlite3_stmt *row; /* reads one by id */
	const struct lookup *lookup;
	int32_t today;
	project_visit *visit;
	void *context;
};

static bool begin(struct visit *v, struct err *e)
{
	v->lookup = lookup_get(v->db, e);
	if (!v->lookup)
		return false;
	v->row = sql_prepare(v->db,
	    "SELECT " PROJECT_COLUMNS
	    " FROM project p WHERE p.id = ? AND p.state = 'published'",
	    e);
	return v->row != NULL;
}

/* Reads the row in full by its id and hands it on. */
static bool visit_row(
    const struct visit *v, int64_t id, bool *found, struct err *e)
{
	struct project p;
	bool done;

	*found = false;
	sql_bind_int(v->row, 1, id);
	switch (sql_step(v->db, v->row, e)) {
	case SQL_FAILED:
		return false;
	case SQL_DONE:
		return true;
	case SQL_ROW:
		break;
	}
	*found = true;
	done = project_read(&p, v->db, v->row, v->lookup, v->today, e) &&
	       v->visit(v->context, &p, e);
	sqlite3_reset(v->row);
	return done;
}

static bool visit_known(const struct visit *v, sqlite3_stmt *s, struct err *e)
{
	const struct project p = {
		.feature = { .id = sql_integer(s, 0),
		    .schema = &project_schema },
		.key = sql_integer(s, 1),
		.change = sql_integer(s, 2),
	};

	return v->visit(v->context, &p, e);
}

/* The order comes from an index that also holds what known is asked, so that a
 * row that is known is not touched. */
static bool walk(const struct visit *v, project_known *known, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(v->db,
	    "SELECT id, sort_key, change FROM project INDEXED BY project_order "
	    "WHERE state = 'published' ORDER BY sort_key, id",
	    e);
	enum sql_step step;
	bool found, done = true;

	if (!s)
		return false;
	while (done && (step = sql_step(v->db, s, e)) == SQL_ROW) {
		int64_t id = sql_integer(s, 0);

		if (known && known(v->context, id, sql_integer(s, 2)))
			done = visit_known(v, s, e);
		else
			done = visit_row(v, id, &found, e);
	}
	sqlite3_reset(s);
	return done && step == SQL_DONE;
}

/* The rows lie all over the file: a larger cache keeps at least the inner pages
 * of the tree while all are read. */
bool projects_each(struct db *d, int32_t today, project_known *known,
    project_visit *visit, void *context, struct err *e)
{
	struct visit v = {
		.db = d, .today = today, .visit = visit, .context = context
	};
	bool done;

	done = sql_exec(d, "PRAGMA cache_size = -8192", e) && begin(&v, e) &&
	       walk(&v, known, e);
	if (!sql_exec(d, "PRAGMA cache_size = -2000", done ? e : NULL))
		return false;
	sqlite3_db_release_memory(sql_handle(d));
	return done;
}

bool projects_get(struct db *d, int64_t id, int32_t today, project_visit *visit,
    void *context, struct err *e)
{
	struct visit v = {
		.db = d, .today = today, .visit = visit, .context = context
	};
	bool found;

	if (!begin(&v, e) || !visit_row(&v, id, &found, e))
		return false;
	if (!found)
		return err_set(e, ERR_MISSING, "There is no such project.");
	return true;
}

bool projects_find(
    struct db *d, struct str public_id, int64_t *id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    d, "SELECT id, state FROM project WHERE public_id = ?", e);
	bool published, withdrawn;
	int64_t found;

	if (!s)
		return false;
	sql_bind_text(s, 1, public_id);
	switch (sql_step(d, s, e)) {
	case SQL_FAILED:
		return false;
	case SQL_DONE:
		return err_set(e, ERR_MISSING, "There is no such project.");
	case SQL_ROW:
		break;
	}
	found = sql_integer(s, 0);
	published = str_is(sql_text(s, 1), "published");
	withdrawn = str_is(sql_text(s, 1), "withdrawn");
	sqlite3_reset(s);
	if (withdrawn)
		return err_set(e, ERR_GONE, "The project was withdrawn.");
	if (!published)
		return err_set(e, ERR_MISSING, "There is no such project.");
	*id = found;
	return true;
}
