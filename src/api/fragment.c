#include "config.h"

#include "api/fragment.h"

#include <string.h>

static const char head[] = "{\"type\":\"Feature\",\"id\":";
static const char geometry_key[] = ",\"geometry\":";
static const char properties_key[] = ",\"properties\":{";

static bool take(struct str *rest, const char *text)
{
	size_t len = strlen(text);

	if (rest->len < len || memcmp(rest->data, text, len))
		return false;
	rest->data += len;
	rest->len -= len;
	return true;
}

static bool take_length(struct str *rest, size_t len, struct str *out)
{
	if (!len || len > rest->len)
		return false;
	*out = (struct str){ rest->data, len };
	rest->data += len;
	rest->len -= len;
	return true;
}

/* The length of a quoted string at the beginning of s, 0 when it is none. */
static size_t string_length(struct str s)
{
	if (!s.len || s.data[0] != '"')
		return 0;
	for (size_t i = 1; i < s.len; i++) {
		if (s.data[i] == '\\')
			i++;
		else if (s.data[i] == '"')
			return i + 1;
	}
	return 0;
}

/* The length of a value: a string, an array of strings, a number or a word. */
static size_t value_length(struct str s)
{
	size_t i = 0;

	if (s.len && s.data[0] == '"')
		return string_length(s);
	if (s.len && s.data[0] == '[') {
		for (i = 1; i < s.len && s.data[i] != ']';) {
			struct str rest = { s.data + i, s.len - i };
			size_t len = string_length(rest);

			i += len ? len : 1;
		}
		return i < s.len ? i + 1 : 0;
	}
	while (i < s.len && s.data[i] != ',' && s.data[i] != '}')
		i++;
	return i;
}

static bool take_values(struct fragment *out, struct str *rest,
    const struct schema *schema, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if ((i && !take(rest, ",")) || !take(rest, "\"") ||
		    !take(rest, schema->fields[i].name) || !take(rest, "\":") ||
		    !take_length(rest, value_length(*rest), &out->values[i]))
			return false;
	}
	return n < schema->n_fields || (take(rest, "}}") && !rest->len);
}

/* The id and n fields; not even the geometry when there are no fields. */
static bool split(struct fragment *out, struct str text,
    const struct schema *schema, size_t n)
{
	struct str rest = text;
	const char *end;

	out->whole = text;
	if (schema->n_fields > FRAGMENT_FIELDS_MAX || !take(&rest, head) ||
	    !take_length(&rest, string_length(rest), &out->id) ||
	    !take(&rest, geometry_key))
		return false;
	if (n == 0 && schema->n_fields > 0)
		return true;
	/* A geometry holds no text of others: the key cannot stand in it. */
	end = memmem(
	    rest.data, rest.len, properties_key, sizeof(properties_key) - 1);
	return end &&
	       take_length(&rest, (size_t)(end - rest.data), &out->geometry) &&
	       take(&rest, properties_key) &&
	       take_values(out, &rest, schema, n);
}

struct str fragment_of(const struct snapshot *s, uint32_t row)
{
	struct str text = snapshot_fragments(s, row, 1);

	if (!text.len)
		return text;
	return (struct str){ text.data + 1, text.len - 1 };
}

bool fragment_split_first(struct fragment *out, const struct snapshot *s,
    uint32_t row, size_t n, struct err *e)
{
	const struct schema *schema = snapshot_info_of(s)->schema;

	if (n > schema->n_fields)
		n = schema->n_fields;
	if (split(out, fragment_of(s, row), schema, n))
		return true;
	return err_set(e, ERR_DAMAGED, "the index of the data is damaged");
}

bool fragment_split(
    struct fragment *out, const struct snapshot *s, uint32_t row, struct err *e)
{
	return fragment_split_first(out, s, row, SIZE_MAX, e);
}

bool fragment_find(
    const struct snapshot *s, struct str public_id, uint32_t *row)
{
	for (uint32_t i = 0; i < snapshot_count(s); i++) {
		struct str text = fragment_of(s, i);

		if (take(&text, head) && take(&text, "\"") &&
		    text.len > public_id.len &&
		    !memcmp(text.data, public_id.data, public_id.len) &&
		    text.data[public_id.len] == '"') {
			*row = i;
			return true;
		}
	}
	return false;
}
