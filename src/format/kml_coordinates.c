#include "kml_coordinates.h"

#include "base/array.h"

#include <math.h>
#include <string.h>

static bool is_space(char c)
{
	return (unsigned char)c <= ' ';
}

static void skip_space(struct str *rest)
{
	while (rest->len > 0 && is_space(*rest->data)) {
		rest->data++;
		rest->len--;
	}
}

/* A number up to white space or a comma. */
static bool take_number(struct str *rest, double *out)
{
	struct str number = *rest;
	size_t len = 0;

	while (len < number.len && !is_space(number.data[len]) &&
	       number.data[len] != ',')
		len++;
	number.len = len;
	rest->data += len;
	rest->len -= len;
	return str_to_double(number, out);
}

/* Whether the tuple goes on: passes over its separator. */
static bool goes_on(struct str *rest, char separator)
{
	struct str ahead = *rest;

	skip_space(&ahead);
	if (separator == ' ') {
		*rest = ahead;
		return ahead.len > 0;
	}
	if (ahead.len == 0 || *ahead.data != ',')
		return false;
	*rest = (struct str){ ahead.data + 1, ahead.len - 1 };
	skip_space(rest);
	return true;
}

struct tuple {
	double lon, lat, height; /* NAN without */
};

/* "68,43," has no height. */
static bool take_height(struct tuple *t, struct str *rest)
{
	return rest->len == 0 || is_space(*rest->data) ||
	       take_number(rest, &t->height);
}

static bool take_tuple(struct tuple *t, struct str *rest, char separator)
{
	t->height = NAN;
	if (!take_number(rest, &t->lon) || !goes_on(rest, separator) ||
	    !take_number(rest, &t->lat))
		return false;
	return !goes_on(rest, separator) || take_height(t, rest);
}

/* "68,43," before white space has no height; what follows is the next tuple. */
static bool take_token(struct tuple *t, struct str *rest)
{
	struct str token = { rest->data, 0 };

	while (token.len < rest->len && !is_space(rest->data[token.len]))
		token.len++;
	rest->data += token.len;
	rest->len -= token.len;
	return take_tuple(t, &token, ',') && token.len == 0;
}

/* "68,43,0,69,44,0": Google Earth takes three numbers at a time. */
static bool take_triple(struct tuple *t, struct str *rest)
{
	if (!take_number(rest, &t->lon) || !goes_on(rest, ',') ||
	    !take_number(rest, &t->lat) || !goes_on(rest, ',') ||
	    !take_number(rest, &t->height))
		return false;
	return goes_on(rest, ',') ? rest->len > 0
				  : rest->len == 0 || is_space(*rest->data);
}

static bool take_spaced(struct tuple *t, struct str *rest)
{
	return take_tuple(t, rest, ' ');
}

static bool take_written(struct tuple *t, struct str *rest)
{
	return take_tuple(t, rest, ',');
}

typedef bool taker(struct tuple *t, struct str *rest);

static bool add_all(
    struct shape *s, struct str text, taker *take, struct err *e)
{
	struct tuple t;

	for (skip_space(&text); text.len > 0; skip_space(&text)) {
		if (!take(&t, &text))
			return err_set(e, ERR_INPUT,
			    "the coordinates are not longitude,latitude with "
			    "spaces between");
		if (!shape_add(s, t.lon, t.lat, t.height, e))
			return false;
	}
	return true;
}

/* As they should be written, then as they are written too. */
bool kml_add_coordinates(
    struct shape *s, struct str text, char separator, struct err *e)
{
	static taker *const takers[] = { take_written, take_token,
		take_triple };
	const uint32_t before = s->part_n;
	struct err why = { .code = ERR_NONE };

	if (separator != ',')
		return add_all(s, text, take_spaced, e);
	for (size_t i = 0; i < LENGTH(takers); i++) {
		if (add_all(s, text, takers[i], &why))
			return true;
		if (why.code != ERR_INPUT)
			break;
		shape_take_back(s, s->part_n - before);
	}
	return err_set(e, why.code, "%s", why.text);
}
