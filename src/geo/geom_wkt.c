#include "geo/geom.h"

#include <string.h>
#include <strings.h>

#include "base/array.h"
#include "geo/geom_build.h"

/* Reads OGC 06-103r4 section 7.2, well-known text. */
struct scan {
	const char *at, *end;
	struct geom_build build;
};

static const struct {
	const char *name;
	enum geom_type type;
} names[] = {
	{ "POINT", GEOM_POINT },
	{ "LINESTRING", GEOM_LINE },
	{ "POLYGON", GEOM_POLYGON },
	{ "MULTIPOINT", GEOM_MULTIPOINT },
	{ "MULTILINESTRING", GEOM_MULTILINE },
	{ "MULTIPOLYGON", GEOM_MULTIPOLYGON },
};

/* What may stand between the name and the coordinates. */
static const char *const dimensions[] = { "ZM", "Z", "M" };

static void skip_space(struct scan *s)
{
	while (s->at < s->end && strchr(" \t\r\n", *s->at) && *s->at)
		s->at++;
}

static bool take(struct scan *s, char c)
{
	skip_space(s);
	if (s->at == s->end || *s->at != c)
		return false;
	s->at++;
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct str take_word(struct scan *s)
{
	struct str word;

	skip_space(s);
	word.data = s->at;
	while (s->at < s->end && is_letter(*s->at))
		s->at++;
	word.len = (size_t)(s->at - word.data);
	return word;
}

static bool word_is(struct str word, const char *name)
{
	return word.len == strlen(name) &&
	       strncasecmp(word.data, name, word.len) == 0;
}

static bool is_dimension(struct str word)
{
	for (size_t i = 0; i < LENGTH(dimensions); i++)
		if (word_is(word, dimensions[i]))
			return true;
	return word.len == 0;
}

/* Knows "POINT", "POINT Z" and "POINTZ". */
static bool take_type(struct scan *s)
{
	struct str word = take_word(s);

	for (size_t i = 0; i < LENGTH(names); i++) {
		size_t len = strlen(names[i].name);
		struct str rest = { word.data + len, word.len - len };

		if (word.len < len ||
		    strncasecmp(word.data, names[i].name, len) != 0 ||
		    !is_dimension(rest))
			continue;
		s->build.type = names[i].type;
		return is_dimension(take_word(s));
	}
	return false;
}

static bool take_number(struct scan *s, double *out)
{
	struct str number;

	skip_space(s);
	number.data = s->at;
	while (s->at < s->end && *s->at && strchr("+-.0123456789eE", *s->at))
		s->at++;
	number.len = (size_t)(s->at - number.data);
	return str_to_double(number, out);
}

/* Two numbers; up to two more, height and measure, are passed over. */
static bool take_position(struct scan *s)
{
	double v[4];
	int n = 0;

	while (n < 4 && take_number(s, &v[n]))
		n++;
	if (n < 2)
		return false;
	geom_build_position(&s->build, v[0], v[1]);
	return true;
}

static bool take_part(struct scan *s)
{
	if (!take(s, '('))
		return false;
	geom_build_part(&s->build);
	do {
		if (!take_position(s))
			return false;
	} while (take(s, ','));
	return take(s, ')');
}

/* Both "MULTIPOINT ((1 2), (3 4))" and the older "MULTIPOINT (1 2, 3 4)". */
static bool take_point(struct scan *s)
{
	skip_space(s);
	if (s->at < s->end && *s->at == '(')
		return take_part(s);
	geom_build_part(&s->build);
	return take_position(s);
}

static bool take_list(struct scan *s, bool (*item)(struct scan *))
{
	if (!take(s, '('))
		return false;
	do {
		if (!item(s))
			return false;
	} while (take(s, ','));
	return take(s, ')');
}

static bool take_polygon(struct scan *s)
{
	geom_build_poly(&s->build);
	return take_list(s, take_part);
}

static bool take_coordinates(struct scan *s)
{
	switch (s->build.type) {
	case GEOM_POINT:
	case GEOM_LINE:
		return take_part(s);
	case GEOM_POLYGON:
		return take_polygon(s);
	case GEOM_MULTIPOINT:
		return take_list(s, take_point);
	case GEOM_MULTILINE:
		return take_list(s, take_part);
	case GEOM_MULTIPOLYGON:
		return take_list(s, take_polygon);
	}
	return false;
}

static size_t count_commas(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.data[i] == ',';
	return n;
}

const struct geom *geom_from_wkt(
    struct arena *a, struct str text, struct err *e)
{
	struct scan s = { .at = text.data, .end = text.data + text.len };

	if (!geom_build_begin(&s.build, a, count_commas(text) + 1, e))
		return NULL;
	if (!take_type(&s) || !take_coordinates(&s)) {
		err_set(e, ERR_INPUT, "the geometry is not well-known text");
		return NULL;
	}
	skip_space(&s);
	if (s.at != s.end) {
		err_set(e, ERR_INPUT, "something follows the geometry");
		return NULL;
	}
	return geom_build_finish(&s.build, a, e);
}
