#include "api/filter_old.h"

#include <string.h>

enum { DAY_LENGTH = 10 };

static const char ilike[] = " ILIKE ";

/* The length of the quoted text at the beginning; 0 when it has no end. */
static size_t quoted_length(struct str s)
{
	for (size_t i = 1; i < s.len; i++) {
		if (s.data[i] != '\'')
			continue;
		if (i + 1 < s.len && s.data[i + 1] == '\'')
			i++;
		else
			return i + 1;
	}
	return 0;
}

static bool is_day_with_t(struct str inside)
{
	if (inside.len != DAY_LENGTH + 1 || inside.data[DAY_LENGTH] != 'T')
		return false;
	for (size_t i = 0; i < DAY_LENGTH; i++) {
		bool dash = i == 4 || i == 7;

		if (dash ? inside.data[i] != '-'
			 : inside.data[i] < '0' || inside.data[i] > '9')
			return false;
	}
	return true;
}

static void add_quoted(struct buf *out, struct str quoted)
{
	struct str inside = { quoted.data + 1, quoted.len - 2 };

	if (is_day_with_t(inside))
		inside.len--;
	buf_add_char(out, '\'');
	buf_add_str(out, inside);
	buf_add_char(out, '\'');
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Puts CASEI( before the name that out ends with. */
static void fold_name(struct buf *out)
{
	static const char before[] = "CASEI(";
	size_t at = out->len;

	while (at > 0 && is_name(out->data[at - 1]))
		at--;
	if (!buf_reserve(out, sizeof(before)))
		return;
	memmove(
	    out->data + at + sizeof(before) - 1, out->data + at, out->len - at);
	memcpy(out->data + at, before, sizeof(before) - 1);
	out->len += sizeof(before) - 1;
	buf_add_char(out, ')');
}

void filter_add_modern(struct buf *out, struct str text)
{
	bool folding = false;

	while (text.len) {
		size_t len = 1;

		if (text.data[0] == '\'' && (len = quoted_length(text))) {
			struct str quoted = { text.data, len };

			buf_add_text(out, folding ? "CASEI(" : "");
			add_quoted(out, quoted);
			buf_add_text(out, folding ? ")" : "");
			folding = false;
		} else if (str_starts(text, ilike)) {
			len = sizeof(ilike) - 1;
			fold_name(out);
			buf_add_text(out, " LIKE ");
			folding = true;
		} else {
			len = 1;
			buf_add_char(out, text.data[0]);
		}
		text.data += len;
		text.len -= len;
	}
}
