#include "store/bin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Made for tests: valid by the first weights, by the second, and for no check
 * digit at all; and a person's. */
static void numbers_are_told_apart(void **state)
{
	static const struct {
		const char *text;
		enum bin_kind kind;
	} cases[] = {
		{ "150140000002", BIN_ORGANISATION },
		{ "150140000305", BIN_ORGANISATION },
		{ "150140000003", BIN_BAD },
		{ "900101300007", BIN_PERSON },
		{ "900101300008", BIN_BAD },
		{ "15014000000", BIN_BAD },
		{ "1501400000020", BIN_BAD },
		{ "15014000000a", BIN_BAD },
		{ " 50140000002", BIN_BAD },
		{ "", BIN_BAD },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    bin_classify(str_from(cases[i].text)), cases[i].kind);
}

static void some_numbers_have_no_check_digit(void **state)
{
	char text[] = "150140000380";

	(void)state;
	for (char digit = '0'; digit <= '9'; digit++) {
		text[BIN_DIGITS - 1] = digit;
		assert_int_equal(bin_classify(str_from(text)), BIN_BAD);
	}
}

static void people_are_found_in_texts(void **state)
{
	static const struct {
		const char *text;
		bool found;
	} cases[] = {
		{ "900101300007", true },
		{ "ЖК Иванов, ЖСН 900101300007.", true },
		{ "ИИН:900101 300007", true },
		{ "900101-300007", true },
		{ "900101\xC2\xA0"
		  "300007",
		    true },
		{ "x900101300007x", true },
		{ "9001013000070", false }, /* a longer number */
		{ "1900101300007", false },
		{ "900101300008", false }, /* check digit */
		{ "901301300004", false }, /* month 13 */
		{ "150140000002", false }, /* an organisation */
		{ "900 101 300 007", true },
		{ "9001-0130-0007", true },
		{ "90.01.01.30.00.07", true },
		{ "900101\xE2\x80\x89"
		  "300007",
		    true }, /* thin space */
		{ "900101\xE2\x80\x8B"
		  "300007",
		    true }, /* zero width */
		{ "9\xC2\xAD"
		  "00101300007",
		    true }, /* soft hyphen */
		{ "900101 - 300007", true },
		{ "\xEF\xBC\x99"
		  "00101300007",
		    true }, /* full width 9 */
		{ "\xD9\xA9"
		  "00101300007",
		    true }, /* Arabic 9 */
		{ "900 101 300 006", false },
		{ "10.11.2025-30.12.2026", false }, /* days */
		{ "9 001 013 00 007", false },
		{ "90010130000", false },
		{ "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (bin_has_person(str_from(cases[i].text)) != cases[i].found)
			fail_msg("\"%s\"", cases[i].text);
	}
}

static void masks(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "a 900101300007 b", "a ************ b" },
		{ "900101 300007.csv", "************.csv" },
		/* whatever its check digit */
		{ "900101300001", "************" },
		{ "150140000002.csv", "150140000002.csv" },
		{ "9001013000071", "9001013000071" },
		{ "жоба-2025.csv", "жоба-2025.csv" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b;

		buf_init(&b, 1000);
		bin_add_masked(&b, str_from(cases[i].in));
		assert_int_equal(b.len, strlen(cases[i].out));
		if (b.len > 0)
			assert_memory_equal(b.data, cases[i].out, b.len);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_told_apart),
		cmocka_unit_test(some_numbers_have_no_check_digit),
		cmocka_unit_test(people_are_found_in_texts),
		cmocka_unit_test(masks),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
