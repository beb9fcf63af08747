/* The parent of all serving processes: holds the socket, keeps them alive. */
#ifndef BUDGETMAP_APP_SUPERVISOR_H
#define BUDGETMAP_APP_SUPERVISOR_H

#include "base/err.h"
#include "config.h"

/* Reads the configuration anew for SIGHUP; false keeps the old one. */
typedef bool supervisor_reload(
    void *context, struct config *out, struct err *e);

/* Serves on a listening socket with one builder and c->processes workers.
 * SIGTERM, SIGINT and SIGQUIT end it when all requests in flight are answered,
 * SIGHUP replaces the processes one after the other by such with the
 * configuration that reload reads. c is the supervisor's from now on: it may be
 * replaced, and is to be freed after the return. */
bool supervisor_run(struct config *c, int socket, supervisor_reload *reload,
    void *context, struct err *e);

#endif
