/* The abstract tests of sorting (OGC API - Features Part 8, draft) through the
 * API: by each sortable, up and down, over all pages. */
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
#define ITEMS PROJECTS "/items"

enum { URI_MAX = 512 };

/* By the ends of ids. */
static const struct {
	const char *query, *ids;
} orders[] = {
	{ "sortby=planned", "75326148" },
	{ "sortby=%2Bplanned", "75326148" },
	{ "sortby=+planned", "75326148" },
	{ "sortby=-planned", "16235748" },
	{ "sortby=id", "12345678" },
	{ "sortby=-id", "87654321" },
	{ "sortby=-demo,id", "12356784" },
	{ "sortby=status,-id", "72461835" },
	{ "sortby=planned_end,id", "25136478" },
	{ "sortby=-planned_end,id", "63152478" },
	/* 1 1 балабақша, а, б, мектеп ж, мектеп с, са, су, b жол b */
	{ "sortby=title_kk", "62871453" },
	{ "sortby=-title_kk", "35417826" },
	{ "sortby=title_en,id", "68431752" },
	{ "sortby=progress,-planned", "65123748" },
	{ "sortby=overdue,id", "23467815" },
	{ "sortby=-planned&limit=3", "162" },
	{ "sortby=-planned&status=implementation", "16" },
	{ "sortby=-planned&filter=planned%3C200000000", "2357" },
	{ "sortby=-planned&q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF", "17" },
	{ "sortby=-planned&bbox=68,42,69,43&place=located", "123" },
};

static void test_orders(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		char uri[URI_MAX], ids[16];

		snprintf(uri, sizeof(uri), ITEMS "?%s", orders[i].query);
		for (int from = FROM_SNAPSHOT; from <= FROM_SQL; from++) {
			f->from = (enum answer_from)from;
			api_ids(f, uri, ids);
			if (strcmp(ids, orders[i].ids))
				fail_msg("%s (%d): %s instead of %s", uri, from,
				    ids, orders[i].ids);
		}
		f->from = FROM_SNAPSHOT;
	}
}

/* Forward by next, back by prev: each page is the same both ways. */
static void test_pages(void **state)
{
	struct fixture *f = *state;

	for (int from = FROM_SNAPSHOT; from <= FROM_SQL; from++) {
		char uri[URI_MAX] = ITEMS "?sortby=-planned,id&limit=3",
		     ids[16];
		char back[URI_MAX];
		json_t *page;

		f->from = (enum answer_from)from;
		api_ids(f, uri, ids);
		assert_string_equal(ids, "162");
		for (int i = 0; i < 2; i++) {
			page = api_json(f, uri);
			snprintf(uri, sizeof(uri), "%s",
			    api_link(page, "next", NULL));
			json_decref(page);
			assert_non_null(strstr(uri, "sortby=-planned,id"));
			api_ids(f, uri, ids);
			assert_string_equal(ids, i ? "48" : "357");
		}
		page = api_json(f, uri);
		assert_false(api_has_link(page, "next"));
		snprintf(
		    back, sizeof(back), "%s", api_link(page, "prev", NULL));
		json_decref(page);
		api_ids(f, back, ids);
		assert_string_equal(ids, "357");
		page = api_json(f, back);
		snprintf(
		    back, sizeof(back), "%s", api_link(page, "prev", NULL));
		json_decref(page);
		api_ids(f, back, ids);
		assert_string_equal(ids, "162");
	}
	f->from = FROM_SNAPSHOT;
}

/* A cursor is of its order. */
static void test_cursor_of_another_order(void **state)
{
	struct fixture *f = *state;
	json_t *page = api_json(f, ITEMS "?sortby=-planned&limit=3");
	const char *next = strstr(api_link(page, "next", NULL), "cursor=");
	char uri[URI_MAX];

	assert_non_null(next);
	snprintf(uri, sizeof(uri), ITEMS "?limit=3&%s", next);
	assert_int_equal(api_status(f, uri), 400);
	snprintf(uri, sizeof(uri), ITEMS "?sortby=planned&limit=3&%s", next);
	assert_int_equal(api_status(f, uri), 400);
	json_decref(page);
}

/* What can be sorted tells in its header where it stands by what. */
static void test_headers(void **state)
{
	static const char *const uris[] = { ITEMS, ITEMS "?f=csv&limit=1",
		COLLECTIONS "/districts/items", PROJECTS };

	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		struct answer a;

		fixture_ask(*state, "HEAD", uris[i], &a);
		assert_non_null(strstr(a.headers,
		    "/sortables>; rel=\"http://www.opengis.net/def/rel/ogc/"
		    "1.0/sortables\""));
		assert_non_null(strstr(a.headers,
		    "/queryables>; rel=\"http://www.opengis.net/def/rel/ogc/"
		    "1.0/queryables\""));
		answer_free(&a);
	}
}

static void check_sortables(struct fixture *f, const char *collection)
{
	char uri[URI_MAX];
	json_t *schema, *properties, *property;
	const char *name;

	snprintf(uri, sizeof(uri), COLLECTIONS "/%s/sortables", collection);
	schema = api_json(f, uri);
	properties = json_object_get(schema, "properties");
	assert_true(json_object_size(properties) > 5);
	json_object_foreach(properties, name, property)
	{
		char up[URI_MAX], down[URI_MAX];

		snprintf(up, sizeof(up), COLLECTIONS "/%s/items?sortby=%s",
		    collection, name);
		snprintf(down, sizeof(down), COLLECTIONS "/%s/items?sortby=-%s",
		    collection, name);
		assert_int_equal(api_matched(f, up), api_matched(f, down));
		assert_true(api_matched(f, up) > 0);
	}
	json_decref(schema);
}

