#include "http/fcgi.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/mem.h"
#include "gate.h"
#include "serve.h"

/* All threads at work wait on one epoll instance; each connection is armed for
 * one event, so the first free thread takes it and nobody else sees it. Reading
 * never blocks and slow readers are handed back, so no peer holds a thread. */

enum { CONNECTIONS_MAX = 1024, CONNECTIONS_MIN = 16 };

static const int64_t stop_limit = 10 * 1000000000LL;
static const int64_t expire_every = 1000000000LL;

struct thread {
	struct fcgi *fcgi;
	struct server server;
	pthread_t id;
	bool running; /* has an id to join */
	struct err e; /* why it did not start */
};

struct fcgi {
	struct fcgi_hooks hooks;
	struct slots slots;
	struct gate gate;
	struct jobs jobs;
	struct thread *threads;
	int n_threads;
	int stop_event;
	atomic_bool stopping;
};

/* Half of the files that the process may open. */
static size_t connection_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 ||
	    limit.rlim_cur / 2 >= CONNECTIONS_MAX)
		return CONNECTIONS_MAX;
	if (limit.rlim_cur / 2 < CONNECTIONS_MIN)
		return CONNECTIONS_MIN;
	return (size_t)limit.rlim_cur / 2;
}

static bool watch_stop(struct fcgi *f)
{
	struct epoll_event ev = { .events = EPOLLIN, .data.ptr = f };

	return epoll_ctl(f->slots.epoll, EPOLL_CTL_ADD, f->stop_event, &ev) ==
	       0;
}

static bool prepare_threads(struct fcgi *f)
{
	f->threads = mem_alloc((size_t)f->n_threads * sizeof *f->threads);
	if (f->threads == NULL)
		return false;
	memset(f->threads, 0, (size_t)f->n_threads * sizeof *f->threads);
	for (int i = 0; i < f->n_threads; i++) {
		struct server *v = &f->threads[i].server;

		f->threads[i].fcgi = f;
		v->slots = &f->slots;
		v->jobs = &f->jobs;
		v->hooks = &f->hooks;
		v->stopping = &f->stopping;
		v->number = i;
		if (getrandom(&v->seed, sizeof v->seed, 0) < 0)
			v->seed = (uint64_t)clock_monotonic() + (uint64_t)i;
	}
	return true;
}

