/* Imported layers from the database, where no snapshots are. */
#ifndef BUDGETMAP_API_LAYER_SOURCE_H
#define BUDGETMAP_API_LAYER_SOURCE_H

#include "api/call.h"
#include "api/collection.h"

/* One by name, all by name, without their snapshots. ERR_MISSING when there is
 * none of that name. */
bool layer_source_find(const struct collection **out, struct call *c,
    struct str name, struct err *e) __attribute__((warn_unused_result));
bool layer_source_all(const struct collection **out, size_t *n, struct call *c,
    struct err *e) __attribute__((warn_unused_result));

/* A layer's snapshot. One that has none is built in memory and given back with
 * the answer; ERR_MEMORY when a request may not take that much. */
bool layer_source_read(const struct snapshot **out, struct call *c,
    const struct collection *k, struct err *e)
    __attribute__((warn_unused_result));

#endif
