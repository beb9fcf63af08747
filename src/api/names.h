/* What districts are called, by their KATO. */
#ifndef BUDGETMAP_API_NAMES_H
#define BUDGETMAP_API_NAMES_H

#include "api/call.h"

/* One district; text lives in the request's arena. */
struct name {
	struct str kato;
	struct str title[LANG_COUNT];
	bool generalised;
};

struct names {
	const struct name *rows; /* by KATO */
	size_t n;
	int64_t mark; /* changes with them, for entity tags */
};

/* The names of all districts as they are now. */
bool names_read(struct names *out, struct call *c, struct err *e)
    __attribute__((warn_unused_result));

/* One of them, NULL when there is none. */
const struct name *names_find(const struct names *names, struct str kato);

/* Its title, in another language where it has none; the KATO code when there
 * is none at all. */
struct str names_title(const struct names *names, struct str kato, int lang);

#endif
