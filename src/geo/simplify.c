#include "geo/simplify.h"

#include <string.h>

#include "geo/geom_build.h"

enum { STEPS_OF_POINT = 128 };

/* What one geometry is worked on with; the arrays have a place a position. */
struct work {
	const struct geom *geom;
	const struct simplify *how;
	struct grid_point *snapped; /* of the part in hand */
	struct grid_point *line; /* of the stretch in hand */
	uint8_t *corner, *kept; /* by position of the part */
	uint8_t *chosen; /* by point of the stretch */
	uint32_t *stack;
	/* What comes out. */
	struct grid_point *points;
	uint32_t *part_sizes, *poly_parts;
	uint32_t n_points, n_parts, n_polys;
};

/* A part of the geometry; of a ring without the repeated end. */
struct part {
	const struct position *p;
	const struct grid_cell *cells; /* NULL: not known */
	uint32_t n;
	size_t bit; /* of its first position among the corners */
};

static bool same(struct grid_point a, struct grid_point b)
{
	return a.x == b.x && a.y == b.y;
}

static bool before(const struct position *a, const struct position *b)
{
	if (a->lon < b->lon || a->lon > b->lon)
		return a->lon < b->lon;
	return a->lat < b->lat;
}

/* --- one stretch between two corners -------------------------------------- */

static double square(double v)
{
	return v * v;
}

/* The square of the distance of p to the segment from a to b. */
static double distance2(
    struct grid_point p, struct grid_point a, struct grid_point b)
{
	double dx = (double)(b.x - a.x), dy = (double)(b.y - a.y);
	double px = (double)(p.x - a.x), py = (double)(p.y - a.y);
	double length2 = square(dx) + square(dy);
	double along = px * dx + py * dy;

	if (!(along > 0) || !(length2 > 0))
		return square(px) + square(py);
	if (along >= length2)
		return square(px - dx) + square(py - dy);
	return square(px * dy - py * dx) / length2;
}

static uint32_t farthest(
    const struct grid_point *line, uint32_t from, uint32_t to, double *most)
{
	uint32_t at = from;

	*most = -1;
	for (uint32_t i = from + 1; i < to; i++) {
		double d = distance2(line[i], line[from], line[to]);

		if (d > *most) {
			*most = d;
			at = i;
		}
	}
	return at;
}

/* Chooses those of the n points of w->line that stay. A line made to cost the
 * square of its length keeps what is left when its steps are used up. */
static void choose(struct work *w, uint32_t n)
{
	const double limit = square(w->how->tolerance);
	uint64_t steps = (uint64_t)n * STEPS_OF_POINT;
	uint32_t depth = 0;

	memset(w->chosen, w->how->tolerance == 0, n);
	w->chosen[0] = w->chosen[n - 1] = 1;
	if (w->how->tolerance == 0)
		return;
	w->stack[depth++] = 0;
	w->stack[depth++] = n - 1;
	while (depth > 0) {
		uint32_t to = w->stack[--depth], from = w->stack[--depth];
		double most;
		uint32_t at;

		if (to - from > steps) {
			memset(w->chosen + from, 1, to - from);
			continue;
		}
		steps -= to - from;
		at = farthest(w->line, from, to, &most);
		if (!(most > limit))
			continue;
		w->chosen[at] = 1;
		w->stack[depth++] = from;
		w->stack[depth++] = at;
		w->stack[depth++] = at;
		w->stack[depth++] = to;
	}
}

/* The position i behind from, around the part's end; both are less than n. */
static uint32_t behind(const struct part *part, uint32_t from, uint32_t i)
{
	uint32_t left = part->n - from;

	return i < left ? from + i : i - left;
}

/* Whether the stretch is to be worked on backwards, so that two geometries that
 * run along it in opposite directions choose the same. */
static bool is_backward(const struct part *part, uint32_t from, uint32_t n)
{
	for (uint32_t i = 0, j = n - 1; i < j; i++, j--) {
		const struct position *a = &part->p[behind(part, from, i)];
		const struct position *b = &part->p[behind(part, from, j)];

		if (before(a, b))
			return false;
		if (before(b, a))
			return true;
	}
	return false;
}

