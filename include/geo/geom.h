/* Simple features geometry, flat in memory, lon and lat in degrees (CRS84). */
#ifndef BUDGETMAP_GEO_GEOM_H
#define BUDGETMAP_GEO_GEOM_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "geo/bbox.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum geom_type {
	GEOM_POINT = 1,
	GEOM_LINE = 2,
	GEOM_POLYGON = 3,
	GEOM_MULTIPOINT = 4,
	GEOM_MULTILINE = 5,
	GEOM_MULTIPOLYGON = 6
};

struct position {
	double lon, lat;
};

/* A part is a point, a line or a ring, n_positions in all, one after another.
 * Rings are closed (last equals first), exterior first; poly_parts[i] is the
 * number of rings of polygon i. Everything lives in the arena it was made in;
 * a geom is never changed after it was made. */
struct geom {
	enum geom_type type;
	uint32_t n_parts;
	uint32_t n_polys; /* 0 unless of polygons */
	uint32_t n_positions;
	const uint32_t *part_sizes; /* positions of each part */
	const uint32_t *poly_parts; /* rings of each polygon */
	const struct position *positions;
	struct bbox box;
};

enum { GEOM_MAX_POSITIONS = 1000000 };

/* Makes a geometry, copying the arrays; checks that sizes agree, coordinates
 * are finite and in range, lines have two positions, rings four and are
 * closed. NULL on failure. */
const struct geom *geom_make(struct arena *a, const struct geom *parts,
    struct err *e) __attribute__((warn_unused_result));

const struct geom *geom_point(struct arena *a, double lon, double lat,
    struct err *e) __attribute__((warn_unused_result));

/* OGC WKT of the six types, 2D (a Z value is dropped). */
const struct geom *geom_from_wkt(struct arena *a, struct str text,
    struct err *e) __attribute__((warn_unused_result));

/* Appends the same; number writes one coordinate; spaced: "POINT (1 2)" and
 * ", " between positions, otherwise no space that need not be. */
typedef void geom_wkt_number(struct buf *b, double v);
void geom_add_wkt(
    struct buf *b, const struct geom *g, geom_wkt_number *number, bool spaced);

/* SpatiaLite's BLOB geometry (SRID 4326, 2D or Z/M dropped). The writer
 * appends to b. */
const struct geom *geom_from_blob(struct arena *a, const void *data, size_t len,
    struct err *e) __attribute__((warn_unused_result));
void geom_add_blob(struct buf *b, const struct geom *g);

/* Appends well-known binary (ISO 13249-3), little-endian; and one number so. */
void geom_add_wkb(struct buf *b, const struct geom *g);
void geom_add_double(struct buf *b, double v);

/* The same geometry with exterior rings counter-clockwise and holes clockwise
 * (RFC 7946 section 3.1.6). NULL when memory is exhausted. */
const struct geom *geom_orient(struct arena *a, const struct geom *g);

/* The same with lon and lat exchanged. NULL on failure, as of geom_make. */
const struct geom *geom_exchange(struct arena *a, const struct geom *g,
    struct err *e) __attribute__((warn_unused_result));

/* Whether g and the box share a point, by the geometry itself, exactly on the
 * plane of lon and lat. The box may cross the antimeridian. */
bool geom_intersects_bbox(const struct geom *g, const struct bbox *b);

/* Whether the polygon(s) hold the point; the boundary counts as inside. */
bool geom_has_point(const struct geom *g, double lon, double lat);

/* A point on the geometry for its mark: the point itself, the middle of the
 * longest line, a point inside the largest polygon. */
struct position geom_anchor(const struct geom *g);

/* Great-circle distance in metres; and from a point to the geometry, 0 when
 * inside. */
double geom_distance(struct position a, struct position b);
double geom_distance_to(const struct geom *g, struct position p);

/* Area in km2 on the sphere of radius 6371.0088 km. */
double geom_area_km2(const struct geom *g);

#endif
