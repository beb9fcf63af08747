/* Copies of the database that are whole, and putting one back. */
#ifndef BUDGETMAP_STORE_BACKUP_H
#define BUDGETMAP_STORE_BACKUP_H

#include "base/err.h"

#include <stdbool.h>

/* Writes a copy of one data version to a file that must not exist yet, while
 * others read and write. It appears whole, on disk, or not at all. */
bool backup_write(const char *database, const char *file, struct err *e)
    __attribute__((warn_unused_result));

/* Puts a copy in the place of the database, after checking it in full.
 * ERR_BUSY when somebody writes. Readers finish on the old file and must open
 * anew. */
bool backup_restore(const char *file, const char *database, struct err *e)
    __attribute__((warn_unused_result));

#endif
