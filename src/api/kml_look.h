/* How our collections look in KML. */
#ifndef BUDGETMAP_API_KML_LOOK_H
#define BUDGETMAP_API_KML_LOOK_H

#include "format/kml_write.h"

enum { KML_LOOK_STYLES = 9 };

/* Fills all but name and description: names, styles and time spans as the
 * schema has the attributes for them; styles belongs to the caller. */
void kml_look(struct kml_document *out,
    struct kml_style styles[static KML_LOOK_STYLES],
    const struct schema *schema, int lang);

#endif
