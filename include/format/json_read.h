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

/* Reads the features of a GeoJSON FeatureCollection, a single Feature (RFC
 * 7946; a "crs" other than CRS84 or EPSG:4326 is refused) or a sequence of
 * Features, a line or a record each (RFC 8142). ERR_INPUT, with the feature's
 * number where it is one's, when something is wrong; ERR_LIMIT over a limit. */
bool json_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
    __attribute__((warn_unused_result));

#endif
