/* Small documents of the API as pages: everything that their JSON says. */
#ifndef BUDGETMAP_API_PAGE_TREE_H
#define BUDGETMAP_API_PAGE_TREE_H

#include "api/call.h"
#include "api/media.h"

/* Puts a page into the place of the JSON that was written, where a page is
 * asked for; its addresses are links. */
bool page_of_json(struct call *c, struct err *e)
    __attribute__((warn_unused_result));

/* The media type that goes with it. */
static inline const char *page_or_json(const struct call *c)
{
	return c->html ? MEDIA_HTML : MEDIA_JSON;
}

#endif
