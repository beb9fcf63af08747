/* Which rows a query selects, found in order. */
#ifndef BUDGETMAP_SRC_INDEX_SELECTION_H
#define BUDGETMAP_SRC_INDEX_SELECTION_H

#include "index/snapshot_view.h"

enum { FILTER_TERMS = 8 };

/* The filters of a query as bitmaps: a row passes a term when one of its maps
 * has the row's bit, and must pass all terms. */
struct filter {
	const struct snapshot *snapshot;
	const struct query *query;
	const uint64_t *maps[SLOT_COUNT + 1];
	struct filter_term {
		uint16_t first, end; /* of maps */
		bool inverted;
	} terms[FILTER_TERMS];
	uint32_t n_maps, n_terms;
	bool by_money; /* min_planned or max_planned is set */
	bool by_period; /* from or to is set */
};

/* Where selected rows go, rising; runs are not empty, masks not zero. */
struct selection_sink {
	void *context;
	void (*run)(void *context, uint32_t first, uint32_t count);
	/* Bit i is row base + i; base is a multiple of ROWS_PER_WORD. */
	void (*bits)(void *context, uint32_t base, uint64_t mask);
};

void filter_init(struct filter *f, const struct snapshot *s,
    const struct query *q, const struct search_rows *text);

/* Feeds those rows of a range that pass the filter. */
void filter_rows(const struct filter *f, uint32_t first, uint32_t count,
    const struct selection_sink *sink);

/* The same, of those whose geometry meets the box. */
void filter_rows_in_box(const struct filter *f, const struct bbox *box,
    uint32_t first, uint32_t count, const struct selection_sink *sink);

/* Feeds all rows that q selects, limit and cursor ignored. False when the arena
 * is exhausted. */
bool selection_walk(const struct snapshot *s, const struct query *q,
    const struct search_rows *text, const struct selection_sink *sink,
    struct arena *a, struct err *e);

#endif
