#include "index/search.h"

#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "index/row_values.h"
#include "index/selection.h"

enum { ROWS_BETWEEN_LOOKS = 1024, CHILDREN = 2 };

/* A row with the values that it is sorted by. */
struct entry {
	uint32_t row;
	struct value *values;
};

/* The first rows of an order, or the last ones: a heap, at whose root the row
 * stands that goes when another one comes. */
struct best {
	struct entry *list;
	uint32_t n, most;
	int sign; /* 1: the first ones; -1: the last ones */
};

/* The rows of a page are found without sorting the rest: each row is compared
 * with those that were the best so far. */
struct sorting {
	const struct query *query;
	struct row_values values;
	struct entry at; /* the row in hand */
	struct entry after; /* the cursor's; values NULL: none */
	struct best page, earlier;
	uint64_t matched, n_earlier;
	struct arena *arena;
	int64_t deadline;
	bool late, failed;
};

/* --- the order ------------------------------------------------------------ */

static int compare_known(const struct value *a, const struct value *b)
{
	switch (a->type) {
	case VALUE_TEXT:
		return utf8_compare(a->text, b->text);
	case VALUE_NUMBER:
		return (a->number > b->number) - (a->number < b->number);
	default:
		return (a->integer > b->integer) - (a->integer < b->integer);
	}
}

/* What is unknown comes last whichever way. */
static int compare_values(
    const struct value *a, const struct value *b, bool descending)
{
	bool no_a = a->type == VALUE_NULL, no_b = b->type == VALUE_NULL;

	if (no_a || no_b)
		return no_a - no_b;
	return descending ? compare_known(b, a) : compare_known(a, b);
}

static int compare(
    const struct query *q, const struct entry *a, const struct entry *b)
{
	for (size_t i = 0; i < q->n_rules; i++) {
		int order = compare_values(
		    &a->values[i], &b->values[i], q->rules[i].descending);

		if (order)
			return order;
	}
	return (a->row > b->row) - (a->row < b->row);
}

/* --- heaps ---------------------------------------------------------------- */

/* Whether the heap would rather be without a than without b. */
static bool goes_first(const struct query *q, const struct best *heap,
    const struct entry *a, const struct entry *b)
{
	return compare(q, a, b) * heap->sign > 0;
}

static void sift_up(const struct query *q, struct best *heap, uint32_t i)
{
	while (i > 0) {
		uint32_t up = (i - 1) / CHILDREN;
		struct entry kept = heap->list[up];

		if (!goes_first(q, heap, &heap->list[i], &kept))
			return;
		heap->list[up] = heap->list[i];
		heap->list[i] = kept;
		i = up;
	}
}

/* Puts an entry in the root's place, n entries in all. */
static void sift_down(
    const struct query *q, struct best *heap, uint32_t n, struct entry entry)
{
	uint32_t i = 0, child;

	while ((child = i * CHILDREN + 1) < n) {
		if (child + 1 < n && goes_first(q, heap, &heap->list[child + 1],
					 &heap->list[child]))
			child++;
		if (!goes_first(q, heap, &heap->list[child], &entry))
			break;
		heap->list[i] = heap->list[child];
		i = child;
	}
	heap->list[i] = entry;
}

/* The first ones come to stand in their order. */
static void put_in_order(const struct query *q, struct best *heap)
{
	for (uint32_t n = heap->n; n > 1; n--) {
		struct entry last = heap->list[n - 1];

		heap->list[n - 1] = heap->list[0];
		sift_down(q, heap, n - 1, last);
	}
}

static bool make_heap(
    struct best *heap, uint32_t most, int sign, struct arena *a)
{
	*heap = (struct best){ .most = most, .sign = sign };
	heap->list = arena_array(a, (size_t)most + 1, sizeof(*heap->list));
	return heap->list != NULL;
}

/* --- rows ----------------------------------------------------------------- */

static void read_entry(struct sorting *s, struct entry *out, uint32_t row)
{
	row_values_go(&s->values, row);
	out->row = row;
	for (size_t i = 0; i < s->query->n_rules; i++)
		row_values_read(
		    &s->values, s->query->rules[i].field, &out->values[i]);
}

/* Texts that would go with the row in hand get a place of their own. */
static bool copy_values(struct sorting *s, struct value *out)
{
	memcpy(out, s->at.values, s->query->n_rules * sizeof(*out));
	for (size_t i = 0; i < s->query->n_rules; i++) {
		struct str text = out[i].text;

		if (row_values_lasts(&s->values, &out[i]))
			continue;
		out[i].text.data = arena_copy(s->arena, text.data, text.len);
		if (!out[i].text.data)
			return false;
	}
	return true;
}

static bool offer(struct sorting *s, struct best *heap)
{
	const struct query *q = s->query;
	struct entry entry = s->at;

	if (heap->n < heap->most) {
		entry.values =
		    arena_array(s->arena, q->n_rules, sizeof(*entry.values));
		if (!entry.values || !copy_values(s, entry.values))
			return false;
		heap->list[heap->n++] = entry;
		sift_up(q, heap, heap->n - 1);
		return true;
	}
	if (!heap->n || !goes_first(q, heap, &heap->list[0], &s->at))
		return true;
	entry.values = heap->list[0].values;
	if (!copy_values(s, entry.values))
		return false;
	sift_down(q, heap, heap->n, entry);
	return true;
}

