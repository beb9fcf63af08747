#include "base/mem.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "format/csv_read.h"
#include "format/csv_write.h"
#include "format/geojson.h"
#include "format/json_read.h"
#include "format/kml_read.h"
#include "format/kml_write.h"
#include "golden.h"
#include "sample.h"
#include "visits.h"

/* Something that allocates; what it made of the file stands in *result as a
 * hash. False when it could not be finished. A sanitizer or Valgrind sees
 * whether anything leaked. */
typedef bool attempt(const struct str *file, uint64_t *result);

enum { ATTEMPTS_MAX = 20000 };

/* Whether the buf is whole; its hash. */
static bool finish(const struct buf *b, uint64_t *result)
{
	*result = hash_bytes(b->data, b->len, 0);
	return !b->failed;
}

static bool write_geojson(const struct str *file, uint64_t *result)
{
	struct buf b;
	bool good;

	(void)file;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		geojson_add_feature(&b, &sample_features[i]);
	good = finish(&b, result);
	buf_free(&b);
	return good;
}

static bool write_csv(const struct str *file, uint64_t *result)
{
	struct buf b;
	bool good;

	(void)file;
	buf_init(&b, SIZE_MAX);
	csv_add_header(&b, &sample_schema);
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		csv_add_feature(&b, &sample_features[i]);
	good = finish(&b, result);
	buf_free(&b);
	return good;
}

static bool write_kml(const struct str *file, uint64_t *result)
{
	struct kml_placemarks *p;
	struct arena a;
	struct buf b;
	bool good;

	(void)file;
	arena_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	p = kml_placemarks(&sample_document, &a, NULL);
	kml_begin(&b, &sample_document);
	for (size_t i = 0; p && i < SAMPLE_COUNT; i++)
		kml_add_feature(&b, p, &sample_features[i]);
	kml_end(&b);
	good = finish(&b, result) && p;
	buf_free(&b);
	arena_free(&a);
	return good;
}

static bool read_csv(const struct str *file, uint64_t *result)
{
	struct err e = { .code = ERR_NONE };
	FILE *in = fmemopen((void *)(uintptr_t)file->data, file->len, "rb");
	struct csv_reader *r = csv_open(in, &e);
	const struct str *fields;

	*result = 0;
	while (r && csv_next(r, &fields, &e) == CSV_RECORD)
		*result = hash_bytes(fields[1].data, fields[1].len, *result);
	csv_close(r);
	fclose(in);
	assert_true(e.code == ERR_NONE || e.code == ERR_MEMORY);
	return e.code == ERR_NONE;
}

static bool read_foreign(
    const struct str *file, uint64_t *result, visits_reader *read)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf b;
	bool good;

	arena_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	good = visits_read(read, *file, SIZE_MAX, &a, visits_add, &b, &e);
	good = finish(&b, result) && good;
	arena_free(&a);
	buf_free(&b);
	return good;
}

static bool read_geojson(const struct str *file, uint64_t *result)
{
	return read_foreign(file, result, json_read_features);
}

static bool read_kml(const struct str *file, uint64_t *result)
{
	return read_foreign(file, result, kml_read_features);
}

static bool read_fragment(const struct str *file, uint64_t *result)
{
	struct feature f;
	struct arena a;
	bool good;

	arena_init(&a, SIZE_MAX);
	good = json_read_fragment(&f, &sample_schema, *file, &a, NULL);
	*result = good ? hash_bytes(f.public_id.data, f.public_id.len, 0) : 0;
	arena_free(&a);
	return good;
}

/* Lets the first allocation fail, then the second, and so on until none does;
 * what is called finished has to be what it is without failures. */
static void assert_survives(attempt *try, const struct str *file)
{
	uint64_t whole, result = 0;
	long count = 0;
	bool good = false;

	assert_true(try(file, &whole));
	for (; !good && count < ATTEMPTS_MAX; count++) {
		mem_fail_after(count);
		good = try(file, &result);
		mem_fail_after(-1);
	}
	assert_true(good);
	assert_int_equal(result, whole);
	assert_true(count > 1);
}

static void test_writers(void **state)
{
	(void)state;
	assert_survives(write_geojson, NULL);
	assert_survives(write_csv, NULL);
	assert_survives(write_kml, NULL);
}

static void assert_reads(attempt *try, const char *name)
{
	struct str text;
	char *data = golden_read(name, &text.len);

	text.data = data;
	assert_survives(try, &text);
	mem_free(data);
}

static void test_readers(void **state)
{
	(void)state;
	assert_reads(read_csv, "csv/samples.csv");
	assert_reads(read_geojson, "geojson/samples.geojson");
	assert_reads(read_kml, "kml/samples.kml");
}

static void test_fragments(void **state)
{
	(void)state;
	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		struct str text;
		struct buf b;

		buf_init(&b, SIZE_MAX);
		geojson_add_feature(&b, &sample_features[i]);
		text = buf_str(&b);
		assert_survives(read_fragment, &text);
		buf_free(&b);
	}
}

static char *copy_text(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = mem_alloc(size);

	return copy ? memcpy(copy, text, size) : NULL;
}

static void ignore_error(void *context, const char *text, ...)
{
	(void)context;
	(void)text;
}

/* The libraries' allocations fail too. */
int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writers),
		cmocka_unit_test(test_readers),
		cmocka_unit_test(test_fragments),
	};
	int failed;

	xmlMemSetup(mem_free, mem_alloc, mem_realloc, copy_text);
	xmlInitParser();
	xmlSetGenericErrorFunc(NULL, ignore_error);
	json_set_alloc_funcs(mem_alloc, mem_free);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	xmlCleanupParser();
	return failed;
}
