/* What a thread does with a connection: read requests, answer, send. */
#ifndef BUDGETMAP_HTTP_SERVE_H
#define BUDGETMAP_HTTP_SERVE_H

#include "http/fcgi.h"
#include "sender.h"
#include "slots.h"

#include <stdatomic.h>

/* One request with its answer, wherever it is on its way. */
struct job {
	struct job *next;
	struct arena arena;
	struct request request;
	struct response response;
	struct sender sender;
};

/* Jobs of answers that their reader takes slowly belong to no thread. */
struct jobs {
	pthread_mutex_t lock;
	struct job *spare;
	size_t n_spare, n_waiting;
	size_t arena_limit;
};

void jobs_init(struct jobs *p, size_t arena_limit);
void jobs_free(struct jobs *p);

/* A job to work with; NULL without memory. */
struct job *jobs_take(struct jobs *p);
void jobs_give(struct jobs *p, struct job *j);

/* Whether one more job may wait without a thread; then jobs_waited ends it. */
bool jobs_may_wait(struct jobs *p);
void jobs_waited(struct jobs *p);

/* One thread of the server. */
struct server {
	struct slots *slots;
	struct jobs *jobs;
	const struct fcgi_hooks *hooks;
	atomic_bool *stopping;
	int number;
	uint64_t seed, count; /* of request ids */
	struct job *job;
};

/* Goes on with a busy slot until it waits, is closed, or its thread has nothing
 * more to do with it. */
void serve_slot(struct server *v, struct slot *s);

/* The same when the server stops: what has begun is finished, what is idle is
 * closed, nothing waits beyond deadline (clock_monotonic). */
void serve_last(struct server *v, struct slot *s, int64_t deadline);

#endif
