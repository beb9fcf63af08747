/* Text as code points, between the files about Unicode. */
#ifndef BUDGETMAP_SRC_BASE_UTF8_POINTS_H
#define BUDGETMAP_SRC_BASE_UTF8_POINTS_H

#include "base/buf.h"
#include "base/str.h"

/* A run of code points, taken apart, folded and composed again; at is to be
 * freed. */
struct utf8_points {
	int32_t *at;
	size_t n;
};

/* Those of s, which is valid, by options of utf8proc. False when memory is
 * exhausted. */
bool utf8_points_make(struct utf8_points *out, struct str s, int options);

/* The same appended as text; out fails when memory is exhausted. */
void utf8_add_points(struct buf *out, struct str s, int options);

void utf8_add_point(struct buf *out, int32_t point);

/* Takes the next character off a text that is plain (utf8_is_plain), with its
 * case folded. */
int32_t utf8_take_caseless(struct str *rest);

/* A small letter as the search form writes it. */
int32_t utf8_search_letter(int32_t point);

/* A small letter or digit as sort keys have it. */
int32_t utf8_key_letter(int32_t point);

/* What a letter of U+0400 to U+052F folds to, of the same kind; without its
 * marks and what tells it from the letter that people type instead. */
int32_t utf8_caseless_letter(int32_t point);
int32_t utf8_unaccented_letter(int32_t point);

#endif
