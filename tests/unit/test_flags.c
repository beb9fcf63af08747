#include "app/flags.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { WORDS = 8 };

static void options_are_taken_out(void **state)
{
	static const struct {
		const char *in[WORDS];
		bool good, on;
		const char *text;
		const char *left; /* arguments, joined */
	} cases[] = {
		{ { "a", "b" }, true, false, NULL, "a b" },
		{ { "--on", "a" }, true, true, NULL, "a" },
		{ { "a", "--text", "x", "b" }, true, false, "x", "a b" },
		{ { "--text=x y", "b", "--on" }, true, true, "x y", "b" },
		{ { "--", "--on" }, true, false, NULL, "--on" },
		{ { "--text", "--on" }, true, false, "--on", "" },
		{ { "-" }, true, false, NULL, "-" },
		{ { "--text" }, false, false, NULL, "" },
		{ { "--text=" }, false, false, NULL, "" },
		{ { "--on=1" }, false, false, NULL, "" },
		{ { "--text", "x", "--text", "y" }, false, false, NULL, "" },
		{ { "--tex", "x" }, false, false, NULL, "" },
		{ { "--onn" }, false, false, NULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char copy[WORDS][16], joined[128] = "";
		char *argv[WORDS + 2] = { copy[0] };
		const char *text = NULL;
		bool on = false;
		const struct flag flags[] = { { "text", &text, NULL },
			{ "on", NULL, &on } };
		struct err e = { .code = ERR_NONE };
		int argc = 1;

		for (; cases[i].in[argc - 1]; argc++) {
			snprintf(copy[argc - 1], sizeof(copy[0]), "%s",
			    cases[i].in[argc - 1]);
			argv[argc] = copy[argc - 1];
		}
		if (flags_take(flags, 2, &argc, argv, &e) != cases[i].good)
			fail_msg("case %zu: %s", i, e.text);
		if (!cases[i].good)
			continue;
		for (int n = 1; n < argc; n++) {
			if (n > 1)
				strcat(joined, " ");
			strcat(joined, argv[n]);
		}
		assert_string_equal(joined, cases[i].left);
		assert_int_equal(on, cases[i].on);
		if (cases[i].text)
			assert_string_equal(text, cases[i].text);
		else
			assert_null(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_are_taken_out),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
