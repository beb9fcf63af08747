/* gzip (RFC 1952) of a whole body, by libdeflate. */
#ifndef BUDGETMAP_BASE_GZIP_H
#define BUDGETMAP_BASE_GZIP_H

#include "base/buf.h"

struct gzip;

/* A compressor of one thread; level 1 to 12. NULL when memory is exhausted. */
struct gzip *gzip_open(int level);
void gzip_close(struct gzip *g);

/* Appends data as one gzip member without a time stamp, so that equal input
 * gives equal output. False when out is full or memory is exhausted; out is
 * marked failed then. */
bool gzip_add(struct gzip *g, struct buf *out, const void *data, size_t len)
    __attribute__((warn_unused_result));

#endif