static void test_all_sortables(void **state)
{
	check_sortables(*state, "projects");
	check_sortables(*state, "districts");
}

static void test_districts(void **state)
{
	json_t *tree =
	    api_json(*state, COLLECTIONS "/districts/items?sortby=-name_kk");
	const json_t *all = json_object_get(tree, "features");
	static const char *const katos[] = { "612000000", "613000000",
		"611000000" };

	for (size_t i = 0; i < 3; i++)
		assert_string_equal(
		    api_text(json_array_get(all, i), "id"), katos[i]);
	json_decref(tree);
}

static void test_refused(void **state)
{
	static const char *const queries[] = { "sortby=", "sortby=zqxjk",
		"sortby=years", "sortby=geometry", "sortby=-", "sortby=,",
		"sortby=planned,", "sortby=planned,-planned",
		"sortby=planned&sortby=paid", "sortby=planned%00", "sortby=%FF",
		"sortby=planned;paid", "sortby=planned%20desc",
		"sortby=this_is_not_a_sortable",
		"sortby=THIS%20IS%20NOT%20A%20SORTBY%20EXPRESSION",
		"sortby=title_kk,title_ru,title_en,status,category,work_kind,"
		"planned,paid,contracted" };

	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri), ITEMS "?%s", queries[i]);
		if (api_status(*state, uri) != 400)
			fail_msg("%s", uri);
	}
	assert_int_equal(api_status(*state, "/api/stats?sortby=planned"), 400);
	assert_int_equal(
	    api_status(*state, "/tiles/projects/0/0/0.geojson?sortby=planned"),
	    400);
}

static void test_declared(void **state)
{
	static const char *const names[] = { "sorting", "sortables",
		"features-sorting" };

	for (size_t i = 0; i < 3; i++) {
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri),
		    "http://www.opengis.net/spec/ogcapi-features-8/1.0/conf/%s",
		    names[i]);
		api_declared(*state, uri);
	}
}

/* Every format of the list has the order. */
static void test_formats(void **state)
{
	struct answer a;
	const char *first, *second;

	fixture_get(*state, ITEMS "?sortby=-planned&f=csv&limit=2", &a);
	first = strstr(a.body, "TKS-2024-000001");
	second = strstr(a.body, "TKS-2026-000006");
	assert_true(first && second && first < second);
	answer_free(&a);
	fixture_get(*state, ITEMS "?sortby=planned&f=kml", &a);
	first = strstr(a.body, "TKS-2026-000007");
	second = strstr(a.body, "TKS-2024-000001");
	assert_true(first && second && first < second);
	answer_free(&a);
	fixture_get(*state, ITEMS "?sortby=planned&f=html", &a);
	first = strstr(a.body, "<th scope=\"row\">");
	assert_non_null(first);
	assert_true(strstr(first, "TKS-2026-000007") <
		    strstr(first, "TKS-2024-000001"));
	answer_free(&a);
}

/* A page's columns sort it: once up, once more down. */
static void test_links_of_columns(void **state)
{
	struct answer a;

	fixture_get(*state, ITEMS "?sortby=planned&f=html&lang=en&limit=3", &a);
	assert_non_null(strstr(a.body,
	    "<th scope=\"col\" aria-sort=\"ascending\"><a href=\"/api/"));
	assert_non_null(strstr(a.body, "sortby=-planned\""));
	assert_non_null(strstr(a.body, "sortby=title_kk\""));
	assert_null(strstr(a.body, "sortby=years"));
	answer_free(&a);
	fixture_get(*state, ITEMS "?sortby=-planned&f=html&lang=en", &a);
	assert_non_null(strstr(a.body, "aria-sort=\"descending\""));
	assert_non_null(strstr(a.body, "sortby=planned\""));
	answer_free(&a);
}

/* A change of the very values that order does not move the page: the paging
 * goes on over the data that it began with, and once that is gone it says so.
 * By SQL there is no older data. */
static void test_a_change_in_between(void **state)
{
	struct fixture *f = *state;
	json_t *page = api_json(f, ITEMS "?sortby=-planned,id&limit=3");
	char next[URI_MAX], ids[16];

	snprintf(next, sizeof(next), "%s", api_link(page, "next", NULL));
	json_decref(page);
	fixture_import(
	    f, "projects", "id,planned\nTKS-2026-000007,900000000\n");
	fixture_rebuild(f);
	api_ids(f, ITEMS "?sortby=-planned,id&limit=3", ids);
	assert_string_equal(ids, "716");
	api_ids(f, next, ids);
	assert_string_equal(ids, "357");
	f->from = FROM_SQL;
	assert_int_equal(api_status(f, next), 410);
	f->from = FROM_SNAPSHOT;
	fixture_import(f, "projects", "id,planned\nTKS-2026-000007,1000000\n");
	fixture_rebuild(f);
	assert_int_equal(api_status(f, next), 410);
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
		cmocka_unit_test(test_orders),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_cursor_of_another_order),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_all_sortables),
		cmocka_unit_test(test_districts),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_links_of_columns),
		cmocka_unit_test(test_a_change_in_between),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
