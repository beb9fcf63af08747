#include "tools/shapes.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/random.h"

enum { CORNERS_MAX = 200, PARTS_MAX = 60 };

static const double pi = 3.14159265358979323846;

struct draft {
	struct geom geom;
	struct position p[PARTS_MAX * CORNERS_MAX];
	uint32_t parts[PARTS_MAX], polys[PARTS_MAX];
};

static void add(struct draft *d, double lon, double lat)
{
	lon = fmin(fmax(lon, -180), 180);
	lat = fmin(fmax(lat, -90), 90);
	d->p[d->geom.n_positions++] = (struct position){ lon, lat };
	d->parts[d->geom.n_parts - 1]++;
}

static void part(struct draft *d)
{
	d->parts[d->geom.n_parts++] = 0;
	if (d->geom.n_polys > 0)
		d->polys[d->geom.n_polys - 1]++;
}

static void poly(struct draft *d)
{
	d->polys[d->geom.n_polys++] = 0;
}

static void close_ring(struct draft *d)
{
	uint32_t n = d->parts[d->geom.n_parts - 1];
	struct position first = d->p[d->geom.n_positions - n];

	add(d, first.lon, first.lat);
}

static void star(struct draft *d, uint64_t *seed, struct position c,
    double least, double most)
{
	uint32_t n = 8 + random_below(seed, CORNERS_MAX - 10);

	part(d);
	for (uint32_t i = 0; i < n; i++) {
		double r = random_between(seed, least, most);
		double angle = 2 * pi * i / n;

		add(d, c.lon + r * cos(angle), c.lat + r * sin(angle) / 2);
	}
	close_ring(d);
}

static void comb(struct draft *d, uint64_t *seed, struct position c, double s)
{
	uint32_t n = 2 + random_below(seed, 40);
	double step = 2 * s / n, top = random_between(seed, 0, s);

	part(d);
	add(d, c.lon - s, c.lat - s / 2);
	add(d, c.lon + s, c.lat - s / 2);
	for (uint32_t i = n; i > 0; i--) {
		double x = c.lon - s + step * i;

		add(d, x, c.lat + top);
		add(d, x - step / 3, c.lat + top);
		add(d, x - step / 2, c.lat - s / 3);
		add(d, x - step * 0.9, c.lat - s / 3);
	}
	close_ring(d);
}

static void walk(struct draft *d, uint64_t *seed, struct position c, double s)
{
	uint32_t n = 3 + random_below(seed, 40);

	part(d);
	for (uint32_t i = 0; i < n; i++)
		add(d, random_between(seed, c.lon - s, c.lon + s),
		    random_between(seed, c.lat - s / 2, c.lat + s / 2));
}

static void square(struct draft *d, struct position c, double s)
{
	static const int corners[][2] = { { -1, -1 }, { 1, -1 }, { 1, 1 },
		{ -1, 1 } };

	part(d);
	for (int i = 0; i < 4; i++)
		add(d, c.lon + s * corners[i][0], c.lat + s * corners[i][1]);
	close_ring(d);
}

static void spikes(struct draft *d, uint64_t *seed, struct position c, double s)
{
	part(d);
	add(d, c.lon - s, c.lat - s / 2);
	add(d, c.lon - s, c.lat - s / 2);
	for (int i = 0; i < 5; i++) {
		double x = c.lon - s + s * i / 3;

		add(d, x, c.lat - s / 2);
		add(d, x, c.lat + random_between(seed, -s, s));
		add(d, x, c.lat - s / 2);
	}
	add(d, c.lon + s, c.lat + s / 2);
	add(d, c.lon - s, c.lat + s / 2);
	close_ring(d);
}

static void bow(struct draft *d, struct position c, double s)
{
	part(d);
	add(d, c.lon - s, c.lat - s / 2);
	add(d, c.lon + s, c.lat + s / 2);
	add(d, c.lon + s, c.lat - s / 2);
	add(d, c.lon - s, c.lat + s / 2);
	close_ring(d);
}

static void splinters(
    struct draft *d, uint64_t *seed, struct position c, double s)
{
	d->geom.type = GEOM_MULTIPOLYGON;
	for (int i = 0; i < 40; i++) {
		struct position at = {
			c.lon + random_between(seed, -s, s),
			c.lat + random_between(seed, -s, s) / 2,
		};

		poly(d);
		square(d, at, random_between(seed, 0.0001, 0.02) * s);
	}
}

