/* A feature written anew when its ready fragment is not what is asked for: in
 * other coordinates, with fewer attributes, simplified. */
#ifndef BUDGETMAP_API_REWRITE_H
#define BUDGETMAP_API_REWRITE_H

#include "api/call.h"
#include "api/narrow.h"
#include "geo/feature.h"
#include "geo/proj.h"
#include "index/snapshot.h"

struct rewrite {
	struct proj *proj;
	enum crs crs;
	struct narrow narrow;
	int zoom; /* for which shapes are simplified; ZOOM_NONE: not */
	struct geos *geos; /* with a zoom; the response's */
};

enum { ZOOM_NONE = -1 };
extern const struct param param_zoom_level;

/* What a call asks for, of features of that schema. ERR_INPUT when it cannot
 * be. */
bool rewrite_read(struct rewrite *out, const struct call *c,
    const struct schema *schema, struct err *e)
    __attribute__((warn_unused_result));

/* Whether fragments can go out as they are. */
bool rewrite_is_none(const struct rewrite *how);

/* Appends the Feature of a row; memory of a is needed until it returns. */
bool rewrite_row(struct buf *b, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The same of a feature in hand. */
bool rewrite_feature(struct buf *b, const struct rewrite *how,
    const struct feature *f, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Changes a feature as formats want it that know no crs; what is new is the
 * arena's. It is a row of the snapshot, or s is NULL. */
bool rewrite_values(struct feature *f, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The same of its geometry alone. */
bool rewrite_shape(struct feature *f, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

#endif
