#include "geo/geom.h"

#include <math.h>

#include "geo/geom_build.h"

/* One polygon of a geometry. */
struct rings {
	const struct position *positions;
	const uint32_t *sizes;
	uint32_t n;
};

static struct position between(struct position a, struct position b, double t)
{
	return (struct position){ a.lon + t * (b.lon - a.lon),
		a.lat + t * (b.lat - a.lat) };
}

static double line_length(const struct position *p, uint32_t n)
{
	double sum = 0;

	for (uint32_t i = 1; i < n; i++)
		sum += geom_distance(p[i - 1], p[i]);
	return sum;
}

static struct position line_middle(const struct position *p, uint32_t n)
{
	double left = line_length(p, n) / 2;

	for (uint32_t i = 1; i < n; i++) {
		double step = geom_distance(p[i - 1], p[i]);

		if (step >= left && step > 0)
			return between(p[i - 1], p[i], left / step);
		left -= step;
	}
	return p[0];
}

static struct position anchor_of_lines(const struct geom *g)
{
	const struct position *at = g->positions;
	const struct position *longest = at;
	uint32_t n = g->part_sizes[0];
	double length = -1;

	for (uint32_t i = 0; i < g->n_parts; i++) {
		double l = line_length(at, g->part_sizes[i]);

		if (l > length) {
			length = l;
			longest = at;
			n = g->part_sizes[i];
		}
		at += g->part_sizes[i];
	}
	return line_middle(longest, n);
}

/* Adds a ring's area (twice, signed) and moments about its own first position
 * to sums; the exterior adds, holes take away. */
static void add_moments(double sums[static 3], const struct position *p,
    uint32_t n, struct position origin, bool exterior)
{
	double area = 0, x = 0, y = 0;

	for (uint32_t i = 1; i < n; i++) {
		struct position a = { p[i - 1].lon - origin.lon,
			p[i - 1].lat - origin.lat };
		struct position b = { p[i].lon - origin.lon,
			p[i].lat - origin.lat };
		double cross = a.lon * b.lat - b.lon * a.lat;

		area += cross;
		x += (a.lon + b.lon) * cross;
		y += (a.lat + b.lat) * cross;
	}
	if ((area < 0) == exterior) {
		area = -area;
		x = -x;
		y = -y;
	}
	sums[0] += area;
	sums[1] += x;
	sums[2] += y;
}

/* The centre of area; its latitude alone serves when it falls outside. Returns
 * the area on the plane (twice). */
static double centroid(struct position *out, const struct rings *r)
{
	const struct position *at = r->positions;
	const struct position origin = at[0];
	double sums[3] = { 0, 0, 0 };

	for (uint32_t i = 0; i < r->n; i++) {
		add_moments(sums, at, r->sizes[i], origin, i == 0);
		at += r->sizes[i];
	}
	*out = origin;
	if (sums[0] > 0) {
		out->lon += sums[1] / (3 * sums[0]);
		out->lat += sums[2] / (3 * sums[0]);
	}
	return sums[0];
}

/* A latitude near the wanted one that no vertex has: halfway between the
 * nearest vertices above and below. */
static double clear_latitude(const struct rings *r, double wanted)
{
	double above = HUGE_VAL, below = -HUGE_VAL;
	const struct position *at = r->positions;

	for (uint32_t i = 0; i < r->n; i++) {
		for (uint32_t j = 0; j < r->sizes[i]; j++) {
			if (at[j].lat > wanted)
				above = fmin(above, at[j].lat);
			else
				below = fmax(below, at[j].lat);
		}
		at += r->sizes[i];
	}
	return isfinite(above) && isfinite(below) ? (above + below) / 2
						  : wanted;
}

/* The first crossing of the latitude with a border east of lon. */
static double next_crossing(const struct rings *r, double lat, double lon)
{
	const struct position *at = r->positions;
	double next = HUGE_VAL;

	for (uint32_t i = 0; i < r->n; i++) {
		for (uint32_t j = 1; j < r->sizes[i]; j++) {
			struct position a = at[j - 1], b = at[j];
			double x;

			if ((a.lat > lat) == (b.lat > lat))
				continue;
			x = between(a, b, (lat - a.lat) / (b.lat - a.lat)).lon;
			if (x > lon)
				next = fmin(next, x);
		}
		at += r->sizes[i];
	}
	return next;
}

/* The middle of the widest stretch inside along a latitude. */
static struct position widest_stretch(const struct rings *r, double lat)
{
	struct position best = r->positions[0];
	double width = 0;
	double from = next_crossing(r, lat, -HUGE_VAL);

	while (isfinite(from)) {
		double to = next_crossing(r, lat, from);

		if (!isfinite(to))
			break;
		if (to - from > width) {
			width = to - from;
			best = (struct position){ (from + to) / 2, lat };
		}
		from = next_crossing(r, lat, to);
	}
	return best;
}

static struct rings largest_polygon(const struct geom *g)
{
	struct rings largest = { g->positions, g->part_sizes,
		g->poly_parts[0] };
	struct rings r = largest;
	double area = -1;

	for (uint32_t i = 0; i < g->n_polys; i++) {
		struct position centre;
		double a;

		r.n = g->poly_parts[i];
		a = centroid(&centre, &r);
		if (a > area) {
			area = a;
			largest = r;
		}
		for (uint32_t j = 0; j < r.n; j++)
			r.positions += r.sizes[j];
		r.sizes += r.n;
	}
	return largest;
}

static bool rings_have(const struct rings *r, struct position p)
{
	const struct geom polygon = {
		.type = GEOM_POLYGON,
		.n_polys = 1,
		.n_parts = r->n,
		.poly_parts = &r->n,
		.part_sizes = r->sizes,
		.positions = r->positions,
		.box = { -180, -90, 180, 90 },
	};

	return geom_has_point(&polygon, p.lon, p.lat);
}

static struct position anchor_of_polygons(const struct geom *g)
{
	struct rings r = largest_polygon(g);
	struct position centre;

	if (centroid(&centre, &r) > 0 && rings_have(&r, centre))
		return centre;
	return widest_stretch(&r, clear_latitude(&r, centre.lat));
}

struct position geom_anchor(const struct geom *g)
{
	if (geom_is_of_lines(g->type))
		return anchor_of_lines(g);
	if (geom_is_of_polygons(g->type))
		return anchor_of_polygons(g);
	return g->positions[0];
}
