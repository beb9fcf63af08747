#include "json_scan.h"

#include <string.h>

#include "format/foreign.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(struct json_scan *s)
{
	while (s->at < s->end && is_space(*s->at))
		s->at++;
}

/* From the opening quote behind the closing one. */
static bool skip_string(struct json_scan *s)
{
	for (s->at++; s->at < s->end; s->at++) {
		if (*s->at == '"') {
			s->at++;
			return true;
		}
		if (*s->at == '\\' && s->at + 1 < s->end)
			s->at++;
	}
	return false;
}

/* From an opening bracket behind the one that closes it. Which kind closes
 * which is the decoder's to check. */
static bool skip_brackets(struct json_scan *s)
{
	int depth = 0;

	while (s->at < s->end) {
		char c = *s->at;

		if (c == '"') {
			if (!skip_string(s))
				return false;
			continue;
		}
		s->at++;
		if (c == '{' || c == '[')
			depth++;
		if (depth > FOREIGN_DEPTH_MAX) {
			s->deep = true;
			return false;
		}
		if ((c == '}' || c == ']') && --depth == 0)
			return true;
	}
	return false;
}

/* Numbers, true, false, null, or what is none of them. */
static bool skip_word(struct json_scan *s)
{
	const char *start = s->at;

	while (s->at < s->end && !is_space(*s->at) && *s->at != '\0' &&
	       !strchr(",:]}[{\"", *s->at))
		s->at++;
	return s->at > start;
}

struct json_scan json_scan_of(struct str text)
{
	return (struct json_scan){ text.data, text.data + text.len, false };
}

bool json_scan_take(struct json_scan *s, char c)
{
	skip_space(s);
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

bool json_scan_value(struct json_scan *s, struct str *value)
{
	bool found;

	skip_space(s);
	value->data = s->at;
	if (s->at == s->end)
		return false;
	if (*s->at == '{' || *s->at == '[')
		found = skip_brackets(s);
	else if (*s->at == '"')
		found = skip_string(s);
	else
		found = skip_word(s);
	value->len = (size_t)(s->at - value->data);
	return found;
}

bool json_scan_is_over(struct json_scan *s)
{
	skip_space(s);
	return s->at == s->end;
}
