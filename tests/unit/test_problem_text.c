#include "http/problem_text.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *text, *param, *kk, *ru;
} cases[] = {
	{ "limit must be a whole number from 1 to 10000", "limit",
	    "limit 1 пен 10000 аралығындағы бүтін сан болуы керек",
	    "параметр limit должен быть целым числом от 1 до 10000" },
	{ "q is longer than 200 bytes", "q", "q 200 байттан ұзын",
	    "параметр q длиннее 200 байт" },
	{ "a parameter is not known here; known are: bbox, f", "",
	    "бұл жерде белгісіз параметр бар; белгілілері: bbox, f",
	    "здесь есть неизвестный параметр; известны: bbox, f" },
	{ "there is nothing here", "", "мұнда ештеңе жоқ", "здесь ничего нет" },
	/* Not translated: another parameter, other words, an empty name. */
	{ "q is empty", "bbox", "q is empty", "q is empty" },
	{ "q is empty", "", "q is empty", "q is empty" },
	{ "something else", "", "something else", "something else" },
	{ "", "", "", "" },
};

static void test_translates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err e = { .code = ERR_INPUT };
		char out[PROBLEM_TEXT_SIZE];

		strcpy(e.text, cases[i].text);
		strcpy(e.param, cases[i].param);
		problem_text(out, &e, 0);
		assert_string_equal(out, cases[i].kk);
		problem_text(out, &e, 1);
		assert_string_equal(out, cases[i].ru);
		problem_text(out, &e, 2);
		assert_string_equal(out, cases[i].text);
		problem_text(out, &e, 7);
		assert_string_equal(out, cases[i].text);
	}
}

static void test_marks_agree(void **state)
{
	(void)state;
	assert_true(problem_text_count() > 40);
	for (size_t i = 0; i < problem_text_count(); i++) {
		bool whole;
		const char *pattern = problem_text_pattern(i, &whole);

		if (!whole)
			fail_msg("marks differ: %s", pattern);
	}
}

/* Every sentence finds its own translation, and it is whole text. */
static void test_finds_itself(void **state)
{
	(void)state;
	for (size_t i = 0; i < problem_text_count(); i++) {
		struct err e = { .code = ERR_INPUT, .param = "bbox" };
		char out[PROBLEM_TEXT_SIZE];
		bool whole;
		const char *p = problem_text_pattern(i, &whole);
		size_t n = 0;

		for (; *p != '\0' && n < sizeof e.text - 8; p++) {
			const char *fill = *p == '%'   ? "bbox"
					   : *p == '#' ? "7"
						       : NULL;

			if (fill != NULL)
				n +=
				    (size_t)snprintf(e.text + n, 8, "%s", fill);
			else
				e.text[n++] = *p;
		}
		problem_text(out, &e, 0);
		assert_string_not_equal(out, e.text);
		assert_true(utf8_valid(str_from(out)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_translates),
		cmocka_unit_test(test_marks_agree),
		cmocka_unit_test(test_finds_itself),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
