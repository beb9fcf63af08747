/* JSON in, by jansson, with limits. */
#ifndef BUDGETMAP_FORMAT_JSON_READ_H
#define BUDGETMAP_FORMAT_JSON_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "format/foreign.h"
#include "geo/feature.h"

/* Reads back a fragment that geojson_add_feature wrote for this schema. Values
 * live in the arena; the internal id, which stands in no fragment, is 0.
 * ERR_DAMAGED when it is not one, or the arena is exhausted. */
bool json_read_fragment(struct feature *out, const struct schema *schema,
    struct str text, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Calls visit for each feature of a GeoJSON FeatureCollection or a single
 * Feature (RFC 7946; a "crs" other than CRS84 or EPSG:4326 is refused).
 * ERR_INPUT, with the feature's number, when something is wrong; ERR_LIMIT
 * over max_bytes or a limit of foreign.h. The arena is not reset between. */
bool json_read_features(struct str text, size_t max_bytes, struct arena *a,
    foreign_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

#endif
