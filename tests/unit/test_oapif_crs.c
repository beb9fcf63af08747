/* The abstract tests of OGC API - Features Part 2 (18-058r1, annex A). */
#include "api_json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COLLECTIONS "/api/collections"
#define ITEMS COLLECTIONS "/projects/items"
#define DISTRICTS COLLECTIONS "/districts/items"
#define CRS "http://www.opengis.net/def/crs/"
#define CRS84 CRS "OGC/1.3/CRS84"

enum { URI_MAX = 1024 };

static const char *const systems[] = { CRS84, CRS "EPSG/0/4326",
	CRS "EPSG/0/3857", CRS "EPSG/0/32641", CRS "EPSG/0/32642" };

enum { SYSTEMS = sizeof(systems) / sizeof(systems[0]) };

/* Each collection lists the same systems, the default first, and in which of
 * them it is stored. */
static void test_discovery(void **state)
{
	json_t *tree = api_json(*state, COLLECTIONS);
	const json_t *k;
	size_t i;

	api_declared(*state,
	    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
	json_array_foreach(json_object_get(tree, "collections"), i, k)
	{
		const json_t *list = json_object_get(k, "crs");

		assert_int_equal(json_array_size(list), SYSTEMS);
		for (size_t n = 0; n < SYSTEMS; n++)
			assert_string_equal(
			    json_string_value(json_array_get(list, n)),
			    systems[n]);
		assert_string_equal(api_text(k, "storageCrs"), CRS84);
	}
	json_decref(tree);
}

/* Content-Crs of every answer with coordinates, 304 too. */
static void test_header(void **state)
{
	static const char *const uris[] = { ITEMS, DISTRICTS,
		ITEMS "/TKS-2024-000001", DISTRICTS "/611000000" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		for (size_t n = 0; n <= SYSTEMS; n++) {
			char uri[URI_MAX], want[URI_MAX];
			struct answer a, again;

			snprintf(uri, sizeof(uri), "%s%s%s", uris[i],
			    n ? "?crs=" : "", n ? systems[n - 1] : "");
			snprintf(want, sizeof(want), "Content-Crs: <%s>\r\n",
			    systems[n ? n - 1 : 0]);
			fixture_get(f, uri, &a);
			assert_int_equal(a.status, 200);
			assert_non_null(strstr(a.headers, want));
			f->if_none_match = a.etag;
			fixture_get(f, uri, &again);
			f->if_none_match = NULL;
			assert_int_equal(again.len, 0);
			assert_non_null(strstr(again.headers, want));
			answer_free(&a);
			answer_free(&again);
		}
	}
}

static void test_unknown_systems(void **state)
{
	static const char *const bad[] = {
		"http://www.opengis.net/def/crs/EPSG/0/1", "EPSG:4326", "4326",
		CRS84 "," CRS84, CRS "EPSG/0/4326/", "%3Cscript%3E"
	};
	static const char *const uris[] = { ITEMS "?crs=",
		ITEMS "?bbox=68,42,69,43&bbox-crs=", ITEMS "?bbox-crs=",
		ITEMS "/TKS-2024-000001?crs=", DISTRICTS "?crs=" };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		for (size_t n = 0; n < sizeof(bad) / sizeof(bad[0]); n++) {
			char uri[URI_MAX];

			snprintf(uri, sizeof(uri), "%s%s", uris[i], bad[n]);
			assert_int_equal(api_status(*state, uri), 400);
		}
	}
	/* A list takes it, a single feature has no box. */
	assert_int_equal(
	    api_status(*state, ITEMS "/TKS-2024-000001?bbox-crs=" CRS84), 400);
	/* Files that know only one. */
	assert_int_equal(
	    api_status(*state, ITEMS "?f=kml&crs=" CRS "EPSG/0/3857"), 400);
	assert_int_equal(
	    api_status(*state, ITEMS "?f=csv&crs=" CRS "EPSG/0/3857"), 400);
	assert_int_equal(api_status(*state, ITEMS "?f=csv&crs=" CRS84), 200);
}

static const json_t *coordinates(const json_t *feature)
{
	return json_object_get(
	    json_object_get(feature, "geometry"), "coordinates");
}

static double at(const json_t *position, size_t i)
{
	return json_number_value(json_array_get(position, i));
}

