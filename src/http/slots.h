/* The connections of a server: who has them, and until when they may wait. */
#ifndef BUDGETMAP_HTTP_SLOTS_H
#define BUDGETMAP_HTTP_SLOTS_H

#include "base/buf.h"
#include "base/err.h"
#include "record.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct job;

enum slot_state {
	SLOT_FREE,
	SLOT_BUSY, /* one thread has it */
	SLOT_READING, /* waits for bytes of a request that has begun */
	SLOT_IDLE, /* waits for the next request */
	SLOT_SENDING /* waits until it takes more of an answer */
};

/* The thread that has a slot owns its fields but state and deadline. */
struct slot {
	int fd;
	enum slot_state state;
	int64_t deadline; /* clock_monotonic, while it waits */
	int64_t began; /* when the request at hand, or the first, began */
	bool served; /* a request was answered on it */
	struct buf in; /* what came and is not answered */
	struct record_scan scan;
	struct job *sending; /* what SLOT_SENDING waits with */
	struct slot *next_free;
};

struct slots {
	pthread_mutex_t lock; /* of every state, deadline, free and paused */
	struct slot *all;
	struct slot *free;
	size_t n;
	int epoll;
	int listener;
	bool paused; /* listener is out of epoll for want of room */
	bool closed; /* ... for good */
};

/* A table of n slots, with an epoll instance that the listener is in; its
 * events have a NULL pointer. */
bool slots_open(struct slots *t, size_t n, int listener, struct err *e)
    __attribute__((warn_unused_result));
void slots_close(struct slots *t);

/* Takes one connection from the listener; the slot is busy. NULL when there is
 * none or no room: then the one that waits longest is closed and the listener
 * rests until a slot is free. */
struct slot *slots_accept(struct slots *t);

/* Makes a waiting slot busy after its event. False when another thread has
 * it. */
bool slots_claim(struct slots *t, struct slot *s);

/* Any waiting slot, busy from now on; NULL when there is none. */
struct slot *slots_claim_any(struct slots *t);

/* Lets a busy slot wait for its next event. */
void slots_park(
    struct slots *t, struct slot *s, enum slot_state state, int64_t deadline);

/* Closes the connection of a busy slot. */
void slots_drop(struct slots *t, struct slot *s);

/* Cuts the connections whose deadline is over: their threads see an end. Also
 * lets a resting listener try again. */
void slots_expire(struct slots *t, int64_t now);

/* No further connection is taken. */
void slots_refuse(struct slots *t);

#endif
