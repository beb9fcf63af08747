/* The database answers as the snapshots do, byte for byte. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define ITEMS "/api/collections/projects/items"
#define DISTRICTS "/api/collections/districts/items"
#define BOX "bbox=68.4,42.4,69.1,42.9"

static const char *const uris[] = {
	"/api",
	"/api/conformance",
	"/api/collections/districts",
	ITEMS,
	ITEMS "?limit=2",
	ITEMS "?offset=3&limit=2",
	ITEMS "?offset=8",
	ITEMS "?sortby=-planned&offset=5&limit=2",
	ITEMS "?sortby=title_ru&offset=2&f=csv",
	ITEMS "?f=html&lang=ru&offset=2&limit=1",
	ITEMS "?" BOX,
	ITEMS "?" BOX "&limit=1",
	ITEMS "?" BOX "&place=located",
	ITEMS "?bbox=179,42,69,43",
	ITEMS "?bbox=69,42,100,69,43,200",
	ITEMS "?bbox=0,0,1,1&place=located",
	ITEMS "?crs=http://www.opengis.net/def/crs/EPSG/0/32642",
	ITEMS "?bbox=42.4,68.4,42.9,69.1&limit=2"
	      "&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326",
	ITEMS "?f=html&lang=ru&limit=3",
	ITEMS "/TKS-2025-000004?crs=http://www.opengis.net/def/crs/EPSG/0/3857",
	ITEMS "/TKS-2025-000004?f=html",
	"/api?f=html",
	"/api/collections/districts?f=html",
	DISTRICTS "?f=html",
	ITEMS "?filter=planned%3E100000000",
	ITEMS "?filter=planned%3E100000000%20OR%20overdue&limit=2",
	ITEMS "?filter=status%3D'implementation'%20AND%20NOT%20overdue",
	ITEMS "?filter=district%20IN%20('611000000','612000000')",
	ITEMS "?filter=district%20IS%20NULL%20AND%20category%3C%3E'economy'",
	ITEMS "?filter=A_CONTAINS(years,('2025'))",
	ITEMS "?filter=A_OVERLAPS(budget_levels,('okrug','oblast'))",
	ITEMS "?filter=title_en%20LIKE%20'School%25'",
	ITEMS "?filter=CASEI(title_kk)%20LIKE%20CASEI('%D0%9C%D0%95%D0%9A%25')",
	ITEMS "?filter=planned_end%3CDATE('2026-01-01')&f=csv",
	ITEMS "?filter=T_AFTER(actual_start,DATE('2025-01-01'))",
	ITEMS "?filter=S_INTERSECTS(geometry,BBOX(68.4,42.4,69.1,42.9))",
	ITEMS
	"?filter=S_WITHIN(geometry,POLYGON((68%2042,69%2042,69%2043,68%2043"
	",68%2042)))&limit=1",
	ITEMS "?filter=S_DISJOINT(geometry,BBOX(68.4,42.4,69.1,42.9))",
	ITEMS "?filter=geometry%20IS%20NULL",
	ITEMS "?filter=id%3D'TKS-2025-000003'%20OR%20paid%3D0",
	ITEMS "?filter=customer_bin%3D'150140000012'%20AND%20demo",
	ITEMS "?filter=contractor_kk%20LIKE%20'%25%D2%9A%25'&f=kml&lang=ru",
	ITEMS "?filter=planned-paid%3E1000000&q=school",
	ITEMS "?filter=facility_type%3D'road'%20OR%20precision%3D'street'",
	ITEMS "?filter=progress%20BETWEEN%205%20AND%2050&" BOX,
	ITEMS "?filter-lang=cql2-json&filter=%7B%22op%22:%22%3E%22,%22args%22:"
	      "[%7B%22property%22:%22planned%22%7D,90000000]%7D",
	"/api/stats?group=status&filter=planned%3E100000000",
	"/tiles/projects/9/353/187.geojson?filter=overdue",
	"/d/?lang=ru&filter=overdue",
	ITEMS "?sortby=-planned,title_kk",
	ITEMS "?sortby=title_ru&limit=3",
	ITEMS "?sortby=-district,overdue,id&" BOX,
	ITEMS "?sortby=customer_kk,-actual_start&f=csv",
	ITEMS "?sortby=-progress&f=kml&limit=4",
	ITEMS "?sortby=contractor_ru&filter=planned%3E1000000&q=school",
	ITEMS "?properties=planned,title_kk",
	ITEMS "?properties=status,overdue&f=csv&sortby=-id",
	ITEMS "?properties=title_ru&f=kml&lang=ru",
	ITEMS "?properties=geometry&limit=2",
	ITEMS "?f=geojsonseq",
	ITEMS "?f=gpkg&lang=ru",
	ITEMS "?f=gpkg&lang=en&properties=planned,overdue&limit=3&" BOX,
	DISTRICTS "?f=gpkg&lang=kk",
	DISTRICTS "?zoom-level=4",
	ITEMS "?zoom-level=4&sortby=id",
	ITEMS "/TKS-2024-000001?f=gpkg&lang=en",
	ITEMS "?f=geojsonseq&limit=3&properties=paid&" BOX,
	DISTRICTS "?f=geojsonseq",
	DISTRICTS "?sortby=-area_km2,name_ru",
	ITEMS "?place=none",
	ITEMS "?datetime=2024-12-31",
	ITEMS "?datetime=2025-01-01T00:00:00Z",
	ITEMS "?datetime=../2023-12-31",
	ITEMS "?datetime=2026-06-01/..&status=implementation",
	ITEMS "?datetime=2024-12-21/2024-12-31&limit=2",
	ITEMS "?district=611000000",
	ITEMS "?district=611000000,613000000",
	ITEMS "?district=none",
	ITEMS "?district=612000000,none",
	ITEMS "?status=implementation",
	ITEMS "?status=implementation,suspended&overdue=true",
	ITEMS "?overdue=false",
	ITEMS "?category=education&work_kind=new_build",
	ITEMS "?year=2025",
	ITEMS "?year=2024,2026&budget_level=oblast",
	ITEMS "?min_planned=90000000",
	ITEMS "?max_planned=90000000",
	ITEMS "?min_planned=70000000&max_planned=120000000.50",
	ITEMS "?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF",
	ITEMS "?q=school&limit=1",
	ITEMS "?q=%D1%88%D0%BA%D0%BE%D0%BB%20%D1%80%D0%B5%D0%BC",
	ITEMS "?q=nothingofthekind",
	ITEMS "?f=csv",
	ITEMS "?f=csv&limit=3",
	ITEMS "?f=kml&lang=ru",
	ITEMS "?f=kml&lang=en&" BOX,
	ITEMS "/TKS-2024-000001",
	ITEMS "/TKS-2024-000001?f=kml&lang=en",
	ITEMS "/TKS-2024-000001?f=csv",
	ITEMS "/TKS-2024-000001?f=geojsonseq",
	ITEMS "/TKS-2024-000001?properties=paid,demo",
	DISTRICTS,
	DISTRICTS "?limit=1",
	DISTRICTS "?datetime=2024-12-31",
	DISTRICTS "?f=csv",
	DISTRICTS "?f=kml&lang=ru",
	DISTRICTS "?bbox=69.5,42.1,69.6,42.2",
	DISTRICTS "/612000000",
	DISTRICTS "/612000000?f=kml",
	"/api/stats",
	"/api/stats?group=district",
	"/api/stats?group=category&district=611000000",
	"/api/stats?group=status&" BOX,
	"/api/stats?group=work_kind&year=2025",
	"/api/stats?group=year&q=school",
	"/api/stats?group=status&datetime=2025-01-01/2025-12-31",
	"/api/where?lon=69.5&lat=42.5",
	"/api/where?lon=69&lat=43",
	"/api/where?lon=1&lat=1",
	"/api/places?q=%D0%B1",
	"/tiles/projects/0/0/0.geojson",
	"/tiles/projects/7/88/46.geojson",
	"/tiles/projects/7/88/46.geojson?datetime=2026-12-31/..",
	"/tiles/projects/9/353/187.geojson?status=implementation",
	"/tiles/projects/12/2827/1505.geojson",
	"/tiles/projects/14/11309/6021.geojson?q=%D0%BC",
	"/kml/projects.kml?lang=ru",
	"/kml/projects.kml?status=implementation&" BOX,
	"/kml/projects.kml?place=none",
	"/kml/projects.kmz?lang=en",
	"/kml/projects.kml?q=school",
	"/kml/projects/0/0/0.kml?lang=en",
	"/kml/projects/5/22/11.kml?overdue=true",
	"/kml/projects/none.kml",
	"/kml/districts.kml",
	"/kml/districts/0/0/0.kml?lang=ru",
	"/opendata/columns.json",
	"/d/",
	"/d/?lang=ru&q=school",
	"/d/613000000?lang=en",
	"/p/TKS-2024-000001?lang=en",
	"/words?lang=kk",
};

static void test_equal(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		struct answer a, b;

		f->from = FROM_SNAPSHOT;
		fixture_get(f, uris[i], &a);
		f->from = FROM_SQL;
		fixture_get(f, uris[i], &b);
		if (a.status != 200 || b.status != 200)
			fail_msg("%s: %d and %d\n%s", uris[i], a.status,
			    b.status, a.status != 200 ? a.body : b.body);
		assert_string_equal(a.media, b.media);
		assert_string_equal(a.headers, b.headers);
		if (a.len != b.len || memcmp(a.body, b.body, a.len) != 0)
			fail_msg("%s:\n%s\n--- and by SQL:\n%s", uris[i],
			    a.body, b.body);
		answer_free(&a);
		answer_free(&b);
	}
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
		cmocka_unit_test(test_equal),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
