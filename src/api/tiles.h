/* Tiles for the page: clusters with exact sums, projects when zoomed in. */
#ifndef BUDGETMAP_API_TILES_H
#define BUDGETMAP_API_TILES_H

#include "api/call.h"

call_handler tiles_projects;

#endif
