/* Cells with amounts, days, numbers, yes and no. */
#include "import_cell_read.h"

#include "base/array.h"
#include "base/clock.h"
#include "store/bin.h"
#include "store/values.h"

#include <string.h>

enum { NUMBER_MAX = 40, GROUP = 3, DECIMALS = 2 };

/* A thousand billion tenge: far above any project, and sums stay in range. */
static const int64_t money_max = INT64_C(100000000000000);

/* What parts groups of digits: spaces, the common one and those that do not
 * break (U+00A0, U+202F, U+2009). */
static const char *const group_marks[] = { " ", "\xC2\xA0", "\xE2\x80\xAF",
	"\xE2\x80\x89" };

static bool refuse(struct err *e, const char *reason)
{
	return err_set(e, ERR_INPUT, "%s", reason);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Where the columns of a file are shifted such a number stands among amounts:
 * so large ones do not occur. */
static bool is_person(struct str digits)
{
	return digits.len == BIN_DIGITS && cell_all_digits(digits) &&
	       bin_has_person(digits);
}

static bool refuse_person(struct err *e)
{
	return refuse(e, "holds a person's number (IIN)");
}

static size_t mark_length(struct str s)
{
	for (size_t i = 0; i < LENGTH(group_marks); i++)
		if (str_starts(s, group_marks[i]))
			return strlen(group_marks[i]);
	return 0;
}

static struct str after(struct str s, size_t n)
{
	return (struct str){ s.data + n, s.len - n };
}

static size_t count_digits(struct str s)
{
	size_t n = 0;

	while (n < s.len && is_digit(s.data[n]))
		n++;
	return n;
}

/* Takes the whole part, with or without group marks, off the front of *s into
 * digits. False when groups are not of three. */
static bool take_whole(char digits[static NUMBER_MAX], size_t *n, struct str *s)
{
	size_t run = count_digits(*s);
	size_t mark;

	*n = 0;
	if (run == 0 || run > NUMBER_MAX / 2)
		return false;
	memcpy(digits, s->data, run);
	*n = run;
	*s = after(*s, run);
	for (mark = mark_length(*s); mark > 0; mark = mark_length(*s)) {
		if (run > GROUP || count_digits(after(*s, mark)) != GROUP ||
		    *n + GROUP > NUMBER_MAX)
			return false;
		memcpy(digits + *n, s->data + mark, GROUP);
		*n += GROUP;
		*s = after(*s, mark + GROUP);
	}
	return true;
}

/* The tiyn of so many whole units and hundredths of one; negative when it is
 * more than money_max. */
static int64_t money_of(
    const char *digits, size_t n, int hundredths, int64_t unit)
{
	int64_t whole = 0;

	for (size_t i = 0; i < n; i++) {
		whole = whole * 10 + (digits[i] - '0');
		if (whole > money_max / unit)
			return -1;
	}
	return whole * unit + hundredths * (unit / 100);
}

/* Takes ",5" or ".50" off the front: hundredths, -1 when it is something else
 * or longer. */
static int take_hundredths(struct str *s)
{
	size_t n;
	int value;

	if (s->len == 0)
		return 0;
	if (s->data[0] != '.' && s->data[0] != ',')
		return -1;
	n = count_digits(after(*s, 1));
	if (n == 0 || n > DECIMALS || s->len != n + 1)
		return -1;
	value = (s->data[1] - '0') * 10;
	return n == DECIMALS ? value + (s->data[2] - '0') : value;
}

/* The sign in front, an ASCII hyphen or U+2212. */
static bool take_minus(struct str *s)
{
	static const char minus[] = "\xE2\x88\x92";

	if (str_starts(*s, "-"))
		*s = after(*s, 1);
	else if (str_starts(*s, minus))
		*s = after(*s, sizeof(minus) - 1);
	else
		return false;
	return true;
}

bool cell_read_money(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	char digits[NUMBER_MAX];
	bool negative = take_minus(&text);
	size_t n;
	int hundredths;
	int64_t tiyn;

	if (!take_whole(digits, &n, &text))
		return refuse(e, "is not an amount like 1234567.89 or "
				 "1 234 567,89");
	if (is_person((struct str){ digits, n }))
		return refuse_person(e);
	hundredths = take_hundredths(&text);
	if (hundredths < 0)
		return refuse(e, "is not an amount with at most two decimals");
	tiyn = money_of(digits, n, hundredths, x->unit);
	if (tiyn < 0)
		return refuse(e, "is more than a thousand billion tenge");
	if (negative && tiyn > 0 && !(c->flags & COLUMN_NEGATIVE))
		return refuse(e, "is below zero");
	*out = (struct value){ .type = VALUE_MONEY,
		.integer = negative ? -tiyn : tiyn };
	return true;
}

/* Also as GDAL writes days, 2026/01/31. */
bool cell_read_day(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	char copy[CLOCK_DAY_SIZE] = "";
	int32_t day;

	(void)c;
	(void)x;
	if (text.len == sizeof(copy) - 1)
		memcpy(copy, text.data, text.len);
	if (copy[4] == '/' && copy[7] == '/') {
		copy[4] = '-';
		copy[7] = '-';
	}
	if (!clock_day_parse(copy, &day))
		return refuse(e, "is not a day that exists, as YYYY-MM-DD");
	*out = (struct value){ .type = VALUE_DAY, .integer = day };
	return true;
}

bool cell_read_int(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	int64_t v;

	(void)x;
	if (!str_to_int64(text, &v))
		return refuse(e, "is not a whole number");
	if ((double)v < c->min || (double)v > c->max)
		return err_set(
		    e, ERR_INPUT, "is not from %.0f to %.0f", c->min, c->max);
	*out = (struct value){ .type = VALUE_INT, .integer = v };
	return true;
}

/* A comma may stand for the point. */
bool cell_read_number(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	char copy[NUMBER_MAX];
	char *comma;
	double v;

	(void)x;
	if (text.len >= sizeof(copy))
		return refuse(e, "is not a number");
	if (is_person(text))
		return refuse_person(e);
	memcpy(copy, text.data, text.len);
	comma = memchr(copy, ',', text.len);
	if (comma && !memchr(copy, '.', text.len))
		*comma = '.';
	if (!str_to_double((struct str){ copy, text.len }, &v))
		return refuse(e, "is not a number");
	if (v < c->min || v > c->max)
		return err_set(
		    e, ERR_INPUT, "is not from %.0f to %.0f", c->min, c->max);
	*out =
	    (struct value){ .type = VALUE_NUMBER, .number = value_rounded(v) };
	return true;
}

bool cell_read_bool(struct value *out, const struct import_column *c,
    struct str text, const struct cell_context *x, struct err *e)
{
	static const char *const words[2][3] = { { "false", "0", "no" },
		{ "true", "1", "yes" } };

	(void)c;
	(void)x;
	for (int v = 0; v < 2; v++) {
		for (int i = 0; i < 3; i++) {
			if (!str_is(text, words[v][i]))
				continue;
			*out =
			    (struct value){ .type = VALUE_BOOL, .integer = v };
			return true;
		}
	}
	return refuse(e, "is not true or false");
}
