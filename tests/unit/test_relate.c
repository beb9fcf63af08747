/* Intersections of geometries with boxes and points. */
#include "geo/geom.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#include "geo/geos.h"
#include "geo/predicate.h"
#include "tools/random.h"

static int make_arena(void **state)
{
	static struct arena arena;

	arena_init(&arena, 64 << 20);
	*state = &arena;
	return 0;
}

static int drop_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static const struct {
	const char *wkt;
	struct bbox box;
	bool meets;
} boxes[] = {
	{ "POINT(1 1)", { 0, 0, 1, 1 }, true },
	{ "POINT(1 1)", { 1, 1, 1, 1 }, true },
	{ "POINT(1 1)", { 0, 0, 0.999999999, 1 }, false },
	{ "POINT(180 0)", { 170, -1, -170, 1 }, true },
	{ "POINT(-180 0)", { 170, -1, -170, 1 }, true },
	{ "POINT(-169.9 0)", { 170, -1, -170, 1 }, false },
	{ "MULTIPOINT(0 0,9 9)", { 8, 8, 10, 10 }, true },
	{ "MULTIPOINT(0 0,9 9)", { 4, 4, 5, 5 }, false },
	/* The line's box holds the box, the line passes it by. */
	{ "LINESTRING(0 0,10 10)", { 6, 1, 9, 4 }, false },
	{ "LINESTRING(0 0,10 10)", { 5, 1, 9, 5 }, true },
	{ "LINESTRING(0 0,10 10)", { 4, 4, 5, 5 }, true },
	{ "LINESTRING(-5 5,15 5)", { 0, 0, 10, 10 }, true },
	{ "LINESTRING(0 0,10 10)", { 5, 5, 5, 5 }, true },
	{ "LINESTRING(0 0,10 10)", { 5, 6, 5, 6 }, false },
	{ "LINESTRING(0 0,10 0)", { 2, 0, 3, 1 }, true },
	{ "LINESTRING(3 3,3 3)", { 3, 3, 4, 4 }, true },
	{ "LINESTRING(3 3,3 3)", { 3.1, 3, 4, 4 }, false },
	{ "LINESTRING(170 0,178 8)", { 175, -1, -175, 3 }, false },
	{ "LINESTRING(170 0,178 8)", { 175, -1, -175, 6 }, true },
	{ "MULTILINESTRING((0 0,1 1),(5 5,6 6))", { 5.5, 0, 9, 5.5 }, true },
	{ "MULTILINESTRING((0 0,1 1),(5 5,6 6))", { 2, 2, 4, 4 }, false },
	/* Inside, around, in a hole, touching. */
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", { 4, 4, 5, 5 }, true },
	{ "POLYGON((4 4,5 4,5 5,4 5,4 4))", { 0, 0, 9, 9 }, true },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))",
	    { 4, 4, 5, 5 }, false },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))",
	    { 4, 4, 6, 5 }, true },
	{ "POLYGON((0 0,9 0,9 9,0 0))", { 0, 5, 4, 9 }, false },
	{ "POLYGON((0 0,9 0,9 9,0 0))", { 0, 5, 5, 9 }, true },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", { 9, 9, 10, 10 }, true },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", { 9.01, 0, 10, 9 }, false },
	{ "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,9 5,9 9,5 9,5 5)))",
	    { 6, 6, 7, 7 }, true },
	{ "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,9 5,9 9,5 9,5 5)))",
	    { 2, 2, 4, 4 }, false },
	{ "POLYGON((-180 80,180 80,180 90,-180 90,-180 80))", { 0, 90, 0, 90 },
	    true },
	{ "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))",
	    { 179, 0, -179, 1 }, true },
};

static void test_boxes(void **state)
{
	for (size_t i = 0; i < sizeof(boxes) / sizeof(*boxes); i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(boxes[i].wkt), NULL);

		if (geom_intersects_bbox(g, &boxes[i].box) != boxes[i].meets)
			fail_msg("%zu: %s", i, boxes[i].wkt);
	}
}

static const struct {
	const char *wkt;
	double lon, lat;
	bool inside;
} points[] = {
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", 1, 1, true },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", 0, 0, true },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", 9, 4, true },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", 9.0000001, 4, false },
	/* The ray runs through a vertex. */
	{ "POLYGON((0 0,4 4,8 0,8 8,0 8,0 0))", 1, 4, true },
	{ "POLYGON((0 0,4 4,8 0,8 8,0 8,0 0))", -1, 4, false },
	{ "POLYGON((0 0,4 4,8 0,8 8,0 8,0 0))", 4, 3, false },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))", 4, 4, false },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,3 6,6 6,6 3,3 3))", 3, 4, true },
	{ "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,9 5,9 9,5 9,5 5)))", 6, 6,
	    true },
	{ "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,9 5,9 9,5 9,5 5)))", 3, 3,
	    false },
	{ "LINESTRING(0 0,1 1)", 0, 0, false },
	{ "POINT(1 1)", 1, 1, false },
};

static void test_points(void **state)
{
	for (size_t i = 0; i < sizeof(points) / sizeof(*points); i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(points[i].wkt), NULL);

		if (geom_has_point(g, points[i].lon, points[i].lat) !=
		    points[i].inside)
			fail_msg("%zu: %s", i, points[i].wkt);
	}
}

/* Points exactly on an edge that doubles can only name, not compute. */
static void test_boundary_is_exact(void **state)
{
	uint64_t seed = 7;

	for (int i = 0; i < 2000; i++) {
		double x = random_between(&seed, -90, 90);
		double y = random_between(&seed, -44, 44);
		struct position p[] = { { 0, 0 }, { 2 * x, 2 * y },
			{ 2 * x, 2 * y + (y > 0 ? 1 : -1) }, { 0, 0 } };
		const uint32_t four = 4, one = 1;
		const struct geom parts = { GEOM_POLYGON, 1, 1, 4, &four, &one,
			p, bbox_empty };
		const struct geom *g = geom_make(*state, &parts, NULL);

		assert_true(geom_has_point(g, x, y));
	}
}

