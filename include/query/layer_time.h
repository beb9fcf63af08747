/* When the features of a layer are, for the parameter datetime. */
#ifndef BUDGETMAP_QUERY_LAYER_TIME_H
#define BUDGETMAP_QUERY_LAYER_TIME_H

#include "geo/feature.h"
#include "query/project.h"

/* The numbers of the attributes, dates or times, that tell it: "begin" and
 * "end" (-1: there is none, it is open there); a layer without them "when",
 * else the first date or time, as both. -1 and -1: its features have no time.
 */
struct layer_time {
	int begin, end;
};
struct layer_time layer_time_of(const struct schema *s);
bool layer_time_is_known(const struct layer_time *t);

/* The local days of a feature; nothing it does not know. */
void layer_time_days(
    struct days *out, const struct layer_time *t, const struct value *values);

#endif
