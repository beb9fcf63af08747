/* The abstract tests of OGC API - Features Part 1 (17-069r4, annex A): core,
 * geojson, html, oas30, on a few projects of our own. */
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
#define PROJECTS COLLECTIONS "/projects"
#define DISTRICTS COLLECTIONS "/districts"
#define BASE API_BASE

enum { URI_MAX = 1024 };

/* --- A.2.2 landing page, API definition, conformance ------------------------
 */

static void test_landing_page(void **state)
{
	json_t *tree = api_json(*state, "/api");

	assert_true(json_is_string(json_object_get(tree, "title")));
	api_link(tree, "self", "application/json");
	api_link(tree, "alternate", "text/html");
	assert_string_equal(api_link(tree, "service-desc",
				"application/vnd.oai.openapi+json;version=3.0"),
	    "/api/openapi.json");
	assert_string_equal(
	    api_link(tree, "service-doc", "text/html"), "/api/docs");
	assert_string_equal(
	    api_link(tree, "conformance", NULL), "/api/conformance");
	assert_string_equal(api_link(tree, "data", NULL), COLLECTIONS);
	json_decref(tree);
}

static void test_definition(void **state)
{
	struct fixture *f = *state;
	struct answer a;

	fixture_get(f, "/api/openapi.json", &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(
	    a.media, "application/vnd.oai.openapi+json;version=3.0");
	assert_non_null(strstr(a.body, "\"security\":[]"));
	/* where QGIS looks for the size of a page */
	assert_non_null(
	    strstr(a.body, "\"components\":{\"parameters\":{\"limit\":{"));
	assert_non_null(
	    strstr(a.body, "{\"$ref\":\"#/components/parameters/limit\"}"));
	answer_free(&a);
	fixture_get(f, "/api/docs", &a);
	assert_int_equal(a.status, 200);
	assert_string_equal(a.media, "text/html; charset=utf-8");
	assert_non_null(strstr(a.body, "href=\"/api/stats"));
	assert_null(strstr(a.body, "href=\"/api/where")); /* lacks a place */
	answer_free(&a);
}

static void test_conformance(void **state)
{
	static const char *const classes[] = { "core", "geojson", "html",
		"oas30" };

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		char uri[128];

		snprintf(uri, sizeof(uri),
		    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/%s",
		    classes[i]);
		api_declared(*state, uri);
	}
}

/* --- A.2.4 collections ------------------------------------------------------
 */

