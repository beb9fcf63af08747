/* The text of a KML coordinates element. */
#ifndef BUDGETMAP_FORMAT_KML_COORDINATES_H
#define BUDGETMAP_FORMAT_KML_COORDINATES_H

#include "shape.h"

/* Adds "lon,lat[,height]" tuples, separated by white space; some writers put
 * spaces around the commas too. With a space as separator it is one tuple, as
 * gx:coord has it. Heights are counted and dropped. */
bool kml_add_coordinates(
    struct shape *s, struct str text, char separator, struct err *e);

#endif
