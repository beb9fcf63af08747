#include "format/json_tree.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { DEPTH = 8, ATTEMPTS_MAX = 1000 };

/* A node as kind and place, members by name, items in brackets. */
static void describe(struct buf *b, const struct json_node *node)
{
	static const char *const kinds[] = { "null", "bool", "int", "real",
		"text", "array", "object" };

	if (node->name.data)
		buf_add_format(
		    b, "%.*s=", (int)node->name.len, node->name.data);
	buf_add_format(b, "%s@%zu", kinds[node->kind], node->at);
	if (node->kind < JSON_IS_ARRAY)
		return;
	buf_add_format(b, "*%zu(", node->n);
	for (const struct json_node *n = node->first; n; n = n->next) {
		describe(b, n);
		buf_add_char(b, n->next ? ' ' : ')');
	}
	if (!node->first)
		buf_add_char(b, ')');
}

static void test_places(void **state)
{
	static const char *const cases[][2] = {
		{ "1", "int@1" },
		{ "  \"a\"  ", "text@3" },
		{ "[]", "array@1*0()" },
		{ " { } ", "object@2*0()" },
		{ "[1, 2.5,\ttrue , null,\"x\"]",
		    "array@1*5(int@2 real@5 bool@10 null@17 text@22)" },
		{ "{\"b\":1,\"a\": [ {} ,[ ]]}",
		    "object@1*2(b=int@6 a=array@13*2(object@15*0() "
		    "array@19*0()))" },
		{ "{\"q\\\"]\":\"{[\\\\\",\"z\" : -1}",
		    "object@1*2(q\"]=text@9 z=int@22)" },
		{ "[\"\xD2\x9B\",2]", "array@1*2(text@2 int@7)" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct json_node *node;
		struct arena a;
		struct buf b;

		arena_init(&a, 1 << 16);
		buf_init(&b, SIZE_MAX);
		node = json_tree_read(str_from(cases[i][0]), DEPTH, &a, NULL);
		assert_non_null(node);
		describe(&b, node);
		buf_add_char(&b, '\0');
		assert_string_equal(b.data, cases[i][1]);
		buf_free(&b);
		arena_free(&a);
	}
}

static void test_values(void **state)
{
	const struct json_node *node;
	struct arena a;
	double number = 0;

	(void)state;
	arena_init(&a, 1 << 16);
	node = json_tree_read(str_from("{\"t\":\"\\u049b\",\"i\":-7,\"r\":1e2,"
				       "\"b\":true,\"n\":null}"),
	    DEPTH, &a, NULL);
	assert_non_null(node);
	assert_true(str_is(json_tree_member(node, "t")->text, "қ"));
	assert_int_equal(json_tree_member(node, "i")->integer, -7);
	assert_true(json_tree_number(json_tree_member(node, "i"), &number));
	assert_true(number < -6.5 && number > -7.5);
	assert_true(json_tree_number(json_tree_member(node, "r"), &number));
	assert_true(number > 99.5 && number < 100.5);
	assert_false(json_tree_number(json_tree_member(node, "t"), &number));
	assert_true(json_tree_member(node, "b")->truth);
	assert_null(json_tree_member(node, "x"));
	assert_null(json_tree_member(node->first, "x"));
	assert_null(json_tree_member(NULL, "x"));
	arena_free(&a);
}

static void test_refusals(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* 0: to the end */
		const char *error;
	} cases[] = {
		{ "", 0, "this is not JSON at byte 1" },
		{ "nul", 0, "this is not JSON at byte 3" },
		{ "{\"a\":1,\"a\":2}", 0,
		    "a name stands twice before byte 10" },
		{ "[1e999]", 0, "a number is too large at byte 6" },
		{ "[99999999999999999999]", 0,
		    "a number is too large at byte 21" },
		{ "[NaN]", 0, "this is not JSON at byte 4" },
		{ "[1] 2", 0, "this is not JSON at byte 5" },
		{ "[\"a\\u0000\"]", 0, "this is not JSON at byte 10" },
		{ "[\"\xFF\"]", 0, "this is not JSON at byte 2" },
		{ "[1,\0 2]", 7, "this is not JSON at byte 4" },
		{ "[[[[[[[[[]]]]]]]]]", 0,
		    "this is nested too deeply at byte 9" },
		{ "[[[[{\"a\":[[[[[[[", 0,
		    "this is nested too deeply at byte 13" },
		{ "[\"", 0, "this is not JSON at byte 2" },
		{ "\"\\", 0, "this is not JSON at byte 2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str text = str_from(cases[i].text);
		struct err e = { .code = ERR_NONE };
		struct arena a;

		if (cases[i].len)
			text.len = cases[i].len;
		arena_init(&a, 1 << 16);
		assert_null(json_tree_read(text, DEPTH, &a, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.text, cases[i].error);
		arena_free(&a);
	}
}

/* Fails the first allocation, then the second, and so on. */
static void test_memory(void **state)
{
	long count = 0;
	bool good = false;

	(void)state;
	for (; !good && count < ATTEMPTS_MAX; count++) {
		struct err e = { .code = ERR_NONE };
		struct arena a;

		arena_init(&a, SIZE_MAX);
		mem_fail_after(count);
		good = json_tree_read(str_from("{\"a\":[1,\"b\",{}]}"), DEPTH,
			   &a, &e) != NULL;
		mem_fail_after(-1);
		/* jansson takes some of its own failures for bad text. */
		if (!good)
			assert_true(
			    e.code == ERR_MEMORY || e.code == ERR_INPUT);
		arena_free(&a);
	}
	assert_true(good);
	assert_true(count > 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_memory),
	};

	json_set_alloc_funcs(mem_alloc, mem_free);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
