/* A collection as a tree of tiles, for files that are read one after another:
 * what is anchored in a tile is shown feature by feature where that is little,
 * otherwise counted, and found in the tiles below. Every located feature is in
 * exactly one tile of the lowest ones. */
#ifndef BUDGETMAP_INDEX_PYRAMID_H
#define BUDGETMAP_INDEX_PYRAMID_H

#include "index/cluster.h"

enum {
	PYRAMID_ROWS = 500, /* a tile with more than these is parted */
	PYRAMID_QUARTERS = 4,
	PYRAMID_CELLS = 4, /* marks of a quarter */
	PYRAMID_ZOOM = 5 /* a few features are worth a look from here on */
};

/* Something anchored in a tile. */
struct pyramid_part {
	struct cluster all;
	struct tile tile; /* the smallest that holds all of it */
	bool parted; /* more than PYRAMID_ROWS, not all in one place */
	struct bbox reach; /* what has to be in view for a look at it: that
			    * tile, of a few features a larger one; and the
			    * shapes anchored there */
	struct cluster marks[PYRAMID_CELLS]; /* of a quarter, by its cells */
	size_t n_marks;
};

struct pyramid_tile {
	struct pyramid_part whole; /* all.sums.count may be 0 */
	struct pyramid_part quarters[PYRAMID_QUARTERS]; /* those that hold
							 * something */
	size_t n_quarters;
};

/* What of the query is anchored in the tile. */
void pyramid_tile(struct pyramid_tile *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text,
    const struct tile *t);

/* How many rows of the query there are in the tile; NULL: without a place. */
uint64_t pyramid_count(const struct snapshot *s, const struct query *q,
    const struct search_rows *text, const struct tile *t);

/* These rows from the given one on, size at most; returns how many. */
size_t pyramid_rows(uint32_t *rows, size_t size, uint64_t from,
    const struct snapshot *s, const struct query *q,
    const struct search_rows *text, const struct tile *t);

#endif
