#include "query/params.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct param param_lon = { .name = "lon",
	.type = PARAM_NUMBER,
	.flags = PARAM_REQUIRED,
	.min = -180,
	.max = 180 };
static const struct param param_zoom = {
	.name = "zoom", .type = PARAM_INT, .min = 0, .max = 22
};

static const struct param *const item_rows[] = { &param_bbox, &param_district,
	&param_status, &param_category, &param_work_kind, &param_year,
	&param_budget_level, &param_min_planned, &param_max_planned,
	&param_overdue, &param_datetime, &param_place, &param_q, &param_limit,
	&param_cursor, &param_lang, &param_zoom };
static const struct param_table items = { item_rows,
	sizeof(item_rows) / sizeof(item_rows[0]) };

static const struct param *const where_rows[] = { &param_lon };
static const struct param_table where = { where_rows, 1 };

static const struct str katos[] = { { "611600000", 9 }, { "612000000", 9 } };

#define NUL_IN "a%00b"

/* Refused, and the parameter the refusal names ("" where it may not). */
static const struct {
	const char *query, *param;
} bad[] = {
	{ "bbox=", "bbox" },
	{ "bbox", "bbox" },
	{ "bbox=1,2,3", "bbox" },
	{ "bbox=1,2,3,4,5", "bbox" },
	{ "bbox=1,2,3,4,5,6,7", "bbox" },
	{ "bbox=1,9,3,4", "bbox" },
	{ "bbox=1,2,3,nan", "bbox" },
	{ "bbox=1,2,3,inf", "bbox" },
	{ "bbox=1,2,3,1e999", "bbox" },
	{ "bbox=-181,0,1,1", "bbox" },
	{ "bbox=0,-91,1,1", "bbox" },
	{ "bbox=0,0,1,91", "bbox" },
	{ "bbox=1,2,3,0x4", "bbox" },
	{ "bbox=1,,3,4", "bbox" },
	{ "bbox=1%202,3,4", "bbox" },
	{ "bbox=%F0%90", "bbox" },
	{ "bbox=1,2,3,4&bbox=1,2,3,4", "bbox" },
	{ "district=", "district" },
	{ "district=61160000", "district" },
	{ "district=6116000000", "district" },
	{ "district=61160000x", "district" },
	{ "district=611600000,", "district" },
	{ "district=,611600000", "district" },
	{ "district=../../etc", "district" },
	{ "district=NONE", "district" },
	{ "district=999999999", "district" },
	{ "status=", "status" },
	{ "status=built", "status" },
	{ "status=Completion", "status" },
	{ "status=completion,,", "status" },
	{ "status=completion%00", "status" },
	{ "status=completion&status=completion", "status" },
	{ "category=schools", "category" },
	{ "work_kind=1", "work_kind" },
	{ "year=", "year" },
	{ "year=1999", "year" },
	{ "year=2064", "year" },
	{ "year=20x4", "year" },
	{ "year=+2024", "year" },
	{ "year=2024.0", "year" },
	{ "year=2024,", "year" },
	{ "budget_level=village", "budget_level" },
	{ "min_planned=", "min_planned" },
	{ "min_planned=-1", "min_planned" },
	{ "min_planned=1e6", "min_planned" },
	{ "min_planned=1.234", "min_planned" },
	{ "min_planned=1.", "min_planned" },
	{ "min_planned=.5", "min_planned" },
	{ "min_planned=NaN", "min_planned" },
	{ "min_planned=Infinity", "min_planned" },
	{ "min_planned=1,5", "min_planned" },
	{ "min_planned=90000000000000001", "min_planned" },
	{ "min_planned=99999999999999999999999", "min_planned" },
	{ "min_planned=2&max_planned=1", "min_planned" },
	{ "max_planned=x", "max_planned" },
	{ "overdue=1", "overdue" },
	{ "overdue=TRUE", "overdue" },
	{ "datetime=", "datetime" },
	{ "datetime=2026", "datetime" },
	{ "datetime=2026-13-01", "datetime" },
	{ "datetime=2026-02-30", "datetime" },
	{ "datetime=2026-01-31T12:00:00", "datetime" },
	{ "datetime=2026-01-31T25:00:00Z", "datetime" },
	{ "datetime=2026-01-31T12:00Z", "datetime" },
	{ "datetime=2026-01-31T12:00:00+0500", "datetime" },
	{ "datetime=2026-01-31T12:00:00%2B24:00", "datetime" },
	{ "datetime=..", "datetime" },
	{ "datetime=../..", "datetime" },
	{ "datetime=/", "datetime" },
	{ "datetime=2026-01-31/2026-01-30", "datetime" },
	{ "datetime=2026-01-30/2026-01-31/2026-02-01", "datetime" },
	{ "datetime=2026-01-30,2026-01-31", "datetime" },
	{ "datetime=now", "datetime" },
	{ "datetime=%D9%A2026-01-30", "datetime" },
	{ "place=here", "place" },
	{ "q=", "q" },
	{ "q=%20%21", "q" },
	{ "q=%FF%FE", "q" },
	{ "q=%C0%AF", "q" },
	{ "q=%ED%A0%80", "q" },
	{ "q=" NUL_IN, "q" },
	{ "q=a%0Ab", "q" },
	{ "q=a%7Fb", "q" },
	{ "limit=", "limit" },
	{ "limit=0", "limit" },
	{ "limit=-1", "limit" },
	{ "limit=ten", "limit" },
	{ "limit=1.5", "limit" },
	{ "limit=%2B5", "limit" },
	{ "limit=5%20", "limit" },
	{ "limit=NaN", "limit" },
	{ "limit=-99999999999999999999", "limit" },
	{ "limit=5&limit=6", "limit" },
	{ "cursor=", "cursor" },
	{ "cursor=abc", "cursor" },
	{ "cursor=a/b", "cursor" },
	{ "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "cursor" },
	{ "lang=de", "lang" },
	{ "lang=KK", "lang" },
	{ "zoom=23", "zoom" },
	{ "zoom=99999999999999999999", "zoom" },
	{ "unknownQueryParameter=1", "" },
	{ "q%00=1", "" },
	{ "=1", "" },
	{ "=", "" },
	{ "Limit=1", "" },
	{ "%FF=1", "" },
	{ "limit=%", "limit" },
	{ "limit=%5", "limit" },
	{ "limit=%zz", "limit" },
	{ "%=1", "" },
};

static bool read_query(const char *text, enum params_mode mode, struct query *q,
    struct params *p, struct arena *a, struct err *e)
{
	query_init(q);
	return params_parse(p, &items, str_from(text), mode, a, e) &&
	       params_to_query(q, p, katos, 2, a, e);
}

static void test_bad(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct params p;
		struct query q;
		struct err e = { 0 };

		arena_reset(&a);
		if (read_query(bad[i].query, PARAMS_STRICT, &q, &p, &a, &e))
			fail_msg("accepted: %s", bad[i].query);
		if (e.code != ERR_INPUT || strcmp(e.param, bad[i].param))
			fail_msg("%s: code %d, param %s", bad[i].query,
			    (int)e.code, e.param);
		assert_true(e.text[0]);
	}
	arena_free(&a);
}

