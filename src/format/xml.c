#include "format/kml_write.h"

#include "base/utf8.h"

/* What a byte below 0x80 is written as: NULL itself, "" nothing (XML 1.0
 * section 2.2 forbids it). CR would be read back as LF. */
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
	case '\'':
		return "&#39;";
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

/* The length of the character at the beginning if it is to be written as it
 * is, 0 otherwise. */
static size_t plain_length(struct str s)
{
	size_t len;

	if ((unsigned char)s.data[0] < 0x80)
		return escape_of((unsigned char)s.data[0]) ? 0 : 1;
	len = utf8_first(s);
	return is_noncharacter(s.data, len) ? 0 : len;
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
		struct str rest = s;
		size_t len;

		while (rest.len > 0 && (len = plain_length(rest)) > 0) {
			rest.data += len;
			rest.len -= len;
		}
		buf_add(b, s.data, s.len - rest.len);
		s = rest;
		if (s.len > 0) {
			len = add_special(b, s);
			s.data += len;
			s.len -= len;
		}
	}
}
