/* A form made from the parameters of an endpoint. */
#ifndef BUDGETMAP_API_PAGE_FORM_H
#define BUDGETMAP_API_PAGE_FORM_H

#include "api/names.h"
#include "query/params.h"

/* Asks for a page at path with the parameters of the table, filled with what
 * was asked here; names lists the districts to choose from. */
void page_form(struct call *c, const struct param_table *table, struct str path,
    const struct names *names);

#endif
