/* Asks everything of a database twice, through snapshots and through SQL, and
 * compares the answers byte for byte: api_equal DATABASE. Prints TAP. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/tile.h"

#define ITEMS "/api/collections/projects/items"

enum { URI_MAX = 512, BOXES = 40, ZOOM_FIRST = 4, ZOOM_LAST = 16 };

static const char *const uris[] = {
	ITEMS "?limit=10000",
	ITEMS "?limit=7",
	ITEMS "?f=csv",
	ITEMS "?f=kml&lang=kk",
	ITEMS "?place=none",
	ITEMS "?place=located&overdue=true",
	ITEMS "?district=none",
	ITEMS "?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF",
	ITEMS "?q=%D0%BA%D0%B0%D0%B7%D1%8B%D0%B3%D1%83%D1%80%D1%82",
	ITEMS "?q=school+repair&limit=3",
	ITEMS "?category=education,health&status=implementation,completion",
	ITEMS "?work_kind=new_build&year=2024,2025&budget_level=oblast",
	ITEMS "?min_planned=100000000&max_planned=900000000",
	ITEMS "?datetime=2025-01-01/2025-06-30&limit=10000",
	ITEMS "?datetime=2026-01-01T00:00:00%2B05:00&place=located",
	ITEMS "?limit=10000&filter=planned%3E500000000%20AND%20NOT%20overdue",
	ITEMS "?limit=10000&filter=status%20IN('completion','maintenance')"
	      "%20OR%20district%3D'611000000'",
	ITEMS "?limit=10000&filter=S_INTERSECTS(geometry,"
	      "POLYGON((67%2041,70%2042,69%2044,67%2041)))",
	ITEMS "?limit=10000&filter=actual_start%3Eplanned_start"
	      "%20AND%20A_CONTAINS(years,('2025'))",
	ITEMS "?limit=10000&filter=contractor_bin%20IS%20NULL"
	      "%20OR%20title_ru%20LIKE%20'%25%D1%88%D0%BA%D0%BE%D0%BB%25'",
	"/api/stats?group=district&filter=paid%3Eplanned%2F2",
	"/api/stats",
	"/api/stats?group=district",
	"/api/stats?group=category",
	"/api/stats?group=status",
	"/api/stats?group=work_kind",
	"/api/stats?group=year",
	"/api/stats?group=district&q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF",
	"/api/collections/districts/items",
	"/api/collections/districts/items?f=kml&lang=en",
	"/d/?lang=ru",
	"/d/?q=%D0%BC&lang=en",
};

static void compare(struct fixture *f, const char *uri)
{
	struct answer a, b;

	f->from = FROM_SNAPSHOT;
	fixture_get(f, uri, &a);
	f->from = FROM_SQL;
	fixture_get(f, uri, &b);
	if (a.status != 200 || b.status != 200)
		fail_msg("%s: %d and %d", uri, a.status, b.status);
	if (a.len != b.len || memcmp(a.body, b.body, a.len) ||
	    strcmp(a.headers, b.headers))
		fail_msg("%s: differ", uri);
	answer_free(&a);
	answer_free(&b);
}

static void test_lists(void **state)
{
	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++)
		compare(*state, uris[i]);
}

/* Boxes all over the oblast, from the size of a village to that of half of
 * it. */
static void test_boxes(void **state)
{
	struct fixture *f = *state;
	struct bbox all = snapshot_extent(f->projects);

	for (int i = 0; i < BOXES; i++) {
		double w = (all.east - all.west) / (2 + i);
		double h = (all.north - all.south) / (2 + i);
		double x = all.west + (all.east - all.west - w) *
					  (double)(i * 7 % BOXES) / BOXES;
		double y = all.south + (all.north - all.south - h) *
					   (double)(i * 3 % BOXES) / BOXES;
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri),
		    ITEMS "?bbox=%.5f,%.5f,%.5f,%.5f&limit=2000", x, y, x + w,
		    y + h);
		compare(f, uri);
		snprintf(uri, sizeof(uri),
		    "/api/stats?group=status&bbox=%.5f,%.5f,%.5f,%.5f", x, y,
		    x + w, y + h);
		compare(f, uri);
	}
}

static void test_districts(void **state)
{
	struct fixture *f = *state;
	const struct snapshot_info *info = snapshot_info_of(f->projects);

	for (size_t i = 0; i < info->n_katos; i++) {
		struct str kato = info->katos[i];
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri), ITEMS "?district=%.*s&limit=50",
		    (int)kato.len, kato.data);
		compare(f, uri);
		snprintf(uri, sizeof(uri), "/d/%.*s?lang=en", (int)kato.len,
		    kato.data);
		compare(f, uri);
	}
}

/* The tiles of every zoom that hold the first, the middle and the last mark. */
static void test_tiles(void **state)
{
	static const char *const filters[] = { "", "?status=implementation",
		"?overdue=true&category=education" };
	struct fixture *f = *state;
	uint32_t n = snapshot_located(f->projects);
	uint32_t rows[] = { 0, n / 2, n - 1 };

	assert_true(n > 0);
	for (int z = ZOOM_FIRST; z <= ZOOM_LAST; z++) {
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			struct position at =
			    snapshot_anchor(f->projects, rows[i]);
			struct tile t = tile_of(at.lon, at.lat, z);
			char uri[URI_MAX];

			snprintf(uri, sizeof(uri),
			    "/tiles/projects/%d/%u/%u.geojson%s", z, t.x, t.y,
			    filters[i]);
			compare(f, uri);
		}
	}
}

int main(int argc, char **argv)
{
	static struct fixture f;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(test_lists, &f),
		cmocka_unit_test_prestate(test_boxes, &f),
		cmocka_unit_test_prestate(test_districts, &f),
		cmocka_unit_test_prestate(test_tiles, &f),
	};
	int failed;

	if (argc != 2) {
		fprintf(stderr, "usage: api_equal DATABASE\n");
		return 2;
	}
	fixture_open_file(&f, argv[1]);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	fixture_close(&f);
	return failed;
}
