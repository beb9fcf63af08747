#include "worker.h"

#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "access_log.h"
#include "api/exchange.h"
#include "api/kml_looks.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/gzip.h"
#include "base/mem.h"
#include "geo/proj.h"
#include "http/fcgi.h"
#include "http/finish.h"
#include "http/negotiate.h"
#include "http/problem.h"
#include "layer_set.h"
#include "metrics.h"
#include "query/codes.h"
#include "sandbox.h"
#include "store/db.h"
#include "worker_news.h"

enum { GZIP_LEVEL = 1, MIB = 1024 * 1024, MEMORY_KEPT = 2 * MIB };

static const int64_t millisecond = 1000000;
static const int64_t database_retry = 1000 * 1000000LL;

/* What one thread has to itself. */
struct worker_thread {
	struct db *db; /* NULL: cannot be opened */
	uint32_t database_seen; /* shared->database when it was opened */
	int64_t retry_at; /* clock_monotonic */
	struct gzip *gzip;
	struct proj *proj;
	int64_t midnight; /* when today ends */
	int32_t today;
};

struct worker {
	const struct config *config;
	struct shared *shared;
	struct shared_process *process;
	struct site site;
	struct kml_looks *looks; /* the site's */
	struct holder holder;
	struct access_log log;
	struct news news;
	struct worker_thread *threads;
};

/* The signal handler knows nothing else. */
static struct fcgi *_Atomic serving;

static void on_term(int sig)
{
	(void)sig;
	if (serving != NULL)
		fcgi_stop(serving);
}

static void fill_site(struct site *s, const struct config *c)
{
	*s = (struct site){
		.base_url = c->base_url,
		.licence = c->data_licence,
		.licence_url = c->data_licence_url,
		.contact = c->contact,
		.tile_url = c->tile_url,
		.tile_attribution = c->tile_attribution,
		.cache_seconds = c->cache_seconds,
	};
	for (int i = 0; i < LANG_COUNT; i++) {
		s->title[i] = c->service_title[i];
		s->attribution[i] = c->attribution[i];
	}
}

/* --- a thread's own
 * ------------------------------------------------------------ */

static void close_database(struct worker_thread *t)
{
	db_close(t->db);
	t->db = NULL;
}

/* The thread's connection to the file that is the database now; NULL while it
 * cannot be opened, which is tried again once a second. */
static struct db *database_of(struct worker *w, struct worker_thread *t)
{
	uint32_t current = w->shared->database;
	struct err e = { 0 };

	if (t->db != NULL && t->database_seen != current)
		close_database(t);
	if (t->db != NULL)
		return t->db;
	if (clock_monotonic() < t->retry_at)
		return NULL;
	t->retry_at = clock_monotonic() + database_retry;
	t->db = db_open_read(w->config->database, &e);
	t->database_seen = current;
	if (t->db == NULL)
		log_line(LOG_LEVEL_ERROR, "no database: %s%s%s", e.text,
		    e.detail[0] != '\0' ? ": " : "", e.detail);
	return t->db;
}

static int32_t today_of(struct worker_thread *t, int64_t now)
{
	if (now >= t->midnight) {
		t->today = clock_local_day(now);
		t->midnight = clock_next_midnight(now);
	}
	return t->today;
}

static bool start_thread(void *context, int number, struct err *e)
{
	struct worker *w = context;
	struct worker_thread *t = &w->threads[number];

	t->gzip = gzip_open(GZIP_LEVEL);
	t->proj = proj_open();
	if (t->gzip == NULL || t->proj == NULL)
		return err_no_memory(e);
	(void)database_of(w, t);
	return true;
}

static void stop_thread(void *context, int number)
{
	struct worker *w = context;
	struct worker_thread *t = &w->threads[number];

	close_database(t);
	gzip_close(t->gzip);
	proj_close(t->proj);
}

/* --- a request
 * ------------------------------------------------------------------ */

static void release(void *held)
{
	holding_release(held);
}

/* Lends the snapshots to the request until it is sent. */
static void lend_snapshots(struct worker *w, struct exchange *x)
{
	struct holding *h = arena_alloc(x->arena, sizeof *h);

	if (h == NULL)
		return;
	holder_take(&w->holder, h);
	if (!response_hold(x->response, release, h))
		return;
	x->projects = h->now.projects;
	x->districts = h->now.districts;
	x->projects_before = h->before.projects;
	x->districts_before = h->before.districts;
	x->layers = layer_set_list(h->layers, &x->n_layers);
}

static void answer_api(
    struct worker *w, struct worker_thread *t, struct exchange *x)
{
	int limit = w->config->time_limit_ms;

	lend_snapshots(w, x);
	x->db = database_of(w, t);
	x->proj = t->proj;
	x->deadline = clock_monotonic() + limit * millisecond;
	if (x->db != NULL)
		db_deadline(x->db, limit);
	api_handle(x);
}

static void answer_metrics(
    struct worker *w, struct worker_thread *t, struct exchange *x)
{
	(void)t;
	x->response->media = "text/plain; version=0.0.4; charset=utf-8";
	metrics_write(&x->response->text, w->shared, x->now);
}

static void answer_health(
    struct worker *w, struct worker_thread *t, struct exchange *x)
{
	struct db *d = database_of(w, t);
	struct err e = { 0 };
	bool good;

