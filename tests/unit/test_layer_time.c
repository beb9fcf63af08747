/* Which attributes tell the time of a layer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "query/layer_time.h"

enum { FIELDS = 3 };

static const struct {
	struct field fields[FIELDS];
	struct layer_time time;
} cases[] = {
	{ { { "begin", VALUE_DAY, { 0 } }, { "end", VALUE_TIME, { 0 } },
	      { "when", VALUE_DAY, { 0 } } },
	    { 0, 1 } },
	{ { { "when", VALUE_DAY, { 0 } }, { "n", VALUE_INT, { 0 } },
	      { "end", VALUE_DAY, { 0 } } },
	    { -1, 2 } },
	{ { { "built", VALUE_DAY, { 0 } }, { "begin", VALUE_TEXT, { 0 } },
	      { "when", VALUE_TIME, { 0 } } },
	    { 2, 2 } },
	{ { { "n", VALUE_INT, { 0 } }, { "built", VALUE_DAY, { 0 } },
	      { "seen", VALUE_TIME, { 0 } } },
	    { 1, 1 } },
	{ { { "n", VALUE_INT, { 0 } }, { "when", VALUE_TEXT, { 0 } },
	      { "end", VALUE_TEXT, { 0 } } },
	    { -1, -1 } },
};

static void test_rule(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct schema s = { "layer", cases[i].fields, FIELDS };
		struct layer_time t = layer_time_of(&s);

		assert_int_equal(t.begin, cases[i].time.begin);
		assert_int_equal(t.end, cases[i].time.end);
		assert_int_equal(
		    layer_time_is_known(&t), t.begin >= 0 || t.end >= 0);
	}
}

static void test_days(void **state)
{
	static const struct value values[] = {
		{ .type = VALUE_DAY, .integer = 20240501 },
		/* 2024-05-02, 20:00 in UTC */
		{ .type = VALUE_TIME, .integer = 1714680000 },
		{ .type = VALUE_NULL },
	};
	static const struct {
		struct layer_time time;
		int32_t first, last;
	} asked[] = {
		{ { 0, 1 }, 20240501, 20240503 },
		{ { 1, 1 }, 20240503, 20240503 },
		{ { 0, 2 }, 20240501, 0 },
		{ { -1, 0 }, 0, 20240501 },
		{ { -1, -1 }, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct days days;
		int32_t first, last;

		layer_time_days(&days, &asked[i].time, values);
		project_period(&days, &first, &last);
		assert_int_equal(first, asked[i].first);
		assert_int_equal(last, asked[i].last);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_days),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
