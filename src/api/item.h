/* One feature with all that is known of it. */
#ifndef BUDGETMAP_API_ITEM_H
#define BUDGETMAP_API_ITEM_H

#include "api/call.h"

call_handler item_project, item_district, item_layer;

#endif
