/* Canonical JSON (RFC 8785): one text for one value, for hashing. */
#ifndef BUDGETMAP_STORE_CANON_H
#define BUDGETMAP_STORE_CANON_H

#include "base/buf.h"
#include "geo/feature.h"

void canon_add_text(struct buf *b, struct str text);

/* Days stand as "YYYY-MM-DD", money as whole tiyn. */
void canon_add_value(struct buf *b, const struct value *v);

/* Members of an object; the caller gives them in the order of their keys.
 * Data NULL becomes null. */
void canon_member_text(struct buf *b, const char *key, struct str text);
void canon_member_int(struct buf *b, const char *key, int64_t value);
void canon_member_raw(struct buf *b, const char *key, struct str json);
void canon_open(struct buf *b);
void canon_close(struct buf *b);

#endif
