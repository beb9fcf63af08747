/* Taking a layer of districts in: all of it is checked, then it replaces what
 * is in force. */
#ifndef BUDGETMAP_STORE_DISTRICT_IMPORT_H
#define BUDGETMAP_STORE_DISTRICT_IMPORT_H

#include "geo/geom.h"
#include "store/db.h"
#include "store/import.h"
#include "store/journal.h"

struct district_options {
	const char *source; /* of features that name none; NULL: none */
	int32_t as_of; /* the same; 0: none */
	int32_t today;
	bool exact; /* what is applied must be what the check counted */
};

struct district_import;

/* NULL on failure. */
struct district_import *district_import_open(
    struct db *d, const struct district_options *o, struct err *e);
void district_import_close(struct district_import *i);

/* One feature and its attributes. What is wrong with it shows in the checks;
 * false only when memory is exhausted or there are far too many. */
bool district_import_add(struct district_import *i, const struct geom *g,
    struct str id, const struct str *names, const struct str *values, size_t n,
    struct err *e) __attribute__((warn_unused_result));

/* What was looked at. */
enum { DISTRICT_DETAIL_SIZE = 400 };
struct district_check {
	const char *what; /* a sentence that should be true */
	bool passed;
	char detail[DISTRICT_DETAIL_SIZE]; /* figures, or what is wrong */
};

/* Looks at everything. checks belongs to i; counts tell what would change. All
 * is well when no record is refused. */
bool district_import_check(struct district_import *i,
    const struct district_check **checks, size_t *n,
    struct import_counts *counts, struct err *e)
    __attribute__((warn_unused_result));

/* Writes it, with all places of projects computed anew. Only after a check that
 * passed. ERR_CONFLICT when the data changed since and it must be exact. */
bool district_import_apply(struct district_import *i,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e) __attribute__((warn_unused_result));

#endif
