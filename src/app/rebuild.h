/* The process that derives snapshots from the database. */
#ifndef BUDGETMAP_APP_REBUILD_H
#define BUDGETMAP_APP_REBUILD_H

#include "config.h"
#include "shared.h"

/* Builds what is missing or old, then looks for commits of other processes
 * many times a second and at local midnight, until SIGTERM. In the long run
 * builds take at most half of one processor's time. */
void rebuild_run(const struct config *c, struct shared *s);

#endif
