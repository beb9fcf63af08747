/* Short pieces put one behind the other where room was made for all of them. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_PUT_H
#define BUDGETMAP_SRC_FORMAT_KML_PUT_H

#include "base/str.h"

#include <string.h>

/* What put_padded may read and write behind the end of a piece. */
enum { PUT_PAD = 64 };

/* Copies a piece; returns where the next one goes. A call of memcpy for each of
 * a hundred pieces of ten bytes would cost more than the bytes: here whole
 * words are moved, the last one over the one before. */
static inline char *put(char *to, struct str s)
{
	enum { WIDE = 16, WORD = 8, HALF = 4 };
	const char *from = s.data;
	size_t n = s.len;

	if (n > PUT_PAD) {
		memcpy(to, from, n);
	} else if (n >= WIDE) {
		for (size_t i = 0; i + WIDE < n; i += WIDE)
			memcpy(to + i, from + i, WIDE);
		memcpy(to + n - WIDE, from + n - WIDE, WIDE);
	} else if (n >= WORD) {
		memcpy(to, from, WORD);
		memcpy(to + n - WORD, from + n - WORD, WORD);
	} else if (n >= HALF) {
		memcpy(to, from, HALF);
		memcpy(to + n - HALF, from + n - HALF, HALF);
	} else {
		for (size_t i = 0; i < n; i++)
			to[i] = from[i];
	}
	return to + n;
}

static inline char *put_text(char *to, const char *text)
{
	size_t len = strlen(text);

	memcpy(to, text, len);
	return to + len;
}

/* The same of a piece behind which PUT_PAD bytes can be read. */
static inline char *put_padded(char *to, struct str s)
{
	memcpy(to, s.data, PUT_PAD);
	if (s.len > PUT_PAD)
		memcpy(to + PUT_PAD, s.data + PUT_PAD, s.len - PUT_PAD);
	return to + s.len;
}

/* The same of a piece behind which so much can be read if it does not begin
 * behind last. */
static inline char *put_near(char *to, struct str s, const char *last)
{
	if ((uintptr_t)s.data > (uintptr_t)last || s.len > PUT_PAD)
		return put(to, s);
	memcpy(to, s.data, PUT_PAD);
	return to + s.len;
}

#endif
