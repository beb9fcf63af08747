/* The abstract tests of OGC API - Features Part 3 (19-079r2, annex A) and one
 * or two filters of each class of CQL2 (21-065r2), through the API. */
#include "api_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COLLECTIONS "/api/collections"
#define PROJECTS COLLECTIONS "/projects"
#define ITEMS PROJECTS "/items"
#define CRS "http://www.opengis.net/def/crs/"

enum { URI_MAX = 8192 };

/* Appends a value percent-encoded. */
static void add_encoded(char *uri, const char *value)
{
	char *to = uri + strlen(uri);

	for (; *value; value++)
		to += snprintf(to, 4, "%%%02X", (unsigned char)*value);
}

static void make_uri(char *uri, const char *before, const char *filter)
{
	snprintf(uri, URI_MAX, "%s", before);
	add_encoded(uri, filter);
}

static void sort_ids(char *ids)
{
	for (size_t i = 0; ids[i]; i++)
		for (size_t k = i + 1; ids[k]; k++)
			if (ids[k] < ids[i]) {
				char c = ids[i];

				ids[i] = ids[k];
				ids[k] = c;
			}
}

/* The ids of what a filter selects, sorted. */
static void ask(struct fixture *f, const char *before, const char *filter,
    char ids[static 16])
{
	char uri[URI_MAX];

	make_uri(uri, before, filter);
	api_ids(f, uri, ids);
	sort_ids(ids);
}

/* --- queryables -------------------------------------------------------------
 */

static void check_property(const char *name, const json_t *property)
{
	const char *format = api_text(property, "format");
	const json_t *titles = json_object_get(property, "x-titles");

	if (!strncmp(format, "geometry-", 9)) {
		assert_null(json_object_get(property, "type"));
		assert_string_equal(
		    api_text(property, "x-ogc-role"), "primary-geometry");
	} else if (!json_object_get(property, "type")) {
		fail_msg("%s has no type", name);
	}
	assert_true(strlen(api_text(property, "title")) > 0);
	assert_true(strlen(api_text(titles, "kk")) > 0);
	assert_true(strlen(api_text(titles, "ru")) > 0);
	assert_true(strlen(api_text(titles, "en")) > 0);
}

static void check_schema(struct fixture *f, const char *uri, const char *rel)
{
	static const char *const collections[] = { "projects", "districts" };

	for (size_t i = 0; i < 2; i++) {
		char path[URI_MAX], linked[256];
		json_t *k, *schema;
		const char *name;
		json_t *property;

		snprintf(path, sizeof(path), COLLECTIONS "/%s", collections[i]);
		k = api_json(f, path);
		snprintf(linked, sizeof(linked), "%s",
		    api_link(k, rel, "application/schema+json"));
		assert_string_equal(linked + strlen(path), uri);
		schema = api_json(f, linked);
		assert_string_equal(api_text(schema, "$schema"),
		    "https://json-schema.org/draft/2020-12/schema");
		snprintf(path, sizeof(path), API_BASE "%s", linked);
		assert_string_equal(api_text(schema, "$id"), path);
		assert_string_equal(api_text(schema, "type"), "object");
		assert_true(json_is_false(
		    json_object_get(schema, "additionalProperties")));
		json_object_foreach(json_object_get(schema, "properties"), name,
		    property) check_property(name, property);
		json_decref(schema);
		json_decref(k);
	}
}

static void test_schemas(void **state)
{
	struct fixture *f = *state;
	struct answer a;

	check_schema(f, "/queryables",
	    "http://www.opengis.net/def/rel/ogc/1.0/queryables");
	check_schema(f, "/sortables",
	    "http://www.opengis.net/def/rel/ogc/1.0/sortables");
	check_schema(
	    f, "/schema", "http://www.opengis.net/def/rel/ogc/1.0/schema");
	fixture_get(f, PROJECTS "/queryables", &a);
	assert_string_equal(a.media, "application/schema+json");
	answer_free(&a);
	fixture_get(f, PROJECTS "/queryables?f=html&lang=ru", &a);
	assert_non_null(strstr(a.body, "<code>work_kind</code>"));
	assert_non_null(strstr(a.body, "Капитальный ремонт"));
	answer_free(&a);
	assert_int_equal(api_status(f, COLLECTIONS "/none/queryables"), 404);
}

