#include "base/str.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A decimal number taken apart: its digits without point, and the power of ten
 * they are to be multiplied by. */
struct decimal {
	bool negative;
	size_t start, end; /* of digits and point in the text */
	uint64_t mantissa; /* valid when exact */
	bool exact; /* all digits are in mantissa */
	int exponent;
};

enum {
	EXPONENT_MAX = 9999,
	EXACT_POWER = 22, /* 10^22 is the largest a double holds exactly */
	NUMBER_SIZE = 400
};

static const double powers[EXACT_POWER + 1] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5,
	1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
	1e18, 1e19, 1e20, 1e21, 1e22 };

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Digits with at most one point among them, at least one digit. Returns where
 * they end, 0 when there are none. */
static size_t scan_digits(struct decimal *d, struct str a, size_t at)
{
	static const uint64_t room = (UINT64_MAX - 9) / 10;
	bool point = false;
	size_t digits = 0;

	d->start = at;
	for (; at < a.len; at++) {
		if (a.data[at] == '.' && !point) {
			point = true;
			continue;
		}
		if (!is_digit(a.data[at]))
			break;
		digits++;
		d->exact = d->exact && d->mantissa <= room;
		if (d->exact)
			d->mantissa =
			    d->mantissa * 10 + (uint64_t)(a.data[at] - '0');
		d->exponent -= point;
	}
	d->end = at;
	return digits > 0 ? at : 0;
}

/* The signed integer after 'e' up to the end. */
static bool scan_exponent(struct decimal *d, struct str a, size_t at)
{
	bool negative = false;
	int value = 0;

	if (at < a.len && (a.data[at] == '-' || a.data[at] == '+'))
		negative = a.data[at++] == '-';
	if (at == a.len)
		return false;
	for (; at < a.len; at++) {
		if (!is_digit(a.data[at]))
			return false;
		if (value < EXPONENT_MAX)
			value = value * 10 + (a.data[at] - '0');
	}
	d->exponent += negative ? -value : value;
	return true;
}

static bool decimal_scan(struct decimal *d, struct str a)
{
	size_t at = 0;

	*d = (struct decimal){ .exact = true };
	if (a.len >= NUMBER_SIZE)
		return false;
	if (a.len > 0 && a.data[0] == '-') {
		d->negative = true;
		at++;
	}
	at = scan_digits(d, a, at);
	if (at == 0)
		return false;
	if (at == a.len)
		return true;
	if (a.data[at] != 'e' && a.data[at] != 'E')
		return false;
	return scan_exponent(d, a, at + 1);
}

/* Exact operands give a correctly rounded product or quotient (Clinger,
 * "How to read floating point numbers accurately", 1990). */
static bool decimal_fast(const struct decimal *d, double *out)
{
	if (!d->exact || d->mantissa > (uint64_t)1 << 53 ||
	    d->exponent < -EXACT_POWER || d->exponent > EXACT_POWER)
		return false;
	*out = d->exponent < 0 ? (double)d->mantissa / powers[-d->exponent]
			       : (double)d->mantissa * powers[d->exponent];
	return true;
}

static size_t put_exponent(char *to, int value)
{
	char digits[8];
	size_t n = 0, len = 0;
	int rest = value < 0 ? -value : value;

	to[len++] = 'e';
	if (value < 0)
		to[len++] = '-';
	do {
		digits[n++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	while (n > 0)
		to[len++] = digits[--n];
	to[len] = '\0';
	return len;
}

/* By strtod without a decimal point, which the locale could change. */
static double decimal_slow(const struct decimal *d, struct str a)
{
	char text[NUMBER_SIZE + 16];
	size_t len = 0;

	for (size_t i = d->start; i < d->end; i++)
		if (a.data[i] != '.')
			text[len++] = a.data[i];
	put_exponent(text + len, d->exponent);
	return strtod(text, NULL);
}

struct str str_from(const char *text)
{
	return (struct str){ text, text ? strlen(text) : 0 };
}

int str_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len &&
	       (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool str_is(struct str a, const char *text)
{
	return str_equal(a, str_from(text));
}

bool str_starts(struct str a, const char *prefix)
{
	size_t len = strlen(prefix);

	return a.len >= len && (len == 0 || memcmp(a.data, prefix, len) == 0);
}

struct str str_trim(struct str a)
{
	while (a.len > 0 && is_space(a.data[0])) {
		a.data++;
		a.len--;
	}
	while (a.len > 0 && is_space(a.data[a.len - 1]))
		a.len--;
	return a;
}

struct str str_cut(struct str *rest, char sep)
{
	struct str part = *rest;
	const char *at = NULL;

	if (rest->len > 0)
		at = memchr(rest->data, sep, rest->len);
	if (!at) {
		*rest = (struct str){ NULL, 0 };
		return part;
	}
	part.len = (size_t)(at - part.data);
	rest->data = at + 1;
	rest->len -= part.len + 1;
	return part;
}

bool str_to_int64(struct str a, int64_t *out)
{
	bool negative = a.len > 0 && a.data[0] == '-';
	size_t at = negative ? 1 : 0;
	int64_t value = 0;

	if (at == a.len)
		return false;
	for (; at < a.len; at++) {
		int digit = a.data[at] - '0';

		if (!is_digit(a.data[at]) ||
		    __builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(
			value, negative ? -digit : digit, &value))
			return false;
	}
	*out = value;
	return true;
}

bool str_to_double(struct str a, double *out)
{
	struct decimal d;
	double value;

	if (!decimal_scan(&d, a))
		return false;
	if (!decimal_fast(&d, &value))
		value = decimal_slow(&d, a);
	if (!isfinite(value))
		return false;
	*out = d.negative ? -value : value;
	return true;
}
