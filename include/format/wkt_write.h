/* OGC well-known text of geometries, out. */
#ifndef BUDGETMAP_FORMAT_WKT_WRITE_H
#define BUDGETMAP_FORMAT_WKT_WRITE_H

#include "base/buf.h"
#include "geo/geom.h"

/* Appends e.g. LINESTRING (68.25 43.3, 68.26 43.3), seven decimals at most. */
void wkt_add(struct buf *b, const struct geom *g);

#endif