static void test_enums(void **state)
{
	json_t *tree = api_json(*state, PROJECTS "/queryables?lang=ru");
	const json_t *all = json_object_get(tree, "properties");
	const json_t *status = json_object_get(all, "status");
	const json_t *titles = json_object_get(
	    json_object_get(status, "x-enum-titles"), "implementation");
	const json_t *district = json_object_get(all, "district");

	assert_string_equal(api_text(status, "title"), "Статус");
	assert_int_equal(json_array_size(json_object_get(status, "enum")), 9);
	assert_string_equal(api_text(titles, "ru"), "Реализация");
	assert_int_equal(json_array_size(json_object_get(district, "enum")), 3);
	json_decref(tree);
}

/* Each of them can be used in a filter; nothing else can. */
static void test_all_queryables_in_filters(void **state)
{
	json_t *tree = api_json(*state, PROJECTS "/queryables");
	const char *name;
	const json_t *property;
	json_t *all = json_object_get(tree, "properties");

	json_object_foreach(all, name, property)
	{
		char filter[256], uri[URI_MAX];

		snprintf(filter, sizeof(filter),
		    "\"%s\" IS NULL OR \"%s\" IS NOT NULL", name, name);
		make_uri(uri, ITEMS "?filter=", filter);
		assert_int_equal(api_matched(*state, uri), 8);
	}
	assert_int_equal(
	    api_status(*state, ITEMS "?filter=zqxjk%20IS%20NULL"), 400);
	json_decref(tree);
}

/* --- filters ----------------------------------------------------------------
 */

/* What is selected, by the ends of ids. */
static const struct {
	const char *filter, *ids;
} filters[] = {
	/* basic-cql2, three-valued: 3 has no contracted, 4 and 8 no amounts */
	{ "planned > 100000000", "126" },
	{ "NOT planned > 100000000", "357" },
	{ "planned = 1000000", "7" },
	{ "planned <> 1000000", "12356" },
	{ "planned >= 300000000 OR demo = false", "146" },
	{ "planned IS NULL", "48" },
	{ "paid IS NOT NULL AND paid < 100", "7" },
	{ "status = 'implementation'", "16" },
	{ "status <> 'implementation' AND demo", "23578" },
	{ "overdue = TRUE AND NOT (status = 'suspended')", "1" },
	{ "planned_end < DATE('2026-01-01')", "25" },
	{ "id = 'TKS-2025-000003'", "3" },
	{ "contracted > 1 OR contracted <= 1", "1256" },
	/* advanced-comparison-operators */
	{ "title_en LIKE 'School%'", "17" },
	{ "title_en LIKE '_ark'", "4" },
	{ "title_en NOT LIKE '%o%'", "456" },
	{ "planned BETWEEN 70000000 AND 120000000", "235" },
	{ "category IN ('health','transport')", "23" },
	{ "category NOT IN ('education')", "23458" },
	/* case-insensitive-comparison, accent-insensitive-comparison */
	{ "CASEI(title_en) = CASEI('SCHOOL')", "1" },
	{ "CASEI(title_kk) LIKE CASEI('МЕКТЕП%')", "17" },
	{ "ACCENTI(title_kk) = ACCENTI('Са\xCC\x81ябак')", "4" },
	/* basic-spatial-functions and -plus */
	{ "S_INTERSECTS(geometry, POINT(68.5 42.5))", "1" },
	{ "S_INTERSECTS(geometry, BBOX(68.4,42.4,68.6,42.6))", "12" },
	{ "S_INTERSECTS(geometry, BBOX(179,40,-179,50))", "" },
	{ "S_INTERSECTS(geometry, LINESTRING(69 42.2, 69 42.3))", "3" },
	{ "S_INTERSECTS(geometry, POLYGON((68 42,69 42,69 43,68 43,68 42)))",
	    "123" },
	/* spatial-functions */
	{ "S_WITHIN(geometry, POLYGON((68 42,69 42,69 43,68 43,68 42)))",
	    "12" },
	{ "S_CONTAINS(geometry, POINT(69.5 42.5))", "4" },
	{ "S_DISJOINT(geometry, BBOX(68,42,69,43))", "467" },
	{ "S_CROSSES(geometry, POLYGON((68 42,69 42,69 43,68 43,68 42)))",
	    "3" },
	{ "S_EQUALS(geometry, POINT(69.5 43.5))", "67" },
	{ "S_TOUCHES(geometry, POINT(68.8 42.2))", "3" },
	{ "S_OVERLAPS(geometry, POLYGON((69.5 42.3,70 42.3,70 42.5,69.5 "
	  "42.5,69.5 42.3)))",
	    "4" },
	/* temporal-functions */
	{ "T_BEFORE(planned_end, DATE('2026-01-01'))", "25" },
	{ "T_AFTER(planned_start, DATE('2025-03-01'))", "36" },
	{ "T_DURING(INTERVAL(planned_start, planned_end), "
	  "INTERVAL('2023-12-31','2026-01-01'))",
	    "25" },
	{ "T_INTERSECTS(INTERVAL(actual_start, '..'), "
	  "INTERVAL('..','2024-02-01'))",
	    "2" },
	/* array-functions */
	{ "A_CONTAINS(years, ('2024','2025'))", "1" },
	{ "A_OVERLAPS(budget_levels, ('okrug','national_fund'))", "567" },
	{ "A_EQUALS(years, ('2026'))", "67" },
	/* property-property, arithmetic */
	{ "actual_start > planned_start", "1256" },
	{ "paid = contracted", "2" },
	{ "planned - contracted > 15000000", "16" },
	{ "paid * 2 > planned", "2" },
};

