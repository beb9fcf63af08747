/* Snapping and simplifying: near enough, and shared borders stay shared. */
#include "geo/simplify.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "geo/hilbert.h"
#include "tools/random.h"
#include "tools/shapes.h"

static int make_arena(void **state)
{
	static struct arena arena;

	arena_init(&arena, 256 << 20);
	*state = &arena;
	return 0;
}

static int drop_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static struct grid_geom simple(const struct geom *g, int z, int tolerance,
    const uint64_t *corners, size_t first, struct arena *a)
{
	const struct simplify how = { .z = z,
		.tolerance = tolerance,
		.corners = corners,
		.first = first };
	struct grid_geom out;

	assert_true(simplify_geom(&out, g, &how, a, NULL));
	return out;
}

/* --- the grid ------------------------------------------------------------- */

static void test_grid_agrees_with_tiles(void **state)
{
	uint64_t seed = 1;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct position p = { random_between(&seed, -180, 180),
			random_between(&seed, -90, 90) };
		int z = (int)random_below(&seed, TILE_MAX_ZOOM + 1);
		struct tile t = tile_of(p.lon, p.lat, z);
		struct grid_point at = grid_of(p, z);
		struct position back;

		assert_int_equal(at.x >> GRID_EXTENT_LOG2, t.x);
		assert_int_equal(at.y >> GRID_EXTENT_LOG2, t.y);
		if (fabs(p.lat) > 85)
			continue;
		back = grid_position(at, z);
		assert_true(fabs(back.lon - p.lon) <= 360.0 / 4096);
		assert_true(hilbert_of(p.lon, p.lat) >= 0);
		assert_true(back.lon <= p.lon + 1e-9);
		assert_true(back.lat >= p.lat - 1e-9);
	}
}

static void test_grid_bounds(void **state)
{
	const struct tile t = { 2, 3, 1 }, edge = { 1, 1, 1 };
	struct bbox b = grid_bounds(&t, 0);
	struct bbox wide = grid_bounds(&t, 64);
	struct bbox tile = tile_bounds(&t);

	(void)state;
	assert_memory_equal(&b, &tile, sizeof(b));
	assert_true(wide.west < b.west && wide.south < b.south);
	assert_true(wide.east <= 180 && wide.north > b.north);
	b = grid_bounds(&edge, 0);
	assert_true(b.south <= -90 && b.north > -1 && b.north < 1);
}

static const struct {
	uint32_t n;
	struct grid_point in[9];
	uint32_t left;
} rings[] = {
	{ 4, { { 0, 0 }, { 9, 0 }, { 9, 9 }, { 0, 9 } }, 4 },
	{ 5, { { 0, 0 }, { 5, 0 }, { 9, 0 }, { 9, 9 }, { 0, 9 } }, 4 },
	/* The beginning is in the middle of an edge. */
	{ 5, { { 5, 0 }, { 9, 0 }, { 9, 9 }, { 0, 9 }, { 0, 0 } }, 4 },
	{ 6, { { 0, 0 }, { 0, 0 }, { 9, 0 }, { 9, 9 }, { 0, 9 }, { 0, 0 } },
	    4 },
	/* A spike outward, one at the beginning. */
	{ 6, { { 0, 0 }, { 9, 0 }, { 20, 0 }, { 9, 0 }, { 9, 9 }, { 0, 9 } },
	    4 },
	{ 5, { { -9, 0 }, { 0, 0 }, { 9, 0 }, { 9, 9 }, { 0, 0 } }, 3 },
	{ 3, { { 0, 0 }, { 1, 1 }, { 2, 2 } }, 0 },
	{ 4, { { 0, 0 }, { 9, 0 }, { 0, 0 }, { 0, 9 } }, 0 },
	{ 2, { { 0, 0 }, { 9, 0 } }, 0 },
	{ 0, { { 0, 0 } }, 0 },
};

static void test_clean_ring(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rings) / sizeof(rings[0]); i++) {
		struct grid_point ring[9];

		memcpy(ring, rings[i].in, sizeof(ring));
		assert_int_equal(
		    grid_clean_ring(ring, rings[i].n), rings[i].left);
	}
}

/* --- one geometry --------------------------------------------------------- */

