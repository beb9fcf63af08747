/* The parts of clipping polygons. */
#ifndef BUDGETMAP_SRC_GEO_CLIP_RING_H
#define BUDGETMAP_SRC_GEO_CLIP_RING_H

#include "geo/clip.h"

/* In units of the tile; the edges belong to it. */
struct clip_box {
	int64_t west, north, east, south;
};

/* What of a ring lies in the box (Sutherland and Hodgman): one ring that may
 * run along the box's edges there and back. *n becomes its size; NULL when
 * memory is exhausted. The ring itself may be given back. */
struct grid_point *clip_ring(struct grid_point *ring, uint32_t *n,
    const struct clip_box *box, struct arena *a);

/* Makes polygons valid and orients their rings; n_points becomes 0 when nothing
 * is left. */
bool clip_repair(
    struct grid_geom *g, struct geos **geos, struct arena *a, struct err *e);

#endif
