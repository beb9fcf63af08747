#include "http/router.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const struct route routes[] = {
	{ "/", HTTP_GET, NULL },
	{ "/api", HTTP_GET, NULL },
	{ "/api/collections/{c}", HTTP_GET, NULL },
	{ "/api/collections/projects", HTTP_GET, NULL },
	{ "/api/collections/{c}/items/{id}", HTTP_GET, NULL },
	{ "/api/feedback", HTTP_POST, NULL },
	{ "/tiles/{c}/{z}/{x}/{y}.geojson", HTTP_GET, NULL },
	{ "/tiles/{c}/{z}/{x}/{y}.mvt", HTTP_GET, NULL },
	{ "/d/", HTTP_GET, NULL },
	{ "/d/{kato}", HTTP_GET, NULL },
	{ "/two", HTTP_GET, NULL },
	{ "/two", HTTP_POST, NULL },
};

enum { N = sizeof routes / sizeof routes[0], NONE = -1 };

static const struct {
	const char *path;
	enum http_method method;
	int row;
	const char *vars; /* each followed by '|' */
} found[] = {
	{ "/", HTTP_GET, 0, "" },
	{ "/", HTTP_HEAD, 0, "" },
	{ "/", HTTP_OPTIONS, 0, "" },
	{ "/api", HTTP_GET, 1, "" },
	{ "/api/collections/projects", HTTP_GET, 3, "" },
	{ "/api/collections/project", HTTP_GET, 2, "project|" },
	{ "/api/collections/a/items/TKS-2026-000001", HTTP_GET, 4,
	    "a|TKS-2026-000001|" },
	{ "/tiles/projects/3/2/1.geojson", HTTP_GET, 6, "projects|3|2|1|" },
	{ "/tiles/projects/3/2/1.mvt", HTTP_GET, 7, "projects|3|2|1|" },
	{ "/tiles/p/3/2/x.y.mvt", HTTP_GET, 7, "p|3|2|x.y|" },
	{ "/d/", HTTP_GET, 8, "" },
	{ "/d/610000000", HTTP_GET, 9, "610000000|" },
	{ "/api/feedback", HTTP_POST, 5, "" },
	{ "/api/feedback", HTTP_OPTIONS, 5, "" },
	{ "/two", HTTP_GET, 10, "" },
	{ "/two", HTTP_POST, 11, "" },
};

static const char *const missing[] = { "/a", "/api/", "/apis", "/ap",
	"/api/collections/", "/api/collections//items/x", "/d", "/d/1/",
	"/tiles/p/3/2/.mvt", "/tiles/p/3/2/1", "/tiles/p/3/2/1.mvtx",
	"/tiles/p/3/2/1/0.mvt" };

static struct request ask(const char *path, enum http_method method)
{
	return (struct request){ .method = method, .path = str_from(path) };
}

static void test_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof found / sizeof found[0]; i++) {
		struct request q = ask(found[i].path, found[i].method);
		struct route_match m = { 0 };
		struct err e = { 0 };
		char vars[256] = "";
		size_t len = 0;

		assert_true(router_find(&m, routes, N, &q, &e));
		assert_int_equal(m.route - routes, found[i].row);
		for (int v = 0; v < ROUTE_VARS && m.vars[v].data; v++)
			len += (size_t)snprintf(vars + len, sizeof vars - len,
			    "%.*s|", (int)m.vars[v].len, m.vars[v].data);
		assert_string_equal(vars, found[i].vars);
	}
}

static void test_missing(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
		struct request q = ask(missing[i], HTTP_GET);
		struct route_match m = { 0 };
		struct err e = { 0 };

		assert_false(router_find(&m, routes, N, &q, &e));
		assert_int_equal(e.code, ERR_MISSING);
		assert_int_equal(m.allowed, 0);
	}
}

static const struct {
	const char *path;
	enum http_method method;
	unsigned allowed;
} refused[] = {
	{ "/api", HTTP_POST, HTTP_GET | HTTP_HEAD | HTTP_OPTIONS },
	{ "/api", HTTP_OTHER, HTTP_GET | HTTP_HEAD | HTTP_OPTIONS },
	{ "/api/feedback", HTTP_GET, HTTP_POST | HTTP_OPTIONS },
	{ "/api/feedback", HTTP_HEAD, HTTP_POST | HTTP_OPTIONS },
	{ "/two", HTTP_OTHER, HTTP_GET | HTTP_HEAD | HTTP_OPTIONS | HTTP_POST },
};

static void test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
		struct request q = ask(refused[i].path, refused[i].method);
		struct route_match m = { 0 };
		struct err e = { 0 };

		assert_false(router_find(&m, routes, N, &q, &e));
		assert_int_equal(e.code, ERR_METHOD);
		assert_int_equal(m.allowed, refused[i].allowed);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
