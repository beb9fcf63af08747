/* Geometry on the grid of a zoom: whole units, 4096 of them along a tile. */
#ifndef BUDGETMAP_GEO_GRID_H
#define BUDGETMAP_GEO_GRID_H

#include "geo/geom.h"
#include "geo/tile.h"

enum { GRID_EXTENT = 4096, GRID_EXTENT_LOG2 = 12 };

/* x grows eastward, y southward: of the world from its north-west corner, 0 to
 * 2^z * GRID_EXTENT; of a tile from the tile's. */
struct grid_point {
	int64_t x, y;
};

/* A place on a grid of the world with 2^GRID_CELL_ORDER units a side: positions
 * that are projected once and for all. */
enum { GRID_CELL_ORDER = 32, GRID_CELL_ZOOM = 32 - 12 };
struct grid_cell {
	uint32_t x, y;
};

/* As struct geom, but for rings: they are not closed. */
struct grid_geom {
	enum geom_type type;
	uint32_t n_parts;
	uint32_t n_polys;
	uint32_t n_points;
	const uint32_t *part_sizes;
	const uint32_t *poly_parts;
	const struct grid_point *points;
};

/* The point of the world's grid of zoom z that a position falls to, north-west
 * of it; latitudes beyond the square are clamped to it. Agrees with
 * hilbert_of: what lies in a tile by one does by the other. */
struct grid_point grid_of(struct position p, int z);

/* The cell of a position, and the point that grid_of gives for it: the same
 * up to zoom GRID_CELL_ZOOM, beyond that it is not fine enough. */
struct grid_cell grid_cell_of(struct position p);
struct grid_point grid_of_cell(struct grid_cell c, int z);

/* The position of a point of the world's grid. */
struct position grid_position(struct grid_point p, int z);

/* The north-west corner of a tile on the world's grid of its zoom. */
struct grid_point grid_corner(const struct tile *t);

/* The box of a tile and so many units around it, in degrees; never over the
 * antimeridian. At the square's edge it reaches to the pole, as positions
 * beyond are clamped to the edge. */
struct bbox grid_bounds(const struct tile *t, int buffer);

/* Twice the area of a ring by the surveyor's formula: positive when it turns
 * clockwise as seen on the map, where y grows southward. */
int64_t grid_ring_area2(const struct grid_point *ring, uint32_t n);

/* Takes repeated and collinear points and spikes out of a ring, in place; no
 * coordinate is larger than 2^30. Returns how many are left, 0 when fewer than
 * three. */
uint32_t grid_clean_ring(struct grid_point *ring, uint32_t n);

#endif
