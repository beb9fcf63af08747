/* The frame of the API's pages for people, and what they share. */
#ifndef BUDGETMAP_API_PAGE_API_H
#define BUDGETMAP_API_PAGE_API_H

#include "api/catalogue.h"
#include "api/links.h"
#include "api/page.h"
#include "geo/feature.h"

/* What a page with that data version shows: districts and layers with it. */
int64_t page_api_mark(const struct call *c, int64_t version);

/* From the doctype to where the reader is; k is NULL outside of collections.
 * The page's links are l. */
void page_api_begin(struct call *c, struct page *p, const struct links *l,
    const struct collection *k);

/* The list of links and the foot. */
void page_api_end(struct call *c, const struct page *p);

/* <h2>. */
void page_heading(struct call *c, enum text_id id);

/* A link to a feature of a collection by its id. */
void page_feature_link(
    struct call *c, const struct collection *k, struct str id);

/* A value of an attribute as people read it; empty where it is unknown. */
void page_value(struct call *c, const struct schema *schema, size_t field,
    const struct value *v);

/* "68.1, 42.5 - 69, 43"; and "1 Mar 2024 - open" of days that may be 0. */
void page_extent(struct call *c, const struct bbox *box);
void page_period(struct call *c, int32_t first, int32_t last);

#endif
