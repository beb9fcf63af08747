/* KML 2.2 (and 2.0 to 2.3) in, by libxml2's streaming reader, with limits. */
#ifndef BUDGETMAP_FORMAT_KML_READ_H
#define BUDGETMAP_FORMAT_KML_READ_H

#include "format/foreign.h"

/* Reads each Placemark, in whatever folders it lies ("folder" is their path,
 * the description stands last but that). Points, lines, rings, polygons, tracks
 * and MultiGeometry are read; times, address and phone number become
 * attributes, so does a table that ArcGIS wrote into the description; other
 * HTML there is cleaned. Styles and what is not understood are kept as they
 * stand; nothing is ever fetched. A document type declaration is refused before
 * anything of it is used. ERR_INPUT, with the number of the placemark and the
 * line, when the file is not well-formed; ERR_LIMIT over a limit. */
bool kml_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
    __attribute__((warn_unused_result));

#endif
