/* In which coordinates is asked and answered (OGC API - Features Part 2). */
#ifndef BUDGETMAP_API_CRS_H
#define BUDGETMAP_API_CRS_H

#include "api/call.h"
#include "format/json_write.h"
#include "geo/proj.h"

/* URIs, in the order of enum crs. */
extern const struct codelist codes_crs;
extern const struct param param_crs, param_bbox_crs;

/* What crs says, CRS84 without it. */
enum crs crs_of(const struct params *p);

/* Header Content-Crs. */
void crs_header(struct call *c, enum crs crs);

/* Parameters of which bbox is in CRS84, whatever bbox-crs says: *out is *p or,
 * where there is something to change, made. */
bool crs_params(const struct params **out, struct call *c,
    const struct params *p, struct err *e) __attribute__((warn_unused_result));

/* Members crs and storageCrs of a collection. */
void crs_write(struct json *j);

#endif
