/* Fewer attributes than there are (OGC API - Features Part 6, draft), and
 * GeoJSON text sequences (RFC 8142), through the API. */
#include "api_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COLLECTIONS "/api/collections"
#define ITEMS COLLECTIONS "/projects/items"
#define DISTRICTS COLLECTIONS "/districts/items"

enum { URI_MAX = 4096, SEPARATOR = 0x1E };

/* Exactly these are there, in this order; id and geometry always. */
static void check_feature(const json_t *feature, const char *names)
{
	char got[URI_MAX] = "";
	const char *name;
	json_t *value, *all = json_object_get(feature, "properties");

	assert_true(json_is_string(json_object_get(feature, "id")));
	assert_non_null(json_object_get(feature, "geometry"));
	json_object_foreach(all, name, value)
	{
		strcat(got, *got ? "," : "");
		strcat(got, name);
	}
	assert_string_equal(got, names);
}

static const struct {
	const char *asked, *answered;
} lists[] = {
	{ "planned", "planned" },
	{ "planned,title_kk", "title_kk,planned" },
	{ "title_kk,planned", "title_kk,planned" },
	{ "id,geometry,paid", "paid" },
	{ "geometry", "" },
	{ "demo,demo", "demo" },
	{ "years,sector,overdue,as_of", "sector,years,overdue,as_of" },
};

static void test_lists(void **state)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		char uri[URI_MAX];
		json_t *tree, *feature;
		size_t k;

		snprintf(
		    uri, sizeof(uri), ITEMS "?properties=%s", lists[i].asked);
		tree = api_json(*state, uri);
		assert_int_equal(api_number(tree, "numberReturned"), 8);
		json_array_foreach(json_object_get(tree, "features"), k,
		    feature) check_feature(feature, lists[i].answered);
		json_decref(tree);
		snprintf(uri, sizeof(uri),
		    ITEMS "/TKS-2024-000001?properties=%s", lists[i].asked);
		tree = api_json(*state, uri);
		check_feature(tree, lists[i].answered);
		json_decref(tree);
	}
}

/* Values and geometries are those of the whole answer. */
static void test_values_stay(void **state)
{
	json_t *whole = api_json(*state, ITEMS);
	json_t *some = api_json(*state, ITEMS "?properties=planned,title_ru");
	const json_t *feature;
	size_t i;

	json_array_foreach(json_object_get(whole, "features"), i, feature)
	{
		const json_t *other =
		    json_array_get(json_object_get(some, "features"), i);
		const json_t *left = json_object_get(other, "properties");
		const json_t *right = json_object_get(feature, "properties");

		assert_true(json_equal(json_object_get(feature, "geometry"),
		    json_object_get(other, "geometry")));
		assert_true(json_equal(json_object_get(left, "planned"),
		    json_object_get(right, "planned")));
		assert_true(json_equal(json_object_get(left, "title_ru"),
		    json_object_get(right, "title_ru")));
	}
	json_decref(some);
	json_decref(whole);
}

/* Each name of the schema can be asked for. */
static void test_all_of_the_schema(void **state)
{
	static const char *const collections[] = { "projects", "districts" };

	for (size_t i = 0; i < 2; i++) {
		char uri[URI_MAX];
		const char *name;
		json_t *schema, *property, *all;

		snprintf(
		    uri, sizeof(uri), COLLECTIONS "/%s/schema", collections[i]);
		schema = api_json(*state, uri);
		all = json_object_get(schema, "properties");
		json_object_foreach(all, name, property)
		{
			snprintf(uri, sizeof(uri),
			    COLLECTIONS "/%s/items?limit=1&properties=%s",
			    collections[i], name);
			assert_int_equal(api_status(*state, uri), 200);
		}
		json_decref(schema);
	}
}

static const struct {
	const char *uri;
	const char *holds, *lacks;
} formats[] = {
	{ ITEMS "?f=csv&properties=paid,title_en",
	    "\xEF\xBB\xBFid,title_en,paid,lon,lat,wkt\r\n", "Сынақ" },
	{ ITEMS "/TKS-2024-000001?f=csv&properties=paid",
	    "TKS-2024-000001,200000000.5,68.5,42.5,\r\n", "School" },
	{ ITEMS "?f=kml&lang=en&properties=title_en,planned",
	    "<name>School</name>", "<TimeSpan>" },
	{ ITEMS "?f=kml&lang=en&properties=title_en,planned",
	    "name=\"planned\"", "name=\"paid\"" },
	{ ITEMS "?f=kml&lang=en&properties=title_en,planned",
	    "#budgetmap-feature", "#implementation" },
	{ ITEMS "?f=kml&lang=en&properties=planned",
	    "<name>TKS-2024-000001</name>", "School" },
	{ ITEMS "?f=kml&lang=en&properties=status", "#implementation",
	    "School" },
	{ ITEMS "/TKS-2024-000001?f=kml&properties=status", "#implementation",
	    "\"paid\"" },
	{ ITEMS "?f=html&lang=en&properties=title_en", "School</td>",
	    "Сынақ</td>" },
	{ ITEMS "/TKS-2024-000001?f=html&lang=en&properties=title_en",
	    "School</td>", "<th scope=\"row\">Kind of works</th>" },
	{ ITEMS "?f=geojsonseq&properties=paid&limit=1",
	    "\"properties\":{\"paid\":", "title_kk" },
	{ DISTRICTS "?f=csv&properties=name_kk", "id,name_kk,lon,lat,wkt\r\n",
	    "West district" },
	{ ITEMS "?properties=paid&crs="
		"http://www.opengis.net/def/crs/EPSG/0/3857",
	    "\"properties\":{\"paid\":", "title_kk" },
	{ ITEMS "?properties=paid&limit=2&sortby=-paid",
	    "?sortby=-paid\\u0026properties=paid\\u0026limit=2\\u0026cursor=",
	    "title_kk" },
};