static void test_filters(void **state)
{
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		char ids[16];

		ask(*state, ITEMS "?filter=", filters[i].filter, ids);
		if (strcmp(ids, filters[i].ids))
			fail_msg("%s: %s", filters[i].filter, ids);
	}
}

/* The same as JSON. */
static const struct {
	const char *json, *ids;
} documents[] = {
	{ "{\"op\":\">\",\"args\":[{\"property\":\"planned\"},100000000]}",
	    "126" },
	{ "{\"op\":\"and\",\"args\":[{\"op\":\"=\",\"args\":[{\"property\":"
	  "\"status\"},\"implementation\"]},{\"op\":\"not\",\"args\":[{"
	  "\"op\":\"isNull\",\"args\":[{\"property\":\"paid\"}]}]}]}",
	    "1" },
	{ "{\"op\":\"s_intersects\",\"args\":[{\"property\":\"geometry\"},{"
	  "\"bbox\":[68.4,42.4,68.6,42.6]}]}",
	    "12" },
	{ "{\"op\":\"like\",\"args\":[{\"op\":\"casei\",\"args\":[{"
	  "\"property\":\"title_kk\"}]},{\"op\":\"casei\",\"args\":["
	  "\"\xD0\x9C\xD0\x95\xD0\x9A\xD0\xA2\xD0\x95\xD0\x9F%\"]}]}",
	    "17" },
	{ "{\"op\":\"t_before\",\"args\":[{\"property\":\"planned_end\"},{"
	  "\"date\":\"2026-01-01\"}]}",
	    "25" },
};

static void test_documents(void **state)
{
	for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
		char ids[16];

		ask(*state,
		    ITEMS "?filter-lang=cql2-json&filter=", documents[i].json,
		    ids);
		if (strcmp(ids, documents[i].ids))
			fail_msg("%s: %s", documents[i].json, ids);
	}
}