static void check_collection(const json_t *k)
{
	static const char *const types[] = { "application/geo+json",
		"text/html", "application/vnd.google-earth.kml+xml",
		"text/csv" };
	const json_t *extent = json_object_get(k, "extent");
	const json_t *spatial = json_object_get(extent, "spatial");
	const json_t *boxes = json_object_get(spatial, "bbox");

	api_link(k, "self", "application/json");
	api_link(k, "alternate", "text/html");
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		api_link(k, "items", types[i]);
	assert_string_equal(api_text(k, "itemType"), "feature");
	assert_int_equal(json_array_size(json_array_get(boxes, 0)), 4);
	assert_string_equal(api_text(spatial, "crs"),
	    "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
}

/* What the list says of a collection is what its own resource says. */
static void check_same(const json_t *listed, const json_t *own)
{
	static const char *const members[] = { "id", "title", "description",
		"extent", "itemType", "crs", "links" };

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (!json_equal(json_object_get(listed, members[i]),
			json_object_get(own, members[i])))
			fail_msg("%s differs", members[i]);
}

static void test_collections(void **state)
{
	json_t *tree = api_json(*state, COLLECTIONS);
	const json_t *list = json_object_get(tree, "collections"), *k;
	size_t i;

	api_link(tree, "self", "application/json");
	api_link(tree, "alternate", "text/html");
	assert_true(json_array_size(list) >= 2);
	json_array_foreach(list, i, k)
	{
		char uri[128];
		json_t *own;

		check_collection(k);
		snprintf(
		    uri, sizeof(uri), COLLECTIONS "/%s", api_text(k, "id"));
		own = api_json(*state, uri);
		check_same(k, own);
		json_decref(own);
	}
	json_decref(tree);
}

/* The period of all works: of those with days, one has no end. */
static void test_temporal_extent(void **state)
{
	json_t *tree = api_json(*state, PROJECTS);
	const json_t *temporal =
	    json_object_get(json_object_get(tree, "extent"), "temporal");
	const json_t *interval =
	    json_array_get(json_object_get(temporal, "interval"), 0);

	assert_string_equal(json_string_value(json_array_get(interval, 0)),
	    "2024-01-09T18:00:00Z");
	assert_string_equal(json_string_value(json_array_get(interval, 1)),
	    "2027-01-01T18:59:59Z");
	assert_string_equal(api_text(temporal, "trs"),
	    "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian");
	json_decref(tree);
}

/* --- A.2.7 features ---------------------------------------------------------
 */

static void check_features(const json_t *tree)
{
	const json_t *features = json_object_get(tree, "features");

	assert_string_equal(api_text(tree, "type"), "FeatureCollection");
	assert_true(json_is_array(features));
	api_link(tree, "self", "application/geo+json");
	api_link(tree, "alternate", "text/html");
	api_link(tree, "collection", "application/json");
	assert_int_equal(strlen(api_text(tree, "timeStamp")), 20);
	assert_int_equal(
	    api_number(tree, "numberReturned"), json_array_size(features));
	assert_true(api_number(tree, "numberMatched") >=
		    api_number(tree, "numberReturned"));
}

static void test_features(void **state)
{
	static const char *const uris[] = { PROJECTS "/items",
		DISTRICTS "/items", PROJECTS "/items?limit=1",
		PROJECTS "/items?q=nothing", PROJECTS "/items?f=json" };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		struct answer a;
		json_t *tree = api_json(*state, uris[i]);

		check_features(tree);
		json_decref(tree);
		fixture_get(*state, uris[i], &a);
		assert_string_equal(a.media, "application/geo+json");
		answer_free(&a);
	}
}

/* Boxes of the compliance suite of OGC, and some where the projects are; those
 * without a place are in every box. */
