/* How our collections look in KML. */
#ifndef BUDGETMAP_API_KML_LOOK_H
#define BUDGETMAP_API_KML_LOOK_H

#include "api/narrow.h"
#include "api/palette.h"
#include "format/kml_write.h"

enum {
	KML_LOOK_STYLES = PALETTE_STATUSES,
	KML_LOOK_ROWS = 14,
	KML_LOOK_CODES = 48,
	KML_LOOK_URL = 1024
};

/* A document with all that it points at. */
struct kml_look {
	struct kml_document document;
	struct kml_style styles[KML_LOOK_STYLES];
	char colors[KML_LOOK_STYLES][PALETTE_TEXT_SIZE];
	struct kml_row rows[KML_LOOK_ROWS];
	struct kml_code codes[KML_LOOK_CODES];
	size_t n_codes;
	char icon[KML_LOOK_URL], page[KML_LOOK_URL], page_tail[16];
};

/* Fills all but name, description and view: names, styles, rows and time spans
 * as the schema has the attributes for them. It must not be moved. base is the
 * public address of the service; "" where nothing may point there. */
void kml_look(struct kml_look *out, const struct schema *schema, int lang,
    const char *base);

/* Shows nothing but the attributes of an answer. */
void kml_look_narrow(struct kml_look *look, const struct narrow *n);

/* Pictures lie beside the document in its archive. */
void kml_look_packed(struct kml_look *look);

/* Appends a sentence to a description, "title: text more."; nothing when there
 * is no text. Title and more may be empty. */
void kml_add_sentence(
    struct buf *b, const char *title, const char *text, const char *more);

#endif