static void fill(struct draft *d, enum shape_kind kind, uint64_t *seed,
    struct position c, double s)
{
	d->geom.type = GEOM_POLYGON;
	if (kind < SHAPE_SPLINTERS)
		poly(d);
	switch (kind) {
	case SHAPE_STAR:
		star(d, seed, c, s / 5, s);
		break;
	case SHAPE_RING:
		star(d, seed, c, s / 2, s);
		star(d, seed, c, s / 8, s / 2.5);
		break;
	case SHAPE_COMB:
		comb(d, seed, c, s);
		break;
	case SHAPE_TANGLE:
		walk(d, seed, c, s);
		close_ring(d);
		break;
	case SHAPE_BOW:
		bow(d, c, s);
		break;
	case SHAPE_SPIKES:
		spikes(d, seed, c, s);
		break;
	case SHAPE_SPLINTERS:
		splinters(d, seed, c, s);
		break;
	case SHAPE_LINE:
		d->geom.type = GEOM_LINE;
		walk(d, seed, c, s);
		break;
	case SHAPE_LINES:
		d->geom.type = GEOM_MULTILINE;
		for (int i = 0; i < 5; i++)
			walk(d, seed, c, s);
		break;
	default:
		d->geom.type = GEOM_MULTIPOINT;
		for (int i = 0; i < 20; i++) {
			part(d);
			add(d, c.lon + random_between(seed, -s, s),
			    c.lat + random_between(seed, -s, s));
		}
	}
}

static void die(const char *what)
{
	fprintf(stderr, "shapes: %s\n", what);
	exit(1);
}

const struct geom *shape_random(enum shape_kind kind, uint64_t *seed,
    struct position centre, double size, struct arena *a)
{
	struct draft *d = arena_alloc(a, sizeof(*d));
	const struct geom *g;
	struct err e = { 0 };

	if (!d)
		die("out of memory");
	fill(d, kind, seed, centre, size);
	d->geom.positions = d->p;
	d->geom.part_sizes = d->parts;
	d->geom.poly_parts = d->polys;
	g = geom_make(a, &d->geom, &e);
	if (!g)
		die(e.text);
	return g;
}

/* --- what is wrong -------------------------------------------------------- */

static bool is_area(const struct grid_geom *g)
{
	return g->type == GEOM_POLYGON || g->type == GEOM_MULTIPOLYGON;
}

static const char *wrong_part(const struct grid_geom *g,
    const struct grid_point *p, uint32_t n, bool exterior)
{
	bool line = g->type == GEOM_LINE || g->type == GEOM_MULTILINE;
	uint32_t least = is_area(g) ? 3 : line ? 2 : 1;

	if (n < least)
		return "a part has too few points";
	if (least == 1 && n != 1)
		return "a point is several";
	for (uint32_t i = 1; i < n; i++)
		if (p[i].x == p[i - 1].x && p[i].y == p[i - 1].y)
			return "a point is repeated";
	if (!is_area(g))
		return NULL;
	if (p[0].x == p[n - 1].x && p[0].y == p[n - 1].y)
		return "a ring is closed by a point";
	if (grid_ring_area2(p, n) == 0)
		return "a ring has no area";
	if ((grid_ring_area2(p, n) > 0) != exterior)
		return "a ring turns the wrong way";
	return NULL;
}

static const char *wrong_by_geos(
    const struct grid_geom *g, struct geos *geos, struct arena *a)
{
	static char reason[200];
	struct position *p =
	    arena_array(a, g->n_points + g->n_parts, sizeof(*p));
	uint32_t *sizes = arena_array(a, g->n_parts, sizeof(*sizes));
	struct geom made = { .type = g->type,
		.n_parts = g->n_parts,
		.n_polys = g->n_polys,
		.positions = p,
		.part_sizes = sizes,
		.poly_parts = g->poly_parts };
	const struct grid_point *from = g->points;
	const struct geom *geom;
	struct err e = { 0 };

	if (!p || !sizes)
		die("out of memory");
	for (uint32_t i = 0; i < g->n_parts; i++) {
		uint32_t n = g->part_sizes[i];

		sizes[i] = n + 1;
		for (uint32_t k = 0; k <= n; k++)
			p[made.n_positions++] =
			    (struct position){ (double)from[k % n].x / 64,
				    (double)from[k % n].y / 64 };
		from += n;
	}
	geom = geom_make(a, &made, &e);
	if (!geom)
		die(e.text);
	return geos_is_valid(geos, geom, reason, sizeof(reason)) ? NULL
								 : reason;
}

const char *shape_wrong(
    const struct grid_geom *g, int buffer, struct geos *geos, struct arena *a)
{
	const struct grid_point *p = g->points;
	uint32_t exterior = 0, poly = 0;

	for (uint32_t i = 0; i < g->n_points; i++)
		if (p[i].x < -buffer || p[i].x > GRID_EXTENT + buffer ||
		    p[i].y < -buffer || p[i].y > GRID_EXTENT + buffer)
			return "a point lies outside";
	for (uint32_t i = 0; i < g->n_parts; i++) {
		bool first = is_area(g) && i == exterior;
		const char *wrong = wrong_part(g, p, g->part_sizes[i], first);

		if (wrong)
			return wrong;
		if (first)
			exterior += g->poly_parts[poly++];
		p += g->part_sizes[i];
	}
	if (p != g->points + g->n_points)
		return "the sizes of the parts do not agree";
	return is_area(g) && g->n_points > 0 ? wrong_by_geos(g, geos, a) : NULL;
}
