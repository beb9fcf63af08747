#include "index/snapshot_view.h"

#include "geo/hilbert.h"

int64_t snapshot_change(const struct snapshot *s)
{
	return (int64_t)s->header->mark;
}

int64_t snapshot_change_home(const struct snapshot *s, int home)
{
	size_t place = DISTRICTS_MAX;

	if (home >= 0 && home < DISTRICTS_MAX)
		place = (size_t)home;
	return (int64_t)s->homes[place];
}

/* --- large boxes: by the tiles they touch --------------------------------- */

struct tile_range {
	struct tile west, east; /* north-west, south-east */
};

static struct tile_range tiles_of_box(const struct bbox *b)
{
	return (struct tile_range){
		tile_of(b->west, b->north, CHANGE_ZOOM),
		tile_of(b->east, b->south, CHANGE_ZOOM),
	};
}

static bool range_has(const struct tile_range *r, uint64_t code)
{
	const int deeper = 2 * (HILBERT_ORDER - CHANGE_ZOOM);
	uint32_t x, y;

	hilbert_to_tile((int64_t)(code << deeper), CHANGE_ZOOM, &x, &y);
	return x >= r->west.x && x <= r->east.x && y >= r->west.y &&
	       y <= r->east.y;
}

static uint64_t change_of_tiles(
    const struct snapshot *s, const struct bbox *parts, int n)
{
	uint64_t mark = s->header->mark_large;
	struct tile_range ranges[2];

	for (int k = 0; k < n; k++)
		ranges[k] = tiles_of_box(&parts[k]);
	for (size_t i = 0; i < s->n_tiles; i++)
		if (range_has(&ranges[0], s->tiles[i].code) ||
		    (n > 1 && range_has(&ranges[1], s->tiles[i].code)))
			mark += s->tiles[i].mark;
	return mark;
}

/* --- small boxes: by the rows in them ------------------------------------- */

struct summing {
	const struct snapshot *snapshot;
	uint64_t mark;
};

static uint64_t mark_before(const struct snapshot *s, uint32_t row)
{
	return row > 0 ? s->place_marks[row - 1] : 0;
}

/* What only may lie within counts too: it lies very near. */
static bool add_rows(void *context, uint32_t first, uint32_t count, bool inside)
{
	struct summing *sum = context;
	const struct snapshot *s = sum->snapshot;

	(void)inside;
	sum->mark += mark_before(s, first + count) - mark_before(s, first);
	return true;
}

static bool add_shapes(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	struct summing *sum = context;
	const struct snapshot *s = sum->snapshot;

	(void)inside;
	for (uint32_t i = first; i < first + count; i++)
		if (s->shape_rows[i] < s->located)
			sum->mark += mark_before(s, s->shape_rows[i] + 1) -
				     mark_before(s, s->shape_rows[i]);
	return true;
}

static uint64_t change_of_rows(const struct snapshot *s, const struct bbox *b)
{
	struct summing sum = { s, 0 };

	rtree_search(&s->tree, b, add_rows, &sum);
	rtree_search(&s->shape_tree, b, add_shapes, &sum);
	return sum.mark;
}

int64_t snapshot_change_box(const struct snapshot *s, const struct bbox *b)
{
	const double side = 360.0 / (1 << CHANGE_ZOOM);
	struct bbox parts[2];
	int n = bbox_split(b, parts);

	if (n == 1 && parts[0].east - parts[0].west < side)
		return (int64_t)change_of_rows(s, &parts[0]);
	return (int64_t)change_of_tiles(s, parts, n);
}
