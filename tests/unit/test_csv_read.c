#include "format/csv_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A reader of bytes in memory; the file is in *file. */
static struct csv_reader *open_text(FILE **file, struct str text, struct err *e)
{
	*file = tmpfile();
	assert_non_null(*file);
	assert_int_equal(fwrite(text.data, 1, text.len, *file), text.len);
	rewind(*file);
	return csv_open(*file, e);
}

/* Appends each record as "line: a|b|c" and each bad one as "line! reason". */
static void describe(struct buf *b, struct csv_reader *r)
{
	const struct str *fields;
	size_t n;

	csv_columns(r, &n);
	for (;;) {
		struct err e = { .code = ERR_NONE };
		enum csv_result result = csv_next(r, &fields, &e);

		if (result == CSV_END)
			break;
		buf_add_int(b, csv_line(r));
		if (result == CSV_BAD)
			buf_add_format(b, "! %s", e.text);
		else
			buf_add_text(b, ": ");
		for (size_t i = 0; result == CSV_RECORD && i < n; i++) {
			buf_add_text(b, i > 0 ? "|" : "");
			buf_add_str(b, fields[i]);
		}
		buf_add_char(b, '\n');
	}
	buf_add_char(b, '\0');
}

static const struct {
	const char *in, *out;
} cases[] = {
	{ "a,b", "" },
	{ "a,b\n", "" },
	{ "a,b\n1,2", "2: 1|2\n" },
	{ "a,b\r\n1,2\r\n3,4\r\n", "2: 1|2\n3: 3|4\n" },
	{ "a,b\r1,2\r3,4", "2: 1|2\n3: 3|4\n" },
	{ "\xEF\xBB\xBF\"a\";b\n1;2,5\n", "2: 1|2,5\n" },
	{ "a\tb,c\td\n1\t2\t3\n", "2: 1|2|3\n" },
	{ "a,\"b;;;;\"\n1,2\n", "2: 1|2\n" },
	{ "\n\na,b\n\n1,2\n,\n\n3,4\n\n", "5: 1|2\n8: 3|4\n" },
	{ " a , b \n 1 , 2 \n", "2:  1 | 2 \n" },
	{ "a,b\n\"x \"\"y\"\"\",\"line\r\nend, too\"\n5,6\n",
	    "2: x \"y\"|line\r\nend, too\n4: 5|6\n" },
	{ "a,b\n\"\",\n1,\"\"\n", "3: 1|\n" },
	{ "a,b\n'=1,'a\n''=1,'\n", "2: =1|'a\n3: '=1|'\n" },
	{ "a,b\n1\n1,2,3\n1,2\n",
	    "2! the record has 1 fields, not 2\n"
	    "3! the record has 3 fields, not 2\n4: 1|2\n" },
	{ "a,b\nx\"y,2\n1,2\n",
	    "2! a quote stands inside an unquoted field\n3: 1|2\n" },
	{ "a,b\n\"x\"y,2\n1,2\n", "2! text follows a closing quote\n3: 1|2\n" },
	{ "a,b\n\"x\"y\n1,2\n", "2! text follows a closing quote\n3: 1|2\n" },
	{ "a,b\n1,\"x\n2,3\n", "2! a quoted field never ends\n" },
	{ "a,b\n1,\xD0\n1,2\n", "2! the record is not valid UTF-8: save the file as UTF-8\n3: 1|2\n" },
	/* Two halves of a character in two fields. */
	{ "a,b\n\xD0,\xB0\n1,2\n",
	    "2! the record is not valid UTF-8: save the file as UTF-8\n3: 1|2\n" },
};

static void test_records(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct err e = { .code = ERR_NONE };
		struct csv_reader *r;
		struct buf b;
		FILE *file;

		buf_init(&b, SIZE_MAX);
		r = open_text(&file, str_from(cases[i].in), &e);
		assert_non_null(r);
		describe(&b, r);
		assert_string_equal(b.data, cases[i].out);
		assert_int_equal(csv_bytes(r), strlen(cases[i].in));
		csv_close(r);
		fclose(file);
		buf_free(&b);
	}
}

static void test_nul_is_refused(void **state)
{
	static const char text[] = "a,b\nx\0y,2\n\"x\0\",3\n1,2\n";
	struct err e = { .code = ERR_NONE };
	struct csv_reader *r;
	struct buf b;
	FILE *file;

	(void)state;
	buf_init(&b, SIZE_MAX);
	r = open_text(&file, (struct str){ text, sizeof(text) - 1 }, &e);
	assert_non_null(r);
	describe(&b, r);
	assert_string_equal(b.data, "2! the record holds a NUL byte: it is no text in UTF-8\n"
				    "3! the record holds a NUL byte: it is no text in UTF-8\n4: 1|2\n");
	csv_close(r);
	fclose(file);
	buf_free(&b);
}

