/* The thread of a worker that follows what other processes publish. */
#ifndef BUDGETMAP_APP_WORKER_NEWS_H
#define BUDGETMAP_APP_WORKER_NEWS_H

#include "access_log.h"
#include "config.h"
#include "holder.h"
#include "shared.h"

#include <stdatomic.h>

struct news {
	const struct config *config;
	struct shared *shared;
	struct shared_process *process;
	struct holder *holder;
	struct access_log *log;
	atomic_bool stopping;
	_Atomic uint32_t
	    taken; /* shared->published as far as it is in holder */
	pthread_t thread;
	int memory_file; /* /proc/self/statm */
};

/* Starts the thread: new snapshots go into the holder, old ones leave it, the
 * log is flushed, memory is told. The first snapshots are there when it
 * returns, if there are any. */
bool news_start(struct news *n, struct err *e)
    __attribute__((warn_unused_result));
void news_stop(struct news *n);

#endif
