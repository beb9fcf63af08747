#include "geo/proj.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Known places, as gdaltransform (GDAL 3.6, PROJ 9.1) tells them. */
static const struct {
	enum crs crs;
	struct position lon_lat, there;
	double close;
} places[] = {
	{ CRS_84, { 68.25, 43.3 }, { 68.25, 43.3 }, 0 },
	{ CRS_4326, { 68.25, 43.3 }, { 43.3, 68.25 }, 0 },
	{ CRS_4326, { -179.5, -89 }, { -89, -179.5 }, 0 },
	{ CRS_3857, { 0, 0 }, { 0, 0 }, 1e-6 },
	{ CRS_3857, { 180, 85.0511287798066 },
	    { 20037508.342789, 20037508.342789 }, 1e-3 },
	{ CRS_3857, { 68.25, 43.3 }, { 7597555.246, 5357746.958 }, 1e-2 },
	{ CRS_32642, { 69, 0 }, { 500000, 0 }, 1e-6 },
	{ CRS_32642, { 69.6, 42.32 }, { 549440.92, 4685480.75 }, 1e-2 },
	{ CRS_32641, { 63, 45 }, { 500000, 4982950.4 }, 1 },
};

static void test_places(void **state)
{
	struct proj *p = proj_open();

	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct position at = places[i].lon_lat;
		struct err e = { 0 };

		assert_true(proj_from_lon_lat(p, places[i].crs, &at, 1, &e));
		if (fabs(at.lon - places[i].there.lon) > places[i].close ||
		    fabs(at.lat - places[i].there.lat) > places[i].close)
			fail_msg("%zu: %.6f %.6f", i, at.lon, at.lat);
		assert_true(proj_to_lon_lat(p, places[i].crs, &at, &e));
		assert_true(fabs(at.lon - places[i].lon_lat.lon) < 1e-8);
		assert_true(fabs(at.lat - places[i].lon_lat.lat) < 1e-8);
	}
	proj_close(p);
}

static void test_outside(void **state)
{
	static const struct {
		enum crs crs;
		struct position at;
	} cases[] = {
		{ CRS_32641, { -27, 0 } },
		{ CRS_32642, { 159, 0 } },
		{ CRS_32642, { -21, 0 } },
	};
	struct proj *p = proj_open();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct position at = cases[i].at;
		struct err e = { 0 };

		if (proj_from_lon_lat(p, cases[i].crs, &at, 1, &e))
			fail_msg("%zu: %.6f %.6f", i, at.lon, at.lat);
		assert_int_equal(e.code, ERR_INPUT);
	}
	proj_close(p);
}

static void test_boxes(void **state)
{
	static const struct {
		enum crs crs;
		double corners[4];
		struct bbox box;
	} cases[] = {
		{ CRS_84, { 68, 42, 69, 43 }, { 68, 42, 69, 43 } },
		{ CRS_4326, { 42, 68, 43, 69 }, { 68, 42, 69, 43 } },
		{ CRS_4326, { 42, 179, 43, -179 }, { 179, 42, -179, 43 } },
		{ CRS_3857, { 7569725.37, 5160979.44, 7681044.86, 5311971.85 },
		    { 68, 42, 69, 43 } },
		{ CRS_32642, { 417181.93, 4650259.85, 500000, 4760814.80 },
		    { 67.9840, 42, 69, 43.0043 } },
	};
	struct proj *p = proj_open();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct bbox *want = &cases[i].box;
		struct err e = { 0 };
		struct bbox b;

		assert_true(
		    proj_box(p, cases[i].crs, cases[i].corners, &b, &e));
		if (fabs(b.west - want->west) > 1e-3 ||
		    fabs(b.south - want->south) > 1e-3 ||
		    fabs(b.east - want->east) > 1e-3 ||
		    fabs(b.north - want->north) > 1e-2)
			fail_msg("%zu: %f %f %f %f", i, b.west, b.south, b.east,
			    b.north);
	}
	proj_close(p);
}

static void test_bad_boxes(void **state)
{
	static const struct {
		enum crs crs;
		double corners[4];
	} cases[] = {
		{ CRS_84, { 68, 43, 69, 42 } },
		{ CRS_84, { 68, 42, 181, 43 } },
		{ CRS_4326, { 42, 68, 143, 69 } },
		{ CRS_4326, { 91, 42, 92, 43 } },
		{ CRS_3857, { 10, 0, 0, 10 } },
		{ CRS_3857, { 0, 10, 10, 0 } },
		{ CRS_32642, { 0, 10, 10, 0 } },
		{ CRS_32642, { 1e300, 1e300, 1e301, 1e301 } },
	};
	struct proj *p = proj_open();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bbox b;
		struct err e = { 0 };

		if (proj_box(p, cases[i].crs, cases[i].corners, &b, &e))
			fail_msg("%zu: %f %f %f %f", i, b.west, b.south, b.east,
			    b.north);
		assert_int_equal(e.code, ERR_INPUT);
	}
	proj_close(p);
}

static void test_geometry(void **state)
{
	struct proj *p = proj_open();
	const struct geom *g, *out;
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, 1 << 20);
	g = geom_from_wkt(&a, str_from("LINESTRING(68 42, 69 43)"), &e);
	out = proj_geom(p, CRS_4326, g, &a, &e);
	assert_non_null(out);
	assert_true(out->positions[1].lon == 43 && out->positions[1].lat == 69);
	assert_true(g->positions[1].lon == 69);
	assert_int_equal(out->type, GEOM_LINE);
	out = proj_geom(p, CRS_32642, g, &a, &e);
	assert_non_null(out);
	assert_true(fabs(out->positions[1].lon - 500000) < 1e-3);
	arena_free(&a);
	proj_close(p);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_boxes),
		cmocka_unit_test(test_bad_boxes),
		cmocka_unit_test(test_geometry),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