static const struct {
	const char *wkt;
	int z, tolerance;
	enum geom_type type;
	uint32_t polys, parts, points;
} cases[] = {
	{ "POINT(68 43)", 9, 8, GEOM_POINT, 0, 1, 1 },
	{ "MULTIPOINT(68 43,68 43,69 44)", 9, 8, GEOM_MULTIPOINT, 0, 2, 2 },
	{ "MULTIPOINT(68 43,68.00001 43)", 0, 8, GEOM_POINT, 0, 1, 1 },
	{ "LINESTRING(68 43,68.5 43.00001,69 43)", 9, 8, GEOM_LINE, 0, 1, 2 },
	{ "LINESTRING(68 43,68.5 43.00001,69 43)", 18, 8, GEOM_LINE, 0, 1, 3 },
	{ "LINESTRING(68 43,68.5 43.00001,69 43)", 9, 0, GEOM_LINE, 0, 1, 3 },
	/* Too short to be seen. */
	{ "LINESTRING(68.01 43,68.0101 43)", 2, 8, GEOM_LINE, 0, 0, 0 },
	{ "MULTILINESTRING((68.01 43,68.0101 43),(60 40,69 43))", 2, 8,
	    GEOM_LINE, 0, 1, 2 },
	/* There and back: the end is kept although it is the beginning. */
	{ "LINESTRING(60 40,69 43,60 40)", 5, 8, GEOM_LINE, 0, 1, 3 },
	{ "POLYGON((68 43,69 43,69 44,68.5 44.00001,68 44,68 43))", 9, 8,
	    GEOM_POLYGON, 1, 1, 4 },
	/* Smaller than the tolerance: snapped only. */
	{ "POLYGON((68 43,69 43,69 44,68 44,68 43))", 1, 64, GEOM_POLYGON, 1, 1,
	    4 },
	{ "POLYGON((68.01 43,68.0101 43,68.0101 43.0001,68.01 43))", 2, 8,
	    GEOM_POLYGON, 0, 0, 0 },
	/* A hole that cannot be seen, a polygon that cannot. */
	{ "POLYGON((60 40,70 40,70 50,60 50,60 40),"
	  "(65.01 45,65.0101 45,65.0101 45.0001,65.01 45))",
	    3, 8, GEOM_POLYGON, 1, 1, 4 },
	{ "MULTIPOLYGON(((60 40,70 40,70 50,60 50,60 40)),"
	  "((68.01 43,68.0101 43,68.0101 43.0001,68.01 43)))",
	    3, 8, GEOM_POLYGON, 1, 1, 4 },
};

static void test_cases(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(cases[i].wkt), NULL);
		struct grid_geom out =
		    simple(g, cases[i].z, cases[i].tolerance, NULL, 0, *state);

		print_message("# %s at %d\n", cases[i].wkt, cases[i].z);
		assert_int_equal(out.type, cases[i].type);
		assert_int_equal(out.n_polys, cases[i].polys);
		assert_int_equal(out.n_parts, cases[i].parts);
		assert_int_equal(out.n_points, cases[i].points);
	}
}

static double distance(const struct grid_point *p, const struct grid_point *a,
    const struct grid_point *b)
{
	double dx = (double)(b->x - a->x), dy = (double)(b->y - a->y);
	double px = (double)(p->x - a->x), py = (double)(p->y - a->y);
	double l = dx * dx + dy * dy;
	double t = l > 0 ? fmin(fmax((px * dx + py * dy) / l, 0), 1) : 0;

	return hypot(px - t * dx, py - t * dy);
}

/* No point of the whole line is farther from the simplified one than is
 * allowed. */
static void test_tolerance_holds(void **state)
{
	uint64_t seed = 3;

	for (int i = 0; i < 300; i++) {
		const struct position centre = { 68, 43 };
		int z = (int)random_below(&seed, 16);
		const struct geom *g =
		    shape_random(SHAPE_LINE, &seed, centre, 1, *state);
		struct grid_geom all = simple(g, z, 0, NULL, 0, *state);
		struct grid_geom few =
		    simple(g, z, SIMPLIFY_HALF_PIXEL, NULL, 0, *state);

		assert_true(few.n_points <= all.n_points);
		for (uint32_t k = 0; few.n_points && k < all.n_points; k++) {
			double least = INFINITY;

			for (uint32_t j = 1; j < few.n_points; j++)
				least = fmin(least,
				    distance(&all.points[k], &few.points[j - 1],
					&few.points[j]));
			assert_true(least <= SIMPLIFY_HALF_PIXEL);
		}
		arena_reset(*state);
	}
}

/* A zigzag that makes the method slow at every step. */
static void test_bounded_time(void **state)
{
	enum { N = 200000 };
	struct position *p = arena_array(*state, N, sizeof(*p));
	const uint32_t n = N;
	const struct geom parts = { .type = GEOM_LINE,
		.n_parts = 1,
		.n_positions = N,
		.part_sizes = &n,
		.positions = p };
	const struct geom *g;
	struct grid_geom out;

	for (int i = 0; i < N; i++) {
		double left = 1 - (double)i / N;

		p[i] = (struct position){ 60 + 10 * (double)i / N,
			i % 2 ? 40 + 5 * left : 40 - 5 * left };
	}
	g = geom_make(*state, &parts, NULL);
	assert_non_null(g);
	out = simple(g, 20, SIMPLIFY_HALF_PIXEL, NULL, 0, *state);
	assert_true(out.n_points > N / 2);
}

