#include "query/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "query/codes.h"

#define BIT(n) ((uint64_t)1 << (n))

static struct facts sample(void)
{
	return (struct facts){ .planned = 5000,
		.contracted = MONEY_UNKNOWN,
		.paid = 0,
		.years = BIT(24) | BIT(25),
		.districts = BIT(3) | BIT(4),
		.home = 3,
		.status = STATUS_IMPLEMENTATION,
		.category = 1,
		.work_kind = 2,
		.levels = 4 | 8,
		.overdue = 1,
		.days = { 20240301, 20260530, 20240310, 0 } };
}

/* Each case sets one or two filters and says whether the sample passes. */
struct match_case {
	uint64_t districts, years;
	bool none;
	uint32_t status, category, work_kind, levels;
	int64_t min, max; /* 0: open */
	int overdue; /* 0: any, 1: no, 2: yes */
	int32_t from, to; /* 0: open */
	bool passes;
};

static const struct match_case matches[] = {
	{ .passes = true },
	{ .districts = BIT(3), .passes = true },
	{ .districts = BIT(4) | BIT(9), .passes = true },
	{ .districts = BIT(9), .passes = false },
	{ .none = true, .passes = false },
	{ .none = true, .districts = BIT(4), .passes = true },
	{ .years = BIT(25), .passes = true },
	{ .years = BIT(26), .passes = false },
	{ .status = BIT(STATUS_IMPLEMENTATION), .passes = true },
	{ .status = BIT(STATUS_COMPLETION), .passes = false },
	{ .category = 1, .passes = false },
	{ .category = 2, .passes = true },
	{ .work_kind = 4 | 1, .passes = true },
	{ .work_kind = 1, .passes = false },
	{ .levels = 8, .passes = true },
	{ .levels = 1, .passes = false },
	{ .min = 5000, .passes = true },
	{ .min = 5001, .passes = false },
	{ .max = 5000, .passes = true },
	{ .max = 4999, .passes = false },
	{ .overdue = 2, .passes = true },
	{ .overdue = 1, .passes = false },
	{ .category = 2, .levels = 1, .passes = false },
	{ .from = 20260530, .passes = true },
	{ .from = 20260531, .passes = false },
	{ .to = 20240310, .passes = true },
	{ .to = 20240309, .passes = false },
	{ .from = 20250101, .to = 20250101, .passes = true },
	{ .from = 20230101, .to = 20270101, .passes = true },
};

/* Unknown days are open; reversed ones mean what lies between. */
static const struct {
	struct days days;
	int32_t first, last;
} periods[] = {
	{ { 0, 0, 0, 0 }, 0, 0 },
	{ { 20240101, 20241231, 0, 0 }, 20240101, 20241231 },
	{ { 20240101, 20241231, 20240201, 0 }, 20240201, 20241231 },
	{ { 20240101, 20241231, 20240201, 20250131 }, 20240201, 20250131 },
	{ { 20240101, 0, 0, 0 }, 20240101, 0 },
	{ { 0, 20241231, 0, 0 }, 0, 20241231 },
	{ { 20240101, 20241231, 20250301, 0 }, 20241231, 20250301 },
};

static void test_periods(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(periods) / sizeof(periods[0]); i++) {
		int32_t first, last;

		project_period(&periods[i].days, &first, &last);
		assert_int_equal(first, periods[i].first);
		assert_int_equal(last, periods[i].last);
	}
}

static void test_open_periods(void **state)
{
	struct query q;

	(void)state;
	query_init(&q);
	q.from = 20300101;
	q.to = 20300102;
	assert_true(query_meets_period(&q, 0, 0));
	assert_true(query_meets_period(&q, 20240101, 0));
	assert_false(query_meets_period(&q, 20310101, 0));
	assert_false(query_meets_period(&q, 0, 20291231));
	assert_true(query_meets_period(&q, 0, 20300101));
}

static struct query query_of(const struct match_case *c)
{
	struct query q;

	query_init(&q);
	q.districts = c->districts;
	q.district_none = c->none;
	q.years = c->years;
	q.status = c->status;
	q.category = c->category;
	q.work_kind = c->work_kind;
	q.levels = c->levels;
	q.min_planned = c->min ? c->min : q.min_planned;
	q.max_planned = c->max ? c->max : q.max_planned;
	q.overdue = c->overdue - 1;
	q.from = c->from;
	q.to = c->to ? c->to : q.to;
	return q;
}

