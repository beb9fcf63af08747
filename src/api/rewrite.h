/* A feature written anew as GeoJSON, when its ready fragment is not what is
 * asked for: in other coordinates. */
#ifndef BUDGETMAP_API_REWRITE_H
#define BUDGETMAP_API_REWRITE_H

#include "api/call.h"
#include "geo/feature.h"
#include "geo/proj.h"
#include "index/snapshot.h"

struct rewrite {
	struct proj *proj;
	enum crs crs;
};

/* What a call asks for; false when fragments can go out as they are. */
bool rewrite_of(struct rewrite *out, const struct call *c);

/* Appends the Feature of a row; memory of a is needed until it returns. */
bool rewrite_row(struct buf *b, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The same of a feature in hand. */
bool rewrite_feature(struct buf *b, const struct rewrite *how,
    const struct feature *f, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

#endif
