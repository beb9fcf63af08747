/* What type the values of a column are of. */
#include "layer_fields.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"

enum { NUMBER_DIGITS = 9, NUMBER_LEN_MAX = 17, TIME_LEN_MAX = 40 };

#define CAN(type) (1u << (type))

/* Beside the types: all whole numbers fit 32 bits; a double keeps all. */
enum { WHOLE_NARROW = 1 << 29, WHOLE_EXACT = 1 << 30 };
static const int64_t double_most = INT64_C(1) << 53;

static unsigned whole_types(int64_t v)
{
	bool narrow = v >= INT32_MIN && v <= INT32_MAX;
	bool exact = v >= -double_most && v <= double_most;

	return CAN(VALUE_INT) | CAN(VALUE_NUMBER) |
	       (narrow ? WHOLE_NARROW : 0) | (exact ? WHOLE_EXACT : 0);
}

/* A number that is written again as it stands; "007" and "+7" are no numbers,
 * nor is what a double cannot keep. */
static unsigned number_types(struct str s)
{
	int64_t whole;
	double number;
	struct buf again;
	bool same;

	if (s.len > NUMBER_LEN_MAX + 3 || !str_to_double(s, &number))
		return 0;
	if (str_to_int64(s, &whole)) {
		size_t digits = s.data[0] == '-' ? 1 : 0;

		if (s.data[0] == '+' ||
		    (s.data[digits] == '0' && s.len > digits + 1))
			return 0;
		return whole_types(whole);
	}
	buf_init(&again, 64);
	buf_add_double(&again, number, NUMBER_DIGITS);
	same = str_to_double(buf_str(&again), &(double){ 0 }) &&
	       s.len <= NUMBER_LEN_MAX;
	for (size_t i = 0; i < s.len && same; i++)
		same = (s.data[i] >= '0' && s.data[i] <= '9') ||
		       s.data[i] == '.' || (i == 0 && s.data[i] == '-');
	/* "00.5" and ".5" stay text; "0.50" may become 0.5. */
	same = same && again.len <= s.len &&
	       memcmp(again.data, s.data, again.len) == 0;
	buf_free(&again);
	return same ? CAN(VALUE_NUMBER) : 0;
}

/* 2026-01-31, also as GDAL writes it, 2026/01/31, and as people here do,
 * 31.01.2026. */
static bool read_day(struct str s, int32_t *out)
{
	char text[CLOCK_DAY_SIZE];

	if (s.len != CLOCK_DAY_SIZE - 1)
		return false;
	memcpy(text, s.data, s.len);
	text[s.len] = '\0';
	if (text[4] == '/' && text[7] == '/') {
		text[4] = '-';
		text[7] = '-';
	} else if (text[2] == '.' && text[5] == '.') {
		snprintf(text, sizeof(text), "%.4s-%.2s-%.2s", s.data + 6,
		    s.data + 3, s.data);
	}
	return clock_day_parse(text, out);
}

/* RFC 3339, also as GDAL writes it, 2026/01/31 12:00:00+05. */
static bool read_time(struct str s, int64_t *out)
{
	char text[TIME_LEN_MAX + sizeof(":00")];
	size_t len = s.len;

	if (len <= CLOCK_DAY_SIZE || len > TIME_LEN_MAX || s.data[4] != '/' ||
	    s.data[7] != '/' || s.data[CLOCK_DAY_SIZE - 1] != ' ')
		return clock_moment_parse(s, out);
	memcpy(text, s.data, len);
	text[4] = '-';
	text[7] = '-';
	text[CLOCK_DAY_SIZE - 1] = 'T';
	if (text[len - 3] == '+' || text[len - 3] == '-') {
		memcpy(text + len, ":00", 3);
		len += 3;
	}
	return clock_moment_parse((struct str){ text, len }, out);
}

static unsigned day_types(struct str s)
{
	int64_t time;
	int32_t day;

	if (read_time(s, &time))
		return CAN(VALUE_TIME);
	return read_day(s, &day) ? CAN(VALUE_DAY) : 0;
}

static bool read_bool(struct str s, int64_t *out)
{
	*out = str_is(s, "true") || str_is(s, "1");
	return *out || str_is(s, "false") || str_is(s, "0");
}

void layer_field_see(
    struct layer_field *f, struct str value, enum value_type told)
{
	unsigned can = day_types(value);
	int64_t whole;
	double number;

	switch (told) {
	case VALUE_TEXT:
		break;
	case VALUE_BOOL:
		can = read_bool(value, &whole) ? CAN(VALUE_BOOL) : 0;
		break;
	case VALUE_INT:
	case VALUE_NUMBER:
		can = str_to_double(value, &number) ? CAN(VALUE_NUMBER) : 0;
		if (told == VALUE_INT && str_to_int64(value, &whole))
			can = whole_types(whole);
		break;
	default:
		can |= number_types(value);
		if (str_is(value, "true") || str_is(value, "false"))
			can |= CAN(VALUE_BOOL);
	}
	f->can &= can;
	f->seen++;
}

/* KML and what reads it know whole numbers of 32 bits: GDAL cuts larger ones
 * off. As doubles they go everywhere, unless one would not be kept. */
static bool is_int(const struct layer_field *f)
{
	return f->can & CAN(VALUE_INT) &&
	       (f->can & WHOLE_NARROW || !(f->can & WHOLE_EXACT));
}

static enum value_type found_type(const struct layer_field *f)
{
	static const enum value_type order[] = { VALUE_BOOL, VALUE_INT,
		VALUE_NUMBER, VALUE_DAY, VALUE_TIME };

	if (f->seen == 0)
		return f->stored ? f->stored : VALUE_TEXT;
	for (size_t i = 0; i < LENGTH(order); i++)
		if (order[i] == VALUE_INT ? is_int(f) : f->can & CAN(order[i]))
			return order[i];
	return VALUE_TEXT;
}

/* A type that values of both fit. */
static enum value_type joined(enum value_type a, enum value_type b)
{
	bool numbers = (a == VALUE_INT || a == VALUE_NUMBER) &&
		       (b == VALUE_INT || b == VALUE_NUMBER);

	return a == b ? a : numbers ? VALUE_NUMBER : VALUE_TEXT;
}

void layer_fields_settle(struct layer_fields *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct layer_field *to = &f->list[i];
		enum value_type type = found_type(to);

		if (to->stored)
			type = joined(type, to->stored);
		to->attribute.field.type = to->fixed ? to->fixed : type;
	}
}

bool layer_value_read(struct value *out, enum value_type type, struct str text)
{
	struct value v = { .type = type };
	bool good = true;
	int32_t day = 0;

	switch (type) {
	case VALUE_INT:
		good = str_to_int64(text, &v.integer);
		break;
	case VALUE_NUMBER:
		good = str_to_double(text, &v.number);
		break;
	case VALUE_BOOL:
		good = read_bool(text, &v.integer);
		break;
	case VALUE_DAY:
		good = read_day(text, &day);
		v.integer = day;
		break;
	case VALUE_TIME:
		good = read_time(text, &v.integer);
		break;
	default:
		v.type = VALUE_TEXT;
		v.text = text;
	}
	if (good)
		*out = v;
	return good;
}
