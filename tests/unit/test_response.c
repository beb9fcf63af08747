#include "http/response.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "http/problem.h"

enum { LIMIT = 256 * 1024 };

static const char lent[] = "0123456789";

static struct str slice(size_t from, size_t len)
{
	return (struct str){ lent + from, len };
}

static void join(const struct response *r, char *out, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_pieces; i++) {
		assert_true(n + r->pieces[i].iov_len < size);
		memcpy(out + n, r->pieces[i].iov_base, r->pieces[i].iov_len);
		n += r->pieces[i].iov_len;
	}
	out[n] = '\0';
}

static void test_mixes(void **state)
{
	struct arena a;
	struct response r;
	struct err e = { 0 };
	char body[64];

	(void)state;
	arena_init(&a, LIMIT);
	response_init(&r, &a);
	buf_add_text(&r.text, "[");
	response_add_mapped(&r, slice(0, 2));
	response_add_mapped(&r, slice(2, 2)); /* follows: one piece */
	response_add_mapped(&r, slice(5, 0)); /* nothing */
	response_add_mapped(&r, slice(7, 1));
	buf_add_text(&r.text, ",");
	buf_add_text(&r.text, "x");
	response_add_mapped(&r, slice(9, 1));
	buf_add_text(&r.text, "]");
	assert_true(response_seal(&r, &e));
	assert_int_equal(r.n_pieces, 6);
	assert_int_equal(r.length, 10);
	join(&r, body, sizeof body);
	assert_string_equal(body, "[01237,x9]");
	response_free(&r);
	arena_free(&a);
}

static void test_many_pieces(void **state)
{
	struct arena a;
	struct response r;
	struct err e = { 0 };
	char body[1024];

	(void)state;
	arena_init(&a, LIMIT);
	response_init(&r, &a);
	for (int i = 0; i < 200; i++) {
		response_add_mapped(&r, slice(1, 1));
		buf_add_char(&r.text, '-');
	}
	assert_true(response_seal(&r, &e));
	join(&r, body, sizeof body);
	assert_int_equal(strlen(body), 400);
	for (int i = 0; i < 400; i++)
		assert_int_equal(body[i], i % 2 == 0 ? '1' : '-');
	response_free(&r);
	arena_free(&a);
}

static void test_headers(void **state)
{
	struct arena a;
	struct response r;
	struct err e = { 0 };

	(void)state;
	arena_init(&a, LIMIT);
	response_init(&r, &a);
	response_header(&r, "Link", "<%s>; rel=%s", "/a", "next");
	response_etag(&r, 0xabcU);
	assert_string_equal(r.etag, "\"0000000000000abc\"");
	assert_true(str_is(buf_str(&r.headers), "Link: </a>; rel=next\r\n"));
	response_header(&r, "X", "a\r\nSet-Cookie: b");
	assert_true(r.failed);
	assert_false(response_seal(&r, &e));
	response_clear(&r);
	assert_int_equal(r.headers.len, 0);
	assert_string_equal(r.etag, "");
	assert_true(response_seal(&r, &e));
	response_free(&r);
	arena_free(&a);
}

static void count_release(void *held)
{
	int *order = held;

	order[order[0]] = order[0];
	order[0]++;
}

static void test_holds(void **state)
{
	struct arena a;
	struct response r;
	int order[4] = { 1, 0, 0, 0 };

	(void)state;
	arena_init(&a, LIMIT);
	response_init(&r, &a);
	assert_true(response_hold(&r, count_release, order));
	assert_true(response_hold(&r, count_release, order));
	response_clear(&r);
	assert_int_equal(order[0], 1);
	response_free(&r);
	assert_int_equal(order[0], 3);
	response_free(&r);
	assert_int_equal(order[0], 3);
	arena_free(&a);
	mem_fail_after(0);
	response_init(&r, &a);
	assert_false(response_hold(&r, count_release, order));
	mem_fail_after(-1);
	assert_int_equal(order[0], 4);
	assert_true(r.failed);
	response_free(&r);
	arena_free(&a);
}

/* Whatever allocation fails, sealing says so or the body is whole. */
static void test_memory(void **state)
{
	bool done = false;

	(void)state;
	for (long n = 0; !done; n++) {
		struct arena a;
		struct response r;
		struct err e = { 0 };

		arena_init(&a, LIMIT);
		mem_fail_after(n);
		response_init(&r, &a);
		for (int i = 0; i < 100; i++) {
			response_add_mapped(&r, slice(3, 1));
			buf_add_text(&r.text, "text");
		}
		response_header(&r, "A", "b");
		done = response_seal(&r, &e);
		mem_fail_after(-1);
		if (done)
			assert_int_equal(r.length, 500);
		else
			assert_int_equal(e.code, ERR_MEMORY);
		response_free(&r);
		arena_free(&a);
	}
}

static const struct {
	enum err_code code;
	int status;
} statuses[] = {
	{ ERR_INPUT, 400 },
	{ ERR_MISSING, 404 },
	{ ERR_METHOD, 405 },
	{ ERR_ACCEPT, 406 },
	{ ERR_CONFLICT, 409 },
	{ ERR_GONE, 410 },
	{ ERR_LIMIT, 413 },
	{ ERR_BUSY, 503 },
	{ ERR_DAMAGED, 503 },
	{ ERR_MEMORY, 503 },
	{ ERR_SYSTEM, 500 },
	{ ERR_NONE, 500 },
};

static void test_problem(void **state)
{
	struct arena a;
	struct response r;
	struct request q = { .method = HTTP_GET, .id = "0123456789abcdef" };
	struct err e = { 0 };

	(void)state;
	arena_init(&a, LIMIT);
	response_init(&r, &a);
	for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
		e.code = statuses[i].code;
		assert_int_equal(problem_status(e.code), statuses[i].status);
		problem_write(&r, &e, &q, (int)i);
		assert_int_equal(r.status, statuses[i].status);
		assert_true(
		    r.max_age == (r.status == 404 || r.status == 410 ? 5 : -1));
	}
	err_clear(&e);
	err_set(&e, ERR_INPUT, "a \"quoted\" \\ қ");
	err_param(&e, "bbox");
	buf_add_text(&r.text, "what was there");
	problem_write(&r, &e, &q, 1);
	assert_string_equal(r.media, "application/problem+json");
	assert_true(str_is(buf_str(&r.text),
	    "{\"type\":\"urn:budgetmap:problem:input\","
	    "\"title\":\"Неверный запрос\",\"status\":400,"
	    "\"detail\":\"a \\\"quoted\\\" \\\\ қ\",\"code\":\"input\","
	    "\"request_id\":\"0123456789abcdef\","
	    "\"parameter\":\"bbox\"}\n"));
	response_free(&r);
	arena_free(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mixes),
		cmocka_unit_test(test_many_pieces),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_holds),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_problem),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
