/* Geometry cut to tiles: valid, complete, nothing flooded. */
#include "geo/clip.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/mem.h"
#include "geo/simplify.h"
#include "tools/random.h"
#include "tools/shapes.h"

enum { BUFFER = 16 };

struct tools {
	struct arena arena;
	struct geos *geos;
};

static int open_tools(void **state)
{
	static struct tools t;

	arena_init(&t.arena, 512 << 20);
	t.geos = geos_open();
	*state = &t;
	return t.geos ? 0 : -1;
}

static int close_tools(void **state)
{
	struct tools *t = *state;

	geos_close(t->geos);
	arena_free(&t->arena);
	return 0;
}

static struct grid_geom cut(struct tools *t, const struct geom *g,
    const struct tile *tile, int tolerance)
{
	const struct simplify how = { .z = tile->z, .tolerance = tolerance };
	struct grid_geom world, out;
	struct err e = { 0 };

	assert_true(simplify_geom(&world, g, &how, &t->arena, &e));
	assert_true(
	    clip_to_tile(&out, &world, tile, BUFFER, &t->geos, &t->arena, &e));
	return out;
}

/* --- small cases, told point by point ------------------------------------- */

/* The world in the tile 0/0/0: 4096 units are 360 degrees. */
static const struct {
	const char *name;
	struct tile tile;
	enum geom_type type;
	uint32_t n;
	struct grid_point in[12];
	uint32_t n_out;
	struct grid_point out[12];
} cases[] = {
	{ "a point inside", { 1, 0, 0 }, GEOM_POINT, 1, { { 5, 6 } }, 1,
	    { { 5, 6 } } },
	{ "a point in the buffer", { 1, 1, 0 }, GEOM_POINT, 1, { { 4086, 6 } },
	    1, { { -10, 6 } } },
	{ "a point beyond it", { 1, 1, 0 }, GEOM_POINT, 1, { { 4070, 6 } }, 0,
	    { { 0, 0 } } },
	{ "a line cut at the buffer's edge", { 1, 0, 0 }, GEOM_LINE, 2,
	    { { 4000, 10 }, { 5000, 10 } }, 2, { { 4000, 10 }, { 4112, 10 } } },
	{ "a line that passes by", { 1, 0, 0 }, GEOM_LINE, 2,
	    { { 4200, 0 }, { 8000, 5000 } }, 0, { { 0, 0 } } },
	{ "a line that touches a corner", { 1, 0, 0 }, GEOM_LINE, 2,
	    { { 4112 + 100, 4112 - 100 }, { 4112 - 100, 4112 + 100 } }, 0,
	    { { 0, 0 } } },
	{ "a square around the tile", { 2, 1, 1 }, GEOM_POLYGON, 4,
	    { { 0, 0 }, { 16000, 0 }, { 16000, 16000 }, { 0, 16000 } }, 4,
	    { { -16, 4112 }, { -16, -16 }, { 4112, -16 }, { 4112, 4112 } } },
	{ "the other way round", { 2, 1, 1 }, GEOM_POLYGON, 4,
	    { { 0, 16000 }, { 16000, 16000 }, { 16000, 0 }, { 0, 0 } }, 4,
	    { { -16, 4112 }, { -16, -16 }, { 4112, -16 }, { 4112, 4112 } } },
	{ "beside it", { 2, 3, 3 }, GEOM_POLYGON, 4,
	    { { 0, 0 }, { 90, 0 }, { 90, 90 }, { 0, 90 } }, 0, { { 0, 0 } } },
	{ "touching its edge only", { 0, 0, 0 }, GEOM_POLYGON, 4,
	    { { 4112, 0 }, { 5000, 0 }, { 5000, 90 }, { 4112, 90 } }, 0,
	    { { 0, 0 } } },
};

