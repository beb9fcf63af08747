/* Which collections there are. */
#ifndef BUDGETMAP_API_CATALOGUE_H
#define BUDGETMAP_API_CATALOGUE_H

#include "api/call.h"
#include "api/collection.h"

extern const struct collection collection_projects, collection_districts;

/* A collection by its name in paths. ERR_MISSING when there is none. */
bool collection_find(const struct collection **out, struct call *c,
    struct str id, struct err *e) __attribute__((warn_unused_result));

/* The collection whose path, or a path below, was asked for. */
bool collection_of_call(const struct collection **out, struct call *c,
    struct err *e) __attribute__((warn_unused_result));

/* Appends its path and what follows it to the call's scratch, as an address. */
void collection_url(
    struct call *c, const struct collection *k, const char *tail);

/* All imported layers, by id. */
bool collections_layers(const struct collection **out, size_t *n,
    struct call *c, struct err *e) __attribute__((warn_unused_result));

/* Whether it is an imported layer. */
bool collection_is_layer(const struct collection *k);

/* The data version in which a layer changed last. */
int64_t collection_change(const struct collection *k);

#endif
