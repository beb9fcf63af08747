/* Web-mercator tiles (XYZ: y grows southward). */
#ifndef BUDGETMAP_GEO_TILE_H
#define BUDGETMAP_GEO_TILE_H

#include "base/err.h"
#include "base/str.h"
#include "geo/bbox.h"

#include <stdint.h>

enum { TILE_MAX_ZOOM = 22 };

struct tile {
	int z;
	uint32_t x, y;
};

/* Reads three decimal numbers without sign or leading zeros, otherwise
 * ERR_INPUT; z 0 to TILE_MAX_ZOOM, x and y below 2^z, otherwise ERR_MISSING. */
bool tile_parse(struct tile *out, struct str z, struct str x, struct str y,
    struct err *e) __attribute__((warn_unused_result));

/* The tile's edges in degrees. */
struct bbox tile_bounds(const struct tile *t);

/* The tile of zoom z that holds the point (latitude clamped to the square). */
struct tile tile_of(double lon, double lat, int z);

#endif
