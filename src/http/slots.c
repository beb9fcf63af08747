#include <config.h>

#include "slots.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

enum { SEND_SLICE_US = 100 * 1000, SEND_BUFFER = 256 * 1024 };

static bool watch_listener(struct slots *t)
{
	struct epoll_event ev = { .events = EPOLLIN | EPOLLEXCLUSIVE };

	return epoll_ctl(t->epoll, EPOLL_CTL_ADD, t->listener, &ev) == 0 ||
	       errno == EEXIST;
}

static void ignore_listener(struct slots *t)
{
	(void)epoll_ctl(t->epoll, EPOLL_CTL_DEL, t->listener, NULL);
}

bool slots_open(struct slots *t, size_t n, int listener, struct err *e)
{
	*t = (struct slots){ .n = n, .listener = listener, .epoll = -1 };
	t->all = mem_alloc(n * sizeof *t->all);
	if (t->all == NULL)
		return err_no_memory(e);
	memset(t->all, 0, n * sizeof *t->all);
	for (size_t i = 0; i < n; i++) {
		buf_init(&t->all[i].in, RECORD_INPUT_MAX);
		t->all[i].next_free = t->free;
		t->free = &t->all[i];
	}
	t->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (t->epoll < 0 || !watch_listener(t)) {
		err_set(e, ERR_SYSTEM, "cannot watch the socket");
		err_detail(e, "epoll: %s", strerror(errno));
		if (t->epoll >= 0)
			(void)close(t->epoll);
		mem_free(t->all);
		return false;
	}
	(void)pthread_mutex_init(&t->lock, NULL);
	return true;
}

void slots_close(struct slots *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->all[i].state != SLOT_FREE) {
			(void)close(t->all[i].fd);
			buf_free(&t->all[i].in);
		}
	(void)pthread_mutex_destroy(&t->lock);
	(void)close(t->epoll);
	mem_free(t->all);
}

static bool is_waiting(const struct slot *s)
{
	return s->state == SLOT_READING || s->state == SLOT_IDLE ||
	       s->state == SLOT_SENDING;
}

/* Cuts the connection that would be cut first anyway, which favours those that
 * began a request and do not go on. Its thread frees the slot. */
static void cut_one(struct slots *t)
{
	struct slot *first = NULL;

	for (size_t i = 0; i < t->n; i++) {
		struct slot *s = &t->all[i];

		if (is_waiting(s) && s->state != SLOT_SENDING &&
		    (first == NULL || s->deadline < first->deadline))
			first = s;
	}
	if (first != NULL)
		(void)shutdown(first->fd, SHUT_RDWR);
}

static void pause_listener(struct slots *t)
{
	ignore_listener(t);
	t->paused = true;
}

static struct slot *take_free(struct slots *t)
{
	struct slot *s;

	(void)pthread_mutex_lock(&t->lock);
	s = t->free;
	if (s != NULL) {
		t->free = s->next_free;
		s->state = SLOT_BUSY;
	} else if (!t->paused) {
		cut_one(t);
		pause_listener(t);
	}
	(void)pthread_mutex_unlock(&t->lock);
	return s;
}

static void give_free(struct slots *t, struct slot *s)
{
	(void)pthread_mutex_lock(&t->lock);
	s->state = SLOT_FREE;
	s->next_free = t->free;
	t->free = s;
	if (t->paused && !t->closed) {
		t->paused = false;
		(void)watch_listener(t);
	}
	(void)pthread_mutex_unlock(&t->lock);
}

/* Puts the listener at the end of the kernel's queue of waiting processes, so
 * that they take connections in turn. */
static void rotate(struct slots *t)
{
	(void)pthread_mutex_lock(&t->lock);
	if (!t->paused && !t->closed) {
		ignore_listener(t);
		(void)watch_listener(t);
	}
	(void)pthread_mutex_unlock(&t->lock);
}

/* Sending blocks for a moment only. The kernel cuts the buffer down to what it
 * allows, which is twice the usual: most answers fit in without a wait. */
static void prepare(int fd)
{
	static const struct timeval slice = { .tv_usec = SEND_SLICE_US };
	static const int size = SEND_BUFFER;

	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &slice, sizeof slice);
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
}

struct slot *slots_accept(struct slots *t)
{
	struct slot *s = take_free(t);
	int fd;

	if (s == NULL)
		return NULL;
	fd = accept4(t->listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0) {
		bool exhausted = errno == EMFILE || errno == ENFILE ||
				 errno == ENOBUFS || errno == ENOMEM;

		give_free(t, s);
		if (exhausted) {
			(void)pthread_mutex_lock(&t->lock);
			pause_listener(t);
			(void)pthread_mutex_unlock(&t->lock);
		}
		return NULL;
	}
	prepare(fd);
	rotate(t);
	s->fd = fd;
	s->began = clock_monotonic();
	s->served = false;
	s->sending = NULL;
	s->scan = (struct record_scan){ 0 };
	return s;
}

bool slots_claim(struct slots *t, struct slot *s)
{
	bool mine;

	(void)pthread_mutex_lock(&t->lock);
	mine = is_waiting(s);
	if (mine)
		s->state = SLOT_BUSY;
	(void)pthread_mutex_unlock(&t->lock);
	return mine;
}

struct slot *slots_claim_any(struct slots *t)
{
	struct slot *found = NULL;

	(void)pthread_mutex_lock(&t->lock);
	for (size_t i = 0; i < t->n && found == NULL; i++)
		if (is_waiting(&t->all[i]))
			found = &t->all[i];
	if (found != NULL)
		found->state = SLOT_BUSY;
	(void)pthread_mutex_unlock(&t->lock);
	return found;
}

void slots_park(
    struct slots *t, struct slot *s, enum slot_state state, int64_t deadline)
{
	struct epoll_event ev = { .data.ptr = s };
	int fd = s->fd;

	ev.events = EPOLLONESHOT | EPOLLRDHUP |
		    (state == SLOT_SENDING ? EPOLLOUT : EPOLLIN);
	/* From the lock on another thread may have it when it is drained. */
	(void)pthread_mutex_lock(&t->lock);
	s->state = state;
	s->deadline = deadline;
	if (epoll_ctl(t->epoll, EPOLL_CTL_MOD, fd, &ev) != 0 && errno == ENOENT)
		(void)epoll_ctl(t->epoll, EPOLL_CTL_ADD, fd, &ev);
	(void)pthread_mutex_unlock(&t->lock);
}

void slots_drop(struct slots *t, struct slot *s)
{
	(void)close(s->fd);
	s->fd = -1;
	buf_free(&s->in);
	give_free(t, s);
}

void slots_expire(struct slots *t, int64_t now)
{
	(void)pthread_mutex_lock(&t->lock);
	for (size_t i = 0; i < t->n; i++)
		if (is_waiting(&t->all[i]) && t->all[i].deadline <= now)
			(void)shutdown(t->all[i].fd, SHUT_RDWR);
	if (t->paused && !t->closed) {
		t->paused = false;
		(void)watch_listener(t);
	}
	(void)pthread_mutex_unlock(&t->lock);
}

void slots_refuse(struct slots *t)
{
	(void)pthread_mutex_lock(&t->lock);
	t->closed = true;
	ignore_listener(t);
	(void)pthread_mutex_unlock(&t->lock);
}
