/* Pages and sums against a plain walk over all projects. */
#include "index/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/dataset.h"
#include "tools/random.h"

enum { PROJECTS = 1500, QUERIES = 400, ARENA_SIZE = 64 << 20 };

/* All projects in memory and the snapshot of them. */
struct world {
	struct dataset dataset;
	struct arena arena;
	struct project *projects;
	uint32_t n;
	struct snapshot *snapshot;
};

static struct world *world_make(
    enum dataset_kind kind, uint64_t seed, uint32_t n)
{
	struct world *w = calloc(1, sizeof(*w));
	struct err e = { .code = ERR_NONE };

	dataset_init(&w->dataset, kind, seed, n);
	arena_init(&w->arena, ARENA_SIZE);
	w->projects = calloc(n + 1, sizeof(*w->projects));
	w->n = n;
	for (uint32_t i = 0; i < n; i++)
		dataset_project(&w->dataset, i, &w->projects[i], &w->arena);
	w->snapshot = dataset_build(&w->dataset, NULL, NULL, &e);
	if (!w->snapshot)
		fail_msg("%s %s", e.text, e.detail);
	return w;
}

static void world_free(struct world *w)
{
	snapshot_unref(w->snapshot);
	free(w->projects);
	arena_free(&w->arena);
	dataset_free(&w->dataset);
	free(w);
}

static bool selects(const struct query *q, const struct project *p,
    const struct search_rows *text, uint32_t row)
{
	const struct geom *g = p->feature.geom;

	if (text && !(text->bits[row / 64] >> row % 64 & 1))
		return false;
	if (q->place == PLACE_LOCATED && !g)
		return false;
	if (q->place == PLACE_NONE && g)
		return false;
	if (q->has_bbox && g && !geom_intersects_bbox(g, &q->bbox))
		return false;
	return query_matches(q, &p->facts);
}

/* Every other query has a text search, which found every third project. */
static struct search_rows random_rows(
    const struct world *w, uint64_t *seed, struct arena *a)
{
	int64_t *ids = arena_array(a, w->n + 2, sizeof(*ids));
	struct search_rows rows;
	size_t n = 0;

	for (uint32_t i = 0; i < w->n; i++)
		if (random_below(seed, 3) == 0)
			ids[n++] = w->projects[i].feature.id;
	ids[n++] = -5;
	ids[n++] = INT64_MAX;
	assert_true(search_rows_from_ids(&rows, w->snapshot, ids, n, a, NULL));
	return rows;
}

/* Whether the page holds exactly the selected rows from *row on; *row moves
 * behind them. */
static void check_page(const struct world *w, const struct query *q,
    const struct search_rows *text, const struct search_page *page,
    uint32_t *row)
{
	uint32_t left = q->limit ? q->limit : UINT32_MAX;
	uint32_t returned = 0, end = 0;

	for (size_t i = 0; i < page->n_runs; i++) {
		const struct search_run *r = &page->runs[i];

		assert_true(r->count > 0);
		assert_true(i == 0 || r->first > end);
		end = r->first + r->count;
		for (uint32_t j = r->first; j < end; j++, ++*row) {
			while (*row < j &&
			       !selects(q, &w->projects[*row], text, *row))
				++*row;
			assert_int_equal(*row, j);
			assert_true(selects(q, &w->projects[j], text, j));
			returned++;
		}
	}
	assert_int_equal(returned, page->returned);
	assert_true(returned <= left);
}

static uint64_t count_matches(const struct world *w, const struct query *q,
    const struct search_rows *text)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < w->n; i++)
		n += selects(q, &w->projects[i], text, i);
	return n;
}

/* The page before begins where it began. */
static void check_previous(const struct search_page *page,
    const struct query_cursor *was, const struct query *q)
{
	assert_int_equal(page->before, q->after.set);
	if (!q->after.set)
		return;
	assert_int_equal(page->previous.set, was->set);
	assert_true(page->previous.key == was->key);
	assert_true(page->previous.id == was->id);
}

static void check_all_pages(const struct world *w, struct query *q,
    const struct search_rows *text, struct arena *a)
{
	uint64_t matched = count_matches(w, q, text), sum = 0;
	struct query_cursor was = { 0 };
	struct search_page page;
	uint32_t row = 0;

	do {
		struct err e = { .code = ERR_NONE };

		assert_true(search_page(&page, w->snapshot, q, text, a, &e));
		assert_int_equal(page.matched, matched);
		check_page(w, q, text, &page, &row);
		sum += page.returned;
		assert_int_equal(page.more, sum < matched);
		check_previous(&page, &was, q);
		was = q->after;
		q->after = page.next;
		if (page.more)
			assert_int_equal(page.next.version, w->dataset.version);
		/* Small pages of large results: a few of them are enough. */
	} while (page.more && (q->limit > 5 || sum < 20));
	if (!page.more)
		assert_int_equal(sum, matched);
}

