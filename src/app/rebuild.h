/* The process that derives snapshots from the database. */
#ifndef BUDGETMAP_APP_REBUILD_H
#define BUDGETMAP_APP_REBUILD_H

#include "base/buf.h"
#include "base/err.h"
#include "config.h"
#include "shared.h"

/* Where the snapshot of a collection lies; its place in shared->snapshots. */
extern const char *const rebuild_names[SHARED_COLLECTIONS];
bool rebuild_path(char *out, size_t size, const char *folder, const char *name);

/* Builds what is missing or old, then looks for commits of other processes
 * several times a second and at local midnight, until SIGTERM. Builds take at
 * most half of one processor's time. */
void rebuild_run(const struct config *c, struct shared *s);

#endif
