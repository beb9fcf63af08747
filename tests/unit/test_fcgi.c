#include "http/fcgi.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "tools/fcgi_peer.h"

enum {
	ARENA = 256 * 1024,
	ANSWER = 16 * 1024 * 1024,
	BIG = 6 * 1000 * 1000,
	THREADS = 3
};

static char folder[] = "/tmp/test_fcgi-XXXXXX";
static char path[64];
static char *big; /* BIG letters */

/* A server in a thread of its own. */
struct stand {
	struct fcgi *fcgi;
	int socket;
	pthread_t thread;
	bool good; /* what fcgi_run returned */
	struct err e;
	int gate[2]; /* "/wait" answers after a byte from it */
	atomic_int started, stopped, waiting, released;
};

static void count_release(void *held)
{
	atomic_fetch_add((atomic_int *)held, 1);
}

static void handle(void *context, int thread, const struct request *q,
    const struct err *malformed, struct response *r)
{
	struct stand *s = context;
	struct err e = { 0 };
	char byte;

	assert_in_range(thread, 0, THREADS - 1);
	response_hold(r, count_release, &s->released);
	r->media = "text/plain";
	if (malformed != NULL)
		r->status = 400;
	else if (str_is(q->path, "/big"))
		response_add_mapped(r, (struct str){ big, BIG });
	else
		buf_add_format(&r->text, "%.*s|%.*s|%.*s", (int)q->path.len,
		    q->path.data, (int)q->query.len,
		    q->query.len ? q->query.data : "", (int)q->accept.len,
		    q->accept.len ? q->accept.data : "");
	if (str_is(q->path, "/wait")) {
		atomic_fetch_add(&s->waiting, 1);
		assert_int_equal(read(s->gate[0], &byte, 1), 1);
	}
	r->failed |= str_is(q->path, "/fail");
	if (!response_seal(r, &e))
		r->failed = true;
}

static bool start(void *context, int thread, struct err *e)
{
	struct stand *s = context;

	(void)thread;
	(void)e;
	atomic_fetch_add(&s->started, 1);
	return true;
}

static bool refuse(void *context, int thread, struct err *e)
{
	(void)context;
	return thread != 1 || err_set(e, ERR_DAMAGED, "no");
}

static void stop(void *context, int thread)
{
	struct stand *s = context;

	(void)thread;
	atomic_fetch_add(&s->stopped, 1);
}

static void *run(void *context)
{
	struct stand *s = context;

	s->good = fcgi_run(s->fcgi, &s->e);
	return NULL;
}

static void stand_up(
    struct stand *s, bool (*starter)(void *context, int thread, struct err *e))
{
	struct fcgi_hooks hooks = { handle, starter, stop, s, ARENA };

	memset(s, 0, sizeof *s);
	assert_int_equal(pipe(s->gate), 0);
	s->socket = fcgi_listen(path, 0600, 64, &s->e);
	assert_true(s->socket >= 0);
	s->fcgi = fcgi_open(s->socket, THREADS, &hooks, &s->e);
	assert_non_null(s->fcgi);
	assert_int_equal(pthread_create(&s->thread, NULL, run, s), 0);
}

static void tear_down(struct stand *s)
{
	fcgi_stop(s->fcgi);
	assert_int_equal(pthread_join(s->thread, NULL), 0);
	fcgi_close(s->fcgi);
	(void)close(s->socket);
	(void)close(s->gate[0]);
	(void)close(s->gate[1]);
}

static void ask(int fd, bool keep, const char *uri)
{
	struct buf b;

	buf_init(&b, ANSWER);
	peer_add_request(&b, keep, "GET", uri, "HTTP_ACCEPT", "a/b");
	assert_true(peer_send(fd, &b));
	buf_free(&b);
}

/* The next answer on fd has this body. */
static void expect(int fd, const char *body)
{
	struct buf out;
	char *at;

	buf_init(&out, ANSWER);
	assert_true(peer_answer(fd, &out));
	buf_add_char(&out, '\0');
	at = strstr(out.data, "\r\n\r\n");
	assert_non_null(at);
	assert_string_equal(at + 4, body);
	buf_free(&out);
}

static int dial(void)
{
	int fd = peer_connect(path);

	assert_true(fd >= 0);
	return fd;
}

/* The server answers somebody new. */
static void expect_alive(void)
{
	int fd = dial();

	ask(fd, false, "/alive?q");
	expect(fd, "/alive|q|a/b");
	assert_true(peer_is_closed(fd));
	(void)close(fd);
}