/* Rings are compared from their least point on. */
static uint32_t least_of(const struct grid_geom *g)
{
	uint32_t least = 0;

	if (g->type != GEOM_POLYGON)
		return 0;
	for (uint32_t i = 1; i < g->n_points; i++)
		if (g->points[i].x < g->points[least].x ||
		    (g->points[i].x == g->points[least].x &&
			g->points[i].y > g->points[least].y))
			least = i;
	return least;
}

static void test_cases(void **state)
{
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const uint32_t polys = cases[i].type == GEOM_POLYGON;
		const uint32_t one = 1, n = cases[i].n;
		const struct grid_geom in = { .type = cases[i].type,
			.n_parts = 1,
			.n_polys = polys,
			.n_points = n,
			.part_sizes = &n,
			.poly_parts = &one,
			.points = cases[i].in };
		struct grid_geom out;
		uint32_t from;

		print_message("# %s\n", cases[i].name);
		assert_true(clip_to_tile(&out, &in, &cases[i].tile, BUFFER,
		    &t->geos, &t->arena, NULL));
		assert_int_equal(out.n_points, cases[i].n_out);
		from = least_of(&out);
		for (uint32_t k = 0; k < out.n_points; k++) {
			uint32_t at = (from + k) % out.n_points;

			assert_int_equal(out.points[at].x, cases[i].out[k].x);
			assert_int_equal(out.points[at].y, cases[i].out[k].y);
		}
	}
}

/* --- random shapes -------------------------------------------------------- */

static bool inside(const struct grid_geom *g, double x, double y)
{
	const struct grid_point *p = g->points;
	bool in = false;

	for (uint32_t part = 0; part < g->n_parts; part++) {
		uint32_t n = g->part_sizes[part];

		for (uint32_t i = 0, j = n - 1; i < n; j = i++) {
			double yi = (double)p[i].y, yj = (double)p[j].y;
			double xi = (double)p[i].x, xj = (double)p[j].x;

			if ((yi > y) != (yj > y) &&
			    x < (xj - xi) * (y - yi) / (yj - yi) + xi)
				in = !in;
		}
		p += n;
	}
	return in;
}

static double to_segment(
    double x, double y, const struct grid_point *a, const struct grid_point *b)
{
	double dx = (double)(b->x - a->x), dy = (double)(b->y - a->y);
	double px = x - (double)a->x, py = y - (double)a->y;
	double l = dx * dx + dy * dy;
	double u = l > 0 ? fmin(fmax((px * dx + py * dy) / l, 0), 1) : 0;

	return hypot(u * dx - px, u * dy - py);
}

static double to_border(const struct grid_geom *g, double x, double y)
{
	double least = INFINITY;
	const struct grid_point *p = g->points;

	for (uint32_t part = 0; part < g->n_parts; part++) {
		uint32_t n = g->part_sizes[part];

		for (uint32_t i = 0; i < n; i++)
			least = fmin(
			    least, to_segment(x, y, &p[i], &p[(i + 1) % n]));
		p += n;
	}
	return least;
}

/* Points away from the border are in the tile's polygon as they are in the
 * whole one. */
static void check_points(const struct grid_geom *world,
    const struct grid_geom *out, const struct tile *tile, double units,
    uint64_t *seed)
{
	struct grid_point corner = grid_corner(tile);

	for (int i = 0; i < 30; i++) {
		double x = random_below(seed, GRID_EXTENT) + 0.3;
		double y = random_below(seed, GRID_EXTENT) + 0.4;
		double wx = (double)corner.x + x, wy = (double)corner.y + y;

		if (to_border(world, wx, wy) > units)
			assert_int_equal(
			    inside(out, x, y), inside(world, wx, wy));
	}
}

static struct tile tile_near(
    struct position centre, double size, int z, uint64_t *seed)
{
	double lon = centre.lon + random_between(seed, -size, size);
	double lat = centre.lat + random_between(seed, -size, size) / 2;

	return tile_of(fmin(fmax(lon, -179.9), 179.9), lat, z);
}

