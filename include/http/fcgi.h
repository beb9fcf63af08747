/* A FastCGI server on a unix socket: threads that share all connections. */
#ifndef BUDGETMAP_HTTP_FCGI_H
#define BUDGETMAP_HTTP_FCGI_H

#include "base/err.h"
#include "http/request.h"
#include "http/response.h"

#include <stdbool.h>
#include <stddef.h>

struct fcgi;

/* Answers one request by filling and sealing r; never fails: failures become
 * problem documents. malformed is NULL, or why the request line could not be
 * read: q->path is empty then. thread counts from 0. */
typedef void fcgi_handler(void *context, int thread, const struct request *q,
    const struct err *malformed, struct response *r);

/* Called once in each thread before its first and after its last request. */
struct fcgi_hooks {
	fcgi_handler *handle;
	bool (*start)(void *context, int thread, struct err *e); /* or NULL */
	void (*stop)(void *context, int thread); /* or NULL */
	void *context;
	size_t arena_limit; /* bytes a request may use */
	int at_work; /* threads at work while none is held up by a slow request;
		      * 0: as many as there are processors */
};

/* A listening unix socket at path with mode; an old socket file that nobody
 * listens on is replaced. -1 on failure. */
int fcgi_listen(const char *path, unsigned mode, int backlog, struct err *e);

/* A server on a listening socket, which stays the caller's and may be shared
 * with other processes. NULL on failure. */
struct fcgi *fcgi_open(
    int socket, int n_threads, const struct fcgi_hooks *hooks, struct err *e);
void fcgi_close(struct fcgi *f);

/* Serves until fcgi_stop; returns when every request in flight is answered.
 * False when a thread could not start. */
bool fcgi_run(struct fcgi *f, struct err *e);

/* Asks fcgi_run to end, from any thread or signal handler. */
void fcgi_stop(struct fcgi *f);

#endif
