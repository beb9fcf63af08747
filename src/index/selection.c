#include "index/selection.h"

#include <stdlib.h>
#include <string.h>

struct walk {
	struct filter filter;
	const struct bbox *box;
	const struct selection_sink *sink;
};

/* Runs of an R-tree search, kept to be put in order. */
struct kept_run {
	uint32_t first, count;
	bool inside;
};

struct kept {
	struct kept_run *runs;
	size_t n, size;
	struct arena *arena;
	bool failed;
};

static void feed_run(
    const struct walk *w, uint32_t first, uint32_t count, bool inside)
{
	if (inside)
		filter_rows(&w->filter, first, count, w->sink);
	else
		filter_rows_in_box(&w->filter, w->box, first, count, w->sink);
}

static bool visit_run(
    void *context, uint32_t first, uint32_t count, bool inside)
{
	feed_run(context, first, count, inside);
	return true;
}

static bool keep_grow(struct kept *k)
{
	enum { SMALLEST = 64 };
	size_t size = k->size > 0 ? k->size * 2 : SMALLEST;
	struct kept_run *runs = arena_array(k->arena, size, sizeof(*runs));

	if (!runs)
		return false;
	if (k->n > 0)
		memcpy(runs, k->runs, k->n * sizeof(*runs));
	k->runs = runs;
	k->size = size;
	return true;
}

static bool keep_run(void *context, uint32_t first, uint32_t count, bool inside)
{
	struct kept *k = context;

	if (k->n == k->size && !keep_grow(k)) {
		k->failed = true;
		return false;
	}
	k->runs[k->n++] = (struct kept_run){ first, count, inside };
	return true;
}

static int compare_runs(const void *a, const void *b)
{
	const struct kept_run *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* A box over the antimeridian is searched in two parts, whose runs interleave;
 * what reaches into both is taken once. */
static bool walk_parts(const struct walk *w, const struct rtree *tree,
    const struct bbox parts[2], struct arena *a, struct err *e)
{
	struct kept kept = { .arena = a };
	uint32_t done = 0;

	rtree_search(tree, &parts[0], keep_run, &kept);
	rtree_search(tree, &parts[1], keep_run, &kept);
	if (kept.failed)
		return err_set(
		    e, ERR_MEMORY, "the request needs too much memory");
	if (kept.n > 0)
		qsort(kept.runs, kept.n, sizeof(*kept.runs), compare_runs);
	for (size_t i = 0; i < kept.n; i++) {
		const struct kept_run *r = &kept.runs[i];
		uint32_t first = r->first > done ? r->first : done;
		uint32_t end = r->first + r->count;

		if (first >= end)
			continue;
		feed_run(w, first, end - first, r->inside);
		done = end;
	}
	return true;
}

static bool walk_box(struct walk *w, struct arena *a, struct err *e)
{
	const struct rtree *tree = &w->filter.snapshot->tree;
	struct bbox parts[2];

	if (bbox_split(w->box, parts) > 1)
		return walk_parts(w, tree, parts, a, e);
	rtree_search(tree, w->box, visit_run, w);
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
	struct walk w = { .box = &q->bbox, .sink = sink };

	if (district >= 0 && (!q->has_bbox || q->place == PLACE_NONE)) {
		walk_district(s, q, text, district, first, end, sink);
		return true;
	}
	filter_init(&w.filter, s, q, text);
	if (q->has_bbox && first < s->located) {
		if (!walk_box(&w, a, e))
			return false;
		first = s->located;
	}
	filter_rows(&w.filter, first, end - first, sink);
	return true;
}
