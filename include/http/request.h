/* A request as the worker sees it, whole and checked. */
#ifndef BUDGETMAP_HTTP_REQUEST_H
#define BUDGETMAP_HTTP_REQUEST_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum http_method {
	HTTP_GET = 1,
	HTTP_HEAD = 2,
	HTTP_OPTIONS = 4,
	HTTP_POST = 8,
	HTTP_OTHER = 16
};

enum { REQUEST_ID_SIZE = 17, REQUEST_PATH_MAX = 1024 };

/* Slices live in the request's arena. */
struct request {
	enum http_method method;
	struct str path; /* decoded, begins with '/', no NUL, valid
			  * UTF-8, no empty, "." or ".." segment */
	struct str query; /* raw, without '?' */
	struct str accept, accept_language, accept_encoding;
	struct str if_none_match; /* empty where the header is missing */
	char id[REQUEST_ID_SIZE]; /* 16 hex digits, made by the worker */
	struct arena *arena;
};

/* Fills a request from CGI variables: method, document URI as nginx got it
 * (REQUEST_URI; raw path and query) and headers. ERR_INPUT when the path is
 * malformed (bad percent code, NUL, traversal, over long). */
bool request_make(struct request *out, struct arena *a, const char *method,
    const char *uri, struct err *e) __attribute__((warn_unused_result));

#endif
