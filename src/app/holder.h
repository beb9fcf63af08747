/* The snapshots of one process: the newest pair, for a while the one before it,
 * and the imported layers. */
#ifndef BUDGETMAP_APP_HOLDER_H
#define BUDGETMAP_APP_HOLDER_H

#include <pthread.h>
#include <stdint.h>

struct layer_set;
struct snapshot;

/* Of one data version; both or neither. */
struct snapshot_pair {
	struct snapshot *projects, *districts;
};

enum { HOLDER_KEEP_SECONDS = 300 };
static const int64_t holder_keep = HOLDER_KEEP_SECONDS * 1000000000LL;

struct holder {
	pthread_mutex_t lock;
	struct snapshot_pair now, before;
	int64_t before_until; /* clock_monotonic */
	struct layer_set *layers; /* NULL: not read yet */
};

/* References to all of it. */
struct holding {
	struct snapshot_pair now, before;
	struct layer_set *layers;
};

void holder_init(struct holder *h);
void holder_free(struct holder *h);

/* holding_release gives them back. */
void holder_take(struct holder *h, struct holding *out);
void holding_release(struct holding *h);
void pair_release(struct snapshot_pair *p);

/* Puts a newer pair in place, whose references become the holder's. */
void holder_put(struct holder *h, struct snapshot_pair fresh, int64_t now);

/* The same with layers; one more reference to those in place, for making the
 * next. */
void holder_put_layers(struct holder *h, struct layer_set *fresh);
struct layer_set *holder_layers(struct holder *h);

/* Lets go of what was before when its time is over. */
void holder_expire(struct holder *h, int64_t now);

#endif
