/* Shapes without what a scale cannot show (OGC API - Features Part 7, draft),
 * through the API. */
#include "api_json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/geos.h"
#include "geo/simplify.h"

#define ITEMS "/api/collections/projects/items"
#define LINE ITEMS "/TKS-2030-000001"
#define AREA ITEMS "/TKS-2030-000002"

enum { CORNERS = 600, TEXT_MAX = 65536, URI_MAX = 512 };

static const double circle = 2 * 3.14159265358979323846;

/* A road that winds and an area with a ragged edge. */
static void add_line(char *out)
{
	char *to = out + sprintf(out, "LINESTRING(");

	for (int i = 0; i <= CORNERS; i++)
		to += sprintf(to, "%s%.6f %.6f", i ? "," : "", 68.2 + 0.001 * i,
		    43.3 + 0.01 * sin(circle * i / 40));
	strcpy(to, ")");
}

static void add_area(char *out)
{
	char *to = out + sprintf(out, "POLYGON((");

	for (int i = 0; i <= CORNERS; i++) {
		double turn = circle * (i % CORNERS) / CORNERS;
		double radius = 0.3 + 0.004 * sin(turn * 70);

		to += sprintf(to, "%s%.6f %.6f", i ? "," : "",
		    69 + radius * cos(turn), 43.5 + radius * sin(turn));
	}
	strcpy(to, "))");
}

static int open_fixture(void **state)
{
	static struct fixture f;
	static char line[TEXT_MAX / 2], area[TEXT_MAX / 2], csv[TEXT_MAX * 2];

	fixture_open(&f);
	add_line(line);
	add_area(area);
	snprintf(csv, sizeof(csv),
	    "id,title_kk,status,category,work_kind,wkt,source,as_of,demo\n"
	    "TKS-2030-000001,Жол,preparation,transport,design,\"%s\",Сынақ,"
	    "2026-06-01,true\n"
	    "TKS-2030-000002,Саябақ,preparation,transport,design,\"%s\",Сынақ,"
	    "2026-06-01,true\n",
	    line, area);
	fixture_import(&f, "projects", csv);
	fixture_rebuild(&f);
	*state = &f;
	return 0;
}

static int close_fixture(void **state)
{
	fixture_close(*state);
	return 0;
}

/* The positions of a line or of an area's only ring. */
static const json_t *positions_of(const json_t *feature)
{
	const json_t *g = json_object_get(feature, "geometry");
	const json_t *all = json_object_get(g, "coordinates");

	return strcmp(api_text(g, "type"), "Polygon") ? all
						      : json_array_get(all, 0);
}

static size_t count(struct fixture *f, const char *uri)
{
	json_t *tree = api_json(f, uri);
	size_t n = json_array_size(positions_of(tree));

	json_decref(tree);
	return n;
}

/* The smaller the scale the fewer, at the largest nearly all. */
static void test_fewer(void **state)
{
	static const char *const items[] = { LINE, AREA };

	for (size_t i = 0; i < 2; i++) {
		size_t before = 0, whole = count(*state, items[i]);

		assert_int_equal(whole, CORNERS + 1);
		for (int z = 4; z <= 22; z += 2) {
			char uri[URI_MAX];
			size_t n;

			snprintf(
			    uri, sizeof(uri), "%s?zoom-level=%d", items[i], z);
			n = count(*state, uri);
			if (n < before)
				fail_msg(
				    "%s: %zu, but %zu before", uri, n, before);
			before = n;
			if (z == 6)
				assert_true(n < whole / 10);
		}
		assert_true(before > whole * 9 / 10);
	}
}

static double distance(const json_t *a, const json_t *b)
{
	double x = json_real_value(json_array_get(a, 0)) -
		   json_real_value(json_array_get(b, 0));
	double y = json_real_value(json_array_get(a, 1)) -
		   json_real_value(json_array_get(b, 1));

	return hypot(x, y);
}

/* A level between two is as fine as the finer one; beyond the last there is
 * nothing finer. */
static void test_between(void **state)
{
	assert_int_equal(count(*state, LINE "?zoom-level=6.2"),
	    count(*state, LINE "?zoom-level=7"));
	assert_int_equal(count(*state, LINE "?zoom-level=24"),
	    count(*state, LINE "?zoom-level=22"));
}

/* Ends stay within half a pixel, rings are closed. */
static void test_ends(void **state)
{
	json_t *whole = api_json(*state, LINE);
	json_t *area = api_json(*state, AREA "?zoom-level=7");
	const json_t *ring = positions_of(area), *all = positions_of(whole);

	for (int z = 2; z < 20; z += 3) {
		char uri[URI_MAX];
		json_t *tree;
		const json_t *some;
		double pixel = 360.0 / 256 / (1 << z);

		snprintf(uri, sizeof(uri), LINE "?zoom-level=%d", z);
		tree = api_json(*state, uri);
		some = positions_of(tree);
		assert_true(distance(json_array_get(some, 0),
				json_array_get(all, 0)) < pixel / 2);
		assert_true(
		    distance(json_array_get(some, json_array_size(some) - 1),
			json_array_get(all, CORNERS)) < pixel / 2);
		json_decref(tree);
	}
	assert_true(json_equal(json_array_get(ring, 0),
	    json_array_get(ring, json_array_size(ring) - 1)));
	json_decref(area);
	json_decref(whole);
}

/* Nothing else changes: what is found, in which order, with which values; what
 * is a point or nothing stays. */