/* A value never comes back in the sentence about it. */
static void test_refusal_does_not_echo(void **state)
{
	static const char marker[] = "zqxj";
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < items.n; i++) {
		struct params p;
		struct query q;
		struct err e = { 0 };
		char text[128];

		if (items.rows[i]->type == PARAM_TEXT)
			continue;
		snprintf(
		    text, sizeof(text), "%s=%s", items.rows[i]->name, marker);
		arena_reset(&a);
		assert_false(read_query(text, PARAMS_STRICT, &q, &p, &a, &e));
		assert_null(strstr(e.text, marker));
	}
	arena_free(&a);
}

static void test_too_long(void **state)
{
	static char text[PARAMS_QUERY_MAX + 3] = "q=";
	struct params p;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	memset(text + 2, 'a', QUERY_TEXT_MAX);
	assert_true(
	    params_parse(&p, &items, str_from(text), PARAMS_STRICT, &a, NULL));
	text[2 + QUERY_TEXT_MAX] = 'a';
	assert_false(
	    params_parse(&p, &items, str_from(text), PARAMS_STRICT, &a, NULL));
	memset(text + 2, 'a', PARAMS_QUERY_MAX - 1);
	assert_false(
	    params_parse(&p, &items, str_from(text), PARAMS_PAGE, &a, NULL));
	arena_free(&a);
}

