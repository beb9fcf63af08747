/* Whichever allocation fails: an honest answer, the whole one or 503. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

#define ITEMS "/api/collections/projects/items"

enum { ALLOCATIONS_MAX = 3000 };

static const char *const uris[] = { "/api", "/api/collections",
	"/api/openapi.json", ITEMS, ITEMS "?limit=2&q=%D0%BC", ITEMS "?f=csv",
	ITEMS "?f=kml", ITEMS "?limit=x", ITEMS "/TKS-2024-000001",
	"/api/collections/districts/items/611000000?f=kml",
	"/api/stats?group=district", "/api/where?lon=68.5&lat=42.5",
	"/api/places?q=%D0%B1", "/tiles/projects/5/22/11.geojson",
	"/kml/projects.kml", "/kml/projects/0/0/0.kml",
	"/kml/projects/none.kml", "/kml/projects.kmz", ITEMS "?f=kmz",
	"/kml/districts.kml?lang=ru", "/tiles/projects/14/11309/6021.geojson",
	"/tiles/projects/12/2827/1512.mvt", "/tiles/districts/6/44/23.mvt",
	"/tiles/districts/6/44/23.geojson", "/tiles/projects.json",
	"/api/tiles/WebMercatorQuad/6/23/44", "/api/tiles/WebMercatorQuad",
	"/d/", "/d/611000000?q=a", "/p/TKS-2024-000001", "/words", "/gis",
	"/styles/projects.json", "/styles/projects/line.qml" };

static bool is_whole(const struct answer *a, const struct answer *wanted)
{
	return a->status == wanted->status && a->len == wanted->len &&
	       !memcmp(a->body, wanted->body, a->len);
}

static void fail_each(struct fixture *f, const char *uri)
{
	struct answer wanted, a = { 0 };
	bool whole = false;

	mem_fail_after(-1);
	fixture_get(f, uri, &wanted);
	for (long n = 0; !whole && n < ALLOCATIONS_MAX; n++) {
		/* Memory kept from before would hide failures. */
		arena_free(&f->arena);
		mem_fail_after(n);
		fixture_get(f, uri, &a);
		mem_fail_after(-1);
		whole = is_whole(&a, &wanted);
		if (!whole && a.status != 503 && a.status != 0)
			fail_msg("%s at %ld: %d %s", uri, n, a.status, a.body);
		answer_free(&a);
	}
	if (!whole)
		fail_msg("%s: never whole", uri);
	answer_free(&wanted);
}

static void test_each_allocation_fails(void **state)
{
	struct fixture *f = *state;

	for (int from = FROM_SNAPSHOT; from <= FROM_SQL; from++) {
		f->from = (enum answer_from)from;
		for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++)
			fail_each(f, uris[i]);
	}
}

static int open_fixture(void **state)
{
	static struct fixture f;

	fixture_open(&f);
	f.may_fail = true;
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
		cmocka_unit_test(test_each_allocation_fails),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
