#include "access_log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

static const char *method_name(enum http_method m)
{
	switch (m) {
	case HTTP_GET:
		return "GET";
	case HTTP_HEAD:
		return "HEAD";
	case HTTP_OPTIONS:
		return "OPTIONS";
	case HTTP_POST:
		return "POST";
	case HTTP_OTHER:
		break;
	}
	return "OTHER";
}

void access_log_init(struct access_log *l, bool on)
{
	l->on = on;
	l->second = -1;
	l->len = 0;
	(void)pthread_mutex_init(&l->lock, NULL);
}

void access_log_free(struct access_log *l)
{
	access_log_flush(l);
	(void)pthread_mutex_destroy(&l->lock);
}

/* Lines that cannot be written are lost: requests do not wait for a log. */
static void write_out(struct access_log *l)
{
	size_t done = 0;

	while (done < l->len) {
		ssize_t n = write(STDERR_FILENO, l->text + done, l->len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		done += (size_t)n;
	}
	l->len = 0;
}

void access_log_add(struct access_log *l, const struct request *q,
    const char *route, int status, uint64_t bytes, int64_t microseconds)
{
	int64_t second;
	int n;

	if (!l->on)
		return;
	second = clock_now();
	(void)pthread_mutex_lock(&l->lock);
	if (l->len + ACCESS_LINE_MAX > ACCESS_LOG_SIZE)
		write_out(l);
	if (second != l->second) {
		clock_stamp(second, l->stamp);
		l->second = second;
	}
	n = snprintf(l->text + l->len, ACCESS_LINE_MAX,
	    "%s request %s %s %.100s %d %" PRIu64 " %" PRId64 "us\n", l->stamp,
	    q->id, method_name(q->method), route, status, bytes, microseconds);
	if (n > 0 && n < ACCESS_LINE_MAX)
		l->len += (size_t)n;
	(void)pthread_mutex_unlock(&l->lock);
}

void access_log_flush(struct access_log *l)
{
	(void)pthread_mutex_lock(&l->lock);
	write_out(l);
	(void)pthread_mutex_unlock(&l->lock);
}
