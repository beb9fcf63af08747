/* A process that serves. */
#ifndef BUDGETMAP_APP_WORKER_H
#define BUDGETMAP_APP_WORKER_H

#include "base/err.h"
#include "config.h"
#include "shared.h"

/* Serves on a listening socket until SIGTERM, as place number of
 * shared->processes. False when it could not start. */
bool worker_run(const struct config *c, struct shared *s, int place, int socket,
    struct err *e);

#endif
