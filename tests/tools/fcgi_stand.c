#include "fcgi_stand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fcgi_peer.h"

enum { STAND_ARENA = 256 * 1024 };

static char folder[] = "/tmp/test_fcgi-XXXXXX";
static char path[STAND_PATH_SIZE];
static char *big; /* STAND_BIG letters */

const char *stand_path(void)
{
	return path;
}

static void count_release(void *held)
{
	atomic_fetch_add((atomic_int *)held, 1);
}

/* STAND_BIG letters written while they are sent, in parts of no round size;
 * what is to be cut off fails half-way. */
struct parts {
	size_t done;
	bool cut;
};

static bool next_part(
    void *context, struct buf *text, bool *more, struct err *e)
{
	enum { PART = 10007 };
	struct parts *p = context;
	size_t len = STAND_BIG - p->done < PART ? STAND_BIG - p->done : PART;

	if (p->cut && p->done > STAND_BIG / 2)
		return err_set(e, ERR_DAMAGED, "damaged");
	buf_add(text, big + p->done, len);
	p->done += len;
	*more = p->done < STAND_BIG;
	return true;
}

static void begin_parts(struct response *r, bool cut)
{
	struct parts *p = arena_alloc(r->arena, sizeof *p);

	assert_non_null(p);
	p->cut = cut;
	response_stream(r, next_part, p);
	r->unmeasured = true;
}

static void handle(void *context, int thread, const struct request *q,
    const struct err *malformed, struct response *r)
{
	struct stand *s = context;
	struct err e = { 0 };
	char byte;

	assert_in_range(thread, 0, STAND_THREADS - 1);
	response_hold(r, count_release, &s->released);
	r->media = "text/plain";
	if (malformed != NULL)
		r->status = 400;
	else if (str_is(q->path, "/big"))
		response_add_mapped(r, (struct str){ big, STAND_BIG });
	else if (str_is(q->path, "/parts") || str_is(q->path, "/cut"))
		begin_parts(r, str_is(q->path, "/cut"));
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

bool stand_start(void *context, int thread, struct err *e)
{
	struct stand *s = context;

	(void)thread;
	(void)e;
	atomic_fetch_add(&s->started, 1);
	return true;
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

void stand_up(
    struct stand *s, bool (*starter)(void *context, int thread, struct err *e))
{
	struct fcgi_hooks hooks = { handle, starter, stop, s, STAND_ARENA,
		STAND_AT_WORK };

	memset(s, 0, sizeof *s);
	assert_int_equal(pipe(s->gate), 0);
	s->socket = fcgi_listen(path, 0600, 64, &s->e);
	assert_true(s->socket >= 0);
	s->fcgi = fcgi_open(s->socket, STAND_THREADS, &hooks, &s->e);
	assert_non_null(s->fcgi);
	assert_int_equal(pthread_create(&s->thread, NULL, run, s), 0);
}

void stand_down(struct stand *s)
{
	fcgi_stop(s->fcgi);
	assert_int_equal(pthread_join(s->thread, NULL), 0);
	fcgi_close(s->fcgi);
	(void)close(s->socket);
	(void)close(s->gate[0]);
	(void)close(s->gate[1]);
}

void stand_ask(int fd, bool keep, const char *uri)
{
	struct buf b;

	buf_init(&b, STAND_ANSWER);
	peer_add_request(&b, keep, "GET", uri, "HTTP_ACCEPT", "a/b");
	assert_true(peer_send(fd, &b));
	buf_free(&b);
}

/* The next answer on fd has this body. */
void stand_expect(int fd, const char *body)
{
	struct buf out;
	char *at;

	buf_init(&out, STAND_ANSWER);
	assert_true(peer_answer(fd, &out));
	buf_add_char(&out, '\0');
	at = strstr(out.data, "\r\n\r\n");
	assert_non_null(at);
	assert_string_equal(at + 4, body);
	buf_free(&out);
}

int stand_dial(void)
{
	int fd = peer_connect(path);

	assert_true(fd >= 0);
	return fd;
}

/* The server answers somebody new. */
void stand_expect_alive(void)
{
	int fd = stand_dial();

	stand_ask(fd, false, "/alive?q");
	stand_expect(fd, "/alive|q|a/b");
	assert_true(peer_is_closed(fd));
	(void)close(fd);
}

void stand_expect_big(int fd)
{
	struct buf out;

	buf_init(&out, STAND_ANSWER);
	assert_true(peer_answer(fd, &out));
	assert_true(out.len > STAND_BIG);
	assert_memory_equal(out.data + out.len - STAND_BIG, big, STAND_BIG);
	buf_free(&out);
}

int stand_set_up(void **state)
{
	(void)state;
	big = malloc(STAND_BIG);
	if (big == NULL || mkdtemp(folder) == NULL)
		return -1;
	memset(big, 'b', STAND_BIG);
	(void)snprintf(path, sizeof path, "%s/s", folder);
	return 0;
}

int stand_clean_up(void **state)
{
	(void)state;
	free(big);
	(void)unlink(path);
	return rmdir(folder);
}
