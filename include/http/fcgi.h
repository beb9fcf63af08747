/* FastCGI over libfcgi: threads that serve, idle connections held by epoll. */
#ifndef BUDGETMAP_HTTP_FCGI_H
#define BUDGETMAP_HTTP_FCGI_H

#include "base/err.h"
#include "http/request.h"
#include "http/response.h"

#include <stdbool.h>

struct fcgi;

/* Answers one request by filling r; never fails: failures become problem
 * documents. thread counts from 0. */
typedef void fcgi_handler(void *context, int thread, const struct request *q,
    struct response *r);

/* Called once in each thread before its first and after its last request. */
struct fcgi_hooks {
	fcgi_handler *handle;
	bool (*start)(void *context, int thread, struct err *e);
	void (*stop)(void *context, int thread);
	void *context;
	size_t arena_limit; /* bytes a request may use */
};

/* A listening unix socket at path with mode; an old socket file that nobody
 * listens on is replaced. -1 on failure. */
int fcgi_listen(const char *path, unsigned mode, int backlog, struct err *e);

/* Serves on a listening socket with n threads, until fcgi_stop. Returns when
 * every request in flight is answered. False when it could not start. */
bool fcgi_serve(int socket, int n_threads, const struct fcgi_hooks *hooks,
    struct err *e);

/* Asks fcgi_serve to end. Async-signal-safe. */
void fcgi_stop(void);

#endif
