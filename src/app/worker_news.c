#include "worker_news.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "index/snapshot.h"
#include "layer_set.h"
#include "snapshots.h"

enum { TICK_MS = 200, STATM_SIZE = 128 };

static struct snapshot *open_one(
    const struct news *n, int which, const struct schema *schema, struct err *e)
{
	char path[SNAPSHOTS_PATH_SIZE];

	if (!snapshots_path(path, n->config->snapshot_dir, which)) {
		err_set(e, ERR_SYSTEM, "the path is too long");
		return NULL;
	}
	return snapshot_open(path, schema, false, e);
}

/* Opens the newest pair. The builder may be about to replace one after the
 * other; then it tells once more. */
static bool open_pair(const struct news *n, struct snapshot_pair *out)
{
	struct err e = { 0 };
	struct snapshot_pair p = {
		open_one(n, SHARED_PROJECTS, &project_schema, &e),
		open_one(n, SHARED_DISTRICTS, &district_schema, &e),
	};

	if (e.code != ERR_NONE) {
		log_line(LOG_LEVEL_WARN, "%s: %s", e.text, e.detail);
		/* Asks the builder for others. */
		atomic_fetch_add(&n->shared->refused, 1);
		pair_release(&p);
		return false;
	}
	if (snapshot_info_of(p.projects)->version !=
	    snapshot_info_of(p.districts)->version) {
		pair_release(&p);
		return false;
	}
	*out = p;
	return true;
}

/* Layers first: who sees the pair of a version sees its layers too. */
static void take_layers(struct news *n)
{
	struct layer_set *previous = holder_layers(n->holder);
	int damaged;
	struct layer_set *fresh = layer_set_open(n->config->snapshot_dir,
	    previous, clock_monotonic(), holder_keep, &damaged);

	layer_set_unref(previous);
	if (damaged > 0)
		atomic_fetch_add(&n->shared->refused, 1);
	if (fresh != NULL)
		holder_put_layers(n->holder, fresh);
}

static void take_pair(struct news *n)
{
	struct snapshot_pair fresh;

	take_layers(n);
	if (open_pair(n, &fresh))
		holder_put(n->holder, fresh, clock_monotonic());
}

static void tell_memory(struct news *n)
{
	char text[STATM_SIZE];
	ssize_t len = n->memory_file < 0
			  ? -1
			  : pread(n->memory_file, text, sizeof text - 1, 0);
	uint64_t size, resident;

	if (len <= 0)
		return;
	text[len] = '\0';
	if (sscanf(text, "%" SCNu64 " %" SCNu64, &size, &resident) == 2)
		n->process->memory = resident * (uint64_t)sysconf(_SC_PAGESIZE);
}

static void *follow(void *context)
{
	struct news *n = context;
	uint32_t seen = n->taken;

	while (!n->stopping) {
		uint32_t now =
		    shared_wait(&n->shared->published, seen, TICK_MS);

		if (now != seen)
			take_pair(n);
		n->taken = seen = now;
		holder_expire(n->holder, clock_monotonic());
		access_log_flush(n->log);
		tell_memory(n);
	}
	return NULL;
}

bool news_start(struct news *n, struct err *e)
{
	int failed;

	n->stopping = false;
	n->memory_file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	n->taken = n->shared->published;
	if (n->taken > 0)
		take_pair(n);
	failed = pthread_create(&n->thread, NULL, follow, n);
	if (failed != 0) {
		err_set(e, ERR_SYSTEM, "cannot start a thread");
		return err_detail(e, "%s", strerror(failed));
	}
	return true;
}

void news_stop(struct news *n)
{
	n->stopping = true;
	shared_wake(&n->shared->published);
	(void)pthread_join(n->thread, NULL);
	if (n->memory_file >= 0)
		(void)close(n->memory_file);
}
