/* Unicode text: validity, normal form, folding for search, sort keys. */
#ifndef BUDGETMAP_BASE_UTF8_H
#define BUDGETMAP_BASE_UTF8_H

#include "base/buf.h"
#include "base/str.h"

/* True when s is well-formed UTF-8 without NUL. */
bool utf8_valid(struct str s);

/* The length of the character that s begins with; 0 when s is empty or begins
 * with NUL or with what is not well-formed. */
size_t utf8_first(struct str s);

/* The length of the longest beginning of s that is well-formed and has none of
 * the special characters: those below 0x80 by bits of their code, others that
 * is_special tells of what begins with them. */
size_t utf8_plain_run(struct str s, const uint64_t special[2],
    bool (*is_special)(struct str rest));

/* The number of characters (code points) of valid text. */
size_t utf8_length(struct str s);

/* Appends s in NFC. False when s is not valid UTF-8 (nothing is appended then)
 * or out failed. */
bool utf8_add_nfc(struct buf *out, struct str s)
    __attribute__((warn_unused_result));

/* Appends the search form of s: NFC, full case folding, Kazakh letters to the
 * Russian ones (ә→а ғ→г қ→к ң→н ө→о ұ,ү→у һ→х і→и), ё→е, everything that is
 * not a letter or digit becomes one space, none at the ends. False as above. */
bool utf8_add_folded(struct buf *out, struct str s)
    __attribute__((warn_unused_result));

/* Appends s with full case folding (Unicode 5.18.4, caseless matching), in NFC,
 * and nothing else changed: CASEI of CQL2. Қ becomes қ, ẞ and ß become ss.
 * False as above. */
bool utf8_add_caseless(struct buf *out, struct str s)
    __attribute__((warn_unused_result));

/* Appends s without accents, case kept, in NFC: ACCENTI of CQL2. Taken off are
 * the non-spacing marks of the canonical decomposition (é→e, й→и, ё→е, but not
 * the Japanese voicing marks). Letters that Unicode does not decompose become
 * the letter that people type instead: Latin ones with a stroke (ø→o, đ→d, ł→l,
 * ħ→h, ŧ→t, ı→i), Kazakh ones as in the search form (ә→а ғ→г қ→к ң→н ө→о ұ,ү→у
 * һ→х і→и). False as above. */
bool utf8_add_unaccented(struct buf *out, struct str s)
    __attribute__((warn_unused_result));

/* Appends a key whose byte order is the Kazakh alphabetical order (а ә б в г ғ
 * д е ё ж з и й к қ л м н ң о ө п р с т у ұ ү ф х һ ц ч ш щ ъ ы і ь э ю я),
 * case ignored, other letters by code point after them. False as above. */
bool utf8_add_sort_key(struct buf *out, struct str s)
    __attribute__((warn_unused_result));

/* How valid texts in NFC stand to each other by their sort keys: below, at or
 * above 0. */
int utf8_compare(struct str a, struct str b);

#endif
