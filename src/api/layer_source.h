/* Imported layers from the database, where no snapshots are. */
#ifndef BUDGETMAP_API_LAYER_SOURCE_H
#define BUDGETMAP_API_LAYER_SOURCE_H

#include "api/call.h"
#include "api/collection.h"

/* One by name, all by name: with snapshots in memory that are given back with
 * the answer. ERR_MISSING when there is none of that name. */
bool layer_source_find(const struct collection **out, struct call *c,
    struct str name, struct err *e) __attribute__((warn_unused_result));
bool layer_source_all(const struct collection **out, size_t *n, struct call *c,
    struct err *e) __attribute__((warn_unused_result));

#endif