	if (d != NULL)
		db_deadline(d, w->config->time_limit_ms);
	good = d != NULL && db_try(d, &e);
	if (e.code != ERR_NONE)
		log_line(LOG_LEVEL_ERROR, "health: %s%s%s", e.text,
		    e.detail[0] != '\0' ? ": " : "", e.detail);
	x->response->media = "application/json";
	x->response->status =
	    metrics_health(&x->response->text, w->shared, good, x->now);
}

static const struct {
	const char *path;
	void (*answer)(
	    struct worker *w, struct worker_thread *t, struct exchange *x);
} own[] = {
	{ "/health", answer_health },
	{ "/metrics", answer_metrics },
};

static bool answer_own(
    struct worker *w, struct worker_thread *t, struct exchange *x)
{
	for (size_t i = 0; i < LENGTH(own); i++) {
		if (!str_is(x->request->path, own[i].path))
			continue;
		x->route = own[i].path;
		x->allowed = HTTP_GET | HTTP_HEAD | HTTP_OPTIONS;
		x->response->max_age = -1;
		own[i].answer(w, t, x);
		return true;
	}
	return false;
}

static int language_of(const struct request *q)
{
	int lang =
	    negotiate_language(q->accept_language, lang_codes, LANG_COUNT);

	return lang < 0 ? LANG_KK : lang;
}

static void answer(struct worker *w, struct worker_thread *t,
    struct exchange *x, const struct err *malformed)
{
	int lang = language_of(x->request);

	if (malformed != NULL)
		problem_write(x->response, malformed, x->request, lang);
	else if (!answer_own(w, t, x))
		answer_api(w, t, x);
	x->response->unsettled =
	    w->shared->unsettled || w->news.taken != w->shared->published;
	finish_response(x->response, x->request, x->allowed, t->gzip, lang);
}

static void handle(void *context, int thread, const struct request *q,
    const struct err *malformed, struct response *r)
{
	struct worker *w = context;
	struct worker_thread *t = &w->threads[thread];
	int64_t began = clock_monotonic(), took;
	struct exchange x = {
		.request = q,
		.response = r,
		.arena = q->arena,
		.site = &w->site,
		.now = clock_now(),
	};

	x.today = today_of(t, x.now);
	atomic_fetch_add(&w->process->in_flight, 1);
	answer(w, t, &x, malformed);
	took = clock_monotonic() - began;
	metrics_count(w->process, x.route, r->status, r->length, took);
	access_log_add(&w->log, q, x.route != NULL ? x.route : "-", r->status,
	    r->length, took / 1000);
	atomic_fetch_sub(&w->process->in_flight, 1);
}

/* --- the process
 * ---------------------------------------------------------------- */

/* SIGTERM is blocked until there is something to stop; the keyboard's signals
 * go to the supervisor, which sees to the rest. */
static void take_signals(void)
{
	struct sigaction term = { .sa_handler = on_term };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t none;

	(void)sigaction(SIGTERM, &term, NULL);
	(void)sigaction(SIGINT, &ignore, NULL);
	(void)sigaction(SIGHUP, &ignore, NULL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool serve(struct worker *w, int socket, struct err *e)
{
	const struct fcgi_hooks hooks = {
		.handle = handle,
		.start = start_thread,
		.stop = stop_thread,
		.context = w,
		.arena_limit = (size_t)w->config->request_memory * MIB,
	};
	struct fcgi *f = fcgi_open(socket, w->config->threads, &hooks, e);
	bool good;

	if (f == NULL)
		return false;
	serving = f;
	take_signals();
	w->process->ready = true;
	good = fcgi_run(f, e);
	w->process->ready = false;
	serving = NULL;
	fcgi_close(f);
	return good;
}

static bool prepare(struct worker *w, struct err *e)
{
	size_t size = (size_t)w->config->threads * sizeof *w->threads;

	w->threads = mem_alloc(size);
	if (w->threads == NULL)
		return err_no_memory(e);
	memset(w->threads, 0, size);
	fill_site(&w->site, w->config);
	w->looks = kml_looks_make(w->config->base_url, e);
	w->site.looks = w->looks;
	w->news = (struct news){
		.config = w->config,
		.shared = w->shared,
		.process = w->process,
		.holder = &w->holder,
		.log = &w->log,
	};
	return w->looks != NULL;
}

/* Buffers of answers come and go: to give them back to the system each time,
 * and to be given zeroed pages again, costs as much as the answer. */
static void keep_memory(void)
{
	(void)mallopt(M_MMAP_THRESHOLD, MEMORY_KEPT);
	(void)mallopt(M_TRIM_THRESHOLD, MEMORY_KEPT);
}

bool worker_run(const struct config *c, struct shared *s, int place, int socket,
    struct err *e)
{
	struct worker w = {
		.config = c,
		.shared = s,
		.process = &s->processes[place],
	};
	bool good = false;

	keep_memory();
	if (!prepare(&w, e)) {
		mem_free(w.threads);
		return false;
	}
	w.process->in_flight = 0;
	holder_init(&w.holder);
	access_log_init(&w.log, c->log_level >= LOG_LEVEL_INFO);
	if (news_start(&w.news, e)) {
		good = serve(&w, socket, e);
		news_stop(&w.news);
	}
	access_log_free(&w.log);
	holder_free(&w.holder);
	kml_looks_free(w.looks);
	mem_free(w.threads);
	return good;
}
