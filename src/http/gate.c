#include "gate.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { SOON_MS = 10, LATE_MS = 1000, FEW_MIN = 2 };

static int processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < FEW_MIN ? FEW_MIN : (int)n;
}

bool gate_open(struct gate *g, int few, int all, struct err *e)
{
	*g = (struct gate){ .few = few ? few : processors(), .all = all };
	if (g->few > all)
		g->few = all;
	atomic_init(&g->allowed, g->few);
	g->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (g->wake < 0) {
		err_set(e, ERR_SYSTEM, "cannot prepare the server");
		return err_detail(e, "eventfd: %s", strerror(errno));
	}
	(void)pthread_mutex_init(&g->lock, NULL);
	(void)pthread_cond_init(&g->turn, NULL);
	return true;
}

void gate_close(struct gate *g)
{
	(void)pthread_cond_destroy(&g->turn);
	(void)pthread_mutex_destroy(&g->lock);
	(void)close(g->wake);
}

static bool is_crowded(const struct gate *g)
{
	return g->inside > g->allowed;
}

void gate_turn(struct gate *g, bool inside)
{
	if (inside && !is_crowded(g))
		return;
	(void)pthread_mutex_lock(&g->lock);
	if (!inside || is_crowded(g)) {
		if (inside)
			g->inside--;
		while (g->inside >= g->allowed && !g->ended)
			(void)pthread_cond_wait(&g->turn, &g->lock);
		g->inside++;
	}
	(void)pthread_mutex_unlock(&g->lock);
}

static bool is_full(struct gate *g)
{
	return g->busy >= g->allowed;
}

void gate_begin(struct gate *g)
{
	static const uint64_t one = 1;

	g->busy++;
	if (g->resting && is_full(g) && atomic_exchange(&g->resting, false))
		(void)!write(g->wake, &one, sizeof one);
}

void gate_finish(struct gate *g)
{
	g->done++;
	g->busy--;
}

static void allow(struct gate *g, int n)
{
	(void)pthread_mutex_lock(&g->lock);
	g->allowed = n;
	(void)pthread_cond_signal(&g->turn);
	(void)pthread_mutex_unlock(&g->lock);
}

/* Whether somebody asked for this tick. */
static bool take_wake(struct gate *g)
{
	uint64_t n;

	return read(g->wake, &n, sizeof n) == sizeof n;
}

int gate_tick(struct gate *g)
{
	bool woken = take_wake(g), full = is_full(g);
	unsigned done = g->done;

	if (full && !woken && done == g->seen && g->allowed < g->all)
		allow(g, g->allowed + 1);
	else if (!full && g->allowed > g->few)
		allow(g, g->allowed - 1);
	g->seen = done;
	if (full || g->allowed > g->few)
		return SOON_MS;
	g->resting = true;
	/* Who became busy before that looked did not see it. */
	return is_full(g) && atomic_exchange(&g->resting, false) ? SOON_MS
								 : LATE_MS;
}

void gate_end(struct gate *g)
{
	(void)pthread_mutex_lock(&g->lock);
	g->ended = true;
	(void)pthread_cond_broadcast(&g->turn);
	(void)pthread_mutex_unlock(&g->lock);
}
