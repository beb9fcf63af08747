#include "geo/clip.h"

#include <math.h>

#include "geo/clip_ring.h"
#include "geo/geom_build.h"

/* What comes out, in order; the arrays have room for it. */
struct cut {
	struct clip_box box;
	struct grid_point corner; /* of the tile on the world's grid */
	struct grid_point *points;
	uint32_t *part_sizes, *poly_parts;
	uint32_t n_points, n_parts, n_polys;
	uint32_t part; /* where the part in hand begins */
};

static bool room(struct cut *c, size_t points, size_t parts, size_t polys,
    struct arena *a, struct err *e)
{
	c->points = arena_array(a, points, sizeof(*c->points));
	c->part_sizes = arena_array(a, parts, sizeof(*c->part_sizes));
	c->poly_parts = arena_array(a, polys, sizeof(*c->poly_parts));
	return (c->points && c->part_sizes && c->poly_parts) || err_no_room(e);
}

static struct grid_point to_tile(const struct cut *c, struct grid_point p)
{
	return (struct grid_point){ p.x - c->corner.x, p.y - c->corner.y };
}

static bool has(const struct clip_box *b, struct grid_point p)
{
	return p.x >= b->west && p.x <= b->east && p.y >= b->north &&
	       p.y <= b->south;
}

static void end_part(struct cut *c)
{
	c->part_sizes[c->n_parts++] = c->n_points - c->part;
	c->part = c->n_points;
}

/* --- points --------------------------------------------------------------- */

static bool cut_points(
    struct cut *c, const struct grid_geom *g, struct arena *a, struct err *e)
{
	if (!room(c, g->n_points, g->n_points, 0, a, e))
		return false;
	for (uint32_t i = 0; i < g->n_points; i++) {
		struct grid_point p = to_tile(c, g->points[i]);

		if (!has(&c->box, p))
			continue;
		c->points[c->n_points++] = p;
		end_part(c);
	}
	return true;
}

/* --- lines ---------------------------------------------------------------- */

/* Narrows the stretch from *t0 to *t1 of a segment to where start + t * step is
 * not above limit (Liang and Barsky). */
static bool narrow(
    double start, double step, double limit, double *t0, double *t1)
{
	double t;

	if (!(step < 0) && !(step > 0))
		return start <= limit;
	t = (limit - start) / step;
	if (step > 0)
		*t1 = fmin(*t1, t);
	else
		*t0 = fmax(*t0, t);
	return *t0 <= *t1;
}

static struct grid_point along(
    struct grid_point a, struct grid_point b, double t)
{
	return (struct grid_point){
		a.x + llround((double)(b.x - a.x) * t),
		a.y + llround((double)(b.y - a.y) * t),
	};
}

static bool visible(
    const struct clip_box *box, struct grid_point *a, struct grid_point *b)
{
	const struct grid_point from = *a, to = *b;
	double dx = (double)(to.x - from.x), dy = (double)(to.y - from.y);
	double x = (double)from.x, y = (double)from.y;
	double t0 = 0, t1 = 1;

	if (!narrow(x, dx, (double)box->east, &t0, &t1) ||
	    !narrow(-x, -dx, (double)-box->west, &t0, &t1) ||
	    !narrow(y, dy, (double)box->south, &t0, &t1) ||
	    !narrow(-y, -dy, (double)-box->north, &t0, &t1))
		return false;
	if (t0 > 0)
		*a = along(from, to, t0);
	if (t1 < 1)
		*b = along(from, to, t1);
	return true;
}

static bool same(struct grid_point a, struct grid_point b)
{
	return a.x == b.x && a.y == b.y;
}

static void push(struct cut *c, struct grid_point p)
{
	if (c->n_points == c->part || !same(c->points[c->n_points - 1], p))
		c->points[c->n_points++] = p;
}

/* Ends the line in hand; a single point is none. */
static void end_line(struct cut *c)
{
	if (c->n_points - c->part >= 2)
		end_part(c);
	c->n_points = c->part;
}

static void cut_line(struct cut *c, const struct grid_point *points, uint32_t n)
{
	for (uint32_t i = 1; i < n; i++) {
		struct grid_point a = to_tile(c, points[i - 1]);
		struct grid_point b = to_tile(c, points[i]);
		struct grid_point from = a, to = b;

		if (has(&c->box, a) && has(&c->box, b)) {
			push(c, a);
			push(c, b);
			continue;
		}
		if (!visible(&c->box, &from, &to)) {
			end_line(c);
			continue;
		}
		if (!same(from, a))
			end_line(c);
		push(c, from);
		push(c, to);
		if (!same(to, b))
			end_line(c);
	}
	end_line(c);
}

static bool cut_lines(
    struct cut *c, const struct grid_geom *g, struct arena *a, struct err *e)
{
	const struct grid_point *p = g->points;

