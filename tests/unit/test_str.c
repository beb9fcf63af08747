#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_comparing(void **state)
{
	(void)state;
	assert_true(str_equal(str_from(""), str_from(NULL)));
	assert_true(str_is(str_from("abc"), "abc"));
	assert_false(str_is(str_from("abc"), "ab"));
	assert_false(str_is((struct str){ "a\0b", 3 }, "a"));
	assert_true(str_starts(str_from("abc"), "ab"));
	assert_true(str_starts(str_from("abc"), ""));
	assert_true(str_starts(str_from(NULL), ""));
	assert_false(str_starts(str_from("ab"), "abc"));
}

static void test_trimming(void **state)
{
	static const char *const cases[][2] = { { "", "" }, { "  ", "" },
		{ "a", "a" }, { " \t\r\n a b \v\f", "a b" } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_true(
		    str_is(str_trim(str_from(cases[i][0])), cases[i][1]));
}

static void test_cutting(void **state)
{
	struct str rest = str_from("a,,b,");

	(void)state;
	assert_true(str_is(str_cut(&rest, ','), "a"));
	assert_true(str_is(str_cut(&rest, ','), ""));
	assert_true(str_is(str_cut(&rest, ','), "b"));
	assert_non_null(rest.data);
	assert_true(str_is(str_cut(&rest, ','), ""));
	assert_null(rest.data);
	assert_int_equal(rest.len, 0);
	rest = (struct str){ NULL, 0 };
	assert_true(str_is(str_cut(&rest, ','), ""));
}

static void test_integers(void **state)
{
	static const struct {
		const char *text;
		bool good;
		int64_t value;
	} cases[] = {
		{ "0", true, 0 },
		{ "-0", true, 0 },
		{ "007", true, 7 },
		{ "9223372036854775807", true, INT64_MAX },
		{ "-9223372036854775808", true, INT64_MIN },
		{ "9223372036854775808", false, 0 },
		{ "-9223372036854775809", false, 0 },
		{ "99999999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1.0", false, 0 },
		{ "0x1", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t value = 42;

		assert_int_equal(str_to_int64(str_from(cases[i].text), &value),
		    cases[i].good);
		assert_int_equal(value, cases[i].good ? cases[i].value : 42);
	}
}

static void test_numbers(void **state)
{
	static const struct {
		const char *text;
		bool good;
		double value;
	} cases[] = {
		{ "0", true, 0 },
		{ "68.25", true, 68.25 },
		{ "-68.2512345678", true, -68.2512345678 },
		{ ".5", true, 0.5 },
		{ "5.", true, 5 },
		{ "1e3", true, 1000 },
		{ "1E+3", true, 1000 },
		{ "25e-1", true, 2.5 },
		{ "1.7976931348623157e308", true, 1.7976931348623157e308 },
		{ "4.9e-324", true, 4.9e-324 },
		{ "1e-400", true, 0 },
		{ "0.10000000000000000000000000000000000000", true, 0.1 },
		{ "123456789012345678901234567890", true,
		    123456789012345678901234567890.0 },
		{ "1e999", false, 0 },
		{ "1e99999999999999999999", false, 0 },
		{ "", false, 0 },
		{ ".", false, 0 },
		{ "-", false, 0 },
		{ "-.e1", false, 0 },
		{ "1e", false, 0 },
		{ "1e+", false, 0 },
		{ "1.2.3", false, 0 },
		{ "1,5", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "nan", false, 0 },
		{ "inf", false, 0 },
		{ "0x10", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		double expected = cases[i].good ? cases[i].value : 42;
		double value = 42;

		assert_int_equal(str_to_double(str_from(cases[i].text), &value),
		    cases[i].good);
		assert_memory_equal(&value, &expected, sizeof(value));
	}
}

static void print_number(char *text, size_t size, double number, size_t form)
{
	switch (form) {
	case 0:
		snprintf(text, size, "%.17g", number);
		break;
	case 1:
		snprintf(text, size, "%.7f", number);
		break;
	case 2:
		snprintf(text, size, "%.15e", number);
		break;
	default:
		snprintf(text, size, "%.3f", number);
	}
}

/* Numbers as people and printf write them are read as strtod reads them. */
static void test_numbers_as_strtod(void **state)
{
	uint64_t random = 88172645463325252;
	char text[400];

	(void)state;
	for (size_t i = 0; i < 200000; i++) {
		double made, value = 0, expected;

		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		made = (double)(int64_t)random /
		       (double)(1 + (random >> 5) % 1000000000000);
		print_number(text, sizeof(text), made, i % 4);
		expected = strtod(text, NULL);
		if (!str_to_double(str_from(text), &value) ||
		    memcmp(&value, &expected, sizeof(value)) != 0)
			fail_msg("%s was read as %.17g", text, value);
	}
}

static void test_very_long_number_is_refused(void **state)
{
	char text[1000];
	double value = 42;

	(void)state;
	memset(text, '1', sizeof(text));
	assert_false(str_to_double((struct str){ text, sizeof(text) }, &value));
	assert_false(str_to_double((struct str){ text, 400 }, &value));
	assert_true(str_to_double((struct str){ text, 300 }, &value));
	assert_true(value > 1e299);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comparing),
		cmocka_unit_test(test_trimming),
		cmocka_unit_test(test_cutting),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_numbers_as_strtod),
		cmocka_unit_test(test_very_long_number_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
