#include "http/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

enum { LIMIT = 64 * 1024 };

static const struct {
	const char *uri, *path, *query;
} good[] = {
	{ "/", "/", "" },
	{ "/api", "/api", "" },
	{ "/d/", "/d/", "" },
	{ "/api?a=1&b=%20", "/api", "a=1&b=%20" },
	{ "/api?", "/api", "" },
	{ "/a?b?c", "/a", "b?c" },
	{ "/a%20b", "/a b", "" },
	{ "/%D2%9B", "/қ", "" },
	{ "/a+b", "/a+b", "" },
	{ "/a/..b/.c", "/a/..b/.c", "" },
	{ "/a?x=/../%00", "/a", "x=/../%00" },
};

static const char *const bad[] = { "", "api", "?a", "//", "//a", "/a//b", "/.",
	"/..", "/a/../b", "/a/..", "/./a", "/a%2e%2e/%2E%2e", "/%2e%2e/a",
	"/a%2Fb", "/a%2fb", "/%00", "/a%0", "/a%", "/a%zz", "/%ff", "/%c3",
	"/\xff", "/%ed%a0%80", "/a%0ab", "/a\nb", "/a%7f", "/a#b", "/a%23b",
	"http://x/" };

static void test_good(void **state)
{
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, LIMIT);
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		struct request q;

		assert_true(request_make(&q, &a, "GET", good[i].uri, &e));
		assert_true(str_is(q.path, good[i].path));
		assert_true(str_is(q.query, good[i].query));
		assert_int_equal(q.method, HTTP_GET);
		assert_ptr_equal(q.arena, &a);
	}
	arena_free(&a);
}

static void test_bad(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, LIMIT);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct request q = { .method = HTTP_POST };
		struct err e = { 0 };

		assert_false(request_make(&q, &a, "GET", bad[i], &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_int_equal(q.method, HTTP_POST);
	}
	arena_free(&a);
}

static void test_length(void **state)
{
	char uri[REQUEST_PATH_MAX + 2];
	struct arena a;
	struct request q;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, LIMIT);
	memset(uri, 'a', sizeof uri);
	uri[0] = '/';
	uri[REQUEST_PATH_MAX + 1] = '\0';
	assert_false(request_make(&q, &a, "GET", uri, &e));
	uri[REQUEST_PATH_MAX] = '\0';
	assert_true(request_make(&q, &a, "GET", uri, &e));
	assert_int_equal(q.path.len, REQUEST_PATH_MAX);
	arena_free(&a);
}

static void test_methods(void **state)
{
	static const struct {
		const char *name;
		enum http_method method;
	} cases[] = {
		{ "GET", HTTP_GET },
		{ "HEAD", HTTP_HEAD },
		{ "OPTIONS", HTTP_OPTIONS },
		{ "POST", HTTP_POST },
		{ "get", HTTP_OTHER },
		{ "", HTTP_OTHER },
		{ "GETS", HTTP_OTHER },
		{ "DELETE", HTTP_OTHER },
	};
	struct arena a;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, LIMIT);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct request q;

		assert_true(request_make(&q, &a, cases[i].name, "/", &e));
		assert_int_equal(q.method, cases[i].method);
	}
	arena_free(&a);
}

static void test_memory(void **state)
{
	bool done = false;

	(void)state;
	for (long n = 0; !done; n++) {
		struct request q = { .method = HTTP_OTHER };
		struct err e = { 0 };
		struct arena a;

		arena_init(&a, LIMIT);
		mem_fail_after(n);
		done = request_make(&q, &a, "GET", "/a?b", &e);
		mem_fail_after(-1);
		if (!done) {
			assert_int_equal(e.code, ERR_MEMORY);
			assert_int_equal(q.method, HTTP_OTHER);
		}
		arena_free(&a);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_methods),
		cmocka_unit_test(test_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
