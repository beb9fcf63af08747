/* An answer: status, headers and a body of pieces. */
#ifndef BUDGETMAP_HTTP_RESPONSE_H
#define BUDGETMAP_HTTP_RESPONSE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/uio.h>

enum { RESPONSE_ETAG_SIZE = 40, RESPONSE_BODY_MAX = 512 * 1024 * 1024 };
enum { RESPONSE_HEADERS_MAX = 48 * 1024, RESPONSE_FEW = 4 };
/* Of a body written while it is sent: little enough to stay in the processor's
 * cache from being written to being sent, and enough that whoever takes it is
 * not woken for little. */
enum { RESPONSE_PART = 180 * 1024 };

/* Appends the next part of a body to text, at least one byte unless it is the
 * last one; sets *more to false with the last. A failure cuts the answer off.
 * It may run on another thread than the handler did. */
typedef bool response_part(
    void *context, struct buf *text, bool *more, struct err *e);

/* What else than the path and the query chose this representation. */
enum { RESPONSE_VARY_ACCEPT = 1, RESPONSE_VARY_LANGUAGE = 2 };

/* The body is built in two ways that mix: text is appended to text, and
 * response_add_mapped cuts in bytes that lie elsewhere, without a copy. */
struct response {
	int status; /* 200 at first */
	const char *media; /* Content-Type */
	struct buf headers; /* further lines, each ending in CRLF */
	struct buf text;
	struct iovec *pieces; /* few, or in the arena; a text piece has no
			       * address until response_seal */
	struct iovec few[RESPONSE_FEW];
	size_t n_pieces, size_pieces;
	size_t text_cut; /* text before this is in pieces already */
	uint64_t length; /* of the body, after response_seal */
	char etag[RESPONSE_ETAG_SIZE]; /* with quotes; empty: none */
	int max_age; /* Cache-Control seconds; 0: no-cache, negative:
		      * no-store */
	bool gzip_ok; /* worth compressing */
	bool unsettled; /* newer data is on its way: caches must ask again */
	unsigned vary; /* RESPONSE_VARY_ bits */
	response_part *next_part; /* writes on when what is here was sent; NULL:
				   * this is all */
	void *part_context;
	bool unmeasured; /* its length is not known when it begins */
	bool failed;
	struct arena *arena;
	struct response_hold *holds; /* what is released after sending */
};

void response_init(struct response *r, struct arena *a);

/* Frees bufs and releases what is held. */
void response_free(struct response *r);

/* Appends a header line; value must hold no control character. */
void response_header(struct response *r, const char *name, const char *value,
    ...) __attribute__((format(printf, 3, 4)));

/* Cuts in bytes that stay where they are until the answer is sent. */
void response_add_mapped(struct response *r, struct str bytes);

/* Begins a body that is written while it is sent, behind what is in text: it
 * needs memory for a part only, and it has no length before. What the parts
 * need has to be the arena's or held. */
void response_stream(struct response *r, response_part *next, void *context);

/* Appends parts to text until it holds size bytes or there are no more. */
bool response_fill(struct response *r, size_t size, struct err *e)
    __attribute__((warn_unused_result));

/* Takes out what was sent and puts the next part there, sealed; false when it
 * failed or there is none. */
bool response_next_part(struct response *r);

/* Keeps held until the answer is sent (response_free), then calls release once,
 * the newest first. False without memory: released at once then. */
bool response_hold(struct response *r, void (*release)(void *held), void *held);

/* Sets a strong ETag from a hash of what the answer is made of. */
void response_etag(struct response *r, uint64_t hash);

/* Ends the body: pieces hold addresses, length is set. ERR_MEMORY or ERR_LIMIT
 * when something failed on the way. */
bool response_seal(struct response *r, struct err *e)
    __attribute__((warn_unused_result));

/* Drops body, headers, ETag, status and a failure, for a problem document in
 * their place. What is held stays held. */
void response_clear(struct response *r);

#endif
