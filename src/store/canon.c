#include "store/canon.h"

#include "base/array.h"
#include "base/clock.h"

enum { NUMBER_DIGITS = 12 };

static const struct {
	char byte;
	char letter;
} escapes[] = {
	{ '"', '"' },
	{ '\\', '\\' },
	{ '\b', 'b' },
	{ '\t', 't' },
	{ '\n', 'n' },
	{ '\f', 'f' },
	{ '\r', 'r' },
};

static void add_escaped(struct buf *b, char c)
{
	size_t i;

	for (i = 0; i < LENGTH(escapes); i++) {
		if (escapes[i].byte != c)
			continue;
		buf_add_char(b, '\\');
		buf_add_char(b, escapes[i].letter);
		return;
	}
	buf_add_format(b, "\\u%04x", (unsigned)(unsigned char)c);
}

void canon_add_text(struct buf *b, struct str text)
{
	size_t start = 0, i;

	buf_add_char(b, '"');
	for (i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		buf_add(b, text.data + start, i - start);
		add_escaped(b, text.data[i]);
		start = i + 1;
	}
	if (text.len > start)
		buf_add(b, text.data + start, text.len - start);
	buf_add_char(b, '"');
}

static void add_day(struct buf *b, int64_t day)
{
	char text[CLOCK_DAY_SIZE];

	clock_day_text((int32_t)day, text);
	canon_add_text(b, str_from(text));
}

static void add_time(struct buf *b, int64_t microseconds)
{
	char text[CLOCK_TIME_SIZE];

	clock_time_text(microseconds, text);
	canon_add_text(b, str_from(text));
}

void canon_add_value(struct buf *b, const struct value *v)
{
	switch (v->type) {
	case VALUE_TEXT:
	case VALUE_LIST:
		canon_add_text(b, v->text);
		return;
	case VALUE_INT:
	case VALUE_MONEY:
		buf_add_int(b, v->integer);
		return;
	case VALUE_NUMBER:
		buf_add_double(b, v->number, NUMBER_DIGITS);
		return;
	case VALUE_BOOL:
		buf_add_text(b, v->integer ? "true" : "false");
		return;
	case VALUE_DAY:
		add_day(b, v->integer);
		return;
	case VALUE_TIME:
		add_time(b, v->integer);
		return;
	case VALUE_NULL:
		break;
	}
	buf_add_text(b, "null");
}

void canon_open(struct buf *b)
{
	buf_add_char(b, '{');
}

void canon_close(struct buf *b)
{
	buf_add_char(b, '}');
}

static void add_key(struct buf *b, const char *key)
{
	if (b->len > 0 && b->data[b->len - 1] != '{')
		buf_add_char(b, ',');
	canon_add_text(b, str_from(key));
	buf_add_char(b, ':');
}

void canon_member_text(struct buf *b, const char *key, struct str text)
{
	add_key(b, key);
	if (text.data)
		canon_add_text(b, text);
	else
		buf_add_text(b, "null");
}

void canon_member_int(struct buf *b, const char *key, int64_t value)
{
	add_key(b, key);
	buf_add_int(b, value);
}

void canon_member_raw(struct buf *b, const char *key, struct str json)
{
	add_key(b, key);
	buf_add_str(b, json);
}