static void check_random(struct tools *t, enum shape_kind kind, uint64_t *seed,
    int tolerance, bool exact)
{
	struct position centre = { random_between(seed, -170, 170),
		random_between(seed, -80, 80) };
	double size = exp(random_between(seed, -7, 3));
	int z = (int)random_below(seed, TILE_MAX_ZOOM + 1);
	struct tile tile = tile_near(centre, size, z, seed);
	const struct geom *g =
	    shape_random(kind, seed, centre, size, &t->arena);
	struct grid_geom out = cut(t, g, &tile, tolerance);
	const char *wrong = shape_wrong(&out, BUFFER, t->geos, &t->arena);

	if (wrong)
		fail_msg("kind %d zoom %d: %s", kind, z, wrong);
	if (exact) {
		const struct simplify snapped = { .z = z };
		struct grid_geom world;

		assert_true(
		    simplify_geom(&world, g, &snapped, &t->arena, NULL));
		check_points(&world, &out, &tile, 3 + tolerance, seed);
	}
	arena_reset(&t->arena);
}

static void test_random(void **state)
{
	uint64_t seed = 20261124;

	for (int kind = 0; kind < SHAPE_KINDS; kind++)
		for (int i = 0; i < 400; i++)
			check_random(*state, (enum shape_kind)kind, &seed,
			    i % 2 ? SIMPLIFY_HALF_PIXEL : 0,
			    kind <= SHAPE_COMB);
}

/* A polygon of 10^5 corners around and through a tile. */
static void test_large(void **state)
{
	struct tools *t = *state;
	enum { N = 100000 };
	struct position *p = arena_array(&t->arena, N, sizeof(*p));
	const uint32_t n = N, one = 1;
	struct geom parts = { .type = GEOM_POLYGON,
		.n_parts = 1,
		.n_polys = 1,
		.n_positions = N,
		.part_sizes = &n,
		.poly_parts = &one,
		.positions = p };
	uint64_t seed = 5;

	for (int i = 0; i < N - 1; i++) {
		double angle = 6.283185307 * i / (N - 1);
		double r = random_between(&seed, 1, 1.2);

		p[i] = (struct position){ 68 + r * cos(angle),
			43 + r * sin(angle) };
	}
	p[N - 1] = p[0];
	for (int z = 0; z <= 14; z += 2) {
		struct tile tile = tile_of(69.05, 43, z);
		const struct geom *g = geom_make(&t->arena, &parts, NULL);
		struct grid_geom out;
		const char *wrong;

		assert_non_null(g);
		out = cut(t, g, &tile, SIMPLIFY_HALF_PIXEL);
		wrong = shape_wrong(&out, BUFFER, t->geos, &t->arena);
		if (wrong)
			fail_msg("zoom %d: %s", z, wrong);
		assert_true(z < 8 || out.n_points > 10);
	}
}

static void test_out_of_memory(void **state)
{
	struct tools *t = *state;
	uint64_t seed = 9;
	const struct position centre = { 68, 43 };
	struct tile tile = tile_of(68.5, 43, 9);
	const struct simplify how = { .z = 9, .tolerance = 0 };

	for (int kind = 0; kind < SHAPE_KINDS; kind++) {
		const struct geom *g = shape_random(
		    (enum shape_kind)kind, &seed, centre, 1, &t->arena);
		struct geos *geos = geos_open();
		bool done = false;

		for (size_t limit = 0; !done; limit += 4096) {
			struct arena a;
			struct grid_geom world, out;
			struct err e = { 0 };

			arena_init(&a, limit);
			done = simplify_geom(&world, g, &how, &a, &e) &&
			       clip_to_tile(
				   &out, &world, &tile, BUFFER, &geos, &a, &e);
			if (!done)
				assert_int_equal(e.code, ERR_MEMORY);
			arena_free(&a);
		}
		geos_close(geos);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_out_of_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_tools, close_tools);
}
