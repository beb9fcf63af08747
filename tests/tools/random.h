/* Random numbers for tests: the same ones in every run. */
#ifndef BUDGETMAP_TESTS_RANDOM_H
#define BUDGETMAP_TESTS_RANDOM_H

#include <stdint.h>

/* The state is the seed (splitmix64). */
static inline uint64_t random_bits(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return z ^ z >> 31;
}

/* 0 to n - 1. */
static inline uint32_t random_below(uint64_t *state, uint32_t n)
{
	return (uint32_t)((random_bits(state) >> 32) * n >> 32);
}

/* From low up to, but not including, high. */
static inline double random_between(uint64_t *state, double low, double high)
{
	return low + (high - low) * (double)(random_bits(state) >> 11) /
			 9007199254740992.0;
}

#endif
