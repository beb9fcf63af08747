#include <string.h>

#include "store/journal.h"
#include "store/journal_chain.h"
#include "store/sql.h"

enum { ROW_LIMIT = 64 << 20 };

struct walk {
	struct db *db;
	int64_t seq; /* expected next */
	int64_t batch; /* the batch that is open, 0: none */
	int64_t batch_before;
	unsigned char head[CHAIN_HASH];
	struct buf row;
};

/* Both tables as one sequence; columns that a table lacks are NULL. */
static const char rows_sql[] =
    "SELECT seq, prev, hash, 0 AS is_batch, batch, entity, key, "
    "coalesce(project_id, 0), op, body, NULL, NULL, NULL, NULL, NULL, NULL, "
    "NULL FROM journal_change "
    "UNION ALL SELECT seq, prev, hash, 1, number, actor, command, at, "
    "file_name, file_sha256, reason, data_version, created, changed, "
    "withdrawn, unchanged, refused FROM journal_batch "
    "ORDER BY seq";

static bool hash_change(
    struct walk *w, sqlite3_stmt *s, unsigned char hash[static CHAIN_HASH])
{
	return chain_hash_change(hash, w->head,
	    &(struct chain_change){
		.seq = sql_integer(s, 0),
		.batch = sql_integer(s, 4),
		.entity = sql_text(s, 5),
		.key = sql_text(s, 6),
		.project = sql_integer(s, 7),
		.op = sql_text(s, 8),
		.body = sql_text(s, 9),
	    },
	    &w->row);
}

static bool hash_batch(
    struct walk *w, sqlite3_stmt *s, unsigned char hash[static CHAIN_HASH])
{
	return chain_hash_batch(hash, w->head,
	    &(struct chain_batch){
		.seq = sql_integer(s, 0),
		.number = sql_integer(s, 4),
		.actor = sql_text(s, 5),
		.command = sql_text(s, 6),
		.at = sql_integer(s, 7),
		.file_name = sql_text(s, 8),
		.file_sha256 = sql_text(s, 9),
		.reason = sql_text(s, 10),
		.data_version = sql_integer(s, 11),
		.created = sql_integer(s, 12),
		.changed = sql_integer(s, 13),
		.withdrawn = sql_integer(s, 14),
		.unchanged = sql_integer(s, 15),
		.refused = sql_integer(s, 16),
	    },
	    &w->row);
}

static bool blob_is(
    sqlite3_stmt *s, int place, const unsigned char hash[static CHAIN_HASH])
{
	return sqlite3_column_bytes(s, place) == CHAIN_HASH &&
	       memcmp(sqlite3_column_blob(s, place), hash, CHAIN_HASH) == 0;
}

/* A batch's changes stand directly before its row. */
static bool order_holds(struct walk *w, sqlite3_stmt *s)
{
	bool is_batch = sql_integer(s, 3) != 0;
	int64_t number = sql_integer(s, 4);

	if (sql_integer(s, 0) != w->seq || number != w->batch_before + 1)
		return false;
	w->seq++;
	w->batch = is_batch ? 0 : number;
	if (is_batch)
		w->batch_before = number;
	return true;
}

static bool check_row(struct walk *w, sqlite3_stmt *s, struct err *e)
{
	unsigned char hash[CHAIN_HASH];
	long long seq = sql_integer(s, 0);
	bool hashed;

	if (!order_holds(w, s))
		return err_set(e, ERR_DAMAGED,
		    "The journal misses a row before row %lld.", seq);
	hashed = sql_integer(s, 3) ? hash_batch(w, s, hash)
				   : hash_change(w, s, hash);
	if (!hashed)
		return err_no_memory(e);
	if (!blob_is(s, 1, w->head) || !blob_is(s, 2, hash))
		return err_set(e, ERR_DAMAGED,
		    "Row %lld of the journal was altered.", seq);
	memcpy(w->head, hash, CHAIN_HASH);
	return true;
}

static bool walk_rows(struct walk *w, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(w->db, rows_sql, e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(w->db, s, e)) == SQL_ROW) {
		if (!check_row(w, s, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	if (step == SQL_FAILED)
		return false;
	if (w->batch != 0)
		return err_set(e, ERR_DAMAGED,
		    "The last batch of the journal is not closed.");
	return true;
}

bool journal_verify(
    struct db *d, char head[static JOURNAL_HASH_SIZE], struct err *e)
{
	struct walk w = { .db = d, .seq = 1 };
	int64_t version, known;
	bool sound;

	buf_init(&w.row, ROW_LIMIT);
	sound = walk_rows(&w, e);
	buf_free(&w.row);
	if (!sound)
		return false;
	if (!sql_int(d, "SELECT data_version FROM meta", 0, &version, e) ||
	    !sql_int(
		d, "SELECT max(data_version) FROM journal_batch", 0, &known, e))
		return false;
	if (version != known)
		return err_set(e, ERR_DAMAGED,
		    "The data version is not the journal's last.");
	head[0] = '\0';
	if (w.seq > 1)
		chain_hex(head, w.head);
	return true;
}