static void check_queries(const struct world *w, uint64_t seed)
{
	uint64_t found = 0;
	struct arena a;

	arena_init(&a, ARENA_SIZE);
	for (int i = 0; i < QUERIES; i++) {
		struct query q;
		struct search_rows rows;

		dataset_query(&q, w->dataset.kind, &seed);
		rows = random_rows(w, &seed, &a);
		check_all_pages(w, &q, i % 2 ? &rows : NULL, &a);
		found += count_matches(w, &q, NULL);
		arena_reset(&a);
	}
	arena_free(&a);
	assert_true(w->n < PROJECTS || found > QUERIES);
}

static void test_pages_in_the_oblast(void **state)
{
	struct world *w = world_make(DATASET_OBLAST, 1, PROJECTS);

	(void)state;
	check_queries(w, 11);
	world_free(w);
}

static void test_pages_in_the_world(void **state)
{
	struct world *w = world_make(DATASET_WORLD, 2, PROJECTS);

	(void)state;
	check_queries(w, 12);
	world_free(w);
}

static void test_small_snapshots(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 2, 63, 64, 65, 128, 129 };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct world *w = world_make(DATASET_WORLD, 20 + i, sizes[i]);

		check_queries(w, 13);
		world_free(w);
	}
}

static void test_cursor_of_a_project_that_is_gone(void **state)
{
	struct world *w = world_make(DATASET_OBLAST, 3, 100);
	struct search_page page;
	struct query q;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_SIZE);
	query_init(&q);
	q.after = (struct query_cursor){ true, 1, snapshot_key(w->snapshot, 9),
		snapshot_id(w->snapshot, 9) - 1 };
	assert_true(search_page(&page, w->snapshot, &q, NULL, &a, NULL));
	assert_int_equal(page.runs[0].first, 9);
	q.after = (struct query_cursor){ true, 1, INT64_MAX, INT64_MAX };
	assert_true(search_page(&page, w->snapshot, &q, NULL, &a, NULL));
	assert_int_equal(page.n_runs, 0);
	assert_int_equal(page.matched, 100);
	assert_true(page.before && !page.previous.set);
	arena_free(&a);
	world_free(w);
}

/* A district's label may lie outside of it. */
static void test_anchor_off_the_shape(void **state)
{
	static const struct value values[PROJECT_FIELDS];
	static const struct {
		struct bbox box;
		uint64_t matched;
	} cases[] = {
		{ { 9, 9, 11, 11 }, 0 },
		{ { 4, 4, 5, 5 }, 0 },
		{ { 1, -1, 2, 1 }, 1 },
		{ { -1, -1, 12, 12 }, 1 },
		{ { -1, 5, 12, 12 }, 0 },
	};
	struct snapshot_info info = { .schema = &project_schema };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, NULL);
	struct project p = { .key = 7, .anchor = { 10, 10 } };
	struct snapshot *s;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_SIZE);
	p.feature.schema = &project_schema;
	p.feature.values = values;
	p.feature.geom =
	    geom_from_wkt(&a, str_from("POLYGON((0 0,3 0,3 3,0 3,0 0))"), NULL);
	assert_true(snapshot_build_add(b, &p, NULL));
	s = snapshot_build_finish(b, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct search_page page;
		struct query q;

		query_init(&q);
		q.has_bbox = true;
		q.bbox = cases[i].box;
		assert_true(search_page(&page, s, &q, NULL, &a, NULL));
		assert_int_equal(page.matched, cases[i].matched);
	}
	snapshot_unref(s);
	arena_free(&a);
}

/* The same sums, added up the plain way. */
static void add(int64_t *sum, uint64_t *missing, int64_t v)
{
	if (v == MONEY_UNKNOWN)
		++*missing;
	else
		*sum += v;
}

static void add_plainly(struct search_sums *s, const struct project *p,
    int64_t planned, int64_t contracted, int64_t paid)
{
	s->count++;
	if (p->feature.geom)
		s->located++;
	add(&s->planned, &s->missing_planned, planned);
	add(&s->contracted, &s->missing_contracted, contracted);
	add(&s->paid, &s->missing_paid, paid);
	if (planned != MONEY_UNKNOWN && paid != MONEY_UNKNOWN) {
		s->planned_with_paid += planned;
		s->paid_of_planned += paid;
	}
	if (p->facts.overdue) {
		s->overdue++;
		if (planned != MONEY_UNKNOWN)
			s->overdue_planned += planned;
	}
}

