/* Pages for people, without JavaScript. */
#ifndef BUDGETMAP_API_PAGES_H
#define BUDGETMAP_API_PAGES_H

#include "api/call.h"

call_handler page_oblast, page_district, page_project, page_words, page_gis;

#endif
