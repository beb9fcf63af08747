/* CSV (RFC 4180) out: CRLF, UTF-8. */
#ifndef BUDGETMAP_FORMAT_CSV_WRITE_H
#define BUDGETMAP_FORMAT_CSV_WRITE_H

#include "base/buf.h"
#include "geo/feature.h"

/* Appends the byte order mark and the header row: id, the attributes, lon, lat
 * (of a point), wkt (of anything else). */
void csv_add_header(struct buf *b, const struct schema *s);

/* Appends one row. A text that a spreadsheet would take for a formula
 * (beginning with = + - @ tab or CR) gets a leading apostrophe. */
void csv_add_feature(struct buf *b, const struct feature *f);

/* The same without id and place: for tables that have neither. */
void csv_add_names(struct buf *b, const struct schema *s);
void csv_add_values(
    struct buf *b, const struct schema *s, const struct value *values);

#endif
