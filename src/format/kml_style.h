/* Styles of a document: each status in two states. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_STYLE_H
#define BUDGETMAP_SRC_FORMAT_KML_STYLE_H

#include "format/kml_write.h"

/* Appends a Style for each state and the StyleMap that placemarks name. */
void kml_add_styles(struct buf *b, const struct kml_document *d);

#endif
