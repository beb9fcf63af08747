#include "http/request.h"
#include "base/array.h"
#include "base/utf8.h"

#include <string.h>

static const struct {
	const char *name;
	enum http_method method;
} methods[] = {
	{ "GET", HTTP_GET },
	{ "HEAD", HTTP_HEAD },
	{ "OPTIONS", HTTP_OPTIONS },
	{ "POST", HTTP_POST },
};

static enum http_method find_method(const char *name)
{
	for (size_t i = 0; i < LENGTH(methods); i++)
		if (strcmp(name, methods[i].name) == 0)
			return methods[i].method;
	return HTTP_OTHER;
}

/* The byte of a percent code at s. An encoded slash would move the edges of the
 * segments, so it is refused like one that is malformed: -1. */
static int decode_percent(const char *s, size_t left)
{
	int high, low, byte;

	if (left < 3)
		return -1;
	high = str_hex_digit(s[1]);
	low = str_hex_digit(s[2]);
	if (high < 0 || low < 0)
		return -1;
	byte = high * 16 + low;
	return byte == '/' ? -1 : byte;
}

/* Decodes the raw path into out, which has room for REQUEST_PATH_MAX. The
 * length, or -1. */
static long decode_path(char *out, struct str raw)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.len; i++) {
		int c = (unsigned char)raw.data[i];

		if (c == '%') {
			c = decode_percent(raw.data + i, raw.len - i);
			i += 2;
		}
		if (c < 0x20 || c == 0x7f || c == '#' || n == REQUEST_PATH_MAX)
			return -1;
		out[n++] = (char)c;
	}
	return (long)n;
}

/* No empty segment but a last one, none that climbs. */
static bool are_segments_good(struct str path)
{
	struct str rest = { path.data + 1, path.len - 1 };

	while (rest.data != NULL) {
		struct str s = str_cut(&rest, '/');

		if (s.len == 0 && rest.data != NULL)
			return false;
		if (str_is(s, ".") || str_is(s, ".."))
			return false;
	}
	return true;
}

bool request_make(struct request *out, struct arena *a, const char *method,
    const char *uri, struct err *e)
{
	struct str query = str_from(uri), path = str_cut(&query, '?');
	struct request q = { .method = find_method(method), .arena = a };
	char decoded[REQUEST_PATH_MAX];
	long n = decode_path(decoded, path);

	if (n < 1 || decoded[0] != '/')
		return err_set(e, ERR_INPUT, "the path is malformed");
	q.path = (struct str){ decoded, (size_t)n };
	if (!utf8_valid(q.path) || !are_segments_good(q.path))
		return err_set(e, ERR_INPUT, "the path is malformed");
	q.path.data = arena_copy(a, decoded, (size_t)n);
	q.query = (struct str){ "", 0 };
	if (query.len > 0)
		q.query = (struct str){ arena_copy(a, query.data, query.len),
			query.len };
	if (q.path.data == NULL || q.query.data == NULL)
		return err_no_memory(e);
	*out = q;
	return true;
}
