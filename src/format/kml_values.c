/* The values of a feature, as a placemark holds them. */
#include <string.h>

#include "base/words.h"
#include "format/fragment.h"
#include "kml_html.h"
#include "kml_ready.h"
#include "kml_text.h"

static bool make_room(struct kml_placemarks *p, size_t len)
{
	size_t size;

	if (p->decoded_size >= len)
		return true;
	if (len > SIZE_MAX / 2)
		return false;
	size = p->decoded_size * 2 > len ? p->decoded_size * 2 : len;
	p->decoded = arena_alloc(p->arena, size);
	p->decoded_size = p->decoded ? size : 0;
	return p->decoded;
}

/* The length of a quoted string at the beginning of s, its quotes with it. */
static size_t string_length(struct str s)
{
	size_t i = 1;

	while (i < s.len && s.data[i] != '"')
		i += s.data[i] == '\\' ? 2 : 1;
	return i < s.len ? i + 1 : s.len;
}

/* The strings of a list as one, with what add_list would put between them. */
static void decode_list(struct buf *b, struct str inside)
{
	while (inside.len > 1) {
		struct str item = { inside.data, string_length(inside) };

		kml_add_json_text(b, fragment_inside(item));
		inside.data += item.len;
		inside.len -= item.len;
		if (inside.len == 0)
			break;
		buf_add_char(b, ';');
		inside.data++;
		inside.len--;
	}
}

/* Puts a string or a list of strings, decoded, in the place of value. */
static void decode(struct buf *b, struct str *value)
{
	size_t begin = b->len;

	buf_add_char(b, '"');
	if (value->data[0] == '[')
		decode_list(b, fragment_inside(*value));
	else
		kml_add_json_text(b, fragment_inside(*value));
	buf_add_char(b, '"');
	if (!b->failed)
		*value = (struct str){ b->data + begin, b->len - begin };
}

/* What is inside a JSON string, as it is. */
static void add_plain(struct buf *b, struct str inside)
{
	char decoded[FRAGMENT_ESCAPE_MAX];

	while (inside.len > 0) {
		struct str part = inside;
		const char *escape = memchr(part.data, '\\', part.len);

		if (escape)
			part.len = (size_t)(escape - part.data);
		buf_add_str(b, part);
		inside.data += part.len;
		inside.len -= part.len;
		if (inside.len == 0)
			return;
		part.len = fragment_take_escape(&inside, decoded);
		if (part.len == 0)
			return;
		buf_add(b, decoded, part.len);
	}
}

/* The description, which goes out as HTML: whatever way it came in, nothing
 * that acts or fetches goes out. Cleaned text that grows too much is left out.
 * The attribute stays what it is. */
static void decode_description(struct buf *b, struct str *out, struct str value)
{
	struct str inside = fragment_inside(value);
	size_t begin = b->len;
	struct buf plain, clean, text;

	buf_init(&plain, inside.len);
	buf_init(&clean, SIZE_MAX);
	buf_init(&text, KML_GROWTH * inside.len);
	add_plain(&plain, inside);
	if (html_clean(&clean, buf_str(&plain))) {
		xml_add_text(&text, str_trim(buf_str(&clean)));
		if (!text.failed)
			buf_add_str(b, buf_str(&text));
		*out = (struct str){ b->data + begin, b->len - begin };
	}
	buf_free(&plain);
	buf_free(&clean);
	buf_free(&text);
}

bool kml_decode_values(
    struct kml_placemarks *p, struct fragment_parts *parts, size_t len)
{
	size_t n = p->document->schema->n_fields;
	struct buf b = { .limit = 0 };

	if (len > SIZE_MAX / (2 * KML_GROWTH) ||
	    !make_room(p, 2 * len * KML_GROWTH))
		return false;
	/* Memory of the arena, which is never too little. */
	b.data = p->decoded;
	b.size = b.limit = p->decoded_size;
	if (parts->id.len > 0)
		decode(&b, &parts->id);
	for (size_t i = 0; i < n; i++) {
		if ((int)i == p->document->description_field &&
		    p->values[i].data[0] == '"')
			decode_description(&b, &p->description, p->values[i]);
		if (p->values[i].data[0] == '"' || p->values[i].data[0] == '[')
			decode(&b, &p->values[i]);
	}
	return !b.failed;
}

/* Codes are short words: their ends and length tell most of them apart. */
static size_t slot_of(struct str code, size_t size)
{
	size_t mixed = code.len;

	if (code.len > 0)
		mixed += (unsigned char)code.data[0] * (size_t)31 +
			 (unsigned char)code.data[code.len - 1] * (size_t)7 +
			 (unsigned char)code.data[code.len / 2];
	return mixed & (size - 1);
}

struct str kml_choice(const struct choices *c, struct str code)
{
	if (c->size == 0)
		return (struct str){ NULL, 0 };
	for (size_t i = slot_of(code, c->size);; i = (i + 1) & (c->size - 1)) {
		const struct choice *slot = &c->slots[i];

		if (!slot->code.data)
			return (struct str){ NULL, 0 };
		if (slot->code.len == code.len &&
		    words_equal(slot->code.data, code.data, code.len))
			return slot->text;
	}
}

bool kml_choices_open(struct choices *c, size_t n, struct arena *a)
{
	size_t size = 2;

	while (size < 2 * n)
		size *= 2;
	c->slots = arena_array(a, size, sizeof(*c->slots));
	c->size = c->slots ? size : 0;
	return c->slots;
}

void kml_choices_add(struct choices *c, struct str code, struct str text)
{
	size_t i = slot_of(code, c->size);

	while (c->slots[i].code.data)
		i = (i + 1) & (c->size - 1);
	c->slots[i] = (struct choice){ code, text };
}
