/* The derived columns: figures, place, home district, search text. */
#ifndef BUDGETMAP_STORE_FIGURES_H
#define BUDGETMAP_STORE_FIGURES_H

#include "store/db.h"

/* All of these belong to the write transaction that is open. */

/* Marks a project whose record or whose lines, contracts, payments ... changed:
 * its derived columns are computed anew and its column change is raised when
 * the batch is committed. */
bool figures_touch(struct db *d, int64_t project, struct err *e)
    __attribute__((warn_unused_result));

/* The same for all projects that name the organisation, the facility. */
bool figures_touch_organisation(struct db *d, int64_t organisation,
    struct err *e) __attribute__((warn_unused_result));
bool figures_touch_facility(struct db *d, int64_t facility, struct err *e)
    __attribute__((warn_unused_result));

/* The districts changed: all projects are computed anew; change is raised only
 * of those that come out different. */
bool figures_touch_all(struct db *d, struct err *e)
    __attribute__((warn_unused_result));

/* Computes what was touched and forgets it; version goes into change.
 * journal_commit does this. */
bool figures_refresh(struct db *d, int64_t version, struct err *e)
    __attribute__((warn_unused_result));

/* Folds the names of a place anew, for places_search. */
bool figures_place(struct db *d, int64_t place, struct err *e)
    __attribute__((warn_unused_result));

/* Compares the derived columns of all projects with what they should be; wrong
 * becomes the number of projects that differ. Only reads. */
bool figures_check(struct db *d, int64_t *wrong, struct err *e)
    __attribute__((warn_unused_result));

#endif
