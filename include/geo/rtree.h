/* A packed R-tree over boxes that already stand in Hilbert order. */
#ifndef BUDGETMAP_GEO_RTREE_H
#define BUDGETMAP_GEO_RTREE_H

#include "geo/bbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RTREE_FANOUT = 16 };

/* Boxes as stored: float32 rounded outwards, so that they never lose a hit. */
struct rtree_box {
	float west, south, east, north;
};

/* A tree in memory or in a mapped file: level 0 holds a box for each group of
 * RTREE_FANOUT items, and so on up to one root. nodes belongs to the caller. */
struct rtree {
	const struct rtree_box *items; /* one an item */
	const struct rtree_box *nodes;
	uint32_t n_items;
};

/* The number of nodes for n items. */
size_t rtree_node_count(uint32_t n);

/* Fills nodes (rtree_node_count(n) of them) from the items. */
void rtree_build(
    struct rtree_box *nodes, const struct rtree_box *items, uint32_t n);

struct rtree_box rtree_box_of(const struct bbox *b);

/* Called with a run of neighbours, in rising order. inside: the run's boxes
 * lie wholly in the query; otherwise they only intersect it and the caller
 * tests each. False ends the search. */
typedef bool rtree_visit(
    void *context, uint32_t first, uint32_t count, bool inside);

/* Visits what intersects query, which does not cross the antimeridian. */
void rtree_search(const struct rtree *t, const struct bbox *query,
    rtree_visit *visit, void *context);

/* Grows out to hold the boxes of items first to end - 1. */
void rtree_add_bounds(
    struct bbox *out, const struct rtree *t, uint32_t first, uint32_t end);

#endif
