#include "supervisor.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>

#include "base/array.h"
#include "base/clock.h"
#include "children.h"
#include "notify.h"

static const int64_t millisecond = 1000000;

enum { IDLE_MS = 1000, BUSY_MS = 20 };

struct supervisor {
	struct config *config;
	supervisor_reload *reload;
	void *context;
	struct children children;
	unsigned generation; /* rises with each configuration */
	bool stopping;
	bool announced; /* systemd knows that all are ready */
};

/* --- keeping the number
 * --------------------------------------------------------- */

static bool may_start(const struct supervisor *s, enum child_kind kind)
{
	return clock_monotonic() >= s->children.start_at[kind];
}

/* Asks one of another generation to end. */
static void end_old(struct supervisor *s, enum child_kind kind)
{
	for (int i = 0; i < SHARED_PROCESSES; i++) {
		struct child *one = &s->children.all[i];

		if (one->pid != 0 && one->kind == kind && one->kill_at == 0 &&
		    one->generation != s->generation) {
			children_end(one);
			return;
		}
	}
}

static bool is_builder_alive(const struct supervisor *s)
{
	for (int i = 0; i < SHARED_PROCESSES; i++)
		if (s->children.all[i].pid != 0 &&
		    s->children.all[i].kind == CHILD_BUILDER)
			return true;
	return false;
}

/* There is one builder at any time: the next one starts when the last one is
 * gone. */
static void tend_builder(struct supervisor *s)
{
	if (!is_builder_alive(s) && may_start(s, CHILD_BUILDER))
		(void)children_start(
		    &s->children, s->config, CHILD_BUILDER, s->generation);
	else
		end_old(s, CHILD_BUILDER);
}

/* Each worker that serves with the new configuration takes the place of an old
 * one, so that their number never falls. Returns whether all is as it should
 * be. */
static bool tend_workers(struct supervisor *s)
{
	struct children *c = &s->children;
	int want = s->config->processes, ready, old_ready;
	int n = children_count(c, CHILD_WORKER, s->generation, false, &ready);
	int old =
	    children_count(c, CHILD_WORKER, s->generation, true, &old_ready);

	while (n < want && may_start(s, CHILD_WORKER) &&
	       (old == 0 || ready == n)) {
		if (!children_start(c, s->config, CHILD_WORKER, s->generation))
			break;
		n++;
	}
	if (old > 0 && ready == n && old > want - ready)
		end_old(s, CHILD_WORKER);
	return old == 0 && ready == want;
}

static void tend(struct supervisor *s)
{
	tend_builder(s);
	if (tend_workers(s) && !s->announced) {
		s->announced = true;
		log_line(LOG_LEVEL_INFO, "ready: %d processes of %d threads",
		    s->config->processes, s->config->threads);
		notify_state("READY=1");
	}
}

/* --- signals
 * -------------------------------------------------------------------- */

static void begin_stop(struct supervisor *s)
{
	struct children *c = &s->children;

	if (!s->stopping) {
		log_line(LOG_LEVEL_INFO, "stopping");
		notify_state("STOPPING=1");
	}
	s->stopping = true;
	for (int i = 0; i < SHARED_PROCESSES; i++)
		if (c->all[i].pid != 0)
			children_end(&c->all[i]);
}

static void begin_reload(struct supervisor *s)
{
	struct config fresh;
	struct err e = { 0 };

	if (!s->reload(s->context, &fresh, &e)) {
		log_line(LOG_LEVEL_ERROR,
		    "the configuration stays as it was: %s", e.text);
		return;
	}
	notify_reloading();
	if (strcmp(fresh.socket, s->config->socket) != 0)
		log_line(LOG_LEVEL_WARN,
		    "another socket takes a restart: it stays as it was");
	config_free(s->config);
	*s->config = fresh;
	log_set_level((enum log_level)fresh.log_level);
	s->generation++;
	s->announced = false;
	atomic_fetch_add(&s->children.shared->reloads, 1);
	log_line(LOG_LEVEL_INFO, "reloading");
}

static void take_signal(struct supervisor *s, int sig)
{
	switch (sig) {
	case SIGTERM:
	case SIGINT:
	case SIGQUIT:
		begin_stop(s);
		break;
	case SIGHUP:
		if (!s->stopping)
			begin_reload(s);
		break;
	default:
		break;
	}
}

/* Waits for a signal; for a moment only while something is under way. */
static int wait_signal(const struct supervisor *s, const sigset_t *set)
{
	int64_t wait =
	    (s->announced || s->stopping ? IDLE_MS : BUSY_MS) * millisecond;
	int64_t now = clock_monotonic();
	struct timespec limit;

	for (int i = 0; i < CHILD_KINDS; i++) {
		int64_t left = s->children.start_at[i] - now;

		if (left > 0 && left < wait)
			wait = left;
	}
	limit.tv_sec = wait / (1000 * millisecond);
	limit.tv_nsec = wait % (1000 * millisecond);
	return sigtimedwait(set, NULL, &limit);
}

static void block_signals(sigset_t *set)
{
	static const int taken[] = { SIGTERM, SIGINT, SIGQUIT, SIGHUP,
		SIGCHLD };
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	(void)sigemptyset(set);
	for (size_t i = 0; i < LENGTH(taken); i++)
		(void)sigaddset(set, taken[i]);
	(void)sigprocmask(SIG_BLOCK, set, NULL);
	(void)sigaction(SIGPIPE, &ignore, NULL);
}

static void watch(struct supervisor *s, const sigset_t *set)
{
	while (!s->stopping || children_any(&s->children)) {
		int sig;

		if (!s->stopping)
			tend(s);
		sig = wait_signal(s, set);
		if (sig > 0)
			take_signal(s, sig);
		children_reap(&s->children);
		children_kill_late(&s->children, clock_monotonic());
	}
}

bool supervisor_run(struct config *c, int socket, supervisor_reload *reload,
    void *context, struct err *e)
{
	static struct supervisor s; /* large, and one a process */
	sigset_t set;

	s = (struct supervisor){
		.config = c, .reload = reload, .context = context
	};
	s.children.socket = socket;
	s.children.shared = shared_open(e);
	if (s.children.shared == NULL)
		return false;
	s.children.shared->started = clock_now();
	block_signals(&set);
	watch(&s, &set);
	shared_close(s.children.shared);
	return true;
}
