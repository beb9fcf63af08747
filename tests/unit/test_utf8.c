#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tools/random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

typedef bool add_text(struct buf *out, struct str s);

static void assert_adds(add_text *add, const char *in, const char *out)
{
	struct buf b;

	buf_init(&b, SIZE_MAX);
	buf_add_text(&b, "|");
	assert_true(add(&b, str_from(in)));
	buf_add_char(&b, '\0');
	assert_string_equal(b.data + 1, out);
	buf_free(&b);
}

static void test_validity(void **state)
{
	static const struct {
		const char *text;
		size_t len, characters;
		bool valid;
	} cases[] = {
		{ "", 0, 0, true },
		{ "abc", 3, 3, true },
		{ "қала", 8, 4, true },
		{ "\xE2\x82\xB8", 3, 1, true }, /* tenge sign */
		{ "\xF0\x9F\x8F\xAB", 4, 1, true }, /* school */
		{ "\xF4\x8F\xBF\xBF", 4, 1, true }, /* U+10FFFF */
		{ "a\0b", 3, 0, false },
		{ "\x80", 1, 0, false },
		{ "\xC0\x80", 2, 0, false }, /* overlong */
		{ "\xC1\xBF", 2, 0, false },
		{ "\xE0\x9F\xBF", 3, 0, false },
		{ "\xED\xA0\x80", 3, 0, false }, /* surrogate */
		{ "\xF0\x8F\xBF\xBF", 4, 0, false },
		{ "\xF4\x90\x80\x80", 4, 0, false }, /* above U+10FFFF */
		{ "\xF5\x80\x80\x80", 4, 0, false },
		{ "\xD0", 1, 0, false }, /* cut short */
		{ "\xE2\x82", 2, 0, false },
		{ "\xF0\x9F\x8F", 3, 0, false },
		{ "\xD0q", 2, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str s = { cases[i].text, cases[i].len };

		assert_int_equal(utf8_valid(s), cases[i].valid);
		if (cases[i].valid)
			assert_int_equal(utf8_length(s), cases[i].characters);
	}
	assert_int_equal(utf8_first(str_from("қа")), 2);
	assert_int_equal(utf8_first(str_from("a")), 1);
	assert_int_equal(utf8_first(str_from("")), 0);
	assert_int_equal(utf8_first(str_from("\xD0")), 0);
}

static void test_normal_form(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "abc", "abc" },
		{ "Қазақстан №5 «а»", "Қазақстан №5 «а»" },
		{ "и\xCC\x86", "й" },
		{ "e\xCC\x81\xCC\xA3", "ẹ\xCC\x81" }, /* marks are ordered */
		{ "\xE2\x84\xAB", "Å" }, /* Angstrom sign */
		{ "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한" },
		{ "ﬁ", "ﬁ" }, /* compatibility forms stay */
		{ "\xCD\x80", "\xCC\x80" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_adds(utf8_add_nfc, cases[i][0], cases[i][1]);
}

static void test_search_form(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ " -- ", "" },
		{ "  №12 «Үлкен»   МЕКТЕП! ", "12 улкен мектеп" },
		{ "әғқңөұүһі", "агкноуухи" },
		{ "ӘҒҚҢӨҰҮҺІ", "агкноуухи" },
		{ "Ёлка ёж", "елка еж" },
		{ "е\xCC\x88", "е" },
		{ "Straße", "strasse" }, /* full folding, not simple */
		{ "ΣΑΣ σας", "σασ σασ" },
		{ "за\xCC\x81мок", "замок" },
		{ "Түр\xC2\xADкістан", "туркистан" }, /* a soft hyphen */
		{ "И\xCC\x86од", "йод" },
		{ "a_b.c", "a b c" },
		{ "10²м", "10²м" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_adds(utf8_add_folded, cases[i][0], cases[i][1]);
}

static void test_caseless(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ " №12 «Үлкен_МЕКТЕП%\\»! ", " №12 «үлкен_мектеп%\\»! " },
		{ "ӘҒҚҢӨҰҮҺІЁЙ", "әғқңөұүһіёй" },
		{ "И\xCC\x86од", "йод" }, /* composed */
		{ "Straße STRASSE ẞ", "strasse strasse ss" },
		{ "ΣΑΣ Οδος", "σασ οδοσ" }, { "İ", "i\xCC\x87" },
		{ "ǅ Ǆ ŉ ﬁ", "ǆ ǆ ʼn fi" }, { "KØBENHAVN", "københavn" },
		{ "\xF0\x90\x90\x80", "\xF0\x90\x90\xA8" }, /* Deseret */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_adds(utf8_add_caseless, cases[i][0], cases[i][1]);
}

/* The short way through text of Cyrillic and signs gives what the long one
 * does, which an accented letter at the end makes it take. */
static void assert_short_way(add_text *add, const char *text, const char *end)
{
	char whole[16], expected[16] = "";
	struct buf b;

	snprintf(whole, sizeof(whole), "%s\xC3\xA9", text);
	buf_init(&b, sizeof(expected));
	assert_true(add(&b, str_from(text)));
	if (b.len > 0)
		memcpy(expected, b.data, b.len);
	memcpy(expected + b.len, end, strlen(end) + 1);
	assert_adds(add, whole, expected);
	buf_free(&b);
}

