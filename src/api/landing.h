/* Where a client begins: what there is and how it is asked for. */
#ifndef BUDGETMAP_API_LANDING_H
#define BUDGETMAP_API_LANDING_H

#include "api/call.h"

call_handler landing_get, conformance_get, collections_get, collection_get,
    openapi_get, docs_get, columns_get;

#endif
