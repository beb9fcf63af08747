#include "store/bin.h"

#include <stddef.h>
#include <string.h>

enum { HALF = BIN_DIGITS / 2, CHECKED = BIN_DIGITS - 1, MODULUS = 11 };

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

/* The length of what may part the two halves at this place. */
static size_t parting(const char *at, size_t len)
{
	if (len >= 1 && (at[0] == ' ' || at[0] == '-'))
		return 1;
	if (len >= 2 && memcmp(at, "\xC2\xA0", 2) == 0)
		return 2;
	return 0;
}

static size_t digit_run(const char *at, size_t len)
{
	size_t n = 0;

	while (n < len && is_digit(at[n]))
		n++;
	return n;
}

/* Reads a number that begins exactly here, a run of digits before excluded by
 * the caller. Returns how many bytes it takes, 0 when there is none. */
static size_t number_at(char digits[static BIN_DIGITS], struct str s)
{
	size_t run = digit_run(s.data, s.len);
	size_t gap;

	if (run == BIN_DIGITS) {
		memcpy(digits, s.data, BIN_DIGITS);
		return BIN_DIGITS;
	}
	if (run != HALF)
		return 0;
	gap = parting(s.data + run, s.len - run);
	if (gap == 0 ||
	    digit_run(s.data + run + gap, s.len - run - gap) != HALF)
		return 0;
	memcpy(digits, s.data, HALF);
	memcpy(digits + HALF, s.data + run + gap, HALF);
	return BIN_DIGITS + gap;
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

	while (i < text.len) {
		struct str rest = { text.data + i, text.len - i };

		if (number_at(digits, rest) > 0 && fits_birth(digits) &&
		    classify_digits(digits) == BIN_PERSON)
			return true;
		i +=
		    is_digit(rest.data[0]) ? digit_run(rest.data, rest.len) : 1;
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
		taken =
		    is_digit(rest.data[0]) ? digit_run(rest.data, rest.len) : 1;
		buf_add(out, rest.data, taken);
		i += taken;
	}
}