static void test_short_ways(void **state)
{
	(void)state;
	for (int point = 0x80; point < 0x2200; point++) {
		char text[4] = { (char)(0xE0 | point >> 12),
			(char)(0x80 | (point >> 6 & 0x3F)),
			(char)(0x80 | (point & 0x3F)), '\0' };

		if (point < 0x800) {
			text[0] = (char)(0xC0 | point >> 6);
			text[1] = text[2];
			text[2] = '\0';
		}
		assert_short_way(utf8_add_caseless, text, "\xC3\xA9");
		assert_short_way(utf8_add_unaccented, text, "e");
		assert_short_way(utf8_add_folded, text, "\xC3\xA9");
	}
}

static void test_unaccented(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" }, { "äöüéáí ÄÉ", "aoueai AE" },
		{ "a\xCC\x81\xCC\xA3", "a" },
		{ "København Łódź đ ħ ŧ ı", "Kobenhavn Lodz d h t i" },
		{ "Ёлка ёж Йод", "Елка еж Иод" }, { "әғқңөұүһі", "агкноуухи" },
		{ "Қарағанды ӘҒҚҢӨҰҮҺІ", "Караганды АГКНОУУХИ" },
		{ "за\xCC\x81мок, №5_%\\", "замок, №5_%\\" },
		{ "が ぱ か\xE3\x82\x99", "が ぱ が" }, /* voicing stays */
		{ "한", "한" }, { "Æ ß þ", "Æ ß þ" }, /* letters, not accents */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_adds(utf8_add_unaccented, cases[i][0], cases[i][1]);
}

/* Each key is below the next. */
static void test_sort_keys_rise(void **state)
{
	static const char *const words[] = { "", "10", "2", "9", "А", "а а",
		"ааб", "аә", "Ә", "б", "в", "г", "Ғ", "д", "е", "ё", "ж", "з",
		"и", "й", "к", "Қ", "л", "м", "н", "ң", "о", "ө", "п", "р", "с",
		"т", "у", "ұ", "ү", "ф", "х", "һ", "ц", "ч", "ш", "щ", "ъ", "ы",
		"і", "ь", "э", "ю", "я", "яя", "a", "B", "z", "\xC3\xA9", "ѣ",
		"漢" };
	struct buf a, b;

	(void)state;
	buf_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i + 1 < COUNT(words); i++) {
		buf_reset(&a);
		buf_reset(&b);
		assert_true(utf8_add_sort_key(&a, str_from(words[i])));
		assert_true(utf8_add_sort_key(&b, str_from(words[i + 1])));
		buf_add_char(&a, '\0');
		buf_add_char(&b, '\0');
		if (strcmp(a.data, b.data) >= 0)
			fail_msg("%s is not before %s", words[i], words[i + 1]);
		assert_true(utf8_valid(str_from(a.data)));
	}
	buf_free(&a);
	buf_free(&b);
}

static int sign(int number)
{
	return (number > 0) - (number < 0);
}

static int compare_keys(const char *x, const char *y)
{
	struct buf a, b;
	int order;

	buf_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	assert_true(utf8_add_sort_key(&a, str_from(x)));
	assert_true(utf8_add_sort_key(&b, str_from(y)));
	buf_add_char(&a, '\0');
	buf_add_char(&b, '\0');
	order = strcmp(a.data, b.data);
	buf_free(&a);
	buf_free(&b);
	return order;
}

/* Texts without any effort are compared as by their keys. */
static void test_comparison(void **state)
{
	static const char *const parts[] = { "а", "Ә", "ә", "б", "Ё", "і", "І",
		"һ", "Һ", "қ", "Қ", "я", "a", "B", "z", "1", "9", " ", "  ",
		"-", "\"", "_", "«", "№", "ѣ", "\xC3\xA9", "漢", "ß", ".", "Ұ",
		"ү", "\xC2\xAD" };
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		char texts[2][64] = { "", "" };

		for (int k = 0; k < 2; k++)
			for (uint32_t n = random_below(&seed, 5); n > 0; n--)
				strcat(texts[k],
				    parts[random_below(&seed, COUNT(parts))]);
		if (sign(compare_keys(texts[0], texts[1])) !=
		    sign(utf8_compare(str_from(texts[0]), str_from(texts[1]))))
			fail_msg("'%s' and '%s'", texts[0], texts[1]);
	}
}

static void test_failures_append_nothing(void **state)
{
	static add_text *const adds[] = { utf8_add_nfc, utf8_add_folded,
		utf8_add_sort_key, utf8_add_caseless, utf8_add_unaccented };

	(void)state;
	for (size_t i = 0; i < COUNT(adds); i++) {
		struct buf b;

		buf_init(&b, SIZE_MAX);
		buf_add_text(&b, "x");
		assert_false(adds[i](&b, str_from("a\xFF")));
		assert_false(b.failed);
		assert_int_equal(b.len, 1);
		mem_fail_after(0);
		assert_false(adds[i](&b, str_from("e\xCC\x81")));
		mem_fail_after(-1);
		assert_true(b.failed);
		assert_int_equal(b.len, 1);
		buf_free(&b);
		buf_init(&b, 2);
		assert_false(adds[i](&b, str_from("абв")));
		assert_true(b.failed);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_validity),
		cmocka_unit_test(test_normal_form),
		cmocka_unit_test(test_search_form),
		cmocka_unit_test(test_caseless),
		cmocka_unit_test(test_short_ways),
		cmocka_unit_test(test_unaccented),
		cmocka_unit_test(test_sort_keys_rise),
		cmocka_unit_test(test_comparison),
		cmocka_unit_test(test_failures_append_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
