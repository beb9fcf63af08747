/* Boxes in degrees, lon and lat in CRS84. */
#ifndef BUDGETMAP_GEO_BBOX_H
#define BUDGETMAP_GEO_BBOX_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>

/* south <= north always. west > east means that the box crosses the
 * antimeridian (RFC 7946 section 5.2, OGC API - Features Part 1 section
 * 7.15.3). */
struct bbox {
	double west, south, east, north;
};

/* A box that contains nothing, for bbox_extend. */
extern const struct bbox bbox_empty;
bool bbox_is_empty(const struct bbox *b);

/* Reads "west,south,east,north" or, with heights that are ignored,
 * "west,south,low,east,north,high"; lon -180 to 180, lat -90 to 90. On failure
 * out keeps its old value. */
bool bbox_parse(struct bbox *out, struct str text, struct err *e)
    __attribute__((warn_unused_result));

/* The numbers of its two corners in any reference system: no range and no order
 * is checked. */
bool bbox_numbers(double corners[static 4], struct str text, struct err *e)
    __attribute__((warn_unused_result));

/* Whether they share a point; touching counts; either may cross the
 * antimeridian. */
bool bbox_intersects(const struct bbox *a, const struct bbox *b);

/* Whether inner lies in outer wholly; inner does not cross. */
bool bbox_contains(const struct bbox *outer, const struct bbox *inner);

bool bbox_has_point(const struct bbox *b, double lon, double lat);

/* Grows b to hold the point or the box o. None of them crosses. */
void bbox_add_point(struct bbox *b, double lon, double lat);
void bbox_add_bbox(struct bbox *b, const struct bbox *o);

/* Splits a crossing box into its eastern and western part. Returns how many
 * boxes (1 or 2) stand in out. */
int bbox_split(const struct bbox *b, struct bbox out[static 2]);

#endif
