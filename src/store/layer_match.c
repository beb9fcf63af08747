/* Which stored feature a feature of the file is. */
#include "layer_private.h"

enum { NEAR_METRES = 500, CANDIDATES_MAX = 200 };

/* Takes a stored feature for the staged one, unless another has it already. */
static bool take(struct layer_import *i, int64_t n, int64_t id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    i->db, "INSERT OR IGNORE INTO layer_taken VALUES (?)", e);

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	if (!sql_run(i->db, s, e))
		return false;
	return sqlite3_changes(sql_handle(i->db)) == 0 ||
	       layer_stage_settle(
		   i, n, id, LAYER_UNCHANGED, (struct str){ NULL, 0 }, e);
}

static bool find_one(
    struct layer_import *i, sqlite3_stmt *s, int64_t *id, struct err *e)
{
	enum sql_step step = sql_step(i->db, s, e);

	*id = 0;
	if (step == SQL_ROW) {
		*id = sql_integer(s, 0);
		sqlite3_reset(s);
	}
	return step != SQL_FAILED;
}

static bool match_id(struct layer_import *i, const struct layer_staged *staged,
    int64_t target, enum layer_fate fate, struct str next, void *context,
    struct err *e)
{
	sqlite3_stmt *s;
	int64_t id;

	(void)target;
	(void)fate;
	(void)next;
	(void)context;
	if (!staged->source_id.data && !staged->own)
		return true;
	s = sql_prepare(i->db,
	    staged->own ? "SELECT id FROM layer_feature WHERE id = ? "
			  "AND layer_id = ? AND source_id IS NULL"
			: "SELECT id FROM layer_feature WHERE source_id = ? "
			  "AND layer_id = ?",
	    e);
	if (!s)
		return false;
	if (staged->own)
		sql_bind_int(s, 1, staged->own);
	else
		sql_bind_text(s, 1, staged->source_id);
	sql_bind_int(s, 2, i->stored.id);
	if (!find_one(i, s, &id, e))
		return false;
	return id == 0 || take(i, staged->n, id, e);
}

/* Stored features that no id found. */
static bool list_free(struct layer_import *i, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "INSERT INTO layer_free SELECT id, coalesce(name, ''), "
	    "source_id IS NOT NULL, sort_key, anchor_lon, anchor_lat "
	    "FROM layer_feature WHERE layer_id = ? "
	    "AND id NOT IN (SELECT id FROM layer_taken)",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, i->stored.id);
	return sql_run(i->db, s, e) && sql_exec(i->db,
					   "CREATE INDEX temp.layer_free_name "
					   "ON layer_free (name, sort_key)",
					   e);
}

/* Two that both have a name of the source's are two, however near they are. */
#define FREE_ONES "FROM layer_free WHERE name = ? AND (named = 0 OR ? = 0)"

static void bind_free(sqlite3_stmt *s, const struct layer_staged *staged)
{
	sql_bind_text(s, 1, staged->name.data ? staged->name : str_from(""));
	sql_bind_int(s, 2, staged->source_id.data != NULL);
}

/* At the very same place. */
static bool find_there(struct layer_import *i,
    const struct layer_staged *staged, int64_t *id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "SELECT id " FREE_ONES
	    " AND sort_key = ? AND lon IS ? AND lat IS ? LIMIT 1",
	    e);

	if (!s)
		return false;
	bind_free(s, staged);
	sql_bind_int(s, 3, staged->key);
	if (staged->geom.data) {
		sql_bind_double(s, 4, staged->anchor.lon);
		sql_bind_double(s, 5, staged->anchor.lat);
	}
	return find_one(i, s, id, e);
}

/* The nearest of that name. Where very many are called so, the name says
 * nothing. */
static bool find_near(struct layer_import *i, const struct layer_staged *staged,
    int64_t *id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "SELECT id, lon, lat " FREE_ONES " AND lon IS NOT NULL LIMIT ?", e);
	double nearest = NEAR_METRES;
	enum sql_step step;
	int n = 0;

	*id = 0;
	if (!s)
		return false;
	bind_free(s, staged);
	sql_bind_int(s, 3, CANDIDATES_MAX);
	while ((step = sql_step(i->db, s, e)) == SQL_ROW) {
		const struct position at = { sql_double(s, 1),
			sql_double(s, 2) };
		double metres = geom_distance(staged->anchor, at);

		n++;
		if (metres > nearest)
			continue;
		nearest = metres;
		*id = sql_integer(s, 0);
	}
	if (n == CANDIDATES_MAX)
		*id = 0;
	return step == SQL_DONE;
}

static bool forget_free(struct layer_import *i, int64_t id, struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(i->db, "DELETE FROM layer_free WHERE id = ?", e);

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	return sql_run(i->db, s, e);
}

static bool match_place(struct layer_import *i,
    const struct layer_staged *staged, int64_t target, enum layer_fate fate,
    struct str next, void *context, struct err *e)
{
	int64_t id;

	(void)fate;
	(void)next;
	(void)context;
	if (target != 0)
		return true;
	if (!find_there(i, staged, &id, e))
		return false;
	if (id == 0 && staged->name.len > 0 && staged->geom.data &&
	    !find_near(i, staged, &id, e))
		return false;
	return id == 0 || (forget_free(i, id, e) && take(i, staged->n, id, e));
}

bool layer_match(struct layer_import *i, struct err *e)
{
	return i->stored.id == 0 ||
	       (layer_stage_each(i, match_id, NULL, e) && list_free(i, e) &&
		   layer_stage_each(i, match_place, NULL, e));
}
