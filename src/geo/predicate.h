/* Which side of a line a point lies on, without rounding errors. */
#ifndef BUDGETMAP_SRC_GEO_PREDICATE_H
#define BUDGETMAP_SRC_GEO_PREDICATE_H

#include "geo/geom.h"

/* 1: c lies left of the line from a to b, -1: right of it, 0: on it. */
int predicate_side(struct position a, struct position b, struct position c);

/* Whether the segment from a to b and the box share a point. */
bool predicate_segment_meets(
    struct position a, struct position b, const struct bbox *box);

#endif
