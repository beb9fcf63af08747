/* What GEOS does for us; its objects never leave geos.c. */
#ifndef BUDGETMAP_GEO_GEOS_H
#define BUDGETMAP_GEO_GEOS_H

#include "geo/geom.h"

/* A GEOS context; one a thread. */
struct geos;

/* NULL when memory is exhausted. */
struct geos *geos_open(void);
void geos_close(struct geos *g);

/* Whether the geometry is valid (OGC simple features); the reason, when it is
 * not, goes into reason (may be NULL). */
bool geos_is_valid(
    struct geos *g, const struct geom *geom, char *reason, size_t size);

/* A valid geometry of the same dimension; g itself when it is valid already.
 * NULL with a reason when nothing of that dimension is left, or when it crosses
 * itself so often that a repair would take all time and memory. */
const struct geom *geos_make_valid(
    struct geos *g, struct arena *a, const struct geom *geom, struct err *e);

/* The same on a grid: g itself when it is valid, otherwise a repaired one whose
 * coordinates are multiples of step. */
const struct geom *geos_make_valid_on_grid(struct geos *g, struct arena *a,
    const struct geom *geom, double step, struct err *e);

/* A geometry prepared for many tests; NULL when memory is exhausted. Used by
 * one thread only, closed before its context. */
struct geos_prepared;
struct geos_prepared *geos_prepare(struct geos *g, const struct geom *geom);
void geos_prepared_close(struct geos_prepared *p);
bool geos_prepared_intersects(struct geos_prepared *p, const struct geom *geom);
/* Whether geom lies in the polygon as a whole; it may touch the border, but a
 * point or line of the border alone is not in it. */
bool geos_prepared_contains(struct geos_prepared *p, const struct geom *geom);

/* How two geometries stand to each other (OGC 06-103r4 section 6.1.15). */
enum geos_relation {
	GEOS_INTERSECTS,
	GEOS_EQUALS, /* the same set of points */
	GEOS_DISJOINT,
	GEOS_TOUCHES,
	GEOS_WITHIN,
	GEOS_OVERLAPS,
	GEOS_CROSSES,
	GEOS_CONTAINS
};

/* What is said where there is no answer. */
enum { GEOS_UNTOLD = -1, GEOS_NO_MEMORY = -2 };

/* 1 when a stands in that relation to b, 0 when not, GEOS_UNTOLD when GEOS
 * cannot tell (an invalid geometry), GEOS_NO_MEMORY. */
int geos_relate(struct geos *g, enum geos_relation relation,
    const struct geom *a, const struct geom *b);

/* The same of a prepared geometry of any type and geom. */
int geos_prepared_relate(struct geos_prepared *p, enum geos_relation relation,
    const struct geom *geom);

/* Area of the overlap of two polygons in km2, negative on failure. */
double geos_overlap_km2(
    struct geos *g, const struct geom *a, const struct geom *b);

#endif
