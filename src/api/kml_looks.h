/* How the collections of our own look in KML, made once for all answers. */
#ifndef BUDGETMAP_API_KML_LOOKS_H
#define BUDGETMAP_API_KML_LOOKS_H

#include "api/kml_look.h"

struct kml_looks;

/* What answers copy: a document without name, description and view, and the
 * placemarks of all that begin so. */
struct kml_looked {
	struct kml_look look;
	struct kml_placemarks *placemarks;
};

/* Makes them for all languages; base as for kml_look. NULL when memory is
 * exhausted. */
struct kml_looks *kml_looks_make(const char *base, struct err *e);
void kml_looks_free(struct kml_looks *l);

/* NULL when that schema is a layer's, or l is NULL. */
const struct kml_looked *kml_looks_find(
    const struct kml_looks *l, const struct schema *schema, int lang);

#endif
