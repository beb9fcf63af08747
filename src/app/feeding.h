/* A snapshot fed from the database: one thread reads, another one builds. */
#ifndef BUDGETMAP_APP_FEEDING_H
#define BUDGETMAP_APP_FEEDING_H

#include "index/snapshot.h"

#include <signal.h>
#include <stdbool.h>

/* Reads what there is: asks known of each, gives it to visit. */
typedef bool feeding_read(const void *source, project_known *known,
    project_visit *visit, void *context, struct err *e);

/* Reads all and builds; the builder is used up. NULL on failure: ERR_BUSY when
 * stopping became true. */
struct snapshot *feeding_build(struct snapshot_builder *b, feeding_read *read,
    const void *source, const volatile sig_atomic_t *stopping, struct err *e);

#endif
