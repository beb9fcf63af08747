/* How long the values in each row's GeoJSON are, so that writers of other
 * formats need not look for where they end. */
#ifndef BUDGETMAP_SRC_INDEX_VALUE_LENGTHS_H
#define BUDGETMAP_SRC_INDEX_VALUE_LENGTHS_H

#include "base/buf.h"
#include "geo/feature.h"

/* What measuring one row after another needs. */
struct value_lengths {
	struct buf names; /* the text of the keys */
	struct str *keys, *values; /* by field */
	uint8_t *lengths;
	size_t n;
};

/* False when memory is exhausted; value_lengths_free gives back what there is.
 */
bool value_lengths_init(struct value_lengths *v, const struct schema *schema)
    __attribute__((warn_unused_result));
void value_lengths_free(struct value_lengths *v);

/* Appends those of a fragment without its comma to the section. */
void value_lengths_add(
    struct value_lengths *v, struct buf *section, struct str fragment);

#endif
