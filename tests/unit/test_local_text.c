#include "format/local_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NB "\xC2\xA0"
#define SIGN "\xE2\x82\xB8"
#define TENGE NB SIGN

enum { KK, RU, EN };

typedef void writer(struct buf *b, struct str text, int lang);

static const struct {
	writer *write;
	const char *in;
	int lang;
	const char *out;
} cases[] = {
	{ local_add_number, "0", KK, "0" },
	{ local_add_number, "999", RU, "999" },
	{ local_add_number, "1000", RU, "1" NB "000" },
	{ local_add_number, "-123456", RU, "-123" NB "456" },
	{ local_add_number, "1234567.125", KK, "1" NB "234" NB "567,125" },
	{ local_add_number, "1234567.125", EN, "1,234,567.125" },
	{ local_add_number, "", KK, "" },
	{ local_add_money, "0", KK, "0" TENGE },
	{ local_add_money, "5.5", RU, "5,50" TENGE },
	{ local_add_money, "0.05", EN, SIGN "0.05" },
	{ local_add_money, "-1234567890.25", EN, SIGN "-1,234,567,890.25" },
	{ local_add_money, "92233720368547758.08", KK,
	    "92" NB "233" NB "720" NB "368" NB "547" NB "758,08" TENGE },
	{ local_add_day, "2026-01-05", KK, "05.01.2026" },
	{ local_add_day, "2026-12-31", RU, "31.12.2026" },
	{ local_add_day, "2026-01-05", EN, "5 Jan 2026" },
	{ local_add_day, "2026-12-31", EN, "31 Dec 2026" },
	{ local_add_day, "2026-99-31", EN, "31 Mar 2026" },
	{ local_add_day, "2026-1-5", EN, "2026-1-5" },
	{ local_add_day, "yyyy-mm-dd", KK, "yyyy-mm-dd" },
	{ local_add_day, "", EN, "" },
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b;

		buf_init(&b, SIZE_MAX);
		cases[i].write(&b, str_from(cases[i].in), cases[i].lang);
		buf_add_char(&b, '\0');
		assert_string_equal(b.data, cases[i].out);
		buf_free(&b);
	}
}

/* A buf without room fails, and nothing is written behind its end. */
static void test_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b;

		buf_init(&b, 1);
		cases[i].write(&b, str_from(cases[i].in), cases[i].lang);
		assert_true(b.failed || cases[i].out[0] == '\0' ||
			    cases[i].out[1] == '\0');
		assert_true(b.len <= 1);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_limits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
