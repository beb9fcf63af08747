#include <string.h>

#include "base/mem.h"
#include "store/connection.h"
#include "store/project_read.h"
#include "store/projects.h"
#include "store/selection.h"

/* A page by rules is chosen first; it comes in the order of all. */
static void add_select(
    struct selection *sel, const struct query *q, int32_t today)
{
	bool sorted = selection_is_sorted(q);

	buf_add_text(&sel->text, "SELECT " PROJECT_COLUMNS " FROM project p");
	if (!sorted) {
		selection_add(sel, q, today, SELECTION_PAGE);
		return;
	}
	buf_add_text(&sel->text, " WHERE p.id IN (SELECT p.id");
	selection_add_from(sel, q, today);
	selection_add(sel, q, today, SELECTION_PAGE);
	buf_add_text(&sel->text, ") ORDER BY p.sort_key, p.id");
}

/* sql_step resets at the end, so that the statement is finalized in one place:
 * here. */
bool projects_select(struct db *d, const struct query *q, int32_t today,
    project_visit *visit, void *context, struct err *e)
{
	const struct lookup *l = lookup_get(d, e);
	enum sql_step step = SQL_FAILED;
	struct selection sel;
	sqlite3_stmt *s;
	struct project p;

	if (!l)
		return false;
	selection_init(&sel);
	add_select(&sel, q, today);
	s = selection_prepare(&sel, d, e);
	while (s && (step = sql_step(d, s, e)) == SQL_ROW) {
		if (!project_read(&p, d, s, l, today, e) ||
		    !visit(context, &p, e))
			break;
	}
	sqlite3_finalize(s);
	selection_free(&sel);
	return step == SQL_DONE;
}

bool projects_count(struct db *d, const struct query *q, int32_t today,
    uint64_t *count, struct err *e)
{
	struct selection sel;
	sqlite3_stmt *s;
	bool done;

	selection_init(&sel);
	buf_add_text(&sel.text, "SELECT count(*) FROM project p");
	selection_add(&sel, q, today, SELECTION_ALL);
	s = selection_prepare(&sel, d, e);
	done = s && sql_step(d, s, e) == SQL_ROW;
	if (done)
		*count = (uint64_t)sql_integer(s, 0);
	sqlite3_finalize(s);
	selection_free(&sel);
	return done;
}

bool projects_before(struct db *d, const struct query *q, int32_t today,
    struct query_cursor *out, struct err *e)
{
	enum sql_step step = SQL_FAILED;
	struct selection sel;
	sqlite3_stmt *s;

	*out = (struct query_cursor){ 0 };
	selection_init(&sel);
	buf_add_text(&sel.text, "SELECT p.sort_key, p.id");
	selection_add_from(&sel, q, today);
	selection_add(&sel, q, today, SELECTION_BEFORE);
	s = selection_prepare(&sel, d, e);
	if (s)
		step = sql_step(d, s, e);
	if (step == SQL_ROW)
		*out = (struct query_cursor){ .set = true,
			.version = q->after.version,
			.key = sql_integer(s, 0),
			.id = sql_integer(s, 1) };
	sqlite3_finalize(s);
	selection_free(&sel);
	return step != SQL_FAILED;
}

struct ids {
	int64_t *list;
	size_t n, size;
};

static bool add_id(struct ids *ids, int64_t id)
{
	size_t size = ids->size ? ids->size * 2 : 1024;
	int64_t *more;

	if (ids->n == ids->size) {
		more = mem_realloc(ids->list, size * sizeof(*more));
		if (!more)
			return false;
		ids->list = more;
		ids->size = size;
	}
	ids->list[ids->n++] = id;
	return true;
}

static bool collect(
    struct ids *ids, struct db *d, struct str match, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT rowid FROM project_search WHERE project_search MATCH ? "
	    "ORDER BY rowid",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_text(s, 1, match);
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		if (!add_id(ids, sql_integer(s, 0))) {
			sqlite3_reset(s);
			return err_no_memory(e);
		}
	}
	return step == SQL_DONE;
}

static bool hand_over(const struct ids *ids, struct arena *a,
    const int64_t **out, size_t *n, struct err *e)
{
	int64_t *copy = arena_array(a, ids->n + 1, sizeof(*copy));

	if (!copy)
		return err_set(e, ERR_LIMIT, "The search finds too much.");
	if (ids->n > 0)
		memcpy(copy, ids->list, ids->n * sizeof(*copy));
	*out = copy;
	*n = ids->n;
	return true;
}

bool projects_search(struct db *d, struct str folded, struct arena *a,
    const int64_t **ids, size_t *n, struct err *e)
{
	struct ids found = { NULL, 0, 0 };
	struct buf match;
	bool done;

	buf_init(&match, QUERY_TEXT_MAX * 8);
	selection_add_match(&match, folded);
	if (match.failed)
		done = err_set(e, ERR_LIMIT, "The search text is too long.");
	else
		done = match.len == 0 || collect(&found, d, buf_str(&match), e);
	done = done && hand_over(&found, a, ids, n, e);
	mem_free(found.list);
	buf_free(&match);
	return done;
}
