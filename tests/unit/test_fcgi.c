#include "http/fcgi.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/fcgi_peer.h"
#include "tools/fcgi_stand.h"

static void test_answers(void **state)
{
	struct stand s;
	struct buf b;
	int fd;

	(void)state;
	stand_up(&s, stand_start);
	stand_expect_alive();
	fd = stand_dial();
	for (int i = 0; i < 3; i++) {
		stand_ask(fd, true, "/a%20b");
		stand_expect(fd, "/a b||a/b");
	}
	/* Two at once, then one byte at a time. */
	buf_init(&b, STAND_ANSWER);
	peer_add_request(&b, true, "GET", "/1", NULL, NULL);
	peer_add_request(&b, true, "HEAD", "/2", NULL, NULL);
	assert_true(peer_send(fd, &b));
	stand_expect(fd, "/1||");
	stand_expect(fd, "/2||");
	for (size_t i = 0; i < b.len; i++)
		assert_int_equal(send(fd, b.data + i, 1, MSG_NOSIGNAL), 1);
	stand_expect(fd, "/1||");
	stand_expect(fd, "/2||");
	stand_ask(fd, false, "/last");
	stand_expect(fd, "/last||a/b");
	assert_true(peer_is_closed(fd));
	(void)close(fd);
	buf_free(&b);
	stand_down(&s);
	assert_true(s.good);
	assert_int_equal(s.started, STAND_THREADS);
	assert_int_equal(s.stopped, STAND_THREADS);
	assert_int_equal(s.released, 9);
}

static void test_head_lines(void **state)
{
	struct stand s;
	struct buf out;
	int fd;

	(void)state;
	stand_up(&s, NULL);
	buf_init(&out, STAND_ANSWER);
	fd = stand_dial();
	stand_ask(fd, true, "/x");
	assert_true(peer_answer(fd, &out));
	assert_true(str_is(buf_str(&out),
	    "Status: 200 OK\r\nContent-Type: text/plain\r\n"
	    "Content-Length: 7\r\n\r\n/x||a/b"));
	buf_reset(&out);
	stand_ask(fd, true, "/a//b");
	assert_true(peer_answer(fd, &out));
	assert_true(str_starts(buf_str(&out), "Status: 400 Bad Request\r\n"));
	buf_free(&out);
	/* What cannot be answered costs its connection only. */
	stand_ask(fd, true, "/fail");
	assert_true(peer_is_closed(fd));
	(void)close(fd);
	stand_expect_alive();
	stand_down(&s);
}

static void test_question(void **state)
{
	struct stand s;
	struct buf b;
	char reply[8 + 18];
	int fd;

	(void)state;
	stand_up(&s, NULL);
	fd = stand_dial();
	buf_init(&b, STAND_ANSWER);
	peer_add_record(&b, PEER_GET_VALUES, 0, "\x0f\0FCGI_MPXS_CONNS", 17, 0);
	assert_true(peer_send(fd, &b));
	assert_int_equal(
	    recv(fd, reply, sizeof reply, MSG_WAITALL), sizeof reply);
	assert_memory_equal(reply + 25, "0", 1);
	stand_ask(fd, false, "/then");
	stand_expect(fd, "/then||a/b");
	(void)close(fd);
	buf_free(&b);
	stand_down(&s);
}

static bool refuse(void *context, int thread, struct err *e)
{
	(void)context;
	return thread != 1 || err_set(e, ERR_DAMAGED, "no");
}

/* Readers who do not read hold no thread. */
static void test_slow_readers(void **state)
{
	enum { READERS = 2 * STAND_THREADS };
	struct stand s;
	int fds[READERS];

	(void)state;
	stand_up(&s, NULL);
	for (int i = 0; i < READERS; i++) {
		fds[i] = stand_dial();
		stand_ask(fds[i], true, "/big");
	}
	stand_expect_alive();
	for (int i = 0; i < READERS; i++)
		stand_expect_big(fds[i]);
	/* The connections go on; one reader leaves in the middle. */
	for (int i = 0; i < READERS; i++)
		stand_ask(fds[i], true, "/big");
	(void)close(fds[0]);
	for (int i = 1; i < READERS; i++) {
		stand_expect_big(fds[i]);
		(void)close(fds[i]);
	}
	stand_expect_alive();
	stand_down(&s);
	assert_int_equal(s.released, 2 * READERS + 2);
}

/* Answers written while they are sent come whole to slow readers, too; what
 * fails on the way costs its connection, so that nobody takes it for whole. */
static void test_parts(void **state)
{
	enum { READERS = 2 * STAND_THREADS };
	struct stand s;
	struct buf out;
	int fds[READERS], cut;

	(void)state;
	stand_up(&s, NULL);
	buf_init(&out, STAND_ANSWER);
	for (int i = 0; i < READERS; i++) {
		fds[i] = stand_dial();
		stand_ask(fds[i], true, "/parts");
	}
	stand_expect_alive();
	for (int i = 0; i < READERS; i++) {
		stand_expect_big(fds[i]);
		stand_ask(fds[i], true, "/after");
		stand_expect(fds[i], "/after||a/b");
	}
	stand_ask(fds[0], true, "/parts");
	assert_true(peer_answer(fds[0], &out));
	assert_true(str_starts(buf_str(&out),
	    "Status: 200 OK\r\nContent-Type: text/plain\r\n\r\nbbb"));
	cut = stand_dial();
	stand_ask(cut, true, "/cut");
	buf_reset(&out);
	assert_false(peer_answer(cut, &out));
	(void)close(cut);
	/* A reader leaves in the middle. */
	stand_ask(fds[0], true, "/parts");
	for (int i = 0; i < READERS; i++)
		(void)close(fds[i]);
	stand_expect_alive();
	stand_down(&s);
	assert_int_equal(s.released, 2 * READERS + 5);
	buf_free(&out);
}

