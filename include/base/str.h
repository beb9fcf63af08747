/* Slices of bytes that somebody else owns. */
#ifndef BUDGETMAP_BASE_STR_H
#define BUDGETMAP_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* len bytes at data, not terminated; data may be NULL when len is 0. */
struct str {
	const char *data;
	size_t len;
};

/* A slice of a terminated string; NULL gives the empty slice. */
struct str str_from(const char *text);

bool str_equal(struct str a, struct str b);
bool str_is(struct str a, const char *text);
bool str_starts(struct str a, const char *prefix);

/* ASCII white space cut from both ends. */
struct str str_trim(struct str a);

/* Cuts the part before the first sep from *rest and returns it; *rest becomes
 * what follows. Without sep the whole is returned and *rest becomes empty with
 * data NULL. */
struct str str_cut(struct str *rest, char sep);

/* The value of a hexadecimal digit, -1 when it is none. */
int str_hex_digit(char c);

/* Whole decimal integers and finite decimal numbers, the whole slice, no
 * space, locale-free; on failure *out keeps its value. */
bool str_to_int64(struct str a, int64_t *out)
    __attribute__((warn_unused_result));
bool str_to_double(struct str a, double *out)
    __attribute__((warn_unused_result));

#endif
