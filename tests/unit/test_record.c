#include "http/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tools/fcgi_peer.h"

enum { LIMIT = 1024 * 1024 };

static enum record_found scan(struct record_scan *s, const struct buf *b)
{
	*s = (struct record_scan){ 0 };
	return record_scan(s, (const uint8_t *)b->data, b->len);
}

/* However the bytes are cut, the request is found at its last byte. */
static void test_every_cut(void **state)
{
	struct record_scan s = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, LIMIT);
	peer_add_request(&b, true, "GET", "/api?a=b", "HTTP_ACCEPT", "*/*");
	for (size_t n = 0; n < b.len; n++)
		assert_int_equal(
		    record_scan(&s, (const uint8_t *)b.data, n), RECORD_MORE);
	assert_int_equal(
	    record_scan(&s, (const uint8_t *)b.data, b.len), RECORD_WHOLE);
	assert_int_equal(s.at, b.len);
	assert_true(s.keep);
	assert_int_equal(s.id, 1);
	buf_free(&b);
}

static void test_params(void **state)
{
	char value[301];
	struct record_params p;
	struct record_scan s;
	struct arena a;
	struct buf b, params;

	(void)state;
	memset(value, 'v', sizeof value - 1);
	value[300] = '\0';
	arena_init(&a, LIMIT);
	buf_init(&b, LIMIT);
	buf_init(&params, LIMIT);
	peer_add_param(&params, "REQUEST_METHOD", "GET");
	peer_add_param(&params, "", "");
	peer_add_param(&params, "REQUEST_URI", value);
	peer_add_param(&params, value, "x");
	peer_add_param(&params, "HTTP_IF_NONE_MATCH", "");
	/* Cut into records of one byte, with padding and strangers between. */
	peer_add_begin(&b, 258, 1, false);
	for (size_t i = 0; i < params.len; i++) {
		peer_add_record(
		    &b, PEER_PARAMS, 258, params.data + i, 1, i % 256);
		if (i % 50 == 0)
			peer_add_record(&b, PEER_PARAMS, 9, "stray", 5, 3);
	}
	peer_add_record(&b, PEER_PARAMS, 258, NULL, 0, 8);
	peer_add_record(&b, PEER_STDIN, 258, "body", 4, 4);
	peer_add_record(&b, PEER_STDIN, 258, NULL, 0, 0);
	assert_int_equal(scan(&s, &b), RECORD_WHOLE);
	assert_false(s.keep);
	assert_int_equal(s.id, 258);
	assert_true(record_params(&p, &s, (const uint8_t *)b.data, &a));
	assert_true(str_is(p.method, "GET"));
	assert_true(str_is(p.uri, value));
	assert_non_null(p.if_none_match.data);
	assert_int_equal(p.if_none_match.len, 0);
	assert_null(p.accept.data);
	arena_free(&a);
	arena_init(&a, LIMIT);
	mem_fail_after(0);
	assert_false(record_params(&p, &s, (const uint8_t *)b.data, &a));
	mem_fail_after(-1);
	arena_free(&a);
	buf_free(&b);
	buf_free(&params);
}

/* Contents of a record of parameters that promise more than there is. */
static const struct {
	const char *bytes;
	size_t n;
} broken[] = {
	{ "\x01", 1 },
	{ "\x80", 1 },
	{ "\x01\x80\x00\x00", 4 },
	{ "\x01\x01\x61", 3 },
	{ "\xff\xff\xff\xff\xff\xff\xff\xff", 8 },
	{ "\xff\xff\xff\xff\x00", 5 },
	{ "\x00\xff\xff\xff\xff", 5 },
	{ "\x80\x00\x00\x01\x80\x00\x00\x02\x61\x61", 10 },
	{ "\x01\x01\x61\x61\x02", 5 },
};

static void test_broken_params(void **state)
{
	struct record_params p;
	struct record_scan s;
	struct arena a;

	(void)state;
	arena_init(&a, LIMIT);
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		struct buf b;

		buf_init(&b, LIMIT);
		peer_add_begin(&b, 1, 1, true);
		peer_add_record(
		    &b, PEER_PARAMS, 1, broken[i].bytes, broken[i].n, 0);
		peer_add_record(&b, PEER_PARAMS, 1, NULL, 0, 0);
		peer_add_record(&b, PEER_STDIN, 1, NULL, 0, 0);
		assert_int_equal(scan(&s, &b), RECORD_WHOLE);
		assert_false(
		    record_params(&p, &s, (const uint8_t *)b.data, &a));
		buf_free(&b);
	}
	arena_free(&a);
}

