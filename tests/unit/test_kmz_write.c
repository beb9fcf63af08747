#include "format/kmz_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

enum { PUBLISHED = 1782864000 };

static const struct kmz_entry pictures[] = {
	{ "files/mark.png", { "\x89PNG\r\n\x1a\n\0\0", 10 } },
	{ "files/legend.png", { "", 0 } },
};

static void pack(struct buf *out, struct str kml)
{
	struct err e = { .code = ERR_NONE };

	buf_init(out, SIZE_MAX);
	if (!kmz_write(out, kml, pictures, 2, PUBLISHED, &e))
		fail_msg("%s %s", e.text, e.detail);
}

static zip_t *open_archive(const struct buf *b)
{
	zip_source_t *source =
	    zip_source_buffer_create(b->data, b->len, 0, NULL);
	zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, NULL);

	assert_non_null(zip);
	return zip;
}

static void check_entry(
    zip_t *zip, zip_uint64_t number, const char *name, struct str data)
{
	zip_file_t *file = zip_fopen_index(zip, number, 0);
	char *text = malloc(data.len + 1);

	assert_string_equal(zip_get_name(zip, number, 0), name);
	assert_non_null(file);
	assert_int_equal(zip_fread(file, text, data.len + 1), data.len);
	assert_memory_equal(text, data.data, data.len);
	free(text);
	zip_fclose(file);
}

static void test_entries(void **state)
{
	static const struct str texts[] = { { "<kml/>", 6 }, { "", 0 } };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct buf b;
		zip_t *zip;

		pack(&b, texts[i]);
		zip = open_archive(&b);
		assert_int_equal(zip_get_num_entries(zip, 0), 3);
		check_entry(zip, 0, "doc.kml", texts[i]);
		check_entry(zip, 1, pictures[0].name, pictures[0].data);
		check_entry(zip, 2, pictures[1].name, pictures[1].data);
		zip_discard(zip);
		buf_free(&b);
	}
}

/* The first bytes are those of doc.kml: some readers look no further. */
static void test_first_entry(void **state)
{
	struct buf b;

	(void)state;
	pack(&b, (struct str){ "<kml/>", 6 });
	assert_memory_equal(b.data, "PK\3\4", 4);
	assert_memory_equal(b.data + 30, "doc.kml", 7);
	buf_free(&b);
}

static void test_same_bytes(void **state)
{
	struct buf text, a, b;

	(void)state;
	buf_init(&text, SIZE_MAX);
	for (int i = 0; i < 100000; i++)
		buf_add_format(&text, "<Placemark id=\"n%d\"/>", i);
	pack(&a, buf_str(&text));
	pack(&b, buf_str(&text));
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.data, b.data, a.len);
	assert_true(a.len < text.len / 4);
	buf_free(&text);
	buf_free(&a);
	buf_free(&b);
}

static void test_limits(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	assert_false(kmz_write(
	    &b, (struct str){ "<kml/>", 6 }, pictures, 2, PUBLISHED, &e));
	assert_int_equal(e.code, ERR_MEMORY);
	assert_int_equal(b.len, 0);
	e.code = ERR_NONE;
	assert_false(
	    kmz_write(&b, (struct str){ "", (size_t)KMZ_WRITE_MAX + 1 }, NULL,
		0, PUBLISHED, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_first_entry),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_limits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
