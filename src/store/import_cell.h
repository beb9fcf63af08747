/* Reading one cell by the row of its column. */
#ifndef BUDGETMAP_STORE_IMPORT_CELL_H
#define BUDGETMAP_STORE_IMPORT_CELL_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "geo/feature.h"
#include "import_table.h"

/* What reading needs besides. */
struct cell_context {
	int64_t unit; /* tiyn in one unit of money */
	struct arena *a; /* texts live here */
	struct buf *scratch;
};

/* Reads a cell; an empty one becomes VALUE_NULL (or '' or 0 with
 * COLUMN_EMPTY). On failure e->text is the reason, without the value, and
 * *out keeps what it was. References are not looked up. */
bool cell_read(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
    __attribute__((warn_unused_result));

/* What the empty cell is. */
struct value cell_empty(const struct import_column *c);

/* Makes a value of the column what people read: codes their names, bits lists.
 * Others stay themselves. False when memory is exhausted. */
bool cell_make_public(struct value *v, const struct import_column *c,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

#endif
