#include "geo/rtree.h"

#include <math.h>

enum { LEVELS_MAX = 8 }; /* 16^8 items are more than a uint32_t counts */

/* How the levels of a tree over n items lie in its nodes, lowest first. */
struct levels {
	size_t begin[LEVELS_MAX];
	uint32_t count[LEVELS_MAX];
	int n;
};

struct walk {
	const struct rtree *tree;
	struct levels levels;
	struct rtree_box query; /* rounded inwards, see search_box */
	rtree_visit *visit;
	void *context;
	uint32_t first, count; /* the run not yet visited */
	bool inside;
};

static uint32_t groups_of(uint32_t n)
{
	return n / RTREE_FANOUT + (n % RTREE_FANOUT != 0);
}

static size_t lay_levels(struct levels *l, uint32_t n)
{
	size_t total = 0;

	l->n = 0;
	while (n > 0) {
		n = groups_of(n);
		l->begin[l->n] = total;
		l->count[l->n++] = n;
		total += n;
		if (n == 1)
			break;
	}
	return total;
}

static float round_down(double v)
{
	float f = (float)v;

	return (double)f > v ? nextafterf(f, -INFINITY) : f;
}

static float round_up(double v)
{
	float f = (float)v;

	return (double)f < v ? nextafterf(f, INFINITY) : f;
}

/* Stored edges are float32, so a comparison with the double edge of a query
 * gives the same as one with that edge rounded towards the query's inside:
 * box.west <= east exactly when box.west <= round_down(east). */
static struct rtree_box search_box(const struct bbox *b)
{
	return (struct rtree_box){ round_up(b->west), round_up(b->south),
		round_down(b->east), round_down(b->north) };
}

/* Which of a group's boxes meet the query, and which lie in it, by bits. Free
 * of branches: near the query's edge they would be guessed wrong half the
 * time. */
struct group {
	unsigned meeting, within;
};

static struct group test_group(
    const struct rtree_box *boxes, uint32_t n, const struct rtree_box *q)
{
	struct group g = { 0, 0 };

	for (uint32_t i = 0; i < n; i++) {
		const struct rtree_box b = boxes[i];
		unsigned meets = (b.west <= q->east) & (b.east >= q->west) &
				 (b.south <= q->north) & (b.north >= q->south);
		unsigned lies = (b.west >= q->west) & (b.east <= q->east) &
				(b.south >= q->south) & (b.north <= q->north);

		g.meeting |= meets << i;
		g.within |= (meets & lies) << i;
	}
	return g;
}

static bool flush_run(struct walk *w)
{
	uint32_t count = w->count;

	w->count = 0;
	return count == 0 || w->visit(w->context, w->first, count, w->inside);
}

static bool add_run(struct walk *w, uint32_t first, uint32_t count, bool inside)
{
	if (w->count > 0 && w->first + w->count == first &&
	    w->inside == inside) {
		w->count += count;
		return true;
	}
	if (!flush_run(w))
		return false;
	w->first = first;
	w->count = count;
	w->inside = inside;
	return true;
}

/* The items below a node whose box lies in the query wholly. */
static bool add_node(struct walk *w, int level, uint32_t node)
{
	const int bits = 4; /* of RTREE_FANOUT */
	uint64_t first = (uint64_t)node << bits * (level + 1);
	uint64_t end = first + ((uint64_t)1 << bits * (level + 1));

	if (end > w->tree->n_items)
		end = w->tree->n_items;
	return add_run(w, (uint32_t)first, (uint32_t)(end - first), true);
}

static uint32_t group_size(uint32_t n, uint32_t group)
{
	uint32_t left = n - group * RTREE_FANOUT;

	return left < RTREE_FANOUT ? left : RTREE_FANOUT;
}

