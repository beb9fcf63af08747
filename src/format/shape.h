/* A geometry as a reader gathers it, piece by piece. */
#ifndef BUDGETMAP_FORMAT_SHAPE_H
#define BUDGETMAP_FORMAT_SHAPE_H

#include "base/buf.h"
#include "geo/geom.h"

enum { SHAPE_KINDS = 3 };

/* The pieces of one kind: points, lines or polygons. */
struct pile {
	struct buf positions, part_sizes, poly_parts; /* as in struct geom */
	struct buf heights; /* double, of each position; NAN: none */
	uint32_t n; /* pieces */
};

struct shape {
	struct pile piles[SHAPE_KINDS]; /* by kind, from GEOM_POINT */
	struct pile *now; /* of the piece being gathered */
	uint32_t part_n; /* positions of the part being gathered */
	uint32_t poly_n; /* rings of the polygon being gathered */
	size_t max, left; /* positions it may have, may still have */
	uint32_t closed; /* rings that were open */
	uint32_t empty; /* pieces and rings without any position, left out */
	uint32_t single; /* lines of one position, now points */
	uint32_t heights; /* positions with a height other than 0 */
};

void shape_init(struct shape *s, size_t positions_max);
void shape_free(struct shape *s);

/* Forgets the pieces, keeps the memory. */
void shape_reset(struct shape *s);

/* Begins a piece: GEOM_POINT, GEOM_LINE or GEOM_POLYGON. */
void shape_begin(struct shape *s, enum geom_type kind);

/* height: in metres, NAN without. ERR_LIMIT when the feature has too many
 * positions. */
bool shape_add(
    struct shape *s, double lon, double lat, double height, struct err *e);

/* Takes the last n positions of the part back. */
void shape_take_back(struct shape *s, uint32_t n);

/* Repeats the first position of the part, unless it ends with it already. */
bool shape_close_ring(struct shape *s, struct err *e);

/* Ends a point, a line or a ring; then, of a polygon, the piece. What has no
 * position is left out, a line of one is a point. */
void shape_end_point(struct shape *s);
void shape_end_line(struct shape *s);
void shape_end_ring(struct shape *s);
void shape_end_polygon(struct shape *s);

/* Whether anything was gathered that has a position. */
bool shape_has_pieces(const struct shape *s);

/* A geometry and the heights of its positions; NULL when all are 0 or none. */
struct shaped {
	const struct geom *geom;
	const double *heights;
};

/* The geometries, one for each kind there is, areas first; in the arena,
 * checked by geom_make. many: of a multiple type even with one piece. Returns
 * how many stand in out, 0 without any piece, -1 on failure. */
int shape_make(struct shaped out[static SHAPE_KINDS], struct shape *s,
    bool many, struct arena *a, struct err *e);

#endif
