#include "format/local_text.h"

#include <string.h>

enum { GROUP = 3, TIYN_DIGITS = 2, DAY_LENGTH = 10, ENGLISH = 2 };
#define NO_BREAK_SPACE "\xC2\xA0"
#define TENGE_SIGN "\xE2\x82\xB8"

static char *put(char *to, const char *data, size_t len)
{
	memcpy(to, data, len);
	return to + len;
}

static char *put_groups(char *to, struct str digits, int lang)
{
	const bool english = lang == ENGLISH;
	const char *from = digits.data, *end = from + digits.len;
	const char *separator = english ? ",," : NO_BREAK_SPACE;

	/* One digit to three, then groups. */
	if (digits.len > 0)
		for (size_t i = 0; i <= (digits.len - 1) % GROUP; i++)
			*to++ = *from++;
	while (from < end) {
		memcpy(to, separator, 2);
		to += english ? 1 : 2;
		to = put(to, from, GROUP);
		from += GROUP;
	}
	return to;
}

/* Takes what stands before the point; a call of memchr is dearer. */
static struct str cut_whole(struct str *decimal)
{
	struct str whole = { decimal->data, 0 };

	while (whole.len < decimal->len && whole.data[whole.len] != '.')
		whole.len++;
	decimal->data += whole.len;
	decimal->len -= whole.len;
	if (decimal->len > 0) {
		decimal->data++;
		decimal->len--;
	}
	return whole;
}

char *local_put_number(char *to, struct str decimal, int lang)
{
	struct str whole = cut_whole(&decimal);

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

char *local_put_money(char *to, struct str tenge, int lang)
{
	if (tenge.len == 0)
		return to;
	if (lang == ENGLISH)
		to = put(to, TENGE_SIGN, sizeof(TENGE_SIGN) - 1);
	to = local_put_number(to, tenge, lang);
	if (tenge.len > TIYN_DIGITS &&
	    tenge.data[tenge.len - TIYN_DIGITS] == '.')
		*to++ = '0';
	if (lang == ENGLISH)
		return to;
	return put(to, NO_BREAK_SPACE TENGE_SIGN,
	    sizeof(NO_BREAK_SPACE TENGE_SIGN) - 1);
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

/* Of eight bytes at once: where the form has a zero stands a digit, elsewhere
 * what the form has. No sum carries over into the next byte. */
static bool has_form(const char *at, const char *form)
{
	const uint64_t high = 0x8080808080808080;
	uint64_t text, wanted, most;
	char over[sizeof(most)];

	for (size_t i = 0; i < sizeof(over); i++)
		over[i] = form[i] == '0' ? 0x7F - 9 : 0x7F;
	memcpy(&text, at, sizeof(text));
	memcpy(&wanted, form, sizeof(wanted));
	memcpy(&most, over, sizeof(most));
	text ^= wanted;
	return (((text & ~high) + most) & high) == 0 && (text & high) == 0;
}

/* Two words, the second over the first. */
static bool is_day(struct str day)
{
	return day.len == DAY_LENGTH && has_form(day.data, "0000-00-") &&
	       has_form(day.data + 2, "00-00-00");
}

char *local_put_day(char *to, struct str day, int lang)
{
	if (!is_day(day))
		return put(to, day.data, day.len);
	return lang == ENGLISH ? put_english(to, day.data)
			       : put_dotted(to, day.data);
}

static void add(struct buf *b, struct str text, int lang,
    char *put_local(char *to, struct str text, int lang))
{
	char *to = buf_reserve(
	    b, text.len > SIZE_MAX / 4 ? SIZE_MAX : text.len * 2 + LOCAL_MARKS);

	if (to)
		b->len = (size_t)(put_local(to, text, lang) - b->data);
}

void local_add_number(struct buf *b, struct str decimal, int lang)
{
	add(b, decimal, lang, local_put_number);
}

void local_add_money(struct buf *b, struct str tenge, int lang)
{
	add(b, tenge, lang, local_put_money);
}

void local_add_day(struct buf *b, struct str day, int lang)
{
	add(b, day, lang, local_put_day);
}
