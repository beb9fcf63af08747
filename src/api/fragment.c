#include "api/fragment.h"

#include "format/fragment.h"

#include <string.h>

static bool take(struct str *rest, const char *text)
{
	if (!str_starts(*rest, text))
		return false;
	rest->data += strlen(text);
	rest->len -= strlen(text);
	return true;
}

/* The id and n fields; not even the geometry when there are no fields. */
static bool split(struct fragment *out, struct str text,
    const struct schema *schema, size_t n)
{
	struct fragment_parts parts;

	if (schema->n_fields > FRAGMENT_FIELDS_MAX ||
	    !fragment_find_parts(&parts, out->values, schema, n, text) ||
	    !parts.id.len)
		return false;
	out->whole = text;
	out->id = parts.id;
	out->geometry = parts.geometry;
	return true;
}

struct str fragment_of(const struct snapshot *s, uint32_t row)
{
	struct str text = snapshot_fragments(s, row, 1);

	if (!text.len)
		return text;
	return (struct str){ text.data + 1, text.len - 1 };
}

bool fragment_split(
    struct fragment *out, const struct snapshot *s, uint32_t row, struct err *e)
{
	const struct schema *schema = snapshot_info_of(s)->schema;

	if (split(out, fragment_of(s, row), schema, schema->n_fields))
		return true;
	return snapshot_damaged(e);
}

bool fragment_find(
    const struct snapshot *s, struct str public_id, uint32_t *row)
{
	for (uint32_t i = 0; i < snapshot_count(s); i++) {
		struct str text = fragment_of(s, i);

		if (take(&text, "{\"type\":\"Feature\",\"id\":") &&
		    take(&text, "\"") && text.len > public_id.len &&
		    !memcmp(text.data, public_id.data, public_id.len) &&
		    text.data[public_id.len] == '"') {
			*row = i;
			return true;
		}
	}
	return false;
}
