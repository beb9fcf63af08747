#include "index/selection.h"

#include <stdlib.h>
#include <string.h>

/* A candidate of a search: rows of which inside are taken without a test. */
struct candidate {
	uint32_t first, count;
	bool inside;
};

struct walk {
	struct filter filter;
	const struct bbox *box;
	const struct selection_sink *sink;
	struct arena *arena;
	/* Those kept, as the R-trees do not find them in the order of rows. */
	struct candidate *kept;
	size_t n_kept, size_kept, next_kept;
	uint32_t done; /* rows before were fed */
	bool failed;
};

static bool grow(struct walk *w)
{
	enum { SMALLEST = 64 };
	size_t size = w->size_kept > 0 ? w->size_kept * 2 : SMALLEST;
	struct candidate *kept = arena_array(w->arena, size, sizeof(*kept));

	if (!kept)
		return false;
	if (w->n_kept > 0)
		memcpy(kept, w->kept, w->n_kept * sizeof(*kept));
	w->kept = kept;
	w->size_kept = size;
	return true;
}

static bool keep(void *context, uint32_t first, uint32_t count, bool inside)
{
	struct walk *w = context;

	if (w->n_kept == w->size_kept && !grow(w)) {
		w->failed = true;
		return false;
	}
	w->kept[w->n_kept++] = (struct candidate){ first, count, inside };
	return true;
}

/* Shapes by number become rows. */
static bool keep_shapes(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	struct walk *w = context;
	const struct snapshot *s = w->filter.snapshot;

	for (uint32_t i = first; i < first + count; i++)
		if (s->shape_rows[i] < s->located &&
		    !keep(w, s->shape_rows[i], 1, inside))
			return false;
	return true;
}

/* What of a candidate was not fed yet. */
static void feed(struct walk *w, struct candidate c)
{
	uint32_t end = c.first + c.count;

	if (c.first < w->done)
		c.first = w->done;
	if (c.first >= end)
		return;
	w->done = end;
	if (c.inside)
		filter_rows(&w->filter, c.first, end - c.first, w->sink);
	else
		filter_rows_in_box(
		    &w->filter, w->box, c.first, end - c.first, w->sink);
}

static void feed_kept(struct walk *w, uint32_t until)
{
	while (w->next_kept < w->n_kept && w->kept[w->next_kept].first < until)
		feed(w, w->kept[w->next_kept++]);
}

static bool visit_anchors(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	feed_kept(context, first);
	feed(context, (struct candidate){ first, count, inside });
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* A box over the antimeridian is searched in two parts, whose candidates
 * interleave. */
static void walk_parts(struct walk *w, const struct bbox parts[2])
{
	const struct snapshot *s = w->filter.snapshot;

	for (int i = 0; i < 2; i++) {
		rtree_search(&s->tree, &parts[i], keep, w);
		rtree_search(&s->shape_tree, &parts[i], keep_shapes, w);
	}
	if (w->n_kept > 0)
		qsort(w->kept, w->n_kept, sizeof(*w->kept), compare);
}

/* Rows whose anchor lies in the box come from one tree, shapes that reach into
 * it from the other: with the boxes of long lines among them, the groups of
 * points would be found in vain all around. */
static bool walk_box(struct walk *w, struct err *e)
{
	const struct snapshot *s = w->filter.snapshot;
	struct bbox parts[2];

	if (bbox_split(w->box, parts) > 1) {
		walk_parts(w, parts);
	} else {
		rtree_search(&s->shape_tree, w->box, keep_shapes, w);
		rtree_search(&s->tree, w->box, visit_anchors, w);
	}
	if (w->failed)
		return err_no_room(e);
	feed_kept(w, UINT32_MAX);
	return true;
}

/* The number of the only district asked for, -1 when the query is another. */
static int single_district(const struct query *q)
{
	if (q->district_none || q->districts == 0 ||
	    (q->districts & (q->districts - 1)) != 0)
		return -1;
	return __builtin_ctzll(q->districts);
}

/* Rows first to end - 1, by the district's runs. */
static void walk_district(const struct snapshot *s, const struct query *q,
    const struct search_rows *text, int district, uint32_t first, uint32_t end,
    const struct selection_sink *sink)
{
	struct query rest = *q;
	struct filter filter;
	uint32_t from = s->run_index[district];
	uint32_t to = s->run_index[district + 1];

	/* The runs are that filter already. */
	rest.districts = 0;
	filter_init(&filter, s, &rest, text);
	for (uint32_t i = from; i < to && i < s->n_runs; i++) {
		struct search_run r = s->runs[i];
		uint64_t stop = (uint64_t)r.first + r.count;

		if (stop <= first)
			continue;
		if (r.first >= end || stop > s->n)
			break;
		if (r.first < first)
			r.first = first;
		if (stop > end)
			stop = end;
		filter_rows(&filter, r.first, (uint32_t)stop - r.first, sink);
	}
}

bool selection_walk(const struct snapshot *s, const struct query *q,
    const struct search_rows *text, const struct selection_sink *sink,
    struct arena *a, struct err *e)
{
	int district = single_district(q);
	uint32_t first = q->place == PLACE_NONE ? s->located : 0;
	uint32_t end = q->place == PLACE_LOCATED ? s->located : s->n;
	struct walk w = { .box = &q->bbox, .sink = sink, .arena = a };

	if (district >= 0 && (!q->has_bbox || q->place == PLACE_NONE)) {
		walk_district(s, q, text, district, first, end, sink);
		return true;
	}
	filter_init(&w.filter, s, q, text);
	if (q->has_bbox && first < s->located) {
		if (!walk_box(&w, e))
			return false;
		first = s->located;
	}
	filter_rows(&w.filter, first, end - first, sink);
	return true;
}
