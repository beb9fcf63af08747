#include "format/fragment.h"

#include <string.h>

static const char head[] = "{\"type\":\"Feature\"";
static const char id_key[] = ",\"id\":";
static const char geometry_key[] = ",\"geometry\":";
static const char properties_key[] = ",\"properties\":{";

/* U+FFFE and U+FFFF, which XML cannot hold, begin with it; of what is written
 * here hardly anything else does. */
enum { NONCHARACTER_LEAD = 0xEF };

static bool take(struct str *rest, const char *text, size_t len)
{
	if (rest->len < len || memcmp(rest->data, text, len) != 0)
		return false;
	rest->data += len;
	rest->len -= len;
	return true;
}

static bool take_length(struct str *rest, size_t len, struct str *out)
{
	if (len == 0 || len > rest->len)
		return false;
	*out = (struct str){ rest->data, len };
	rest->data += len;
	rest->len -= len;
	return true;
}

/* The length of a quoted string at the beginning of s, 0 when it is none. A
 * quote inside is behind a backslash. */
static size_t string_length(struct str s, bool plain)
{
	const char *quote = memchr(s.data + 1, '"', s.len - 1);
	size_t len = quote ? (size_t)(quote + 1 - s.data) : 0;

	if (plain || len == 0 || !memchr(s.data, '\\', len))
		return len;
	for (size_t i = 1; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '"')
			return i + 1;
	}
	return 0;
}

static size_t list_length(struct str s, bool plain)
{
	size_t i = 1;

	while (i < s.len && s.data[i] != ']') {
		struct str rest = { s.data + i, s.len - i };
		size_t len = 1;

		if (rest.data[0] == '"')
			len = string_length(rest, plain);
		if (len == 0)
			return 0;
		i += len;
	}
	return i < s.len ? i + 1 : 0;
}

/* A string, an array of strings, a number or a word. */
static size_t value_length(struct str s, bool plain)
{
	size_t i = 0;

	if (s.len == 0)
		return 0;
	if (s.data[0] == '"')
		return string_length(s, plain);
	if (s.data[0] == '[')
		return list_length(s, plain);
	while (i < s.len && s.data[i] != ',' && s.data[i] != '}')
		i++;
	return i;
}

static size_t id_length(struct str s)
{
	return s.len > 0 && s.data[0] == '"' ? string_length(s, false) : 0;
}

/* null, or an object without another one in it. */
static size_t geometry_length(struct str s)
{
	const char *end = memchr(s.data, '}', s.len);

	if (s.len > 4 && s.data[0] == 'n')
		return 4;
	return end ? (size_t)(end + 1 - s.data) : 0;
}

static bool take_id(struct fragment_parts *out, struct str *rest)
{
	if (!take(rest, head, sizeof(head) - 1))
		return false;
	return !take(rest, id_key, sizeof(id_key) - 1) ||
	       take_length(rest, id_length(*rest), &out->id);
}

static bool take_geometry(struct fragment_parts *out, struct str *rest)
{
	return take(rest, geometry_key, sizeof(geometry_key) - 1) &&
	       take_length(rest, geometry_length(*rest), &out->geometry) &&
	       take(rest, properties_key, sizeof(properties_key) - 1);
}

static bool is_plain(struct str text)
{
	return text.len == 0 ||
	       (!memchr(text.data, '\\', text.len) &&
		   !memchr(text.data, NONCHARACTER_LEAD, text.len));
}

static bool take_tail(struct str *rest)
{
	return take(rest, "}}", 2) && rest->len == 0;
}

/* "name": with a comma before it. */
static bool take_key(struct str *rest, const char *name, bool first)
{
	return (first || take(rest, ",", 1)) && take(rest, "\"", 1) &&
	       take(rest, name, strlen(name)) && take(rest, "\":", 2);
}

bool fragment_find_parts(struct fragment_parts *out, struct str *values,
    const struct schema *schema, size_t n, struct str text)
{
	struct fragment_parts parts = { .plain = false };
	struct str rest = text;

	if (!take_id(&parts, &rest))
		return false;
	if (n > 0 || schema->n_fields == 0) {
		/* Worth a look at the whole where the whole is read. */
		parts.plain = n == schema->n_fields && is_plain(text);
		if (!take_geometry(&parts, &rest))
			return false;
		for (size_t i = 0; i < n; i++)
			if (!take_key(&rest, schema->fields[i].name, i == 0) ||
			    !take_length(&rest, value_length(rest, parts.plain),
				&values[i]))
				return false;
	}
	*out = parts;
	return n < schema->n_fields || take_tail(&rest);
}

bool fragment_find_values(struct fragment_parts *out, struct str *values,
    const struct str *keys, size_t n, struct str text)
{
	struct fragment_parts parts = { .plain = is_plain(text) };

	if (!take_id(&parts, &text) || !take_geometry(&parts, &text))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!take(&text, keys[i].data, keys[i].len) ||
		    !take_length(
			&text, value_length(text, parts.plain), &values[i]))
			return false;
	*out = parts;
	return take_tail(&text);
}

void fragment_add_key(struct buf *b, const struct schema *schema, size_t field)
{
	buf_add_text(b, field ? ",\"" : "\"");
	buf_add_text(b, schema->fields[field].name);
	buf_add_text(b, "\":");
}