/* What is in flight is answered, what is asked before the end too; the idle
 * are closed. */
static void test_stop(void **state)
{
	struct stand s;
	int waiting, idle, reader;

	(void)state;
	stand_up(&s, stand_start);
	idle = stand_dial();
	stand_ask(idle, true, "/");
	stand_expect(idle, "/||a/b");
	reader = stand_dial();
	stand_ask(reader, true, "/big");
	waiting = stand_dial();
	stand_ask(waiting, true, "/wait");
	while (s.waiting == 0)
		(void)sched_yield();
	fcgi_stop(s.fcgi);
	assert_true(peer_is_closed(idle));
	assert_int_equal(write(s.gate[1], "x", 1), 1);
	stand_expect(waiting, "/wait||a/b");
	assert_true(peer_is_closed(waiting));
	stand_expect_big(reader);
	assert_true(peer_is_closed(reader));
	(void)close(idle);
	(void)close(waiting);
	(void)close(reader);
	stand_down(&s);
	assert_true(s.good);
	assert_int_equal(s.stopped, STAND_THREADS);
}

static void test_start_fails(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, refuse);
	stand_down(&s);
	assert_false(s.good);
	assert_int_equal(s.e.code, ERR_DAMAGED);
}

static void *keep_asking(void *context)
{
	struct buf b, out;

	(void)context;
	buf_init(&b, STAND_ANSWER);
	buf_init(&out, STAND_ANSWER);
	peer_add_request(&b, true, "GET", "/", NULL, NULL);
	for (int fd; (fd = peer_connect(stand_path())) >= 0; (void)close(fd)) {
		while (peer_send(fd, &b) && peer_answer(fd, &out))
			buf_reset(&out);
	}
	buf_free(&b);
	buf_free(&out);
	return NULL;
}

/* Starting and stopping under load (the thread sanitizer watches). */
static void test_again_and_again(void **state)
{
	enum { ROUNDS = 10, CLIENTS = 4 };

	(void)state;
	for (int i = 0; i < ROUNDS; i++) {
		pthread_t clients[CLIENTS];
		struct stand s;

		stand_up(&s, stand_start);
		for (int k = 0; k < CLIENTS; k++)
			assert_int_equal(pthread_create(&clients[k], NULL,
					     keep_asking, NULL),
			    0);
		while (s.released < 200)
			(void)sched_yield();
		stand_down(&s);
		for (int k = 0; k < CLIENTS; k++)
			assert_int_equal(pthread_join(clients[k], NULL), 0);
		assert_true(s.good);
		assert_int_equal(s.started, s.stopped);
	}
}

static void test_listen(void **state)
{
	struct err e = { 0 };
	struct stat st;
	char deep[200];
	int first, second;
	FILE *f;

	(void)state;
	(void)unlink(stand_path());
	first = fcgi_listen(stand_path(), 0640, 8, &e);
	assert_true(first >= 0);
	assert_int_equal(stat(stand_path(), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(fcgi_listen(stand_path(), 0600, 8, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
	(void)close(first);
	err_clear(&e);
	second = fcgi_listen(
	    stand_path(), 0600, 8, &e); /* nobody listens there now */
	assert_true(second >= 0);
	(void)close(second);
	assert_int_equal(unlink(stand_path()), 0);
	f = fopen(stand_path(), "w");
	assert_non_null(f);
	(void)fclose(f);
	assert_int_equal(fcgi_listen(stand_path(), 0600, 8, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_int_equal(unlink(stand_path()), 0);
	err_clear(&e);
	memset(deep, 'a', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_equal(fcgi_listen(deep, 0600, 8, &e), -1);
	assert_int_equal(e.code, ERR_INPUT);
}

/* One thread is at work: each that a request holds lets another one in. */
static void test_slow_requests_hold_nobody(void **state)
{
	enum { SLOW = STAND_THREADS - 1 };
	struct stand s;
	int slow[SLOW], quick;

	(void)state;
	stand_up(&s, stand_start);
	for (int i = 0; i < SLOW; i++) {
		slow[i] = stand_dial();
		stand_ask(slow[i], true, "/wait");
	}
	while (s.waiting < SLOW)
		(void)sched_yield();
	quick = stand_dial();
	for (int i = 0; i < 3; i++) {
		stand_ask(quick, true, "/quick");
		stand_expect(quick, "/quick||a/b");
	}
	assert_int_equal(write(s.gate[1], "12", SLOW), SLOW);
	for (int i = 0; i < SLOW; i++) {
		stand_expect(slow[i], "/wait||a/b");
		(void)close(slow[i]);
	}
	(void)close(quick);
	stand_down(&s);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slow_requests_hold_nobody),
		cmocka_unit_test(test_listen),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_head_lines),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_slow_readers),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_start_fails),
		cmocka_unit_test(test_again_and_again),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, stand_set_up, stand_clean_up);
}
