/* The text of a KML coordinates element. */
#ifndef BUDGETMAP_FORMAT_KML_COORDINATES_H
#define BUDGETMAP_FORMAT_KML_COORDINATES_H

#include "shape.h"

/* Adds "lon,lat[,height]" tuples, separated by white space; heights are
 * dropped. */
bool kml_add_coordinates(struct shape *s, struct str text, struct err *e);

#endif