static void test_matches(void **state)
{
	struct facts f = sample();

	(void)state;
	for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		struct query q = query_of(&matches[i]);

		if (query_matches(&q, &f) != matches[i].passes)
			fail_msg("case %zu", i);
		assert_int_equal(query_has_filter(&q), i > 0);
	}
}

static void test_unknown_amount_matches_only_open(void **state)
{
	struct facts f = sample();
	struct query q;

	(void)state;
	f.planned = MONEY_UNKNOWN;
	query_init(&q);
	assert_true(query_matches(&q, &f));
	q.max_planned = 1000000;
	assert_false(query_matches(&q, &f));
	query_init(&q);
	q.min_planned = 0;
	assert_false(query_matches(&q, &f));
}

static void test_home_none(void **state)
{
	struct facts f = sample();
	struct query q;

	(void)state;
	f.home = DISTRICT_NONE;
	f.districts = 0;
	query_init(&q);
	q.district_none = true;
	assert_true(query_matches(&q, &f));
	q.district_none = false;
	q.districts = UINT64_MAX;
	assert_false(query_matches(&q, &f));
}

static void test_hash_tells_queries_apart(void **state)
{
	enum { N = sizeof(matches) / sizeof(matches[0]) };
	uint64_t seen[N + 3];
	struct query q;
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < N; i++) {
		q = query_of(&matches[i]);
		seen[n++] = query_hash(&q);
	}
	query_init(&q);
	q.has_bbox = true;
	seen[n++] = query_hash(&q);
	q.place = PLACE_LOCATED;
	seen[n++] = query_hash(&q);
	q.q = str_from("мектеп");
	seen[n++] = query_hash(&q);
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (seen[i] == seen[j])
				fail_msg("cases %zu and %zu", j, i);
}

static void test_hash_ignores_page(void **state)
{
	struct query a, b;

	(void)state;
	query_init(&a);
	query_init(&b);
	a.has_bbox = b.has_bbox = true;
	b.bbox.west = -0.0;
	b.limit = 7;
	b.after = (struct query_cursor){ true, 3, 4, 5 };
	assert_true(query_hash(&a) == query_hash(&b));
}

static const struct query_cursor cursors[] = {
	{ true, 1, 0, 1 },
	{ true, INT64_MAX, INT64_MAX, INT64_MAX },
	{ true, 12, INT64_MAX, 600 },
	{ true, 9, 281474976710655, 1 },
};

static void test_cursor_round_trip(void **state)
{
	struct query q;
	struct buf b;

	(void)state;
	query_init(&q);
	buf_init(&b, 1000);
	for (size_t i = 0; i < sizeof(cursors) / sizeof(cursors[0]); i++) {
		struct query_cursor got = { 0 };
		struct err e = { 0 };

		buf_reset(&b);
		query_cursor_write(&b, &q, &cursors[i]);
		assert_true(query_cursor_parse(&got, &q, buf_str(&b), &e));
		assert_true(got.set);
		assert_true(got.version == cursors[i].version);
		assert_true(got.key == cursors[i].key);
		assert_true(got.id == cursors[i].id);
	}
	buf_free(&b);
}

static void test_cursor_every_changed_letter_is_refused(void **state)
{
	struct query q, other;
	struct query_cursor got = { 0 };
	struct buf b;

	(void)state;
	query_init(&q);
	query_init(&other);
	other.status = 1;
	buf_init(&b, 1000);
	query_cursor_write(&b, &q, &cursors[2]);
	assert_false(query_cursor_parse(&got, &other, buf_str(&b), NULL));
	for (size_t i = 0; i < b.len; i++) {
		char was = b.data[i];

		b.data[i] = was == 'A' ? 'B' : 'A';
		assert_false(query_cursor_parse(&got, &q, buf_str(&b), NULL));
		b.data[i] = was;
	}
	b.len--;
	assert_false(query_cursor_parse(&got, &q, buf_str(&b), NULL));
	assert_false(query_cursor_parse(&got, &q, (struct str){ 0 }, NULL));
	assert_false(got.set);
	buf_free(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_unknown_amount_matches_only_open),
		cmocka_unit_test(test_home_none),
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_open_periods),
		cmocka_unit_test(test_hash_tells_queries_apart),
		cmocka_unit_test(test_hash_ignores_page),
		cmocka_unit_test(test_cursor_round_trip),
		cmocka_unit_test(test_cursor_every_changed_letter_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
