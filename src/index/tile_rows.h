/* Finding the rows of a tile, by their anchors and by their shapes. */
#ifndef BUDGETMAP_SRC_INDEX_TILE_ROWS_H
#define BUDGETMAP_SRC_INDEX_TILE_ROWS_H

#include "index/selection.h"
#include "index/tilecut.h"

/* A tile in a snapshot. */
struct tile_rows {
	const struct snapshot *snapshot;
	struct filter filter;
	struct bbox bounds; /* with the buffer */
	uint32_t first, end; /* rows anchored in the tile itself */
};

void tile_rows_init(struct tile_rows *t, const struct snapshot *s,
    const struct query *q, const struct search_rows *text,
    const struct tile *tile);

/* A growing list of rows. */
struct row_list {
	uint32_t *rows;
	size_t n, size;
	size_t most; /* more are not taken */
	bool full; /* more there were */
	bool failed; /* the arena was exhausted */
	struct arena *arena;
};

void row_list_init(struct row_list *l, size_t most, struct arena *a);

/* Both fit struct selection_sink; context is the list. */
void row_list_run(void *list, uint32_t first, uint32_t count);
void row_list_bits(void *list, uint32_t base, uint64_t mask);

/* Appends points anchored in the buffer around the tile. */
void tile_rows_add_near(const struct tile_rows *t, struct row_list *l);

/* Appends shapes whose box meets the buffered tile; with anchored, those of
 * rows first to end - 1 as well. */
void tile_rows_add_shapes(
    const struct tile_rows *t, bool anchored, struct row_list *l);

#endif
