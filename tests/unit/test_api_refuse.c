/* Every endpoint with every bad value of every parameter: a problem document,
 * never an answer, never a failure of ours, never the value itself. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/routes.h"

enum { URI_MAX = 12000, LONG = 9000 };

/* Values that stand for variables of a path. */
static const char *example_of(struct str name)
{
	if (str_is(name, "id"))
		return "TKS-2024-000001";
	if (str_is(name, "kato"))
		return "611000000";
	if (str_is(name, "collection"))
		return "districts";
	if (str_is(name, "geometry"))
		return "polygon";
	return str_is(name, "z") ? "3" : str_is(name, "x") ? "5" : "2";
}

static void make_path(char *out, const char *pattern)
{
	while (*pattern) {
		const char *end = strchr(pattern, '}');
		struct str name = { pattern + 1, 0 };
		const char *value;

		if (*pattern != '{') {
			*out++ = *pattern++;
			continue;
		}
		name.len = (size_t)(end - pattern) - 1;
		value = example_of(name);
		memcpy(out, value, strlen(value));
		out += strlen(value);
		pattern = end + 1;
	}
	*out = '\0';
}

/* Good values of what an endpoint demands, but for the row that is tested. */
static void add_required(
    char *uri, const struct param_table *t, const struct param *but)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct param *p = t->rows[i];

		if (!(p->flags & PARAM_REQUIRED) || p == but)
			continue;
		strcat(uri, strchr(uri, '?') ? "&" : "?");
		strcat(uri, p->name);
		strcat(uri, "=42");
	}
}

#define MARK "zqxjk"

/* For every type; the mark must not come back. */
static const char *const bad_for_all[] = { "", "%00", MARK "%00", "%FF%FE",
	"%C0%AF", "%ED%A0%80", MARK "%0D%0AX-Evil:1", "%", "%2", "%zz" };

