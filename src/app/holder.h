/* The snapshots of one process: the newest pair, and for a while the one before
 * it. */
#ifndef BUDGETMAP_APP_HOLDER_H
#define BUDGETMAP_APP_HOLDER_H

#include <pthread.h>
#include <stdint.h>

struct snapshot;

/* Of one data version; both or neither. */
struct snapshot_pair {
	struct snapshot *projects, *districts;
};

enum { HOLDER_KEEP_SECONDS = 300 };

struct holder {
	pthread_mutex_t lock;
	struct snapshot_pair now, before;
	int64_t before_until; /* clock_monotonic */
};

void holder_init(struct holder *h);
void holder_free(struct holder *h);

/* References to both pairs; pair_release gives them back. */
void holder_take(
    struct holder *h, struct snapshot_pair *now, struct snapshot_pair *before);
void pair_release(struct snapshot_pair *p);

/* Puts a newer pair in place, whose references become the holder's. */
void holder_put(struct holder *h, struct snapshot_pair fresh, int64_t now);

/* Lets go of the pair before when its time is over. */
void holder_expire(struct holder *h, int64_t now);

#endif