static void test_bbox(void **state)
{
	static const struct {
		const char *box;
		int64_t projects, districts;
	} cases[] = {
		{ "-1.5,50,1.5,53", 2, 0 },
		{ "-80,-5,-70,5", 2, 0 },
		{ "177,65,-177,70", 2, 0 },
		{ "-180,85,180,90", 2, 0 },
		{ "-180,-90,180,-85", 2, 0 },
		{ "-180,-90,180,90", 8, 3 },
		{ "68.45,42.45,68.505,42.505", 3, 1 },
		{ "68.45,42.45,-100,68.505,42.505,4000", 3, 1 },
		{ "69.2,42.3,69.2,42.3", 3, 1 },
		{ "69.55,42.55,-179,42.7", 3, 1 },
		{ "70,41,68,44", 2, 3 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char uri[URI_MAX];

		snprintf(
		    uri, sizeof(uri), PROJECTS "/items?bbox=%s", cases[i].box);
		if (api_matched(*state, uri) != cases[i].projects)
			fail_msg(
			    "%s: %ld", uri, (long)api_matched(*state, uri));
		snprintf(
		    uri, sizeof(uri), DISTRICTS "/items?bbox=%s", cases[i].box);
		if (api_matched(*state, uri) != cases[i].districts)
			fail_msg(
			    "%s: %ld", uri, (long)api_matched(*state, uri));
	}
}

/* Periods of the projects, by the ends of their ids:
 * 1: 2024-03-10 to 2026-05-30, 2: 2024-01-10 to 2024-12-20,
 * 3: 2025-04-01 to 2026-12-31, 5: 2025-02-01 to 2025-12-31,
 * 6: 2026-01-15 to 2027-01-01; 4, 7 and 8 have none and always match. */
static void test_datetime(void **state)
{
	static const struct {
		const char *datetime, *ids;
	} cases[] = {
		{ "2024-01-09", "478" },
		{ "2024-01-10", "2478" },
		{ "2024-01-10T00:00:00%2B06:00", "2478" },
		{ "2024-01-09T18:00:00Z", "2478" },
		{ "2024-01-09T17:59:59Z", "478" },
		{ "2024-12-20T18:59:59Z", "12478" },
		{ "2024-12-20T19:00:00Z", "1478" },
		{ "2025-03-01/2025-04-01", "134578" },
		{ "2026-01-01/2026-01-14", "13478" },
		{ "../2024-01-10", "2478" },
		{ "/2024-01-09", "478" },
		{ "2026-12-31/..", "34678" },
		{ "2027-01-01/", "4678" },
		{ "2027-01-02/..", "478" },
		{ "1900-01-01T00:00:00Z/2100-01-01T00:00:00Z", "12345678" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char uri[URI_MAX], ids[16] = "";
		const json_t *feature;
		json_t *tree;
		size_t k;

		snprintf(uri, sizeof(uri), PROJECTS "/items?datetime=%s",
		    cases[i].datetime);
		tree = api_json(*state, uri);
		for (char id = '1'; id <= '8'; id++) {
			json_array_foreach(json_object_get(tree, "features"), k,
			    feature) if (api_text(feature, "id")[14] == id)
			    strncat(ids, &id, 1);
		}
		if (strcmp(ids, cases[i].ids))
			fail_msg("%s: %s", cases[i].datetime, ids);
		json_decref(tree);
	}
}

static void test_limit(void **state)
{
	static const struct {
		const char *limit;
		int status, returned;
	} cases[] = {
		{ "1", 200, 1 },
		{ "5", 200, 5 },
		{ "10000", 200, 8 },
		{ "10001", 200, 8 },
		{ "0", 400, 0 },
		{ "-1", 400, 0 },
		{ "ten", 400, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char uri[URI_MAX];
		struct answer a;
		json_t *tree;

		snprintf(uri, sizeof(uri), PROJECTS "/items?limit=%s",
		    cases[i].limit);
		fixture_get(*state, uri, &a);
		assert_int_equal(a.status, cases[i].status);
		tree = json_loads(a.body, 0, NULL);
		if (a.status == 200)
			assert_int_equal(api_number(tree, "numberReturned"),
			    cases[i].returned);
		json_decref(tree);
		answer_free(&a);
	}
}

/* To the last page by next, and back by prev: the same pages. */
static void test_pages(void **state)
{
	for (int source = FROM_SNAPSHOT; source <= FROM_SQL; source++) {
		char uris[16][URI_MAX] = { PROJECTS "/items?limit=3" };
		struct fixture *f = *state;
		int64_t seen = 0;
		int n = 0;
		bool more = true;

		f->from = (enum answer_from)source;
		while (more) {
			json_t *tree = api_json(f, uris[n]);

			check_features(tree);
			seen += api_number(tree, "numberReturned");
			assert_int_equal(api_has_link(tree, "prev"), n > 0);
			if (n > 0)
				assert_string_equal(api_link(tree, "prev",
							"application/geo+json"),
				    uris[n - 1]);
			more = api_has_link(tree, "next");
			if (more)
				snprintf(uris[++n], URI_MAX, "%s",
				    api_link(
					tree, "next", "application/geo+json"));
			json_decref(tree);
		}
		assert_int_equal(n, 2);
		assert_int_equal(seen, 8);
		f->from = FROM_SNAPSHOT;
	}
}

/* Clients that count for themselves (ArcGIS Pro does) reach every feature too,
 * and come from any page to the ones beside it. */
static void test_offset(void **state)
{
	static const struct {
		const char *uri;
		int returned;
		const char *prev,
		    *next; /* what it holds; NULL: there is none */
	} cases[] = {
		{ "limit=3&offset=0", 3, NULL, "cursor=" },
		{ "limit=3&offset=3", 3, "/items?limit=3", "cursor=" },
		{ "limit=3&offset=5", 3, "limit=3&offset=2", NULL },
		{ "limit=3&offset=7", 1, "limit=3&offset=4", NULL },
		{ "limit=3&offset=8", 0, "limit=3&offset=5", NULL },
		{ "limit=3&offset=4000000000", 0, "offset=999999997", NULL },
		{ "offset=6", 2, "/items", NULL },
		{ "sortby=-planned&limit=2&offset=3", 2, "offset=1",
		    "cursor=" },
		{ "filter=planned%3E1&limit=1&offset=1", 1, "limit=1",
		    "cursor=" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char uri[URI_MAX];
		json_t *tree;

		snprintf(uri, sizeof(uri), PROJECTS "/items?%s", cases[i].uri);
		tree = api_json(f, uri);
		if (api_number(tree, "numberReturned") != cases[i].returned)
			fail_msg("%s: another number", uri);
		assert_int_equal(api_has_link(tree, "prev"), !!cases[i].prev);
		assert_int_equal(api_has_link(tree, "next"), !!cases[i].next);
		if (cases[i].prev)
			assert_non_null(strstr(
			    api_link(tree, "prev", NULL), cases[i].prev));
		if (cases[i].next)
			assert_null(
			    strstr(api_link(tree, "next", NULL), "offset"));
		json_decref(tree);
	}
}

static void test_unknown_and_invalid_parameters(void **state)
{
	static const char *const uris[] = { "/api", "/api/conformance",
		COLLECTIONS, PROJECTS, PROJECTS "/items",
		PROJECTS "/items/TKS-2024-000001", DISTRICTS,
		DISTRICTS "/items" };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		char uri[URI_MAX];
		struct answer a;

		snprintf(
		    uri, sizeof(uri), "%s?unknownQueryParameter=1", uris[i]);
		fixture_get(*state, uri, &a);
		assert_int_equal(a.status, 400);
		assert_string_equal(a.media, "application/problem+json");
		answer_free(&a);
	}
}

/* --- A.2.8 one feature ------------------------------------------------------
 */

static void test_feature(void **state)
{
	static const char *const uris[] = { PROJECTS "/items/TKS-2024-000001",
		PROJECTS "/items/TKS-2026-000008",
		DISTRICTS "/items/612000000" };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		json_t *tree = api_json(*state, uris[i]);

		assert_string_equal(api_text(tree, "type"), "Feature");
		assert_string_equal(
		    api_text(tree, "id"), strrchr(uris[i], '/') + 1);
		assert_non_null(json_object_get(tree, "geometry"));
		assert_true(
		    json_is_object(json_object_get(tree, "properties")));
		assert_string_equal(
		    api_link(tree, "self", "application/geo+json"), uris[i]);
		api_link(tree, "alternate", "text/html");
		api_link(tree, "collection", "application/json");
		json_decref(tree);
	}
}

/* --- headers ----------------------------------------------------------------
 */

/* Every link of the body stands in the headers too. */
static void test_headers(void **state)
{
	static const char *const uris[] = { "/api", COLLECTIONS, PROJECTS,
		PROJECTS "/items?limit=3", PROJECTS "/items/TKS-2024-000001" };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		json_t *tree = api_json(*state, uris[i]);
		const json_t *link;
		struct answer a;
		char want[URI_MAX];
		size_t k;

		fixture_get(*state, uris[i], &a);
		json_array_foreach(json_object_get(tree, "links"), k, link)
		{
			snprintf(want, sizeof(want), "<%s>; rel=\"%s\"",
			    api_text(link, "href"), api_text(link, "rel"));
			if (!strstr(a.headers, want))
				fail_msg("%s: no %s", uris[i], want);
		}
		if (json_object_get(tree, "numberMatched")) {
			snprintf(want, sizeof(want),
			    "OGC-NumberMatched: %d\r\nOGC-NumberReturned: %d",
			    8, 3);
			assert_non_null(strstr(a.headers, want));
		}
		answer_free(&a);
		json_decref(tree);
	}
}

/* The address of a page stays whole, whatever its length; others give way. */
static void test_long_links(void **state)
{
	static char uri[12000] = PROJECTS "/items?f=csv&limit=1&status=design";
	struct answer a;

	strcpy(strrchr(uri, '=') + 1, "implementation");
	while (strlen(uri) < 8000)
		strcat(uri, ",implementation");
	fixture_get(*state, uri, &a);
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.headers, ">; rel=\"next\""));
	assert_null(strstr(a.headers, "rel=\"self\""));
	assert_true(strlen(a.headers) < 40 * 1024);
	answer_free(&a);
}

