#include "query/params_check.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "geo/bbox.h"

#include <stdio.h>
#include <string.h>

enum { KATO_DIGITS = 9, TIYN_DECIMALS = 2 };

/* More tenge than this has no meaning, and its tiyn still fit an int64. */
static const int64_t MONEY_MAX_TENGE = 90000000000000000;

static bool all_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] < '0' || s.data[i] > '9')
			return false;
	return s.len > 0;
}

static bool check_bbox(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	double corners[4];

	(void)row;
	(void)a;
	return bbox_numbers(corners, *value, e);
}

static bool clamp(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%.0f", row->max);
	char *copy = arena_copy(a, text, (size_t)n);

	if (!copy)
		return err_no_room(e);
	*value = (struct str){ copy, (size_t)n };
	return true;
}

static bool check_int(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	int64_t number = 0;
	bool read = str_to_int64(*value, &number);

	/* Digits that do not fit an int64 are above any maximum. */
	if (row->flags & PARAM_CLAMP && all_digits(*value) &&
	    (!read || (double)number > row->max))
		return clamp(row, value, a, e);
	if (read && (double)number >= row->min && (double)number <= row->max)
		return true;
	return err_set(e, ERR_INPUT,
	    "%s must be a whole number from %.0f to %.0f", row->name, row->min,
	    row->max);
}

static bool check_number(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	double number;

	(void)a;
	if (str_to_double(*value, &number) && number >= row->min &&
	    number <= row->max)
		return true;
	return err_set(e, ERR_INPUT, "%s must be a number from %g to %g",
	    row->name, row->min, row->max);
}

bool param_money(struct str text, int64_t *tiyn)
{
	struct str whole, decimals = text;
	int64_t tenge, parts = 0;

	whole = str_cut(&decimals, '.');
	if (!all_digits(whole) || !str_to_int64(whole, &tenge) ||
	    tenge > MONEY_MAX_TENGE)
		return false;
	if (decimals.data) {
		if (!all_digits(decimals) || decimals.len > TIYN_DECIMALS ||
		    !str_to_int64(decimals, &parts))
			return false;
		if (decimals.len == 1)
			parts *= 10;
	}
	*tiyn = tenge * 100 + parts;
	return true;
}

static bool check_money(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	int64_t tiyn;

	(void)a;
	if (param_money(*value, &tiyn))
		return true;
	return err_set(e, ERR_INPUT,
	    "%s must be an amount in tenge, with at most two decimals",
	    row->name);
}

static bool known_code(const struct param *row, struct str code)
{
	return codes_find(row->codes, code) >= 0;
}

static bool known_kato(const struct param *row, struct str code)
{
	(void)row;
	return str_is(code, "none") ||
	       (code.len == KATO_DIGITS && all_digits(code));
}

static bool known_year(const struct param *row, struct str code)
{
	int64_t year;

	return code.len == 4 && all_digits(code) && str_to_int64(code, &year) &&
	       (double)year >= row->min && (double)year <= row->max;
}

static bool each(const struct param *row, struct str list,
    bool known(const struct param *row, struct str code))
{
	do {
		struct str code = str_cut(&list, ',');

		if (!known(row, code))
			return false;
	} while (list.data);
	return true;
}

static bool check_codes(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if (each(row, *value, known_code))
		return true;
	return err_set(e, ERR_INPUT,
	    "%s takes codes of its list, separated by commas", row->name);
}

static bool check_choice(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if (known_code(row, *value))
		return true;
	return err_set(
	    e, ERR_INPUT, "%s takes one code of its list", row->name);
}

static bool check_district(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if (each(row, *value, known_kato))
		return true;
	return err_set(e, ERR_INPUT,
	    "%s takes KATO codes of nine digits, separated by commas",
	    row->name);
}

static bool check_years(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if (each(row, *value, known_year))
		return true;
	return err_set(e, ERR_INPUT,
	    "%s takes years from %.0f to %.0f, separated by commas", row->name,
	    row->min, row->max);
}

static bool check_bool(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if (str_is(*value, "true") || str_is(*value, "false"))
		return true;
	return err_set(e, ERR_INPUT, "%s must be true or false", row->name);
}

/* A time belongs to the local day it falls on, as projects are dated by
 * days. */
static bool moment(struct str text, int32_t *day)
{
	int64_t seconds;

	if (clock_date_parse(text, day))
		return true;
	if (!clock_stamp_parse(text, &seconds))
		return false;
	*day = clock_local_day(seconds);
	return true;
}

static bool is_open_end(struct str text)
{
	return text.len == 0 || str_is(text, "..");
}