static void add_line(int64_t *sum, int64_t v)
{
	if (v == MONEY_UNKNOWN)
		return;
	*sum = *sum == MONEY_UNKNOWN ? v : *sum + v;
}

static void add_years(struct search_sums *groups, const struct project *p)
{
	const size_t none = YEAR_LAST - YEAR_FIRST + 1;

	if (p->n_lines == 0)
		add_plainly(&groups[none], p, p->facts.planned,
		    p->facts.contracted, p->facts.paid);
	for (int year = YEAR_FIRST; year <= YEAR_LAST; year++) {
		int64_t m[3] = { MONEY_UNKNOWN, MONEY_UNKNOWN, MONEY_UNKNOWN };
		bool has = false;

		for (size_t i = 0; i < p->n_lines; i++) {
			if (p->lines[i].year != year)
				continue;
			has = true;
			add_line(&m[0], p->lines[i].planned);
			add_line(&m[1], p->lines[i].contracted);
			add_line(&m[2], p->lines[i].paid);
		}
		if (has)
			add_plainly(
			    &groups[year - YEAR_FIRST], p, m[0], m[1], m[2]);
	}
}

static size_t group_of(const struct facts *f, enum search_group by)
{
	switch (by) {
	case GROUP_DISTRICT:
		return f->home == DISTRICT_NONE ? DATASET_KATOS : f->home;
	case GROUP_CATEGORY:
		return f->category;
	case GROUP_STATUS:
		return f->status;
	default:
		return f->work_kind;
	}
}

static void check_sums(const struct world *w, const struct query *q,
    enum search_group by, struct arena *a)
{
	size_t n = search_group_count(w->snapshot, by);
	struct search_sums total, expected = { 0 };
	struct search_sums *groups = arena_array(a, n + 1, sizeof(*groups));
	struct search_sums *plain = arena_array(a, n + 1, sizeof(*plain));

	for (uint32_t i = 0; i < w->n; i++) {
		const struct project *p = &w->projects[i];
		const struct facts *f = &p->facts;

		if (!selects(q, p, NULL, i))
			continue;
		add_plainly(&expected, p, f->planned, f->contracted, f->paid);
		if (by == GROUP_YEAR)
			add_years(plain, p);
		else if (by != GROUP_NONE)
			add_plainly(&plain[group_of(f, by)], p, f->planned,
			    f->contracted, f->paid);
	}
	assert_true(search_sum(&total, by == GROUP_NONE ? NULL : groups, by,
	    w->snapshot, q, NULL, a, NULL));
	assert_memory_equal(&total, &expected, sizeof(total));
	if (n > 0)
		assert_memory_equal(groups, plain, n * sizeof(*groups));
}

static void test_sums(void **state)
{
	struct world *w = world_make(DATASET_WORLD, 4, PROJECTS);
	uint64_t seed = 14;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_SIZE);
	for (int i = 0; i < QUERIES; i++) {
		struct query q;

		dataset_query(&q, DATASET_WORLD, &seed);
		if (i < 6)
			query_init(&q);
		check_sums(w, &q, (enum search_group)(i % 6), &a);
		arena_reset(&a);
	}
	arena_free(&a);
	world_free(w);
}

static void test_exhausted_arena(void **state)
{
	struct world *w = world_make(DATASET_OBLAST, 5, PROJECTS);
	struct search_page page;
	struct query q;
	int failures = 0;

	(void)state;
	query_init(&q);
	q.limit = 0;
	q.status = 1;
	for (size_t size = 1; size < 100000; size *= 2) {
		struct err e = { .code = ERR_NONE };
		struct arena a;

		arena_init(&a, size);
		if (!search_page(&page, w->snapshot, &q, NULL, &a, &e)) {
			assert_int_equal(e.code, ERR_MEMORY);
			failures++;
		}
		arena_free(&a);
	}
	assert_true(failures > 3 && failures < 16);
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages_in_the_oblast),
		cmocka_unit_test(test_pages_in_the_world),
		cmocka_unit_test(test_small_snapshots),
		cmocka_unit_test(test_cursor_of_a_project_that_is_gone),
		cmocka_unit_test(test_anchor_off_the_shape),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_exhausted_arena),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
