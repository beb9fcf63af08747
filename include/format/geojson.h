/* GeoJSON (RFC 7946) out. */
#ifndef BUDGETMAP_FORMAT_GEOJSON_H
#define BUDGETMAP_FORMAT_GEOJSON_H

#include "base/buf.h"
#include "geo/feature.h"

enum { GEOJSON_DIGITS = 7 };

/* Appends one Feature: type, id, geometry (rings oriented, at most seven
 * decimals, null without a place), properties with every attribute of the
 * schema in its order, null where unknown. */
void geojson_add_feature(struct buf *b, const struct feature *f);

/* Appends the geometry object with at most so many decimals, or null. */
void geojson_add_geometry(struct buf *b, const struct geom *g, int digits);

/* Appends a value as JSON. */
void geojson_add_value(struct buf *b, const struct value *v);

#endif
