/* What a connection holds; for db.c, sql.c and the caches of reading. */
#ifndef BUDGETMAP_STORE_CONNECTION_H
#define BUDGETMAP_STORE_CONNECTION_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/db.h"

#include <sqlite3.h>
#include <stddef.h>
#include <sys/types.h>

/* PRAGMA application_id of a budgetmap database: "BMap". */
enum { DB_APPLICATION_ID = 0x424D6170 };

/* Bounds of one record while it is read. */
enum { DB_ROW_MEMORY = 64 << 20 };

/* What figures_touch notes, and which projects the search index does not have
 * as they are, with the words it has; on write connections. */
#define DB_TOUCHED                                                             \
	"DROP TABLE IF EXISTS temp.touched;"                                   \
	"CREATE TEMP TABLE touched (id INTEGER PRIMARY KEY, "                  \
	"changed INTEGER NOT NULL);"                                           \
	"DROP TABLE IF EXISTS temp.reworded;"                                  \
	"CREATE TEMP TABLE reworded (id INTEGER PRIMARY KEY, was TEXT);"

struct sql_cached {
	const char *asked; /* where the text stood: the first guess */
	const char *text;
	sqlite3_stmt *statement;
};

struct lookup;

struct db {
	sqlite3 *handle;
	void *spatial; /* SpatiaLite's cache of this connection */
	struct sql_cached *cached;
	size_t n_cached, cached_size;
	dev_t device; /* with inode: which file was opened */
	ino_t inode;
	int64_t deadline; /* clock_monotonic, 0: none */
	struct lookup *lookup; /* or NULL */
	struct arena row; /* what one visit gets */
	struct arena probe; /* what one call from SQL needs */
};

/* Opens a file with the settings of a write or read connection, without looking
 * at its schema. NULL on failure. */
struct db *db_open_raw(const char *path, int flags, struct err *e);

/* Loads SpatiaLite into the connection. */
bool db_load_spatial(struct db *d, struct err *e)
    __attribute__((warn_unused_result));

/* Whether the file is a budgetmap database, and its schema version; 0 when it
 * is empty. ERR_DAMAGED when it is something else. */
bool db_identify(struct db *d, int *schema, struct err *e)
    __attribute__((warn_unused_result));

#endif
