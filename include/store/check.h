/* Whether the database is what it should be, in full. */
#ifndef BUDGETMAP_STORE_CHECK_H
#define BUDGETMAP_STORE_CHECK_H

#include "base/err.h"

#include <stdbool.h>

/* Called for each check: what was looked at and what is wrong (NULL: it is
 * sound). */
typedef void check_visit(void *context, const char *what, const char *wrong);

/* Looks at pages, foreign keys, spatial indexes, search index, the journal's
 * chain and the derived columns. ERR_DAMAGED when anything is wrong. */
bool check_database(const char *path, check_visit *visit, void *context,
    struct err *e) __attribute__((warn_unused_result));

#endif
