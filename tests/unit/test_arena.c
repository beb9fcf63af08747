#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static bool is_zero(const unsigned char *p, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (p[i] != 0)
			return false;
	return true;
}

/* Pieces of many sizes keep what was written into them: none overlap. */
static void test_pieces_are_apart_zeroed_and_aligned(void **state)
{
	enum { N = 2000 };
	static unsigned char *pieces[N];
	struct arena a;

	(void)state;
	arena_init(&a, SIZE_MAX);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < N; i++) {
			size_t size = i * 37 % 5003;

			pieces[i] = arena_alloc(&a, size);
			assert_non_null(pieces[i]);
			assert_int_equal(
			    (uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
			assert_true(is_zero(pieces[i], size));
			memset(pieces[i], (int)(i % 251) + 1, size);
		}
		for (size_t i = 0; i < N; i++)
			for (size_t k = 0; k < i * 37 % 5003; k++)
				assert_int_equal(pieces[i][k], i % 251 + 1);
		arena_reset(&a);
	}
	arena_free(&a);
}

static void test_limit_is_hard(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 100);
	assert_non_null(arena_alloc(&a, 60));
	assert_null(arena_alloc(&a, 41));
	assert_non_null(arena_alloc(&a, 40));
	assert_null(arena_alloc(&a, 1));
	assert_null(arena_alloc(&a, SIZE_MAX));
	arena_reset(&a);
	assert_non_null(arena_alloc(&a, 100));
	assert_int_equal(a.used, 100);
	arena_free(&a);
}

static void test_products_are_checked(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, SIZE_MAX);
	assert_null(arena_array(&a, SIZE_MAX / 2, 3));
	assert_null(arena_array(&a, SIZE_MAX, SIZE_MAX));
	assert_non_null(arena_array(&a, 0, 8));
	assert_non_null(arena_array(&a, 3, 8));
	arena_free(&a);
}

static void test_copies_are_terminated(void **state)
{
	struct arena a;
	char *copy;

	(void)state;
	arena_init(&a, SIZE_MAX);
	copy = arena_copy(&a, "abcdef", 3);
	assert_string_equal(copy, "abc");
	assert_string_equal(arena_copy(&a, NULL, 0), "");
	assert_null(arena_copy(&a, "x", SIZE_MAX));
	arena_free(&a);
}

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>

/* Under AddressSanitizer what was not handed out may not be touched. */
static void test_the_rest_is_poisoned(void **state)
{
	struct arena a;
	char *p, *q;

	(void)state;
	arena_init(&a, SIZE_MAX);
	p = arena_alloc(&a, 5);
	q = arena_alloc(&a, 8);
	assert_false(__asan_address_is_poisoned(p + 4));
	assert_true(__asan_address_is_poisoned(p + 5));
	assert_true(__asan_address_is_poisoned(q - 1));
	assert_true(__asan_address_is_poisoned(q + 8));
	arena_reset(&a);
	assert_true(__asan_address_is_poisoned(p));
	arena_free(&a);
}
#endif

/* After a reset a small piece needs no allocation. */
static void test_reset_keeps_a_block(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, SIZE_MAX);
	assert_non_null(arena_alloc(&a, 10));
	assert_non_null(arena_alloc(&a, 8 << 20));
	arena_reset(&a);
	mem_fail_after(0);
	assert_non_null(arena_alloc(&a, 10));
	assert_null(arena_alloc(&a, 8 << 20));
	mem_fail_after(-1);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_are_apart_zeroed_and_aligned),
		cmocka_unit_test(test_limit_is_hard),
		cmocka_unit_test(test_products_are_checked),
		cmocka_unit_test(test_copies_are_terminated),
		cmocka_unit_test(test_reset_keeps_a_block),
#ifdef __SANITIZE_ADDRESS__
		cmocka_unit_test(test_the_rest_is_poisoned),
#endif
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