static void test_answers(void **state)
{
	struct stand s;
	struct buf b;
	int fd;

	(void)state;
	stand_up(&s, start);
	expect_alive();
	fd = dial();
	for (int i = 0; i < 3; i++) {
		ask(fd, true, "/a%20b");
		expect(fd, "/a b||a/b");
	}
	/* Two at once, then one byte at a time. */
	buf_init(&b, ANSWER);
	peer_add_request(&b, true, "GET", "/1", NULL, NULL);
	peer_add_request(&b, true, "HEAD", "/2", NULL, NULL);
	assert_true(peer_send(fd, &b));
	expect(fd, "/1||");
	expect(fd, "/2||");
	for (size_t i = 0; i < b.len; i++)
		assert_int_equal(send(fd, b.data + i, 1, MSG_NOSIGNAL), 1);
	expect(fd, "/1||");
	expect(fd, "/2||");
	ask(fd, false, "/last");
	expect(fd, "/last||a/b");
	assert_true(peer_is_closed(fd));
	(void)close(fd);
	buf_free(&b);
	tear_down(&s);
	assert_true(s.good);
	assert_int_equal(s.started, THREADS);
	assert_int_equal(s.stopped, THREADS);
	assert_int_equal(s.released, 9);
}

static void test_head_lines(void **state)
{
	struct stand s;
	struct buf out;
	int fd;

	(void)state;
	stand_up(&s, NULL);
	buf_init(&out, ANSWER);
	fd = dial();
	ask(fd, true, "/x");
	assert_true(peer_answer(fd, &out));
	assert_true(str_is(buf_str(&out),
	    "Status: 200 OK\r\nContent-Type: text/plain\r\n"
	    "Content-Length: 7\r\n\r\n/x||a/b"));
	buf_reset(&out);
	ask(fd, true, "/a//b");
	assert_true(peer_answer(fd, &out));
	assert_true(str_starts(buf_str(&out), "Status: 400 Bad Request\r\n"));
	buf_free(&out);
	/* What cannot be answered costs its connection only. */
	ask(fd, true, "/fail");
	assert_true(peer_is_closed(fd));
	(void)close(fd);
	expect_alive();
	tear_down(&s);
}

static void test_question(void **state)
{
	struct stand s;
	struct buf b;
	char reply[8 + 18];
	int fd;

	(void)state;
	stand_up(&s, NULL);
	fd = dial();
	buf_init(&b, ANSWER);
	peer_add_record(&b, PEER_GET_VALUES, 0, "\x0f\0FCGI_MPXS_CONNS", 17, 0);
	assert_true(peer_send(fd, &b));
	assert_int_equal(
	    recv(fd, reply, sizeof reply, MSG_WAITALL), sizeof reply);
	assert_memory_equal(reply + 25, "0", 1);
	ask(fd, false, "/then");
	expect(fd, "/then||a/b");
	(void)close(fd);
	buf_free(&b);
	tear_down(&s);
}

/* Sends bytes on a connection of their own; they must be answered by its
 * end. */
static void expect_refused(const void *bytes, size_t n)
{
	int fd = dial();

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
	buf_init(&whole, ANSWER);
	buf_init(&b, ANSWER);
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
	expect_alive();
	/* Noise, half of it with a header that looks right. */
	for (int i = 0; i < 300; i++) {
		buf_reset(&b);
		if (i % 2 == 0)
			peer_add_begin(&b, 1, 1, true);
		for (int k = rand_r(&seed) % 600; k > 0; k--)
			buf_add_char(&b, k % 8 == 0 ? 1 : (char)rand_r(&seed));
		expect_refused(b.data, b.len);
	}
	expect_alive();
	buf_free(&whole);
	buf_free(&b);
	tear_down(&s);
	assert_true(s.good);
}

static void test_oversized(void **state)
{
	static char zeros[65535];
	struct stand s;
	struct buf b;

	(void)state;
	stand_up(&s, NULL);
	buf_init(&b, ANSWER);
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
	expect_alive();
	buf_free(&b);
	tear_down(&s);
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
	buf_init(&b, ANSWER);
	peer_add_request(&b, true, "GET", "/half", NULL, NULL);
	b.len /= 2;
	for (int i = 0; i < SILENT; i++) {
		fds[i] = dial();
		if (i % 2 == 0)
			assert_true(peer_send(fds[i], &b));
	}
	expect_alive();
	for (int i = 0; i < SILENT; i++)
		(void)close(fds[i]);
	expect_alive();
	buf_free(&b);
	tear_down(&s);
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
		fds[i] = dial();
	expect_alive();
	for (int i = 0; i < SILENT; i++) {
		struct pollfd p = { .fd = fds[i], .events = POLLIN };

		closed += poll(&p, 1, 0);
		(void)close(fds[i]);
	}
	assert_in_range(closed, SILENT - 20, SILENT);
	expect_alive();
	tear_down(&s);
}

