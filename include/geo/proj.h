/* Coordinate reference systems other than our own, by PROJ; its objects never
 * leave proj.c. */
#ifndef BUDGETMAP_GEO_PROJ_H
#define BUDGETMAP_GEO_PROJ_H

#include "geo/geom.h"

#include <stdbool.h>
#include <stddef.h>

/* What we speak besides CRS84, lon and lat on WGS 84. */
enum crs {
	CRS_84,
	CRS_4326, /* WGS 84, lat and lon */
	CRS_3857, /* Web Mercator, metres */
	CRS_32641, /* UTM zone 41 north, metres */
	CRS_32642 /* UTM zone 42 north, metres */
};

/* Their names as URI, in that order. */
enum { CRS_N = 5 };
extern const char *const crs_uris[CRS_N];

/* Decimals that tell a centimetre. */
int crs_digits(enum crs crs);

/* PROJ's context and its transformations, one a thread; transformations are
 * made when first asked for. NULL when memory is exhausted. */
struct proj;
struct proj *proj_open(void);
void proj_close(struct proj *p);

/* From lon and lat to the axes of a system in their order, in place. ERR_INPUT
 * when a position cannot be told in it, ERR_SYSTEM when PROJ or its data are
 * not there. */
bool proj_from_lon_lat(struct proj *p, enum crs crs, struct position *at,
    size_t n, struct err *e) __attribute__((warn_unused_result));

/* The other way round, of a position written in its order of axes. */
bool proj_to_lon_lat(struct proj *p, enum crs crs, struct position *at,
    struct err *e) __attribute__((warn_unused_result));

/* The box of lon and lat around a box given by its lower and upper corner in
 * that system (its order of axes). Of degrees one may cross the antimeridian,
 * of metres none can. */
bool proj_box(struct proj *p, enum crs crs, const double corners[static 4],
    struct bbox *out, struct err *e) __attribute__((warn_unused_result));

/* A geometry with its positions in that system (the first axis as lon); its
 * box is that of the original. NULL on failure. */
const struct geom *proj_geom(struct proj *p, enum crs crs, const struct geom *g,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

#endif
