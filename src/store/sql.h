/* SQL for the modules of store/: statements, values, failures. */
#ifndef BUDGETMAP_STORE_SQL_H
#define BUDGETMAP_STORE_SQL_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "geo/geom.h"
#include "store/db.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* SQLite's connection, owned by d. */
sqlite3 *sql_handle(struct db *d);

/* A prepared statement of the connection's cache, reset, nothing bound; the
 * connection owns it. text is compared by content. Two uses of one text must
 * not overlap. NULL on failure. */
sqlite3_stmt *sql_prepare(struct db *d, const char *text, struct err *e)
    __attribute__((warn_unused_result));

/* A statement with a text made at run time; sqlite3_finalize is the caller's.
 * NULL on failure. */
sqlite3_stmt *sql_prepare_once(struct db *d, struct str text, struct err *e)
    __attribute__((warn_unused_result));

/* Steps: a row is there, or it is done, or it failed. Reset happens at the
 * end and on failure. */
enum sql_step { SQL_ROW, SQL_DONE, SQL_FAILED };
enum sql_step sql_step(struct db *d, sqlite3_stmt *s, struct err *e);

/* Steps a statement that gives no rows. */
bool sql_run(struct db *d, sqlite3_stmt *s, struct err *e)
    __attribute__((warn_unused_result));

/* Runs one or several statements without parameters. */
bool sql_exec(struct db *d, const char *text, struct err *e)
    __attribute__((warn_unused_result));

/* The first column of the only row, fallback when there is no row. */
bool sql_int(struct db *d, const char *text, int64_t fallback, int64_t *out,
    struct err *e) __attribute__((warn_unused_result));

/* Records the connection's last failure: SQLITE_BUSY is ERR_BUSY, a damaged or
 * foreign file ERR_DAMAGED, SQLITE_INTERRUPT ERR_LIMIT, a constraint
 * ERR_CONFLICT, otherwise ERR_SYSTEM. Returns false. */
bool sql_fail(struct db *d, struct err *e);

/* Binding; places count from 1. Text with data NULL, MONEY_UNKNOWN, day 0, a
 * geometry of NULL become NULL. Bound bytes must live until the next reset. */
void sql_bind_text(sqlite3_stmt *s, int place, struct str text);
void sql_bind_blob(sqlite3_stmt *s, int place, struct str bytes);
void sql_bind_int(sqlite3_stmt *s, int place, int64_t value);
void sql_bind_double(sqlite3_stmt *s, int place, double value);
void sql_bind_money(sqlite3_stmt *s, int place, int64_t tiyn);
void sql_bind_day(sqlite3_stmt *s, int place, int32_t day);
void sql_bind_null(sqlite3_stmt *s, int place);
bool sql_bind_geom(sqlite3_stmt *s, int place, const struct geom *g,
    struct buf *scratch, struct err *e) __attribute__((warn_unused_result));

/* Reading; places count from 0. They live until the next step. NULL becomes
 * data NULL, MONEY_UNKNOWN, 0. */
bool sql_is_null(sqlite3_stmt *s, int place);
struct str sql_text(sqlite3_stmt *s, int place);
int64_t sql_integer(sqlite3_stmt *s, int place);
double sql_double(sqlite3_stmt *s, int place);
int64_t sql_money(sqlite3_stmt *s, int place);
int32_t sql_day(sqlite3_stmt *s, int place);

/* The geometry of a column in the arena; *out NULL for NULL. */
bool sql_geom(sqlite3_stmt *s, int place, struct arena *a,
    const struct geom **out, struct err *e) __attribute__((warn_unused_result));

#endif
