/* All endpoints. */
#ifndef BUDGETMAP_API_ROUTES_H
#define BUDGETMAP_API_ROUTES_H

#include "api/call.h"

const struct endpoint *routes_all(size_t *n);

#endif
