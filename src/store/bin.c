#include "store/bin.h"

#include "base/array.h"

#include <stddef.h>
#include <string.h>

enum { CHECKED = BIN_DIGITS - 1, MODULUS = 11 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The remainder with weights 1..11, and when that is 10 with 3..11,1,2; a
 * number for which both are 10 is not issued. */
static int check_digit(const char *digits)
{
	for (int first = 1; first <= 3; first += 2) {
		int sum = 0;

		for (int i = 0; i < CHECKED; i++) {
			int weight = (i + first - 1) % CHECKED + 1;

			sum += (digits[i] - '0') * weight;
		}
		if (sum % MODULUS < 10)
			return sum % MODULUS;
	}
	return -1;
}

static int two_digits(const char *at)
{
	return (at[0] - '0') * 10 + (at[1] - '0');
}

static enum bin_kind classify_digits(const char *digits)
{
	if (check_digit(digits) != digits[CHECKED] - '0')
		return BIN_BAD;
	if (digits[4] <= '3')
		return BIN_PERSON;
	return digits[4] <= '6' ? BIN_ORGANISATION : BIN_BAD;
}

/* Month and day of birth and the digit of century and sex. */
static bool fits_birth(const char *digits)
{
	int month = two_digits(digits + 2);
	int day = two_digits(digits + 4);

	return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
	       digits[6] >= '0' && digits[6] <= '6';
}

/* Bytes of UTF-8 between a first and a last, both included. */
struct span {
	size_t len;
	const char *first, *last;
	bool visible; /* parts groups; otherwise it only hides */
};

/* What people and disguises put between digits: spaces, hyphens and dashes,
 * dot, slash; and what cannot be seen at all. */
static const struct span partings[] = {
	{ 1, " ", " ", true },
	{ 1, "\t", "\t", true },
	{ 1, "-", "/", true },
	{ 2, "\xC2\xA0", "\xC2\xA0", true },
	{ 2, "\xC2\xAD", "\xC2\xAD", false },
	{ 3, "\xE2\x80\x80", "\xE2\x80\x8A", true },
	{ 3, "\xE2\x80\x8B", "\xE2\x80\x8F", false },
	{ 3, "\xE2\x80\x90", "\xE2\x80\x95", true },
	{ 3, "\xE2\x80\xAF", "\xE2\x80\xAF", true },
	{ 3, "\xE2\x81\xA0", "\xE2\x81\xA0", false },
	{ 3, "\xE2\x88\x92", "\xE2\x88\x92", true },
	{ 3, "\xEF\xBB\xBF", "\xEF\xBB\xBF", false },
};

/* Digits: European, Arabic, Persian, full width. */
static const struct span digit_spans[] = {
	{ 1, "0", "9", true },
	{ 2, "\xD9\xA0", "\xD9\xA9", true },
	{ 2, "\xDB\xB0", "\xDB\xB9", true },
	{ 3, "\xEF\xBC\x90", "\xEF\xBC\x99", true },
};

enum {
	PARTINGS = LENGTH(partings),
	DIGIT_SPANS = LENGTH(digit_spans),
	PARTING_MAX = 3 /* marks in a row */
};

static const struct span *span_at(
    const struct span *spans, size_t n, struct str s)
{
	for (size_t i = 0; i < n; i++)
		if (s.len >= spans[i].len &&
		    memcmp(s.data, spans[i].first, spans[i].len) >= 0 &&
		    memcmp(s.data, spans[i].last, spans[i].len) <= 0)
			return &spans[i];
	return NULL;
}

static struct str behind(struct str s, size_t n)
{
	return (struct str){ s.data + n, s.len - n };
}

static size_t digit_run(const char *at, size_t len)
{
	size_t n = 0;

	while (n < len && is_digit(at[n]))
		n++;
	return n;
}

/* Skips what parts digits; grouped becomes true where it can be seen. Without a
 * digit behind it nothing is skipped. */
static struct str skip_parting(struct str s, bool *grouped)
{
	struct str rest = s;
	bool seen = false;

	for (int i = 0; i < PARTING_MAX; i++) {
		const struct span *p = span_at(partings, PARTINGS, rest);

		if (!p)
			break;
		seen = seen || p->visible;
		rest = behind(rest, p->len);
	}
	if (!span_at(digit_spans, DIGIT_SPANS, rest))
		return s;
	*grouped = seen;
	return rest;
}

/* Groups of one size only: dates and amounts are written in others. */
static bool fits_group(size_t *size, size_t group)
{
	if (*size == 0)
		*size = group;
	return *size == group && BIN_DIGITS % group == 0;
}

/* Reads a number that begins exactly here, a digit before excluded by the
 * caller: twelve digits in a row or in groups of one size. Returns how many
 * bytes it takes, 0 when there is none. */
static size_t number_at(char digits[static BIN_DIGITS], struct str s)
{
	size_t n = 0, group = 0, size = 0;
	struct str rest = s;
	const struct span *d;

	while ((d = span_at(digit_spans, DIGIT_SPANS, rest)) != NULL) {
		bool grouped = false;

		if (n == BIN_DIGITS)
			return 0;
		digits[n++] =
		    (char)('0' + (unsigned char)rest.data[d->len - 1] -
			   (unsigned char)d->first[d->len - 1]);
		group++;
		rest = behind(rest, d->len);
		if (n == BIN_DIGITS)
			continue;
		rest = skip_parting(rest, &grouped);
		if (grouped && !fits_group(&size, group))
			return 0;
		if (grouped)
			group = 0;
	}
	if (n != BIN_DIGITS || (size > 0 && !fits_group(&size, group)))
		return 0;
	return (size_t)(rest.data - s.data);
}

/* Where the next byte stands that may begin a digit of some kind, from i on. */
static size_t next_digit(struct str s, size_t i)
{
	for (; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (is_digit((char)c) || c == 0xD9 || c == 0xDB || c == 0xEF)
			break;
	}
	return i;
}

/* The bytes to go on by: a run of digits is never begun in its middle. */
static size_t step(struct str s)
{
	const struct span *d = span_at(digit_spans, DIGIT_SPANS, s);
	size_t taken = 0;

	if (!d)
		return 1;
	while (
	    (d = span_at(digit_spans, DIGIT_SPANS, behind(s, taken))) != NULL)
		taken += d->len;
	return taken;
}

enum bin_kind bin_classify(struct str text)
{
	if (text.len != BIN_DIGITS ||
	    digit_run(text.data, text.len) != BIN_DIGITS)
		return BIN_BAD;
	return classify_digits(text.data);
}

bool bin_has_person(struct str text)
{
	char digits[BIN_DIGITS];
	size_t i = 0;

	while ((i = next_digit(text, i)) < text.len) {
		struct str rest = { text.data + i, text.len - i };

		if (number_at(digits, rest) > 0 && fits_birth(digits) &&
		    classify_digits(digits) == BIN_PERSON)
			return true;
		i += step(rest);
	}
	return false;
}

void bin_add_masked(struct buf *out, struct str text)
{
	char digits[BIN_DIGITS];
	size_t i = 0;

	while (i < text.len) {
		struct str rest = { text.data + i, text.len - i };
		size_t taken = number_at(digits, rest);

		if (taken > 0 && digits[4] <= '3') {
			buf_add_text(out, "************");
			i += taken;
			continue;
		}
		taken = step(rest);
		buf_add(out, rest.data, taken);
		i += taken;
	}
}
