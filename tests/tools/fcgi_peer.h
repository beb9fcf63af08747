/* The web server's side of FastCGI, for tests. */
#ifndef BUDGETMAP_TESTS_FCGI_PEER_H
#define BUDGETMAP_TESTS_FCGI_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Types of records (FastCGI specification 1.0, section 8). */
enum {
	PEER_BEGIN = 1,
	PEER_ABORT = 2,
	PEER_END = 3,
	PEER_PARAMS = 4,
	PEER_STDIN = 5,
	PEER_STDOUT = 6,
	PEER_GET_VALUES = 9,
	PEER_UNKNOWN = 11
};

/* A connection whose reads end after five seconds; -1 on failure. */
int peer_connect(const char *path);

/* Appends a record with its content and padding bytes. */
void peer_add_record(struct buf *b, int type, unsigned id, const void *content,
    size_t length, size_t padding);
void peer_add_begin(struct buf *b, unsigned id, unsigned role, bool keep);

/* Appends a parameter as the content of PEER_PARAMS. */
void peer_add_param(struct buf *b, const char *name, const char *value);

/* Appends a whole request with id 1; name and value are one more parameter
 * (name may be NULL). */
void peer_add_request(struct buf *b, bool keep, const char *method,
    const char *uri, const char *name, const char *value);

bool peer_send(int fd, const struct buf *b);

/* Reads one answer: its output is appended. False when the connection ends or
 * falls silent before the end of request. */
bool peer_answer(int fd, struct buf *out);

/* Whether the other side closed the connection and sent nothing before. */
bool peer_is_closed(int fd);

#endif
