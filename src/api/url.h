/* Addresses of our own, absolute from the configured base. */
#ifndef BUDGETMAP_API_URL_H
#define BUDGETMAP_API_URL_H

#include "api/call.h"

/* Appends text percent-encoded, but for what an address may hold plainly;
 * path: '/' stays too. */
void url_add_encoded(struct buf *b, struct str text, bool path);

/* A parameter to put in the place of one that was given, or beside them. NULL
 * name: none. Empty value: left out. */
struct url_change {
	const char *name;
	struct str value;
};

/* Appends base and path. */
void url_add(struct buf *b, const struct call *c, const char *path);

/* The same without scheme and host: links of pages stay on the host that the
 * reader came to. */
void url_add_local(struct buf *b, const struct call *c, const char *path);

/* Appends the address that was asked for: normalised parameters, those of
 * changes exchanged. */
void url_add_self(struct buf *b, const struct call *c,
    const struct url_change *changes, size_t n);

/* Appends only its query, with '?' before it, nothing when there is none. */
void url_add_query(struct buf *b, const struct call *c,
    const struct url_change *changes, size_t n);

#endif
