/* Writing out what import takes in: the records of a table as features. */
#ifndef BUDGETMAP_STORE_EXPORT_H
#define BUDGETMAP_STORE_EXPORT_H

#include "geo/feature.h"
#include "store/db.h"
#include "store/import.h"

/* A table with everything of it that a file can have, on one connection. */
struct export;

/* NULL on failure. */
struct export *export_open(
    struct db *d, const struct import_table *t, struct err *e);
void export_close(struct export *x);

/* The attributes. With a place they leave out the id and what makes the place:
 * these are the feature's own. */
const struct schema *export_schema(const struct export *x);
bool export_has_place(const struct export *x);

/* Every record that is in force, in the order of ids. The feature lives until
 * the visit returns. */
bool export_each(struct export *x, feature_visit *visit, void *context,
    struct err *e) __attribute__((warn_unused_result));

#endif
