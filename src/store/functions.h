/* What the program adds to SQL, so that SQL answers as the snapshot does. */
#ifndef BUDGETMAP_STORE_FUNCTIONS_H
#define BUDGETMAP_STORE_FUNCTIONS_H

#include "store/db.h"

/* budgetmap_intersects(geom, west, south, east, north),
 * budgetmap_overdue(status, planned_end, actual_end, today),
 * budgetmap_period(planned_start, planned_end, actual_start, actual_end, from,
 * to): whether the period of work meets those days,
 * budgetmap_day(day): YYYY-MM-DD, budgetmap_level(number): its code,
 * budgetmap_code(list, number): its code,
 * budgetmap_years(bits), budgetmap_levels(bits): as lists,
 * and those of CQL2. */
bool functions_add(struct db *d, struct err *e)
    __attribute__((warn_unused_result));

#endif
