#include "format/json_write.h"

#include "base/utf8.h"

enum { DEPTH_MAX = 32 };

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* What a byte below 0x80 is written as: 0 itself, 'u' as \u00XX, another
 * character after a backslash. '<', '>' and '&' cannot end a script then. */
static char escape_of(unsigned char c)
{
	static const char from_backspace[] = "btnufr";

	if (c >= '\b' && c <= '\r')
		return from_backspace[c - '\b'];
	if (c == '"' || c == '\\')
		return (char)c;
	return c < ' ' || c == '<' || c == '>' || c == '&' || c == 0x7F ? 'u'
									: 0;
}

/* Of which bytes escape_of says anything: those below U+0020, then '"' '&' '<'
 * '>', and of the upper half '\\' and U+007F. */
static const uint64_t escaped[] = { 0x50000044FFFFFFFF, 0x8000000010000000 };

/* A comma where one is due. */
static void before_value(struct json *j)
{
	uint32_t level;

	if (j->after_key) {
		j->after_key = false;
		return;
	}
	if (j->depth == 0)
		return;
	level = (uint32_t)1 << (j->depth - 1);
	if (j->filled & level)
		buf_add_char(j->out, ',');
	j->filled |= level;
}

static void add_escape(struct buf *out, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF";
	char text[6] = { '\\', escape_of(c), '0', '0' };

	text[4] = hex[c >> 4];
	text[5] = hex[c & 15];
	buf_add(out, text, escape_of(c) == 'u' ? sizeof(text) : 2);
}

/* U+2028 and U+2029 end a line in older JavaScript. */
static bool is_line_separator(struct str rest)
{
	return rest.len >= 3 && (unsigned char)rest.data[0] == 0xE2 &&
	       (unsigned char)rest.data[1] == 0x80 &&
	       ((unsigned char)rest.data[2] | 1) == 0xA9;
}

/* Appends what the plain run stopped at; returns how long it was. */
static size_t add_special(struct buf *out, struct str rest)
{
	unsigned char first = (unsigned char)rest.data[0];

	if (first < 0x80) {
		add_escape(out, first);
		return 1;
	}
	if (is_line_separator(rest)) {
		buf_add_text(out,
		    (unsigned char)rest.data[2] & 1 ? "\\u2029" : "\\u2028");
		return 3;
	}
	buf_add_text(out, replacement);
	return 1;
}

void json_init(struct json *j, struct buf *out)
{
	*j = (struct json){ .out = out };
}

void json_open(struct json *j, char bracket)
{
	before_value(j);
	if (j->depth == DEPTH_MAX) {
		j->out->failed = true;
		return;
	}
	j->filled &= ~((uint32_t)1 << j->depth);
	j->depth++;
	buf_add_char(j->out, bracket);
}

void json_close(struct json *j, char bracket)
{
	if (j->depth == 0) {
		j->out->failed = true;
		return;
	}
	j->depth--;
	buf_add_char(j->out, bracket);
}

void json_key_str(struct json *j, struct str key)
{
	before_value(j);
	json_add_string(j->out, key);
	buf_add_char(j->out, ':');
	j->after_key = true;
}

void json_key(struct json *j, const char *key)
{
	json_key_str(j, str_from(key));
}

void json_str(struct json *j, struct str s)
{
	before_value(j);
	json_add_string(j->out, s);
}

void json_text(struct json *j, const char *text)
{
	if (text)
		json_str(j, str_from(text));
	else
		json_null(j);
}

void json_pair(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_text(j, text);
}

void json_int(struct json *j, int64_t v)
{
	before_value(j);
	buf_add_int(j->out, v);
}

void json_double(struct json *j, double v, int digits)
{
	before_value(j);
	buf_add_double(j->out, v, digits);
}

void json_money(struct json *j, int64_t tiyn)
{
	before_value(j);
	buf_add_money(j->out, tiyn);
}

void json_bool(struct json *j, bool v)
{
	before_value(j);
	buf_add_text(j->out, v ? "true" : "false");
}

void json_null(struct json *j)
{
	before_value(j);
	buf_add_text(j->out, "null");
}

void json_raw(struct json *j, struct str json)
{
	before_value(j);
	buf_add_str(j->out, json);
}

void json_add_string(struct buf *out, struct str s)
{
	buf_add_char(out, '"');
	while (s.len > 0) {
		size_t len = utf8_plain_run(s, escaped, is_line_separator);

		buf_add(out, s.data, len);
		s.data += len;
		s.len -= len;
		if (s.len > 0) {
			len = add_special(out, s);
			s.data += len;
			s.len -= len;
		}
	}
	buf_add_char(out, '"');
}
