/* Making geometries piece by piece: for geo's readers. */
#ifndef BUDGETMAP_SRC_GEO_GEOM_BUILD_H
#define BUDGETMAP_SRC_GEO_GEOM_BUILD_H

#include "geo/geom.h"

/* Arrays being filled, each with room for max; every part has a position at
 * least, so one bound holds for all. */
struct geom_build {
	enum geom_type type;
	uint32_t max;
	uint32_t n_positions, n_parts, n_polys;
	struct position *positions;
	uint32_t *part_sizes;
	uint32_t *poly_parts;
	bool full; /* more than max were added */
};

/* Room for max positions; ERR_LIMIT above GEOM_MAX_POSITIONS. */
bool geom_build_begin(struct geom_build *b, struct arena *a, size_t max,
    struct err *e) __attribute__((warn_unused_result));

/* Positions go to the part begun last, parts to the polygon begun last. */
void geom_build_poly(struct geom_build *b);
void geom_build_part(struct geom_build *b);
void geom_build_position(struct geom_build *b, double lon, double lat);

/* Checks what was built, as geom_make does, and makes it a geometry in the
 * same arena. */
const struct geom *geom_build_finish(const struct geom_build *b,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

bool geom_is_of_points(enum geom_type type);
bool geom_is_of_lines(enum geom_type type);
bool geom_is_of_polygons(enum geom_type type);

#endif
