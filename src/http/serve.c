#include "serve.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"

enum { READ_STEP = 4096, HEADER_MAX = 4096, KEPT_INPUT = 16 * 1024 };

static const int64_t read_limit = 10 * 1000000000LL;
static const int64_t idle_limit = 300 * 1000000000LL;
static const int64_t send_limit = 30 * 1000000000LL;
static const int64_t last_wait = 200 * 1000000LL;

/* --- one request -------------------------------------------------------------
 */

static void make_id(struct server *v, char out[static REQUEST_ID_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	uint64_t h;

	v->count++;
	h = hash_bytes(&v->count, sizeof v->count, v->seed);
	for (int i = 0; i < REQUEST_ID_SIZE - 1; i++)
		out[i] = digits[h >> (60 - 4 * i) & 15];
	out[REQUEST_ID_SIZE - 1] = '\0';
}

/* A terminated copy; NULL when the text holds a NUL itself. */
static const char *copy_text(struct arena *a, struct str s)
{
	if (s.data == NULL || memchr(s.data, '\0', s.len) != NULL)
		return NULL;
	return arena_copy(a, s.data, s.len);
}

/* A header that is absurdly long counts as absent. */
static struct str copy_header(struct arena *a, struct str s)
{
	if (s.len == 0 || s.len > HEADER_MAX)
		return (struct str){ NULL, 0 };
	return (struct str){ arena_copy(a, s.data, s.len), s.len };
}

static bool read_line(struct request *q, struct arena *a,
    const struct record_params *p, struct err *e)
{
	const char *method = copy_text(a, p->method);
	const char *uri = copy_text(a, p->uri);

	if (method == NULL || uri == NULL)
		return err_set(e, ERR_INPUT, "the request is malformed");
	return request_make(q, a, method, uri, e);
}

/* Fills the job's request; false when the request line is malformed: then it
 * has neither path nor query. */
static bool fill_request(struct server *v, struct job *j,
    const struct record_params *p, struct err *e)
{
	struct request *q = &j->request;
	bool good;

	*q = (struct request){
		.method = str_is(p->method, "HEAD") ? HTTP_HEAD : HTTP_GET,
		.path = { "", 0 },
		.query = { "", 0 },
	};
	good = read_line(q, &j->arena, p, e);
	q->arena = &j->arena;
	q->accept = copy_header(&j->arena, p->accept);
	q->accept_language = copy_header(&j->arena, p->accept_language);
	q->accept_encoding = copy_header(&j->arena, p->accept_encoding);
	q->if_none_match = copy_header(&j->arena, p->if_none_match);
	make_id(v, q->id);
	return good;
}

static void clean_job(struct job *j)
{
	response_free(&j->response);
	arena_reset(&j->arena);
}

/* Lets the handler answer the whole request in s. False when nothing can be
 * sent. */
static bool answer(struct server *v, struct slot *s)
{
	struct job *j = v->job;
	struct record_params p;
	struct err e = { 0 };
	bool good;

	response_init(&j->response, &j->arena);
	if (!record_params(
		&p, &s->scan, (const uint8_t *)s->in.data, &j->arena))
		return false;
	good = fill_request(v, j, &p, &e);
	v->hooks->handle(v->hooks->context, v->number, &j->request,
	    good ? NULL : &e, &j->response);
	if (j->response.failed)
		return false;
	sender_begin(&j->sender, &j->response, s->scan.id);
	return true;
}

/* --- sending -----------------------------------------------------------------
 */

/* Waits for the socket until deadline. */
static bool wait_for(int fd, short events, int64_t deadline)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left = deadline - clock_monotonic();

	return left > 0 && poll(&p, 1, (int)(left / 1000000) + 1) > 0;
}

/* Sends to the end, holding the thread. */
static bool send_all(struct job *j, int fd, int64_t deadline)
{
	enum sender_state state;

	while ((state = sender_run(&j->sender, fd)) == SENDER_AGAIN)
		if (!wait_for(fd, POLLOUT, deadline))
			return false;
	return state == SENDER_DONE;
}

/* Leaves the thread's job with the slot, so that a slow reader holds no
 * thread. False when the thread must see to it itself. */
static bool hand_over(struct server *v, struct slot *s)
{
	struct job *fresh;

	if (*v->stopping || !jobs_may_wait(v->jobs))
		return false;
	fresh = jobs_take(v->jobs);
	if (fresh == NULL) {
		jobs_waited(v->jobs);
		return false;
	}
	s->sending = v->job;
	v->job = fresh;
	slots_park(v->slots, s, SLOT_SENDING, clock_monotonic() + send_limit);
	return true;
}