/* --- A.4 HTML ---------------------------------------------------------------
 */

static const char *const resources[] = { "/api", "/api/conformance",
	COLLECTIONS, PROJECTS, DISTRICTS, PROJECTS "/items",
	PROJECTS "/items?limit=2&status=implementation", DISTRICTS "/items",
	PROJECTS "/items/TKS-2024-000001", PROJECTS "/items/TKS-2025-000003",
	PROJECTS "/items/TKS-2026-000008", DISTRICTS "/items/613000000",
	"/api/tiles", "/api/tiles/WebMercatorQuad", PROJECTS "/tiles",
	DISTRICTS "/tiles/WebMercatorQuad", "/api/tileMatrixSets",
	"/api/tileMatrixSets/WebMercatorQuad" };

enum { RESOURCES = sizeof(resources) / sizeof(resources[0]) };

/* The same address on a page: without the host, with & escaped. */
static void on_page(char *out, const char *href)
{
	if (!strncmp(href, BASE, strlen(BASE)))
		href += strlen(BASE);
	for (; *href; href++) {
		if (*href == '&') {
			strcpy(out, "&amp;");
			out += 5;
		} else {
			*out++ = *href;
		}
	}
	*out = '\0';
}

static void check_page_links(
    struct fixture *f, const char *uri, const char *page)
{
	json_t *tree = api_json(f, uri);
	const json_t *link;
	size_t i;

