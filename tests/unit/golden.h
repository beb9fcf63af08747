/* Comparing what a writer wrote with the bytes kept for it. */
#ifndef BUDGETMAP_TESTS_GOLDEN_H
#define BUDGETMAP_TESTS_GOLDEN_H

#include "base/str.h"

/* Fails unless got equals tests/golden/NAME; with UPDATE_GOLDEN=1 in the
 * environment the file is written instead. */
void golden_check(const char *name, struct str got);

/* The bytes of tests/golden/NAME, for mem_free. */
char *golden_read(const char *name, size_t *len);

#endif
