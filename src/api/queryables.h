/* Attributes as parameters (OGC API - Features Part 3 section 7.2). */
#ifndef BUDGETMAP_API_QUERYABLES_H
#define BUDGETMAP_API_QUERYABLES_H

#include "api/call.h"
#include "api/collection.h"
#include "geo/feature.h"

/* The table and a row more for every attribute whose name is free, in the
 * arena; NULL when memory is exhausted. Of one that is a list the parameter is
 * one of its members. */
const struct param_table *queryables_table(const struct param_table *table,
    const struct schema *schema, struct arena *a);

/* The same for the items that are asked for; the endpoint's own table where
 * they are not items. NULL on failure. */
const struct param_table *queryables_of_call(struct call *c, struct err *e);

/* Appends the conditions of those that are given as CQL2, joined by AND. */
void queryables_write(struct buf *out, const struct params *p);

#endif