/* Whole numbers of 2^-40 degrees, so that the right sign can be computed; the
 * third point is as near to the line as the grid allows. */
static void test_sides_are_exact(void **state)
{
	const double grid = 1099511627776.0; /* 2^40 */
	const uint64_t least = (uint64_t)1 << 45;
	uint64_t seed = 8;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		int64_t ax = (int64_t)(random_bits(&seed) >> 18);
		int64_t ay = (int64_t)(random_bits(&seed) >> 18);
		int64_t dx = (int64_t)(random_bits(&seed) >> 18 | least);
		int64_t dy = (int64_t)(random_bits(&seed) >> 18) & ~1;
		int64_t cx = i % 8 ? (int64_t)(random_bits(&seed) >> 18) : dx;
		int64_t cy = (int64_t)((__int128)cx * dy / dx);
		__int128 cross = (__int128)dx * cy - (__int128)dy * cx;
		struct position a = { (double)ax / grid, (double)ay / grid };
		struct position b = { (double)(ax + dx) / grid,
			(double)(ay + dy) / grid };
		struct position c = { (double)(ax + cx) / grid,
			(double)(ay + cy) / grid };

		assert_int_equal(
		    predicate_side(a, b, c), (cross > 0) - (cross < 0));
		assert_int_equal(
		    predicate_side(b, a, c), (cross < 0) - (cross > 0));
	}
}

static const struct geom *random_line(struct arena *a, uint64_t *seed)
{
	struct position p[4];
	const uint32_t four = 4;
	const struct geom parts = { GEOM_LINE, 1, 0, 4, &four, NULL, p,
		bbox_empty };

	for (int i = 0; i < 4; i++)
		p[i] = (struct position){ random_below(seed, 9),
			random_below(seed, 9) };
	return geom_make(a, &parts, NULL);
}

/* A star around the middle, so that it is valid, with a hole now and then. */
static const struct geom *random_polygon(struct arena *a, uint64_t *seed)
{
	enum { N = 9 };
	const double turn = 6.283185307179586 / N;
	bool hole = random_below(seed, 2) == 0;
	struct position p[2 * (N + 1)];
	const uint32_t sizes[2] = { N + 1, N + 1 };
	const uint32_t rings = hole ? 2 : 1;
	const struct geom parts = { GEOM_POLYGON, rings, 1, rings * (N + 1),
		sizes, &rings, p, bbox_empty };

	for (int i = 0; i < N; i++) {
		double r = random_between(seed, 3, 5);

		p[i] = (struct position){ 5 + r * cos(i * turn),
			5 + r * sin(i * turn) };
		p[N + 1 + i] = (struct position){ 5 + r / 2 * cos(i * turn),
			5 + r / 2 * sin(i * turn) };
	}
	p[N] = p[0];
	p[2 * N + 1] = p[N + 1];
	return geom_make(a, &parts, NULL);
}

static const struct geom *polygon_of(struct arena *a, const struct bbox *b)
{
	const struct position p[] = { { b->west, b->south },
		{ b->east, b->south }, { b->east, b->north },
		{ b->west, b->north }, { b->west, b->south } };
	const uint32_t five = 5, one = 1;
	const struct geom parts = { GEOM_POLYGON, 1, 1, 5, &five, &one, p,
		bbox_empty };

	return geom_make(a, &parts, NULL);
}

/* GEOS is the second opinion. Whole numbers make touching frequent. */
static void test_boxes_against_geos(void **state)
{
	struct geos *geos = geos_open();
	uint64_t seed = 1;
	int met = 0;

	for (int i = 0; i < 3000; i++) {
		const struct geom *g = i % 2 ? random_line(*state, &seed)
					     : random_polygon(*state, &seed);
		double w = random_below(&seed, 10), s = random_below(&seed, 10);
		struct bbox b = { w, s, w + 1 + random_below(&seed, 3),
			s + 1 + random_below(&seed, 3) };
		struct geos_prepared *p =
		    geos_prepare(geos, polygon_of(*state, &b));
		bool expected = geos_prepared_intersects(p, g);

		if (geom_intersects_bbox(g, &b) != expected)
			fail_msg("%d: %g %g %g %g", i, b.west, b.south, b.east,
			    b.north);
		met += expected;
		geos_prepared_close(p);
	}
	geos_close(geos);
	assert_true(met > 500 && met < 2500);
}

static void test_points_against_geos(void **state)
{
	struct geos *geos = geos_open();
	uint64_t seed = 2;

	for (int i = 0; i < 200; i++) {
		const struct geom *g = random_polygon(*state, &seed);
		struct geos_prepared *p = geos_prepare(geos, g);

		for (int j = 0; j < 20; j++) {
			double lon = random_between(&seed, 0, 10);
			double lat = random_between(&seed, 0, 10);
			const struct geom *point =
			    geom_point(*state, lon, lat, NULL);

			assert_int_equal(geom_has_point(g, lon, lat),
			    geos_prepared_intersects(p, point));
		}
		geos_prepared_close(p);
	}
	geos_close(geos);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_boxes),
		cmocka_unit_test(test_points),
		cmocka_unit_test(test_boundary_is_exact),
		cmocka_unit_test(test_sides_are_exact),
		cmocka_unit_test(test_boxes_against_geos),
		cmocka_unit_test(test_points_against_geos),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
