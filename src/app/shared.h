/* Memory that the processes of one service share: counters and news. */
#ifndef BUDGETMAP_APP_SHARED_H
#define BUDGETMAP_APP_SHARED_H

#include "base/err.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	SHARED_PROCESSES = 192, /* twice 64 workers, and a builder or two */
	SHARED_CLASSES = 9,
	SHARED_STATUSES = 14,
	SHARED_BUCKETS = 14
};

/* What one process counts. Another one may take its place later and goes on
 * counting, so that sums never fall. */
struct shared_process {
	_Atomic int32_t pid; /* 0: the place is free */
	_Atomic bool ready;
	_Atomic int32_t in_flight;
	_Atomic uint64_t memory; /* resident bytes */
	_Atomic uint64_t requests[SHARED_CLASSES][SHARED_STATUSES];
	_Atomic uint64_t buckets[SHARED_CLASSES][SHARED_BUCKETS];
	_Atomic uint64_t nanoseconds[SHARED_CLASSES];
	_Atomic uint64_t bytes;
};

enum { SHARED_PROJECTS, SHARED_DISTRICTS, SHARED_COLLECTIONS };

/* What the builder says of a collection's snapshot. */
struct shared_snapshot {
	_Atomic int64_t version;
	_Atomic int64_t published; /* of the data, seconds UTC */
	_Atomic int64_t built; /* seconds UTC */
	_Atomic int64_t build_ns;
	_Atomic uint64_t features;
	_Atomic uint64_t size; /* bytes of the file */
};

struct shared {
	_Atomic uint32_t published; /* rises with each pair of snapshots */
	_Atomic bool unsettled; /* a commit is seen and not yet published */
	_Atomic uint32_t refused; /* rises when a worker cannot read them */
	_Atomic uint32_t database; /* rises when the file is another one */
	_Atomic uint64_t builds, failed_builds, restarts, reloads;
	_Atomic int64_t started; /* seconds UTC */
	struct shared_snapshot snapshots[SHARED_COLLECTIONS];
	struct shared_process processes[SHARED_PROCESSES];
};

/* Zeroed memory that children inherit. NULL on failure. */
struct shared *shared_open(struct err *e);
void shared_close(struct shared *s);

/* Waits until word is no longer seen, at most milliseconds; returns what it is.
 * shared_wake wakes all who wait for it, in any process. */
uint32_t shared_wait(_Atomic uint32_t *word, uint32_t seen, int milliseconds);
void shared_wake(_Atomic uint32_t *word);

#endif
