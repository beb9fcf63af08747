#include "index/cluster.h"

#include <string.h>

#include "geo/hilbert.h"
#include "index/mark.h"

enum { CELLS = 1 << 2 * CLUSTER_CELL_LEVELS };

struct clustering {
	const struct snapshot *snapshot;
	struct filter filter;
	const struct tile *tile;
	int64_t key_first, key_last; /* of the tile */
	uint32_t first, end; /* rows anchored in it */
	struct arena *arena;
};

/* The projects of a tile one by one, as far as there are not too many. */
struct features {
	struct clustering *clustering;
	uint32_t *rows; /* CLUSTER_TILE_FEATURES */
	uint32_t n;
	bool too_many;
	bool anchored_taken;
	struct bbox bounds;
};

static void count_run(void *context, uint32_t first, uint32_t count)
{
	uint64_t *n = context;

	(void)first;
	*n += count;
}

static void count_bits(void *context, uint32_t base, uint64_t mask)
{
	uint64_t *n = context;

	(void)base;
	*n += (unsigned)__builtin_popcountll(mask);
}

/* Whether the tile of zoom z around a key is shown feature by feature, as far
 * as the anchors in it tell. */
static bool shows_features(const struct clustering *c, int64_t key, int z)
{
	const struct snapshot *s = c->snapshot;
	const int64_t keys = (int64_t)1 << 2 * HILBERT_ORDER;
	int64_t below = ((int64_t)1 << 2 * (HILBERT_ORDER - z)) - 1;
	/* Whatever a damaged file holds as a key. */
	int64_t begin = key & (keys - 1) & ~below;
	uint32_t first = snapshot_row_of_key(s, begin, 0, s->located);
	uint32_t end =
	    snapshot_row_of_key(s, begin + below + 1, first, s->located);
	uint64_t n = 0;
	const struct selection_sink sink = { &n, count_run, count_bits };

	if (end - first <= CLUSTER_TILE_FEATURES)
		return true;
	filter_rows(&c->filter, first, end - first, &sink);
	return n <= CLUSTER_TILE_FEATURES;
}

static int expansion_zoom(const struct clustering *c, const struct mark *m)
{
	const int64_t *keys = c->snapshot->keys;
	int shared = mark_levels(m);

	if (mark_is_one_place(m))
		return TILE_MAX_ZOOM + 1;
	for (int z = c->tile->z + 1; z <= TILE_MAX_ZOOM; z++)
		if (z + CLUSTER_CELL_LEVELS > shared ||
		    (z > CLUSTER_ZOOM_MAX &&
			shows_features(c, keys[m->first], z)))
			return z;
	return TILE_MAX_ZOOM + 1;
}

static bool tile_cells(
    struct cluster_tile *out, const struct clustering *c, struct err *e)
{
	const int64_t step = (c->key_last - c->key_first + 1) / CELLS;
	struct cluster *marks = arena_array(c->arena, CELLS, sizeof(*marks));
	uint32_t first = c->first;
	size_t n = 0;

	if (!marks)
		return err_no_room(e);
	for (int i = 1; i <= CELLS && first < c->end; i++) {
		uint32_t end = snapshot_row_of_key(
		    c->snapshot, c->key_first + i * step, first, c->end);
		struct mark m;
		const struct selection_sink sink = { &m, mark_add_run,
			mark_add_bits };

		mark_init(&m, c->snapshot);
		filter_rows(&c->filter, first, end - first, &sink);
		first = end;
		if (m.tally.sums.count == 0)
			continue;
		marks[n] = mark_to_cluster(&m);
		if (m.tally.sums.count > 1)
			marks[n].expansion_zoom = expansion_zoom(c, &m);
		n++;
	}
	*out = (struct cluster_tile){ marks, n, true };
	return true;
}

