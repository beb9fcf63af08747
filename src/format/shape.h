/* A geometry as a reader gathers it, piece by piece. */
#ifndef BUDGETMAP_FORMAT_SHAPE_H
#define BUDGETMAP_FORMAT_SHAPE_H

#include "base/buf.h"
#include "geo/geom.h"

/* Pieces are points, lines or polygons, of one kind only. */
struct shape {
	struct buf positions, part_sizes, poly_parts; /* as in struct geom */
	uint32_t part_n; /* positions of the part being gathered */
	uint32_t poly_n; /* rings of the polygon being gathered */
	enum geom_type kind; /* of the pieces, when there are any */
	uint32_t n_pieces;
	size_t left; /* positions the whole file may still have */
};

void shape_init(struct shape *s, size_t positions_max);
void shape_free(struct shape *s);

/* Forgets the pieces, keeps the memory and what is left. */
void shape_reset(struct shape *s);

/* Begins a piece: GEOM_POINT, GEOM_LINE or GEOM_POLYGON. ERR_INPUT when there
 * are pieces of another kind. */
bool shape_begin(struct shape *s, enum geom_type kind, struct err *e);

/* ERR_LIMIT when the file has too many positions. */
bool shape_add(struct shape *s, double lon, double lat, struct err *e);

/* Repeats the first position of the part, unless it ends with it already. */
bool shape_close_ring(struct shape *s, struct err *e);

/* Ends a point, a line or a ring; then, of a polygon, the piece. */
void shape_end_part(struct shape *s);
void shape_end_polygon(struct shape *s);

/* The geometry in the arena, checked by geom_make; many: of a multiple type
 * even with one piece. NULL on failure. */
const struct geom *shape_make(
    struct shape *s, bool many, struct arena *a, struct err *e);

#endif
