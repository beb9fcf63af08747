/* KML 2.2 (and 2.0 to 2.3) in, by libxml2's streaming reader, with limits. */
#ifndef BUDGETMAP_FORMAT_KML_READ_H
#define BUDGETMAP_FORMAT_KML_READ_H

#include "format/foreign.h"

/* Calls visit for each Placemark, in whatever folders it lies. Points, lines,
 * rings, polygons and MultiGeometry of one kind are read; a placemark with a
 * geometry that mixes kinds is refused. Heights, styles, overlays and links
 * are passed over; nothing is ever fetched. A document type declaration is
 * refused before anything of it is used. ERR_INPUT, with the number of the
 * placemark and the line, when the file is not well-formed or a geometry is
 * wrong; ERR_LIMIT over max_bytes or a limit of foreign.h. The arena is not
 * reset between. */
bool kml_read_features(struct str text, size_t max_bytes, struct arena *a,
    foreign_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

#endif