static void feature_run(void *context, uint32_t first, uint32_t count)
{
	struct features *f = context;

	if (count > CLUSTER_TILE_FEATURES - f->n) {
		f->too_many = true;
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		f->rows[f->n++] = first + i;
}

static void feature_bits(void *context, uint32_t base, uint64_t mask)
{
	for (; mask; mask &= mask - 1)
		feature_run(context, base + (uint32_t)__builtin_ctzll(mask), 1);
}

static void take_anchored(struct features *f)
{
	const struct clustering *c = f->clustering;
	const struct selection_sink sink = { f, feature_run, feature_bits };

	if (!f->anchored_taken)
		filter_rows(&c->filter, c->first, c->end - c->first, &sink);
	f->anchored_taken = true;
}

/* A shape of another tile that may reach in. */
static void take_shape(struct features *f, uint32_t row, bool inside)
{
	const struct filter *filter = &f->clustering->filter;
	const struct selection_sink sink = { f, feature_run, feature_bits };

	if (inside)
		filter_rows(filter, row, 1, &sink);
	else
		filter_rows_in_box(filter, &f->bounds, row, 1, &sink);
}

static bool visit_shapes(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	struct features *f = context;
	const struct clustering *c = f->clustering;

	for (uint32_t i = first; i < first + count && !f->too_many; i++) {
		uint32_t row = c->snapshot->shape_rows[i];

		if (row >= c->first)
			take_anchored(f);
		if (row < c->first ||
		    (row >= c->end && row < c->snapshot->located))
			take_shape(f, row, inside);
	}
	return !f->too_many;
}

/* What is anchored in the tile is taken by its keys, so that rounding of the
 * tile's edges loses nothing; shapes reach in from elsewhere. */
static void find_features(struct features *f)
{
	f->bounds = tile_bounds(f->clustering->tile);
	rtree_search(
	    &f->clustering->snapshot->shape_tree, &f->bounds, visit_shapes, f);
	if (!f->too_many)
		take_anchored(f);
}

static bool same_anchor(const struct snapshot *s, uint32_t a, uint32_t b)
{
	return memcmp(&s->anchors[a], &s->anchors[b], sizeof(s->anchors[a])) ==
	       0;
}

static void join(struct mark *m, uint32_t row)
{
	mark_add_bits(m, row / ROWS_PER_WORD * ROWS_PER_WORD,
	    (uint64_t)1 << row % ROWS_PER_WORD);
}

/* Marks whose members share a place: only rows with the same key can, and they
 * are neighbours. Returns the number of marks. */
static size_t join_places(struct mark *marks, const struct features *f)
{
	const struct clustering *c = f->clustering;
	const struct snapshot *s = c->snapshot;
	size_t n = 0, same_key = 0;

	for (uint32_t i = 0; i < f->n; i++) {
		uint32_t row = f->rows[i];
		bool anchored = row >= c->first && row < c->end;
		size_t at = same_key;

		if (i == 0 || s->keys[row] != s->keys[f->rows[i - 1]] ||
		    !anchored)
			at = same_key = n;
		while (at < n && !same_anchor(s, marks[at].first, row))
			at++;
		if (at == n)
			mark_init(&marks[n++], s);
		join(&marks[at], row);
	}
	return n;
}

static bool tile_features(struct cluster_tile *out, const struct clustering *c,
    const struct features *f, struct err *e)
{
	struct mark *marks = arena_array(c->arena, f->n, sizeof(*marks));
	struct cluster *clusters =
	    arena_array(c->arena, f->n, sizeof(*clusters));
	size_t n;

	*out = (struct cluster_tile){ NULL, 0, false };
	if (f->n == 0)
		return true;
	if (!marks || !clusters)
		return err_no_room(e);
	n = join_places(marks, f);
	for (size_t i = 0; i < n; i++) {
		clusters[i] = mark_to_cluster(&marks[i]);
		clusters[i].anchored =
		    marks[i].first >= c->first && marks[i].first < c->end;
	}
	*out = (struct cluster_tile){ clusters, n, false };
	return true;
}

bool cluster_tile(struct cluster_tile *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    struct arena *a, struct err *e)
{
	struct clustering c = { .snapshot = s, .tile = t, .arena = a };
	struct features f = { .clustering = &c };

	filter_init(&c.filter, s, q, text);
	hilbert_of_tile(t->z, t->x, t->y, &c.key_first, &c.key_last);
	c.first = snapshot_row_of_key(s, c.key_first, 0, s->located);
	c.end = snapshot_row_of_key(s, c.key_last + 1, c.first, s->located);
	if (q->place == PLACE_NONE) {
		*out =
		    (struct cluster_tile){ NULL, 0, t->z <= CLUSTER_ZOOM_MAX };
		return true;
	}
	if (t->z <= CLUSTER_ZOOM_MAX)
		return tile_cells(out, &c, e);
	f.rows = arena_array(a, CLUSTER_TILE_FEATURES, sizeof(*f.rows));
	if (!f.rows)
		return err_no_room(e);
	find_features(&f);
	return f.too_many ? tile_cells(out, &c, e)
			  : tile_features(out, &c, &f, e);
}
