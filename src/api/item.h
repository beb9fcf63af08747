/* One feature with all that is known of it. */
#ifndef BUDGETMAP_API_ITEM_H
#define BUDGETMAP_API_ITEM_H

#include "api/catalogue.h"
#include "api/links.h"
#include "api/page.h"
#include "api/rewrite.h"
#include "geo/feature.h"
#include "index/snapshot.h"

call_handler item_get;

/* Its page for people, up to and from what else is known of it. districts lie
 * under its map. */
struct item_page {
	const struct collection *collection;
	const struct snapshot *districts;
	struct rewrite how;
	struct links links;
	struct page page;
};
bool item_page_begin(struct item_page *p, struct call *c,
    const struct feature *f, struct err *e) __attribute__((warn_unused_result));
void item_page_end(struct call *c, const struct item_page *p);

#endif
