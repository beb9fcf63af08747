/* How formats are written that take one feature after another. */
#ifndef BUDGETMAP_API_ITEMS_ROWS_H
#define BUDGETMAP_API_ITEMS_ROWS_H

#include "api/items.h"

/* An answer being written. */
struct rows {
	struct call *call;
	const struct collection *collection;
	const struct snapshot_info *info;
	const struct rewrite *how;
	enum format format;
	struct buf *out;
	void *own; /* what the format holds on to */
};

/* What a format does; begin and end may be NULL, close, which comes last in any
 * case and frees own, too. */
struct rows_format {
	bool (*begin)(struct rows *r, struct err *e);
	bool (*row)(struct rows *r, const struct snapshot *s, uint32_t row,
	    struct arena *a, struct err *e);
	/* A feature in hand, changed already as the answer wants it. */
	bool (*feature)(struct rows *r, const struct feature *f,
	    struct arena *a, struct err *e);
	bool (*end)(struct rows *r, struct err *e);
	void (*close)(struct rows *r);
	/* Whether rows and the end can be written when the handler is done, on
	 * another thread, with nothing of the call; NULL: never. */
	bool (*outlives)(const struct rows *r);
};
extern const struct rows_format rows_kml, rows_geopackage;

#endif