/* Takes the answered request out of the input. */
static void consume(struct slot *s)
{
	size_t used = s->scan.at;

	memmove(s->in.data, s->in.data + used, s->in.len - used);
	s->in.len -= used;
	s->scan = (struct record_scan){ 0 };
	if (s->in.len == 0 && s->in.size > KEPT_INPUT)
		buf_free(&s->in);
	s->began = s->in.len > 0 ? clock_monotonic() : 0;
}

enum step {
	STEP_ON, /* the slot is still ours: go on */
	STEP_GONE, /* it waits or is closed */
	STEP_CLOSE /* close it */
};

/* What follows when an answer is sent. */
static enum step sent(struct slot *s)
{
	bool keep = s->scan.keep;

	s->served = true;
	consume(s);
	return keep ? STEP_ON : STEP_CLOSE;
}

static enum step answer_and_send(struct server *v, struct slot *s)
{
	enum sender_state state = SENDER_FAILED;

	if (answer(v, s))
		state = sender_run(&v->job->sender, s->fd);
	if (state == SENDER_AGAIN) {
		if (hand_over(v, s))
			return STEP_GONE;
		if (send_all(v->job, s->fd, clock_monotonic() + send_limit))
			state = SENDER_DONE;
	}
	clean_job(v->job);
	return state == SENDER_DONE ? sent(s) : STEP_CLOSE;
}

static enum step finish_sending(struct server *v, struct slot *s, bool sent_all)
{
	clean_job(s->sending);
	jobs_give(v->jobs, s->sending);
	jobs_waited(v->jobs);
	s->sending = NULL;
	return sent_all ? sent(s) : STEP_CLOSE;
}

static enum step go_on_sending(struct server *v, struct slot *s)
{
	enum sender_state state = sender_run(&s->sending->sender, s->fd);

	if (state == SENDER_AGAIN) {
		slots_park(
		    v->slots, s, SLOT_SENDING, clock_monotonic() + send_limit);
		return STEP_GONE;
	}
	return finish_sending(v, s, state == SENDER_DONE);
}

/* --- reading -----------------------------------------------------------------
 */

/* Nothing more has come: waits for it, unless the server stops. */
static enum step park(struct server *v, struct slot *s)
{
	bool idle = s->served && s->in.len == 0;

	if (*v->stopping)
		return STEP_CLOSE;
	slots_park(v->slots, s, idle ? SLOT_IDLE : SLOT_READING,
	    idle ? clock_monotonic() + idle_limit : s->began + read_limit);
	return STEP_GONE;
}

static enum step read_more(struct server *v, struct slot *s)
{
	char *room = buf_reserve(&s->in, READ_STEP);
	ssize_t n;

	if (room == NULL)
		return STEP_CLOSE;
	if (s->began == 0)
		s->began = clock_monotonic();
	n = recv(s->fd, room, READ_STEP, MSG_DONTWAIT);
	if (n < 0 && errno == EINTR)
		return STEP_ON;
	if (n < 0 && errno == EAGAIN)
		return park(v, s);
	if (n <= 0)
		return STEP_CLOSE;
	s->in.len += (size_t)n;
	return STEP_ON;
}

static enum step reply(struct slot *s)
{
	uint8_t text[RECORD_REPLY_SIZE];
	size_t n = record_reply(text, &s->scan);

	if (send(s->fd, text, n, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)n)
		return STEP_CLOSE;
	consume(s);
	return STEP_ON;
}

static enum step step(struct server *v, struct slot *s)
{
	const uint8_t *bytes = (const uint8_t *)s->in.data;

	if (s->sending != NULL)
		return go_on_sending(v, s);
	switch (record_scan(&s->scan, bytes, s->in.len)) {
	case RECORD_WHOLE:
		return answer_and_send(v, s);
	case RECORD_QUERY:
		return reply(s);
	case RECORD_MORE:
		return read_more(v, s);
	case RECORD_BAD:
		log_line(LOG_LEVEL_DEBUG, "a malformed record: closed");
		break;
	}
	return STEP_CLOSE;
}

void serve_slot(struct server *v, struct slot *s)
{
	enum step next = STEP_ON;

	while (next == STEP_ON)
		next = step(v, s);
	if (next == STEP_CLOSE)
		slots_drop(v->slots, s);
}

void serve_last(struct server *v, struct slot *s, int64_t deadline)
{
	int64_t soon = clock_monotonic() + last_wait;
	enum step next = STEP_ON;

	if (s->sending != NULL)
		next =
		    finish_sending(v, s, send_all(s->sending, s->fd, deadline));
	/* A connection just made is about to carry a request. */
	else if (!s->served || s->in.len > 0)
		(void)wait_for(s->fd, POLLIN, soon);
	while (next == STEP_ON)
		next = step(v, s);
	if (next == STEP_CLOSE)
		slots_drop(v->slots, s);
}
