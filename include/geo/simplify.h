/* From degrees to the grid of a zoom, without what nobody can see there. */
#ifndef BUDGETMAP_GEO_SIMPLIFY_H
#define BUDGETMAP_GEO_SIMPLIFY_H

#include "geo/geos.h"
#include "geo/grid.h"

/* Half a pixel of a map that shows a tile on 256 pixels. */
enum { SIMPLIFY_HALF_PIXEL = GRID_EXTENT / 512 };

struct simplify {
	int z;
	int tolerance; /* units; 0: only repeated points go */
	const uint64_t *corners; /* as simplify_corners found them; NULL: no
				  * border is shared */
	size_t first; /* the bit of the geometry's first position */
	const struct grid_cell *cells; /* of its positions; NULL: not known */
};

/* Projects and snaps a geometry to the world's grid of zoom z and simplifies
 * lines and rings (Douglas and Peucker). Lines between two corners come out the
 * same for every geometry that has them, so shared borders stay shared. A
 * polygon that would vanish is snapped only. Parts that are less than their
 * type needs after snapping are left out; n_points is 0 when all are. */
bool simplify_geom(struct grid_geom *out, const struct geom *g,
    const struct simplify *how, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The same in degrees, and valid: points stay where they are, and so does
 * whatever has no form on the grid any more or reaches to a pole. NULL on
 * failure. */
const struct geom *simplify_degrees(const struct geom *g,
    const struct simplify *how, struct geos *geos, struct arena *a,
    struct err *e);

/* Finds corners: positions where the lines and rings of a collection part or
 * meet, because their neighbours there are not the same two. */
struct simplify_corners;

/* Room for so many positions in all; NULL when memory is exhausted. */
struct simplify_corners *simplify_corners_open(size_t positions);
void simplify_corners_add(struct simplify_corners *c, const struct geom *g);

/* After all were added: sets the bits, from first on, of those positions of a
 * geometry that are corners. */
void simplify_corners_mark(const struct simplify_corners *c,
    const struct geom *g, uint64_t *bits, size_t first);
void simplify_corners_close(struct simplify_corners *c);

#endif