static void test_formats(void **state)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		struct answer a;

		fixture_get(*state, formats[i].uri, &a);
		if (a.status != 200 || !strstr(a.body, formats[i].holds))
			fail_msg("%s: %d, no %s in %s", formats[i].uri,
			    a.status, formats[i].holds, a.body);
		if (strstr(a.body, formats[i].lacks))
			fail_msg("%s: %s in %s", formats[i].uri,
			    formats[i].lacks, a.body);
		answer_free(&a);
	}
}

static void test_refused(void **state)
{
	static const char *const queries[] = { "properties=",
		"properties=zqxjk", "properties=planned,zqxjk",
		"properties=planned,", "properties=,planned",
		"properties=-paid", "properties=planned&properties=paid",
		"properties=planned%00", "properties=%FF", "properties=*",
		"properties=PLANNED", "properties=planned%20",
		"properties=../../etc/passwd", "properties=NaN", "properties=1",
		"properties=customer_en" /* only of the full record */ };

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		static const char *const formats_of[] = { "", "&f=csv",
			"&f=kml", "&f=kmz", "&f=html", "&f=geojsonseq" };
		char uri[URI_MAX];
		bool empty = queries[i][strlen("properties=")] == '\0';

		for (size_t k = 0; k < 6; k++) {
			/* A form sends what was left empty. */
			if (empty && !strcmp(formats_of[k], "&f=html"))
				continue;
			snprintf(uri, sizeof(uri), ITEMS "?%s%s", queries[i],
			    formats_of[k]);
			if (api_status(*state, uri) != 400)
				fail_msg("%s", uri);
			snprintf(uri, sizeof(uri),
			    ITEMS "/TKS-2024-000001?%s%s", queries[i],
			    formats_of[k]);
			if (api_status(*state, uri) != 400)
				fail_msg("%s", uri);
		}
	}
}

/* --- sequences --------------------------------------------------------------
 */

/* Each record is a separator, one JSON text that is the feature of the
 * collection, a line feed. */
static size_t check_sequence(
    struct fixture *f, const char *uri, const json_t *features)
{
	struct answer a;
	const char *at;
	size_t n = 0;

	fixture_get(f, uri, &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.media, "application/geo+json-seq");
	at = a.body;
	while (*at) {
		const char *end = strchr(at, '\n');
		json_t *record;

		assert_int_equal(*at, SEPARATOR);
		assert_non_null(end);
		record = json_loadb(at + 1, (size_t)(end - at) - 1, 0, NULL);
		assert_non_null(record);
		assert_true(json_equal(record, json_array_get(features, n)));
		json_decref(record);
		at = end + 1;
		n++;
	}
	answer_free(&a);
	return n;
}

static void test_sequences(void **state)
{
	static const char *const queries[] = { "", "&place=none",
		"&sortby=-planned", "&q=nothingofthekind",
		"&crs=http://www.opengis.net/def/crs/EPSG/0/32642" };

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		char uri[URI_MAX];
		json_t *tree, *features;

		snprintf(uri, sizeof(uri), ITEMS "?limit=1000%s", queries[i]);
		tree = api_json(*state, uri);
		features = json_object_get(tree, "features");
		snprintf(uri, sizeof(uri), ITEMS "?f=geojsonseq%s", queries[i]);
		assert_int_equal(check_sequence(*state, uri, features),
		    json_array_size(features));
		json_decref(tree);
	}
}

/* The whole, or a page that says so. */
static void test_pages_of_sequences(void **state)
{
	struct answer a;

	fixture_get(*state, ITEMS "?f=geojsonseq&limit=3", &a);
	assert_non_null(strstr(a.headers, "OGC-NumberReturned: 3"));
	assert_non_null(strstr(a.headers, "OGC-NumberMatched: 8"));
	assert_non_null(strstr(a.headers, "rel=\"next\""));
	assert_non_null(strstr(a.headers, "Content-Crs: <"));
	assert_non_null(strstr(a.headers, "projects.geojsonseq"));
	answer_free(&a);
	fixture_get(*state, ITEMS "?f=geojsonseq", &a);
	assert_non_null(strstr(a.headers, "OGC-NumberReturned: 8"));
	assert_null(strstr(a.headers, "rel=\"next\""));
	answer_free(&a);
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
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_values_stay),
		cmocka_unit_test(test_all_of_the_schema),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_sequences),
		cmocka_unit_test(test_pages_of_sequences),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
