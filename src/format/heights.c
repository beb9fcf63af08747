#include "format/heights.h"

#include <string.h>

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct heights heights_of(struct str text)
{
	struct heights h = { .left = text };

	while (h.left.len > 0 && is_letter(*h.left.data)) {
		struct str word = str_cut(&h.left, ' ');

		if (str_is(word, "extrude"))
			h.extrude = true;
		else
			h.mode = word;
	}
	return h;
}

struct str heights_next(struct heights *h)
{
	static const struct str none = { "", 0 };
	struct str word = none;

	if (h->left.len > 0)
		word = str_cut(&h->left, ' ');
	return str_is(word, "-") ? none : word;
}

/* Where the coordinates of a geometry begin; len of the text without any. */
static size_t find_coordinates(struct str text)
{
	static const char key[] = "\"coordinates\":";
	const char *at = text.data, *end = at + text.len;

	/* In strings quotes are behind backslashes: it stands in none. */
	while (at < end && (at = memchr(at, '"', (size_t)(end - at)))) {
		if (str_starts((struct str){ at, (size_t)(end - at) }, key))
			return (size_t)(at - text.data);
		at++;
	}
	return text.len;
}

void heights_weave(struct buf *b, struct str geojson, struct str heights)
{
	struct heights h = heights_of(heights);
	const char *at = geojson.data + find_coordinates(geojson);
	const char *end = geojson.data + geojson.len, *close;
	const char *brace = memchr(at, '}', (size_t)(end - at));

	buf_add(b, geojson.data, (size_t)(at - geojson.data));
	/* A position ends with the bracket behind a number. */
	while (brace && (close = memchr(at, ']', (size_t)(brace - at)))) {
		struct str height = { "", 0 };

		buf_add(b, at, (size_t)(close - at));
		if (close > at)
			height = heights_next(&h);
		if (height.len > 0)
			buf_add_char(b, ',');
		buf_add_str(b, height);
		buf_add_char(b, ']');
		at = close + 1;
	}
	buf_add(b, at, (size_t)(end - at));
}
