/* The journal: every published change, who made it and when, in one chain of
 * hashes; and with it the data version. */
#ifndef BUDGETMAP_STORE_JOURNAL_H
#define BUDGETMAP_STORE_JOURNAL_H

#include "base/arena.h"
#include "geo/feature.h"
#include "store/db.h"

/* What a batch is; texts may be NULL but for actor and command. A text
 * that holds a person's number is refused with ERR_INPUT. */
struct journal_batch {
	const char *actor;
	const char *command;
	const char *file_name; /* without folders */
	const char *file_sha256; /* hexadecimal */
	const char *reason;
};

struct journal_counts {
	int64_t created, changed, withdrawn, unchanged, refused;
};

enum journal_op { JOURNAL_CREATE, JOURNAL_CHANGE, JOURNAL_WITHDRAW };

/* One column of a record before and after; was is VALUE_NULL when it is new.
 * A geometry stands as VALUE_TEXT, see journal_geometry. */
struct journal_field {
	const char *name;
	struct value was, is;
};

struct journal_record {
	const char *entity; /* name of the table */
	struct str key; /* the record's public key */
	int64_t project; /* the project it belongs to, 0: none */
	enum journal_op op;
	const struct journal_field *fields; /* in any order */
	size_t n_fields;
};

/* A geometry as WKT for the journal; empty text without one. Data NULL when
 * memory is exhausted. */
struct str journal_geometry(struct arena *a, const struct geom *g);

/* Begins the write transaction and a batch in it. NULL on failure. */
struct journal *journal_begin(
    struct db *d, const struct journal_batch *b, struct err *e);

/* The data version that this batch publishes: goes into the column change of
 * what is written. */
int64_t journal_version(const struct journal *j);

/* Makes the batch publish that version, above the one it would publish, even
 * without any record: what comes back from a copy must not reuse a number. */
void journal_publish_as(struct journal *j, int64_t version);

/* Writes down one record; only fields whose was and is differ. When none does
 * (and op is JOURNAL_CHANGE), nothing is written and changed becomes false. */
bool journal_change(struct journal *j, const struct journal_record *r,
    bool *changed, struct err *e) __attribute__((warn_unused_result));

/* Brings the derived columns of everything touched (store/figures.h) up to
 * date, closes the batch, raises the data version and commits. Without any
 * record nothing is committed and version becomes the old one. The batch is
 * gone either way. */
bool journal_commit(struct journal *j, const struct journal_counts *c,
    int64_t *version, struct err *e) __attribute__((warn_unused_result));

/* Rolls back. */
void journal_abort(struct journal *j);

/* Walks the whole chain. ERR_DAMAGED when a row was altered, added or taken
 * out. head becomes the last hash in hexadecimal, empty when there is none. */
enum { JOURNAL_HASH_SIZE = 65 };
bool journal_verify(struct db *d, char head[static JOURNAL_HASH_SIZE],
    struct err *e) __attribute__((warn_unused_result));

#endif
