/* Anchors, distances, areas. */
#include "geo/geom.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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

static void assert_near(double value, double expected, double within)
{
	if (!(fabs(value - expected) <= within))
		fail_msg("%.9g is not %.9g", value, expected);
}

static const struct {
	const char *wkt;
	double lon, lat;
} anchors[] = {
	{ "POINT(68.2 43.3)", 68.2, 43.3 },
	{ "MULTIPOINT(1 2,3 4)", 1, 2 },
	{ "LINESTRING(0 0,4 0)", 2, 0 },
	{ "LINESTRING(0 0,1 0,4 0)", 2, 0 },
	{ "LINESTRING(5 5,5 5)", 5, 5 },
	{ "MULTILINESTRING((0 0,1 0),(0 1,8 1),(0 2,2 2))", 4, 1 },
	{ "POLYGON((0 0,4 0,4 4,0 4,0 0))", 2, 2 },
	{ "MULTIPOLYGON(((9 9,9.1 9,9.1 9.1,9 9)),"
	  "((0 0,4 0,4 4,0 4,0 0)))",
	    2, 2 },
	/* All on one line: no inside at all. */
	{ "POLYGON((1 1,2 2,3 3,1 1))", 1, 1 },
};

static void test_anchors(void **state)
{
	for (size_t i = 0; i < sizeof(anchors) / sizeof(*anchors); i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(anchors[i].wkt), NULL);
		struct position p = geom_anchor(g);

		assert_near(p.lon, anchors[i].lon, 1e-9);
		assert_near(p.lat, anchors[i].lat, 1e-9);
	}
}

static const char *const odd_polygons[] = {
	"POLYGON((0 0,9 0,9 9,8 9,8 1,1 1,1 9,0 9,0 0))",
	"POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1))",
	"POLYGON((0 0,5 1,9 0,5 2,0 0))",
	"MULTIPOLYGON(((0 0,9 0,9 1,1 1,1 9,0 9,0 0)),((5 5,6 5,6 6,5 5)))",
};

static void test_anchors_lie_inside(void **state)
{
	for (size_t i = 0; i < sizeof(odd_polygons) / sizeof(*odd_polygons);
	     i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(odd_polygons[i]), NULL);
		struct position p = geom_anchor(g);

		if (!geom_has_point(g, p.lon, p.lat))
			fail_msg("%s: %g %g", odd_polygons[i], p.lon, p.lat);
	}
}

static const struct {
	struct position a, b;
	double metres;
} distances[] = {
	{ { 0, 0 }, { 0, 0 }, 0 },
	{ { 0, 0 }, { 1, 0 }, 111195.080 },
	{ { 0, 0 }, { 180, 0 }, 20015114.352 },
	{ { 0, 90 }, { 77, 90 }, 0 },
	{ { 0, -90 }, { 0, 90 }, 20015114.352 },
	{ { 179.5, 0 }, { -179.5, 0 }, 111195.080 },
	/* Shymkent to Turkistan. */
	{ { 69.5958, 42.3155 }, { 68.2517, 43.2973 }, 154800 },
};

static void test_distances(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(distances) / sizeof(*distances); i++) {
		double d = geom_distance(distances[i].a, distances[i].b);

		assert_near(
		    d, distances[i].metres, 1 + distances[i].metres * 1e-3);
		assert_near(
		    geom_distance(distances[i].b, distances[i].a), d, 1e-6);
	}
}

static const struct {
	const char *wkt;
	struct position from;
	double metres;
} gaps[] = {
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", { 4, 4 }, 0 },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", { 4, -1 }, 111195 },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,1 8,8 8,8 1,1 1))", { 4, 2 },
	    111195 },
	{ "LINESTRING(0 0,9 0)", { 5, 1 }, 111195 },
	{ "LINESTRING(0 0,9 0)", { -1, 0 }, 111195 },
	{ "MULTIPOINT(0 0,5 5)", { 5, 6 }, 111195 },
	{ "LINESTRING(178 0,179 0)", { -180, 0 }, 111195 },
	{ "LINESTRING(-178 0,-179 0)", { 180, 0 }, 111195 },
};

static void test_distance_to(void **state)
{
	for (size_t i = 0; i < sizeof(gaps) / sizeof(*gaps); i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(gaps[i].wkt), NULL);

		assert_near(geom_distance_to(g, gaps[i].from), gaps[i].metres,
		    gaps[i].metres * 1e-3);
	}
}

static const struct {
	const char *wkt;
	double km2;
} areas[] = {
	{ "POINT(1 1)", 0 },
	{ "LINESTRING(0 0,0 9,9 9,0 0)", 0 },
	{ "POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))", 510065621.7 },
	{ "POLYGON((0 0,90 0,90 90,0 90,0 0))", 63758202.7 },
	{ "POLYGON((0 0,0 90,90 90,90 0,0 0))", 63758202.7 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", 12363.7 },
	{ "POLYGON((0 60,1 60,1 61,0 61,0 60))", 6088.1 },
	{ "POLYGON((0 0,3 0,3 3,0 3,0 0),(1 1,1 2,2 2,2 1,1 1))", 98868.7 },
};

static void test_areas(void **state)
{
	for (size_t i = 0; i < sizeof(areas) / sizeof(*areas); i++) {
		const struct geom *g =
		    geom_from_wkt(*state, str_from(areas[i].wkt), NULL);

		assert_near(
		    geom_area_km2(g), areas[i].km2, areas[i].km2 * 1e-4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_anchors),
		cmocka_unit_test(test_anchors_lie_inside),
		cmocka_unit_test(test_distances),
		cmocka_unit_test(test_distance_to),
		cmocka_unit_test(test_areas),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
