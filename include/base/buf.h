/* A growing run of bytes with a limit and a sticky failure. */
#ifndef BUDGETMAP_BASE_BUF_H
#define BUDGETMAP_BASE_BUF_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* data is not terminated. Once failed, every append is ignored, so writers
 * run straight and the caller checks once. */
struct buf {
	char *data;
	size_t len;
	size_t size;  /* bytes allocated */
	size_t limit; /* len never exceeds it */
	bool failed;  /* memory or the limit was exhausted */
};

/* An empty buf of at most limit bytes; allocates nothing. */
void buf_init(struct buf *b, size_t limit);

/* Gives the memory back; the buf is as after buf_init. */
void buf_free(struct buf *b);

/* Empties it and forgets a failure; keeps the memory. */
void buf_reset(struct buf *b);

void buf_add(struct buf *b, const void *data, size_t len);
void buf_add_char(struct buf *b, char c);
void buf_add_text(struct buf *b, const char *text);
void buf_add_str(struct buf *b, struct str s);
void buf_add_int(struct buf *b, int64_t value);

/* At most digits (0 to 15) decimals, no trailing zeros, never an exponent, "0"
 * for negative zero, independent of the locale. value must be finite. */
void buf_add_double(struct buf *b, double value, int digits);

/* Money: tiyn as tenge with at most two decimals, e.g. 1234.5. */
void buf_add_money(struct buf *b, int64_t tiyn);

void buf_add_format(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for len more bytes to be written directly at data + len; the caller
 * raises len. NULL when it failed. */
char *buf_reserve(struct buf *b, size_t len);

/* What is in it; valid until the next append. */
struct str buf_str(const struct buf *b);

#endif
