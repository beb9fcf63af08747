#include "http/finish.h"

#include <libdeflate.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

enum { LIMIT = 256 * 1024, BODY = 5000, LINES = 2048 };

struct fixture {
	struct arena arena;
	struct response r;
	struct request q;
	struct gzip *gzip;
	char lines[LINES]; /* the header lines of the answer */
};

static void begin(struct fixture *f, enum http_method method)
{
	*f = (struct fixture){ 0 };
	arena_init(&f->arena, LIMIT);
	response_init(&f->r, &f->arena);
	f->gzip = gzip_open(1);
	assert_non_null(f->gzip);
	f->q = (struct request){
		.method = method, .id = "00000000000000ff", .arena = &f->arena
	};
	f->r.media = "application/json";
	f->r.gzip_ok = true;
	f->r.max_age = 10;
	response_etag(&f->r, 1);
	for (int i = 0; i < BODY / 5; i++)
		buf_add_text(&f->r.text, "abcd,");
	response_add_mapped(&f->r, str_from("the end"));
}

static void run(struct fixture *f)
{
	finish_response(
	    &f->r, &f->q, HTTP_GET | HTTP_HEAD | HTTP_OPTIONS, f->gzip, 2);
	assert_true(f->r.headers.len < LINES);
	memcpy(f->lines, f->r.headers.data, f->r.headers.len);
	f->lines[f->r.headers.len] = '\0';
}

static void end(struct fixture *f)
{
	gzip_close(f->gzip);
	response_free(&f->r);
	arena_free(&f->arena);
}

static bool has(const struct fixture *f, const char *line)
{
	const char *at = strstr(f->lines, line);

	return at != NULL && (at == f->lines || at[-1] == '\n') &&
	       strncmp(at + strlen(line), "\r\n", 2) == 0;
}

static void test_plain(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, HTTP_GET);
	f.r.vary = RESPONSE_VARY_ACCEPT;
	run(&f);
	assert_int_equal(f.r.status, 200);
	assert_int_equal(f.r.length, BODY + 7);
	assert_true(has(&f, "ETag: \"0000000000000001\""));
	assert_true(has(&f, "Vary: Accept, Accept-Encoding"));
	assert_true(has(&f, "Cache-Control: public, max-age=10"));
	assert_true(has(&f, "Access-Control-Allow-Origin: *"));
	assert_true(has(&f, "X-Request-Id: 00000000000000ff"));
	assert_true(has(&f, "X-Content-Type-Options: nosniff"));
	assert_null(strstr(f.lines, "Allow:"));
	assert_null(strstr(f.lines, "Content-Encoding"));
	/* nginx obeys the first of the two. */
	assert_true(strstr(f.lines, "X-Accel-Expires: @") <
		    strstr(f.lines, "Cache-Control"));
	end(&f);
}

static void test_gzip(void **state)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	struct fixture f;
	char out[2 * BODY];
	size_t n = 0;

	(void)state;
	begin(&f, HTTP_GET);
	f.q.accept_encoding = str_from("gzip, br");
	run(&f);
	assert_true(has(&f, "ETag: \"0000000000000001-gz\""));
	assert_true(has(&f, "Content-Encoding: gzip"));
	assert_int_equal(f.r.n_pieces, 1);
	assert_int_equal(f.r.length, f.r.pieces[0].iov_len);
	assert_true(f.r.length < BODY / 10);
	assert_int_equal(libdeflate_gzip_decompress(d, f.r.pieces[0].iov_base,
			     (size_t)f.r.length, out, sizeof out, &n),
	    LIBDEFLATE_SUCCESS);
	assert_int_equal(n, BODY + 7);
	assert_memory_equal(out + BODY, "the end", 7);
	libdeflate_free_decompressor(d);
	end(&f);
}

static const struct {
	const char *wanted, *encoding;
	int status;
	const char *etag;
} conditions[] = {
	{ "\"0000000000000001\"", "", 304, "ETag: \"0000000000000001\"" },
	{ "W/\"0000000000000001\"", "", 304, "ETag: \"0000000000000001\"" },
	{ "\"0000000000000001-gz\"", "", 200, "ETag: \"0000000000000001\"" },
	{ "\"0000000000000001-gz\"", "gzip", 304,
	    "ETag: \"0000000000000001-gz\"" },
	{ "\"0000000000000001\"", "gzip", 200,
	    "ETag: \"0000000000000001-gz\"" },
	{ "\"2\", *", "", 200, "ETag: \"0000000000000001\"" },
	{ "*", "gzip", 304, "ETag: \"0000000000000001-gz\"" },
};

static void test_conditions(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof conditions / sizeof conditions[0]; i++) {
		struct fixture f;

		begin(&f, HTTP_GET);
		f.q.if_none_match = str_from(conditions[i].wanted);
		f.q.accept_encoding = str_from(conditions[i].encoding);
		run(&f);
		assert_int_equal(f.r.status, conditions[i].status);
		assert_true(has(&f, conditions[i].etag));
		assert_true(has(&f, "Vary: Accept-Encoding"));
		assert_true(has(&f, "Cache-Control: public, max-age=10"));
		assert_int_equal(f.r.n_pieces == 0, f.r.status == 304);
		end(&f);
	}
}

