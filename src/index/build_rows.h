/* The columns of a snapshot while it is built, a row after another. */
#ifndef BUDGETMAP_SRC_INDEX_BUILD_ROWS_H
#define BUDGETMAP_SRC_INDEX_BUILD_ROWS_H

#include "base/buf.h"
#include "index/value_columns.h"
#include "index/value_lengths.h"

/* The sections' contents but for the fragments, which are not kept. */
struct columns {
	uint32_t n, located, n_shapes;
	struct buf sections[SECTION_COUNT];
	struct value_columns values; /* both sections until they end */
	struct value_lengths lengths;
	uint64_t *tiles; /* change mark of each z8 tile, 0: nothing there */
	uint64_t mark, mark_large, place_mark;
	struct bbox extent;
	uint32_t n_periods; /* rows with a day of work */
	int32_t first_day, last_day; /* of them all; 0: open */
};

/* What a row is made of, be it new or copied. */
struct row {
	int64_t id, key, change;
	struct str public_id;
	struct facts facts;
	struct position anchor;
	const struct geom *geom; /* NULL: without a place */
	uint64_t fragment_end;
};

bool columns_init(struct columns *c, const struct schema *schema,
    const struct snapshot *previous, struct err *e);
void columns_free(struct columns *c);

/* Appends the year lines of the row that is added next. */
void columns_add_lines(
    struct columns *c, const struct year_line *lines, size_t n);
void columns_copy_lines(
    struct columns *c, const struct snapshot *from, uint32_t row);

/* Appends a row; ERR_DAMAGED when it is not behind the last one by (key, id),
 * or has a key without a place or the other way round. */
bool columns_add_row(struct columns *c, const struct row *r, struct err *e);

/* Whether memory was enough for all that was appended. */
bool columns_good(const struct columns *c, struct err *e);

/* Fills SECTION_TILES, SECTION_VALUE_NUMBERS and SECTION_VALUES. */
bool columns_end(struct columns *c, struct err *e);

#endif
