/* Records for tests of CQL2, and both ways to ask them. */
#ifndef BUDGETMAP_TESTS_CQL2_ROWS_H
#define BUDGETMAP_TESTS_CQL2_ROWS_H

#include "query/cql2.h"

enum {
	ROW_NAME, /* text */
	ROW_ASCII, /* text */
	ROW_COUNT, /* integer */
	ROW_RATIO, /* number */
	ROW_SUM, /* money */
	ROW_OPEN, /* truth value */
	ROW_DATE, /* day; a keyword */
	ROW_UNTIL, /* day */
	ROW_START, /* time */
	ROW_END, /* time */
	ROW_TAGS, /* list */
	ROW_FIELDS
};

struct cql2_row {
	const char *id;
	struct value values[ROW_FIELDS];
	const char *wkt; /* NULL: no geometry */
	const struct geom *geom; /* read from it */
};

enum { ROWS = 8 };
extern const struct cql2_row cql2_rows[ROWS];

/* The names above are those of its fields; ids are texts, the geometry is
 * "geom" too. */
extern const struct cql2_context cql2_row_context;

/* A matcher's answers for n rows, one of 1, 0 and ? each, into out. */
void cql2_rows_match(
    const struct cql2 *f, const struct cql2_row *rows, size_t n, char *out);

/* The same; false, where that function fails the test, when memory is
 * exhausted. */
bool cql2_rows_try(
    const struct cql2 *f, const struct cql2_row *rows, size_t n, char *out);

/* A SpatiaLite database in memory with the rows in a table. */
struct cql2_base;
struct cql2_base *cql2_base_open(const struct cql2_row *rows, size_t n);
void cql2_base_close(struct cql2_base *b);

/* Its answers to the filter as SQL; a failure of SQLite fails the test. */
void cql2_base_match(struct cql2_base *b, const struct cql2 *f, char *out);

/* Fails the test when people who do not read English are not told why a filter
 * was refused. */
void cql2_rows_told(const struct err *e);

/* Reads the geometries of rows into the arena. */
void cql2_rows_place(struct cql2_row *rows, size_t n, struct arena *a);

#endif
