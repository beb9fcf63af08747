/* The processes of a supervisor. */
#ifndef BUDGETMAP_APP_CHILDREN_H
#define BUDGETMAP_APP_CHILDREN_H

#include "config.h"
#include "shared.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum child_kind { CHILD_WORKER, CHILD_BUILDER, CHILD_KINDS };

struct child {
	pid_t pid; /* 0: the place is free */
	enum child_kind kind;
	unsigned generation; /* of the configuration it has */
	int64_t started; /* clock_monotonic */
	int64_t kill_at; /* when SIGKILL follows SIGTERM; 0: not asked to
			  * end */
};

/* A child's place is its place in shared->processes. */
struct children {
	struct child all[SHARED_PROCESSES];
	struct shared *shared;
	int socket;
	int64_t start_at[CHILD_KINDS]; /* none before (clock_monotonic) */
	int quick[CHILD_KINDS]; /* deaths soon after the start, in a
				 * row */
};

/* Starts one; false when there is no room or fork fails. */
bool children_start(struct children *c, const struct config *config,
    enum child_kind kind, unsigned generation);

/* Asks one to end, and ends it by force when it takes too long. */
void children_end(struct child *one);
void children_kill_late(struct children *c, int64_t now);

/* Takes leave of those that ended; the next of their kind may start at once, or
 * after a growing pause when they die as soon as they start. */
void children_reap(struct children *c);

/* How many there are of a kind, of one generation (or of all others), that are
 * not asked to end; ready counts those that serve. */
int children_count(const struct children *c, enum child_kind kind,
    unsigned generation, bool others, int *ready);

/* Whether any is alive. */
bool children_any(const struct children *c);

#endif
