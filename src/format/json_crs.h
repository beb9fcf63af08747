/* The coordinate reference system that GeoJSON of 2008 may tell; RFC 7946
 * dropped it, GDAL and QGIS still write it. */
#ifndef BUDGETMAP_FORMAT_JSON_CRS_H
#define BUDGETMAP_FORMAT_JSON_CRS_H

#include <jansson.h>

#include "geo/proj.h"
#include "shape.h"

struct json_crs {
	enum crs crs; /* CRS_84 until another is read */
	struct proj *proj; /* NULL until it is needed */
	long features; /* exchanged into lon and lat */
};

void json_crs_free(struct json_crs *c);

/* Reads the member "crs". ERR_INPUT when it is none that we speak. */
bool json_crs_read(struct json_crs *c, const json_t *value, struct err *e);

/* Exchanges the positions of a feature into lon and lat. */
bool json_crs_exchange(struct json_crs *c, struct shape *s, struct err *e);

/* What it is called: "EPSG:32642". */
const char *json_crs_name(const struct json_crs *c);

#endif
