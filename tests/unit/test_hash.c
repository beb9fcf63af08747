#include "base/build_id.h"
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Stored checksums depend on these. */
static void test_known_values(void **state)
{
	(void)state;
	assert_int_equal(hash_bytes("", 0, 0), 0x2ff028988835cb8f);
	assert_int_equal(hash_bytes("abcdefghi", 9, 0), 0x31af2cdfda1bc667);
	assert_int_not_equal(hash_bytes("a", 1, 0), hash_bytes("a", 1, 1));
	assert_int_not_equal(hash_bytes("", 0, 0), hash_bytes("\0", 1, 0));
	assert_int_not_equal(hash_bytes("\0", 1, 0), hash_bytes("\0\0", 2, 0));
}

/* A changed bit changes every bit of the hash about every second time. */
static void test_bits_avalanche(void **state)
{
	enum { LEN = 37, BITS = LEN * 8 };
	static int flips[64];
	unsigned char data[LEN];
	uint64_t first;

	(void)state;
	for (size_t i = 0; i < LEN; i++)
		data[i] = (unsigned char)(i * 7);
	first = hash_bytes(data, LEN, 0);
	for (size_t bit = 0; bit < BITS; bit++) {
		uint64_t changed;

		data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		changed = first ^ hash_bytes(data, LEN, 0);
		data[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_true(changed != 0);
		for (int i = 0; i < 64; i++)
			flips[i] += (int)(changed >> i & 1);
	}
	for (int i = 0; i < 64; i++)
		assert_in_range(flips[i], BITS / 3, BITS * 2 / 3);
}

/* Found among the notes of the program that runs. */
static void test_build_id(void **state)
{
	struct str id = build_id(), again = build_id();

	(void)state;
	assert_in_range(id.len, 8, 64);
	assert_ptr_equal(id.data, again.data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_values),
		cmocka_unit_test(test_bits_avalanche),
		cmocka_unit_test(test_build_id),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