static bool goes_on(struct sorting *s)
{
	if (!s->late && s->deadline && s->matched % ROWS_BETWEEN_LOOKS == 1)
		s->late = clock_monotonic() >= s->deadline;
	return !s->late && !s->failed && !s->values.damaged;
}

static void take_row(struct sorting *s, uint32_t row)
{
	bool earlier;

	s->matched++;
	if (!goes_on(s))
		return;
	read_entry(s, &s->at, row);
	earlier = s->after.values && compare(s->query, &s->at, &s->after) <= 0;
	s->n_earlier += earlier;
	if (!offer(s, earlier ? &s->earlier : &s->page))
		s->failed = true;
}

static void take_run(void *context, uint32_t first, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		take_row(context, first + i);
}

static void take_bits(void *context, uint32_t base, uint64_t mask)
{
	for (; mask; mask &= mask - 1)
		take_row(context, base + (uint32_t)__builtin_ctzll(mask));
}

/* --- pages ---------------------------------------------------------------- */

static void count_run(void *context, uint32_t first, uint32_t count)
{
	(void)first;
	*(uint32_t *)context += count;
}

static void count_bits(void *context, uint32_t base, uint64_t mask)
{
	(void)base;
	*(uint32_t *)context += (unsigned)__builtin_popcountll(mask);
}

static bool too_large(struct err *e)
{
	return err_set(e, ERR_LIMIT,
	    "the answer would be too large: ask for less with limit or "
	    "filters");
}

/* Makes room for as many rows as there can be. */
static bool make_room(struct sorting *s, const struct snapshot *of,
    const struct search_rows *text, struct err *e)
{
	const struct query *q = s->query;
	uint32_t n = 0;
	const struct selection_sink sink = { &n, count_run, count_bits };

	if (!selection_walk(of, q, text, &sink, s->arena, e))
		return false;
	s->at.values = arena_array(s->arena, q->n_rules, sizeof(*s->at.values));
	if (q->limit && n > q->limit)
		n = q->limit;
	return (s->at.values && make_heap(&s->page, n, 1, s->arena) &&
		   make_heap(&s->earlier, q->after.set && q->limit ? n + 1 : 0,
		       -1, s->arena)) ||
	       too_large(e);
}

/* The row of the cursor, by which the rows before the page are told. */
static bool read_cursor(
    struct sorting *s, const struct snapshot *of, struct err *e)
{
	uint32_t row;

	if (!s->query->after.set)
		return true;
	if (!snapshot_find(of, s->query->after.id, &row))
		return err_set(
		    e, ERR_INPUT, "the cursor is not one of this query");
	read_entry(s, &s->at, row);
	s->after.values =
	    arena_array(s->arena, s->query->n_rules, sizeof(struct value));
	s->after.row = row;
	return (s->after.values && copy_values(s, s->after.values)) ||
	       err_no_room(e);
}

static struct query_cursor cursor_of(const struct snapshot *s, uint32_t row)
{
	return (struct query_cursor){ true, s->info.version, s->keys[row],
		s->ids[row] };
}

static bool add_runs(struct search_page *out, struct sorting *s, struct err *e)
{
	const struct best *page = &s->page;
	struct search_run *runs =
	    arena_array(s->arena, (size_t)page->n + 1, sizeof(*runs));

	if (!runs)
		return too_large(e);
	for (uint32_t i = 0; i < page->n; i++)
		runs[i] = (struct search_run){ page->list[i].row, 1 };
	out->runs = runs;
	out->n_runs = page->n;
	out->returned = page->n;
	return true;
}

static bool finish(struct search_page *out, struct sorting *s,
    const struct snapshot *of, struct err *e)
{
	uint32_t limit = s->query->limit;

	put_in_order(s->query, &s->page);
	*out = (struct search_page){ .matched = s->matched,
		.more = s->matched - s->n_earlier > s->page.n };
	if (!add_runs(out, s, e))
		return false;
	if (out->more && s->page.n)
		out->next = cursor_of(of, s->page.list[s->page.n - 1].row);
	out->before = limit && s->n_earlier > 0;
	if (out->before && s->n_earlier > limit)
		out->previous = cursor_of(of, s->earlier.list[0].row);
	return true;
}

static bool check(const struct sorting *s, struct err *e)
{
	if (s->late)
		return err_set(e, ERR_BUSY,
		    "sorting took too long: ask for less with filters");
	if (s->values.damaged)
		return snapshot_damaged(e);
	return !s->failed || too_large(e);
}

bool search_page_sorted(struct search_page *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, enum value_type id,
    int64_t deadline, struct arena *a, struct err *e)
{
	struct sorting *sorting = arena_alloc(a, sizeof(*sorting));
	const struct selection_sink sink = { sorting, take_run, take_bits };

	if (!sorting)
		return err_no_room(e);
	sorting->query = q;
	sorting->arena = a;
	sorting->deadline = deadline;
	return row_values_open(&sorting->values, s, id, a, e) &&
	       make_room(sorting, s, text, e) && read_cursor(sorting, s, e) &&
	       selection_walk(s, q, text, &sink, a, e) && check(sorting, e) &&
	       finish(out, sorting, s, e);
}
