#include "geo/bbox.h"

#include <math.h>

const struct bbox bbox_empty = { HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL };

enum { NUMBERS_FLAT = 4, NUMBERS_HIGH = 6 };

static const double lon_limit = 180;
static const double lat_limit = 90;

/* Returns how many numbers stand in v, 0 when the text is no list of them. */
static int parse_numbers(double v[static NUMBERS_HIGH], struct str text)
{
	int n = 0;

	for (struct str rest = text; rest.data; n++) {
		struct str number = str_trim(str_cut(&rest, ','));

		if (n == NUMBERS_HIGH || !str_to_double(number, &v[n]))
			return 0;
	}
	return n;
}

static bool ranges_overlap(double a, double b, double c, double d)
{
	return a <= d && c <= b;
}

bool bbox_is_empty(const struct bbox *b)
{
	return b->south > b->north;
}

bool bbox_numbers(double corners[static 4], struct str text, struct err *e)
{
	double v[NUMBERS_HIGH];
	int n = parse_numbers(v, text);

	if (n != NUMBERS_FLAT && n != NUMBERS_HIGH)
		return err_set(e, ERR_INPUT, "bbox takes four or six numbers");
	if (n == NUMBERS_HIGH && v[2] > v[5])
		return err_set(e, ERR_INPUT, "bbox low is above high");
	corners[0] = v[0];
	corners[1] = v[1];
	corners[2] = v[n / 2];
	corners[3] = v[n / 2 + 1];
	return true;
}

bool bbox_parse(struct bbox *out, struct str text, struct err *e)
{
	double v[NUMBERS_FLAT];
	struct bbox b;

	if (!bbox_numbers(v, text, e))
		return false;
	b = (struct bbox){ v[0], v[1], v[2], v[3] };
	if (fabs(b.west) > lon_limit || fabs(b.east) > lon_limit)
		return err_set(
		    e, ERR_INPUT, "bbox longitudes lie between -180 and 180");
	if (fabs(b.south) > lat_limit || fabs(b.north) > lat_limit)
		return err_set(
		    e, ERR_INPUT, "bbox latitudes lie between -90 and 90");
	if (b.south > b.north)
		return err_set(e, ERR_INPUT, "bbox south is above north");
	*out = b;
	return true;
}

bool bbox_intersects(const struct bbox *a, const struct bbox *b)
{
	struct bbox parts[2], others[2];
	int n = bbox_split(a, parts);
	int m = bbox_split(b, others);

	if (!ranges_overlap(a->south, a->north, b->south, b->north))
		return false;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < m; j++)
			if (ranges_overlap(parts[i].west, parts[i].east,
				others[j].west, others[j].east))
				return true;
	return false;
}

bool bbox_contains(const struct bbox *outer, const struct bbox *inner)
{
	struct bbox parts[2];
	int n = bbox_split(outer, parts);

	if (inner->south < outer->south || inner->north > outer->north)
		return false;
	for (int i = 0; i < n; i++)
		if (inner->west >= parts[i].west &&
		    inner->east <= parts[i].east)
			return true;
	return false;
}

bool bbox_has_point(const struct bbox *b, double lon, double lat)
{
	if (lat < b->south || lat > b->north)
		return false;
	if (b->west > b->east)
		return lon >= b->west || lon <= b->east;
	return lon >= b->west && lon <= b->east;
}

void bbox_add_point(struct bbox *b, double lon, double lat)
{
	b->west = fmin(b->west, lon);
	b->east = fmax(b->east, lon);
	b->south = fmin(b->south, lat);
	b->north = fmax(b->north, lat);
}

void bbox_add_bbox(struct bbox *b, const struct bbox *o)
{
	b->west = fmin(b->west, o->west);
	b->east = fmax(b->east, o->east);
	b->south = fmin(b->south, o->south);
	b->north = fmax(b->north, o->north);
}

int bbox_split(const struct bbox *b, struct bbox out[static 2])
{
	out[0] = *b;
	if (b->west <= b->east || bbox_is_empty(b))
		return 1;
	out[0] = (struct bbox){ b->west, b->south, lon_limit, b->north };
	out[1] = (struct bbox){ -lon_limit, b->south, b->east, b->north };
	return 2;
}
