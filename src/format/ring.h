/* Rings as writers walk over them. */
#ifndef BUDGETMAP_FORMAT_RING_H
#define BUDGETMAP_FORMAT_RING_H

#include "geo/geom.h"

/* Positions in the order to write them: from first on, each step further. */
struct walk {
	const struct position *first;
	ptrdiff_t step; /* 1 or -1 */
	uint32_t n;
};

/* The walk along a ring so that an exterior one runs counter-clockwise and a
 * hole clockwise (RFC 7946 section 3.1.6). */
struct walk ring_walk(const struct position *ring, uint32_t n, bool exterior);

#endif
