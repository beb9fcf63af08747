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
static bool is_noncharacter(struct str rest)
{
	return rest.len >= 3 && (unsigned char)rest.data[0] == 0xEF &&
	       (unsigned char)rest.data[1] == 0xBF &&
	       (unsigned char)rest.data[2] >= 0xBE;
}

/* Of which bytes escape_of says anything: those below U+0020 but tab and line
 * feed, then '"' '&' '<' '>'. */
static const uint64_t escaped[] = { 0x50000044FFFFF9FF, 0 };

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
		size_t len = utf8_plain_run(s, escaped, is_noncharacter);

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
