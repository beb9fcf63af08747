/* Copies of the database that are whole, and putting one back. */
#ifndef BUDGETMAP_STORE_BACKUP_H
#define BUDGETMAP_STORE_BACKUP_H

#include "base/err.h"

#include <stdbool.h>

/* Writes a copy of one data version to a file, while others read and write. It
 * appears whole, on disk, or not at all. replace says whether a file of that
 * name may go for it; otherwise ERR_CONFLICT where there is one. */
bool backup_write(const char *database, const char *file, bool replace,
    struct err *e) __attribute__((warn_unused_result));

/* Puts a copy in the place of the database, after checking it in full and
 * bringing it to the present schema. ERR_BUSY when somebody writes. Readers see
 * the old content until then and the new one after; where the old file could
 * not be written, db_wakeup tells them. actor stands in the journal. */
bool backup_restore(const char *file, const char *database, const char *actor,
    struct err *e) __attribute__((warn_unused_result));

#endif