static void test_good(void **state)
{
	static const char text[] =
	    "bbox=170,-10,-170,10&district=612000000,none&status=completion,"
	    "suspended&category=health&work_kind=design&year=2024,2026&"
	    "budget_level=oblast&min_planned=1.5&max_planned=90000000000000000"
	    "&overdue=true&place=located&q=%D2%9A%D0%90%D0%97%D0%90%D2%9A+1"
	    "&limit=20";
	struct params p;
	struct query q;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, 1 << 20);
	assert_true(read_query(text, PARAMS_STRICT, &q, &p, &a, &e));
	assert_true(q.has_bbox && q.bbox.west > q.bbox.east);
	assert_true(q.districts == 2 && q.district_none);
	assert_int_equal(
	    q.status, 1 << STATUS_COMPLETION | 1 << STATUS_SUSPENDED);
	assert_int_equal(q.category, 2);
	assert_int_equal(q.work_kind, 1 << 8);
	assert_true(q.years == ((uint64_t)1 << 24 | (uint64_t)1 << 26));
	assert_int_equal(q.levels, 4);
	assert_true(q.min_planned == 150);
	assert_true(q.max_planned == 9000000000000000000);
	assert_int_equal(q.overdue, 1);
	assert_int_equal(q.place, PLACE_LOCATED);
	assert_true(str_is(q.q, "казак 1"));
	assert_int_equal(q.limit, 20);
	arena_free(&a);
}

/* Days are those of Asia/Almaty: UTC+6 until March 2024, then UTC+5. */
static const struct {
	const char *value;
	int32_t from, to;
} datetimes[] = {
	{ "2026-01-31", 20260131, 20260131 },
	{ "2026-01-31T18:59:59Z", 20260131, 20260131 },
	{ "2026-01-31T19:00:00Z", 20260201, 20260201 },
	{ "2020-01-31T18:00:00Z", 20200201, 20200201 },
	{ "2026-01-31t18:59:59.999z", 20260131, 20260131 },
	{ "2026-02-01T00:00:00%2B05:00", 20260201, 20260201 },
	{ "2026-02-01T00:00:00+05:00", 20260201, 20260201 },
	{ "2026-01-31T23:30:00-11:30", 20260201, 20260201 },
	{ "2025-01-01/2026-01-01", 20250101, 20260101 },
	{ "2025-01-01T00:00:00Z/2025-01-01T23:00:00Z", 20250101, 20250102 },
	{ "../2026-01-01", 0, 20260101 },
	{ "/2026-01-01", 0, 20260101 },
	{ "2026-01-01/..", 20260101, INT32_MAX },
	{ "2026-01-01/", 20260101, INT32_MAX },
	{ "0000-01-01T00:00:00Z/9999-12-31", 101, 99991231 },
};

static void test_datetimes(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof(datetimes) / sizeof(datetimes[0]); i++) {
		struct params p;
		struct query q;
		char text[128];

		snprintf(text, sizeof(text), "datetime=%s", datetimes[i].value);
		if (!read_query(text, PARAMS_STRICT, &q, &p, &a, NULL) ||
		    q.from != datetimes[i].from || q.to != datetimes[i].to)
			fail_msg("%s: %d %d", text, q.from, q.to);
	}
	arena_free(&a);
}

static void test_limit_is_clamped(void **state)
{
	static const char *const huge[] = { "limit=10001",
		"limit=99999999999999999999999999" };
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof(huge) / sizeof(huge[0]); i++) {
		struct params p;
		struct query q;

		assert_true(
		    read_query(huge[i], PARAMS_STRICT, &q, &p, &a, NULL));
		assert_int_equal(q.limit, QUERY_LIMIT_MAX);
		assert_true(str_is(params_text(&p, "limit"), "10000"));
	}
	arena_free(&a);
}

