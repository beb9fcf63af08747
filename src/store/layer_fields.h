/* The attributes of a file while it is read: what they are called and what
 * their values can be. */
#ifndef BUDGETMAP_STORE_LAYER_FIELDS_H
#define BUDGETMAP_STORE_LAYER_FIELDS_H

#include "layer_schema.h"
#include "store/layer_import.h"
#include "store/layers.h"

struct layer_field {
	struct layer_attribute attribute; /* its type is set by settle */
	enum value_type fixed; /* told by the map; VALUE_NULL: found out */
	enum value_type stored; /* of the layer that is there already */
	unsigned can; /* bits of the types that all values fit */
	int64_t seen; /* values */
	bool titled; /* by the map */
};

struct layer_fields {
	struct arena *arena;
	const struct layer_mapping *map;
	size_t n_map;
	struct layer_field list[LAYER_FIELDS_MAX - 1]; /* with source_id */
	size_t n;
	size_t expected; /* features have them in one order */
	struct buf scratch;
};

/* What a column is besides a field. */
enum { LAYER_COLUMN_DROPPED = -1, LAYER_COLUMN_ID = -2 };

void layer_fields_init(struct layer_fields *f, struct arena *a,
    const struct layer_mapping *map, size_t n_map);
void layer_fields_free(struct layer_fields *f);

/* An attribute that the layer has already. */
bool layer_fields_store(struct layer_fields *f,
    const struct layer_attribute *attribute, struct err *e);

/* The number of the field that a column of the file goes to, or what it is. A
 * new one is made. ERR_LIMIT when there are too many, ERR_INPUT when the map
 * names a field that cannot be. */
bool layer_fields_find(
    struct layer_fields *f, struct str column, int *out, struct err *e);

/* Takes note of a value, not empty. */
void layer_field_see(
    struct layer_field *f, struct str value, enum value_type told);

/* A title for a column, when there is no better one. */
bool layer_fields_title(
    struct layer_fields *f, struct str column, struct str title, struct err *e);

/* Settles the types. */
void layer_fields_settle(struct layer_fields *f);

/* Reads a value as that type; false when it is none. Text is not copied. */
bool layer_value_read(struct value *out, enum value_type type, struct str text);

/* Appends what a column is called on wires: letters a to z, digits and '_',
 * Cyrillic in Latin letters. Never empty. */
bool layer_add_name(struct buf *b, struct str column, struct err *e);

#endif
