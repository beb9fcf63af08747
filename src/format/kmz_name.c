#include "kmz_name.h"

#include <string.h>
#include <strings.h>

bool kmz_name_ends(const char *name, const char *tail)
{
	size_t len = strlen(name), n = strlen(tail);

	return len >= n && strcasecmp(name + len - n, tail) == 0;
}

static bool is_segment_up(const char *segment, size_t len)
{
	return len == 2 && segment[0] == '.' && segment[1] == '.';
}

bool kmz_name_is_inside(const char *name)
{
	const char *segment = name;
	size_t len = strlen(name);

	/* Programs of Windows write "files\\a.png". */
	if (len == 0 || len > KMZ_NAME_MAX || name[0] == '/' ||
	    name[0] == '\\' || strchr(name, ':'))
		return false;
	for (const char *at = name;; at++) {
		if (*at != '/' && *at != '\\' && *at != '\0') {
			if ((unsigned char)*at < ' ')
				return false;
			continue;
		}
		if (is_segment_up(segment, (size_t)(at - segment)))
			return false;
		if (*at == '\0')
			return true;
		segment = at + 1;
	}
}

/* The character that the link has at *at, which moves on. */
static char take(struct str href, size_t *at)
{
	char c = href.data[(*at)++];
	int high, low;

	if (c == '\\')
		return '/';
	if (c != '%' || href.len - *at < 2)
		return c;
	high = str_hex_digit(href.data[*at]);
	low = str_hex_digit(href.data[*at + 1]);
	if (high < 0 || low < 0)
		return c;
	*at += 2;
	return (char)(high * 16 + low);
}

bool kmz_name_of_link(char out[static KMZ_NAME_MAX + 1], struct str href)
{
	size_t n = 0, at = 0;

	while (str_starts(href, "./")) {
		href.data += 2;
		href.len -= 2;
	}
	while (at < href.len) {
		if (n == KMZ_NAME_MAX)
			return false;
		out[n] = take(href, &at);
		if (out[n++] == '\0')
			return false;
	}
	out[n] = '\0';
	return n > 0;
}
