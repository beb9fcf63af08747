/* A database of its own for a test, and short ways to fill it. Whatever fails
 * here ends the program: it is not what is tested. */
#ifndef BUDGETMAP_TESTS_STORE_FILE_H
#define BUDGETMAP_TESTS_STORE_FILE_H

#include "geo/geom.h"
#include "store/db.h"
#include "store/journal.h"
#include "store/projects.h"

#include <stdbool.h>
#include <stdint.h>

struct store_file {
	char folder[64];
	char path[96]; /* the database */
	char other[96]; /* a second name in the folder, nothing there yet */
};

/* A folder with a database of that schema; 0: no database. */
enum { STORE_CURRENT = -1 }; /* as this program has it */
void store_file_make(struct store_file *f, int schema);
void store_file_remove(struct store_file *f);

struct db *store_file_write(const struct store_file *f);
struct db *store_file_read(const struct store_file *f);

/* Runs SQL on a plain connection: no checks, no triggers but SQLite's own. */
void store_file_sql(const char *path, const char *text);

/* Runs SQL on the connection. */
void store_sql(struct db *d, const char *text);
int64_t store_number(struct db *d, const char *text);

/* A batch that is begun and one that is committed; the latter gives the data
 * version. */
struct journal *store_begin(struct db *d);
int64_t store_commit(struct journal *j);

/* A district that is a box; number is what it adds to 610000000. */
void store_add_district(
    struct db *d, int number, struct bbox box, bool generalised);

struct store_sample {
	const char *title; /* in all languages */
	const char *wkt; /* NULL: without a place */
	int district; /* as above, 0: not declared */
	int status, category, work_kind;
	int64_t budget; /* tiyn, 0: not published */
	int32_t planned_start, planned_end, actual_start, actual_end;
};

/* A published project with a change in the journal; gives its internal id. Its
 * public id is TKS-2025-<id>. */
int64_t store_add_project(
    struct db *d, struct journal *j, const struct store_sample *s);

#endif
