#include "geo/predicate.h"

#include <float.h>
#include <math.h>

/* A number as the unevaluated sum of two doubles. */
struct pair {
	double high, low;
};

static struct pair exact_difference(double a, double b)
{
	double high = a - b;
	double virtual_b = a - high;
	double virtual_a = high + virtual_b;

	return (struct pair){ high, (a - virtual_a) + (virtual_b - b) };
}

static struct pair product(struct pair a, struct pair b)
{
	double high = a.high * b.high;
	double low = fma(a.high, b.high, -high);

	low += a.high * b.low + a.low * b.high;
	return (struct pair){ high, low };
}

static int sign(double v)
{
	return (v > 0) - (v < 0);
}

/* The sign of a - b in twice the digits of a double. */
static int compare(struct pair a, struct pair b)
{
	struct pair d = exact_difference(a.high, b.high);

	return sign(d.high + (d.low + (a.low - b.low)));
}

int predicate_side(struct position a, struct position b, struct position c)
{
	double left = (a.lon - c.lon) * (b.lat - c.lat);
	double right = (a.lat - c.lat) * (b.lon - c.lon);
	double bound = 4 * DBL_EPSILON * (fabs(left) + fabs(right));

	if (fabs(left - right) > bound)
		return sign(left - right);
	return compare(product(exact_difference(a.lon, c.lon),
			   exact_difference(b.lat, c.lat)),
	    product(exact_difference(a.lat, c.lat),
		exact_difference(b.lon, c.lon)));
}

bool predicate_segment_meets(
    struct position a, struct position b, const struct bbox *box)
{
	const struct position corners[4] = {
		{ box->west, box->south },
		{ box->east, box->south },
		{ box->east, box->north },
		{ box->west, box->north },
	};
	int first;

	if (fmin(a.lon, b.lon) > box->east || fmax(a.lon, b.lon) < box->west ||
	    fmin(a.lat, b.lat) > box->north || fmax(a.lat, b.lat) < box->south)
		return false;
	if (bbox_has_point(box, a.lon, a.lat) ||
	    bbox_has_point(box, b.lon, b.lat))
		return true;
	/* Their shadows on both axes meet: they are apart only if the whole
	 * box lies on one side of the segment's line. */
	first = predicate_side(a, b, corners[0]);
	for (int i = 1; i < 4; i++)
		if (predicate_side(a, b, corners[i]) != first)
			return true;
	return first == 0;
}
