/* What a feature of the file makes of a stored one. */
#ifndef BUDGETMAP_STORE_LAYER_MERGE_H
#define BUDGETMAP_STORE_LAYER_MERGE_H

#include "layer_private.h"

/* The columns as they will be; was NULL: a new feature. next is its attributes
 * as JSON. Texts are not copied but where heights are made of two. */
bool layer_merge(struct value is[static LAYER_ROW_FIELDS],
    const struct layer_staged *s, struct str next, const struct value *was,
    struct arena *a, struct err *e);

/* The heights as they will be: what the file tells, which may leave out what
 * they mean, else what is stored of the same place. */
bool layer_heights_merge(struct arena *a, struct value *out, struct str told,
    const struct value *was, bool same_place, struct err *e);

#endif
