/* FastCGI 1.0 records: what a web server sends, found in bytes it sent so
 * far. */
#ifndef BUDGETMAP_HTTP_RECORD_H
#define BUDGETMAP_HTTP_RECORD_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	RECORD_HEADER = 8,
	RECORD_CONTENT_MAX = 65535,
	RECORD_INPUT_MAX = 128 * 1024, /* bytes of one request with its body */
	RECORD_PARAMS_MAX = 64 * 1024,
	RECORD_END_SIZE = 2 * RECORD_HEADER + 8,
	RECORD_REPLY_SIZE = 64
};

enum record_found {
	RECORD_MORE, /* the request goes on in bytes to come */
	RECORD_WHOLE, /* a request ends at at */
	RECORD_QUERY, /* a question about this program ends at at */
	RECORD_BAD /* nothing that can be trusted will follow */
};

/* How far a request is read. Zero at first and after each whole one. */
struct record_scan {
	size_t at; /* bytes read */
	size_t params; /* where the first record of parameters begins */
	size_t n_params; /* their bytes in all */
	uint16_t id; /* of the request; 0: none has begun */
	uint8_t query; /* type of the question */
	bool keep; /* the connection stays open afterwards */
	bool params_end, input_end;
};

/* Looks at n bytes that begin where the first ones did. */
enum record_found record_scan(
    struct record_scan *s, const uint8_t *bytes, size_t n);

/* What is read of a request's parameters; absent ones have data NULL. */
struct record_params {
	struct str method, uri;
	struct str accept, accept_language, accept_encoding, if_none_match;
};

/* Takes a whole request's parameters apart; they lie in bytes or the arena.
 * False when they are malformed or memory is exhausted. */
bool record_params(struct record_params *out, const struct record_scan *s,
    const uint8_t *bytes, struct arena *a) __attribute__((warn_unused_result));

/* A record's header. */
void record_header(
    uint8_t out[static RECORD_HEADER], uint16_t id, size_t content);

/* The end of the answer: an empty record of output and the end of request. */
void record_end(uint8_t out[static RECORD_END_SIZE], uint16_t id);

/* The answer to a question. Returns its length. */
size_t record_reply(
    uint8_t out[static RECORD_REPLY_SIZE], const struct record_scan *s);

#endif