static void expect_big(int fd)
{
	struct buf out;

	buf_init(&out, ANSWER);
	assert_true(peer_answer(fd, &out));
	assert_true(out.len > BIG);
	assert_memory_equal(out.data + out.len - BIG, big, BIG);
	buf_free(&out);
}

/* Readers who do not read hold no thread. */
static void test_slow_readers(void **state)
{
	enum { READERS = 2 * THREADS };
	struct stand s;
	int fds[READERS];

	(void)state;
	stand_up(&s, NULL);
	for (int i = 0; i < READERS; i++) {
		fds[i] = dial();
		ask(fds[i], true, "/big");
	}
	expect_alive();
	for (int i = 0; i < READERS; i++)
		expect_big(fds[i]);
	/* The connections go on; one reader leaves in the middle. */
	for (int i = 0; i < READERS; i++)
		ask(fds[i], true, "/big");
	(void)close(fds[0]);
	for (int i = 1; i < READERS; i++) {
		expect_big(fds[i]);
		(void)close(fds[i]);
	}
	expect_alive();
	tear_down(&s);
	assert_int_equal(s.released, 2 * READERS + 2);
}

/* What is in flight is answered, what is asked before the end too; the idle
 * are closed. */
static void test_stop(void **state)
{
	struct stand s;
	int waiting, idle, reader;

	(void)state;
	stand_up(&s, start);
	idle = dial();
	ask(idle, true, "/");
	expect(idle, "/||a/b");
	reader = dial();
	ask(reader, true, "/big");
	waiting = dial();
	ask(waiting, true, "/wait");
	while (s.waiting == 0)
		(void)sched_yield();
	fcgi_stop(s.fcgi);
	assert_true(peer_is_closed(idle));
	assert_int_equal(write(s.gate[1], "x", 1), 1);
	expect(waiting, "/wait||a/b");
	assert_true(peer_is_closed(waiting));
	expect_big(reader);
	assert_true(peer_is_closed(reader));
	(void)close(idle);
	(void)close(waiting);
	(void)close(reader);
	tear_down(&s);
	assert_true(s.good);
	assert_int_equal(s.stopped, THREADS);
}

static void test_start_fails(void **state)
{
	struct stand s;

	(void)state;
	stand_up(&s, refuse);
	tear_down(&s);
	assert_false(s.good);
	assert_int_equal(s.e.code, ERR_DAMAGED);
}

static void *keep_asking(void *context)
{
	struct buf b, out;

	(void)context;
	buf_init(&b, ANSWER);
	buf_init(&out, ANSWER);
	peer_add_request(&b, true, "GET", "/", NULL, NULL);
	for (int fd; (fd = peer_connect(path)) >= 0; (void)close(fd)) {
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

		stand_up(&s, start);
		for (int k = 0; k < CLIENTS; k++)
			assert_int_equal(pthread_create(&clients[k], NULL,
					     keep_asking, NULL),
			    0);
		while (s.released < 200)
			(void)sched_yield();
		tear_down(&s);
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
	(void)unlink(path);
	first = fcgi_listen(path, 0640, 8, &e);
	assert_true(first >= 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(fcgi_listen(path, 0600, 8, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
	(void)close(first);
	err_clear(&e);
	second = fcgi_listen(path, 0600, 8, &e); /* nobody listens there now */
	assert_true(second >= 0);
	(void)close(second);
	assert_int_equal(unlink(path), 0);
	f = fopen(path, "w");
	assert_non_null(f);
	(void)fclose(f);
	assert_int_equal(fcgi_listen(path, 0600, 8, &e), -1);
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_int_equal(unlink(path), 0);
	err_clear(&e);
	memset(deep, 'a', sizeof deep - 1);
	deep[sizeof deep - 1] = '\0';
	assert_int_equal(fcgi_listen(deep, 0600, 8, &e), -1);
	assert_int_equal(e.code, ERR_INPUT);
}

static int set_up(void **state)
{
	(void)state;
	big = malloc(BIG);
	if (big == NULL || mkdtemp(folder) == NULL)
		return -1;
	memset(big, 'b', BIG);
	(void)snprintf(path, sizeof path, "%s/s", folder);
	return 0;
}

static int clean_up(void **state)
{
	(void)state;
	free(big);
	(void)unlink(path);
	return rmdir(folder);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_listen),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_head_lines),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_torture),
		cmocka_unit_test(test_oversized),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_no_room),
		cmocka_unit_test(test_slow_readers),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_start_fails),
		cmocka_unit_test(test_again_and_again),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, set_up, clean_up);
}
