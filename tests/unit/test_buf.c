#include "base/buf.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

/* Compares with what is in the buf and empties it. */
static void assert_buf(struct buf *b, const char *text)
{
	assert_false(b->failed);
	buf_add_char(b, '\0');
	assert_string_equal(b->data, text);
	buf_reset(b);
}

static void test_growth_is_geometric(void **state)
{
	struct buf b;
	int moves = 0;
	size_t size = 0;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (int i = 0; i < 1 << 20; i++) {
		buf_add_char(&b, (char)i);
		moves += b.size != size;
		size = b.size;
	}
	assert_int_equal(b.len, 1 << 20);
	assert_true(moves < 16);
	for (size_t i = 0; i < b.len; i++)
		if (b.data[i] != (char)i)
			fail();
	buf_free(&b);
}

static void test_limit_and_failure_are_sticky(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 5);
	buf_add_text(&b, "abc");
	buf_add_text(&b, "def");
	assert_true(b.failed);
	buf_add_text(&b, "g");
	assert_int_equal(b.len, 3);
	assert_null(buf_reserve(&b, 1));
	buf_reset(&b);
	buf_add_text(&b, "abcde");
	assert_false(b.failed);
	assert_true(str_is(buf_str(&b), "abcde"));
	buf_free(&b);
	assert_int_equal(b.limit, 5);
	mem_fail_after(0);
	buf_add_char(&b, 'a');
	mem_fail_after(-1);
	assert_true(b.failed);
	buf_free(&b);
}

static void test_reserve_and_format(void **state)
{
	static char text[2000];
	struct buf b;
	char *to;

	(void)state;
	buf_init(&b, 2004);
	to = buf_reserve(&b, 3);
	memcpy(to, "xyz", 3);
	b.len += 3;
	memset(text, 'a', sizeof(text) - 1);
	buf_add_format(&b, "%s", text);
	assert_int_equal(b.len, 2002);
	assert_int_equal(b.data[2001], 'a');
	buf_add_format(&b, "%d", 100);
	assert_true(b.failed);
	buf_reset(&b);
	buf_add_format(&b, "%d %s", 7, "words");
	assert_buf(&b, "7 words");
	buf_free(&b);
}

static void test_integers(void **state)
{
	static const struct {
		int64_t value;
		const char *text, *money;
	} cases[] = {
		{ 0, "0", "0" },
		{ 1, "1", "0.01" },
		{ -1, "-1", "-0.01" },
		{ 10, "10", "0.1" },
		{ 99, "99", "0.99" },
		{ 100, "100", "1" },
		{ -12345, "-12345", "-123.45" },
		{ 123450, "123450", "1234.5" },
		{ INT64_MAX, "9223372036854775807", "92233720368547758.07" },
		{ INT64_MIN, "-9223372036854775808", "-92233720368547758.08" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_add_int(&b, cases[i].value);
		assert_buf(&b, cases[i].text);
		buf_add_money(&b, cases[i].value);
		assert_buf(&b, cases[i].money);
	}
	buf_free(&b);
}

static void test_doubles(void **state)
{
	static const struct {
		double value;
		int digits;
		const char *text;
	} cases[] = {
		{ 0.0, 7, "0" },
		{ -0.0, 7, "0" },
		{ -0.00000004, 7, "0" },
		{ -0.00000006, 7, "-0.0000001" },
		{ -0.4, 0, "0" },
		{ 0.5, 0, "0" }, /* ties go to even, as printf does */
		{ 1.5, 0, "2" },
		{ 2.5, 0, "2" },
		{ 68.2512345678, 7, "68.2512346" },
		{ -68.25, 7, "-68.25" },
		{ 180, 7, "180" },
		{ 1.05, 1, "1.1" },
		{ 1.45, 1, "1.4" },
		{ 0.99999996, 7, "1" },
		{ 9.9999999999, 7, "10" },
		{ 0.000000000000001, 15, "0.000000000000001" },
		{ 1e22, 7, "10000000000000000000000" },
		{ 2251799813685249.5, 2, "2251799813685249.5" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		buf_add_double(&b, cases[i].value, cases[i].digits);
		assert_buf(&b, cases[i].text);
	}
	buf_add_double(&b, (double)NAN, 7);
	assert_true(b.failed);
	buf_reset(&b);
	buf_add_double(&b, (double)INFINITY, 7);
	assert_true(b.failed);
	buf_free(&b);
}

/* What printf writes, without trailing zeros and without -0. */
static void expected_double(char *text, size_t size, double value, int digits)
{
	size_t len;

	snprintf(text, size, "%.*f", digits, value);
	len = strlen(text);
	if (digits > 0) {
		while (text[len - 1] == '0')
			len--;
		if (text[len - 1] == '.')
			len--;
		text[len] = '\0';
	}
	if (strcmp(text, "-0") == 0)
		memmove(text, text + 1, 2);
}

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Any bits, coordinates, and decimals that end in a five. */
static double random_double(uint64_t *state, int kind)
{
	uint64_t bits = next_random(state);
	double value;

	if (kind == 0) {
		memcpy(&value, &bits, sizeof(value));
		return isfinite(value) ? value : 1;
	}
	value = (double)(int64_t)(bits % 3600000000000) / 1e10 - 180;
	if (kind == 1)
		return value;
	return (double)(bits % 1000000) / 100000 + 0.000005;
}

static void test_doubles_as_printf(void **state)
{
	char text[400];
	uint64_t random = 88172645463325252;
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (int i = 0; i < 300000; i++) {
		double value = random_double(&random, i % 3);
		int digits = (int)(next_random(&random) % 16);

		expected_double(text, sizeof(text), value, digits);
		buf_add_double(&b, value, digits);
		if (b.len != strlen(text) || memcmp(b.data, text, b.len) != 0)
			fail_msg("%.17g with %d digits gave %.*s, not %s",
			    value, digits, (int)b.len, b.data, text);
		buf_reset(&b);
	}
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_growth_is_geometric),
		cmocka_unit_test(test_limit_and_failure_are_sticky),
		cmocka_unit_test(test_reserve_and_format),
		cmocka_unit_test(test_integers),
		cmocka_unit_test(test_doubles),
		cmocka_unit_test(test_doubles_as_printf),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