/* --- shared borders ------------------------------------------------------- */

/* A map of SIDE * SIDE countries whose borders wind; each ring begins at a
 * random corner and turns a random way. */
enum { SIDE = 6, WINDINGS = 20, COUNTRIES = SIDE * SIDE };

struct map {
	struct position corner[SIDE + 1][SIDE + 1];
	/* From corner to the east and to the south. */
	struct position east[SIDE + 1][SIDE + 1][WINDINGS];
	struct position south[SIDE + 1][SIDE + 1][WINDINGS];
};

static void wind(
    struct position *out, struct position a, struct position b, uint64_t *seed)
{
	for (int i = 0; i < WINDINGS; i++) {
		double t = (i + 1.0) / (WINDINGS + 1);

		out[i].lon = a.lon + (b.lon - a.lon) * t +
			     random_between(seed, -0.02, 0.02);
		out[i].lat = a.lat + (b.lat - a.lat) * t +
			     random_between(seed, -0.02, 0.02);
	}
}

static void make_map(struct map *m, uint64_t *seed)
{
	for (int y = 0; y <= SIDE; y++)
		for (int x = 0; x <= SIDE; x++)
			m->corner[y][x] = (struct position){
				66 + x + random_between(seed, -0.2, 0.2),
				46 - y + random_between(seed, -0.2, 0.2),
			};
	for (int y = 0; y <= SIDE; y++) {
		for (int x = 0; x <= SIDE; x++) {
			if (x < SIDE)
				wind(m->east[y][x], m->corner[y][x],
				    m->corner[y][x + 1], seed);
			if (y < SIDE)
				wind(m->south[y][x], m->corner[y][x],
				    m->corner[y + 1][x], seed);
		}
	}
}

struct outline {
	struct position p[8 * SIDE * (WINDINGS + 1) + 1];
	uint32_t n;
};

static void go(struct outline *o, struct position from,
    const struct position *way, bool back)
{
	o->p[o->n++] = from;
	for (int i = 0; i < WINDINGS; i++)
		o->p[o->n++] = way[back ? WINDINGS - 1 - i : i];
}

static void outline(
    struct outline *o, const struct map *m, int x0, int y0, int x1, int y1)
{
	o->n = 0;
	for (int x = x0; x < x1; x++)
		go(o, m->corner[y0][x], m->east[y0][x], false);
	for (int y = y0; y < y1; y++)
		go(o, m->corner[y][x1], m->south[y][x1], false);
	for (int x = x1; x > x0; x--)
		go(o, m->corner[y1][x], m->east[y1][x - 1], true);
	for (int y = y1; y > y0; y--)
		go(o, m->corner[y][x0], m->south[y - 1][x0], true);
}

static const struct geom *country(
    const struct outline *o, uint64_t *seed, struct arena *a)
{
	struct outline turned = { .n = o->n + 1 };
	const uint32_t one = 1;
	const struct geom parts = { .type = GEOM_POLYGON,
		.n_parts = 1,
		.n_polys = 1,
		.n_positions = turned.n,
		.part_sizes = &turned.n,
		.poly_parts = &one,
		.positions = turned.p };
	uint32_t from = random_below(seed, o->n);
	bool back = random_below(seed, 2);
	const struct geom *g;

	for (uint32_t i = 0; i < o->n; i++)
		turned.p[i] = o->p[(from + (back ? o->n - i : i)) % o->n];
	turned.p[o->n] = turned.p[0];
	g = geom_make(a, &parts, NULL);
	assert_non_null(g);
	return g;
}

static int64_t area(const struct grid_geom *g)
{
	int64_t a = llabs(grid_ring_area2(g->points, g->part_sizes[0]));

	assert_int_equal(g->n_parts, 1);
	return a;
}

/* The countries' areas sum up to that of the whole, to the last unit: there is
 * no gap and no overlap. */
