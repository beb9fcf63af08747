/* From path and method to a handler, by a table. */
#ifndef BUDGETMAP_HTTP_ROUTER_H
#define BUDGETMAP_HTTP_ROUTER_H

#include "base/err.h"
#include "http/request.h"

#include <stddef.h>

enum { ROUTE_VARS = 5 };

/* pattern: segments are literal or {name}; a last segment may be {name}.ext.
 * The longest literal match wins; rows before later ones. */
struct route {
	const char *pattern;
	unsigned methods; /* HTTP_ bits; HEAD comes with GET, OPTIONS with
			   * all */
	const void *endpoint; /* what the caller keeps there */
};

struct route_match {
	const struct route *route;
	struct str vars[ROUTE_VARS]; /* in the order of the pattern */
	unsigned allowed; /* methods of this path */
};

/* ERR_MISSING when no row fits the path, ERR_METHOD (allowed is set) when none
 * fits the method. OPTIONS matches every known path. */
bool router_find(struct route_match *out, const struct route *routes, size_t n,
    const struct request *r, struct err *e) __attribute__((warn_unused_result));

#endif
