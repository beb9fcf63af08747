#include "base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void test_first_failure_wins(void **state)
{
	struct err e = { .code = ERR_NONE };

	(void)state;
	assert_false(err_set(&e, ERR_INPUT, "bad %s", "box"));
	assert_false(err_set(&e, ERR_MEMORY, "later"));
	assert_false(err_detail(&e, "first %d", 1));
	assert_false(err_detail(&e, "second"));
	assert_false(err_param(&e, "bbox"));
	assert_int_equal(e.code, ERR_INPUT);
	assert_string_equal(e.text, "bad box");
	assert_string_equal(e.detail, "first 1");
	assert_string_equal(e.param, "bbox");
	err_clear(&e);
	assert_int_equal(e.code, ERR_NONE);
	assert_string_equal(e.text, "");
	assert_false(err_set(NULL, ERR_INPUT, "nobody asks"));
	assert_false(err_detail(NULL, "nobody asks"));
	assert_false(err_param(NULL, "x"));
}

/* Whatever stands before, no character is halved. */
static void test_long_text_is_cut_at_a_character(void **state)
{
	char text[601];

	(void)state;
	for (size_t k = 0; k + 1 < sizeof(text); k += 2)
		memcpy(text + k, "қ", 2);
	text[600] = '\0';
	for (int i = 0; i < 2; i++) {
		struct err e = { .code = ERR_NONE };

		err_set(&e, ERR_INPUT, "%.*s%s", i, "x", text);
		assert_in_range(
		    strlen(e.text), ERR_TEXT_SIZE - 3, ERR_TEXT_SIZE - 1);
		assert_true(utf8_valid(str_from(e.text)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_failure_wins),
		cmocka_unit_test(test_long_text_is_cut_at_a_character),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
