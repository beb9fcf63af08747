/* Values side by side, and as they are written. */
#ifndef BUDGETMAP_STORE_VALUES_H
#define BUDGETMAP_STORE_VALUES_H

#include "geo/feature.h"

#include <stdbool.h>

/* Whether they are of one type and one content; NULL equals NULL. */
bool values_equal(const struct value *a, const struct value *b);

/* A number as it is written: of nine decimals, of fewer from a million on, so
 * that it has at most fifteen digits and reads back the same. */
double value_rounded(double number);

#endif
