#include "undo_private.h"

#include "base/array.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ARENA_MEMORY = 256 << 20 };

static const char undo_word[] = "undo ";

void undo_command(char out[static UNDO_COMMAND_SIZE], int64_t version)
{
	snprintf(out, UNDO_COMMAND_SIZE, "%s%" PRId64, undo_word, version);
}

static bool find_batch(struct undo *u, int64_t version, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(u->db,
	    "SELECT b.number, b.seq, coalesce((SELECT max(p.seq) FROM "
	    "journal_batch p WHERE p.seq < b.seq), 0) FROM journal_batch b "
	    "WHERE b.data_version = ?",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_int(s, 1, version);
	step = sql_step(u->db, s, e);
	if (step == SQL_FAILED)
		return false;
	if (step == SQL_DONE)
		return err_set(e, ERR_MISSING,
		    "No batch of the journal made that data version.");
	u->number = sql_integer(s, 0);
	u->last = sql_integer(s, 1);
	u->first = sql_integer(s, 2);
	sqlite3_reset(s);
	return true;
}

/* --- what changed since
 * ------------------------------------------------------- */

static bool create_tables(struct undo *u, struct err *e)
{
	sqlite3_stmt *s;

	if (!sql_exec(u->db,
		"DROP TABLE IF EXISTS temp.undo_void;"
		"DROP TABLE IF EXISTS temp.undo_key;"
		"CREATE TEMP TABLE undo_void (number INTEGER PRIMARY KEY);"
		"CREATE TEMP TABLE undo_key (entity TEXT, key TEXT, "
		"PRIMARY KEY (entity, key)) WITHOUT ROWID;",
		e))
		return false;
	s = sql_prepare(u->db,
	    "INSERT OR IGNORE INTO undo_key SELECT entity, key "
	    "FROM journal_change WHERE seq > ? AND seq < ?",
	    e);
	if (!s)
		return false;
	sql_bind_int(s, 1, u->first);
	sql_bind_int(s, 2, u->last);
	return sql_run(u->db, s, e);
}

/* The data version that a command took back, 0 when it is no such. */
static int64_t undone_by(struct str command)
{
	size_t len = sizeof(undo_word) - 1;
	int64_t version = 0;

	if (!str_starts(command, undo_word) ||
	    !str_to_int64((struct str){ command.data + len, command.len - len },
		&version))
		return 0;
	return version;
}

static bool void_pair(
    struct undo *u, int64_t number, int64_t version, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(u->db,
	    "INSERT OR IGNORE INTO undo_void SELECT ?1 UNION SELECT number "
	    "FROM journal_batch WHERE data_version = ?2",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, number);
	sql_bind_int(s, 2, version);
	return sql_run(u->db, s, e);
}

static bool is_void(struct undo *u, int64_t number, bool *out, struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(u->db, "SELECT 1 FROM undo_void WHERE number = ?", e);
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_int(s, 1, number);
	step = sql_step(u->db, s, e);
	*out = step == SQL_ROW;
	sqlite3_reset(s);
	return step != SQL_FAILED;
}

/* From the newest on, so that what took an undoing back is seen first. */
static bool find_void(struct undo *u, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(u->db,
	    "SELECT number, command FROM journal_batch WHERE number > ? "
	    "AND command LIKE 'undo %' ORDER BY number DESC",
	    e);
	enum sql_step step;
	bool done = true;

	if (!s)
		return false;
	sql_bind_int(s, 1, u->number);
	while (done && (step = sql_step(u->db, s, e)) == SQL_ROW) {
		int64_t number = sql_integer(s, 0);
		int64_t version = undone_by(sql_text(s, 1));
		bool gone;

		done =
		    is_void(u, number, &gone, e) &&
		    (gone || version == 0 || void_pair(u, number, version, e));
	}
	sqlite3_reset(s);
	return done && step == SQL_DONE;
}

static bool check_itself(struct undo *u, struct err *e)
{
	bool gone;

	if (!is_void(u, u->number, &gone, e))
		return false;
	return !gone ||
	       err_set(e, ERR_CONFLICT, "The batch was taken back already.");
}

static bool visit_conflicts(
    struct undo *u, undo_visit *visit, void *context, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(u->db,
	    "SELECT c.entity, c.key, min(b.data_version) FROM journal_change c "
	    "JOIN undo_key k ON k.entity = c.entity AND k.key = c.key "
	    "JOIN journal_batch b ON b.number = c.batch "
	    "WHERE c.seq > ? AND c.batch NOT IN (SELECT number FROM undo_void) "
	    "GROUP BY 1, 2 ORDER BY 1, 2",
	    e);
	enum sql_step step;
	bool any = false;

	if (!s)
		return false;
	sql_bind_int(s, 1, u->last);
	while ((step = sql_step(u->db, s, e)) == SQL_ROW) {
		const struct undo_conflict c = { sql_text(s, 0), sql_text(s, 1),
			sql_integer(s, 2) };

		any = true;
		if (!visit(context, &c, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	if (step == SQL_FAILED)
		return false;
	return !any || err_set(e, ERR_CONFLICT,
			   "Records changed since: the batch is not taken "
			   "back.");
}

static bool check_conflicts(
    struct undo *u, undo_visit *visit, void *context, struct err *e)
{
	return create_tables(u, e) && find_void(u, e) && check_itself(u, e) &&
	       visit_conflicts(u, visit, context, e);
}

/* --- which part knows it
 * --------------------------------------------------------- */

static const struct {
	const char *entity;
	bool (*run)(struct undo *u, int64_t *made, struct err *e);
} parts[] = {
	{ "layer", undo_layers },
	{ "layer_feature", undo_layers },
	{ "project", undo_projects },
};

static bool find_part(struct undo *u,
    bool (**run)(struct undo *u, int64_t *made, struct err *e), struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(u->db, "SELECT DISTINCT entity FROM undo_key", e);
	enum sql_step step;
	bool known = true;

	*run = NULL;
	if (!s)
		return false;
	while (known && (step = sql_step(u->db, s, e)) == SQL_ROW) {
		bool found = false;

		for (size_t i = 0; i < LENGTH(parts); i++) {
			if (!str_is(sql_text(s, 0), parts[i].entity))
				continue;
			found = !*run || *run == parts[i].run;
			*run = parts[i].run;
		}
		known = found;
	}
	sqlite3_reset(s);
	if (known && step == SQL_FAILED)
		return false;
	return (known && *run) ||
	       err_set(e, ERR_INPUT,
		   "Only imports of layers and projects, and removals of "
		   "layers, can be taken back.");
}

bool undo_batch(struct db *d, int64_t version,
    const struct journal_batch *batch, int32_t today, undo_visit *visit,
    void *context, struct import_counts *counts, int64_t *made, struct err *e)
{
	struct undo u = { .db = d, .batch = batch, .today = today };
	bool (*run)(struct undo * u, int64_t * made, struct err * e);
	bool done;

	arena_init(&u.arena, ARENA_MEMORY);
	done = find_batch(&u, version, e) &&
	       check_conflicts(&u, visit, context, e) &&
	       find_part(&u, &run, e) && run(&u, made, e);
	arena_free(&u.arena);
	*counts = u.counts;
	return done;
}
