/* The 12-digit numbers of Kazakhstan: BIN of organisations, IIN of people. */
#ifndef BUDGETMAP_STORE_BIN_H
#define BUDGETMAP_STORE_BIN_H

#include "base/buf.h"
#include "base/str.h"

enum { BIN_DIGITS = 12 };

enum bin_kind {
	BIN_BAD, /* not 12 digits, or the check digit is wrong */
	BIN_ORGANISATION, /* a well-formed BIN */
	BIN_PERSON /* a well-formed IIN: never stored or shown */
};

/* What the whole slice is. The fifth digit tells them apart: the tens of the
 * day of birth (0 to 3) against the type of organisation (4 to 6). */
enum bin_kind bin_classify(struct str text);

/* Whether a person's number stands anywhere in a text: 12 digits (European,
 * Arabic or full width) in a row or in groups of one size, parted by spaces,
 * dashes, dots, slashes or marks that cannot be seen, with a month, a day and a
 * check digit that fit. */
bool bin_has_person(struct str text);

/* Appends the text with every 12-digit number that may be a person's (fifth
 * digit 0 to 3, whatever its check digit) replaced by stars. */
void bin_add_masked(struct buf *out, struct str text);

#endif
