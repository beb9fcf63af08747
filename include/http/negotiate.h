/* Content negotiation (RFC 9110 section 12) reduced to what we offer. */
#ifndef BUDGETMAP_HTTP_NEGOTIATE_H
#define BUDGETMAP_HTTP_NEGOTIATE_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* The offer with the highest quality in an Accept header (types) or
 * Accept-Language header (tags, by primary subtag); the first among equals;
 * the first for an empty header; -1 when all are refused. At most 32 ranges
 * are read. */
int negotiate_type(struct str accept, const char *const *offers, size_t n);
int negotiate_language(struct str accept, const char *const *offers, size_t n);

/* Whether gzip is accepted with a quality above zero. */
bool negotiate_gzip(struct str accept_encoding);

/* Whether an If-None-Match header names this entity tag (weak comparison). */
bool negotiate_none_match(struct str if_none_match, const char *etag);

#endif
