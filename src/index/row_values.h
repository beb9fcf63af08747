/* What the attributes of rows are. */
#ifndef BUDGETMAP_SRC_INDEX_ROW_VALUES_H
#define BUDGETMAP_SRC_INDEX_ROW_VALUES_H

#include "base/arena.h"
#include "index/value_columns.h"
#include "query/codes.h"

enum { ROW_CODES_MAX = 32 };

/* One row after another. */
struct row_values {
	const struct snapshot *snapshot;
	uint32_t row;
	enum value_type id; /* the type that ids have */
	bool damaged; /* something read was not as it was written */

	struct value_column *others; /* by field */

	/* What has a column of its own. */
	struct str status[ROW_CODES_MAX], category[ROW_CODES_MAX],
	    work_kind[ROW_CODES_MAX];
	char years[PROJECT_YEARS_SIZE], levels[PROJECT_LEVELS_SIZE];
};

/* Whether a field has a column of its own, by what projects are filtered. */
bool row_values_have_column(const struct schema *schema, size_t field);

/* Begins; false when the arena, which holds what lasts, has no memory or the
 * snapshot is damaged. */
bool row_values_open(struct row_values *v, const struct snapshot *s,
    enum value_type id, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Goes to a row. */
void row_values_go(struct row_values *v, uint32_t row);

/* A field or CQL2_ID of the row, VALUE_NULL where it is unknown or the row is
 * damaged. Text lives until the next row. */
void row_values_read(struct row_values *v, int field, struct value *out);

/* Whether the text of a value lives as long as the snapshot. */
bool row_values_lasts(const struct row_values *v, const struct value *value);

#endif
