/* One request at an endpoint: what every handler is given. */
#ifndef BUDGETMAP_API_CALL_H
#define BUDGETMAP_API_CALL_H

#include "api/exchange.h"
#include "base/err.h"
#include "query/params.h"

#include <stdbool.h>

struct call;
typedef bool call_handler(struct call *c, struct err *e);

enum endpoint_kind {
	ENDPOINT_DATA, /* the same in every language, unless handle says so */
	ENDPOINT_API, /* speaks the reader's language */
	ENDPOINT_PAGE /* too, to people: passes over parameters it does not
		       * know, which the others refuse */
};

/* One row of the table of routes; routing, checking and the API's description
 * come from it. */
struct endpoint {
	const char *id; /* of the operation */
	const char *pattern;
	enum endpoint_kind kind;
	const struct param_table *params;
	call_handler *handle;
	const char *media; /* what it answers, for the description */
	const char *title[LANG_COUNT];
};

struct call {
	struct exchange *x;
	const struct endpoint *endpoint;
	const struct str *vars; /* of the path */
	struct params params;
	int lang;
	bool html; /* people ask: a page in the place of JSON */
	size_t built; /* bytes of the snapshots that were built for it */
	struct buf scratch; /* for short texts; empty between uses */
};

/* The text of the answer, to be added to; it is the exchange's. */
static inline struct buf *call_text(struct call *c)
{
	return &c->x->response->text;
}

/* The bytes of memory that the call may still take: what is built for it counts
 * as what stands in its arena does. */
static inline size_t call_room(const struct call *c)
{
	const struct arena *a = c->x->arena;
	const size_t used = a->used + c->built;

	return a->limit > used ? a->limit - used : 0;
}

#endif
