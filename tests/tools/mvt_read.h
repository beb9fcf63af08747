/* Reads vector tiles strictly, by MVT 2.1, for tests only. */
#ifndef BUDGETMAP_TESTS_MVT_READ_H
#define BUDGETMAP_TESTS_MVT_READ_H

#include "base/arena.h"
#include "geo/grid.h"

enum mvt_read_type {
	MVT_READ_TEXT,
	MVT_READ_DOUBLE,
	MVT_READ_INT,   /* sint64 */
	MVT_READ_COUNT, /* uint64 */
	MVT_READ_BOOL
};

struct mvt_read_value {
	enum mvt_read_type type;
	struct str text;
	double number;
	int64_t integer;
	uint64_t count;
};

struct mvt_read_tag {
	struct str key;
	struct mvt_read_value value;
};

struct mvt_read_feature {
	int64_t id; /* -1: none */
	struct mvt_read_tag *tags;
	size_t n_tags;
	struct grid_geom geom; /* polygons by the rings' areas */
};

struct mvt_read_layer {
	struct str name;
	struct mvt_read_feature *features;
	size_t n;
	size_t n_keys, n_values;
};

struct mvt_read {
	struct mvt_read_layer *layers;
	size_t n;
};

/* NULL, or what the tile does wrong. Texts lie in data. */
const char *mvt_read(struct mvt_read *out, const void *data, size_t len,
    struct arena *a);

/* The layer of that name and the tag of that key; NULL when there is none. */
const struct mvt_read_layer *mvt_read_layer(
    const struct mvt_read *t, const char *name);
const struct mvt_read_value *mvt_read_tag(
    const struct mvt_read_feature *f, const char *key);

#endif
