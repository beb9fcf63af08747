/* What a feature of the file makes of a stored one. */
#ifndef BUDGETMAP_STORE_LAYER_MERGE_H
#define BUDGETMAP_STORE_LAYER_MERGE_H

#include "layer_private.h"

/* The columns as they will be; was NULL: a new feature. next is its attributes
 * as JSON. Texts are not copied. */
void layer_merge(struct value is[static LAYER_ROW_FIELDS],
    const struct layer_staged *s, struct str next, const struct value *was);

#endif