/* The items of a group, runs of a kind at a time. */
static bool search_items(struct walk *w, uint32_t group)
{
	uint32_t first = group * RTREE_FANOUT;
	struct group g = test_group(w->tree->items + first,
	    group_size(w->tree->n_items, group), &w->query);

	while (g.meeting) {
		unsigned skip = (unsigned)__builtin_ctz(g.meeting);
		bool inside = g.within >> skip & 1;
		unsigned same = inside ? g.within : g.meeting & ~g.within;
		unsigned count = (unsigned)__builtin_ctz(~(same >> skip));

		if (!add_run(w, first + skip, count, inside))
			return false;
		g.meeting &= ~(((1u << count) - 1) << skip);
	}
	return true;
}

/* The nodes of a group of a level. */
static bool search_nodes(struct walk *w, int level, uint32_t group)
{
	uint32_t first = group * RTREE_FANOUT;
	const struct rtree_box *boxes =
	    w->tree->nodes + w->levels.begin[level] + first;
	struct group g = test_group(
	    boxes, group_size(w->levels.count[level], group), &w->query);

	for (; g.meeting; g.meeting &= g.meeting - 1) {
		unsigned i = (unsigned)__builtin_ctz(g.meeting);
		bool more;

		if (g.within >> i & 1)
			more = add_node(w, level, first + i);
		else if (level == 0)
			more = search_items(w, first + i);
		else
			more = search_nodes(w, level - 1, first + i);
		if (!more)
			return false;
	}
	return true;
}

static struct rtree_box box_union(const struct rtree_box *boxes, uint32_t n)
{
	struct rtree_box u = boxes[0];

	for (uint32_t i = 1; i < n; i++) {
		u.west = fminf(u.west, boxes[i].west);
		u.south = fminf(u.south, boxes[i].south);
		u.east = fmaxf(u.east, boxes[i].east);
		u.north = fmaxf(u.north, boxes[i].north);
	}
	return u;
}

size_t rtree_node_count(uint32_t n)
{
	struct levels l;

	return lay_levels(&l, n);
}

void rtree_build(
    struct rtree_box *nodes, const struct rtree_box *items, uint32_t n)
{
	struct levels l;
	const struct rtree_box *below = items;
	uint32_t n_below = n;

	lay_levels(&l, n);
	for (int level = 0; level < l.n; level++) {
		struct rtree_box *out = nodes + l.begin[level];

		for (uint32_t i = 0; i < l.count[level]; i++) {
			out[i] = box_union(
			    below + i * RTREE_FANOUT, group_size(n_below, i));
		}
		below = out;
		n_below = l.count[level];
	}
}

struct rtree_box rtree_box_of(const struct bbox *b)
{
	return (struct rtree_box){ round_down(b->west), round_down(b->south),
		round_up(b->east), round_up(b->north) };
}

void rtree_search(const struct rtree *t, const struct bbox *query,
    rtree_visit *visit, void *context)
{
	struct walk w = { .tree = t,
		.query = search_box(query),
		.visit = visit,
		.context = context };

	lay_levels(&w.levels, t->n_items);
	if (w.levels.n > 0 && search_nodes(&w, w.levels.n - 1, 0))
		flush_run(&w);
}

static void add_boxes(struct bbox *out, const struct rtree_box *boxes,
    uint32_t first, uint32_t end)
{
	for (uint32_t i = first; i < end; i++) {
		const struct bbox b = { boxes[i].west, boxes[i].south,
			boxes[i].east, boxes[i].north };

		bbox_add_bbox(out, &b);
	}
}

/* Climbs: ragged ends one by one, whole groups by the box of their group. */
void rtree_add_bounds(
    struct bbox *out, const struct rtree *t, uint32_t first, uint32_t end)
{
	const struct rtree_box *level = t->items, *above = t->nodes;
	uint32_t n = t->n_items;

	for (;;) {
		uint32_t from = groups_of(first), to = end / RTREE_FANOUT;

		if (from >= to)
			break;
		add_boxes(out, level, first, from * RTREE_FANOUT);
		add_boxes(out, level, to * RTREE_FANOUT, end);
		level = above;
		n = groups_of(n);
		above += n;
		first = from;
		end = to;
	}
	add_boxes(out, level, first, end);
}