/* What GDAL 3.6 sends. */
static const struct {
	const char *filter, *ids;
} old[] = {
	{ "status = 'implementation'", "16" },
	{ "(planned > 100000000) AND (NOT (demo = 0 OR overdue IS NULL))",
	    "126" },
	{ "demo = 2", NULL },
	{ "title_kk ILIKE 'МЕКТЕП%'", "17" },
	{ "(title_kk ILIKE 'МЕКТЕП%') AND (title_en ILIKE 'school')", "1" },
	{ "title_kk = ' ILIKE ' OR title_en ILIKE 'park'", "4" },
	{ "planned_end < '2026-01-01T'", "25" },
	{ "title_kk = '2026-01-01Tx' OR title_kk = 'it''s'", "" },
	{ "title_kk ILIKE ", NULL },
	{ "title_kk ILIKE 'a", NULL },
	{ " ILIKE 'a'", NULL },
};

static void test_old_filters(void **state)
{
	for (size_t i = 0; i < sizeof(old) / sizeof(old[0]); i++) {
		char uri[URI_MAX], ids[16];

		make_uri(
		    uri, ITEMS "?filter-lang=cql-text&filter=", old[i].filter);
		if (!old[i].ids) {
			assert_int_equal(api_status(*state, uri), 400);
			continue;
		}
		api_ids(*state, uri, ids);
		sort_ids(ids);
		if (strcmp(ids, old[i].ids))
			fail_msg("%s: %s", old[i].filter, ids);
	}
}

static void test_reference_systems(void **state)
{
	static const struct {
		const char *crs, *filter;
	} cases[] = {
		{ "OGC/1.3/CRS84",
		    "S_INTERSECTS(geometry,BBOX(68.4,42.4,68.6,42.6))" },
		{ "EPSG/0/4326",
		    "S_INTERSECTS(geometry,BBOX(42.4,68.4,42.6,68.6))" },
		{ "EPSG/0/3857", "S_INTERSECTS(geometry,BBOX(7614253.17,"
				 "5221087.11,7636517.07,5251284.61))" },
		{ "EPSG/0/32642",
		    "S_INTERSECTS(geometry,POLYGON((450000 4694000,468000 "
		    "4694000,468000 4717000,450000 4717000,450000 "
		    "4694000)))" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char before[URI_MAX], ids[16];

		snprintf(before, sizeof(before),
		    ITEMS "?filter-crs=" CRS "%s&filter=", cases[i].crs);
		ask(*state, before, cases[i].filter, ids);
		if (strcmp(ids, "12"))
			fail_msg("%s: %s", cases[i].crs, ids);
	}
}

static void test_bad_filters(void **state)
{
	static const char *const bad[] = { "planned >", "planned > 'much'",
		"zqxjk = 1", "planned = 1; DROP TABLE project", "(planned = 1",
		"planned LIKE '1%'", "geometry = 1",
		"S_INTERSECTS(geometry, BBOX(1,2,3))", "unknown(planned) = 1",
		"planned = 1 planned = 2", "'a' = 'a" };
	char uri[URI_MAX];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct answer a;

		make_uri(uri, ITEMS "?filter=", bad[i]);
		fixture_get(*state, uri, &a);
		if (a.status != 400 ||
		    !strstr(a.body, "\"parameter\":\"filter\"") ||
		    strstr(a.body, "zqxjk") || strstr(a.body, "DROP"))
			fail_msg("%s: %d %s", bad[i], a.status, a.body);
		answer_free(&a);
	}
	assert_int_equal(api_status(*state, ITEMS "?filter="), 400);
	assert_int_equal(
	    api_status(*state, ITEMS "?filter=demo&filter-lang=ecql"), 400);
	assert_int_equal(
	    api_status(*state, ITEMS "?filter=demo&filter-crs=EPSG:4326"), 400);
	assert_int_equal(
	    api_status(*state, ITEMS "?filter=demo&filter-lang=cql2-json"),
	    400);
}

