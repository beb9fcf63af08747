/* Links of an answer: gathered once, told in its body and its headers. */
#ifndef BUDGETMAP_API_LINKS_H
#define BUDGETMAP_API_LINKS_H

#include "api/call.h"
#include "format/json_write.h"

enum { LINKS_MAX = 32 };

struct link {
	const char *rel, *type;
	const char *title; /* may be NULL */
	struct str href; /* in the request's arena */
};

struct links {
	struct call *call;
	struct link list[LINKS_MAX];
	size_t n;
};

void links_init(struct links *l, struct call *c);

/* Adds one whose address stands in the call's scratch, which is emptied. Type
 * NULL: not known. */
void links_add(
    struct links *l, const char *rel, const char *type, const char *title);

/* The same to a path of ours. */
void links_add_path(struct links *l, const char *rel, const char *type,
    const char *path, const char *title);

/* What is answered, as "self", and the same in the other one of JSON and HTML,
 * as "alternate"; json is the media type of the former. */
void links_add_self(struct links *l, const char *json);

/* The site's licence, where it has an address. */
void links_add_licence(struct links *l);

/* Member "links" of an object. */
void links_write(const struct links *l, struct json *j);

/* A header line Link (RFC 8288) of all of them, of those of paging before the
 * others: what would make it too long is left out. */
void links_header(const struct links *l);

/* <a> to the first one of that rel, when there is one. */
void links_anchor(const struct links *l, const char *rel, const char *text);

/* As a list for people; and as elements of a page's head. */
void links_list(const struct links *l);
void links_head(const struct links *l);

#endif
