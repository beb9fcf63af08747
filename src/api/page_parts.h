/* Parts that pages share: sums, lists of projects, ways to the data. */
#ifndef BUDGETMAP_API_PAGE_PARTS_H
#define BUDGETMAP_API_PAGE_PARTS_H

#include "api/names.h"
#include "api/page.h"
#include "api/source.h"
#include "geo/feature.h"

/* The value of a text attribute in the page's language, else in another; empty
 * when there is none. first is the Kazakh one, n the number of languages. */
struct str page_pick(const struct feature *f, int first, int n, int lang);

/* The title of a code of a list; the code itself when it is not in it. */
struct str page_code(
    const struct codelist *list, const struct value *v, int lang);

/* A sum over count projects, missing of which publish no amount: that number
 * beside it, called note, and no zero where none does. */
void page_sum(struct call *c, int64_t sum, uint64_t missing, uint64_t count,
    enum text_id note);

/* A table of the sums, each with for how many projects it is missing. */
void page_sums(struct call *c, const struct search_sums *s);

/* A table of the page's projects and links to the first and the next page;
 * *demo becomes true when one of them is invented. */
bool page_projects(struct call *c, const struct source *s,
    const struct search_page *p, const struct names *names, bool *demo,
    struct err *e);

/* A form that filters without a script; it leads to the page it stands on. */
void page_filter(struct call *c);

/* Links to GeoJSON, KML and CSV of exactly what is selected. */
void page_data(struct call *c);

#endif