/* All filters hold together. */
static void test_with_other_filters(void **state)
{
	static const struct {
		const char *uri, *ids;
	} cases[] = {
		{ ITEMS "?filter=demo&status=implementation", "16" },
		{ ITEMS "?filter=demo&bbox=68,42,69,43&place=located", "123" },
		{ ITEMS "?filter=planned%3E1&datetime=2025-06-01", "1357" },
		{ ITEMS "?filter=planned%3E1&q=school", "17" },
		{ ITEMS "?filter=planned%3E1&district=611000000", "123" },
		{ ITEMS "?filter=planned%3E1&planned=90000000", "3" },
		{ ITEMS "?filter=geometry%20IS%20NULL&bbox=1,1,2,2", "58" },
		{ ITEMS "?filter=S_INTERSECTS(geometry,BBOX(68,42,69,43))&"
			"place=none",
		    "" },
		{ ITEMS "?demo=true&facility_type=school", "17" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char ids[16];

		api_ids(*state, cases[i].uri, ids);
		sort_ids(ids);
		if (strcmp(ids, cases[i].ids))
			fail_msg("%s: %s", cases[i].uri, ids);
	}
}

/* Pages of a filter join; a cursor is of its filter, however it is written. */
static void test_pages(void **state)
{
	struct fixture *f = *state;

	for (int source = FROM_SNAPSHOT; source <= FROM_SQL; source++) {
		char uri[URI_MAX] = ITEMS "?limit=2&filter=planned%20%3E%201";
		int64_t seen = 0;
		bool more = true;

		f->from = (enum answer_from)source;
		while (more) {
			json_t *tree = api_json(f, uri);

			assert_int_equal(api_number(tree, "numberMatched"), 6);
			seen += api_number(tree, "numberReturned");
			more = api_has_link(tree, "next");
			if (more)
				snprintf(uri, sizeof(uri), "%s",
				    api_link(tree, "next", NULL));
			json_decref(tree);
		}
		assert_int_equal(seen, 6);
		f->from = FROM_SNAPSHOT;
		memcpy(strstr(uri, "%3E") + 6, "2", 1);
		assert_int_equal(api_status(f, uri), 400);
	}
}

static void test_sums_and_tiles(void **state)
{
	json_t *stats = api_json(
	    *state, "/api/stats?filter=planned%3E100000000&group=status");
	json_t *tile = api_json(
	    *state, "/tiles/projects/0/0/0.geojson?filter=planned%3E100000000");

	assert_int_equal(
	    api_number(json_object_get(stats, "total"), "count"), 3);
	assert_int_equal(api_number(tile, "count"), 3);
	json_decref(stats);
	json_decref(tile);
}

static void test_districts(void **state)
{
	json_t *tree = api_json(*state,
	    COLLECTIONS "/districts/items?filter="
			"area_km2%3E10000%20AND%20kato%3C%3E'1'");

	assert_int_equal(api_number(tree, "numberMatched"), 1);
	json_decref(tree);
	assert_int_equal(api_matched(*state, COLLECTIONS
			     "/districts/items?name_ru=%D0%B3%D0%BE%D1%80%D0%BE"
			     "%D0%B4%20%D0%A1%D0%B5%D0%B2%D0%B5%D1%80%D0%BD"
			     "%D1%8B%D0%B9"),
	    1);
}

static void test_declared(void **state)
{
	static const char *const classes[] = {
		"ogcapi-features-3/1.0/conf/queryables",
		"ogcapi-features-3/1.0/conf/queryables-query-parameters",
		"ogcapi-features-3/1.0/conf/filter",
		"ogcapi-features-3/1.0/conf/features-filter",
		"cql2/1.0/conf/cql2-text",
		"cql2/1.0/conf/cql2-json",
		"cql2/1.0/conf/basic-cql2",
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		char uri[128];

		snprintf(uri, sizeof(uri), "http://www.opengis.net/spec/%s",
		    classes[i]);
		api_declared(*state, uri);
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
		cmocka_unit_test(test_declared),
		cmocka_unit_test(test_schemas),
		cmocka_unit_test(test_enums),
		cmocka_unit_test(test_all_queryables_in_filters),
		cmocka_unit_test(test_filters),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_old_filters),
		cmocka_unit_test(test_reference_systems),
		cmocka_unit_test(test_bad_filters),
		cmocka_unit_test(test_with_other_filters),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_sums_and_tiles),
		cmocka_unit_test(test_districts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
