/* The parts of a GeoJSON fragment of a snapshot, without reading it whole. */
#ifndef BUDGETMAP_API_FRAGMENT_H
#define BUDGETMAP_API_FRAGMENT_H

#include "base/arena.h"
#include "base/err.h"
#include "format/fragment.h"
#include "geo/feature.h"
#include "index/snapshot.h"

enum { FRAGMENT_FIELDS_MAX = 257 };

/* Slices of JSON as it stands in the fragment. */
struct fragment {
	struct str whole; /* the Feature */
	struct str id; /* with its quotes */
	struct str geometry;
	struct str values[FRAGMENT_FIELDS_MAX]; /* by field of the schema */
};

/* Finds the parts of a row's fragment. ERR_DAMAGED when it is not as
 * geojson_add_feature writes it. */
bool fragment_split(struct fragment *out, const struct snapshot *s,
    uint32_t row, struct err *e) __attribute__((warn_unused_result));

/* Its geometry, NULL where there is none. */
bool fragment_geometry(const struct geom **out, const struct fragment *f,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

/* The row's Feature, without the comma before it. */
struct str fragment_of(const struct snapshot *s, uint32_t row);

/* The whole feature; its values and geometry live in the arena or lie in the
 * snapshot. Equal to what json_read_fragment gives, several times quicker. */
bool fragment_read(struct feature *out, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

/* The same with geometry left out (NULL). */
bool fragment_read_values(struct feature *out, const struct snapshot *s,
    uint32_t row, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The row with that public id; false when there is none. Looks at every row:
 * for small collections. */
bool fragment_find(
    const struct snapshot *s, struct str public_id, uint32_t *row);

#endif
