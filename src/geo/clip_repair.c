#include "geo/clip_ring.h"

#include <math.h>
#include <string.h>

#include "geo/geom_build.h"

/* Up to this size a ring's edges are compared each with each: quicker than to
 * call for help. */
enum { RING_BY_HAND = 64 };

/* GEOS gets units as degrees, so that a tile with its buffer fits into the
 * range of latitudes; by a power of two nothing is lost. */
static const double scale = 64;

/* --- rings that are plainly simple ---------------------------------------- */

static int side(const struct grid_point *a, const struct grid_point *b,
    const struct grid_point *p)
{
	int64_t area =
	    (b->x - a->x) * (p->y - a->y) - (b->y - a->y) * (p->x - a->x);

	return (area > 0) - (area < 0);
}

static bool overlap(int64_t a, int64_t b, int64_t c, int64_t d)
{
	return (a < b ? a : b) <= (c > d ? c : d) &&
	       (c < d ? c : d) <= (a > b ? a : b);
}

/* Whether two segments share a point. */
static bool meet(const struct grid_point *a, const struct grid_point *b,
    const struct grid_point *c, const struct grid_point *d)
{
	return overlap(a->x, b->x, c->x, d->x) &&
	       overlap(a->y, b->y, c->y, d->y) &&
	       side(a, b, c) * side(a, b, d) <= 0 &&
	       side(c, d, a) * side(c, d, b) <= 0;
}

/* A cleaned ring: neighbours share nothing but their corner. */
static bool is_simple(const struct grid_point *ring, uint32_t n)
{
	for (uint32_t i = 0; i + 2 < n; i++) {
		/* The last edge is a neighbour of the first. */
		uint32_t end = i == 0 ? n - 1 : n;

		for (uint32_t j = i + 2; j < end; j++)
			if (meet(&ring[i], &ring[i + 1], &ring[j],
				&ring[j + 1 < n ? j + 1 : 0]))
				return false;
	}
	return true;
}

/* --- through GEOS and back ------------------------------------------------ */

static const struct geom *to_geom(
    const struct grid_geom *g, struct arena *a, struct err *e)
{
	const struct grid_point *p = g->points;
	struct geom_build b;
	uint32_t part = 0;

	if (!geom_build_begin(&b, a, (size_t)g->n_points + g->n_parts, e))
		return NULL;
	b.type = g->type;
	for (uint32_t i = 0; i < g->n_polys; i++) {
		geom_build_poly(&b);
		for (uint32_t k = 0; k < g->poly_parts[i]; k++) {
			uint32_t n = g->part_sizes[part++];

			geom_build_part(&b);
			for (uint32_t j = 0; j <= n; j++)
				geom_build_position(&b,
				    (double)p[j % n].x / scale,
				    (double)p[j % n].y / scale);
			p += n;
		}
	}
	return geom_build_finish(&b, a, e);
}

/* A ring, cleaned; 0 when nothing is left of it. */
static uint32_t take_ring(
    struct grid_point *out, const struct position *p, uint32_t n)
{
	for (uint32_t i = 0; i + 1 < n; i++)
		out[i] = (struct grid_point){ llrint(p[i].lon * scale),
			llrint(p[i].lat * scale) };
	return grid_clean_ring(out, n > 0 ? n - 1 : 0);
}

struct taken {
	struct grid_point *points;
	uint32_t *part_sizes, *poly_parts;
	uint32_t n_points, n_parts, n_polys;
};

static void take_polygon(struct taken *t, const struct geom *g, uint32_t part,
    uint32_t rings, const struct position *p)
{
	for (uint32_t i = 0; i < rings; i++) {
		uint32_t size = g->part_sizes[part + i];
		uint32_t n = take_ring(t->points + t->n_points, p, size);

		p += size;
		if (n == 0 && i == 0)
			return;
		if (n == 0)
			continue;
		if (i == 0)
			t->poly_parts[t->n_polys++] = 0;
		t->poly_parts[t->n_polys - 1]++;
		t->part_sizes[t->n_parts++] = n;
		t->n_points += n;
	}
}

static bool from_geom(
    struct grid_geom *out, const struct geom *g, struct arena *a, struct err *e)
{
	struct taken t = {
		.points = arena_array(a, g->n_positions, sizeof(*t.points)),
		.part_sizes = arena_array(a, g->n_parts, sizeof(uint32_t)),
		.poly_parts = arena_array(a, g->n_polys, sizeof(uint32_t)),
	};
	const struct position *p = g->positions;
	uint32_t part = 0;

	if (!t.points || !t.part_sizes || !t.poly_parts)
		return err_no_room(e);
	for (uint32_t i = 0; i < g->n_polys; i++) {
		take_polygon(&t, g, part, g->poly_parts[i], p);
		for (uint32_t k = 0; k < g->poly_parts[i]; k++)
			p += g->part_sizes[part++];
	}
	*out = (struct grid_geom){
		.type = t.n_polys > 1 ? GEOM_MULTIPOLYGON : GEOM_POLYGON,
		.n_parts = t.n_parts,
		.n_polys = t.n_polys,
		.n_points = t.n_points,
		.part_sizes = t.part_sizes,
		.poly_parts = t.poly_parts,
		.points = t.points,
	};
	return true;
}

/* What cannot be repaired has no area: it is left out. */
static bool repair(
    struct grid_geom *g, struct geos *geos, struct arena *a, struct err *e)
{
	const struct geom *geom = to_geom(g, a, e), *valid;
	struct err why = { 0 };

	if (!geom)
		return false;
	valid = geos_make_valid_on_grid(geos, a, geom, 1 / scale, &why);
	if (valid == geom)
		return true;
	if (valid)
		return from_geom(g, valid, a, e);
	if (why.code != ERR_INPUT)
		return err_set(e, why.code, "%s", why.text);
	g->n_points = g->n_parts = g->n_polys = 0;
	return true;
}

/* --- orientation ---------------------------------------------------------- */

static void reverse(struct grid_point *ring, uint32_t n)
{
	for (uint32_t i = 0, j = n - 1; i < j; i++, j--) {
		struct grid_point p = ring[i];

		ring[i] = ring[j];
		ring[j] = p;
	}
}

static bool orient(struct grid_geom *g, struct arena *a, struct err *e)
{
	struct grid_point *points =
	    arena_array(a, g->n_points, sizeof(*points));
	uint32_t part = 0;

	if (!points)
		return err_no_room(e);
	if (g->n_points > 0)
		memcpy(points, g->points, g->n_points * sizeof(*points));
	g->points = points;
	for (uint32_t i = 0; i < g->n_polys; i++) {
		for (uint32_t k = 0; k < g->poly_parts[i]; k++) {
			uint32_t n = g->part_sizes[part++];

			if ((grid_ring_area2(points, n) > 0) != (k == 0))
				reverse(points, n);
			points += n;
		}
	}
	return true;
}

bool clip_repair(
    struct grid_geom *g, struct geos **geos, struct arena *a, struct err *e)
{
	bool plain = g->n_parts <= 1 && g->n_points <= RING_BY_HAND &&
		     is_simple(g->points, g->n_points);

	if (!plain) {
		if (!*geos)
			*geos = geos_open();
		if (!*geos)
			return err_no_room(e);
		if (!repair(g, *geos, a, e))
			return false;
	}
	return orient(g, a, e);
}
