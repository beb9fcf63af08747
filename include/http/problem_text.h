/* What a failure says to people, in their language. */
#ifndef BUDGETMAP_HTTP_PROBLEM_TEXT_H
#define BUDGETMAP_HTTP_PROBLEM_TEXT_H

#include "base/err.h"

#include <stddef.h>

enum { PROBLEM_TEXT_SIZE = 2 * ERR_TEXT_SIZE };

/* Writes the failure's sentence in a language (0 kk, 1 ru, 2 en), terminated
 * and cut at a character's edge; the English one where it is not translated.
 * Numbers and the parameter's name stay as they are. */
void problem_text(
    char out[static PROBLEM_TEXT_SIZE], const struct err *e, int lang);

/* The number of sentences that are translated, and one of them: its English
 * pattern, and whether both translations hold the same marks. For tests. */
size_t problem_text_count(void);
const char *problem_text_pattern(size_t i, bool *whole);

#endif
