/* Values as plain text, alike in every format. */
#ifndef BUDGETMAP_FORMAT_VALUE_TEXT_H
#define BUDGETMAP_FORMAT_VALUE_TEXT_H

#include "base/buf.h"
#include "geo/feature.h"

/* Whether there is nothing to write: null, or the day that is none. */
bool value_is_null(const struct value *v);

/* Appends a number of at most nine decimals and fifteen digits: what can be
 * trusted of a double. */
void value_add_number(struct buf *b, double number);

/* Appends text and lists as they are, money in tenge, days as YYYY-MM-DD,
 * times by RFC 3339, true or false; nothing for null. */
void value_add_text(struct buf *b, const struct value *v);

#endif
