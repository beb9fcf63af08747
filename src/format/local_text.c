#include "format/local_text.h"

#include <string.h>

enum { GROUP = 3, TIYN_DIGITS = 2, DAY_LENGTH = 10, ENGLISH = 2 };
enum { DAY_SIZE = 11, MARK_SIZE = 8 }; /* what is written at most */

#define NO_BREAK_SPACE "\xC2\xA0"
#define TENGE_SIGN "\xE2\x82\xB8"

static char *put(char *to, const char *data, size_t len)
{
	memcpy(to, data, len);
	return to + len;
}

static char *put_groups(char *to, struct str digits, int lang)
{
	size_t head = digits.len % GROUP;

	to = put(to, digits.data, head);
	for (size_t i = head; i < digits.len; i += GROUP) {
		if (i > 0 && lang == ENGLISH)
			*to++ = ',';
		else if (i > 0)
			to = put(to, NO_BREAK_SPACE, 2);
		to = put(to, digits.data + i, GROUP);
	}
	return to;
}

/* The number with its decimals, to the place where room for it was made. */
static char *put_number(char *to, struct str decimal, int lang)
{
	struct str whole = str_cut(&decimal, '.');

	if (whole.len > 0 && whole.data[0] == '-') {
		*to++ = '-';
		whole.data++;
		whole.len--;
	}
	to = put_groups(to, whole, lang);
	if (decimal.len == 0)
		return to;
	*to++ = lang == ENGLISH ? '.' : ',';
	return put(to, decimal.data, decimal.len);
}

/* Room for a number of that many characters, each group with its space, and a
 * mark behind it. */
static char *make_room(struct buf *b, size_t len)
{
	return buf_reserve(
	    b, len > SIZE_MAX / 4 ? SIZE_MAX : len * 2 + MARK_SIZE);
}

void local_add_number(struct buf *b, struct str decimal, int lang)
{
	char *to = make_room(b, decimal.len);

	if (to)
		b->len = (size_t)(put_number(to, decimal, lang) - b->data);
}

void local_add_money(struct buf *b, struct str tenge, int lang)
{
	const char *point;
	char *to;

	if (tenge.len == 0)
		return;
	point = memchr(tenge.data, '.', tenge.len);
	to = make_room(b, tenge.len);
	if (!to)
		return;
	to = put_number(to, tenge, lang);
	if (point && tenge.data + tenge.len - point == TIYN_DIGITS)
		*to++ = '0';
	to = put(to, NO_BREAK_SPACE TENGE_SIGN,
	    sizeof(NO_BREAK_SPACE TENGE_SIGN) - 1);
	b->len = (size_t)(to - b->data);
}

/* 5 Jan 2026 */
static char *put_english(char *to, const char *day)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	int month = (day[5] - '0') * 10 + day[6] - '0';
	bool short_day = day[8] == '0';

	to = put(to, day + 8 + short_day, short_day ? 1 : 2);
	*to++ = ' ';
	to = put(to, months + (month + 11) % 12 * 3, 3);
	*to++ = ' ';
	return put(to, day, 4);
}

/* 05.01.2026 */
static char *put_dotted(char *to, const char *day)
{
	to = put(to, day + 8, 2);
	*to++ = '.';
	to = put(to, day + 5, 2);
	*to++ = '.';
	return put(to, day, 4);
}

static bool is_day(struct str day)
{
	if (day.len != DAY_LENGTH || day.data[4] != '-' || day.data[7] != '-')
		return false;
	for (size_t i = 0; i < DAY_LENGTH; i++)
		if (i != 4 && i != 7 &&
		    (day.data[i] < '0' || day.data[i] > '9'))
			return false;
	return true;
}

void local_add_day(struct buf *b, struct str day, int lang)
{
	char *to;

	if (!is_day(day)) {
		buf_add_str(b, day);
		return;
	}
	to = buf_reserve(b, DAY_SIZE);
	if (!to)
		return;
	to = lang == ENGLISH ? put_english(to, day.data)
			     : put_dotted(to, day.data);
	b->len = (size_t)(to - b->data);
}
