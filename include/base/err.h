/* Failures: one struct, first failure wins. */
#ifndef BUDGETMAP_BASE_ERR_H
#define BUDGETMAP_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

/* What went wrong, by what the caller can do about it. http/problem.c gives
 * each one HTTP status, app/main.c one exit code. */
enum err_code {
	ERR_NONE,     /* no failure yet */
	ERR_INPUT,    /* the input is wrong: 400 */
	ERR_MISSING,  /* there is no such thing: 404 */
	ERR_METHOD,   /* the method is not offered here: 405 */
	ERR_ACCEPT,   /* no representation the client accepts: 406 */
	ERR_CONFLICT, /* contradicts what is stored: 409 */
	ERR_GONE,     /* was here, is withdrawn or too old: 410 */
	ERR_LIMIT,    /* over a limit of size, count, depth or time: 413 */
	ERR_BUSY,     /* try again soon: 503 */
	ERR_DAMAGED,  /* stored data cannot be read or trusted: 503 */
	ERR_MEMORY,   /* out of memory: 503 */
	ERR_SYSTEM    /* the operating system or a library failed: 500 */
};

enum { ERR_TEXT_SIZE = 256, ERR_DETAIL_SIZE = 512, ERR_PARAM_SIZE = 32 };

struct err {
	enum err_code code;
	char text[ERR_TEXT_SIZE];     /* one sentence, safe for the public */
	char detail[ERR_DETAIL_SIZE]; /* for the log only, may be empty */
	char param[ERR_PARAM_SIZE];   /* the parameter or field, may be empty */
};

/* Records a failure unless one is recorded already. text is UTF-8, cut at a
 * character's edge; it must not hold unchecked input. Returns false always,
 * so that a failing function ends in one line. e may be NULL. */
bool err_set(struct err *e, enum err_code code, const char *text, ...)
    __attribute__((format(printf, 3, 4)));

/* The same of what may fail anywhere: memory is exhausted; a request needs more
 * memory than one may take. */
bool err_no_memory(struct err *e);
bool err_no_room(struct err *e);

/* Adds detail for the log (library texts, paths) to the recorded failure;
 * keeps what is there. Returns false always. */
bool err_detail(struct err *e, const char *text, ...)
    __attribute__((format(printf, 2, 3)));

/* Names the parameter the failure is about. Returns false always. */
bool err_param(struct err *e, const char *name);

/* Forgets the failure. */
void err_clear(struct err *e);

#endif
