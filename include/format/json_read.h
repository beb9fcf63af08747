/* JSON in, by jansson, with limits. */
#ifndef BUDGETMAP_FORMAT_JSON_READ_H
#define BUDGETMAP_FORMAT_JSON_READ_H

#include "base/arena.h"
#include "base/err.h"
#include "geo/feature.h"

/* Reads back a fragment that geojson_add_feature wrote for this schema. Values
 * live in the arena. ERR_DAMAGED when it is not one. */
bool json_read_fragment(struct feature *out, const struct schema *schema,
    struct str text, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* One feature of a foreign GeoJSON file: geometry, id and properties as text
 * (numbers and booleans as JSON writes them). */
struct json_feature {
	const struct geom *geom;  /* NULL without */
	struct str id;            /* empty without */
	const struct str *names, *values;
	size_t n;
};
typedef bool json_feature_visit(void *context, const struct json_feature *f,
    long number, struct err *e);

/* Calls visit for each feature of a FeatureCollection or a single Feature; at
 * most max_bytes long. The arena is not reset between. */
bool json_read_features(struct str text, size_t max_bytes, struct arena *a,
    json_feature_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

#endif