struct fcgi *fcgi_open(
    int socket, int n_threads, const struct fcgi_hooks *hooks, struct err *e)
{
	struct fcgi *f = mem_alloc(sizeof *f);
	int flags = fcntl(socket, F_GETFL);

	if (f == NULL) {
		err_no_memory(e);
		return NULL;
	}
	if (!gate_open(&f->gate, hooks->at_work, n_threads, e)) {
		mem_free(f);
		return NULL;
	}
	if (flags < 0 || fcntl(socket, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    !slots_open(&f->slots, connection_limit(), socket, e)) {
		err_set(e, ERR_SYSTEM, "cannot use the socket");
		gate_close(&f->gate);
		mem_free(f);
		return NULL;
	}
	f->hooks = *hooks;
	f->n_threads = n_threads;
	atomic_init(&f->stopping, false);
	jobs_init(&f->jobs, hooks->arena_limit);
	f->stop_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	f->threads = NULL;
	if (f->stop_event < 0 || !watch_stop(f) || !prepare_threads(f)) {
		err_set(e, ERR_SYSTEM, "cannot prepare the server");
		err_detail(e, "%s", strerror(errno));
		fcgi_close(f);
		return NULL;
	}
	return f;
}

void fcgi_close(struct fcgi *f)
{
	if (f == NULL)
		return;
	if (f->stop_event >= 0)
		(void)close(f->stop_event);
	slots_close(&f->slots);
	gate_close(&f->gate);
	jobs_free(&f->jobs);
	mem_free(f->threads);
	mem_free(f);
}

/* --- threads -----------------------------------------------------------------
 */

/* s is NULL when the listener has a connection. */
static void serve_event(struct fcgi *f, struct server *v, struct slot *s)
{
	if (s == NULL)
		s = slots_accept(&f->slots);
	else if (!slots_claim(&f->slots, s))
		s = NULL;
	if (s != NULL)
		serve_slot(v, s);
}

static void serve_events(struct fcgi *f, struct server *v)
{
	for (bool inside = false; !f->stopping; inside = true) {
		struct epoll_event ev;

		gate_turn(&f->gate, inside);
		if (epoll_wait(f->slots.epoll, &ev, 1, -1) < 1)
			continue;
		if (ev.data.ptr == f)
			return;
		gate_begin(&f->gate);
		serve_event(f, v, ev.data.ptr);
		gate_finish(&f->gate);
	}
}

static void serve_rest(struct fcgi *f, struct server *v)
{
	int64_t deadline = clock_monotonic() + stop_limit;
	struct slot *s;

	while ((s = slots_claim_any(&f->slots)) != NULL)
		serve_last(v, s, deadline);
}

static bool start_thread(struct thread *t)
{
	const struct fcgi_hooks *h = &t->fcgi->hooks;

	t->server.job = jobs_take(&t->fcgi->jobs);
	if (t->server.job == NULL)
		return err_no_memory(&t->e);
	if (h->start != NULL && !h->start(h->context, t->server.number, &t->e))
		return err_set(&t->e, ERR_SYSTEM, "a thread could not start");
	return true;
}

static void *run_thread(void *context)
{
	struct thread *t = context;
	struct fcgi *f = t->fcgi;

	if (start_thread(t)) {
		serve_events(f, &t->server);
		serve_rest(f, &t->server);
		if (f->hooks.stop != NULL)
			f->hooks.stop(f->hooks.context, t->server.number);
	} else {
		fcgi_stop(f);
	}
	if (t->server.job != NULL)
		jobs_give(&f->jobs, t->server.job);
	return NULL;
}

static bool start_all(struct fcgi *f, struct err *e)
{
	for (int i = 0; i < f->n_threads; i++) {
		struct thread *t = &f->threads[i];
		int failed = pthread_create(&t->id, NULL, run_thread, t);

		if (failed != 0) {
			err_set(e, ERR_SYSTEM, "cannot start a thread");
			return err_detail(e, "%s", strerror(failed));
		}
		t->running = true;
	}
	return true;
}

static bool join_all(struct fcgi *f, struct err *e)
{
	bool good = true;

	for (int i = 0; i < f->n_threads; i++) {
		struct thread *t = &f->threads[i];

		if (!t->running)
			continue;
		(void)pthread_join(t->id, NULL);
		t->running = false;
		if (t->e.code == ERR_NONE)
			continue;
		good = false;
		if (e != NULL && e->code == ERR_NONE)
			*e = t->e;
	}
	return good;
}

/* Looks after threads and connections until it is asked to stop. */
static void watch(struct fcgi *f)
{
	struct pollfd fds[] = { { .fd = f->stop_event, .events = POLLIN },
		{ .fd = f->gate.wake, .events = POLLIN } };
	int64_t expire = clock_monotonic() + expire_every;

	while (!f->stopping) {
		(void)poll(fds, LENGTH(fds), gate_tick(&f->gate));
		if (clock_monotonic() < expire)
			continue;
		slots_expire(&f->slots, clock_monotonic());
		expire = clock_monotonic() + expire_every;
	}
}

bool fcgi_run(struct fcgi *f, struct err *e)
{
	bool good = start_all(f, e);

	if (good)
		watch(f);
	fcgi_stop(f);
	gate_end(&f->gate);
	slots_refuse(&f->slots);
	return join_all(f, e) && good;
}

void fcgi_stop(struct fcgi *f)
{
	static const uint64_t one = 1;
	int saved = errno;

	f->stopping = true;
	/* Nobody reads it: it wakes every thread there is, once and for all. */
	if (write(f->stop_event, &one, sizeof one) < 0)
		errno = saved;
	errno = saved;
}
