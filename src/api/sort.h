/* In which order features are answered (OGC API - Features Part 8, draft). */
#ifndef BUDGETMAP_API_SORT_H
#define BUDGETMAP_API_SORT_H

#include "query/params.h"

extern const struct param param_sortby;

/* Puts the order that the parameters ask for, of what the schema has, into a
 * query; none where they ask for none. */
bool sort_read(struct query *out, const struct params *p,
    const struct schema *schema, struct err *e)
    __attribute__((warn_unused_result));

#endif