/* n positions of the part, from one on, around its end. */
static void keep_stretch(
    struct work *w, const struct part *part, uint32_t from, uint32_t n)
{
	bool backward = is_backward(part, from, n);

	for (uint32_t i = 0; i < n; i++)
		w->line[backward ? n - 1 - i : i] =
		    w->snapped[behind(part, from, i)];
	choose(w, n);
	for (uint32_t i = 0; i < n; i++)
		if (w->chosen[backward ? n - 1 - i : i])
			w->kept[behind(part, from, i)] = 1;
}

/* --- parts ---------------------------------------------------------------- */

static bool is_corner(const struct work *w, size_t bit)
{
	const uint64_t *corners = w->how->corners;

	return corners && (corners[bit / 64] >> bit % 64 & 1);
}

static void begin_part(struct work *w, const struct part *part)
{
	const int z = w->how->z;
	const bool cells = part->cells && z <= GRID_CELL_ZOOM;

	for (uint32_t i = 0; i < part->n; i++) {
		w->snapped[i] = cells ? grid_of_cell(part->cells[i], z)
				      : grid_of(part->p[i], z);
		w->corner[i] = is_corner(w, part->bit + i);
		w->kept[i] = 0;
	}
}

/* Where the stretches of a ring begin: at the first corner, or at a place that
 * does not depend on where the ring happens to begin. */
static uint32_t find_start(struct work *w, const struct part *ring)
{
	uint32_t least = 0;

	for (uint32_t i = 0; i < ring->n; i++) {
		if (w->corner[i])
			return i;
		if (before(&ring->p[i], &ring->p[least]))
			least = i;
	}
	w->corner[least] = 1;
	return least;
}

/* A ring is at least two stretches: the point farthest from its only corner is
 * made another. */
static void add_corner(struct work *w, const struct part *ring, uint32_t start)
{
	struct grid_point from = w->snapped[start];
	double most = -1;
	uint32_t at = start;

	for (uint32_t i = 0; i < ring->n; i++) {
		double d = distance2(w->snapped[i], from, from);

		if (i != start && w->corner[i])
			return;
		if (d < most ||
		    (!(d > most) && before(&ring->p[at], &ring->p[i])))
			continue;
		most = d;
		at = i;
	}
	w->corner[at] = 1;
}

static void keep_ring(struct work *w, const struct part *ring)
{
	uint32_t start = find_start(w, ring), from = start;

	add_corner(w, ring, start);
	for (uint32_t i = 1; i <= ring->n; i++) {
		uint32_t at = (start + i) % ring->n;
		uint32_t length = (at + ring->n - from) % ring->n;

		if (!w->corner[at])
			continue;
		keep_stretch(w, ring, from, length + 1);
		from = at;
	}
}

static void keep_line(struct work *w, const struct part *line)
{
	uint32_t from = 0;

	for (uint32_t i = 1; i < line->n; i++) {
		if (!w->corner[i] && i < line->n - 1)
			continue;
		keep_stretch(w, line, from, i - from + 1);
		from = i;
	}
}

/* Appends what is kept, or all, without repeating a point. Returns how many
 * points that are. */
static uint32_t put(struct work *w, const struct part *part, bool all)
{
	struct grid_point *out = w->points + w->n_points;
	uint32_t n = 0;

	for (uint32_t i = 0; i < part->n; i++)
		if ((all || w->kept[i]) &&
		    (n == 0 || !same(out[n - 1], w->snapped[i])))
			out[n++] = w->snapped[i];
	return n;
}

static uint32_t put_ring(struct work *w, const struct part *part, bool all)
{
	const struct grid_point *out = w->points + w->n_points;
	uint32_t n = put(w, part, all);

	while (n > 1 && same(out[n - 1], out[0]))
		n--;
	return n;
}

static void end_part(struct work *w, uint32_t n)
{
	w->part_sizes[w->n_parts++] = n;
	w->n_points += n;
}

static void add_line(struct work *w, const struct part *line)
{
	uint32_t n;

	if (line->n < 2)
		return;
	begin_part(w, line);
	keep_line(w, line);
	n = put(w, line, false);
	if (n >= 2)
		end_part(w, n);
}

