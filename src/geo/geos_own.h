/* What the rooms of GEOS share; nobody else sees its objects. */
#ifndef BUDGETMAP_SRC_GEO_GEOS_OWN_H
#define BUDGETMAP_SRC_GEO_GEOS_OWN_H

#include "geo/geos.h"

#include <geos_c.h>

enum { GEOS_MESSAGE_SIZE = 200 };

struct geos {
	GEOSContextHandle_t handle;
	char message[GEOS_MESSAGE_SIZE]; /* of the last failure */
};

/* 0 points, 1 lines, 2 polygons. */
int geos_dimension(enum geom_type type);

/* NULL when it cannot be made; forgets the last failure. */
GEOSGeometry *geos_from_geom(struct geos *g, const struct geom *geom);

/* What of from is of that dimension; NULL when nothing is. */
const struct geom *geos_to_geom(struct geos *g, struct arena *a,
    const GEOSGeometry *from, int dimension, struct err *e);

/* Whether it crosses itself too often to be repaired within reason, or memory
 * is exhausted by finding out. */
bool geos_is_tangled(struct geos *g, const struct geom *geom);

/* A valid geometry, NULL on failure. */
GEOSGeometry *geos_repair(struct geos *g, const GEOSGeometry *from);

#endif
