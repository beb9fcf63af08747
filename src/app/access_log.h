/* One line a request, gathered so that it costs no system call each. */
#ifndef BUDGETMAP_APP_ACCESS_LOG_H
#define BUDGETMAP_APP_ACCESS_LOG_H

#include "base/clock.h"
#include "http/request.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ACCESS_LOG_SIZE = 32 * 1024, ACCESS_LINE_MAX = 256 };

struct access_log {
	pthread_mutex_t lock;
	bool on;
	int64_t second; /* that stamp tells */
	char stamp[CLOCK_STAMP_SIZE];
	size_t len;
	char text[ACCESS_LOG_SIZE];
};

void access_log_init(struct access_log *l, bool on);
void access_log_free(struct access_log *l);

/* Notes a request by the pattern of its route, never by what it asked. */
void access_log_add(struct access_log *l, const struct request *q,
    const char *route, int status, uint64_t bytes, int64_t microseconds);

/* Writes what is gathered to standard error. */
void access_log_flush(struct access_log *l);

#endif