static void test_only_shapes(void **state)
{
	json_t *whole = api_json(*state, ITEMS "?bbox=68,42,69.1,43.4");
	json_t *some =
	    api_json(*state, ITEMS "?bbox=68,42,69.1,43.4&zoom-level=3");
	const json_t *feature;
	size_t i;

	assert_int_equal(api_number(whole, "numberMatched"),
	    api_number(some, "numberMatched"));
	json_array_foreach(json_object_get(whole, "features"), i, feature)
	{
		const json_t *other =
		    json_array_get(json_object_get(some, "features"), i);
		const json_t *g = json_object_get(feature, "geometry");

		assert_true(json_equal(json_object_get(feature, "id"),
		    json_object_get(other, "id")));
		assert_true(json_equal(json_object_get(feature, "properties"),
		    json_object_get(other, "properties")));
		if (json_is_null(g) || !strcmp(api_text(g, "type"), "Point"))
			assert_true(
			    json_equal(g, json_object_get(other, "geometry")));
	}
	json_decref(some);
	json_decref(whole);
}

/* All formats are simplified; a page says so in its links. */
static const struct {
	const char *uri;
	size_t most; /* bytes */
	const char *holds;
} formats[] = {
	{ ITEMS "?zoom-level=6&limit=100", 20000, "zoom-level=6" },
	{ ITEMS "?zoom-level=6&limit=2", 20000, "u0026cursor=" },
	{ ITEMS "?zoom-level=6&f=csv", 9000, "LINESTRING" },
	{ ITEMS "?zoom-level=6&f=kml", 60000, "<LineString>" },
	{ ITEMS "?zoom-level=6&f=geojsonseq", 20000, "LineString" },
	{ LINE "?zoom-level=6&f=csv", 1500, "LINESTRING" },
	{ LINE "?zoom-level=6&f=kml", 20000, "<LineString>" },
	{ AREA "?zoom-level=6&f=html", 40000, "POLYGON" },
	{ AREA "?zoom-level=6&crs="
	       "http://www.opengis.net/def/crs/EPSG/0/32642",
	    10000, "Polygon" },
};

static void test_formats(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct answer a, b;

		f->from = FROM_SNAPSHOT;
		fixture_get(f, formats[i].uri, &a);
		if (a.status != 200 || a.len > formats[i].most ||
		    !strstr(a.body, formats[i].holds))
			fail_msg("%s: %d, %zu bytes, %.200s", formats[i].uri,
			    a.status, a.len, a.body);
		f->from = FROM_SQL;
		fixture_get(f, formats[i].uri, &b);
		if (strcmp(a.body, b.body))
			fail_msg("%s: %s\nby SQL %s", formats[i].uri, a.body,
			    b.body);
		answer_free(&b);
		answer_free(&a);
	}
	f->from = FROM_SNAPSHOT;
}

static void test_refused(void **state)
{
	static const char *const values[] = { "", "-1", "24.01", "NaN", "Inf",
		"six", "1e400", "6&zoom-level=6", "%00", "%FF", "+6", "6,7",
		"-0.001", "99999999999999999999" };

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri), ITEMS "?zoom-level=%s", values[i]);
		if (api_status(*state, uri) != 400)
			fail_msg("%s", uri);
		snprintf(uri, sizeof(uri), LINE "?zoom-level=%s", values[i]);
		if (api_status(*state, uri) != 400)
			fail_msg("%s", uri);
	}
	assert_int_equal(api_status(*state, "/api/stats?zoom-level=6"), 400);
}

/* --- geometry alone ---------------------------------------------------------
 */

static const struct {
	const char *wkt;
	bool same; /* it stays as it is at zoom 3 */
} shapes[] = {
	{ "POINT(68 43)", true },
	{ "MULTIPOINT((68 43),(68.0001 43))", true },
	{ "POLYGON((68 43,68.00001 43,68.00001 43.00001,68 43))", true },
	{ "LINESTRING(68 43,68.00001 43.00001)", true },
	{ "LINESTRING(0 80,0 89,10 89.5)", true },
	{ "MULTILINESTRING((60 40,70 50),(68 43,68.00001 43))", false },
	{ "POLYGON((60 40,70 40,70 50,60 50,60 40),(64 44,65 44,65 45,64 "
	  "44))",
	    false },
	{ "MULTIPOLYGON(((60 40,70 40,70 50,60 40)),((20 20,30 20,30 30,20 "
	  "20)))",
	    false },
	/* a neck that closes */
	{ "POLYGON((60 40,65 45,70 40,70 50,65 45.0001,60 50,60 40))", false },
};

static void test_shapes(void **state)
{
	struct geos *geos = geos_open();

	(void)state;
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		const struct simplify how = { .z = 3,
			.tolerance = SIMPLIFY_HALF_PIXEL };
		struct err e = { .code = ERR_NONE };
		const struct geom *g, *out;
		struct arena a;

		arena_init(&a, 1 << 20);
		g = geom_from_wkt(&a, str_from(shapes[i].wkt), &e);
		assert_non_null(g);
		out = simplify_degrees(g, &how, geos, &a, &e);
		assert_non_null(out);
		if ((out == g) != shapes[i].same)
			fail_msg("%s", shapes[i].wkt);
		if (!geos_is_valid(geos, out, NULL, 0))
			fail_msg("%s: not valid", shapes[i].wkt);
		for (size_t size = 0; size < 4096; size += 64) {
			struct arena small;

			e.code = ERR_NONE;
			arena_init(&small, size);
			if (!simplify_degrees(g, &how, geos, &small, &e))
				assert_int_equal(e.code, ERR_MEMORY);
			arena_free(&small);
		}
		arena_free(&a);
	}
	geos_close(geos);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fewer),
		cmocka_unit_test(test_between),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_only_shapes),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_shapes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
