#include "index/pyramid.h"

#include "geo/hilbert.h"
#include "index/mark.h"

enum { CELLS = PYRAMID_QUARTERS * PYRAMID_CELLS };

/* The rows anchored in a tile, and which of them count. */
struct range {
	const struct snapshot *snapshot;
	struct filter filter;
	int64_t key, step; /* of the first cell; keys of a cell */
	uint32_t first, end;
};

static void range_init(struct range *r, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t)
{
	int64_t last;

	r->snapshot = s;
	filter_init(&r->filter, s, q, text);
	if (!t) {
		r->first = s->located;
		r->end = q->place == PLACE_LOCATED ? r->first : s->n;
		return;
	}
	hilbert_of_tile(t->z, t->x, t->y, &r->key, &last);
	r->step = (last - r->key + 1) / CELLS;
	r->first = snapshot_row_of_key(s, r->key, 0, s->located);
	r->end = snapshot_row_of_key(s, last + 1, r->first, s->located);
	if (q->place == PLACE_NONE)
		r->end = r->first;
}

static void walk(const struct range *r, uint32_t first, uint32_t end,
    const struct selection_sink *sink)
{
	const struct query *q = r->filter.query;

	if (first >= end)
		return;
	/* What has no place meets every box. */
	if (q->has_bbox && first < r->snapshot->located)
		filter_rows_in_box(
		    &r->filter, &q->bbox, first, end - first, sink);
	else
		filter_rows(&r->filter, first, end - first, sink);
}

/* The poles belong to the outermost tiles. */
static struct bbox bounds_of(const struct tile *t)
{
	struct bbox b = tile_bounds(t);

	if (t->y == 0)
		b.north = 90;
	if (t->y == ((uint32_t)1 << t->z) - 1)
		b.south = -90;
	return b;
}

static uint32_t first_shape(const struct snapshot *s, uint32_t row)
{
	uint32_t low = 0, high = s->n_shapes;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (s->shape_rows[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A few features would be seen too late if their own small tile had to fill the
 * view: then it is the tile of the quarter they are in. */
static struct tile tile_in_view(const struct pyramid_part *p, int zoom)
{
	struct tile t = p->tile;
	int up;

	if (zoom < PYRAMID_ZOOM)
		zoom = PYRAMID_ZOOM;
	up = t.z - zoom;
	if (p->parted || up <= 0)
		return t;
	return (struct tile){ zoom, t.x >> up, t.y >> up };
}

/* zoom is that of a quarter of the tile asked for. */
static void set_part(struct pyramid_part *p, const struct mark *m, int zoom)
{
	const struct snapshot *s = m->snapshot;
	int levels = mark_levels(m);
	struct tile view;

	p->all = mark_to_cluster(m);
	p->tile.z = levels < TILE_MAX_ZOOM ? levels : TILE_MAX_ZOOM;
	hilbert_to_tile(s->keys[m->first], p->tile.z, &p->tile.x, &p->tile.y);
	p->parted = m->tally.sums.count > PYRAMID_ROWS &&
		    !mark_is_one_place(m) && p->tile.z < TILE_MAX_ZOOM;
	view = tile_in_view(p, zoom);
	p->reach = bounds_of(&view);
	rtree_add_bounds(&p->reach, &s->shape_tree, first_shape(s, m->first),
	    first_shape(s, m->last + 1));
}

/* The marks of the cells of one quarter; *first is the row of its first one.
 * Returns all of them together. */
static struct mark gather_quarter(struct pyramid_part *out,
    const struct range *r, int quarter, uint32_t *first)
{
	struct mark all;

	mark_init(&all, r->snapshot);
	out->n_marks = 0;
	for (int i = 1; i <= PYRAMID_CELLS; i++) {
		int64_t key = r->key + (quarter * PYRAMID_CELLS + i) * r->step;
		uint32_t end =
		    snapshot_row_of_key(r->snapshot, key, *first, r->end);
		struct mark m;
		const struct selection_sink sink = { &m, mark_add_run,
			mark_add_bits };

		mark_init(&m, r->snapshot);
		walk(r, *first, end, &sink);
		*first = end;
		if (m.tally.sums.count == 0)
			continue;
		out->marks[out->n_marks++] = mark_to_cluster(&m);
		mark_add(&all, &m);
	}
	return all;
}

void pyramid_tile(struct pyramid_tile *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t)
{
	struct range r;
	struct mark whole;
	uint32_t first;

	range_init(&r, s, q, text, t);
	mark_init(&whole, s);
	first = r.first;
	out->n_quarters = 0;
	for (int i = 0; i < PYRAMID_QUARTERS && first < r.end; i++) {
		struct pyramid_part *p = &out->quarters[out->n_quarters];
		struct mark m = gather_quarter(p, &r, i, &first);

		if (m.tally.sums.count == 0)
			continue;
		set_part(p, &m, t->z + 1);
		mark_add(&whole, &m);
		out->n_quarters++;
	}
	out->whole = (struct pyramid_part){ .tile = *t };
	if (whole.tally.sums.count > 0)
		set_part(&out->whole, &whole, 0);
}

static void count_run(void *context, uint32_t first, uint32_t count)
{
	uint64_t *n = context;

	(void)first;
	*n += count;
}

static void count_bits(void *context, uint32_t base, uint64_t mask)
{
	count_run(context, base, (uint32_t)__builtin_popcountll(mask));
}

uint64_t pyramid_count(const struct snapshot *s, const struct query *q,
    const struct search_rows *text, const struct tile *t)
{
	uint64_t n = 0;
	const struct selection_sink sink = { &n, count_run, count_bits };
	struct range r;

	range_init(&r, s, q, text, t);
	walk(&r, r.first, r.end, &sink);
	return n;
}

/* Rows being listed. */
struct listing {
	uint32_t *rows;
	size_t n, size;
	uint64_t skip;
};

static void list_run(void *context, uint32_t first, uint32_t count)
{
	struct listing *l = context;

	if (l->skip >= count) {
		l->skip -= count;
		return;
	}
	for (uint32_t i = (uint32_t)l->skip; i < count && l->n < l->size; i++)
		l->rows[l->n++] = first + i;
	l->skip = 0;
}

static void list_bits(void *context, uint32_t base, uint64_t mask)
{
	for (; mask; mask &= mask - 1)
		list_run(context, base + (uint32_t)__builtin_ctzll(mask), 1);
}

size_t pyramid_rows(uint32_t *rows, size_t size, uint64_t from,
    const struct snapshot *s, const struct query *q,
    const struct search_rows *text, const struct tile *t)
{
	struct listing l = { .rows = rows, .size = size, .skip = from };
	const struct selection_sink sink = { &l, list_run, list_bits };
	struct range r;

	range_init(&r, s, q, text, t);
	walk(&r, r.first, r.end, &sink);
	return l.n;
}
