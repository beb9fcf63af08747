/* The attributes of a layer, as its row keeps them. */
#ifndef BUDGETMAP_STORE_LAYER_SCHEMA_H
#define BUDGETMAP_STORE_LAYER_SCHEMA_H

#include "base/arena.h"
#include "base/buf.h"
#include "geo/feature.h"
#include "store/db.h"

/* The attribute that every layer has first: what the source calls a feature.
 * It is a column, not among the stored attributes. */
#define LAYER_SOURCE_ID "source_id"
extern const struct field layer_source_id;

/* One attribute: field, and what the file calls it. */
struct layer_attribute {
	struct field field;
	const char *source;
};

/* Appends the attributes as JSON; reads them back into the arena. */
void layer_attributes_add(
    struct buf *b, const struct layer_attribute *list, size_t n);
bool layer_attributes_read(struct db *d, struct str json, struct arena *a,
    struct layer_attribute **list, size_t *n, struct err *e);

#endif
