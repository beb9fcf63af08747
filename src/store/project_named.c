/* A project by its title and place. */
#include "base/utf8.h"
#include "sql.h"
#include "store/projects.h"

enum { NEAR_METRES = 500, FOLDED_MAX = 1 << 16 };

static bool is_near(sqlite3_stmt *s, const struct position *at)
{
	const struct position there = { sql_double(s, 3), sql_double(s, 4) };

	if (!at || sql_is_null(s, 3))
		return !at && sql_is_null(s, 3);
	return geom_distance(*at, there) <= NEAR_METRES;
}

/* Whether the row is it; then its public id is copied. */
static bool look(struct db *d, int64_t id, struct str title,
    const struct position *at, struct arena *a, struct str *out, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT public_id, title_kk, title_ru, anchor_lon, anchor_lat "
	    "FROM project WHERE id = ? AND state = 'published'",
	    e);
	enum sql_step step;
	bool done = true;

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	step = sql_step(d, s, e);
	if (step == SQL_ROW &&
	    (str_equal(sql_text(s, 1), title) ||
		str_equal(sql_text(s, 2), title)) &&
	    is_near(s, at)) {
		struct str found = sql_text(s, 0);

		out->data = arena_copy(a, found.data, found.len);
		out->len = found.len;
		done = out->data || err_no_memory(e);
	}
	sqlite3_reset(s);
	return done && step != SQL_FAILED;
}

bool projects_named(struct db *d, struct str title, const struct position *at,
    struct arena *a, struct str *out, struct err *e)
{
	struct buf folded;
	const int64_t *ids = NULL;
	size_t n = 0;
	bool done = true;

	*out = (struct str){ NULL, 0 };
	buf_init(&folded, FOLDED_MAX);
	if (utf8_add_folded(&folded, title) && folded.len > 0)
		done = projects_search(d, buf_str(&folded), a, &ids, &n, e);
	buf_free(&folded);
	for (size_t i = 0; done && i < n && !out->data; i++)
		done = look(d, ids[i], title, at, a, out, e);
	return done;
}
