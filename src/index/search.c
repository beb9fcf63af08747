#include "index/search.h"

#include <string.h>

#include "index/selection.h"

enum { RUNS_FIRST = 64 };

/* Rows base + bit of a mask, or count of them from base on. */
struct stretch {
	uint32_t base, count; /* 0: mask tells */
	uint64_t mask;
};

/* The last rows of earlier pages, as many as one page has and one more; a ring,
 * of which the oldest fall out. */
struct earlier {
	struct stretch *list;
	uint32_t n, size;
	uint64_t rows; /* of all that came in */
};

/* A page being gathered. */
struct gather {
	struct search_run *runs;
	size_t n, size;
	uint32_t from; /* rows before are earlier pages' */
	uint32_t returned;
	uint32_t left; /* rows the page still takes */
	uint64_t matched;
	bool more, failed;
	struct earlier earlier;
	struct arena *arena;
};

static bool grow(struct gather *g)
{
	size_t size = g->size > 0 ? g->size * 2 : RUNS_FIRST;
	struct search_run *runs = arena_array(g->arena, size, sizeof(*runs));

	if (!runs)
		return false;
	if (g->n > 0)
		memcpy(runs, g->runs, g->n * sizeof(*runs));
	g->runs = runs;
	g->size = size;
	return true;
}

/* Takes rows into the page as far as it has room. */
static void take(struct gather *g, uint32_t first, uint32_t count)
{
	struct search_run *last = g->n > 0 ? &g->runs[g->n - 1] : NULL;

	if (count > g->left) {
		count = g->left;
		g->more = true;
	}
	if (count == 0)
		return;
	g->left -= count;
	g->returned += count;
	if (last && last->first + last->count == first) {
		last->count += count;
		return;
	}
	if (g->n == g->size && !grow(g)) {
		g->failed = true;
		return;
	}
	g->runs[g->n++] = (struct search_run){ first, count };
}

static uint32_t count_of(const struct stretch *s)
{
	return s->count ? s->count : (uint32_t)__builtin_popcountll(s->mask);
}

static void put_earlier(struct earlier *e, struct stretch s)
{
	if (!e->size)
		return;
	e->rows += count_of(&s);
	e->list[e->n++ % e->size] = s;
}

/* The row of a stretch that has skip of its rows behind it. */
static uint32_t row_of(const struct stretch *s, uint32_t skip)
{
	uint64_t mask = s->mask;

	if (s->count)
		return s->base + s->count - 1 - skip;
	while (skip--)
		mask &= ~((uint64_t)1 << (63 - __builtin_clzll(mask)));
	return s->base + 63 - (uint32_t)__builtin_clzll(mask);
}

/* The row behind which the page before begins; false when that is the first
 * page. */
static bool row_before(const struct earlier *e, uint32_t limit, uint32_t *row)
{
	uint32_t skip = limit, n;

	if (e->rows <= limit)
		return false;
	for (uint32_t i = e->n; i > 0; i--) {
		const struct stretch *s = &e->list[(i - 1) % e->size];

		n = count_of(s);
		if (skip < n) {
			*row = row_of(s, skip);
			return true;
		}
		skip -= n;
	}
	return false;
}

static void gather_run(void *context, uint32_t first, uint32_t count)
{
	struct gather *g = context;
	uint32_t end = first + count;

	g->matched += count;
	if (first < g->from) {
		uint32_t stop = end < g->from ? end : g->from;

		put_earlier(
		    &g->earlier, (struct stretch){ first, stop - first, 0 });
		first = stop;
	}
	if (first < end && !g->failed)
		take(g, first, end - first);
}

static void gather_bits(void *context, uint32_t base, uint64_t mask)
{
	struct gather *g = context;

	g->matched += (unsigned)__builtin_popcountll(mask);
	if (base < g->from) {
		uint64_t later = 0;

		if (g->from - base < ROWS_PER_WORD)
			later = UINT64_MAX << (g->from - base);
		if (mask & ~later)
			put_earlier(&g->earlier,
			    (struct stretch){ base, 0, mask & ~later });
		mask &= later;
	}
	while (mask && !g->failed) {
		uint32_t skip = (uint32_t)__builtin_ctzll(mask);
		uint64_t gone = ~(mask >> skip);
		uint32_t count =
		    gone == 0 ? ROWS_PER_WORD : (uint32_t)__builtin_ctzll(gone);

		take(g, base + skip, count);
		if (g->more)
			return;
		/* count is below 64: a full mask comes as a run. */
		mask &= ~((((uint64_t)1 << count) - 1) << skip);
	}
}

/* The first row behind a cursor. */
static uint32_t row_after(
    const struct snapshot *s, const struct query_cursor *c)
{
	uint32_t low = 0, high = s->n;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (s->keys[middle] < c->key ||
		    (s->keys[middle] == c->key && s->ids[middle] <= c->id))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct query_cursor cursor_of_row(const struct snapshot *s, uint32_t row)
{
	return (struct query_cursor){
		.set = true,
		.version = s->info.version,
		.key = s->keys[row],
		.id = s->ids[row],
	};
}

static bool remember_earlier(struct gather *g, const struct query *q)
{
	if (!q->after.set || !q->limit)
		return true;
	g->earlier.size = q->limit + 1;
	g->earlier.list =
	    arena_array(g->arena, g->earlier.size, sizeof(*g->earlier.list));
	return g->earlier.list != NULL;
}

static void add_previous(struct search_page *out, const struct gather *g,
    const struct snapshot *s, uint32_t limit)
{
	uint32_t row;

	out->before = g->earlier.rows > 0;
	if (row_before(&g->earlier, limit, &row))
		out->previous = cursor_of_row(s, row);
}

bool search_page(struct search_page *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, struct arena *a,
    struct err *e)
{
	struct gather g = {
		.from = q->after.set ? row_after(s, &q->after) : 0,
		.left = q->limit > 0 ? q->limit : UINT32_MAX,
		.arena = a,
	};
	const struct selection_sink sink = { &g, gather_run, gather_bits };

	if (!remember_earlier(&g, q))
		g.failed = true;
	else if (!selection_walk(s, q, text, &sink, a, e))
		return false;
	if (g.failed)
		return err_no_room(e);
	*out = (struct search_page){
		.runs = g.runs,
		.n_runs = g.n,
		.returned = g.returned,
		.matched = g.matched,
		.more = g.more,
	};
	if (g.more && g.n > 0) {
		const struct search_run *last = &g.runs[g.n - 1];

		out->next = cursor_of_row(s, last->first + last->count - 1);
	}
	add_previous(out, &g, s, q->limit);
	return true;
}

bool search_rows_from_ids(struct search_rows *out, const struct snapshot *s,
    const int64_t *ids, size_t n, struct arena *a, struct err *e)
{
	/* A place more, so that the array of an empty snapshot is one. */
	uint64_t *bits = arena_array(a, file_words(s->n) + 1, sizeof(*bits));
	uint32_t row;

	if (!bits)
		return err_no_room(e);
	for (size_t i = 0; i < n; i++)
		if (snapshot_find(s, ids[i], &row))
			bits[row / ROWS_PER_WORD] |= (uint64_t)1
						     << row % ROWS_PER_WORD;
	out->bits = bits;
	return true;
}
