/* Attributes by row and field beside the ready GeoJSON, so that filters and
 * orders need not read that. Fields that have a column of their own
 * (row_values.h) have none here. Values of one column lie one behind the other,
 * in the order of the rows. */
#ifndef BUDGETMAP_SRC_INDEX_VALUE_COLUMNS_H
#define BUDGETMAP_SRC_INDEX_VALUE_COLUMNS_H

#include "index/snapshot_view.h"

/* --- when it is read ------------------------------------------------------ */

/* One column in a snapshot: a number a row, and what they stand for. */
struct value_column {
	enum value_type type;
	const uint32_t *numbers;
	struct str values;
};

/* False when the snapshot is damaged. */
bool value_column_open(struct value_column *out, const struct snapshot *s,
    size_t column, enum value_type type);

/* What a row has, VALUE_NULL for nothing; text lives as long as the snapshot.
 * False when the snapshot is damaged. */
bool value_column_read(
    const struct value_column *c, uint32_t row, struct value *out);

/* --- while a snapshot is built -------------------------------------------- */

struct value_column_made;
struct value_columns {
	struct value_column_made *made;
	size_t n;
};

/* previous may be NULL, otherwise of the same schema. False when memory is
 * exhausted or previous is damaged; value_columns_free gives back what there
 * is. */
bool value_columns_init(struct value_columns *v, const struct schema *schema,
    const struct snapshot *previous) __attribute__((warn_unused_result));
void value_columns_free(struct value_columns *v);

/* Appends a row, values by field; a row of previous, false when that is
 * damaged. */
void value_columns_add(struct value_columns *v, const struct value *values);
bool value_columns_copy(struct value_columns *v, uint32_t row)
    __attribute__((warn_unused_result));

/* The bytes of what was appended until now. */
size_t value_columns_bytes(const struct value_columns *v);

/* Appends both sections. False when the values are too large; what failed
 * fails in the bufs. */
bool value_columns_end(
    struct value_columns *v, struct buf *numbers, struct buf *values);

#endif
