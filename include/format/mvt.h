/* Writes Mapbox Vector Tiles 2.1, a layer at a time. */
#ifndef BUDGETMAP_FORMAT_MVT_H
#define BUDGETMAP_FORMAT_MVT_H

#include "base/buf.h"
#include "geo/feature.h"
#include "geo/grid.h"

enum {
	MVT_TAGS_MAX = 256, /* attributes of a feature */
	MVT_KEYS_MAX = 256  /* of a layer */
};

/* The id of a feature without one. */
static const int64_t MVT_NO_ID = -1;

/* A layer being written. Failures are sticky, as in a buf. */
struct mvt_layer {
	struct str name;
	struct buf features, keys, values; /* as they stand in the layer */
	struct buf geometry;               /* of the feature in hand */
	uint32_t n_features, n_keys, n_values;
	struct mvt_value *table;           /* texts by hash */
	uint32_t n_texts, table_size;
	struct mvt_number *numbers;        /* in the order they came */
	uint32_t *number_table;            /* their places + 1 by hash */
	uint32_t n_numbers, number_table_size;
	bool failed;
	uint32_t n_tags;                   /* bytes */
	uint8_t tags[MVT_TAGS_MAX * 10];   /* of the feature in hand */
};

/* An empty layer of at most about limit bytes. name stays the caller's. */
void mvt_begin(struct mvt_layer *l, struct str name, size_t limit);

/* Room for that many features with so many numbers each, so that it need not be
 * made bit by bit. */
void mvt_reserve(struct mvt_layer *l, uint32_t features, uint32_t numbers);

/* Gives the memory back. */
void mvt_free(struct mvt_layer *l);

/* The number of a new key; a name is given only once. */
uint32_t mvt_key(struct mvt_layer *l, struct str name);

/* The numbers of values; equal ones have one number. */
uint32_t mvt_text(struct mvt_layer *l, struct str text);
uint32_t mvt_double(struct mvt_layer *l, double value);
uint32_t mvt_int(struct mvt_layer *l, int64_t value); /* as sint64 */
uint32_t mvt_count(struct mvt_layer *l, uint64_t value); /* as uint64 */
uint32_t mvt_bool(struct mvt_layer *l, bool value);
uint32_t mvt_money(struct mvt_layer *l, int64_t tiyn); /* tenge, double */

/* The same for a text known to be no value of the layer yet. */
uint32_t mvt_new_text(struct mvt_layer *l, struct str text);

/* Gives the next feature an attribute; several, by pairs of key and value. */
void mvt_tag(struct mvt_layer *l, uint32_t key, uint32_t value);
void mvt_tag_all(struct mvt_layer *l, const uint32_t *pairs, size_t n);

/* The same by the value's type; unknown ones are left out, money is tenge, days
 * and times are text, lists are text with ';' between. */
void mvt_tag_value(
    struct mvt_layer *l, uint32_t key, const struct value *value);

/* Ends a feature: with the attributes given so far, in units of the tile. A
 * geometry without points makes no feature. */
void mvt_add_point(struct mvt_layer *l, int64_t id, struct grid_point at);
void mvt_add_geom(
    struct mvt_layer *l, int64_t id, const struct grid_geom *g);

/* The bytes the layer would take now. */
size_t mvt_size(const struct mvt_layer *l);

/* Appends the layer to a tile; one without features is left out (section 4.1).
 * What failed in it fails in out. */
void mvt_end(struct mvt_layer *l, struct buf *out);

#endif
