/* What is read back from a snapshot is what was written into it. */
#include "api/fragment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "format/geojson.h"
#include "geo/hilbert.h"

enum { ARENA = 1 << 20 };

static const struct field fields[] = {
	{ "text", VALUE_TEXT, { "", "", "" } },
	{ "whole", VALUE_INT, { "", "", "" } },
	{ "number", VALUE_NUMBER, { "", "", "" } },
	{ "money", VALUE_MONEY, { "", "", "" } },
	{ "yes", VALUE_BOOL, { "", "", "" } },
	{ "day", VALUE_DAY, { "", "", "" } },
	{ "list", VALUE_LIST, { "", "", "" } },
};
enum { FIELDS = sizeof(fields) / sizeof(fields[0]) };
static const struct schema schema = { "things", fields, FIELDS };

static const char every[] =
    "\x01\x02\x08\t\n\x0b\x0c\r\x1f \"\\/<>&'\x7f{},:[]null";

static const struct {
	const char *id, *text, *wkt, *list;
	int64_t whole, money;
	double number;
} rows[] = {
	{ "1", "plain", "POINT(1 2)", "a;b;c", 0, 0, 0 },
	{ "2", every, "POINT(-180 -90)", "a", -5, -1, -0.5 },
	{ "3", "Қазақ \xE2\x80\xA8 \xE2\x80\xA9 \xF0\x9F\x8F\xAB",
	    "LINESTRING(1 1,2 2)", "", INT64_MAX, 105, 1e15 },
	{ "4", "", "POLYGON((0 0,1 0,1 1,0 0))", "x;y", INT64_MIN, 99999999999,
	    0.000001 },
	{ "5\"<", ",\"properties\":{", NULL, NULL, 7, -12345, 3 },
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static struct value text_value(enum value_type type, const char *text)
{
	return (struct value){ .type = text ? type : VALUE_NULL,
		.text = str_from(text) };
}

static void fill(struct value out[static FIELDS], size_t i)
{
	out[0] = text_value(VALUE_TEXT, rows[i].text);
	out[1] = (struct value){ VALUE_INT, { .integer = rows[i].whole } };
	out[2] = (struct value){ VALUE_NUMBER, { .number = rows[i].number } };
	out[3] = (struct value){ VALUE_MONEY, { .integer = rows[i].money } };
	out[4] = (struct value){ VALUE_BOOL, { .integer = i % 2 } };
	out[5] = (struct value){ i % 2 ? VALUE_DAY : VALUE_NULL,
		{ .integer = 20260131 } };
	out[6] = text_value(VALUE_LIST, rows[i].list);
}

static struct snapshot *build(struct arena *a)
{
	const struct snapshot_info info = { .schema = &schema, .version = 1 };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, NULL);

	for (size_t i = 0; i < ROWS; i++) {
		struct value values[FIELDS];
		struct project p = { .key = HILBERT_NOWHERE };

		fill(values, i);
		p.feature = (struct feature){ .id = (int64_t)i + 1,
			.public_id = str_from(rows[i].id),
			.schema = &schema,
			.values = values };
		if (rows[i].wkt) {
			p.feature.geom =
			    geom_from_wkt(a, str_from(rows[i].wkt), NULL);
			p.anchor = geom_anchor(p.feature.geom);
			p.key = (int64_t)i;
		}
		assert_true(snapshot_build_add(b, &p, NULL));
	}
	return snapshot_build_finish(b, NULL);
}

static void test_round_trip(void **state)
{
	struct arena a;
	struct snapshot *s;

	(void)state;
	arena_init(&a, ARENA);
	s = build(&a);
	assert_non_null(s);
	for (uint32_t i = 0; i < ROWS; i++) {
		struct feature f, bare;
		struct err e = { 0 };
		struct buf b;

		buf_init(&b, ARENA);
		if (!fragment_read(&f, s, i, &a, &e))
			fail_msg("row %u: %s", i, e.text);
		geojson_add_feature(&b, &f);
		assert_true(str_equal(buf_str(&b), fragment_of(s, i)));
		assert_true(fragment_read_values(&bare, s, i, &a, &e));
		assert_null(bare.geom);
		assert_true(str_equal(bare.public_id, f.public_id));
		buf_free(&b);
	}
	snapshot_unref(s);
	arena_free(&a);
}

static void test_find(void **state)
{
	struct arena a;
	struct snapshot *s;
	uint32_t row;

	(void)state;
	arena_init(&a, ARENA);
	s = build(&a);
	assert_true(fragment_find(s, str_from("3"), &row));
	assert_int_equal(row, 2);
	assert_false(fragment_find(s, str_from(""), &row));
	assert_false(fragment_find(s, str_from("33"), &row));
	assert_false(fragment_find(s, str_from("text"), &row));
	snapshot_unref(s);
	arena_free(&a);
}

static void test_parts(void **state)
{
	struct arena a;
	struct snapshot *s;
	struct fragment f;

	(void)state;
	arena_init(&a, ARENA);
	s = build(&a);
	assert_true(fragment_split(&f, s, 0, NULL));
	assert_true(str_is(f.id, "\"1\""));
	assert_true(
	    str_is(f.geometry, "{\"type\":\"Point\",\"coordinates\":[1,2]}"));
	assert_true(str_is(f.values[0], "\"plain\""));
	assert_true(str_is(f.values[6], "[\"a\",\"b\",\"c\"]"));
	assert_true(fragment_split(&f, s, 4, NULL));
	assert_true(str_is(f.geometry, "null"));
	assert_true(str_is(f.values[3], "-123.45"));
	snapshot_unref(s);
	arena_free(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_parts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
