/* What a broken or hostile web server may send. */
#include "http/fcgi.h"

#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/fcgi_peer.h"
#include "tools/fcgi_stand.h"

/* Sends bytes on a connection of their own; they must be answered by its
 * end. */
static void expect_refused(const void *bytes, size_t n)
{
	int fd = stand_dial();

	/* The server may hang up before everything is sent. */
	(void)send(fd, bytes, n, MSG_NOSIGNAL);
	(void)shutdown(fd, SHUT_WR);
	for (;;) {
		char drop[4096];
		ssize_t got = recv(fd, drop, sizeof drop, 0);

		if (got <= 0) {
			assert_true(got == 0 || errno == ECONNRESET);
			break;
		}
	}
	(void)close(fd);
}

static void test_torture(void **state)
{
	struct stand s;
	struct buf whole, b;
	unsigned seed = 1;

	(void)state;
	stand_up(&s, NULL);
	buf_init(&whole, STAND_ANSWER);
	buf_init(&b, STAND_ANSWER);
	peer_add_request(&whole, true, "GET", "/", "X", "y");
	/* Cut off anywhere; then with every byte changed. */
	for (size_t n = 0; n < whole.len; n++)
		expect_refused(whole.data, n);
	for (size_t n = 0; n < whole.len; n++) {
		buf_reset(&b);
		buf_add(&b, whole.data, whole.len);
		b.data[n] = (char)(b.data[n] ^ 0xff);
		expect_refused(b.data, b.len);
	}
	stand_expect_alive();
	/* Noise, half of it with a header that looks right. */
	for (int i = 0; i < 300; i++) {
		buf_reset(&b);
		if (i % 2 == 0)
			peer_add_begin(&b, 1, 1, true);
		for (int k = rand_r(&seed) % 600; k > 0; k--)
			buf_add_char(&b, k % 8 == 0 ? 1 : (char)rand_r(&seed));
		expect_refused(b.data, b.len);
	}
	stand_expect_alive();
	buf_free(&whole);
	buf_free(&b);
	stand_down(&s);
	assert_true(s.good);
}

static void test_oversized(void **state)
{
	static char zeros[65535];
	struct stand s;
	struct buf b;

	(void)state;
	stand_up(&s, NULL);
	buf_init(&b, STAND_ANSWER);
	peer_add_begin(&b, 1, 1, true);
	for (int i = 0; i < 40; i++)
		peer_add_record(&b, PEER_PARAMS, 1, zeros, sizeof zeros, 255);
	expect_refused(b.data, b.len);
	buf_reset(&b);
	for (int i = 0; i < 100000; i++)
		peer_add_record(&b, 50, 3, NULL, 0, 0);
	expect_refused(b.data, b.len);
	/* CVE-2025-23016: a sum of lengths that wraps. */
	buf_reset(&b);
	peer_add_begin(&b, 1, 1, true);
	peer_add_record(&b, PEER_PARAMS, 1,
	    "\xff\xff\xff\xff\xff\xff\xff\xff"
	    "aaaa",
	    12, 0);
	peer_add_record(&b, PEER_PARAMS, 1, NULL, 0, 0);
	peer_add_record(&b, PEER_STDIN, 1, NULL, 0, 0);
	expect_refused(b.data, b.len);
	stand_expect_alive();
	buf_free(&b);
	stand_down(&s);
}

/* More silent and half-open connections than threads hold nobody up. */
static void test_silent(void **state)
{
	enum { SILENT = 200 };
	struct stand s;
	struct buf b;
	int fds[SILENT];

	(void)state;
	stand_up(&s, NULL);
	buf_init(&b, STAND_ANSWER);
	peer_add_request(&b, true, "GET", "/half", NULL, NULL);
	b.len /= 2;
	for (int i = 0; i < SILENT; i++) {
		fds[i] = stand_dial();
		if (i % 2 == 0)
			assert_true(peer_send(fds[i], &b));
	}
	stand_expect_alive();
	for (int i = 0; i < SILENT; i++)
		(void)close(fds[i]);
	stand_expect_alive();
	buf_free(&b);
	stand_down(&s);
}

/* Beyond the limit of connections the one that waits longest is cut. */
static void test_no_room(void **state)
{
	enum { SILENT = 60 };
	struct rlimit usual, low;
	struct stand s;
	int fds[SILENT], closed = 0;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
	low = usual;
	low.rlim_cur = 40; /* 20 connections */
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	stand_up(&s, NULL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
	for (int i = 0; i < SILENT; i++)
		fds[i] = stand_dial();
	stand_expect_alive();
	for (int i = 0; i < SILENT; i++) {
		struct pollfd p = { .fd = fds[i], .events = POLLIN };

		closed += poll(&p, 1, 0);
		(void)close(fds[i]);
	}
	assert_in_range(closed, SILENT - 20, SILENT);
	stand_expect_alive();
	stand_down(&s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_torture),
		cmocka_unit_test(test_oversized),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_no_room),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, stand_set_up, stand_clean_up);
}