bool param_datetime_days(struct str text, int32_t *from, int32_t *to)
{
	struct str end = text, start = str_cut(&end, '/');
	int32_t first = 0, last = INT32_MAX;

	if (!end.data) {
		if (!moment(start, &first))
			return false;
		last = first;
	} else if ((!is_open_end(start) && !moment(start, &first)) ||
		   (!is_open_end(end) && !moment(end, &last)) ||
		   (is_open_end(start) && is_open_end(end)) || first > last) {
		return false;
	}
	*from = first;
	*to = last;
	return true;
}

static bool check_datetime(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	char *text = arena_copy(a, value->data, value->len);
	int32_t from, to;

	if (!text)
		return err_no_room(e);
	/* The plus of a zone, which a form's encoding made a space. */
	for (size_t i = 0; i < value->len; i++)
		if (text[i] == ' ')
			text[i] = '+';
	value->data = text;
	if (param_datetime_days(*value, &from, &to))
		return true;
	return err_set(e, ERR_INPUT,
	    "%s takes a day, a time with its zone, or two of them with / "
	    "between, of which one may be ..",
	    row->name);
}

static bool check_text(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if ((double)value->len > row->max)
		return err_set(e, ERR_INPUT, "%s is longer than %.0f bytes",
		    row->name, row->max);
	for (size_t i = 0; i < value->len; i++)
		if ((unsigned char)value->data[i] < ' ' ||
		    value->data[i] == '\177')
			return err_set(e, ERR_INPUT,
			    "%s holds a control character", row->name);
	return true;
}

static bool check_day(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	int32_t day;

	(void)a;
	return clock_date_parse(*value, &day) ||
	       err_set(e, ERR_INPUT, "%s must be a day, YYYY-MM-DD", row->name);
}

static bool check_time(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	int64_t time;

	(void)a;
	return clock_time_parse(*value, &time) ||
	       err_set(e, ERR_INPUT, "%s must be a time, YYYY-MM-DDThh:mm:ssZ",
		   row->name);
}

static bool check_filter(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if ((double)value->len <= row->max)
		return true;
	return err_set(
	    e, ERR_INPUT, "%s is longer than %.0f bytes", row->name, row->max);
}

static bool is_token(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static bool check_token(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	bool good = (double)value->len <= row->max;

	(void)a;
	for (size_t i = 0; good && i < value->len; i++)
		good = is_token(value->data[i]);
	if (good)
		return true;
	return err_set(e, ERR_INPUT, "%s is malformed", row->name);
}

static bool is_name(const struct param *row, struct str name)
{
	/* A plus may have been decoded as a form's space. */
	bool sign = name.len && memchr("+- ", name.data[0], 3);

	if (sign && row->flags & PARAM_SIGNED) {
		name.data++;
		name.len--;
	}
	for (size_t i = 0; i < name.len; i++)
		if (!is_token(name.data[i]) || name.data[i] == '-')
			return false;
	return name.len > 0;
}

static bool check_names(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	(void)a;
	if ((double)value->len > row->max)
		return err_set(e, ERR_INPUT, "%s is longer than %.0f bytes",
		    row->name, row->max);
	if (each(row, *value, is_name))
		return true;
	return err_set(e, ERR_INPUT,
	    "%s takes names of attributes, separated by commas", row->name);
}

typedef bool checker(
    const struct param *row, struct str *value, struct arena *a, struct err *e);

static checker *const checkers[] = {
	[PARAM_BBOX] = check_bbox,
	[PARAM_INT] = check_int,
	[PARAM_NUMBER] = check_number,
	[PARAM_MONEY] = check_money,
	[PARAM_CODES] = check_codes,
	[PARAM_CHOICE] = check_choice,
	[PARAM_DISTRICT] = check_district,
	[PARAM_YEARS] = check_years,
	[PARAM_BOOL] = check_bool,
	[PARAM_DATETIME] = check_datetime,
	[PARAM_DAY] = check_day,
	[PARAM_TIME] = check_time,
	[PARAM_FILTER] = check_filter,
	[PARAM_TEXT] = check_text,
	[PARAM_TOKEN] = check_token,
	[PARAM_NAMES] = check_names,
};

bool param_check(
    const struct param *row, struct str *value, struct arena *a, struct err *e)
{
	if (!value->len)
		return err_set(e, ERR_INPUT, "%s is empty", row->name);
	if (!utf8_valid(*value))
		return err_set(
		    e, ERR_INPUT, "%s is not valid UTF-8", row->name);
	return checkers[row->type](row, value, a, e);
}
