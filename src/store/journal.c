#include "store/journal.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/bin.h"
#include "store/canon.h"
#include "store/figures.h"
#include "store/journal_chain.h"
#include "store/sql.h"
#include "store/values.h"

enum {
	FIELDS_MAX = 128,
	ROW_LIMIT = 64 << 20, /* bytes of one row's JSON */
};

static const char *const op_names[] = {
	[JOURNAL_CREATE] = "create",
	[JOURNAL_CHANGE] = "change",
	[JOURNAL_WITHDRAW] = "withdraw",
};

struct journal {
	struct db *db;
	struct journal_batch batch;
	int64_t number, version;
	int64_t seq; /* of the last row */
	int64_t rows;
	bool forced; /* a batch without rows is written too */
	unsigned char head[CHAIN_HASH];
	struct buf body, row;
};

/* The last row of both tables, and the numbers that follow from it. */
static bool find_head(struct journal *j, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(j->db,
	    "SELECT seq, hash FROM (SELECT seq, hash FROM journal_change "
	    "UNION ALL SELECT seq, hash FROM journal_batch) "
	    "ORDER BY seq DESC LIMIT 1",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	step = sql_step(j->db, s, e);
	if (step == SQL_FAILED)
		return false;
	if (step == SQL_ROW) {
		if (sqlite3_column_bytes(s, 1) != CHAIN_HASH) {
			sqlite3_reset(s);
			return err_set(
			    e, ERR_DAMAGED, "The journal is damaged.");
		}
		j->seq = sql_integer(s, 0);
		memcpy(j->head, sqlite3_column_blob(s, 1), CHAIN_HASH);
		sqlite3_reset(s);
	}
	return sql_int(j->db, "SELECT max(number) + 1 FROM journal_batch", 1,
		   &j->number, e) &&
	       sql_int(j->db, "SELECT data_version + 1 FROM meta", 1,
		   &j->version, e);
}

static void drop(struct journal *j)
{
	buf_free(&j->body);
	buf_free(&j->row);
	mem_free(j);
}

/* What a batch says of itself stays for ever and is public. */
static bool check_texts(const struct journal_batch *b, struct err *e)
{
	const char *const texts[] = { b->actor, b->file_name, b->reason };

	for (size_t i = 0; i < LENGTH(texts); i++)
		if (texts[i] && bin_has_person(str_from(texts[i])))
			return err_set(e, ERR_INPUT,
			    "A name, file name or reason holds a person's "
			    "number (IIN).");
	return true;
}

struct journal *journal_begin(
    struct db *d, const struct journal_batch *b, struct err *e)
{
	struct journal *j;

	if (!check_texts(b, e))
		return NULL;
	j = mem_alloc(sizeof(*j));
	if (!j) {
		err_no_memory(e);
		return NULL;
	}
	memset(j, 0, sizeof(*j));
	j->db = d;
	j->batch = *b;
	buf_init(&j->body, ROW_LIMIT);
	buf_init(&j->row, ROW_LIMIT);
	if (!db_write_begin(d, e)) {
		drop(j);
		return NULL;
	}
	if (!find_head(j, e)) {
		journal_abort(j);
		return NULL;
	}
	return j;
}

int64_t journal_version(const struct journal *j)
{
	return j->version;
}

void journal_publish_as(struct journal *j, int64_t version)
{
	if (version > j->version)
		j->version = version;
	j->forced = true;
}

static int by_name(const void *a, const void *b)
{
	const struct journal_field *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static bool differing(const struct journal_record *r,
    const struct journal_field *out[static FIELDS_MAX], size_t *n,
    struct err *e)
{
	size_t i;

	*n = 0;
	if (r->n_fields > FIELDS_MAX)
		return err_set(e, ERR_LIMIT, "A record has too many fields.");
	for (i = 0; i < r->n_fields; i++) {
		if (!values_equal(&r->fields[i].was, &r->fields[i].is))
			out[(*n)++] = &r->fields[i];
	}
	qsort(out, *n, sizeof(*out), by_name);
	return true;
}

static void add_side(struct buf *b, const char *key,
    const struct journal_field *const *fields, size_t n, bool is)
{
	size_t i;

	canon_member_raw(b, key, str_from("{"));
	for (i = 0; i < n; i++) {
		canon_member_raw(b, fields[i]->name, str_from(""));
		canon_add_value(b, is ? &fields[i]->is : &fields[i]->was);
	}
	canon_close(b);
}

static void write_body(struct buf *b, const struct journal_field *const *fields,
    size_t n, enum journal_op op)
{
	buf_reset(b);
	canon_open(b);
	add_side(b, "is", fields, n, true);
	if (op == JOURNAL_CREATE)
		canon_member_raw(b, "was", str_from("null"));
	else
		add_side(b, "was", fields, n, false);
	canon_close(b);
}

static void bind_hash(sqlite3_stmt *s, int place, const unsigned char *hash)
{
	sqlite3_bind_blob(s, place, hash, CHAIN_HASH, SQLITE_STATIC);
}

static bool insert_change(
    struct journal *j, const struct chain_change *c, struct err *e)
{
	unsigned char hash[CHAIN_HASH];
	sqlite3_stmt *s = sql_prepare(j->db,
	    "INSERT INTO journal_change (seq, batch, entity, key, project_id, "
	    "op, body, prev, hash) VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, "
	    "?)",
	    e);

	if (!s)
		return false;
	if (!chain_hash_change(hash, j->head, c, &j->row))
		return err_no_memory(e);
	sql_bind_int(s, 1, c->seq);
	sql_bind_int(s, 2, c->batch);
	sql_bind_text(s, 3, c->entity);
	sql_bind_text(s, 4, c->key);
	sql_bind_int(s, 5, c->project);
	sql_bind_text(s, 6, c->op);
	sql_bind_text(s, 7, c->body);
	bind_hash(s, 8, j->head);
	bind_hash(s, 9, hash);
	if (!sql_run(j->db, s, e))
		return false;
	memcpy(j->head, hash, CHAIN_HASH);
	j->seq = c->seq;
	j->rows++;
	return true;
}

bool journal_change(struct journal *j, const struct journal_record *r,
    bool *changed, struct err *e)
{
	const struct journal_field *fields[FIELDS_MAX];
	size_t n;

	if (!differing(r, fields, &n, e))
		return false;
	*changed = n > 0 || r->op != JOURNAL_CHANGE;
	if (!*changed)
		return true;
	write_body(&j->body, fields, n, r->op);
	if (j->body.failed)
		return err_no_memory(e);
	return insert_change(j,
	    &(struct chain_change){
		.seq = j->seq + 1,
		.batch = j->number,
		.project = r->project,
		.entity = str_from(r->entity),
		.key = r->key,
		.op = str_from(op_names[r->op]),
		.body = buf_str(&j->body),
	    },
	    e);
}

/* str_from gives data NULL for NULL, which becomes NULL in the database. */
static struct chain_batch describe(
    const struct journal *j, const struct journal_counts *c)
{
	return (struct chain_batch){
		.seq = j->seq + 1,
		.number = j->number,
		.at = clock_now(),
		.data_version = j->version,
		.created = c->created,
		.changed = c->changed,
		.withdrawn = c->withdrawn,
		.unchanged = c->unchanged,
		.refused = c->refused,
		.actor = str_from(j->batch.actor),
		.command = str_from(j->batch.command),
		.file_name = str_from(j->batch.file_name),
		.file_sha256 = str_from(j->batch.file_sha256),
		.reason = str_from(j->batch.reason),
	};
}

static bool insert_batch(
    struct journal *j, const struct chain_batch *b, struct err *e)
{
	const int64_t numbers[] = { b->seq, b->number, b->at, b->data_version,
		b->created, b->changed, b->withdrawn, b->unchanged,
		b->refused };
	const struct str texts[] = { b->actor, b->command, b->file_name,
		b->file_sha256, b->reason };
	unsigned char hash[CHAIN_HASH];
	int i, place = 1;
	sqlite3_stmt *s = sql_prepare(j->db,
	    "INSERT INTO journal_batch (seq, number, at, data_version, "
	    "created, changed, withdrawn, unchanged, refused, actor, command, "
	    "file_name, file_sha256, reason, prev, hash) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	    e);

	if (!s)
		return false;
	if (!chain_hash_batch(hash, j->head, b, &j->row))
		return err_no_memory(e);
	for (i = 0; i < (int)(LENGTH(numbers)); i++)
		sql_bind_int(s, place++, numbers[i]);
	for (i = 0; i < (int)(LENGTH(texts)); i++)
		sql_bind_text(s, place++, texts[i]);
	bind_hash(s, place++, j->head);
	bind_hash(s, place, hash);
	return sql_run(j->db, s, e);
}

static bool publish(struct journal *j, int64_t at, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    j->db, "UPDATE meta SET data_version = ?, published = ?", e);

	if (!s)
		return false;
	sql_bind_int(s, 1, j->version);
	sql_bind_int(s, 2, at);
	return sql_run(j->db, s, e);
}

bool journal_commit(struct journal *j, const struct journal_counts *c,
    int64_t *version, struct err *e)
{
	struct chain_batch b = describe(j, c);

	if (j->rows == 0 && !j->forced) {
		*version = j->version - 1;
		journal_abort(j);
		return true;
	}
	if (!figures_refresh(j->db, j->version, e) || !insert_batch(j, &b, e) ||
	    !publish(j, b.at, e)) {
		journal_abort(j);
		return false;
	}
	if (!db_write_commit(j->db, e)) {
		drop(j);
		return false;
	}
	*version = j->version;
	drop(j);
	return true;
}

void journal_abort(struct journal *j)
{
	if (!j)
		return;
	db_write_rollback(j->db);
	drop(j);
}
