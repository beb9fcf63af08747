/* Folded text without folding it: most texts fold letter by letter, so they can
 * be compared and searched where they stand. */
#ifndef BUDGETMAP_BASE_UTF8_LETTERS_H
#define BUDGETMAP_BASE_UTF8_LETTERS_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* U+0400 to U+053F, as many as have the same lead bytes. */
enum { UTF8_CYRILLIC = 0x140, UTF8_ANCHOR_BYTES = 8 };

/* Whether valid text is plain: ASCII, the Cyrillic letters of U+0400 to U+052F
 * and common signs (« » – — № ₸). utf8_add_caseless and utf8_add_unaccented
 * make of each such character one of as many bytes, whatever stands beside it;
 * signs stay. */
bool utf8_is_plain(struct str s);

/* What each plain character becomes. */
struct utf8_letters {
	uint8_t latin[0x80];
	uint8_t cyrillic[UTF8_CYRILLIC][2]; /* as UTF-8 */
};

/* Everything becomes itself. */
void utf8_letters_init(struct utf8_letters *l);

/* After what they do already they fold as utf8_add_caseless or
 * utf8_add_unaccented does. */
void utf8_letters_caseless(struct utf8_letters *l);
void utf8_letters_unaccented(struct utf8_letters *l);

/* Below, text is valid and as its letters become it; letters NULL: as it is. A
 * text that is not plain has to be folded before, and letters to be NULL. */

/* The order of a text beside another, by bytes: -1, 0, 1. */
int utf8_letters_compare(
    const struct utf8_letters *l, struct str text, struct str other);

/* Whether a text begins with another. */
bool utf8_letters_begin(
    const struct utf8_letters *l, struct str text, struct str other);

/* What is searched for: not empty, the caller's, and the last byte of that
 * character in it that is rarest, in all ways a text may have it. */
struct utf8_needle {
	struct str text;
	size_t anchor; /* its place in text */
	size_t n; /* 0: every place is tried */
	uint8_t bytes[UTF8_ANCHOR_BYTES];
};
void utf8_needle_init(
    struct utf8_needle *n, struct str text, const struct utf8_letters *l);

/* Where the needle stands first, from a place on; SIZE_MAX: nowhere. l is that
 * of the needle or NULL. */
size_t utf8_needle_find(const struct utf8_needle *n,
    const struct utf8_letters *l, struct str text, size_t from);

#endif