static const struct {
	enum param_type type;
	const char *value;
} bad_for_type[] = {
	{ PARAM_BBOX, MARK },
	{ PARAM_BBOX, "1,2,3" },
	{ PARAM_BBOX, "1,2,3,4,5" },
	{ PARAM_BBOX, "1,9,3,4" },
	{ PARAM_BBOX, "NaN,2,3,4" },
	{ PARAM_BBOX, "1,2,Inf,4" },
	{ PARAM_BBOX, "1,2,3,-Infinity" },
	{ PARAM_BBOX, "1,2,3,1e400" },
	{ PARAM_BBOX, "-181,2,3,4" },
	{ PARAM_BBOX, "1,2,3,91" },
	{ PARAM_BBOX, "../../etc/passwd" },
	{ PARAM_BBOX, "1,2,9,3,4,5" }, /* heights reversed */
	{ PARAM_BBOX, "1,2,NaN,3,4,5" },
	{ PARAM_BBOX, "1,2,3,4,5,6,7" },
	{ PARAM_BBOX, ",,," },
	{ PARAM_INT, MARK },
	{ PARAM_INT, "0" },
	{ PARAM_INT, "-1" },
	{ PARAM_INT, "1.5" },
	{ PARAM_INT, "1e3" },
	{ PARAM_INT, "NaN" },
	{ PARAM_INT, "-99999999999999999999999" },
	{ PARAM_INT, "0x10" },
	{ PARAM_NUMBER, MARK },
	{ PARAM_NUMBER, "NaN" },
	{ PARAM_NUMBER, "Inf" },
	{ PARAM_NUMBER, "-inf" },
	{ PARAM_NUMBER, "1e999" },
	{ PARAM_NUMBER, "181" },
	{ PARAM_NUMBER, "-181" },
	{ PARAM_NUMBER, "1,5" },
	{ PARAM_MONEY, MARK },
	{ PARAM_MONEY, "-1" },
	{ PARAM_MONEY, "NaN" },
	{ PARAM_MONEY, "Inf" },
	{ PARAM_MONEY, "1e6" },
	{ PARAM_MONEY, "1.001" },
	{ PARAM_MONEY, "99999999999999999999" },
	{ PARAM_CODES, MARK },
	{ PARAM_CODES, "education,,health" },
	{ PARAM_CODES, "implementation," MARK },
	{ PARAM_CODES, "../../etc/passwd" },
	{ PARAM_CHOICE, MARK },
	{ PARAM_CHOICE, "<script>" MARK },
	{ PARAM_CHOICE, "any,located" },
	{ PARAM_DATETIME, MARK },
	{ PARAM_DATETIME, "2026-01-31T12:00:00" },
	{ PARAM_DATETIME, "2026-02-30" },
	{ PARAM_DATETIME, "../.." },
	{ PARAM_DATETIME, "2026-02-01/2026-01-01" },
	{ PARAM_DISTRICT, MARK },
	{ PARAM_DISTRICT, "61100000" },
	{ PARAM_DISTRICT, "6110000000" },
	{ PARAM_DISTRICT, "999999999" },
	{ PARAM_DISTRICT, "611000000," },
	{ PARAM_DISTRICT, "..%2F..%2Fetc" },
	{ PARAM_YEARS, MARK },
	{ PARAM_YEARS, "1999" },
	{ PARAM_YEARS, "9999" },
	{ PARAM_YEARS, "2024,,2025" },
	{ PARAM_YEARS, "2024.5" },
	{ PARAM_BOOL, MARK },
	{ PARAM_BOOL, "1" },
	{ PARAM_BOOL, "TRUE" },
	{ PARAM_NAMES, MARK },
	{ PARAM_NAMES, "title_kk," MARK },
	{ PARAM_NAMES, "title_kk,,title_ru" },
	{ PARAM_NAMES, ",title_kk" },
	{ PARAM_NAMES, "title_kk," },
	{ PARAM_NAMES, "--title_kk" },
	{ PARAM_NAMES, "../../etc/passwd" },
	{ PARAM_NAMES, "NaN" },
	{ PARAM_NAMES, "1" },
	{ PARAM_NAMES, "TITLE_KK" },
	{ PARAM_NAMES, "%20" },
	{ PARAM_FILTER, MARK },
	{ PARAM_FILTER, "planned%20>" },
	{ PARAM_FILTER, "planned%20=%20NaN" },
	{ PARAM_FILTER, "planned%20=%201e400" },
	{ PARAM_FILTER, "planned%20BETWEEN%201" },
	{ PARAM_FILTER, MARK "%20=%201" },
	{ PARAM_FILTER, "title_kk%20LIKE%20'" MARK },
	{ PARAM_FILTER, "planned_end%20=%20DATE('2026-02-30')" },
	{ PARAM_FILTER, "S_INTERSECTS(geom,POINT(NaN%201))" },
	{ PARAM_FILTER, "S_INTERSECTS(geom,POINT(181%201))" },
	{ PARAM_FILTER, "S_INTERSECTS(geom,POLYGON((0%200,1%201)))" },
	{ PARAM_FILTER, "((((((((((((((((((((((((((((((((((((((((((((" },
	{ PARAM_FILTER, "1=1;DROP%20TABLE%20project" },
	{ PARAM_TOKEN, MARK },
	{ PARAM_TOKEN, "a/b" },
	{ PARAM_TOKEN, "..%2F.." },
	{ PARAM_TOKEN, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
};

static void check_problem(const char *uri, const struct answer *a)
{
	if (a->status < 400 || a->status > 499)
		fail_msg("%.200s: %d %.300s", uri, a->status, a->body);
	if (strcmp(a->media, "application/problem+json"))
		fail_msg("%.200s: %s", uri, a->media);
	if (strstr(a->body, MARK) || strstr(a->headers, MARK))
		fail_msg("%.200s: echoes %s", uri, a->body);
	if (!strstr(a->body, "\"type\":") || !strstr(a->body, "\"title\":") ||
	    !strstr(a->body, "\"detail\":") ||
	    !strstr(a->body, "\"request_id\":\"0123456789abcdef\""))
		fail_msg("%.200s: %s", uri, a->body);
}

static void ask(struct fixture *f, const char *uri)
{
	struct answer a;

	fixture_get(f, uri, &a);
	check_problem(uri, &a);
	answer_free(&a);
}

static void ask_value(struct fixture *f, const struct endpoint *e,
    const struct param *p, const char *value)
{
	static char uri[URI_MAX];

	make_path(uri, e->pattern);
	add_required(uri, e->params, p);
	strcat(uri, strchr(uri, '?') ? "&" : "?");
	strcat(uri, p->name);
	strcat(uri, "=");
	strcat(uri, value);
	ask(f, uri);
}

static void ask_repeated(
    struct fixture *f, const struct endpoint *e, const struct param *p)
{
	char twice[64];

	snprintf(twice, sizeof(twice), "1&%s=1", p->name);
	ask_value(f, e, p, twice);
}

static void test_bad_values(void **state)
{
	struct fixture *f = *state;
	size_t n;
	const struct endpoint *all = routes_all(&n);

	for (size_t i = 0; i < n; i++) {
		const struct endpoint *e = &all[i];

		for (size_t k = 0; k < e->params->n; k++) {
			const struct param *p = e->params->rows[k];
			bool empty = e->kind == ENDPOINT_PAGE ||
				     (p->flags & PARAM_EMPTY);

			for (size_t j = empty ? 1 : 0;
			     j < sizeof(bad_for_all) / sizeof(bad_for_all[0]);
			     j++)
				ask_value(f, e, p, bad_for_all[j]);
			ask_repeated(f, e, p);
		}
	}
}

/* A zero is bad where counting begins at one. */
static bool is_bad_for(const struct param *p, size_t j)
{
	bool zero = p->type == PARAM_INT && !strcmp(bad_for_type[j].value, "0");

	return bad_for_type[j].type == p->type && !(zero && p->min <= 0);
}

static void test_bad_values_of_types(void **state)
{
	struct fixture *f = *state;
	size_t n;
	const struct endpoint *all = routes_all(&n);

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i].params->n; k++)
			for (size_t j = 0;
			     j < sizeof(bad_for_type) / sizeof(bad_for_type[0]);
			     j++)
				if (is_bad_for(all[i].params->rows[k], j))
					ask_value(f, &all[i],
					    all[i].params->rows[k],
					    bad_for_type[j].value);
}

