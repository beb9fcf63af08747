/* Values side by side. */
#ifndef BUDGETMAP_STORE_VALUES_H
#define BUDGETMAP_STORE_VALUES_H

#include "geo/feature.h"

#include <stdbool.h>

/* Whether they are of one type and one content; NULL equals NULL. */
bool values_equal(const struct value *a, const struct value *b);

#endif
