#include "format/json_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_buf(struct buf *b, const char *text)
{
	assert_false(b->failed);
	buf_add_char(b, '\0');
	assert_string_equal(b->data, text);
	buf_reset(b);
}

static void test_nesting_and_commas(void **state)
{
	struct buf b;
	struct json j;

	(void)state;
	buf_init(&b, SIZE_MAX);
	json_init(&j, &b);
	json_open(&j, '{');
	json_key(&j, "a\"");
	json_open(&j, '[');
	json_int(&j, -1);
	json_double(&j, 2.5, 7);
	json_money(&j, 150);
	json_open(&j, '{');
	json_close(&j, '}');
	json_open(&j, '[');
	json_null(&j);
	json_close(&j, ']');
	json_close(&j, ']');
	json_key(&j, "b");
	json_bool(&j, true);
	json_key(&j, "c");
	json_bool(&j, false);
	json_key(&j, "d");
	json_raw(&j, str_from("{\"x\":1}"));
	json_key(&j, "e");
	json_text(&j, NULL);
	json_key(&j, "f");
	json_text(&j, "t");
	json_key(&j, "g");
	json_str(&j, (struct str){ NULL, 0 });
	json_close(&j, '}');
	assert_buf(&b, "{\"a\\\"\":[-1,2.5,1.5,{},[null]],\"b\":true,"
		       "\"c\":false,\"d\":{\"x\":1},\"e\":null,\"f\":\"t\","
		       "\"g\":\"\"}");
	buf_free(&b);
}

static void test_depth_is_bounded(void **state)
{
	struct buf b;
	struct json j;

	(void)state;
	buf_init(&b, SIZE_MAX);
	json_init(&j, &b);
	for (int i = 0; i < 32; i++) {
		json_open(&j, '[');
		json_int(&j, i);
	}
	assert_false(b.failed);
	json_open(&j, '[');
	assert_true(b.failed);
	buf_reset(&b);
	json_init(&j, &b);
	json_close(&j, ']');
	assert_true(b.failed);
	buf_free(&b);
}

static void test_strings(void **state)
{
	static const struct {
		struct str in;
		const char *out;
	} cases[] = {
		{ { "", 0 }, "\"\"" },
		{ { "Мектеп №5 😀 ₸", 26 }, "\"Мектеп №5 😀 ₸\"" },
		{ { "a\0b", 3 }, "\"a\\u0000b\"" },
		{ { "\"\\/", 3 }, "\"\\\"\\\\/\"" },
		{ { "\b\f\n\r\t\v\x1f\x7f", 8 },
		    "\"\\b\\f\\n\\r\\t\\u000B\\u001F\\u007F\"" },
		{ { "</script>&", 10 }, "\"\\u003C/script\\u003E\\u0026\"" },
		{ { "\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA", 9 },
		    "\"\\u2028\\u2029\xE2\x80\xAA\"" },
		{ { "a\xFFz\xD0", 4 }, "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\"" },
		{ { "\xED\xA0\x80", 3 },
		    "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_add_string(&b, cases[i].in);
		assert_buf(&b, cases[i].out);
	}
	buf_free(&b);
}

/* Every character below U+0080 that is written as itself, and no other. */
static void test_plain_characters(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (int c = 0; c < 128; c++) {
		char text = (char)c;
		bool plain = c >= ' ' && c < 127 && !strchr("\"\\<>&", c);

		buf_reset(&b);
		json_add_string(&b, (struct str){ &text, 1 });
		assert_int_equal(b.len == 3, plain);
	}
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nesting_and_commas),
		cmocka_unit_test(test_depth_is_bounded),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_plain_characters),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
