/* GeoJSON geometries (RFC 7946 section 3.1), in. */
#ifndef BUDGETMAP_FORMAT_JSON_GEOM_H
#define BUDGETMAP_FORMAT_JSON_GEOM_H

#include <jansson.h>

#include "shape.h"

/* Adds the pieces of a geometry to the shape, none for null; of a
 * GeometryCollection those of its members. many: its type is a multiple one.
 * ERR_INPUT when it is malformed. */
bool json_geom_read(
    struct shape *s, bool *many, const json_t *value, struct err *e);

#endif
