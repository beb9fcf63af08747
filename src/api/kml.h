/* Collections for Google Earth: a small root that leads to files by region. */
#ifndef BUDGETMAP_API_KML_H
#define BUDGETMAP_API_KML_H

#include "api/call.h"

call_handler kml_root, kml_root_packed, kml_tile, kml_none;

#endif
