/* What the attributes of rows are: read from columns where there are some,
 * otherwise from the ready GeoJSON. */
#ifndef BUDGETMAP_SRC_INDEX_ROW_VALUES_H
#define BUDGETMAP_SRC_INDEX_ROW_VALUES_H

#include "format/fragment.h"
#include "index/snapshot_view.h"
#include "query/codes.h"

enum { ROW_CODES_MAX = 32 };

/* One row after another. */
struct row_values {
	const struct snapshot *snapshot;
	uint32_t row;
	enum value_type id; /* the type that ids have */
	bool damaged; /* something read was not as it was written */

	/* What stands in fragments. */
	struct str *values;
	size_t n_values; /* of the first fields; as many as are needed */
	struct fragment_parts parts;
	bool split;
	struct arena memory; /* of one row */

	/* What stands in columns. */
	bool columns;
	struct str status[ROW_CODES_MAX], category[ROW_CODES_MAX],
	    work_kind[ROW_CODES_MAX];
	char years[PROJECT_YEARS_SIZE], levels[PROJECT_LEVELS_SIZE];
};

/* Begins, tells of each field or CQL2_ID that will be asked, makes ready. The
 * arena holds what lasts; row_values_close also after a failure. */
void row_values_open(
    struct row_values *v, const struct snapshot *s, enum value_type id);
void row_values_need(struct row_values *v, int field);
bool row_values_ready(struct row_values *v, struct arena *a)
    __attribute__((warn_unused_result));
void row_values_close(struct row_values *v);

/* Goes to a row. */
void row_values_go(struct row_values *v, uint32_t row);

/* A field or CQL2_ID of the row, VALUE_NULL where it is unknown or the row is
 * damaged. Text lives until the next row. */
void row_values_read(struct row_values *v, int field, struct value *out);

/* Whether the text of a value lives as long as the snapshot. */
bool row_values_lasts(const struct row_values *v, const struct value *value);

#endif
