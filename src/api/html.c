#include "api/html.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "format/local_text.h"
#include "query/codes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { INTEGER_SIZE = 32 };

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

void html_number(struct buf *b, int64_t n, int lang)
{
	char text[INTEGER_SIZE];
	int len = snprintf(text, sizeof(text), "%" PRId64, n);

	local_add_number(b, (struct str){ text, (size_t)len }, lang);
}

void html_money(struct buf *b, int64_t tiyn, int lang)
{
	struct buf tenge;

	buf_init(&tenge, INTEGER_SIZE);
	buf_add_money(&tenge, tiyn);
	b->failed |= tenge.failed;
	local_add_money(b, buf_str(&tenge), lang);
	buf_free(&tenge);
}

void html_day(struct buf *b, int32_t day, int lang)
{
	char text[CLOCK_DAY_SIZE];

	clock_day_text(day, text);
	local_add_day(b, str_from(text), lang);
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
