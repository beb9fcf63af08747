/* Counters of requests, and what operators read of them. */
#ifndef BUDGETMAP_APP_METRICS_H
#define BUDGETMAP_APP_METRICS_H

#include "base/buf.h"
#include "shared.h"

/* Counts one answer of a route (its pattern, NULL: none matched). */
void metrics_count(struct shared_process *p, const char *route, int status,
    uint64_t bytes, int64_t nanoseconds);

/* Appends the sums over all processes as Prometheus text (format 0.0.4). */
void metrics_write(struct buf *out, const struct shared *s, int64_t now);

/* Appends the state as JSON; database says whether it can be read. Returns the
 * status: 200, or 503 when nothing can be answered. */
int metrics_health(
    struct buf *out, const struct shared *s, bool database, int64_t now);

#endif
