#include "geo/geom.h"

#include <math.h>

#include "geo/geom_build.h"

static const double earth_radius = 6371008.8; /* metres, IUGG mean */
static const double radians = 3.14159265358979323846 / 180;

static double square(double v)
{
	return v * v;
}

/* The haversine formula. */
double geom_distance(struct position a, struct position b)
{
	double h = square(sin((b.lat - a.lat) * radians / 2)) +
		   cos(a.lat * radians) * cos(b.lat * radians) *
		       square(sin((b.lon - a.lon) * radians / 2));

	return 2 * earth_radius * asin(sqrt(fmin(1, h)));
}

/* To the point of the segment that is nearest on the plane tangent at p. */
static double distance_to_segment(
    struct position a, struct position b, struct position p)
{
	double scale = cos(p.lat * radians);
	double x = (b.lon - a.lon) * scale;
	double y = b.lat - a.lat;
	double length = x * x + y * y;
	double t = 0;

	if (length > 0)
		t = ((p.lon - a.lon) * scale * x + (p.lat - a.lat) * y) /
		    length;
	t = fmax(0, fmin(1, t));
	return geom_distance(p, (struct position){ a.lon + t * (b.lon - a.lon),
				    a.lat + t * (b.lat - a.lat) });
}

static double nearest_segment(const struct geom *g, struct position p)
{
	const struct position *at = g->positions;
	double nearest = HUGE_VAL;

	for (uint32_t i = 0; i < g->n_parts; i++) {
		for (uint32_t j = 1; j < g->part_sizes[i]; j++)
			nearest = fmin(
			    nearest, distance_to_segment(at[j - 1], at[j], p));
		at += g->part_sizes[i];
	}
	return nearest;
}

static double nearest_position(const struct geom *g, struct position p)
{
	double nearest = HUGE_VAL;

	for (uint32_t i = 0; i < g->n_positions; i++)
		nearest = fmin(nearest, geom_distance(g->positions[i], p));
	return nearest;
}

double geom_distance_to(const struct geom *g, struct position p)
{
	double nearest;

	if (geom_is_of_points(g->type))
		return nearest_position(g, p);
	if (geom_has_point(g, p.lon, p.lat))
		return 0;
	nearest = nearest_segment(g, p);
	/* What is near over the antimeridian is far on the plane. */
	if (g->box.east - p.lon > 180)
		nearest =
		    fmin(nearest, nearest_segment(g,
				      (struct position){ p.lon + 360, p.lat }));
	if (p.lon - g->box.west > 180)
		nearest =
		    fmin(nearest, nearest_segment(g,
				      (struct position){ p.lon - 360, p.lat }));
	return nearest;
}

/* The mean of sin over an edge's latitudes: what the edge, straight on the
 * plane of lon and lat, cuts off from the equator on the unit sphere, for each
 * radian of longitude. */
static double mean_sine(double lat1, double lat2)
{
	double half = (lat2 - lat1) * radians / 2;
	double middle = sin((lat1 + lat2) * radians / 2);

	return fabs(half) < 1e-9 ? middle : middle * sin(half) / half;
}

static double ring_area(const struct position *p, uint32_t n)
{
	double sum = 0;

	for (uint32_t i = 1; i < n; i++)
		sum += (p[i].lon - p[i - 1].lon) * radians *
		       mean_sine(p[i - 1].lat, p[i].lat);
	return fabs(sum);
}

double geom_area_km2(const struct geom *g)
{
	const struct position *at = g->positions;
	const uint32_t *size = g->part_sizes;
	double sum = 0;

	for (uint32_t i = 0; i < g->n_polys; i++) {
		for (uint32_t j = 0; j < g->poly_parts[i]; j++, size++) {
			double area = ring_area(at, *size);

			sum += j == 0 ? area : -area;
			at += *size;
		}
	}
	return sum * square(earth_radius / 1000);
}
