/* A FastCGI server in a thread of its own, for tests. */
#ifndef BUDGETMAP_TESTS_FCGI_STAND_H
#define BUDGETMAP_TESTS_FCGI_STAND_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "http/fcgi.h"

enum {
	STAND_ANSWER = 16 * 1024 * 1024, /* more than any answer */
	STAND_BIG = 6 * 1000 * 1000, /* letters of "/big" and "/parts" */
	STAND_THREADS = 3,
	STAND_AT_WORK = 1, /* of them, unless a request holds it up */
	STAND_PATH_SIZE = 64
};

/* Answers with path, query and Accept, joined by '|'; "/big" with BIG letters,
 * "/parts" with the same written while they are sent, "/cut" with half of them,
 * "/wait" after a byte came through gate, "/fail" not at all. */
struct stand {
	struct fcgi *fcgi;
	int socket;
	pthread_t thread;
	bool good; /* what fcgi_run returned */
	struct err e;
	int gate[2];
	atomic_int started, stopped, waiting, released;
};

/* Group set-up and tear-down: the folder of the socket. */
int stand_set_up(void **state);
int stand_clean_up(void **state);

/* Where the socket is. */
const char *stand_path(void);

void stand_up(
    struct stand *s, bool (*starter)(void *context, int thread, struct err *e));
void stand_down(struct stand *s);

/* A starter that counts. */
bool stand_start(void *context, int thread, struct err *e);

/* The client's side; each fails the test when it cannot. */
int stand_dial(void);
void stand_ask(int fd, bool keep, const char *uri);
void stand_expect(int fd, const char *body);
void stand_expect_big(int fd);

/* The server answers somebody new. */
void stand_expect_alive(void);

#endif
