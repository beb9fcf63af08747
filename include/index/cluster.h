/* Clusters of a tile, with exact counts and sums. */
#ifndef BUDGETMAP_INDEX_CLUSTER_H
#define BUDGETMAP_INDEX_CLUSTER_H

#include "geo/tile.h"
#include "index/search.h"

enum {
	CLUSTER_ZOOM_MAX = 11, /* up to here a tile holds clusters by cell */
	CLUSTER_CELL_LEVELS = 2, /* cells are tiles two zooms deeper */
	CLUSTER_TILE_FEATURES = 2000, /* more than these: cells at any zoom */
	CLUSTER_STATUSES = 9
};

/* One mark of a tile: a cluster of several projects, or one project. */
struct cluster {
	uint32_t row; /* of the project when sums.count is 1 */
	struct position at; /* mean of the anchors, or the anchor */
	struct bbox box; /* of the anchors */
	struct search_sums sums;
	uint32_t by_status[CLUSTER_STATUSES];
	int expansion_zoom; /* where it parts; TILE_MAX_ZOOM + 1: never,
			     * its members share one place */
	bool anchored; /* its anchor lies in this tile: count it here.
			* Clusters always are. */
};

struct cluster_tile {
	const struct cluster *marks; /* in the arena, in Hilbert order */
	size_t n;
	bool clustered; /* by cells; otherwise features, and only those that
			 * share one place are joined */
};

/* Up to CLUSTER_ZOOM_MAX every project whose anchor lies in the tile is
 * counted in exactly one mark. Deeper, the marks are the projects whose anchor
 * lies in the tile, and the lines and polygons that reach into it. */
bool cluster_tile(struct cluster_tile *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

#endif
