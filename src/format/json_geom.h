/* GeoJSON geometries, in. */
#ifndef BUDGETMAP_FORMAT_JSON_GEOM_H
#define BUDGETMAP_FORMAT_JSON_GEOM_H

#include <jansson.h>

#include "shape.h"

/* Reads a geometry object; null, or value being NULL, gives NULL in out. A
 * GeometryCollection of one kind becomes the multiple type of it; heights are
 * dropped. */
bool json_geom_read(const struct geom **out, const json_t *value,
    struct shape *s, struct arena *a, struct err *e);

#endif
