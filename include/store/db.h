/* The SpatiaLite database: opening, transactions, data version. */
#ifndef BUDGETMAP_STORE_DB_H
#define BUDGETMAP_STORE_DB_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

/* A connection of one thread, with its SpatiaLite cache and its prepared
 * statements. */
struct db;

/* Call once before any thread opens a database. */
void db_library_init(void);

/* Opens for reading. ERR_MISSING when there is no file, ERR_DAMAGED when it is
 * not a budgetmap database or is broken, ERR_CONFLICT when its schema is newer
 * or older than this program's. NULL on failure. */
struct db *db_open_read(const char *path, struct err *e);

/* Opens the one writer; schema must be current. A second writer waits up to
 * five seconds, then ERR_BUSY. */
struct db *db_open_write(const char *path, struct err *e);

/* Opens for an import that only looks: temporary tables as on a write
 * connection, but the file is opened for reading. */
struct db *db_open_preview(const char *path, struct err *e);
void db_close(struct db *d);

/* The write transaction of a write connection. Begin waits for another writer
 * up to five seconds, then ERR_BUSY. A commit that failed has rolled back. */
bool db_write_begin(struct db *d, struct err *e)
    __attribute__((warn_unused_result));
bool db_write_commit(struct db *d, struct err *e)
    __attribute__((warn_unused_result));
void db_write_rollback(struct db *d);

/* One read transaction: what is read between stays of one data version.
 * ERR_DAMAGED when another program has upgraded the schema meanwhile. */
bool db_read_begin(struct db *d, struct err *e)
    __attribute__((warn_unused_result));
void db_read_end(struct db *d);

/* The product's data version and when it was published (seconds UTC). */
bool db_version(struct db *d, int64_t *version, int64_t *published,
    struct err *e) __attribute__((warn_unused_result));

/* When a data version was published; 0: not known. */
bool db_published(struct db *d, int64_t version, int64_t *published,
    struct err *e) __attribute__((warn_unused_result));

/* PRAGMA data_version: changes when another connection committed. ERR_GONE when
 * another file has taken the name since this one was opened (a damaged one was
 * replaced by "budgetmap restore"): close it and open anew. */
bool db_wakeup(struct db *d, int64_t *counter, struct err *e)
    __attribute__((warn_unused_result));

/* Tries whether the data can be read: something of every table and one project
 * by chance, from the file and not from what the connection remembers. */
bool db_try(struct db *d, struct err *e) __attribute__((warn_unused_result));

/* Reads abort with ERR_LIMIT when they take longer than that from now; 0: no
 * limit. */
void db_deadline(struct db *d, int64_t milliseconds);

#endif
