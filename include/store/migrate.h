/* The schema: creating it and bringing it up to date. */
#ifndef BUDGETMAP_STORE_MIGRATE_H
#define BUDGETMAP_STORE_MIGRATE_H

#include "base/err.h"

#include <stdbool.h>

/* The schema version of this program, PRAGMA user_version. */
int migrate_current(void);

/* Creates the database or upgrades it to the version wanted (1 to
 * migrate_current), each migration in a transaction of its own. from becomes
 * the version that was there, 0 for none. ERR_CONFLICT when it is newer than
 * this program, ERR_DAMAGED when the file is something else or broken. */
bool migrate_database(const char *path, int wanted, int *from, struct err *e)
    __attribute__((warn_unused_result));

#endif
