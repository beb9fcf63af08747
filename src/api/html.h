/* Text into HTML: one function for each context, and nothing else writes it. */
#ifndef BUDGETMAP_API_HTML_H
#define BUDGETMAP_API_HTML_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* Between tags. Bytes that are not UTF-8 become U+FFFD. */
void html_text(struct buf *b, struct str s);

/* Inside a quoted attribute. */
void html_attr(struct buf *b, struct str s);

/* The value of href: only http, https, mailto and paths of our own; anything
 * else becomes "#". */
void html_url(struct buf *b, struct str s);

/* An amount of tiyn with its grouping by language and the sign of the tenge. */
void html_money(struct buf *b, int64_t tiyn, int lang);

/* A whole number with its grouping. */
void html_number(struct buf *b, int64_t n, int lang);

/* A day (YYYYMMDD) as people of the language write it. */
void html_day(struct buf *b, int32_t day, int lang);

/* A ratio as per cent with at most one decimal. */
void html_share(struct buf *b, double share, int lang);

#endif
