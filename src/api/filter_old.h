/* Filters as clients wrote them before CQL2 was a standard. */
#ifndef BUDGETMAP_API_FILTER_OLD_H
#define BUDGETMAP_API_FILTER_OLD_H

#include "base/buf.h"

/* Appends a filter that GDAL calls "cql-text" as CQL2 text: a ILIKE 'b' becomes
 * CASEI(a) LIKE CASEI('b'), a day that it writes '2024-01-01T' loses its T.
 * Anything else stays as it is. */
void filter_add_modern(struct buf *out, struct str text);

#endif
