#include "base/gzip.h"

#include <libdeflate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static char text[100000];

static int fill(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = "budgetmap "[i * i % 10];
	return 0;
}

static void test_round_trip(void **state)
{
	static const size_t sizes[] = { 0, 1, 1000, sizeof(text) };
	static char back[sizeof(text) + 1];
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	struct gzip *g = gzip_open(6);
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t len = 0;

		buf_reset(&b);
		assert_true(gzip_add(g, &b, text, sizes[i]));
		assert_int_equal(libdeflate_gzip_decompress(d, b.data, b.len,
				     back, sizeof(back), &len),
		    LIBDEFLATE_SUCCESS);
		assert_int_equal(len, sizes[i]);
		assert_memory_equal(back, text, len);
	}
	buf_free(&b);
	gzip_close(g);
	libdeflate_free_decompressor(d);
}

/* Equal bytes for equal input, and no time in them (RFC 1952 MTIME). */
static void test_no_time_stamp(void **state)
{
	struct gzip *g = gzip_open(9);
	struct buf b;
	size_t half;

	(void)state;
	buf_init(&b, SIZE_MAX);
	assert_true(gzip_add(g, &b, text, 500));
	half = b.len;
	assert_true(gzip_add(g, &b, text, 500));
	assert_int_equal(b.len, 2 * half);
	assert_memory_equal(b.data, b.data + half, half);
	assert_memory_equal(b.data + 4, "\0\0\0\0", 4);
	buf_free(&b);
	gzip_close(g);
}

/* What fits is written although its bound would not fit. */
static void test_limits(void **state)
{
	struct gzip *g = gzip_open(6);
	struct buf b;

	(void)state;
	buf_init(&b, 2000);
	assert_true(gzip_add(g, &b, text, sizeof(text)));
	buf_free(&b);
	buf_init(&b, 30);
	assert_false(gzip_add(g, &b, text, sizeof(text)));
	assert_true(b.failed);
	assert_false(gzip_add(g, &b, text, 1));
	buf_free(&b);
	gzip_close(g);
	gzip_close(NULL);
	mem_fail_after(0);
	assert_null(gzip_open(6));
	mem_fail_after(-1);
	assert_null(gzip_open(99));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_no_time_stamp),
		cmocka_unit_test(test_limits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, fill, NULL);
}
