#include "geo/geom.h"

#include <math.h>
#include <string.h>

#include "geo/geom_build.h"

/* What the parts of each type are, and how many a geometry has of them. */
struct shape {
	uint32_t part_min; /* positions */
	uint32_t part_max;
	bool single; /* one part, or one polygon */
	bool polygons;
};

static const struct shape shapes[] = {
	[GEOM_POINT] = { 1, 1, true, false },
	[GEOM_LINE] = { 2, GEOM_MAX_POSITIONS, true, false },
	[GEOM_POLYGON] = { 4, GEOM_MAX_POSITIONS, true, true },
	[GEOM_MULTIPOINT] = { 1, 1, false, false },
	[GEOM_MULTILINE] = { 2, GEOM_MAX_POSITIONS, false, false },
	[GEOM_MULTIPOLYGON] = { 4, GEOM_MAX_POSITIONS, false, true },
};

/* Whether the sizes are all at least one and sum up to total. */
static bool sizes_agree(const uint32_t *sizes, uint32_t n, uint32_t total)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n; i++) {
		if (sizes[i] == 0)
			return false;
		sum += sizes[i];
	}
	return sum == total;
}

static bool check_counts(const struct geom *g, struct err *e)
{
	const struct shape *shape;
	uint32_t n;

	if (g->type < GEOM_POINT || g->type > GEOM_MULTIPOLYGON)
		return err_set(
		    e, ERR_INPUT, "the geometry is of an unknown type");
	if (g->n_positions > GEOM_MAX_POSITIONS)
		return err_set(
		    e, ERR_LIMIT, "the geometry has too many positions");
	shape = &shapes[g->type];
	n = shape->polygons ? g->n_polys : g->n_parts;
	if (n == 0)
		return err_set(e, ERR_INPUT, "the geometry is empty");
	if (shape->single && n != 1)
		return err_set(
		    e, ERR_INPUT, "a simple geometry has several parts");
	if (!sizes_agree(g->part_sizes, g->n_parts, g->n_positions) ||
	    (shape->polygons &&
		!sizes_agree(g->poly_parts, g->n_polys, g->n_parts)))
		return err_set(e, ERR_INPUT, "a part of the geometry is empty");
	return true;
}

static bool same_position(struct position a, struct position b)
{
	return !(
	    a.lon < b.lon || a.lon > b.lon || a.lat < b.lat || a.lat > b.lat);
}

static bool check_parts(const struct geom *g, struct err *e)
{
	const struct shape *shape = &shapes[g->type];
	const struct position *p = g->positions;

	for (uint32_t i = 0; i < g->n_parts; i++) {
		uint32_t n = g->part_sizes[i];

		if (n < shape->part_min && shape->polygons)
			return err_set(
			    e, ERR_INPUT, "a ring has at least four positions");
		if (n < shape->part_min)
			return err_set(
			    e, ERR_INPUT, "a line has at least two positions");
		if (n > shape->part_max)
			return err_set(
			    e, ERR_INPUT, "a point has one position");
		if (shape->polygons && !same_position(p[0], p[n - 1]))
			return err_set(e, ERR_INPUT, "a ring is not closed");
		p += n;
	}
	return true;
}

static bool check_positions(
    struct bbox *box, const struct geom *g, struct err *e)
{
	*box = bbox_empty;
	for (uint32_t i = 0; i < g->n_positions; i++) {
		struct position p = g->positions[i];

		if (!isfinite(p.lon) || !isfinite(p.lat))
			return err_set(e, ERR_INPUT,
			    "a coordinate is not a finite number");
		if (fabs(p.lon) > 180 || fabs(p.lat) > 90)
			return err_set(e, ERR_INPUT,
			    "a coordinate lies outside of longitude -180 to "
			    "180 or latitude -90 to 90");
		bbox_add_point(box, p.lon, p.lat);
	}
	return true;
}

static bool check(struct bbox *box, const struct geom *g, struct err *e)
{
	return check_counts(g, e) && check_positions(box, g, e) &&
	       check_parts(g, e);
}

static const void *copy_array(
    struct arena *a, const void *data, uint32_t n, size_t size)
{
	void *copy = arena_array(a, n, size);

	if (copy)
		memcpy(copy, data, n * size);
	return copy;
}

const struct geom *geom_make(
    struct arena *a, const struct geom *parts, struct err *e)
{
	struct geom made = *parts;
	struct geom *g;

