#include "format/fragment.h"

#include <string.h>

#include "base/clock.h"

enum { TIYN_IN_TENGE = 100 };

/* An escaped text never becomes longer. */
bool fragment_text(struct str *out, struct str json, struct arena *a)
{
	struct str rest;
	char *text, *to;

	if (json.len < 2 || json.data[0] != '"')
		return false;
	rest = (struct str){ json.data + 1, json.len - 2 };
	if (!memchr(rest.data, '\\', rest.len)) {
		*out = rest;
		return true;
	}
	text = to = arena_alloc(a, rest.len);
	if (!text)
		return false;
	while (rest.len) {
		size_t len = 1;

		if (rest.data[0] != '\\') {
			*to = *rest.data++;
			rest.len--;
		} else if (!(len = fragment_take_escape(&rest, to))) {
			return false;
		}
		to += len;
	}
	*out = (struct str){ text, (size_t)(to - text) };
	return true;
}

static bool read_text(struct value *v, struct str json, struct arena *a)
{
	return fragment_text(&v->text, json, a);
}

/* Codes hold no character that is escaped. */
static bool read_list(struct value *v, struct str json, struct arena *a)
{
	char *text = arena_alloc(a, json.len + 1);
	size_t n = 0;

	if (!text || json.len < 2 || json.data[0] != '[')
		return false;
	for (size_t i = 1; i < json.len - 1; i++) {
		char c = json.data[i];

		if (c == '\\')
			return false;
		if (c != '"')
			text[n++] = c == ',' ? ';' : c;
	}
	v->text = (struct str){ text, n };
	return true;
}

static bool read_integer(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	return str_to_int64(json, &v->integer);
}

static bool read_number(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	return str_to_double(json, &v->number);
}

/* Exact, as buf_add_money writes it: at most two decimals. */
static bool read_money(struct value *v, struct str json, struct arena *a)
{
	bool negative = json.len && json.data[0] == '-';
	struct str whole, decimals = json;
	int64_t tenge, tiyn = 0;

	(void)a;
	whole = str_cut(&decimals, '.');
	if (!str_to_int64(whole, &tenge) || decimals.len > 2 ||
	    (decimals.data && !str_to_int64(decimals, &tiyn)) || tiyn < 0)
		return false;
	if (decimals.len == 1)
		tiyn *= 10;
	if (negative)
		tiyn = -tiyn;
	return !__builtin_mul_overflow(tenge, TIYN_IN_TENGE, &v->integer) &&
	       !__builtin_add_overflow(v->integer, tiyn, &v->integer);
}

static bool read_bool(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	v->integer = str_is(json, "true");
	return v->integer || str_is(json, "false");
}

static bool read_time(struct value *v, struct str json, struct arena *a)
{
	(void)a;
	return clock_time_parse(fragment_inside(json), &v->integer);
}

static bool read_day(struct value *v, struct str json, struct arena *a)
{
	int32_t day;

	(void)a;
	if (!clock_date_parse(fragment_inside(json), &day))
		return false;
	v->integer = day;
	return true;
}

static bool (*const readers[])(
    struct value *v, struct str json, struct arena *a) = {
	[VALUE_TEXT] = read_text,
	[VALUE_INT] = read_integer,
	[VALUE_NUMBER] = read_number,
	[VALUE_MONEY] = read_money,
	[VALUE_BOOL] = read_bool,
	[VALUE_DAY] = read_day,
	[VALUE_LIST] = read_list,
	[VALUE_TIME] = read_time,
};

bool fragment_value(
    struct value *out, enum value_type type, struct str json, struct arena *a)
{
	*out = (struct value){ .type = VALUE_NULL };
	if (fragment_is_null(json))
		return true;
	out->type = type;
	return readers[type](out, json, a);
}
