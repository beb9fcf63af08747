#include "base/hash.h"

/* Odd, with half of the bits set in no pattern: the golden ratio's fraction
 * and the finaliser's constants of MurmurHash3. */
static const uint64_t STEP = 0x9E3779B97F4A7C15;
static const uint64_t MIX_A = 0xFF51AFD7ED558CCD;
static const uint64_t MIX_B = 0xC4CEB9FE1A85EC53;

/* Little-endian everywhere. Compilers make one load of it. */
static uint64_t load(const unsigned char *p)
{
	return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
	       (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 |
	       (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
	       (uint64_t)p[7] << 56;
}

static uint64_t step(uint64_t h, uint64_t word)
{
	h = (h ^ word) * STEP;
	return h ^ h >> 32;
}

static uint64_t finish(uint64_t h)
{
	h = (h ^ h >> 33) * MIX_A;
	h = (h ^ h >> 33) * MIX_B;
	return h ^ h >> 33;
}

uint64_t hash_bytes(const void *data, size_t len, uint64_t seed)
{
	const unsigned char *p = data;
	uint64_t h = step(seed, (uint64_t)len + STEP);
	size_t rest = len;
	uint64_t last = 0;

	while (rest >= 8) {
		h = step(h, load(p));
		p += 8;
		rest -= 8;
	}
	for (size_t i = 0; i < rest; i++)
		last |= (uint64_t)p[i] << 8 * i;
	return finish(step(h, last));
}