/* False when an exterior ring vanished, and its polygon with it. */
static bool add_ring(struct work *w, struct part ring, bool exterior)
{
	uint32_t n;

	/* As a damaged file may hold them. */
	if (ring.n <= 3)
		return !exterior;
	ring.n--; /* the last position is the first */
	begin_part(w, &ring);
	keep_ring(w, &ring);
	n = put_ring(w, &ring, false);
	if (n < 3 && exterior)
		n = put_ring(w, &ring, true);
	if (n < 3)
		return !exterior;
	if (exterior)
		w->n_polys++;
	w->poly_parts[w->n_polys - 1]++;
	end_part(w, n);
	return true;
}

static void add_points(struct work *w)
{
	const struct geom *g = w->geom;

	for (uint32_t i = 0; i < g->n_positions; i++) {
		struct grid_point p = grid_of(g->positions[i], w->how->z);

		if (w->n_points > 0 && same(w->points[w->n_points - 1], p))
			continue;
		w->points[w->n_points] = p;
		end_part(w, 1);
	}
}

static struct part part_of(const struct work *w, uint32_t i, uint32_t at)
{
	const struct grid_cell *cells = w->how->cells;

	return (struct part){ w->geom->positions + at,
		cells ? cells + at : NULL, w->geom->part_sizes[i],
		w->how->first + at };
}

static void add_lines(struct work *w)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < w->geom->n_parts; i++) {
		struct part line = part_of(w, i, at);

		add_line(w, &line);
		at += line.n;
	}
}

static void add_polygons(struct work *w)
{
	uint32_t at = 0, i = 0;

	for (uint32_t poly = 0; poly < w->geom->n_polys; poly++) {
		uint32_t end = i + w->geom->poly_parts[poly];
		bool exterior = true, there = true;

		for (; i < end; i++) {
			struct part ring = part_of(w, i, at);

			if (there)
				there = add_ring(w, ring, exterior);
			exterior = false;
			at += ring.n;
		}
	}
}

static bool begin(struct work *w, struct arena *a)
{
	const size_t n = w->geom->n_positions;

	w->snapped = arena_array(a, n, sizeof(*w->snapped));
	w->line = arena_array(a, n + 1, sizeof(*w->line));
	w->corner = arena_array(a, n, sizeof(*w->corner));
	w->kept = arena_array(a, n, sizeof(*w->kept));
	w->chosen = arena_array(a, n + 1, sizeof(*w->chosen));
	/* Each point is chosen once and leaves one stretch more on it. */
	w->stack = arena_array(a, n + 2, 2 * sizeof(*w->stack));
	w->points = arena_array(a, n, sizeof(*w->points));
	w->part_sizes =
	    arena_array(a, w->geom->n_parts, sizeof(*w->part_sizes));
	w->poly_parts =
	    arena_array(a, w->geom->n_polys, sizeof(*w->poly_parts));
	return w->snapped && w->line && w->corner && w->kept && w->chosen &&
	       w->stack && w->points && w->part_sizes && w->poly_parts;
}

static enum geom_type type_of(const struct work *w)
{
	if (geom_is_of_points(w->geom->type))
		return w->n_parts > 1 ? GEOM_MULTIPOINT : GEOM_POINT;
	if (geom_is_of_lines(w->geom->type))
		return w->n_parts > 1 ? GEOM_MULTILINE : GEOM_LINE;
	return w->n_polys > 1 ? GEOM_MULTIPOLYGON : GEOM_POLYGON;
}

bool simplify_geom(struct grid_geom *out, const struct geom *g,
    const struct simplify *how, struct arena *a, struct err *e)
{
	struct work w = { .geom = g, .how = how };

	if (!begin(&w, a))
		return err_no_room(e);
	if (geom_is_of_points(g->type))
		add_points(&w);
	else if (geom_is_of_lines(g->type))
		add_lines(&w);
	else
		add_polygons(&w);
	*out = (struct grid_geom){
		.type = type_of(&w),
		.n_parts = w.n_parts,
		.n_polys = w.n_polys,
		.n_points = w.n_points,
		.part_sizes = w.part_sizes,
		.poly_parts = w.poly_parts,
		.points = w.points,
	};
	return true;
}