	if (!check(&made.box, parts, e))
		return NULL;
	made.positions = copy_array(
	    a, parts->positions, parts->n_positions, sizeof(*parts->positions));
	made.part_sizes = copy_array(
	    a, parts->part_sizes, parts->n_parts, sizeof(*parts->part_sizes));
	made.poly_parts = NULL;
	if (parts->n_polys > 0 && shapes[parts->type].polygons)
		made.poly_parts = copy_array(a, parts->poly_parts,
		    parts->n_polys, sizeof(*parts->poly_parts));
	else
		made.n_polys = 0;
	g = arena_alloc(a, sizeof(*g));
	if (!g || !made.positions || !made.part_sizes ||
	    (made.n_polys > 0 && !made.poly_parts)) {
		err_no_memory(e);
		return NULL;
	}
	*g = made;
	return g;
}

const struct geom *geom_point(
    struct arena *a, double lon, double lat, struct err *e)
{
	const struct position p = { lon, lat };
	const uint32_t one = 1;
	const struct geom parts = {
		.type = GEOM_POINT,
		.n_parts = 1,
		.n_positions = 1,
		.part_sizes = &one,
		.positions = &p,
	};

	return geom_make(a, &parts, e);
}

bool geom_build_begin(
    struct geom_build *b, struct arena *a, size_t max, struct err *e)
{
	if (max > GEOM_MAX_POSITIONS)
		return err_set(
		    e, ERR_LIMIT, "the geometry has too many positions");
	*b = (struct geom_build){ .max = (uint32_t)max };
	if (max == 0)
		return err_set(e, ERR_INPUT, "the geometry is empty");
	b->positions = arena_array(a, max, sizeof(*b->positions));
	b->part_sizes = arena_array(a, max, sizeof(*b->part_sizes));
	b->poly_parts = arena_array(a, max, sizeof(*b->poly_parts));
	if (!b->positions || !b->part_sizes || !b->poly_parts)
		return err_no_memory(e);
	return true;
}

void geom_build_poly(struct geom_build *b)
{
	if (b->n_polys < b->max)
		b->n_polys++;
	else
		b->full = true;
}

void geom_build_part(struct geom_build *b)
{
	if (b->n_parts == b->max) {
		b->full = true;
		return;
	}
	b->n_parts++;
	if (b->n_polys > 0)
		b->poly_parts[b->n_polys - 1]++;
}

void geom_build_position(struct geom_build *b, double lon, double lat)
{
	if (b->n_positions == b->max || b->n_parts == 0) {
		b->full = true;
		return;
	}
	b->positions[b->n_positions++] = (struct position){ lon, lat };
	b->part_sizes[b->n_parts - 1]++;
}

const struct geom *geom_build_finish(
    const struct geom_build *b, struct arena *a, struct err *e)
{
	struct geom *g;
	const struct geom made = {
		.type = b->type,
		.n_parts = b->n_parts,
		.n_polys = b->n_polys,
		.n_positions = b->n_positions,
		.part_sizes = b->part_sizes,
		.poly_parts = b->poly_parts,
		.positions = b->positions,
	};
	struct bbox box;

	if (b->full) {
		err_set(e, ERR_INPUT, "a part of the geometry is empty");
		return NULL;
	}
	if (!check(&box, &made, e))
		return NULL;
	g = arena_alloc(a, sizeof(*g));
	if (!g) {
		err_no_memory(e);
		return NULL;
	}
	*g = made;
	g->box = box;
	return g;
}

bool geom_is_of_points(enum geom_type type)
{
	return type == GEOM_POINT || type == GEOM_MULTIPOINT;
}

bool geom_is_of_lines(enum geom_type type)
{
	return type == GEOM_LINE || type == GEOM_MULTILINE;
}

bool geom_is_of_polygons(enum geom_type type)
{
	return type == GEOM_POLYGON || type == GEOM_MULTIPOLYGON;
}

const struct geom *geom_exchange(
    struct arena *a, const struct geom *g, struct err *e)
{
	struct position *p = arena_array(a, g->n_positions, sizeof(*p));
	struct geom made = *g;

	if (!p) {
		err_no_memory(e);
		return NULL;
	}
	for (uint32_t i = 0; i < g->n_positions; i++)
		p[i] = (struct position){ g->positions[i].lat,
			g->positions[i].lon };
	made.positions = p;
	return geom_make(a, &made, e);
}
