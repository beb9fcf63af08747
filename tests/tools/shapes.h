/* Random shapes, good and nasty, and what is wrong with one on a tile's grid. */
#ifndef BUDGETMAP_TESTS_SHAPES_H
#define BUDGETMAP_TESTS_SHAPES_H

#include "geo/geos.h"
#include "geo/grid.h"

enum shape_kind {
	SHAPE_STAR,     /* a valid polygon around the centre, many corners */
	SHAPE_RING,     /* a star with a hole */
	SHAPE_COMB,     /* thin teeth, valid */
	SHAPE_TANGLE,   /* random corners: crosses itself */
	SHAPE_BOW,      /* two triangles with a common corner, wrong way */
	SHAPE_SPIKES,   /* a square with spikes and repeated corners */
	SHAPE_SPLINTERS, /* many tiny polygons */
	SHAPE_LINE,     /* a walk that crosses itself */
	SHAPE_LINES,
	SHAPE_POINTS,
	SHAPE_KINDS
};

/* size is half the width in degrees. Ends the program without memory. */
const struct geom *shape_random(enum shape_kind kind, uint64_t *seed,
    struct position centre, double size, struct arena *a);

/* NULL when all is as MVT 2.1 wants it: parts of enough points, none repeated,
 * everything within the buffered tile, rings simple and turning the right way,
 * polygons valid by GEOS. Otherwise what is wrong. */
const char *shape_wrong(const struct grid_geom *g, int buffer,
    struct geos *geos, struct arena *a);

#endif