static void test_defaults(void **state)
{
	struct params p;
	struct query q;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_true(read_query("", PARAMS_STRICT, &q, &p, &a, NULL));
	assert_int_equal(q.limit, QUERY_LIMIT_DEFAULT);
	assert_false(query_has_filter(&q));
	assert_false(params_has(&p, "limit"));
	assert_int_equal(params_int(&p, "limit"), 100);
	assert_true(str_is(params_text(&p, "lang"), "kk"));
	assert_null(params_text(&p, "q").data);
	assert_null(params_text(&p, "elsewhere").data);
	assert_true(read_query("&&limit=5&", PARAMS_STRICT, &q, &p, &a, NULL));
	assert_int_equal(q.limit, 5);
	arena_free(&a);
}

static void test_required(void **state)
{
	struct params p;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, 1 << 20);
	assert_false(
	    params_parse(&p, &where, str_from(""), PARAMS_STRICT, &a, &e));
	assert_string_equal(e.param, "lon");
	assert_false(params_parse(
	    &p, &where, str_from("lon=181"), PARAMS_STRICT, &a, NULL));
	assert_false(params_parse(
	    &p, &where, str_from("lon=-inf"), PARAMS_STRICT, &a, NULL));
	assert_true(params_parse(
	    &p, &where, str_from("lon=-67.5"), PARAMS_STRICT, &a, NULL));
	assert_true(params_number(&p, "lon") == -67.5);
	arena_free(&a);
}

static void test_pages_pass_over_what_they_do_not_know(void **state)
{
	struct params p;
	struct query q;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_true(
	    read_query("utm_source=x&fbclid=%FF&limit=3&utm_source=y&q=&status",
		PARAMS_PAGE, &q, &p, &a, NULL));
	assert_int_equal(q.limit, 3);
	assert_false(params_has(&p, "q") || params_has(&p, "status"));
	assert_false(read_query("limit=x", PARAMS_PAGE, &q, &p, &a, NULL));
	arena_free(&a);
}

/* A form sends all its fields; what it does not know is still refused. */
static void test_forms(void **state)
{
	struct params p;
	struct query q;
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_true(read_query(
	    "q=&status=&limit=3&bbox=", PARAMS_FORM, &q, &p, &a, NULL));
	assert_int_equal(q.limit, 3);
	assert_false(params_has(&p, "q") || params_has(&p, "bbox"));
	assert_false(read_query("qq=", PARAMS_FORM, &q, &p, &a, NULL));
	assert_false(read_query("q=&q=a&q=b", PARAMS_FORM, &q, &p, &a, NULL));
	arena_free(&a);
}

static void test_normalised(void **state)
{
	struct params p;
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, 1 << 20);
	buf_init(&b, 1000);
	assert_true(params_parse(&p, &items,
	    str_from("q=a%2bb+%26%22&limit=7&bbox=1,2,3,4"), PARAMS_STRICT, &a,
	    NULL));
	params_write(&b, &p, NULL);
	assert_true(
	    str_is(buf_str(&b), "bbox=1,2,3,4&q=a%2Bb%20%26%22&limit=7"));
	buf_reset(&b);
	params_write(&b, &p, "bbox");
	assert_true(str_is(buf_str(&b), "q=a%2Bb%20%26%22&limit=7"));
	buf_free(&b);
	arena_free(&a);
}

static void test_without_memory(void **state)
{
	struct params p;
	struct query q;
	struct arena a;
	struct err e = { 0 };
	bool done = false;

	(void)state;
	for (size_t limit = 0; !done && limit < 10000; limit += 8) {
		arena_init(&a, limit);
		err_clear(&e);
		done = read_query("q=abc&limit=99999&status=design",
			   PARAMS_STRICT, &q, &p, &a, &e) ||
		       e.code == ERR_INPUT;
		assert_true(done || e.code == ERR_MEMORY);
		arena_free(&a);
	}
	assert_true(done);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_refusal_does_not_echo),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_datetimes),
		cmocka_unit_test(test_limit_is_clamped),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_required),
		cmocka_unit_test(test_pages_pass_over_what_they_do_not_know),
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_normalised),
		cmocka_unit_test(test_without_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
