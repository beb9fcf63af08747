/* The HTML that people put into descriptions. */
#ifndef BUDGETMAP_FORMAT_KML_HTML_H
#define BUDGETMAP_FORMAT_KML_HTML_H

#include "base/buf.h"

/* Appends html without anything that acts or fetches: a few plain elements
 * stay, of attributes only the address of a link to http, https or mailto.
 * True when something was taken out. */
bool html_clean(struct buf *out, struct str html);

/* Calls visit with each row of two cells of the tables in html, as text. A row
 * of another kind, or too few rows, is no table of attributes: then false, and
 * nothing is visited. */
typedef bool html_row(void *context, struct str name, struct str value);
bool html_attributes(struct str html, html_row *visit, void *context);

#endif
