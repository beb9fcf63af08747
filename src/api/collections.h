/* What is told of a collection at one moment. */
#ifndef BUDGETMAP_API_COLLECTIONS_H
#define BUDGETMAP_API_COLLECTIONS_H

#include "api/catalogue.h"
#include "api/links.h"
#include "index/snapshot.h"

struct collection_state {
	const struct collection *collection;
	const struct snapshot *snapshot; /* NULL: only its version is known */
	int64_t version, published;
};

/* Whether its features have times and its snapshot is here to tell them. */
bool collection_has_time(const struct collection_state *s);

/* Pages for people about all of them and about one. */
bool collections_write_page(struct call *c,
    const struct collection_state *states, size_t n, const struct links *l,
    struct err *e) __attribute__((warn_unused_result));
bool collection_write_page(struct call *c, const struct collection_state *s,
    const struct links *l, struct err *e) __attribute__((warn_unused_result));

#endif
