#include "index/tilecut.h"

#include <math.h>
#include <stdlib.h>

#include "geo/hilbert.h"
#include "index/tile_rows.h"

/* A shape by its size. */
struct sized {
	double size;
	uint32_t row;
};

/* The points of a tile, all or the first of each cell. */
struct points {
	const struct snapshot *snapshot;
	struct row_list *list;
	int shift; /* of keys to cells; 64: all are taken */
	int64_t last; /* the cell of the last one taken */
	uint64_t found;
};

static void take_point(struct points *p, uint32_t row)
{
	int64_t cell;

	if (p->snapshot->shape_of[row] != 0)
		return;
	p->found++;
	if (p->shift < 64) {
		cell = p->snapshot->keys[row] >> p->shift;
		if (cell == p->last)
			return;
		p->last = cell;
	}
	row_list_run(p->list, row, 1);
}

static void point_bits(void *context, uint32_t base, uint64_t mask)
{
	for (; mask; mask &= mask - 1)
		take_point(context, base + (uint32_t)__builtin_ctzll(mask));
}

static void point_run(void *context, uint32_t first, uint32_t count)
{
	for (uint32_t i = first; i < first + count; i++)
		take_point(context, i);
}

static uint64_t find_points(
    const struct tile_rows *t, int shift, struct row_list *list)
{
	struct points p = { t->snapshot, list, shift, -1, 0 };
	const struct selection_sink sink = { &p, point_run, point_bits };

	filter_rows(&t->filter, t->first, t->end - t->first, &sink);
	return p.found;
}

static int larger_first(const void *a, const void *b)
{
	const struct sized *x = a, *y = b;

	if (x->size < y->size || x->size > y->size)
		return x->size < y->size ? 1 : -1;
	return (x->row > y->row) - (x->row < y->row);
}

/* Sorts the list; smaller ones beyond most are left out. */
static bool keep_largest(const struct snapshot *s, struct row_list *shapes,
    size_t most, struct err *e)
{
	struct sized *sized =
	    arena_array(shapes->arena, shapes->n, sizeof(*sized));

	if (!sized)
		return err_no_room(e);
	for (size_t i = 0; i < shapes->n; i++) {
		struct bbox b = snapshot_box(s, shapes->rows[i]);

		sized[i] =
		    (struct sized){ fmax(b.east - b.west, b.north - b.south),
			    shapes->rows[i] };
	}
	qsort(sized, shapes->n, sizeof(*sized), larger_first);
	for (size_t i = 0; i < shapes->n; i++)
		shapes->rows[i] = sized[i].row;
	if (shapes->n > most)
		shapes->n = most;
	return true;
}

static int shift_of(const struct tile *t, int detail)
{
	int levels = t->z + detail;

	return levels < HILBERT_ORDER ? 2 * (HILBERT_ORDER - levels) : 0;
}

static bool join(struct tilecut *out, const struct row_list *shapes,
    const struct row_list *points, struct arena *a, struct err *e)
{
	uint32_t *rows = arena_array(a, shapes->n + points->n, sizeof(*rows));

	if (!rows)
		return err_no_room(e);
	out->rows = rows;
	for (size_t i = 0; i < shapes->n; i++)
		rows[out->n_rows++] = shapes->rows[i];
	for (size_t i = 0; i < points->n; i++)
		rows[out->n_rows++] = points->rows[i];
	return true;
}

bool tilecut_features(struct tilecut *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    int detail, struct arena *a, struct err *e)
{
	struct tile_rows rows;
	struct row_list shapes, points;
	size_t most = TILECUT_FEATURES;

	tile_rows_init(&rows, s, q, text, t);
	*out = (struct tilecut){ .clustered = false };
	if (q->place == PLACE_NONE)
		return true;
	row_list_init(&shapes, SIZE_MAX, a);
	row_list_init(&points, TILECUT_FEATURES, a);
	tile_rows_add_shapes(&rows, true, &shapes);
	out->found = shapes.n + find_points(&rows, 64, &points);
	if (out->found > TILECUT_FEATURES || detail < TILECUT_DETAIL_MAX) {
		most = (size_t)1 << 2 * detail;
		row_list_init(&points, SIZE_MAX, a);
		(void)find_points(&rows, shift_of(t, detail), &points);
	} else {
		tile_rows_add_near(&rows, &points);
	}
	if (shapes.failed || points.failed)
		return err_no_room(e);
	return keep_largest(s, &shapes, most, e) &&
	       join(out, &shapes, &points, a, e);
}
