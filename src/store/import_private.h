/* What the parts of importing share. */
#ifndef BUDGETMAP_STORE_IMPORT_PRIVATE_H
#define BUDGETMAP_STORE_IMPORT_PRIVATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "geo/feature.h"
#include "import_table.h"
#include "issues.h"
#include "import_territory.h"
#include "sql.h"
#include "store/import.h"
#include "values.h"

enum { IMPORT_NO_COLUMN = -1 };

/* Column numbers of what makes the place of a record; IMPORT_NO_COLUMN where
 * the table has none. */
struct import_place {
	int lon, lat, wkt, geom, district;
};

void import_place_find(struct import_place *p, const struct import_table *t);

struct import {
	struct db *db;
	const struct import_table *table;
	struct import_options options;
	size_t n_fields; /* of the file */
	int *slots; /* column number of each, or none */
	bool in_file[IMPORT_COLUMNS_MAX];
	bool active[IMPORT_COLUMNS_MAX]; /* the file or an option tells what
					  * is stored in it */
	const struct import_column
	    *alias[IMPORT_COLUMNS_MAX]; /* the row of
					 * the other name in the file */
	struct value defaults[IMPORT_COLUMNS_MAX]; /* from the options */
	struct import_place place;
	struct territory *territory;
	struct arena life; /* as long as the import */
	struct arena record; /* as long as one record */
	struct buf scratch;
	sqlite3_stmt *stage; /* puts a record into the stage */
	int64_t n; /* number of the last record; of a feature its own */
	bool keyless; /* some good record had no key at all */
	struct import_counts counts;
	struct import_counts read; /* the counts before comparing */
	enum import_phase phase;
	struct str name; /* of the record, in the report; empty: none */
	long number; /* the same; 0: none */
	int64_t version; /* data version compared with */
	const int64_t *going; /* projects withdrawn in the same batch */
	size_t n_going;
};

/* Projects that import_apply withdraws in the same batch; the list is the
 * caller's. */
void import_withdraw_too(struct import *i, const int64_t *ids, size_t n);

/* What the file calls a column: by its name, or the other one it has. */
const char *import_field_name(const struct import *i, const char *field);

/* A line of the report. reason is copied. */
bool import_report(struct import *i, enum import_level level, long line,
    const char *field, const char *reason, struct err *e);
bool import_warn(struct import *i, long line, const char *field,
    const char *reason, struct err *e);

/* --- stage: the temporary tables ------------------------------------------ */
bool stage_open(struct import *i, struct err *e);
void stage_close(struct import *i);
bool stage_add(
    struct import *i, long line, const struct value *values, struct err *e);

/* Binds one value a column from that place on. */
void import_bind(sqlite3_stmt *s, int first, const struct import_table *t,
    const struct value *values);

/* Takes note of a key; first becomes the line that had it before, 0: none. */
bool stage_key(
    struct import *i, struct str key, long line, long *first, struct err *e);

/* --- SQL made from the table; every function appends to b ------------------
 */
void import_sql_create(struct buf *b, const struct import_table *t);
void import_sql_view(struct buf *b, const struct import_table *t);
void import_sql_stage(struct buf *b, const struct import_table *t);
void import_sql_walk(struct buf *b, const struct import *i);
void import_sql_insert(struct buf *b, const struct import_table *t);
void import_sql_update(struct buf *b, const struct import *i, bool geom);

/* "SELECT id, key, owner, one value a column FROM ... t"; to be gone on. */
void import_sql_read(struct buf *b, const struct import_table *t);

/* Places of import_sql_walk's result, then WALK_EACH a column: staged, stored,
 * same, wins; and of import_sql_read's. */
enum {
	WALK_N,
	WALK_LINE,
	WALK_TARGET,
	WALK_OWNER,
	WALK_KEY,
	WALK_GONE,
	WALK_FIRST,
	WALK_EACH = 4
};
enum { READ_ID, READ_KEY, READ_OWNER, READ_FIRST };

/* Parameters of import_sql_stage, then one a column; and of insert and update,
 * the same. */
enum { STAGE_N = 1, STAGE_FIRST };
enum { WRITE_CHANGE = 1, WRITE_ID, WRITE_FIRST };

/* --- one record ----------------------------------------------------------- */

/* With seven decimals, as everything writes it. */
double import_round_degrees(double v);
const struct geom *import_round_geom(
    struct arena *a, const struct geom *g, struct err *e);

/* Makes the geometry of the cells. good becomes false when the record is
 * refused. */
bool import_place_read(struct import *i, long line, const struct str *cells,
    struct value *values, bool *good, struct err *e);

/* Warns when the place of a whole record contradicts its district or lies
 * outside of the oblast. */
bool import_place_check(
    struct import *i, long line, const struct value *is, struct err *e);

/* --- compared with what is stored ------------------------------------------
 */

/* One staged record beside its stored one. Values by column number, of the
 * statement's row. */
struct import_pair {
	int64_t n;
	long line;
	int64_t target; /* 0: a new one */
	int64_t owner; /* project of the stored row, 0: none */
	struct str key; /* public key of the stored row */
	bool gone; /* the stored row is withdrawn */
	struct value was[IMPORT_COLUMNS_MAX];
	struct value is[IMPORT_COLUMNS_MAX]; /* as it will be stored */
	struct value wins[IMPORT_COLUMNS_MAX]; /* shown instead, or NULL */
	bool ignored[IMPORT_COLUMNS_MAX]; /* frozen, and told otherwise */
	bool differs;
};
typedef bool import_pair_visit(struct import *i, const struct import_pair *p,
    void *context, struct err *e);

/* Every record that is not refused, in the order of the file. */
bool import_walk(
    struct import *i, import_pair_visit *visit, void *context, struct err *e);

/* Compares everything, as often as it is called. */
bool import_compare_again(struct import *i, struct err *e);

/* Finds the stored record of each, and refuses what cannot be. */
bool import_resolve(struct import *i, struct err *e);
bool import_stage_refuse(struct import *i, int64_t n, const char *field,
    const char *reason, struct err *e);

/* A value of the column out of a result. */
struct value import_value(
    sqlite3_stmt *s, int place, const struct import_column *c);

/* Whether the column is part of the record: stored in the table itself or
 * beside it. */
bool import_column_is_kept(const struct import_column *c);

/* --- what is no longer in the file -----------------------------------------
 */
bool import_missing_count(struct import *i, int64_t *n, struct err *e);
bool import_missing_withdraw(
    struct import *i, struct journal *j, const char *reason, struct err *e);

/* Says which summaries of the file's projects the tables contradict. */
bool import_report_sums(struct import *i, struct err *e);
bool import_report_unit(struct import *i, struct err *e);

#endif
