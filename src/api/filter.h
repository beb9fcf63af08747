/* Filters in CQL2 (OGC API - Features Part 3). */
#ifndef BUDGETMAP_API_FILTER_H
#define BUDGETMAP_API_FILTER_H

#include "api/call.h"
#include "query/cql2.h"

extern const struct param param_filter, param_filter_lang, param_filter_crs;

/* The type of a feature's id in filters: layers have numbers. */
enum value_type filter_id_type(const struct schema *schema);

/* The filter that the parameters hold, of what the schema has; NULL where they
 * hold none. ERR_INPUT names the parameter. */
bool filter_read(const struct cql2 **out, struct call *c,
    const struct params *p, const struct schema *schema, struct err *e)
    __attribute__((warn_unused_result));

#endif
