/* Bytes found many at a time. */
#ifndef BUDGETMAP_BASE_SCAN_H
#define BUDGETMAP_BASE_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SCAN_BLOCK = 64 };

/* Bit i is set where block[i] is c; *other tells whether a or b is anywhere. */
static inline uint64_t scan_block(
    const char block[static SCAN_BLOCK], char c, char a, char b, bool *other)
{
	uint64_t found = 0;

#ifdef __SSE2__
	const __m128i wanted = _mm_set1_epi8(c);
	const __m128i first = _mm_set1_epi8(a), second = _mm_set1_epi8(b);
	__m128i here[4], any = _mm_setzero_si128();
	uint32_t bits[4];

	memcpy(here, block, sizeof(here));
#define SCAN_QUARTER(i)                                                        \
	bits[i] =                                                              \
	    (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(here[i], wanted));      \
	any = _mm_or_si128(any, _mm_or_si128(_mm_cmpeq_epi8(here[i], first),   \
				    _mm_cmpeq_epi8(here[i], second)))
	SCAN_QUARTER(0);
	SCAN_QUARTER(1);
	SCAN_QUARTER(2);
	SCAN_QUARTER(3);
#undef SCAN_QUARTER
	found = (uint64_t)(bits[0] | bits[1] << 16) |
		(uint64_t)(bits[2] | bits[3] << 16) << 32;
	*other |= _mm_movemask_epi8(any) != 0;
#else
	for (int i = 0; i < SCAN_BLOCK; i++) {
		found |= (uint64_t)(block[i] == c) << i;
		*other |= block[i] == a || block[i] == b;
	}
#endif
	return found;
}

/* Asks for the bytes ahead, whose reading would wait for memory otherwise. They
 * need not be there. */
static inline void scan_ahead(const char *at, size_t len)
{
	for (size_t i = 0; i < len; i += SCAN_BLOCK)
		__builtin_prefetch((const void *)((uintptr_t)at + i));
}

#endif
