#include <config.h>

#include "children.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "command.h"
#include "rebuild.h"
#include "sandbox.h"
#include "store/db.h"
#include "worker.h"

static const int64_t millisecond = 1000000;
static const int64_t grace = 20 * 1000000000LL;
static const int64_t quick_life = 2 * 1000000000LL;

enum { PAUSE_MS = 100, PAUSE_DOUBLINGS = 6 };

static const char *const kind_names[CHILD_KINDS] = { "worker", "builder" };

static void enter_sandbox(const struct config *config)
{
	const char *level = sandbox_enter(config);
	bool whole = strcmp(level, "landlock") == 0;

	log_line(whole ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARN, "sandbox: %s%s",
	    level, whole ? "" : " (the kernel has no Landlock)");
}

/* The life of a child. */
static int live(struct children *c, int place, const struct config *config,
    enum child_kind kind)
{
	struct err e = { 0 };

	db_library_init();
	(void)clock_local_day(clock_now()); /* reads time zones */
	enter_sandbox(config);
	if (kind == CHILD_BUILDER) {
		(void)close(c->socket);
		rebuild_run(config, c->shared);
		return COMMAND_OK;
	}
	if (worker_run(config, c->shared, place, c->socket, &e))
		return COMMAND_OK;
	log_line(
	    LOG_LEVEL_ERROR, "a worker cannot start: %s %s", e.text, e.detail);
	return COMMAND_FAILED;
}

static int free_place(const struct children *c)
{
	for (int i = 0; i < SHARED_PROCESSES; i++)
		if (c->all[i].pid == 0)
			return i;
	return -1;
}

bool children_start(struct children *c, const struct config *config,
    enum child_kind kind, unsigned generation)
{
	pid_t parent = getpid(), pid;
	int place = free_place(c);

	if (place < 0)
		return false;
	pid = fork();
	if (pid == 0) {
		/* Ends with the supervisor, however that ends. */
		(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
		if (getppid() != parent)
			_exit(COMMAND_FAILED);
		exit(live(c, place, config, kind));
	}
	if (pid < 0) {
		log_line(LOG_LEVEL_ERROR, "cannot start a %s: %s",
		    kind_names[kind], strerror(errno));
		c->start_at[kind] = clock_monotonic() + quick_life;
		return false;
	}
	c->all[place] = (struct child){ .pid = pid,
		.kind = kind,
		.generation = generation,
		.started = clock_monotonic() };
	c->shared->processes[place].pid = pid;
	return true;
}

void children_end(struct child *one)
{
	if (one->kill_at == 0)
		one->kill_at = clock_monotonic() + grace;
	(void)kill(one->pid, SIGTERM);
}

void children_kill_late(struct children *c, int64_t now)
{
	for (int i = 0; i < SHARED_PROCESSES; i++) {
		struct child *one = &c->all[i];

		if (one->pid == 0 || one->kill_at == 0 || one->kill_at > now)
			continue;
		log_line(LOG_LEVEL_WARN, "%s %d does not end: killed",
		    kind_names[one->kind], (int)one->pid);
		(void)kill(one->pid, SIGKILL);
		one->kill_at = now + grace;
	}
}

static void plan_next(struct children *c, const struct child *dead)
{
	int64_t now = clock_monotonic();
	int *quick = &c->quick[dead->kind];
	int doublings;

	*quick = now - dead->started < quick_life ? *quick + 1 : 0;
	doublings = *quick < PAUSE_DOUBLINGS ? *quick : PAUSE_DOUBLINGS;
	c->start_at[dead->kind] = now;
	if (*quick > 1)
		c->start_at[dead->kind] +=
		    ((int64_t)PAUSE_MS << doublings) * millisecond;
}

static void bury(struct children *c, int place, int status)
{
	struct shared_process *p = &c->shared->processes[place];
	struct child *dead = &c->all[place];

	p->ready = false;
	p->in_flight = 0;
	p->memory = 0;
	p->pid = 0;
	if (dead->kill_at == 0) {
		if (WIFSIGNALED(status))
			log_line(LOG_LEVEL_ERROR, "%s %d died of signal %d",
			    kind_names[dead->kind], (int)dead->pid,
			    WTERMSIG(status));
		else
			log_line(LOG_LEVEL_ERROR, "%s %d ended with code %d",
			    kind_names[dead->kind], (int)dead->pid,
			    WEXITSTATUS(status));
		atomic_fetch_add(&c->shared->restarts, 1);
		plan_next(c, dead);
	}
	*dead = (struct child){ 0 };
}

void children_reap(struct children *c)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < SHARED_PROCESSES; i++)
			if (c->all[i].pid == pid)
				bury(c, i, status);
}

int children_count(const struct children *c, enum child_kind kind,
    unsigned generation, bool others, int *ready)
{
	int n = 0;

	*ready = 0;
	for (int i = 0; i < SHARED_PROCESSES; i++) {
		const struct child *one = &c->all[i];

		if (one->pid == 0 || one->kind != kind || one->kill_at != 0 ||
		    (one->generation != generation) != others)
			continue;
		n++;
		*ready += c->shared->processes[i].ready;
	}
	return n;
}

bool children_any(const struct children *c)
{
	for (int i = 0; i < SHARED_PROCESSES; i++)
		if (c->all[i].pid != 0)
			return true;
	return false;
}