/* The school stands at 68.5, 42.5. */
static void test_positions(void **state)
{
	static const struct {
		const char *crs;
		double first, second;
	} cases[] = {
		{ CRS84, 68.5, 42.5 },
		{ CRS "EPSG/0/4326", 42.5, 68.5 },
		{ CRS "EPSG/0/3857", 7625385.12, 5236173.78 },
		{ CRS "EPSG/0/32642", 458916.89, 4705414.19 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char uri[URI_MAX];
		json_t *item, *list;
		const json_t *one, *same;

		snprintf(uri, sizeof(uri), ITEMS "/TKS-2024-000001?crs=%s",
		    cases[i].crs);
		item = api_json(*state, uri);
		one = coordinates(item);
		if (fabs(at(one, 0) - cases[i].first) > 0.02 ||
		    fabs(at(one, 1) - cases[i].second) > 0.02)
			fail_msg("%s: %f %f", uri, at(one, 0), at(one, 1));
		snprintf(uri, sizeof(uri),
		    ITEMS "?district=611000000&q=school&crs=%s", cases[i].crs);
		list = api_json(*state, uri);
		same = coordinates(
		    json_array_get(json_object_get(list, "features"), 0));
		assert_true(json_equal(one, same));
		json_decref(item);
		json_decref(list);
	}
}

/* Nothing but the coordinates differs, in lists and single features. */
static void test_the_rest_is_the_same(void **state)
{
	json_t *plain = api_json(*state, ITEMS);
	json_t *other = api_json(*state, ITEMS "?crs=" CRS "EPSG/0/4326");
	json_t *a = json_object_get(plain, "features");
	json_t *b = json_object_get(other, "features");

	assert_int_equal(json_array_size(a), json_array_size(b));
	for (size_t i = 0; i < json_array_size(a); i++) {
		json_t *x = json_array_get(a, i), *y = json_array_get(b, i);

		assert_int_equal(json_is_null(json_object_get(x, "geometry")),
		    json_is_null(json_object_get(y, "geometry")));
		json_object_del(x, "geometry");
		json_object_del(y, "geometry");
		assert_true(json_equal(x, y));
	}
	json_decref(plain);
	json_decref(other);
}

/* One box told in every system selects the same. */
static void test_boxes(void **state)
{
	static const struct {
		size_t crs;
		const char *box;
	} boxes[] = {
		{ 0, "68.4,42.4,68.6,42.6" },
		{ 1, "42.4,68.4,42.6,68.6" },
		{ 1, "42.4,68.4,-10,42.6,68.6,10" },
		{ 2, "7614253.17,5221074.69,7636517.07,5251296.90" },
		{ 4, "450596,4694286,467184,4716639" },
	};

	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
		char uri[URI_MAX], ids[16];

		snprintf(uri, sizeof(uri),
		    ITEMS "?place=located&bbox=%s&bbox-crs=%s", boxes[i].box,
		    systems[boxes[i].crs]);
		api_ids(*state, uri, ids);
		if (strcmp(ids, "12") && strcmp(ids, "21"))
			fail_msg("%s: %s", uri, ids);
	}
	/* Over the antimeridian, by lat and lon: the school and the park. */
	assert_int_equal(api_matched(*state,
			     ITEMS "?place=located&bbox=42.3,69.55,42.8,68.505&"
				   "bbox-crs=" CRS "EPSG/0/4326"),
	    2);
}

static void test_bad_boxes(void **state)
{
	static const char *const uris[] = {
		ITEMS "?bbox=7614253,5221074,7636517,5251296",
		ITEMS "?bbox=68,42,169,43&bbox-crs=" CRS "EPSG/0/4326",
		ITEMS "?bbox=43,68,42,69&bbox-crs=" CRS "EPSG/0/4326",
		ITEMS "?bbox=10,0,0,10&bbox-crs=" CRS "EPSG/0/3857",
		ITEMS "?bbox=NaN,0,0,10&bbox-crs=" CRS "EPSG/0/3857",
		ITEMS "?bbox=0,0,1e400,10&bbox-crs=" CRS "EPSG/0/3857",
		ITEMS "?bbox=0,0,10&bbox-crs=" CRS "EPSG/0/3857",
	};

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++)
		if (api_status(*state, uris[i]) != 400)
			fail_msg("%s", uris[i]);
}

/* Paging goes on in the same system. */
static void test_links(void **state)
{
	json_t *tree =
	    api_json(*state, ITEMS "?limit=3&crs=" CRS "EPSG/0/32642");
	static const char part[] =
	    "crs=http:%2F%2Fwww.opengis.net%2Fdef%2Fcrs%2FEPSG%2F0%2F32642";

	assert_non_null(
	    strstr(api_link(tree, "next", "application/geo+json"), part));
	assert_non_null(
	    strstr(api_link(tree, "self", "application/geo+json"), part));
	assert_null(strstr(api_link(tree, "alternate", "text/csv"), "crs="));
	assert_int_equal(
	    api_status(*state, api_link(tree, "next", "application/geo+json")),
	    200);
	json_decref(tree);
}

static int open_fixture(void **state)
{
	static struct fixture f;

	fixture_open(&f);
	*state = &f;
	return 0;
}

static int close_fixture(void **state)
{
	fixture_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_discovery),
		cmocka_unit_test(test_header),
		cmocka_unit_test(test_unknown_systems),
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_the_rest_is_the_same),
		cmocka_unit_test(test_boxes),
		cmocka_unit_test(test_bad_boxes),
		cmocka_unit_test(test_links),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
