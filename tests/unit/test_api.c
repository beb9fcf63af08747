/* Paging, entity tags, versions, sums: what answers promise to each other. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ITEMS "/api/collections/projects/items"

enum { PROJECTS = 8, URI_MAX = 1024 };

static struct fixture fixture;

static int open_fixture(void **state)
{
	fixture_open(&fixture);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	fixture_close(*state);
	return 0;
}

static long number(const struct answer *a, const char *key)
{
	char name[64];
	const char *at;

	snprintf(name, sizeof(name), "\"%s\":", key);
	at = strstr(a->body, name);
	if (!at)
		fail_msg("no %s in %s", key, a->body);
	return strtol(at + strlen(name), NULL, 10);
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		n++;
	return n;
}

/* Path and query of the link, without the host; false when there is none. */
static bool find_next(const char *text, const char *mark, char *out)
{
	const char *rel = strstr(text, mark), *start, *end;

	if (!rel)
		return false;
	for (start = rel; strncmp(start, "https://map.example.kz", 22);)
		start--;
	start += 22;
	end = start + strcspn(start, "\">");
	assert_true(end - start < URI_MAX);
	memcpy(out, start, (size_t)(end - start));
	out[end - start] = '\0';
	/* '&' is written so that it is safe inside HTML. */
	for (char *amp; (amp = strstr(out, "\\u0026"));) {
		*amp = '&';
		memmove(amp + 1, amp + 6, strlen(amp + 6) + 1);
	}
	return true;
}

/* Follows next from the first page; returns how many projects were seen. */
static int walk(struct fixture *f, const char *first, const char *mark)
{
	char uri[URI_MAX];
	int seen = 0, pages = 0;
	bool more = true;

	snprintf(uri, sizeof(uri), "%s", first);
	while (more && pages++ < 20) {
		struct answer a;

		fixture_get(f, uri, &a);
		if (a.status != 200)
			fail_msg("%s: %s", uri, a.body);
		seen += (int)count(a.body, "TKS-") -
			(int)count(a.body, "items/TKS-");
		more =
		    find_next(mark[0] == '"' ? a.body : a.headers, mark, uri);
		answer_free(&a);
	}
	assert_in_range(pages, 2, 19);
	return seen;
}

static void test_paging(void **state)
{
	static const char *const from[] = { ITEMS "?limit=1", ITEMS "?limit=3",
		ITEMS "?limit=7" };
	struct fixture *f = *state;

	for (int source = FROM_SNAPSHOT; source <= FROM_SQL; source++) {
		f->from = (enum answer_from)source;
		for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++)
			assert_int_equal(
			    walk(f, from[i], "\"rel\":\"next\""), PROJECTS);
		assert_int_equal(
		    walk(f, ITEMS "?f=csv&limit=3", "rel=\"next\""), PROJECTS);
		assert_int_equal(walk(f, ITEMS "?q=%D0%BC&limit=1&place=any",
				     "\"rel\":\"next\""),
		    3); /* мектеп, мектеп, мост */
	}
	f->from = FROM_SNAPSHOT;
}

static void test_a_cursor_is_of_its_query(void **state)
{
	struct fixture *f = *state;
	char uri[URI_MAX];
	struct answer a;

	fixture_get(f, ITEMS "?limit=1", &a);
	assert_true(find_next(a.body, "\"rel\":\"next\"", uri));
	answer_free(&a);
	strcat(uri, "&status=implementation");
	fixture_get(f, uri, &a);
	assert_int_equal(a.status, 400);
	answer_free(&a);
}

static const char *const tagged[] = { "/api", ITEMS, ITEMS "?lang=ru",
	ITEMS "?f=csv", ITEMS "?f=kml", ITEMS "?f=kml&lang=ru",
	ITEMS "?bbox=68,42,69,43", ITEMS "?limit=2", ITEMS "/TKS-2024-000001",
	ITEMS "/TKS-2024-000002", "/api/stats", "/api/stats?group=district",
	"/tiles/projects/9/353/187.geojson",
	"/tiles/projects/9/353/187.geojson?overdue=true", "/d/", "/d/?lang=en",
	"/p/TKS-2024-000001", "/words" };

static void test_tags(void **state)
{
	enum { N = sizeof(tagged) / sizeof(tagged[0]) };
	struct fixture *f = *state;
	char tags[N][40];

	for (size_t i = 0; i < N; i++) {
		struct answer a, b;

		fixture_get(f, tagged[i], &a);
		memcpy(tags[i], a.etag, sizeof(tags[i]));
		if (a.etag[0] != '"' || a.len == 0)
			fail_msg("%s: %s", tagged[i], a.etag);
		for (size_t k = 0; k < i; k++)
			if (!strcmp(tags[i], tags[k]))
				fail_msg("%s and %s", tagged[i], tagged[k]);
		f->if_none_match = a.etag;
		fixture_get(f, tagged[i], &b);
		f->if_none_match = NULL;
		assert_string_equal(a.etag, b.etag);
		assert_int_equal(b.len, 0);
		answer_free(&a);
		answer_free(&b);
	}
}

