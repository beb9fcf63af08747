/* Styles of collections for GIS programs: our colours in their formats. */
#ifndef BUDGETMAP_API_STYLES_H
#define BUDGETMAP_API_STYLES_H

#include "api/call.h"

/* /styles/{collection}.json: a style of Mapbox GL, version 8, over the
 * collection's vector tiles. */
call_handler style_gl;

/* /styles/{collection}/{geometry}.qml: a style of QGIS for the point, line or
 * polygon features of the collection. */
call_handler style_qml;

/* The kinds of geometry of the latter, as they stand in its path. */
enum { STYLE_GEOMETRIES = 3 };
extern const char *const style_geometries[STYLE_GEOMETRIES];

#endif