static void test_too_long(void **state)
{
	static char text[LONG + 1];
	struct fixture *f = *state;
	size_t n;
	const struct endpoint *all = routes_all(&n);

	memset(text, 'a', LONG);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < all[i].params->n; k++)
			ask_value(f, &all[i], all[i].params->rows[k], text);
}

static void test_unknown_and_missing(void **state)
{
	struct fixture *f = *state;
	size_t n;
	const struct endpoint *all = routes_all(&n);
	char uri[URI_MAX];

	for (size_t i = 0; i < n; i++) {
		if (all[i].kind == ENDPOINT_PAGE)
			continue;
		make_path(uri, all[i].pattern);
		add_required(uri, all[i].params, NULL);
		strcat(uri, strchr(uri, '?') ? "&" : "?");
		strcat(uri, "unknownQueryParameter=" MARK);
		ask(f, uri);
	}
	ask(f, "/api/where?lon=1");
	ask(f, "/api/where?lat=1");
	ask(f, "/api/where");
	ask(f, "/api/collections/projects/items?min_planned=2&max_planned=1");
}

static const struct {
	const char *uri;
	int status;
} paths[] = {
	{ "/api/collections/" MARK, 404 },
	{ "/api/collections/" MARK "/items", 404 },
	{ "/api/collections/projects/items/" MARK, 404 },
	{ "/api/collections/projects/items/TKS-2024-999999", 404 },
	{ "/api/collections/projects/items/'%20OR%201=1", 404 },
	{ "/api/collections/districts/items/999999999", 404 },
	{ "/api/collections/districts/items/6110000001", 404 },
	{ "/api/" MARK, 404 },
	{ "/d/999999999", 404 },
	{ "/d/%3Cscript%3E" MARK, 404 },
	{ "/p/" MARK, 404 },
	{ "/tiles/projects/23/0/0.geojson", 404 },
	{ "/tiles/projects/0/1/0.geojson", 404 },
	{ "/tiles/projects/2/0/4.geojson", 404 },
	{ "/tiles/projects/-1/0/0.geojson", 400 },
	{ "/tiles/projects/1.5/0/0.geojson", 400 },
	{ "/tiles/projects/01/0/0.geojson", 400 },
	{ "/tiles/projects/" MARK "/0/0.geojson", 400 },
	{ "/tiles/projects/0/0/0." MARK, 404 },
	{ "/tiles/projects/99999999999999999999/0/0.geojson", 404 },
	{ "/tiles/" MARK "/0/0/0.geojson", 404 },
	{ "/tiles/" MARK "/0/0/0.mvt", 404 },
	{ "/tiles/" MARK ".json", 404 },
	{ "/api/collections/" MARK "/queryables", 404 },
	{ "/api/collections/" MARK "/sortables", 404 },
	{ "/api/collections/" MARK "/schema", 404 },
	{ "/api/collections/projects/" MARK, 404 },
	{ "/api/collections/" MARK "/items/1", 404 },
	{ "/api/collections/" MARK "/tiles", 404 },
	{ "/api/collections/" MARK "/tiles/WebMercatorQuad", 404 },
	{ "/api/collections/" MARK "/tiles/WebMercatorQuad/0/0/0", 404 },
	{ "/api/collections/projects/tiles/" MARK, 404 },
	{ "/api/collections/projects/tiles/" MARK "/0/0/0", 404 },
	{ "/api/collections/projects/tiles/WebMercatorQuad/25/0/0", 404 },
	{ "/api/collections/projects/tiles/WebMercatorQuad/1/2/0", 404 },
	{ "/api/collections/projects/tiles/WebMercatorQuad/1/-1/0", 400 },
	{ "/api/collections/projects/tiles/WebMercatorQuad/1/" MARK "/0", 400 },
	{ "/api/collections/projects/tiles/WebMercatorQuad/1/0", 404 },
	{ "/api/tiles/" MARK, 404 },
	{ "/api/tiles/WebMercatorQuad/0/0/1", 404 },
	{ "/api/tiles/WebMercatorQuad/NaN/0/0", 400 },
	{ "/api/tileMatrixSets/" MARK, 404 },
	{ "/kml/" MARK ".kml", 404 },
	{ "/kml/" MARK ".kmz", 404 },
	{ "/kml/" MARK "/none.kml", 404 },
	{ "/kml/" MARK "/0/0/0.kml", 404 },
	{ "/kml/projects/25/0/0.kml", 404 },
	{ "/kml/projects/1/2/0.kml", 404 },
	{ "/kml/projects/1/-1/0.kml", 400 },
	{ "/kml/projects/" MARK "/0/0.kml", 400 },
	{ "/styles/" MARK ".json", 404 },
	{ "/styles/" MARK "/point.qml", 404 },
	{ "/styles/projects/" MARK ".qml", 404 },
	{ "/opendata/" MARK ".json", 404 },
	{ "/words/" MARK, 404 },
	{ "/api/collections/projects/items?q=%20", 400 },
	{ "/api/stats?q=--", 400 },
	{ "/tiles/projects/0/0/0.geojson?q=--", 400 },
	/* attributes as parameters (Part 1, queryables) */
	{ "/api/collections/projects/items?planned=" MARK, 400 },
	{ "/api/collections/projects/items?planned=NaN", 400 },
	{ "/api/collections/projects/items?planned=1&planned=2", 400 },
	{ "/api/collections/projects/items?progress=Inf", 400 },
	{ "/api/collections/projects/items?progress=", 400 },
	{ "/api/collections/projects/items?planned_end=2026-02-30", 400 },
	{ "/api/collections/projects/items?demo=1", 400 },
	{ "/api/collections/projects/items?title_kk=", 400 },
	{ "/api/collections/projects/items?title_kk=%FF", 400 },
	{ "/api/collections/projects/items?title_kk=a%00b", 400 },
	{ "/api/collections/districts/items?kato=", 400 },
	{ "/api/collections/districts/items?area_km2=" MARK, 400 },
	{ "/api/collections/districts/items?generalised=yes", 400 },
	{ "/api/stats?filter=" MARK "%20=%201", 400 },
	{ "/kml/projects.kml?filter=" MARK "%20=%201", 400 },
};

