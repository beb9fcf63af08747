#include "index/tile_rows.h"

#include <string.h>

#include "geo/hilbert.h"

enum { ROWS_FIRST = 256 };

void tile_rows_init(struct tile_rows *t, const struct snapshot *s,
    const struct query *q, const struct search_rows *text,
    const struct tile *tile)
{
	int64_t first, last;

	t->snapshot = s;
	t->bounds = grid_bounds(tile, TILECUT_BUFFER);
	filter_init(&t->filter, s, q, text);
	hilbert_of_tile(tile->z, tile->x, tile->y, &first, &last);
	t->first = snapshot_row_of_key(s, first, 0, s->located);
	t->end = snapshot_row_of_key(s, last + 1, t->first, s->located);
}

void row_list_init(struct row_list *l, size_t most, struct arena *a)
{
	*l = (struct row_list){ .most = most, .arena = a };
}

static bool grow(struct row_list *l)
{
	size_t size = l->size > 0 ? l->size * 2 : ROWS_FIRST;
	uint32_t *rows = arena_array(l->arena, size, sizeof(*rows));

	if (!rows) {
		l->failed = true;
		return false;
	}
	if (l->n > 0)
		memcpy(rows, l->rows, l->n * sizeof(*rows));
	l->rows = rows;
	l->size = size;
	return true;
}

static void push(struct row_list *l, uint32_t row)
{
	if (l->n == l->most)
		l->full = true;
	else if (l->n < l->size || grow(l))
		l->rows[l->n++] = row;
}

void row_list_run(void *list, uint32_t first, uint32_t count)
{
	struct row_list *l = list;

	for (uint32_t i = 0; i < count && !l->full && !l->failed; i++)
		push(l, first + i);
}

void row_list_bits(void *list, uint32_t base, uint64_t mask)
{
	struct row_list *l = list;

	for (; mask && !l->full && !l->failed; mask &= mask - 1)
		push(l, base + (uint32_t)__builtin_ctzll(mask));
}

/* --- points near by ------------------------------------------------------- */

struct finding {
	const struct tile_rows *tile;
	struct row_list *list;
	struct selection_sink sink;
	bool anchored;
};

/* Of rows that pass the filter, those that are points in the bounds. */
static void near_bits(void *context, uint32_t base, uint64_t mask)
{
	struct finding *f = context;
	const struct snapshot *s = f->tile->snapshot;

	for (; mask; mask &= mask - 1) {
		uint32_t row = base + (uint32_t)__builtin_ctzll(mask);
		struct position p = s->anchors[row];

		if (s->shape_of[row] == 0 &&
		    bbox_has_point(&f->tile->bounds, p.lon, p.lat))
			row_list_run(f->list, row, 1);
	}
}

static void near_run(void *context, uint32_t first, uint32_t count)
{
	for (uint32_t i = first; i < first + count; i++)
		near_bits(context, i / ROWS_PER_WORD * ROWS_PER_WORD,
		    (uint64_t)1 << i % ROWS_PER_WORD);
}

static void feed(const struct finding *f, uint32_t first, uint32_t end)
{
	if (first < end)
		filter_rows(&f->tile->filter, first, end - first, &f->sink);
}

/* The tile's own rows are one stretch in the middle, taken otherwise. */
static bool visit_near(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	const struct finding *f = context;
	uint32_t end = first + count;

	(void)inside;
	feed(f, first, end < f->tile->first ? end : f->tile->first);
	feed(f, first > f->tile->end ? first : f->tile->end, end);
	return !f->list->full && !f->list->failed;
}

void tile_rows_add_near(const struct tile_rows *t, struct row_list *l)
{
	struct finding f = { .tile = t, .list = l };

	f.sink = (struct selection_sink){ &f, near_run, near_bits };
	rtree_search(&t->snapshot->tree, &t->bounds, visit_near, &f);
}

/* --- shapes --------------------------------------------------------------- */

static bool visit_shapes(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	const struct finding *f = context;
	const struct tile_rows *t = f->tile;

	(void)inside;
	for (uint32_t i = first; i < first + count; i++) {
		uint32_t row = t->snapshot->shape_rows[i];
		bool own = row >= t->first && row < t->end;

		if (row < t->snapshot->located && (f->anchored || !own))
			filter_rows(&t->filter, row, 1, &f->sink);
	}
	return !f->list->full && !f->list->failed;
}

void tile_rows_add_shapes(
    const struct tile_rows *t, bool anchored, struct row_list *l)
{
	struct finding f = { .tile = t, .list = l, .anchored = anchored };

	f.sink = (struct selection_sink){ l, row_list_run, row_list_bits };
	rtree_search(&t->snapshot->shape_tree, &t->bounds, visit_shapes, &f);
}
