#include "base/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/zone.h"

enum {
	DAY_SECONDS = 86400,
	HOUR_SECONDS = 3600,
	MINUTE_SECONDS = 60,
	NANO = 1000000000,
	YEAR_LEAST = 1900,
	YEAR_MOST = 2200,
	YEAR_OF_FOUR_DIGITS = 9999,
	MICRO = 1000000,
	DATE_LENGTH = 10,
	SECONDS_LENGTH = 19, /* up to the fraction */
	ZONE_LENGTH = 6, /* +hh:mm */
	STAMP_LENGTH_MAX = 64,
	ERA_DAYS = 146097, /* days of 400 years */
	EPOCH_DAYS = 719468, /* from 0000-03-01 to 1970-01-01 */
	DAY_AT = 100, /* places in YYYYMMDD */
	YEAR_AT = 10000
};

struct date {
	int64_t year;
	int month, day;
};

static int64_t floor_div(int64_t a, int64_t b)
{
	int64_t q = a / b;

	return q - (a % b < 0);
}

/* Days since 1970 of a date of the Gregorian calendar: years begin in March,
 * so that the leap day is a year's last. */
static int64_t days_of(struct date d)
{
	int64_t year = d.year - (d.month <= 2);
	int64_t era = floor_div(year, 400);
	int64_t in_era = year - era * 400;
	int64_t month = (d.month + 9) % 12;
	int64_t in_year = (153 * month + 2) / 5 + d.day - 1;

	return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 +
	       in_year - EPOCH_DAYS;
}

static struct date date_of(int64_t days)
{
	int64_t shifted = days + EPOCH_DAYS;
	int64_t era = floor_div(shifted, ERA_DAYS);
	int64_t in_era = shifted - era * ERA_DAYS;
	int64_t year = (in_era - in_era / 1460 + in_era / 36524 -
			   in_era / (ERA_DAYS - 1)) /
		       365;
	int64_t in_year = in_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * in_year + 2) / 153;
	struct date d;

	d.day = (int)(in_year - (153 * month + 2) / 5 + 1);
	d.month = (int)(month < 10 ? month + 3 : month - 9);
	d.year = year + era * 400 + (d.month <= 2);
	return d;
}

static struct date date_from(int32_t day)
{
	return (struct date){ day / YEAR_AT, day / DAY_AT % 100, day % DAY_AT };
}

/* Writes width decimal digits. */
static void put(char *to, int64_t value, int width)
{
	while (width > 0) {
		to[--width] = (char)('0' + value % 10);
		value /= 10;
	}
}

static void put_date(char *to, struct date d)
{
	put(to, d.year, 4);
	to[4] = '-';
	put(to + 5, d.month, 2);
	to[7] = '-';
	put(to + 8, d.day, 2);
}

