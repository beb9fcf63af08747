#include "geo/bbox.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const struct {
	const char *text;
	bool good;
	struct bbox box;
} parses[] = {
	{ "1,2,3,4", true, { 1, 2, 3, 4 } },
	{ " 1 , 2,3 ,4 ", true, { 1, 2, 3, 4 } },
	{ "170,-10,-170,10", true, { 170, -10, -170, 10 } },
	{ "-180,-90,180,90", true, { -180, -90, 180, 90 } },
	{ "1,2,3,2", true, { 1, 2, 3, 2 } },
	{ "1,2,100,3,4,200", true, { 1, 2, 3, 4 } },
	{ "1,2,-9,3,4,-5", true, { 1, 2, 3, 4 } },
	{ "1,2,-5,3,4,-9", false, { 0, 0, 0, 0 } }, /* low above high */
	{ "66.5,4.1e1,71.5,46", true, { 66.5, 41, 71.5, 46 } },
	{ "1,9,3,4", false, { 0, 0, 0, 0 } },
	{ "1,2,3", false, { 0, 0, 0, 0 } },
	{ "1,2,3,4,5", false, { 0, 0, 0, 0 } },
	{ "1,2,3,4,5,6,7", false, { 0, 0, 0, 0 } },
	{ "1,2,3,nan", false, { 0, 0, 0, 0 } },
	{ "1,2,3,inf", false, { 0, 0, 0, 0 } },
	{ "1,2,100,3,4,nan", false, { 0, 0, 0, 0 } },
	{ "1,2,3,", false, { 0, 0, 0, 0 } },
	{ ",1,2,3", false, { 0, 0, 0, 0 } },
	{ "", false, { 0, 0, 0, 0 } },
	{ "1,2,3,4,", false, { 0, 0, 0, 0 } },
	{ "-181,0,0,1", false, { 0, 0, 0, 0 } },
	{ "0,0,180.1,1", false, { 0, 0, 0, 0 } },
	{ "0,-91,1,1", false, { 0, 0, 0, 0 } },
	{ "0,0,1,90.0001", false, { 0, 0, 0, 0 } },
	{ "1 2,3,4,5", false, { 0, 0, 0, 0 } },
	{ "0x1,2,3,4", false, { 0, 0, 0, 0 } },
};

static void test_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(parses) / sizeof(*parses); i++) {
		struct bbox old = { 7, 7, 7, 7 }, box = old;
		struct err e = { .code = ERR_NONE };
		bool good = bbox_parse(&box, str_from(parses[i].text), &e);
		const struct bbox *expected =
		    parses[i].good ? &parses[i].box : &old;

		if (good != parses[i].good ||
		    memcmp(&box, expected, sizeof(box)) != 0)
			fail_msg("%s", parses[i].text);
		assert_int_equal(e.code, good ? ERR_NONE : ERR_INPUT);
	}
}

static const struct {
	struct bbox a, b;
	bool meets;
} pairs[] = {
	{ { 0, 0, 2, 2 }, { 1, 1, 3, 3 }, true },
	{ { 0, 0, 2, 2 }, { 2, 2, 3, 3 }, true },
	{ { 0, 0, 2, 2 }, { 2.1, 0, 3, 1 }, false },
	{ { 0, 0, 2, 2 }, { 0, 2.1, 2, 3 }, false },
	{ { 1, 1, 1, 1 }, { 0, 0, 2, 2 }, true },
	{ { 170, -10, -170, 10 }, { 175, 0, 179, 1 }, true },
	{ { 170, -10, -170, 10 }, { -179, 0, -175, 1 }, true },
	{ { 170, -10, -170, 10 }, { -169, 0, 169, 1 }, false },
	{ { 170, -10, -170, 10 }, { -170, 10, 0, 20 }, true },
	{ { 170, -10, -170, 10 }, { 160, -1, -160, 1 }, true },
	{ { 170, -10, -170, 10 }, { 160, 11, -160, 12 }, false },
	{ { 180, 0, 180, 0 }, { 170, -1, -170, 1 }, true },
};

static void test_intersects_is_symmetric(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		assert_int_equal(
		    bbox_intersects(&pairs[i].a, &pairs[i].b), pairs[i].meets);
		assert_int_equal(
		    bbox_intersects(&pairs[i].b, &pairs[i].a), pairs[i].meets);
	}
}

static void test_empty_box(void **state)
{
	struct bbox b = bbox_empty;
	const struct bbox world = { -180, -90, 180, 90 };

	(void)state;
	assert_true(bbox_is_empty(&b));
	assert_false(bbox_intersects(&b, &world));
	assert_false(bbox_has_point(&b, 0, 0));
	bbox_add_bbox(&b, &bbox_empty);
	assert_true(bbox_is_empty(&b));
	bbox_add_point(&b, 5, 6);
	assert_false(bbox_is_empty(&b));
	assert_true(bbox_has_point(&b, 5, 6));
	bbox_add_point(&b, 4, 9);
	assert_memory_equal(&b, (&(struct bbox){ 4, 6, 5, 9 }), sizeof(b));
}

static const struct {
	struct bbox outer, inner;
	bool within;
} nestings[] = {
	{ { 0, 0, 2, 2 }, { 0, 0, 2, 2 }, true },
	{ { 0, 0, 2, 2 }, { 1, 1, 2.1, 2 }, false },
	{ { 0, 0, 2, 2 }, { 1, -0.1, 2, 2 }, false },
	{ { 170, -10, -170, 10 }, { 171, 0, 172, 1 }, true },
	{ { 170, -10, -170, 10 }, { -180, 0, -171, 1 }, true },
	{ { 170, -10, -170, 10 }, { -171, 0, 171, 1 }, false },
};

static void test_contains(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(nestings) / sizeof(*nestings); i++)
		assert_int_equal(
		    bbox_contains(&nestings[i].outer, &nestings[i].inner),
		    nestings[i].within);
}

static void test_split(void **state)
{
	struct bbox out[2];

	(void)state;
	assert_int_equal(bbox_split(&(struct bbox){ 1, 2, 3, 4 }, out), 1);
	assert_int_equal(
	    bbox_split(&(struct bbox){ 170, -1, -175, 1 }, out), 2);
	assert_memory_equal(
	    &out[0], (&(struct bbox){ 170, -1, 180, 1 }), sizeof(out[0]));
	assert_memory_equal(
	    &out[1], (&(struct bbox){ -180, -1, -175, 1 }), sizeof(out[1]));
	assert_int_equal(bbox_split(&bbox_empty, out), 1);
}

static void test_has_point(void **state)
{
	const struct bbox crossing = { 170, -10, -170, 10 };

	(void)state;
	assert_true(bbox_has_point(&crossing, 180, 0));
	assert_true(bbox_has_point(&crossing, -180, 0));
	assert_true(bbox_has_point(&crossing, 170, 10));
	assert_false(bbox_has_point(&crossing, 0, 0));
	assert_false(bbox_has_point(&crossing, 180, 11));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_intersects_is_symmetric),
		cmocka_unit_test(test_empty_box),
		cmocka_unit_test(test_contains),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_has_point),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
