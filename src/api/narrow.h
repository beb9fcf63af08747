/* Which attributes are answered (OGC API - Features Part 6, draft). */
#ifndef BUDGETMAP_API_NARROW_H
#define BUDGETMAP_API_NARROW_H

#include "base/arena.h"
#include "query/params.h"

extern const struct param param_properties;

/* The attributes of an answer, in the order of the collection's schema. */
struct narrow {
	const struct schema *schema; /* of the answer */
	const struct schema *whole; /* the collection's; the same when nothing
				     * is left out */
	const uint32_t *fields; /* the number in whole of each */
};

/* What the parameters ask for; everything where they do not ask. id and
 * geometry may be named: they are always there. ERR_INPUT when one is
 * unknown. */
bool narrow_read(struct narrow *out, const struct params *p,
    const struct schema *whole, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

static inline bool narrow_is_whole(const struct narrow *n)
{
	return n->schema == n->whole;
}

/* The number in the answer of a field of whole; -1: it is left out. */
int narrow_find(const struct narrow *n, int field);

/* The values of the answer out of those of whole; NULL when memory is
 * exhausted. */
const struct value *narrow_values(
    const struct narrow *n, const struct value *values, struct arena *a);

#endif
