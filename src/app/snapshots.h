/* The snapshot files of a service: where they are, how they are made. */
#ifndef BUDGETMAP_APP_SNAPSHOTS_H
#define BUDGETMAP_APP_SNAPSHOTS_H

#include "holder.h"
#include "index/snapshot.h"
#include "shared.h"
#include "store/db.h"

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

enum { SNAPSHOTS_PATH_SIZE = 1024 };

struct snapshots {
	char paths[SHARED_COLLECTIONS][SNAPSHOTS_PATH_SIZE];
	struct shared *shared; /* hears of what is made */
	const volatile sig_atomic_t *stopping; /* gives up when set */
};

/* Where the snapshot of a collection (SHARED_...) lies in a folder. */
bool snapshots_path(
    char out[static SNAPSHOTS_PATH_SIZE], const char *folder, int collection);

/* Whether all files are there. */
bool snapshots_exist(const struct snapshots *s);

/* Whether a snapshot is of just this data and day. */
bool snapshots_is_of(
    const struct snapshot *s, const struct snapshot_info *info);

/* Makes both files within the read transaction of d, copying what did not
 * change from previous. info has version, publication and day. */
bool snapshots_make(struct snapshots *s, struct db *d,
    struct snapshot_info *info, const struct snapshot_pair *previous,
    struct snapshot_pair *out, struct err *e)
    __attribute__((warn_unused_result));

/* Takes up files of an earlier run, checked to the last byte; false when there
 * are none of this data and day. */
bool snapshots_take_up(struct snapshots *s, const struct snapshot_info *info,
    struct snapshot_pair *out);

#endif