static void get_tag(struct fixture *f, const char *uri, char out[static 40])
{
	struct answer a;

	fixture_get(f, uri, &a);
	assert_int_equal(a.status, 200);
	memcpy(out, a.etag, 40);
	answer_free(&a);
}

/* One place changes: its tile and record get new tags, others keep theirs. */
static void test_tags_follow_what_they_touch(void **state)
{
	static const struct {
		const char *uri;
		bool changes;
	} cases[] = {
		{ "/tiles/projects/10/706/378.geojson", true }, /* 68.5 42.5 */
		{ "/tiles/projects/10/709/374.geojson", false }, /* 69.5 43.5 */
		{ ITEMS "/TKS-2024-000001", true },
		{ ITEMS "/TKS-2026-000006", false },
		{ ITEMS, true },
		{ "/api/stats", true },
		{ "/p/TKS-2024-000001", true },
		{ "/p/TKS-2026-000006", false },
		{ "/words", false },
	};
	enum { N = sizeof(cases) / sizeof(cases[0]) };
	struct fixture *f = *state;
	char before[N][40], after[40];

	for (size_t i = 0; i < N; i++)
		get_tag(f, cases[i].uri, before[i]);
	fixture_import(f, "projects", "id,progress\nTKS-2024-000001,41\n");
	fixture_rebuild(f);
	for (size_t i = 0; i < N; i++) {
		get_tag(f, cases[i].uri, after);
		if (!strcmp(before[i], after) == cases[i].changes)
			fail_msg(
			    "%s: %s then %s", cases[i].uri, before[i], after);
	}
}

static void test_versions_of_a_paging(void **state)
{
	struct fixture *f = *state;
	char uri[URI_MAX];
	struct answer a;
	long version;

	fixture_get(f, ITEMS "?limit=3", &a);
	version = number(&a, "dataVersion");
	assert_true(find_next(a.body, "\"rel\":\"next\"", uri));
	answer_free(&a);

	/* The next version: the paging goes on over the one before. */
	fixture_import(f, "projects", "id,progress\nTKS-2024-000001,42\n");
	fixture_rebuild(f);
	fixture_get(f, uri, &a);
	assert_int_equal(a.status, 200);
	assert_int_equal(number(&a, "dataVersion"), version);
	answer_free(&a);

	/* One more, and it is gone, with the way to begin again. */
	fixture_import(f, "projects", "id,progress\nTKS-2024-000001,43\n");
	fixture_rebuild(f);
	fixture_get(f, uri, &a);
	assert_int_equal(a.status, 410);
	assert_string_equal(a.media, "application/problem+json");
	assert_non_null(strstr(a.headers,
	    "Link: <https://map.example.kz" ITEMS "?limit=3>; rel=\"first\""));
	answer_free(&a);
}

/* A search is of the database's version: an answer never mixes two. */
static void test_search_beside_an_older_snapshot(void **state)
{
	struct fixture *f = *state;
	struct answer a;
	long version;

	fixture_get(f, ITEMS, &a);
	version = number(&a, "dataVersion");
	answer_free(&a);
	fixture_import(
	    f, "projects", "id,title_en\nTKS-2026-000008,Somewhere\n");
	fixture_get(f, ITEMS "?q=somewhere", &a);
	assert_int_equal(number(&a, "numberMatched"), 1);
	assert_int_equal(number(&a, "dataVersion"), version + 1);
	assert_non_null(strstr(a.body, "\"Somewhere\""));
	answer_free(&a);
	fixture_get(f, ITEMS, &a);
	assert_int_equal(number(&a, "dataVersion"), version);
	assert_null(strstr(a.body, "\"Somewhere\""));
	answer_free(&a);
	fixture_rebuild(f);
}

/* Clusters + without a place = items = sum of the groups with "none". */
static void test_counts_agree(void **state)
{
	static const char *const filters[] = { "", "status=implementation",
		"district=611000000", "overdue=true", "year=2025",
		"min_planned=90000000", "q=%D0%BC" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		struct answer items, stats, tile;
		char uri[URI_MAX];
		long groups = 0;

		snprintf(uri, sizeof(uri), ITEMS "?%s", filters[i]);
		fixture_get(f, uri, &items);
		snprintf(uri, sizeof(uri), "/api/stats?group=district&%s",
		    filters[i]);
		fixture_get(f, uri, &stats);
		snprintf(uri, sizeof(uri), "/tiles/projects/0/0/0.geojson?%s",
		    filters[i]);
		fixture_get(f, uri, &tile);
		for (const char *at = strstr(stats.body, "\"groups\"");
		     at && (at = strstr(at, "},\"count\":"));)
			groups += strtol(at += 10, NULL, 10);
		assert_int_equal(number(&items, "numberMatched"),
		    number(&tile, "count") + number(&stats, "unlocated"));
		assert_int_equal(number(&items, "numberMatched"), groups);
		answer_free(&items);
		answer_free(&stats);
		answer_free(&tile);
	}
}