static void test_headers(void **state)
{
	static const struct {
		const char *text;
		const char *problem;
	} bad[] = {
		{ "", "the file has no header" },
		{ "\n\r\n\n", "the file has no header" },
		{ "\xEF\xBB\xBF", "the file has no header" },
		{ "a,,b\n", "column 2 of the header has no name" },
		{ "a,b,\n", "column 3 of the header has no name" },
		{ "a, ,b\n", "column 2 of the header has no name" },
		{ "a,b, a\n",
		    "columns 1 and 3 of the header have the same name" },
		{ "a,\"b\n", "a quoted field never ends" },
		{ "\xFF\x61\n",
		    "the record is not valid UTF-8: save the file as "
		    "UTF-8" },
		{ "\xFF\xFE\x61\n", "the file is UTF-16: save it as UTF-8" },
		{ "\xFE\xFF\x61\n", "the file is UTF-16: save it as UTF-8" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err e = { .code = ERR_NONE };
		FILE *file;

		assert_null(open_text(&file, str_from(bad[i].text), &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.text, bad[i].problem);
		fclose(file);
	}
}

/* Columns and fields at and over their number. */
static void test_number_of_columns(void **state)
{
	(void)state;
	for (size_t n = CSV_COLUMNS_MAX; n <= CSV_COLUMNS_MAX + 1; n++) {
		struct err e = { .code = ERR_NONE };
		struct csv_reader *r;
		struct buf b;
		FILE *file;

		buf_init(&b, SIZE_MAX);
		for (size_t i = 0; i < n; i++)
			buf_add_format(&b, "%sc%zu", i > 0 ? "," : "", i);
		buf_add_text(&b, "\n");
		for (size_t i = 0; i < CSV_COLUMNS_MAX + 2; i++)
			buf_add_text(&b, "x,");
		r = open_text(&file, buf_str(&b), &e);
		assert_int_equal(r != NULL, n == CSV_COLUMNS_MAX);
		if (r) {
			buf_reset(&b);
			describe(&b, r);
			assert_string_equal(
			    b.data, "2! the record has too many fields\n");
		}
		csv_close(r);
		fclose(file);
		buf_free(&b);
	}
}

/* A record at the limit, one over it, and the one after. */
static void test_long_records(void **state)
{
	struct err e = { .code = ERR_NONE };
	const struct str *fields;
	struct csv_reader *r;
	struct buf b;
	FILE *file;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_add_text(&b, "a\n");
	for (int i = 0; i < CSV_RECORD_MAX; i++)
		buf_add_char(&b, 'x');
	buf_add_text(&b, "\n\"");
	for (int i = 0; i < CSV_RECORD_MAX + 1; i++)
		buf_add_char(&b, 'y');
	buf_add_text(&b, "\"\nz\n");
	r = open_text(&file, buf_str(&b), &e);
	assert_int_equal(csv_next(r, &fields, &e), CSV_RECORD);
	assert_int_equal(fields[0].len, CSV_RECORD_MAX);
	assert_int_equal(csv_next(r, &fields, &e), CSV_BAD);
	assert_string_equal(e.text, "the record is longer than 1 MiB");
	assert_int_equal(csv_next(r, &fields, &e), CSV_RECORD);
	assert_true(str_is(fields[0], "z"));
	assert_int_equal(csv_line(r), 4);
	assert_int_equal(csv_next(r, &fields, &e), CSV_END);
	csv_close(r);
	fclose(file);
	buf_free(&b);
}

/* A line that does not end: told once, and nothing behind it is read. */
static void test_endless_line(void **state)
{
	struct err e = { .code = ERR_NONE };
	const struct str *fields;
	struct csv_reader *r;
	FILE *zeros = fopen("/dev/zero", "rb"), *file;
	struct buf b;

	(void)state;
	assert_non_null(zeros);
	assert_null(csv_open(zeros, &e));
	assert_int_equal(e.code, ERR_INPUT);
	fclose(zeros);
	buf_init(&b, SIZE_MAX);
	buf_add_text(&b, "a\n");
	for (int i = 0; i < CSV_RECORD_MAX + 2 * CSV_LINE_MAX; i++)
		buf_add_char(&b, 'x');
	buf_add_text(&b, "\nz\n");
	e = (struct err){ .code = ERR_NONE };
	r = open_text(&file, buf_str(&b), &e);
	assert_int_equal(csv_next(r, &fields, &e), CSV_BAD);
	assert_string_equal(
	    e.text, "the line does not end: reading stopped there");
	assert_int_equal(csv_next(r, &fields, &e), CSV_END);
	csv_close(r);
	fclose(file);
	buf_free(&b);
}

/* The same records wherever the input's blocks end. */
static void test_blocks(void **state)
{
	(void)state;
	for (size_t pad = 65536 - 40; pad < 65536 + 4; pad++) {
		struct err e = { .code = ERR_NONE };
		struct csv_reader *r;
		struct buf b;
		FILE *file;

		buf_init(&b, SIZE_MAX);
		buf_add_text(&b, "a,b\n\"");
		for (size_t i = 0; i < pad; i++)
			buf_add_char(&b, 'x');
		buf_add_text(&b, "\",1\r\n\"q\"\"\r\n\",қ\r\n5,6\r\n");
		r = open_text(&file, buf_str(&b), &e);
		buf_reset(&b);
		describe(&b, r);
		assert_string_equal(
		    b.data + 3 + pad, "|1\n3: q\"\r\n|қ\n5: 5|6\n");
		csv_close(r);
		fclose(file);
		buf_free(&b);
	}
}

static void test_unreadable_file(void **state)
{
	struct err e = { .code = ERR_NONE };
	FILE *file = fopen("/", "rb");

	(void)state;
	assert_non_null(file);
	assert_null(csv_open(file, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	fclose(file);
	csv_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_nul_is_refused),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_number_of_columns),
		cmocka_unit_test(test_long_records),
		cmocka_unit_test(test_endless_line),
		cmocka_unit_test(test_blocks),
		cmocka_unit_test(test_unreadable_file),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
