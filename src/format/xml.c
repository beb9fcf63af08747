#include "format/kml_write.h"

#include "base/utf8.h"

/* What a byte below 0x80 is written as: NULL itself, "" nothing (XML 1.0
 * section 2.2 forbids it). CR would be read back as LF. Attributes stand in
 * double quotes, so an apostrophe may stay. */
static const char *escape_of(unsigned char c)
{
	switch (c) {
	case '\t':
	case '\n':
		return NULL;
	case '\r':
		return "&#13;";
	case '"':
		return "&quot;";
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	default:
		return c < ' ' ? "" : NULL;
	}
}

/* U+FFFE and U+FFFF are no XML characters. */
static bool is_noncharacter(const char *text, size_t len)
{
	return len == 3 && (unsigned char)text[0] == 0xEF &&
	       (unsigned char)text[1] == 0xBF && (unsigned char)text[2] >= 0xBE;
}

/* Whether escape_of says anything; the usual question, so by bits: those below
 * U+0020 but tab and line feed, then '"' '&' '<' '>'. */
static bool needs_escape(unsigned char c)
{
	static const uint64_t bits = 0x50000044FFFFF9FF;

	return c < 64 && bits >> c & 1;
}

/* The length of the longest beginning that is written as it is. */
static size_t plain_length(struct str s)
{
	const unsigned char *p = (const unsigned char *)s.data;
	size_t i = 0;

	while (i < s.len) {
		struct str rest = { s.data + i, s.len - i };
		size_t len;

		if (p[i] < 0x80) {
			if (needs_escape(p[i]))
				break;
			i++;
			continue;
		}
		/* Cyrillic, the usual case, without a call. */
		if (p[i] >= 0xD0 && p[i] < 0xD4 && rest.len > 1 &&
		    (p[i + 1] & 0xC0) == 0x80) {
			i += 2;
			continue;
		}
		len = utf8_first(rest);
		if (len == 0 || is_noncharacter(rest.data, len))
			break;
		i += len;
	}
	return i;
}

static size_t add_special(struct buf *b, struct str s)
{
	size_t len = utf8_first(s);

	if ((unsigned char)s.data[0] < 0x80) {
		buf_add_text(b, escape_of((unsigned char)s.data[0]));
		return 1;
	}
	if (len > 0)
		return len;
	buf_add_text(b, "\xEF\xBF\xBD"); /* U+FFFD */
	return 1;
}

void xml_add_text(struct buf *b, struct str s)
{
	while (s.len > 0) {
		size_t len = plain_length(s);

		buf_add(b, s.data, len);
		s.data += len;
		s.len -= len;
		if (s.len > 0) {
			len = add_special(b, s);
			s.data += len;
			s.len -= len;
		}
	}
}
