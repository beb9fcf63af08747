/* Short texts compared by whole words, without a call. */
#ifndef BUDGETMAP_BASE_WORDS_H
#define BUDGETMAP_BASE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t words_at(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return word;
}

/* Whether len bytes are the same; the last word lies over the one before. */
static inline bool words_equal(const char *a, const char *b, size_t len)
{
	enum { WORD = sizeof(uint64_t) };
	size_t i = 0;

	if (len < WORD) {
		while (i < len && a[i] == b[i])
			i++;
		return i == len;
	}
	for (; i + WORD < len; i += WORD)
		if (words_at(a + i) != words_at(b + i))
			return false;
	i = len - WORD;
	return words_at(a + i) == words_at(b + i);
}

#endif