/* One record after the beginning of request 1. */
static const struct {
	int type;
	unsigned id;
	size_t length;
	enum record_found found;
} after[] = {
	{ PEER_ABORT, 1, 0, RECORD_BAD },
	{ PEER_BEGIN, 2, 8, RECORD_BAD },
	{ PEER_BEGIN, 1, 8, RECORD_BAD },
	{ PEER_STDIN, 1, 0, RECORD_BAD }, /* before the parameters end */
	{ PEER_STDIN, 1, 4, RECORD_BAD },
	{ PEER_STDIN, 2, 0, RECORD_MORE }, /* of no request: passed over */
	{ PEER_ABORT, 2, 0, RECORD_MORE },
	{ PEER_PARAMS, 1, 65535, RECORD_MORE },
	{ 200, 1, 7, RECORD_MORE },
};

static void test_order(void **state)
{
	static const char zeros[RECORD_CONTENT_MAX];
	struct record_scan s;

	(void)state;
	for (size_t i = 0; i < sizeof after / sizeof after[0]; i++) {
		struct buf b;

		buf_init(&b, LIMIT);
		peer_add_begin(&b, 1, 1, true);
		peer_add_record(
		    &b, after[i].type, after[i].id, zeros, after[i].length, 0);
		assert_int_equal(scan(&s, &b), after[i].found);
		buf_free(&b);
	}
}

static void test_beginnings(void **state)
{
	static const char zeros[16];
	struct record_scan s;
	struct buf b;

	(void)state;
	buf_init(&b, LIMIT);
	peer_add_begin(&b, 1, 2, true); /* another role */
	assert_int_equal(scan(&s, &b), RECORD_BAD);
	buf_reset(&b);
	peer_add_record(&b, PEER_BEGIN, 1, zeros, 7, 1);
	assert_int_equal(scan(&s, &b), RECORD_BAD);
	buf_reset(&b);
	buf_add(&b, "\x02", 1); /* another version */
	assert_int_equal(scan(&s, &b), RECORD_BAD);
	buf_reset(&b);
	buf_add_text(&b, "GET / HTTP/1.1\r\n\r\n");
	assert_int_equal(scan(&s, &b), RECORD_BAD);
	buf_free(&b);
}

static void test_limits(void **state)
{
	static const char zeros[RECORD_CONTENT_MAX];
	struct record_scan s;
	struct buf b;

	(void)state;
	buf_init(&b, LIMIT);
	peer_add_begin(&b, 1, 1, true);
	peer_add_record(&b, PEER_PARAMS, 1, zeros, RECORD_CONTENT_MAX, 0);
	assert_int_equal(scan(&s, &b), RECORD_MORE);
	peer_add_record(&b, PEER_PARAMS, 1, zeros, 2, 0);
	assert_int_equal(scan(&s, &b), RECORD_BAD);
	buf_reset(&b);
	while (b.len < RECORD_INPUT_MAX) {
		assert_int_equal(scan(&s, &b), RECORD_MORE);
		peer_add_record(&b, 77, 5, zeros, 1000, 255);
	}
	assert_int_equal(scan(&s, &b), RECORD_BAD);
	buf_free(&b);
}

static void test_questions(void **state)
{
	uint8_t out[RECORD_REPLY_SIZE];
	struct record_scan s;
	struct buf b;

	(void)state;
	buf_init(&b, LIMIT);
	peer_add_record(&b, PEER_GET_VALUES, 0, "\x0f\0FCGI_MPXS_CONNS", 17, 7);
	assert_int_equal(scan(&s, &b), RECORD_QUERY);
	assert_int_equal(s.at, b.len);
	assert_int_equal(record_reply(out, &s), 8 + 18);
	assert_memory_equal(out + 8,
	    "\x0f\x01"
	    "FCGI_MPXS_CONNS0",
	    18);
	buf_reset(&b);
	peer_add_record(&b, 99, 0, NULL, 0, 0);
	assert_int_equal(scan(&s, &b), RECORD_QUERY);
	assert_int_equal(record_reply(out, &s), 16);
	assert_int_equal(out[1], PEER_UNKNOWN);
	assert_int_equal(out[8], 99);
	buf_free(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_cut),
		cmocka_unit_test(test_params),
		cmocka_unit_test(test_broken_params),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_beginnings),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_questions),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
