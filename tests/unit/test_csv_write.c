#include "format/csv_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "format/csv_read.h"
#include "format/wkt_write.h"
#include "golden.h"
#include "sample.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add_samples(struct buf *b)
{
	csv_add_header(b, &sample_schema);
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		csv_add_feature(b, &sample_features[i]);
	assert_false(b->failed);
}

static void test_golden(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	add_samples(&b);
	golden_check("csv/samples.csv", buf_str(&b));
	buf_free(&b);
}

static void test_cells(void **state)
{
	static const char *const cases[][2] = {
		{ "", "" },
		{ "a b", "a b" },
		{ "a,b", "\"a,b\"" },
		{ "a;b", "\"a;b\"" },
		{ "a\"b\"", "\"a\"\"b\"\"\"" },
		{ "\"", "\"\"\"\"" },
		{ "a\nb", "\"a\nb\"" },
		{ " a", "\" a\"" },
		{ "a ", "\"a \"" },
		{ "=1", "'=1" },
		{ "+1", "'+1" },
		{ "-1", "'-1" },
		{ "@a", "'@a" },
		{ "\ta", "\"'\ta\"" },
		{ "\ra", "\"'\ra\"" },
		{ "=a,b", "\"'=a,b\"" },
		{ "'=1", "''=1" },
		{ "'", "'" },
		{ "'a", "'a" },
		{ "1=1", "1=1" },
	};
	static const struct field fields[] = { { "t", VALUE_TEXT,
	    { NULL, NULL, NULL } } };
	static const struct schema schema = { "x", fields, 1 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct value v = { .type = VALUE_TEXT };
		struct feature f = { .schema = &schema, .values = &v };
		struct buf b, expected;

		buf_init(&b, SIZE_MAX);
		buf_init(&expected, SIZE_MAX);
		v.text = str_from(cases[i][0]);
		csv_add_feature(&b, &f);
		buf_add_format(&expected, ",%s,,,\r\n", cases[i][1]);
		assert_true(str_equal(buf_str(&b), buf_str(&expected)));
		buf_free(&b);
		buf_free(&expected);
	}
}

/* Negative amounts are numbers, no formulas. */
static void test_numbers_are_not_guarded(void **state)
{
	static const struct field fields[] = { { "m", VALUE_MONEY,
	    { NULL, NULL, NULL } } };
	static const struct schema schema = { "x", fields, 1 };
	const struct value v = { .type = VALUE_MONEY, .integer = -150 };
	const struct feature f = { .schema = &schema, .values = &v };
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	csv_add_feature(&b, &f);
	assert_true(str_is(buf_str(&b), ",-1.5,,,\r\n"));
	buf_free(&b);
}

static void assert_text_fields(
    const struct str *fields, size_t n, const struct feature *f)
{
	assert_int_equal(n, SAMPLE_FIELDS + 4);
	assert_true(str_equal(fields[0], f->public_id));
	for (size_t i = 0; i < SAMPLE_FIELDS; i++)
		if (f->values[i].type == VALUE_TEXT)
			assert_true(
			    str_equal(fields[i + 1], f->values[i].text));
}

/* What was written is read unchanged, quotes, guards, line ends and all. */
static void test_round_trip(void **state)
{
	const struct str *fields;
	struct csv_reader *r;
	struct buf b;
	struct err e = { .code = ERR_NONE };
	FILE *file;
	size_t n;

	(void)state;
	buf_init(&b, SIZE_MAX);
	add_samples(&b);
	file = fmemopen(b.data, b.len, "rb");
	r = csv_open(file, &e);
	assert_non_null(r);
	csv_columns(r, &n);
	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		assert_int_equal(csv_next(r, &fields, &e), CSV_RECORD);
		assert_text_fields(fields, n, &sample_features[i]);
	}
	assert_int_equal(csv_next(r, &fields, &e), CSV_END);
	assert_int_equal(csv_bytes(r), b.len);
	csv_close(r);
	fclose(file);
	buf_free(&b);
}

static void test_wkt(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		if (!sample_features[i].geom)
			continue;
		wkt_add(&b, sample_features[i].geom);
		buf_add_char(&b, '\n');
	}
	golden_check("wkt/samples.wkt", buf_str(&b));
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_numbers_are_not_guarded),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_wkt),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
