/* How many threads of a server are at work: as many as there are processors,
 * and of the others one more whenever all of those are held up. Threads beyond
 * the processors only take events, and the processor, from each other. */
#ifndef BUDGETMAP_HTTP_GATE_H
#define BUDGETMAP_HTTP_GATE_H

#include "base/err.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct gate {
	pthread_mutex_t lock; /* of ended, and of writing to inside, allowed */
	pthread_cond_t turn;
	int few, all; /* threads at work usually, and at most */
	atomic_int inside; /* threads that wait for events or deal with one */
	atomic_int allowed; /* few to all of them */
	atomic_int busy; /* threads that deal with an event */
	atomic_uint done; /* events that were dealt with */
	unsigned seen; /* done at the last tick */
	atomic_bool resting; /* the next tick is far away */
	int wake; /* an eventfd: a tick is wanted now */
	bool ended;
};

/* Of all threads few are at work usually; 0: as many as there are
 * processors. */
bool gate_open(struct gate *g, int few, int all, struct err *e)
    __attribute__((warn_unused_result));
void gate_close(struct gate *g);

/* A thread's turn: returns at once while it may be at work, else when it may.
 * Called first by a thread that was never inside, with inside false. */
void gate_turn(struct gate *g, bool inside);

/* Around each event that a thread deals with. */
void gate_begin(struct gate *g);
void gate_finish(struct gate *g);

/* Lets one more thread in when nothing got done since the last tick though all
 * were busy. To be called by one thread, after the milliseconds that the last
 * call returned or when wake can be read. */
int gate_tick(struct gate *g);

/* Nobody waits for a turn any longer. */
void gate_end(struct gate *g);

#endif
