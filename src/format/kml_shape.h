/* Geometries of KML from those of GeoJSON, without decoding a number. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_SHAPE_H
#define BUDGETMAP_SRC_FORMAT_KML_SHAPE_H

#include "base/buf.h"

/* Appends what a geometry that geojson_add_geometry wrote is in KML, with
 * heights (format/heights.h, may be empty); nothing for null. False when the
 * text is something else. */
bool kml_add_geometry(struct buf *b, struct str json, struct str heights)
    __attribute__((warn_unused_result));

#endif
