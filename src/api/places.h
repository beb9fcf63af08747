/* Where a point lies, and places by name. */
#ifndef BUDGETMAP_API_PLACES_H
#define BUDGETMAP_API_PLACES_H

#include "api/call.h"

call_handler where_get, places_get;

#endif