/* Reads width decimal digits, -1 when others stand there. */
static int take(const char *text, int width)
{
	int value = 0;

	for (int i = 0; i < width; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

/* Reads YYYY-MM-DD of a day that exists. */
static bool scan_date(const char *text, int least, int most, int32_t *out)
{
	int year = take(text, 4);
	int month = take(text + 5, 2);
	int day = take(text + 8, 2);

	if (text[4] != '-' || text[7] != '-' || year < least || year > most ||
	    month < 1 || month > 12 || day < 1 || day > month_days(year, month))
		return false;
	*out = (int32_t)(year * YEAR_AT + month * DAY_AT + day);
	return true;
}

/* Reads hh:mm:ss. A leap second, the sixtieth, is the next minute's first. */
static bool scan_seconds(const char *text, int64_t *out)
{
	int hour = take(text, 2);
	int minute = take(text + 3, 2);
	int second = take(text + 6, 2);

	if (text[2] != ':' || text[5] != ':' || hour < 0 || hour > 23 ||
	    minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	*out = hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second;
	return true;
}

/* Reads an optional fraction and the Z after it. */
static bool scan_fraction(struct str text, int64_t *out)
{
	int64_t scale = MICRO;

	*out = 0;
	if (text.data[text.len - 1] != 'Z' || text.len == 2 ||
	    (text.len > 2 && text.data[0] != '.'))
		return false;
	for (size_t i = 1; i + 1 < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		scale /= 10;
		*out += (text.data[i] - '0') * scale;
	}
	return true;
}

static int64_t local_days(int64_t seconds)
{
	return floor_div(seconds + zone_offset(seconds), DAY_SECONDS);
}

int64_t clock_now(void)
{
	return time(NULL);
}

int64_t clock_monotonic(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * NANO + now.tv_nsec;
}

void clock_stamp(int64_t seconds, char out[static CLOCK_STAMP_SIZE])
{
	int64_t days = floor_div(seconds, DAY_SECONDS);
	int64_t in_day = seconds - days * DAY_SECONDS;

	put_date(out, date_of(days));
	memcpy(out + 10, "T00:00:00Z", CLOCK_STAMP_SIZE - 10);
	put(out + 11, in_day / HOUR_SECONDS, 2);
	put(out + 14, in_day / MINUTE_SECONDS % 60, 2);
	put(out + 17, in_day % 60, 2);
}

void clock_day_text(int32_t day, char out[static CLOCK_DAY_SIZE])
{
	put_date(out, date_from(day));
	out[CLOCK_DAY_SIZE - 1] = '\0';
}

bool clock_day_parse(const char *text, int32_t *out)
{
	return strnlen(text, CLOCK_DAY_SIZE) == DATE_LENGTH &&
	       scan_date(text, YEAR_LEAST, YEAR_MOST, out);
}

bool clock_date_parse(struct str text, int32_t *out)
{
	return text.len == DATE_LENGTH &&
	       scan_date(text.data, 0, YEAR_OF_FOUR_DIGITS, out);
}

/* Reads the zone at the end of a date-time, Z or +hh:mm, and cuts it off. */
static bool cut_zone(struct str *text, int64_t *offset)
{
	const char *zone;
	int hours, minutes;

	*offset = 0;
	if (text->len <= SECONDS_LENGTH)
		return false;
	if ((text->data[text->len - 1] | 0x20) == 'z') {
		text->len--;
		return true;
	}
	if (text->len < SECONDS_LENGTH + ZONE_LENGTH)
		return false;
	zone = text->data + text->len - ZONE_LENGTH;
	hours = take(zone + 1, 2);
	minutes = take(zone + 4, 2);
	if ((*zone != '+' && *zone != '-') || zone[3] != ':' || hours < 0 ||
	    hours > 23 || minutes < 0 || minutes > 59)
		return false;
	*offset = hours * HOUR_SECONDS + minutes * MINUTE_SECONDS;
	if (*zone == '-')
		*offset = -*offset;
	text->len -= ZONE_LENGTH;
	return true;
}

bool clock_moment_parse(struct str text, int64_t *out)
{
	char utc[STAMP_LENGTH_MAX];
	int64_t offset, microseconds;

	if (text.len > STAMP_LENGTH_MAX || !cut_zone(&text, &offset))
		return false;
	memcpy(utc, text.data, text.len);
	if (utc[DATE_LENGTH] == 't')
		utc[DATE_LENGTH] = 'T';
	utc[text.len] = 'Z';
	text = (struct str){ utc, text.len + 1 };
	if (!clock_time_parse(text, &microseconds))
		return false;
	*out = microseconds - offset * MICRO;
	return true;
}

bool clock_stamp_parse(struct str text, int64_t *seconds)
{
	int64_t microseconds;

	if (!clock_moment_parse(text, &microseconds))
		return false;
	*seconds = floor_div(microseconds, MICRO);
	return true;
}

bool clock_time_parse(struct str text, int64_t *out)
{
	int64_t seconds, fraction;
	int32_t day;

	if (text.len <= SECONDS_LENGTH || text.data[DATE_LENGTH] != 'T' ||
	    !scan_date(text.data, 0, YEAR_OF_FOUR_DIGITS, &day) ||
	    !scan_seconds(text.data + DATE_LENGTH + 1, &seconds))
		return false;
	text.data += SECONDS_LENGTH;
	text.len -= SECONDS_LENGTH;
	if (!scan_fraction(text, &fraction))
		return false;
	seconds += days_of(date_from(day)) * DAY_SECONDS;
	*out = seconds * MICRO + fraction;
	return true;
}

void clock_time_text(int64_t microseconds, char out[static CLOCK_TIME_SIZE])
{
	int64_t seconds = floor_div(microseconds, MICRO);
	int64_t fraction = microseconds - seconds * MICRO;
	size_t end = CLOCK_TIME_SIZE - 2;

	clock_stamp(seconds, out);
	if (fraction == 0)
		return;
	out[SECONDS_LENGTH] = '.';
	put(out + SECONDS_LENGTH + 1, fraction, 6);
	while (out[end - 1] == '0')
		end--;
	out[end++] = 'Z';
	out[end] = '\0';
}

int32_t clock_day_distance(int32_t a, int32_t b)
{
	return (int32_t)(days_of(date_from(b)) - days_of(date_from(a)));
}

int32_t clock_local_day(int64_t seconds)
{
	struct date d = date_of(local_days(seconds));

	return (int32_t)(d.year * YEAR_AT + d.month * DAY_AT + d.day);
}

int64_t clock_day_start(int32_t day)
{
	int64_t local = days_of(date_from(day)) * DAY_SECONDS;
	int64_t guess = local - zone_offset(local);

	return local - zone_offset(guess);
}

/* When clocks are put back at midnight the day begins at the second one. */
int64_t clock_next_midnight(int64_t seconds)
{
	int64_t local = (local_days(seconds) + 1) * DAY_SECONDS;
	int64_t guess = local - zone_offset(seconds);

	return local - zone_offset(guess);
}
