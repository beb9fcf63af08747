#include "index/tilecut.h"

#include <string.h>

#include "index/mark.h"
#include "index/tile_rows.h"

struct joining {
	const struct tile_rows *tile;
	struct tilecut *out;
	uint32_t *rows; /* single ones, then guests */
	struct cluster *clusters;
	bool *joined; /* by place in a stretch of one key */
};

/* --- marks by cells ------------------------------------------------------- */

/* Marks of one project become rows; guests stay where they are anchored. */
static bool take_marks(struct tilecut *out, const struct cluster_tile *marks,
    struct arena *a, struct err *e)
{
	uint32_t *rows = arena_array(a, marks->n, sizeof(*rows));
	struct cluster *clusters = arena_array(a, marks->n, sizeof(*clusters));

	if (!rows || !clusters)
		return err_no_room(e);
	for (size_t i = 0; i < marks->n; i++) {
		const struct cluster *m = &marks->marks[i];

		if (!m->anchored)
			continue;
		out->found += m->sums.count;
		if (m->sums.count > 1)
			clusters[out->n_clusters++] = *m;
		else
			rows[out->n_rows++] = m->row;
	}
	out->rows = rows;
	out->clusters = clusters;
	out->clustered = true;
	return true;
}

static bool by_marks(struct tilecut *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    struct arena *a, struct err *e)
{
	struct cluster_tile marks;

	return cluster_tile(&marks, s, q, text, t, a, e) &&
	       take_marks(out, &marks, a, e);
}

/* --- features, those of one place joined ---------------------------------- */

static bool same_anchor(const struct snapshot *s, uint32_t a, uint32_t b)
{
	return memcmp(&s->anchors[a], &s->anchors[b], sizeof(s->anchors[a])) ==
	       0;
}

/* Joins with row i those behind it that share its place. */
static void join_from(
    struct joining *j, const uint32_t *rows, size_t i, size_t n)
{
	const struct snapshot *s = j->tile->snapshot;
	struct mark m;

	mark_init(&m, s);
	for (size_t k = i; k < n; k++) {
		if (j->joined[k] || !same_anchor(s, rows[i], rows[k]))
			continue;
		j->joined[k] = true;
		mark_add_bits(&m, rows[k] / ROWS_PER_WORD * ROWS_PER_WORD,
		    (uint64_t)1 << rows[k] % ROWS_PER_WORD);
	}
	if (m.tally.sums.count > 1)
		j->clusters[j->out->n_clusters++] = mark_to_cluster(&m);
	else
		j->rows[j->out->n_rows++] = rows[i];
}

/* Only neighbours with the same key can share a place. */
static void join_all(struct joining *j, const uint32_t *rows, size_t n)
{
	const int64_t *keys = j->tile->snapshot->keys;

	for (size_t i = 0; i < n;) {
		size_t end = i + 1;

		while (end < n && keys[rows[end]] == keys[rows[i]])
			end++;
		if (end == i + 1)
			j->rows[j->out->n_rows++] = rows[i];
		else
			memset(j->joined + i, 0, end - i);
		for (size_t k = i; end > i + 1 && k < end; k++)
			if (!j->joined[k])
				join_from(j, rows, k, end);
		i = end;
	}
}

/* Points near by are taken all or none. */
static void find_near(const struct tile_rows *t, struct row_list *guests)
{
	size_t shapes = guests->n;

	tile_rows_add_near(t, guests);
	if (guests->full)
		guests->n = shapes;
}

static void add_guests(struct joining *j, const struct row_list *guests)
{
	for (size_t i = 0; i < guests->n; i++)
		j->rows[j->out->n_rows++] = guests->rows[i];
}

/* How many clusters there can be: each has a row with the key of the one before
 * it. */
static size_t count_shared(const struct snapshot *s, const struct row_list *own)
{
	size_t n = 0;

	for (size_t i = 1; i < own->n; i++)
		n += s->keys[own->rows[i]] == s->keys[own->rows[i - 1]];
	return n;
}

static bool take_features(struct tilecut *out, const struct tile_rows *t,
    const struct row_list *own, const struct row_list *guests, struct arena *a,
    struct err *e)
{
	struct joining j = { .tile = t, .out = out };

	j.rows = arena_array(a, own->n + guests->n, sizeof(*j.rows));
	j.clusters =
	    arena_array(a, count_shared(t->snapshot, own), sizeof(*j.clusters));
	j.joined = arena_array(a, own->n, sizeof(*j.joined));
	if (!j.rows || !j.clusters || !j.joined)
		return err_no_room(e);
	join_all(&j, own->rows, own->n);
	add_guests(&j, guests);
	out->rows = j.rows;
	out->clusters = j.clusters;
	out->found = own->n + guests->n;
	return true;
}

bool tilecut_projects(struct tilecut *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    struct arena *a, struct err *e)
{
	struct tile_rows rows;
	struct row_list own, guests;
	const struct selection_sink sink = { &own, row_list_run,
		row_list_bits };

	/* In marks all are anchored. */
	*out = (struct tilecut){ .first = 0, .end = snapshot_located(s) };
	if (q->place == PLACE_NONE)
		return true;
	if (t->z <= CLUSTER_ZOOM_MAX)
		return by_marks(out, s, q, text, t, a, e);
	tile_rows_init(&rows, s, q, text, t);
	out->first = rows.first;
	out->end = rows.end;
	row_list_init(&own, CLUSTER_TILE_FEATURES, a);
	row_list_init(&guests, CLUSTER_TILE_FEATURES, a);
	filter_rows(&rows.filter, rows.first, rows.end - rows.first, &sink);
	tile_rows_add_shapes(&rows, false, &guests);
	if (own.failed || guests.failed)
		return err_no_room(e);
	if (own.full || guests.full)
		return by_marks(out, s, q, text, t, a, e);
	find_near(&rows, &guests);
	if (guests.failed)
		return err_no_room(e);
	return take_features(out, &rows, &own, &guests, a, e);
}
