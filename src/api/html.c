#include "api/html.h"

#include "base/utf8.h"
#include "query/codes.h"

#include <string.h>

static const char tenge_sign[] = "\xE2\x82\xB8"; /* U+20B8 */
static const char narrow_space[] = "\xC2\xA0"; /* U+00A0 */
static const char replacement[] = "\xEF\xBF\xBD";

/* One table for both contexts: what ends an attribute is escaped in text too,
 * which does no harm and cannot be mistaken. */
static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static size_t add_character(struct buf *b, struct str s)
{
	unsigned char c = (unsigned char)s.data[0];
	const char *entity = entity_of(s.data[0]);
	size_t len;

	if (entity) {
		buf_add_text(b, entity);
		return 1;
	}
	if (c < 0x80) {
		if (c >= ' ' || c == '\n' || c == '\t')
			buf_add_char(b, s.data[0]);
		else
			buf_add_char(b, ' ');
		return 1;
	}
	len = utf8_first(s);
	if (!len) {
		buf_add_text(b, replacement);
		return 1;
	}
	buf_add(b, s.data, len);
	return len;
}

void html_text(struct buf *b, struct str s)
{
	while (s.len) {
		size_t len = add_character(b, s);

		s.data += len;
		s.len -= len;
	}
}

void html_attr(struct buf *b, struct str s)
{
	html_text(b, s);
}

static bool is_safe_url(struct str s)
{
	if (str_starts(s, "https://") || str_starts(s, "http://") ||
	    str_starts(s, "mailto:"))
		return true;
	/* "//host" would be another host, and browsers read '\' as '/'. */
	return s.len && s.data[0] == '/' &&
	       !(s.len > 1 && (s.data[1] == '/' || s.data[1] == '\\'));
}

void html_url(struct buf *b, struct str s)
{
	if (is_safe_url(s))
		html_attr(b, s);
	else
		buf_add_char(b, '#');
}

static void add_grouped(struct buf *b, uint64_t n, const char *group)
{
	if (n >= 1000) {
		add_grouped(b, n / 1000, group);
		buf_add_text(b, group);
		buf_add_format(b, "%03u", (unsigned)(n % 1000));
		return;
	}
	buf_add_format(b, "%u", (unsigned)n);
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n;
}

void html_number(struct buf *b, int64_t n, int lang)
{
	if (n < 0)
		buf_add_char(b, '-');
	add_grouped(b, magnitude(n), lang == LANG_EN ? "," : narrow_space);
}

void html_money(struct buf *b, int64_t tiyn, int lang)
{
	uint64_t all = magnitude(tiyn);
	unsigned rest = (unsigned)(all % 100);

	if (tiyn < 0)
		buf_add_char(b, '-');
	add_grouped(b, all / 100, lang == LANG_EN ? "," : narrow_space);
	if (rest)
		buf_add_format(b, "%c%02u", lang == LANG_EN ? '.' : ',', rest);
	buf_add_text(b, narrow_space);
	buf_add_text(b, tenge_sign);
}

void html_day(struct buf *b, int32_t day, int lang)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int year = day / 10000, month = day / 100 % 100, date = day % 100;

	if (lang == LANG_EN && month >= 1 && month <= 12)
		buf_add_format(b, "%d %s %d", date, months[month - 1], year);
	else
		buf_add_format(b, "%02d.%02d.%d", date, month, year);
}

void html_share(struct buf *b, double share, int lang)
{
	struct buf text;
	struct str s;

	buf_init(&text, 64);
	buf_add_double(&text, share * 100, 1);
	s = buf_str(&text);
	for (size_t i = 0; i < s.len; i++)
		buf_add_char(
		    b, s.data[i] == '.' && lang != LANG_EN ? ',' : s.data[i]);
	if (lang != LANG_EN)
		buf_add_text(b, narrow_space);
	buf_add_char(b, '%');
	buf_free(&text);
}