static void test_shared_borders(void **state)
{
	static struct map map;
	static struct outline o;
	const struct geom *all[COUNTRIES + 1];
	size_t positions = 0, first = 0;
	uint64_t *bits, seed = 8;
	struct simplify_corners *c;

	make_map(&map, &seed);
	for (int i = 0; i < COUNTRIES; i++) {
		int x = i % SIDE, y = i / SIDE;

		outline(&o, &map, x, y, x + 1, y + 1);
		all[i] = country(&o, &seed, *state);
	}
	outline(&o, &map, 0, 0, SIDE, SIDE);
	all[COUNTRIES] = country(&o, &seed, *state);
	for (int i = 0; i <= COUNTRIES; i++)
		positions += all[i]->n_positions;
	bits = arena_array(*state, positions / 64 + 1, sizeof(*bits));
	c = simplify_corners_open(positions);
	assert_non_null(c);
	for (int i = 0; i <= COUNTRIES; i++)
		simplify_corners_add(c, all[i]);
	for (int i = 0; i <= COUNTRIES; i++) {
		simplify_corners_mark(c, all[i], bits, first);
		first += all[i]->n_positions;
	}
	simplify_corners_close(c);
	for (int z = 3; z <= 14; z++) {
		int64_t sum = 0, whole = 0;
		uint32_t points = 0;

		first = 0;
		for (int i = 0; i <= COUNTRIES; i++) {
			struct grid_geom g = simple(all[i], z,
			    SIMPLIFY_HALF_PIXEL, bits, first, *state);

			first += all[i]->n_positions;
			points += g.n_points;
			if (i < COUNTRIES)
				sum += area(&g);
			else
				whole = area(&g);
		}
		assert_true(sum > 0);
		assert_int_equal(sum, whole);
		assert_true(z > 5 || points < positions / 2);
	}
}

/* An island that fills a hole, both rings without a corner. */
static void test_enclave(void **state)
{
	static struct map map;
	static struct outline o;
	uint64_t seed = 4;

	make_map(&map, &seed);
	outline(&o, &map, 1, 1, 2, 2);
	for (int i = 0; i < 50; i++) {
		const struct geom *island = country(&o, &seed, *state);
		const struct geom *hole = country(&o, &seed, *state);
		struct grid_geom a, b;

		a = simple(island, 6, SIMPLIFY_HALF_PIXEL, NULL, 0, *state);
		b = simple(hole, 6, SIMPLIFY_HALF_PIXEL, NULL, 0, *state);
		assert_int_equal(a.n_points, b.n_points);
		assert_int_equal(area(&a), area(&b));
	}
}

static const struct {
	const char *a, *b;
	uint32_t corners; /* of a */
} pairs[] = {
	/* Beside each other: two corners, where their border ends. */
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 0,2 0,2 1,1 1,1 0))",
	    2 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 1,0 1,0 0,1 0,1 1))",
	    0 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((5 5,6 5,6 6,5 5))", 0 },
	/* At one corner only. */
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 1,2 1,2 2,1 1))", 1 },
	/* Both ends of a line, which a point does not change. */
	{ "LINESTRING(0 0,1 0,2 0)", "POINT(1 0)", 0 },
	{ "LINESTRING(0 0,1 0,2 0)", "LINESTRING(1 0,1 5)", 1 },
	{ "LINESTRING(0 0,1 0,2 0)", "LINESTRING(2 0,1 0,0 0)", 0 },
};

static void test_corners(void **state)
{
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		const struct geom *a =
		    geom_from_wkt(*state, str_from(pairs[i].a), NULL);
		const struct geom *b =
		    geom_from_wkt(*state, str_from(pairs[i].b), NULL);
		struct simplify_corners *c =
		    simplify_corners_open(a->n_positions + b->n_positions);
		uint64_t bits[2] = { 0 };
		uint32_t last;

		assert_non_null(c);
		simplify_corners_add(c, a);
		simplify_corners_add(c, b);
		simplify_corners_mark(c, a, bits, 62);
		/* The end of a ring is its beginning. */
		last = a->n_positions - (a->n_polys > 0);
		bits[(62 + last) / 64] &= ~((uint64_t)1 << (62 + last) % 64);
		assert_int_equal(__builtin_popcountll(bits[0]) +
				     __builtin_popcountll(bits[1]),
		    pairs[i].corners);
		simplify_corners_close(c);
	}
}

static void test_out_of_memory(void **state)
{
	(void)state;
	mem_fail_after(0);
	assert_null(simplify_corners_open(10));
	mem_fail_after(1);
	assert_null(simplify_corners_open(10));
	mem_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grid_agrees_with_tiles),
		cmocka_unit_test(test_grid_bounds),
		cmocka_unit_test(test_clean_ring),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_tolerance_holds),
		cmocka_unit_test(test_bounded_time),
		cmocka_unit_test(test_shared_borders),
		cmocka_unit_test(test_enclave),
		cmocka_unit_test(test_corners),
		cmocka_unit_test(test_out_of_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