	json_array_foreach(json_object_get(tree, "links"), i, link)
	{
		const char *rel = api_text(link, "rel");
		char href[URI_MAX], want[URI_MAX + 16];

		/* These are of each representation. */
		if (!strcmp(rel, "self") || !strcmp(rel, "alternate") ||
		    !strcmp(rel, "next") || !strcmp(rel, "prev") ||
		    json_object_get(link, "templated"))
			continue;
		on_page(href, api_text(link, "href"));
		/* A browser has to ask for what a program gets by itself. */
		if (!strcmp(rel, "items") && !strchr(href, '?'))
			strcat(href, "?f=geojson");
		snprintf(want, sizeof(want), "href=\"%s\"", href);
		if (!strstr(page, want))
			fail_msg("%s: no %s", uri, want);
	}
	json_decref(tree);
}

static void test_html(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < RESOURCES; i++) {
		struct answer by_accept, by_f;
		char uri[URI_MAX];

		f->accept = "text/html,application/xhtml+xml,*/*;q=0.8";
		fixture_get(f, resources[i], &by_accept);
		f->accept = NULL;
		snprintf(uri, sizeof(uri), "%s%cf=html", resources[i],
		    strchr(resources[i], '?') ? '&' : '?');
		fixture_get(f, uri, &by_f);
		if (by_accept.status != 200 || by_f.status != 200)
			fail_msg("%s: %d %s", uri, by_f.status, by_f.body);
		assert_string_equal(
		    by_accept.media, "text/html; charset=utf-8");
		assert_string_equal(by_f.media, "text/html; charset=utf-8");
		assert_non_null(strstr(by_f.body, "<h1>"));
		assert_null(strstr(by_f.body, "<script"));
		assert_null(strstr(by_f.body, " style="));
		check_page_links(f, resources[i], by_f.body);
		answer_free(&by_accept);
		answer_free(&by_f);
	}
}

/* All that a feature says stands on its page and in the list. */
static void test_html_holds_all_values(void **state)
{
	static const char *const values[] = { "TKS-2024-000001", "Мектеп салу",
		"Строительство школы", "School", "Implementation",
		"New construction", "500,000,000", "200,000,000.50",
		"10 Mar 2024", "150240000036", "ул. Абая 1" };
	static const char *const uris[] = { PROJECTS
		"/items/TKS-2024-000001?f=html&lang=en",
		PROJECTS "/items?f=html&lang=en" };

	for (size_t i = 0; i < 2; i++) {
		struct answer a;

		fixture_get(*state, uris[i], &a);
		for (size_t k = 0; k < sizeof(values) / sizeof(values[0]); k++)
			if (!strstr(a.body, values[k]))
				fail_msg("%s: no %s", uris[i], values[k]);
		answer_free(&a);
	}
}