static void test_head(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, HTTP_HEAD);
	run(&f);
	assert_int_equal(f.r.status, 200);
	assert_int_equal(f.r.length, BODY + 7);
	assert_int_equal(f.r.n_pieces, 0);
	end(&f);
}

static void test_options(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, HTTP_OPTIONS);
	run(&f);
	assert_int_equal(f.r.status, 204);
	assert_int_equal(f.r.length, 0);
	assert_true(has(&f, "Allow: GET, HEAD, OPTIONS"));
	assert_true(
	    has(&f, "Access-Control-Allow-Methods: GET, HEAD, OPTIONS"));
	assert_true(has(&f, "Access-Control-Allow-Origin: *"));
	end(&f);
}

static void test_refused_method(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, HTTP_POST);
	f.r.status = 405;
	run(&f);
	assert_true(has(&f, "Allow: GET, HEAD, OPTIONS"));
	assert_null(strstr(f.lines, "Access-Control"));
	end(&f);
}

static void test_failed_body(void **state)
{
	struct fixture f;

	(void)state;
	begin(&f, HTTP_GET);
	f.r.text.failed = true;
	run(&f);
	assert_int_equal(f.r.status, 503);
	assert_string_equal(f.r.media, "application/problem+json");
	assert_true(has(&f, "Cache-Control: no-store"));
	assert_true(has(&f, "X-Accel-Expires: 0"));
	assert_null(strstr(f.lines, "\nETag:"));
	assert_false(f.r.failed);
	end(&f);
}

/* --- bodies written while they are sent ----------------------------------- */

struct parts {
	size_t left; /* parts to come */
	bool damaged;
};

static bool next_part(
    void *context, struct buf *text, bool *more, struct err *e)
{
	struct parts *p = context;

	if (p->damaged)
		return err_set(e, ERR_DAMAGED, "damaged");
	for (int i = 0; i < 1000; i++)
		buf_add_text(text, "parts,");
	*more = --p->left > 0;
	return true;
}

static const struct {
	const char *encoding, *wanted;
	enum http_method method;
	size_t parts;
	bool damaged;
	int status;
	bool goes_on; /* behind what was written at once */
	bool unmeasured, packed;
} streams[] = {
	{ "", "", HTTP_GET, 1, false, 200, false, false, false },
	{ "", "", HTTP_GET, 400, false, 200, true, true, false },
	{ "gzip", "", HTTP_GET, 400, false, 200, false, false, true },
	{ "", "", HTTP_HEAD, 400, false, 200, false, true, false },
	{ "", "", HTTP_HEAD, 1, false, 200, false, false, false },
	{ "", "\"0000000000000001\"", HTTP_GET, 400, false, 304, false, false,
	    false },
	{ "", "", HTTP_OPTIONS, 400, false, 204, false, false, false },
	{ "", "", HTTP_GET, 400, true, 503, false, false, false },
};

static void test_streams(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
		struct parts p = { streams[i].parts, streams[i].damaged };
		struct fixture f;

		begin(&f, streams[i].method);
		f.q.accept_encoding = str_from(streams[i].encoding);
		f.q.if_none_match = str_from(streams[i].wanted);
		response_stream(&f.r, next_part, &p);
		run(&f);
		assert_int_equal(f.r.status, streams[i].status);
		assert_int_equal(f.r.next_part != NULL, streams[i].goes_on);
		assert_int_equal(f.r.unmeasured, streams[i].unmeasured);
		assert_int_equal(
		    has(&f, "Content-Encoding: gzip"), streams[i].packed);
		assert_int_equal(has(&f, "X-Accel-Expires: 0"),
		    streams[i].unmeasured || streams[i].status == 503 ||
			streams[i].method == HTTP_OPTIONS);
		if (streams[i].goes_on) {
			assert_in_range(f.r.length, RESPONSE_PART,
			    RESPONSE_PART + 2 * BODY + 1000);
			while (f.r.next_part)
				assert_true(response_next_part(&f.r));
			assert_int_equal(p.left, 0);
		}
		end(&f);
	}
}

/* Whatever allocation fails: a whole answer, plain or packed, a problem, or
 * none. */
static void test_memory(void **state)
{
	int whole = 0;

	(void)state;
	for (long n = 0; n < 40; n++) {
		struct fixture f;

		begin(&f, HTTP_GET);
		f.q.accept_encoding = str_from("gzip");
		mem_fail_after(n);
		finish_response(&f.r, &f.q, HTTP_GET, f.gzip, 0);
		mem_fail_after(-1);
		if (!f.r.failed && f.r.status == 200) {
			bool packed = f.r.length < BODY;

			buf_add_char(&f.r.headers, '\0');
			assert_int_equal(
			    packed, strstr(f.r.headers.data, "-gz\"") != NULL);
			assert_int_equal(packed,
			    strstr(f.r.headers.data, "Content-Encoding") !=
				NULL);
			whole++;
		} else if (!f.r.failed) {
			assert_int_equal(f.r.status, 503);
		}
		end(&f);
	}
	assert_true(whole > 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_gzip),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_refused_method),
		cmocka_unit_test(test_failed_body),
		cmocka_unit_test(test_streams),
		cmocka_unit_test(test_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
