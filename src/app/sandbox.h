/* What a serving process may still touch. */
#ifndef BUDGETMAP_APP_SANDBOX_H
#define BUDGETMAP_APP_SANDBOX_H

#include "config.h"

/* Gives up gaining privileges and, where the kernel has Landlock, all files but
 * those that serving needs: the database's and the snapshots' folders and the
 * system's read-only data. Call before threads. Returns what is in force, for
 * the log. */
const char *sandbox_enter(const struct config *c);

#endif
