/* Cutting geometry to a tile so that what remains is valid. */
#ifndef BUDGETMAP_GEO_CLIP_H
#define BUDGETMAP_GEO_CLIP_H

#include "geo/geos.h"
#include "geo/grid.h"

/* The largest buffer that fits the repair of polygons. */
enum { CLIP_BUFFER_MAX = 1024 };

/* What of a geometry on the world's grid lies in a tile and so many units
 * around it (0 to CLIP_BUFFER_MAX), in units of the tile. Polygons are valid as
 * OGC 06-103r4 section 6.1.11 says and as MVT 2.1 section 4.3.4 wants them:
 * exterior rings have a positive area, holes a negative one and stand behind
 * their exterior. n_points is 0 when nothing is left. *geos may be NULL: it is
 * opened when a polygon needs it, and the caller's to close. */
bool clip_to_tile(struct grid_geom *out, const struct grid_geom *g,
    const struct tile *t, int buffer, struct geos **geos, struct arena *a,
    struct err *e) __attribute__((warn_unused_result));

#endif