static void test_html_languages(void **state)
{
	static const char *const langs[] = { "kk", "ru", "en" };
	struct fixture *f = *state;

	for (size_t i = 0; i < RESOURCES; i++) {
		for (size_t k = 0; k < 3; k++) {
			char want[32], uri[URI_MAX];
			struct answer a;

			snprintf(uri, sizeof(uri), "%s%cf=html&lang=%s",
			    resources[i], strchr(resources[i], '?') ? '&' : '?',
			    langs[k]);
			fixture_get(f, uri, &a);
			snprintf(
			    want, sizeof(want), "<html lang=\"%s\">", langs[k]);
			assert_non_null(strstr(a.body, want));
			answer_free(&a);
		}
	}
}

/* The form of a collection has a field for every parameter of its items, and
 * what it sends is answered though fields are empty. */
static void test_html_form(void **state)
{
	static const char *const names[] = { "bbox", "datetime", "limit",
		"district", "status", "category", "work_kind", "year",
		"budget_level", "min_planned", "max_planned", "overdue",
		"place", "q" };
	char sent[URI_MAX] = PROJECTS "/items?f=html&lang=ru&limit=3";
	struct answer a;

	fixture_get(*state, PROJECTS "?f=html", &a);
	assert_non_null(strstr(a.body, "action=\"" PROJECTS "/items\""));
	assert_non_null(strstr(a.body, "<svg "));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char want[64];

		snprintf(want, sizeof(want), " name=\"%s\"", names[i]);
		if (!strstr(a.body, want))
			fail_msg("no field %s", names[i]);
		if (strcmp(names[i], "limit")) {
			strcat(sent, "&");
			strcat(sent, names[i]);
			strcat(sent, "=");
		}
	}
	answer_free(&a);
	fixture_get(*state, sent, &a);
	assert_int_equal(a.status, 200);
	assert_non_null(strstr(a.body, "rel=\"next\""));
	answer_free(&a);
}

/* A page made for one who accepts it must not be given to others. */
static void test_vary(void **state)
{
	static const struct {
		const char *uri, *accept;
		bool page;
	} cases[] = {
		{ PROJECTS "/items", "application/geo+json", false },
		{ PROJECTS "/items", "*/*", false },
		{ PROJECTS "/items", "text/html", true },
		{ PROJECTS "/items?f=json", "text/html", false },
		{ PROJECTS "/items?f=html", "application/json", true },
		{ "/api/stats", "text/html", false },
	};
	struct fixture *f = *state;
	char tags[2][40];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a;

		f->accept = cases[i].accept;
		fixture_get(f, cases[i].uri, &a);
		assert_int_equal(!strcmp(a.media, "text/html; charset=utf-8"),
		    cases[i].page);
		if (i == 1 || i == 2)
			memcpy(tags[i - 1], a.etag, sizeof(tags[0]));
		answer_free(&a);
	}
	f->accept = NULL;
	assert_string_not_equal(tags[0], tags[1]);
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
		cmocka_unit_test(test_landing_page),
		cmocka_unit_test(test_definition),
		cmocka_unit_test(test_conformance),
		cmocka_unit_test(test_collections),
		cmocka_unit_test(test_temporal_extent),
		cmocka_unit_test(test_features),
		cmocka_unit_test(test_bbox),
		cmocka_unit_test(test_datetime),
		cmocka_unit_test(test_limit),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_offset),
		cmocka_unit_test(test_unknown_and_invalid_parameters),
		cmocka_unit_test(test_feature),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_long_links),
		cmocka_unit_test(test_html),
		cmocka_unit_test(test_html_holds_all_values),
		cmocka_unit_test(test_html_languages),
		cmocka_unit_test(test_html_form),
		cmocka_unit_test(test_vary),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
