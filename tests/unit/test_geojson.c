#include "format/geojson.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "format/json_read.h"
#include "golden.h"
#include "sample.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void test_golden(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_add_text(&b, "{\"type\":\"FeatureCollection\",\"features\":[\n");
	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		geojson_add_feature(&b, &sample_features[i]);
		buf_add_text(&b, i + 1 < SAMPLE_COUNT ? ",\n" : "\n");
	}
	buf_add_text(&b, "]}\n");
	assert_false(b.failed);
	golden_check("geojson/samples.geojson", buf_str(&b));
	buf_free(&b);
}

static void test_values(void **state)
{
	static const struct {
		struct value value;
		const char *json;
	} cases[] = {
		{ { .type = VALUE_NULL }, "null" },
		{ { .type = VALUE_DAY, .integer = 0 }, "null" },
		{ { .type = VALUE_DAY, .integer = 20260131 },
		    "\"2026-01-31\"" },
		{ { .type = VALUE_LIST, .text = { "a;b", 3 } },
		    "[\"a\",\"b\"]" },
		{ { .type = VALUE_LIST, .text = { "", 0 } }, "[]" },
		{ { .type = VALUE_NUMBER, .number = 0.1 }, "0.1" },
		{ { .type = VALUE_NUMBER, .number = 123456789012.1 },
		    "123456789012.1" },
		{ { .type = VALUE_NUMBER, .number = 4567.1 }, "4567.1" },
		{ { .type = VALUE_NUMBER, .number = -1e-12 }, "0" },
		{ { .type = VALUE_MONEY, .integer = 100000000000050 },
		    "1000000000000.5" },
		{ { .type = VALUE_BOOL, .integer = 7 }, "true" },
		{ { .type = VALUE_TIME, .integer = 1769860800000000 },
		    "\"2026-01-31T12:00:00Z\"" },
	};
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < COUNT(cases); i++) {
		buf_reset(&b);
		geojson_add_value(&b, &cases[i].value);
		buf_add_char(&b, '\0');
		assert_string_equal(b.data, cases[i].json);
	}
	buf_free(&b);
}

static void test_feature_without_id_or_attributes(void **state)
{
	const struct schema schema = { "none", NULL, 0 };
	const struct feature f = { .schema = &schema };
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	geojson_add_feature(&b, &f);
	assert_true(str_is(buf_str(&b),
	    "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{}}"));
	buf_free(&b);
}

/* What is read back is written the same again, byte by byte. */
static void test_fragments_come_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		struct buf first, second;
		struct feature f;
		struct arena a;
		struct err e = { .code = ERR_NONE };

		buf_init(&first, SIZE_MAX);
		buf_init(&second, SIZE_MAX);
		arena_init(&a, SIZE_MAX);
		geojson_add_feature(&first, &sample_features[i]);
		assert_true(json_read_fragment(
		    &f, &sample_schema, buf_str(&first), &a, &e));
		geojson_add_feature(&second, &f);
		assert_true(str_equal(buf_str(&first), buf_str(&second)));
		assert_int_equal(f.id, 0);
		arena_free(&a);
		buf_free(&first);
		buf_free(&second);
	}
}

#define NULLS                                                                  \
	"{\"a\":null,\"m\":null,\"d\":null,\"l\":null,\"i\":null,\"b\":null}"
#define ATTRIBUTES(a, m, d, l, i, b)                                           \
	"{\"a\":" a ",\"m\":" m ",\"d\":" d ",\"l\":" l ",\"i\":" i            \
	",\"b\":" b "}"

static const struct {
	const char *id, *geometry, *properties;
	bool good;
} fragments[] = {
	{ "\"x\"", "null",
	    ATTRIBUTES("\"t\"", "1.05", "\"2026-01-31\"", "[]", "1", "true"),
	    true },
	{ "\"x\"", "null", NULLS, true },
	{ "\"x\"", "null", "{\"a\":null}", false },
	{ "\"x\"", "null", "null", false },
	{ "5", "null", NULLS, false },
	{ "\"x\"", "{\"type\":\"Point\",\"coordinates\":[200,0]}", NULLS,
	    false },
	{ "\"x\"", "null",
	    ATTRIBUTES("5", "null", "null", "null", "null", "null"), false },
	{ "\"x\"", "null",
	    ATTRIBUTES("null", "1e17", "null", "null", "null", "null"), false },
	{ "\"x\"", "null",
	    ATTRIBUTES(
		"null", "null", "\"2026-02-30\"", "null", "null", "null"),
	    false },
	{ "\"x\"", "null",
	    ATTRIBUTES("null", "null", "null", "[1]", "null", "null"), false },
	{ "\"x\"", "null",
	    ATTRIBUTES("null", "null", "null", "null", "1.5", "null"), false },
	{ "\"x\"", "null",
	    ATTRIBUTES("null", "null", "null", "null", "null", "0"), false },
};

/* Every kind of damage is named as such. */
static void test_damaged_fragments(void **state)
{
	static const struct field fields[] = {
		{ "a", VALUE_TEXT, { NULL, NULL, NULL } },
		{ "m", VALUE_MONEY, { NULL, NULL, NULL } },
		{ "d", VALUE_DAY, { NULL, NULL, NULL } },
		{ "l", VALUE_LIST, { NULL, NULL, NULL } },
		{ "i", VALUE_INT, { NULL, NULL, NULL } },
		{ "b", VALUE_BOOL, { NULL, NULL, NULL } },
	};
	static const struct schema schema = { "x", fields, COUNT(fields) };

	(void)state;
	for (size_t i = 0; i < COUNT(fragments); i++) {
		bool good = fragments[i].good;
		struct buf b;
		struct feature f = { .id = 77 };
		struct arena a;
		struct err e = { .code = ERR_NONE };

		buf_init(&b, SIZE_MAX);
		arena_init(&a, SIZE_MAX);
		buf_add_format(&b,
		    "{\"type\":\"Feature\",\"id\":%s,\"geometry\":%s,"
		    "\"properties\":%s}",
		    fragments[i].id, fragments[i].geometry,
		    fragments[i].properties);
		assert_int_equal(
		    json_read_fragment(&f, &schema, buf_str(&b), &a, &e), good);
		assert_int_equal(f.id, good ? 0 : 77);
		assert_int_equal(e.code, good ? ERR_NONE : ERR_DAMAGED);
		/* Cut short it is damaged too. */
		assert_false(json_read_fragment(
		    &f, &schema, (struct str){ b.data, b.len - 1 }, &a, NULL));
		arena_free(&a);
		buf_free(&b);
	}
}

static void test_money_is_exact(void **state)
{
	static const struct field fields[] = { { "m", VALUE_MONEY,
	    { NULL, NULL, NULL } } };
	static const struct schema schema = { "x", fields, 1 };
	uint64_t random = 88172645463325252;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct value v = { .type = VALUE_MONEY };
		struct feature f = { .schema = &schema, .values = &v };
		struct buf b;
		struct arena a;

		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		v.integer = (int64_t)(random % 7000000000000000);
		buf_init(&b, SIZE_MAX);
		arena_init(&a, SIZE_MAX);
		geojson_add_feature(&b, &f);
		assert_true(
		    json_read_fragment(&f, &schema, buf_str(&b), &a, NULL));
		assert_int_equal(f.values[0].integer, v.integer);
		arena_free(&a);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_feature_without_id_or_attributes),
		cmocka_unit_test(test_fragments_come_back),
		cmocka_unit_test(test_damaged_fragments),
		cmocka_unit_test(test_money_is_exact),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
