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

static void find_keys(struct str keys[static FIELDS], struct arena *a)
{
	struct buf key;

	buf_init(&key, ARENA);
	for (size_t i = 0; i < FIELDS; i++) {
		buf_reset(&key);
		fragment_add_key(&key, &schema, i);
		keys[i] =
		    (struct str){ arena_copy(a, key.data, key.len), key.len };
	}
	buf_free(&key);
}

/* By their lengths the values are found as without, and where the lengths
 * are none of this text, too. */
static void test_lengths(void **state)
{
	struct str keys[FIELDS], values[FIELDS], cut[FIELDS];
	struct fragment_parts parts;
	uint8_t lengths[FIELDS];
	struct snapshot *s;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA);
	find_keys(keys, &a);
	s = build(&a);
	for (uint32_t i = 0; i < ROWS; i++) {
		struct str text = fragment_of(s, i);

		assert_true(
		    fragment_find_values(&parts, values, keys, FIELDS, text));
		memcpy(lengths, snapshot_value_lengths(s, i), FIELDS);
		assert_int_equal(lengths[0] > 0, parts.plain);
		for (size_t k = 0; k <= FIELDS; k++) {
			assert_true(fragment_cut_values(
			    &parts, cut, keys, FIELDS, text, lengths));
			assert_int_equal(
			    memcmp(cut, values, sizeof(values)), 0);
			lengths[k % FIELDS]++;
		}
	}
	snapshot_unref(s);
	arena_free(&a);
}

/* A text with what XML has to have decoded, or with a long value. */
static void test_unmeasured(void **state)
{
	static const struct {
		const char *text;
		size_t repeated;
		bool measured;
	} cases[] = { { "a", 253, true }, { "a", 254, false },
		{ "\"", 1, false }, { "\xEF\xBF\xBE", 1, false } };
	struct str keys[FIELDS], values[FIELDS];
	struct value of[FIELDS];
	struct arena a;

	(void)state;
	arena_init(&a, ARENA);
	find_keys(keys, &a);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct feature f = { .public_id = str_from("1"),
			.schema = &schema,
			.values = of };
		uint8_t lengths[FIELDS];
		struct buf text, json;

		buf_init(&text, ARENA);
		buf_init(&json, ARENA);
		for (size_t k = 0; k < cases[i].repeated; k++)
			buf_add_text(&text, cases[i].text);
		fill(of, 0);
		of[0].text = buf_str(&text);
		geojson_add_feature(&json, &f);
		fragment_measure(lengths, values, keys, FIELDS, buf_str(&json));
		for (size_t k = 0; k < FIELDS; k++)
			assert_int_equal(lengths[k] > 0, cases[i].measured);
		buf_free(&text);
		buf_free(&json);
	}
	arena_free(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_find),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_unmeasured),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