static void test_paths(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		struct answer a;

		fixture_get(f, paths[i].uri, &a);
		check_problem(paths[i].uri, &a);
		if (a.status != paths[i].status)
			fail_msg("%s: %d", paths[i].uri, a.status);
		answer_free(&a);
	}
}

static void test_methods(void **state)
{
	static const char *const methods[] = { "POST", "PUT", "DELETE", "PATCH",
		"TRACE", "get", "" };
	struct fixture *f = *state;
	struct answer a;

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		fixture_ask(f, methods[i], "/api", &a);
		check_problem(methods[i], &a);
		assert_int_equal(a.status, 405);
		assert_int_equal(
		    a.allowed, HTTP_GET | HTTP_HEAD | HTTP_OPTIONS);
		answer_free(&a);
	}
	fixture_ask(f, "OPTIONS", "/api/stats?nonsense", &a);
	assert_int_equal(a.status, 200);
	assert_int_equal(a.len, 0);
	assert_int_equal(a.allowed, HTTP_GET | HTTP_HEAD | HTTP_OPTIONS);
	answer_free(&a);
}

/* People get a page in their language, escaped. */
static void test_pages_for_people(void **state)
{
	struct fixture *f = *state;
	struct answer a;

	f->accept = "text/html";
	f->accept_language = "ru";
	fixture_get(f, "/d/%3Cscript%3E" MARK "?q=%22%3E%3Cscript%3E", &a);
	assert_int_equal(a.status, 404);
	assert_string_equal(a.media, "text/html; charset=utf-8");
	assert_non_null(strstr(a.body, "Такой страницы нет"));
	assert_null(strstr(a.body, "<script"));
	answer_free(&a);
	fixture_get(f, "/api/nothing", &a);
	assert_string_equal(a.media, "text/html; charset=utf-8");
	answer_free(&a);
	fixture_get(f, "/api/collections?f=json&x=1", &a);
	assert_string_equal(a.media, "application/problem+json");
	answer_free(&a);
	fixture_get(f, "/tiles/nothing", &a);
	assert_string_equal(a.media, "application/problem+json");
	answer_free(&a);
	f->accept = NULL;
	fixture_get(f, "/api/collections?f=html&x=1", &a);
	assert_int_equal(a.status, 400);
	assert_string_equal(a.media, "text/html; charset=utf-8");
	answer_free(&a);
	f->accept = f->accept_language = NULL;
}

static void test_nothing_to_answer_from(void **state)
{
	static const char *const uris[] = { "/api", "/api/collections",
		"/api/collections/projects/items",
		"/api/collections/districts/items",
		"/api/collections/projects/items/TKS-2024-000001",
		"/api/stats?group=district", "/api/where?lon=1&lat=1",
		"/api/places", "/tiles/projects/0/0/0.geojson", "/d/",
		"/p/TKS-2024-000001" };
	struct fixture *f = *state;

	f->from = FROM_NOTHING;
	for (size_t i = 0; i < sizeof(uris) / sizeof(uris[0]); i++) {
		struct answer a;

		fixture_get(f, uris[i], &a);
		if (a.status != 503)
			fail_msg("%s: %d %s", uris[i], a.status, a.body);
		assert_string_equal(a.media, "application/problem+json");
		answer_free(&a);
	}
	f->from = FROM_SNAPSHOT;
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
		cmocka_unit_test(test_bad_values),
		cmocka_unit_test(test_bad_values_of_types),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_unknown_and_missing),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_pages_for_people),
		cmocka_unit_test(test_nothing_to_answer_from),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
