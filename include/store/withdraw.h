/* Taking a project back: it leaves a tombstone, its id is never used again. */
#ifndef BUDGETMAP_STORE_WITHDRAW_H
#define BUDGETMAP_STORE_WITHDRAW_H

#include "store/journal.h"

/* Withdraws a published project within the batch; day is today (YYYYMMDD).
 * ERR_MISSING when there is none, ERR_GONE when it is withdrawn already,
 * ERR_INPUT without a reason. */
bool withdraw_project(struct db *d, struct journal *j, int64_t id,
    struct str reason, int32_t day, struct err *e)
    __attribute__((warn_unused_result));

#endif