	/* A segment gives two points at most. */
	if (!room(c, (size_t)g->n_points * 2, g->n_points, 0, a, e))
		return false;
	for (uint32_t i = 0; i < g->n_parts; i++) {
		cut_line(c, p, g->part_sizes[i]);
		p += g->part_sizes[i];
	}
	return true;
}

/* --- polygons ------------------------------------------------------------- */

/* Rings as they come out of the clipper, before there is one array of them. */
struct ring {
	struct grid_point *points;
	uint32_t n;
};

static bool cut_ring(struct ring *out, const struct cut *c,
    const struct grid_point *points, uint32_t n, struct arena *a, struct err *e)
{
	struct grid_point *moved = arena_array(a, n, sizeof(*moved));

	if (!moved)
		return err_no_room(e);
	for (uint32_t i = 0; i < n; i++)
		moved[i] = to_tile(c, points[i]);
	out->points = clip_ring(moved, &n, &c->box, a);
	if (!out->points)
		return err_no_room(e);
	out->n = grid_clean_ring(out->points, n);
	return true;
}

/* The rings of one polygon, n of them; false in *there when nothing of it is
 * left. */
static bool cut_polygon(struct ring *rings, uint32_t *n, const struct cut *c,
    const struct grid_geom *g, uint32_t first, const struct grid_point *p,
    struct arena *a, struct err *e)
{
	const uint32_t wanted = *n;

	*n = 0;
	for (uint32_t i = 0; i < wanted; i++) {
		const uint32_t size = g->part_sizes[first + i];

		if (!cut_ring(&rings[*n], c, p, size, a, e))
			return false;
		p += size;
		if (rings[*n].n > 0)
			++*n;
		else if (i == 0)
			return true;
	}
	return true;
}

static bool gather(struct cut *c, const struct ring *rings,
    const uint32_t *polys, uint32_t n_polys, struct arena *a, struct err *e)
{
	size_t points = 0, parts = 0;

	for (uint32_t i = 0; i < n_polys; i++)
		parts += polys[i];
	for (size_t i = 0; i < parts; i++)
		points += rings[i].n;
	if (!room(c, points, parts, n_polys, a, e))
		return false;
	for (uint32_t i = 0; i < n_polys; i++) {
		c->poly_parts[c->n_polys++] = polys[i];
		for (uint32_t k = 0; k < polys[i]; k++, rings++) {
			for (uint32_t j = 0; j < rings->n; j++)
				c->points[c->n_points++] = rings->points[j];
			end_part(c);
		}
	}
	return true;
}

static bool cut_polygons(
    struct cut *c, const struct grid_geom *g, struct arena *a, struct err *e)
{
	struct ring *rings = arena_array(a, g->n_parts, sizeof(*rings));
	uint32_t *polys = arena_array(a, g->n_polys, sizeof(*polys));
	const struct grid_point *p = g->points;
	uint32_t n_polys = 0, n_rings = 0, part = 0;

	if (!rings || !polys)
		return err_no_room(e);
	for (uint32_t i = 0; i < g->n_polys; i++) {
		uint32_t n = g->poly_parts[i];

		if (!cut_polygon(rings + n_rings, &n, c, g, part, p, a, e))
			return false;
		for (uint32_t k = 0; k < g->poly_parts[i]; k++)
			p += g->part_sizes[part++];
		if (n == 0)
			continue;
		polys[n_polys++] = n;
		n_rings += n;
	}
	return gather(c, rings, polys, n_polys, a, e);
}

static enum geom_type type_of(enum geom_type from, const struct cut *c)
{
	if (geom_is_of_points(from))
		return c->n_parts > 1 ? GEOM_MULTIPOINT : GEOM_POINT;
	if (geom_is_of_lines(from))
		return c->n_parts > 1 ? GEOM_MULTILINE : GEOM_LINE;
	return c->n_polys > 1 ? GEOM_MULTIPOLYGON : GEOM_POLYGON;
}

bool clip_to_tile(struct grid_geom *out, const struct grid_geom *g,
    const struct tile *t, int buffer, struct geos **geos, struct arena *a,
    struct err *e)
{
	struct cut c = {
		.box = { -buffer, -buffer, GRID_EXTENT + buffer,
		    GRID_EXTENT + buffer },
		.corner = grid_corner(t),
	};
	bool polygons = geom_is_of_polygons(g->type);
	bool done;

	if (geom_is_of_points(g->type))
		done = cut_points(&c, g, a, e);
	else if (polygons)
		done = cut_polygons(&c, g, a, e);
	else
		done = cut_lines(&c, g, a, e);
	if (!done)
		return false;
	*out = (struct grid_geom){
		.type = type_of(g->type, &c),
		.n_parts = c.n_parts,
		.n_polys = c.n_polys,
		.n_points = c.n_points,
		.part_sizes = c.part_sizes,
		.poly_parts = c.poly_parts,
		.points = c.points,
	};
	return !polygons || clip_repair(out, geos, a, e);
}
