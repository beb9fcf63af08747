/* Each format and each failure, as bytes that are reviewed. */
#include "api_fixture.h"
#include "golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ITEMS "/api/collections/projects/items"

static const struct {
	const char *name, *uri;
} cases[] = {
	{ "landing.json", "/api?lang=en" },
	{ "conformance.json", "/api/conformance" },
	{ "openapi.json", "/api/openapi.json?lang=en" },
	{ "collections.json", "/api/collections?lang=ru" },
	{ "collection.json", "/api/collections/projects" },
	{ "items.geojson", ITEMS },
	{ "items-page.geojson", ITEMS "?limit=1&status=implementation" },
	{ "items-empty.geojson", ITEMS "?q=xyz" },
	{ "items.csv", ITEMS "?f=csv" },
	{ "items-page.csv", ITEMS "?f=csv&limit=2" },
	{ "items.kml", ITEMS "?f=kml&lang=ru" },
	{ "item.geojson", ITEMS "/TKS-2024-000001" },
	{ "item.kml", ITEMS "/TKS-2025-000004?f=kml&lang=en" },
	{ "districts.geojson", "/api/collections/districts/items" },
	{ "districts.kml", "/api/collections/districts/items?f=kml" },
	{ "district.geojson", "/api/collections/districts/items/612000000" },
	{ "stats.json", "/api/stats" },
	{ "stats-district.json", "/api/stats?group=district" },
	{ "stats-year.json", "/api/stats?group=year&category=education" },
	{ "where.json", "/api/where?lon=68.5&lat=42.5" },
	{ "where-outside.json", "/api/where?lon=10&lat=10" },
	{ "places.json", "/api/places?limit=1" },
	{ "columns.json", "/opendata/columns.json" },
	{ "tile-clusters.json", "/tiles/projects/5/22/11.geojson" },
	{ "tile-clusters.mvt", "/tiles/projects/5/22/11.mvt" },
	{ "tile-districts.json", "/tiles/districts/7/88/46.geojson" },
	{ "tilejson.json", "/tiles/projects.json?lang=en&overdue=true" },
	{ "tilesets.json", "/api/tiles?lang=ru" },
	{ "tileset.json",
	    "/api/collections/projects/tiles/WebMercatorQuad?lang=en" },
	{ "tile-matrix-sets.json", "/api/tileMatrixSets" },
	{ "tile-matrix-set.json", "/api/tileMatrixSets/WebMercatorQuad" },
	{ "tile-features.json", "/tiles/projects/12/2836/1501.geojson" },
	{ "kml-root.kml", "/kml/projects.kml?lang=ru" },
	{ "kml-tile.kml", "/kml/projects/5/22/11.kml?lang=en" },
	{ "kml-districts.kml", "/kml/districts.kml" },
	{ "oblast.html", "/d/?lang=ru" },
	{ "district.html", "/d/611000000?lang=kk&limit=1" },
	{ "project.html", "/p/TKS-2024-000001?lang=en" },
	{ "project-markup.html", "/p/TKS-2025-000003?lang=en" },
	{ "words.html", "/words?lang=en" },
	{ "gis.html", "/gis?lang=en" },
	{ "style-projects.json", "/styles/projects.json?lang=en" },
	{ "style-districts.json", "/styles/districts.json?lang=ru" },
	{ "style-point.qml", "/styles/projects/point.qml?lang=en" },
	{ "style-line.qml", "/styles/projects/line.qml?lang=kk" },
	{ "style-districts.qml", "/styles/districts/polygon.qml" },
	{ "landing.html", "/api?f=html&lang=kk" },
	{ "conformance.html", "/api/conformance?f=html&lang=en" },
	{ "collections.html", "/api/collections?f=html&lang=ru" },
	{ "collection.html", "/api/collections/projects?f=html&lang=en" },
	{ "items.html", ITEMS "?f=html&lang=en&limit=2" },
	{ "item.html", ITEMS "/TKS-2025-000004?f=html&lang=ru" },
	{ "docs.html", "/api/docs?lang=en" },
	{ "400.json", ITEMS "?limit=0&lang=ru" },
	{ "404.json", "/api/nothing" },
	{ "404-project.json", ITEMS "/TKS-2020-000001" },
	{ "405.json", NULL },
};

/* Times of the test itself, in the history of records. */
static void hide_times(struct answer *a)
{
	static const char kept[] = "2026-07-01T00:00:00Z";

	for (char *at = a->body; (at = strstr(at, "Z\"")); at++) {
		char *stamp = at - (sizeof(kept) - 2);

		if (stamp > a->body && stamp[4] == '-' && stamp[10] == 'T' &&
		    stamp[16] == ':' && strncmp(stamp, kept, 20))
			memset(stamp, '0', 20);
	}
}

/* The page shows the same times as days. */
static void hide_history(struct answer *a)
{
	char *history = strstr(a->body, "<h2>History of changes</h2>");
	char *end = history ? strstr(history, "</table>") : NULL;

	if (end) {
		memmove(history, end, strlen(end) + 1);
		a->len = strlen(a->body);
	}
}

static void test_golden(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a;
		char name[128];

		if (cases[i].uri)
			fixture_get(f, cases[i].uri, &a);
		else
			fixture_ask(f, "DELETE", "/api", &a);
		hide_times(&a);
		hide_history(&a);
		snprintf(name, sizeof(name), "api/%s", cases[i].name);
		golden_check(name, (struct str){ a.body, a.len });
		answer_free(&a);
	}
}

static void compare(struct fixture *f, const char *uri, const char *name)
{
	struct answer a;

	fixture_get(f, uri, &a);
	golden_check(name, (struct str){ a.body, a.len });
	answer_free(&a);
}

/* Failures that need a state of their own. */
static void test_failures(void **state)
{
	struct fixture *f = *state;

	f->from = FROM_NOTHING;
	compare(f, ITEMS, "api/503.json");
	f->from = FROM_SNAPSHOT;
	f->body_limit = 2000;
	compare(f, ITEMS "?f=kmz&lang=en", "api/413.json");
	f->body_limit = 0;
	fixture_withdraw(f, "TKS-2026-000007");
	compare(f, ITEMS "/TKS-2026-000007?lang=en", "api/410.json");
	f->accept = "text/html";
	compare(f, "/p/TKS-2026-000007?lang=ru", "api/410.html");
	f->accept = NULL;
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
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_failures),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
