/* What every answer gets when its handler is done. */
#ifndef BUDGETMAP_HTTP_FINISH_H
#define BUDGETMAP_HTTP_FINISH_H

#include "base/gzip.h"
#include "http/request.h"
#include "http/response.h"

enum { FINISH_GZIP_MIN = 1024, FINISH_GZIP_MAX = 64 * 1024 * 1024 };

/* Seals r and makes it what the client gets: 304 where If-None-Match names it
 * (RFC 9110 section 13.1.2), gzip where it is accepted and worthwhile (gzip may
 * be NULL) with an ETag of its own, no body for HEAD, 204 with Allow for
 * OPTIONS of a known path, and the lines ETag, Vary, Cache-Control, Allow,
 * X-Request-Id, X-Content-Type-Options and those of CORS for what only reads.
 * allowed holds the HTTP_ bits of the path, 0 for an unknown one. A failure
 * becomes a problem document in lang. */
void finish_response(struct response *r, const struct request *q,
    unsigned allowed, struct gzip *gzip, int lang);

#endif
