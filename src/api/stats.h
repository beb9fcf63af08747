/* Sums over what a query selects, in all and by groups. */
#ifndef BUDGETMAP_API_STATS_H
#define BUDGETMAP_API_STATS_H

#include "api/call.h"
#include "format/json_write.h"
#include "index/search.h"
#include "query/codes.h"

extern const struct codelist codes_group;

call_handler stats_get;

/* Members of an object: count, money, what is missing, overdue. */
void stats_write_sums(struct json *j, const struct search_sums *s);

#endif
