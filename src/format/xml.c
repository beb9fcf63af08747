#include "format/kml_write.h"

#include "base/utf8.h"

/* What a byte below 0x80 is written as: NULL itself, "" nothing (XML 1.0
 * section 2.2 forbids it). CR would be read back as LF. */
static const char *const escapes[128] = { [0x00] = "",
	[0x01] = "",
	[0x02] = "",
	[0x03] = "",
	[0x04] = "",
	[0x05] = "",
	[0x06] = "",
	[0x07] = "",
	[0x08] = "",
	[0x0B] = "",
	[0x0C] = "",
	['\r'] = "&#13;",
	[0x0E] = "",
	[0x0F] = "",
	[0x10] = "",
	[0x11] = "",
	[0x12] = "",
	[0x13] = "",
	[0x14] = "",
	[0x15] = "",
	[0x16] = "",
	[0x17] = "",
	[0x18] = "",
	[0x19] = "",
	[0x1A] = "",
	[0x1B] = "",
	[0x1C] = "",
	[0x1D] = "",
	[0x1E] = "",
	[0x1F] = "",
	['"'] = "&quot;",
	['&'] = "&amp;",
	['\''] = "&#39;",
	['<'] = "&lt;",
	['>'] = "&gt;" };

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
		return escapes[(unsigned char)s.data[0]] ? 0 : 1;
	len = utf8_first(s);
	return is_noncharacter(s.data, len) ? 0 : len;
}

static size_t add_special(struct buf *b, struct str s)
{
	size_t len = utf8_first(s);

	if ((unsigned char)s.data[0] < 0x80) {
		buf_add_text(b, escapes[(unsigned char)s.data[0]]);
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