/* What was exported comes in again and changes nothing. */
static void test_csv_comes_back_unchanged(void **state)
{
	struct fixture *f = *state;
	struct answer before, csv, after;

	fixture_get(f, ITEMS, &before);
	fixture_get(f, ITEMS "?f=csv", &csv);
	assert_int_equal(csv.status, 200);
	fixture_import(f, "projects", csv.body);
	fixture_rebuild(f);
	fixture_get(f, ITEMS, &after);
	assert_string_equal(before.body, after.body);
	answer_free(&before);
	answer_free(&csv);
	answer_free(&after);
}

static void test_whole_exports_have_no_next(void **state)
{
	struct fixture *f = *state;
	struct answer a;

	fixture_get(f, ITEMS "?f=csv", &a);
	assert_null(strstr(a.headers, "rel=\"next\""));
	assert_int_equal(count(a.body, "\r\n"), PROJECTS + 1);
	assert_non_null(strstr(a.headers, "rel=\"license\""));
	answer_free(&a);
	fixture_get(f, ITEMS "?f=kml", &a);
	assert_int_equal(count(a.body, "<Placemark"), PROJECTS);
	answer_free(&a);
}

static void test_too_large_is_refused_whole(void **state)
{
	static const char *const formats[] = { "kmz", "kml" };
	struct fixture *f = *state;

	f->body_limit = 2000;
	for (size_t i = 0; i < 2; i++) {
		struct answer a;
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri), ITEMS "?f=%s", formats[i]);
		fixture_get(f, uri, &a);
		assert_int_equal(a.status, 413);
		assert_string_equal(a.media, "application/problem+json");
		answer_free(&a);
	}
	f->body_limit = 0;
}

static void test_withdrawn(void **state)
{
	struct fixture *f = *state;
	struct answer a;

	f->accept_language = "en";
	fixture_withdraw(f, "TKS-2026-000007");
	fixture_get(f, ITEMS "/TKS-2026-000007", &a);
	assert_int_equal(a.status, 410);
	answer_free(&a);
	fixture_get(f, ITEMS, &a);
	assert_int_equal(number(&a, "numberMatched"), PROJECTS - 1);
	answer_free(&a);
	f->accept = "text/html";
	fixture_get(f, "/p/TKS-2026-000007", &a);
	assert_int_equal(a.status, 410);
	assert_non_null(strstr(a.body, "This was here and is gone"));
	answer_free(&a);
	f->accept = f->accept_language = NULL;
}

static void test_languages(void **state)
{
	static const struct {
		const char *uri, *header, *text;
	} cases[] = {
		{ "/words", NULL, "lang=\"kk\"" },
		{ "/words", "ru", "lang=\"ru\"" },
		{ "/words", "en", "lang=\"en\"" },
		{ "/words", "de", "lang=\"kk\"" },
		{ "/words?lang=en", "ru", "lang=\"en\"" },
		{ ITEMS "?f=kml", "ru", "<name>Проекты</name>" },
		{ "/api", "en", "\"title\":\"Budget map\"" },
		{ "/api/nothing", "en", "\"title\":\"Not found\"" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a;

		f->accept_language = cases[i].header;
		fixture_get(f, cases[i].uri, &a);
		if (!strstr(a.body, cases[i].text))
			fail_msg("%s: %s", cases[i].uri, a.body);
		answer_free(&a);
	}
	f->accept_language = NULL;
}

/* The policy of the site allows neither inline scripts nor inline styles. */
static void test_pages_hold_no_code(void **state)
{
	static const char *const pages[] = { "/d/", "/d/611000000",
		"/p/TKS-2024-000001", "/p/TKS-2025-000003", "/words" };
	static const char *const banned[] = { "<script", " style=", "<style",
		" onclick=", "javascript:", "<b>Жол" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct answer a;

		fixture_get(f, pages[i], &a);
		assert_int_equal(a.status, 200);
		for (size_t k = 0; k < sizeof(banned) / sizeof(banned[0]); k++)
			if (strstr(a.body, banned[k]))
				fail_msg("%s: %s", pages[i], banned[k]);
		answer_free(&a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paging),
		cmocka_unit_test(test_a_cursor_is_of_its_query),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_tags_follow_what_they_touch),
		cmocka_unit_test(test_versions_of_a_paging),
		cmocka_unit_test(test_search_beside_an_older_snapshot),
		cmocka_unit_test(test_counts_agree),
		cmocka_unit_test(test_csv_comes_back_unchanged),
		cmocka_unit_test(test_whole_exports_have_no_next),
		cmocka_unit_test(test_too_large_is_refused_whole),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_pages_hold_no_code),
		cmocka_unit_test(test_withdrawn),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
