/* KML 2.2 (OGC 07-147r2) out, elements in the order of ogckml22.xsd. */
#ifndef BUDGETMAP_FORMAT_KML_WRITE_H
#define BUDGETMAP_FORMAT_KML_WRITE_H

#include "base/buf.h"
#include "geo/feature.h"

/* How a collection looks: the attribute that chooses the style, and its
 * styles. Colours are aabbggrr as KML has them. */
struct kml_style {
	const char *id;
	const char *title; /* for the legend */
	const char *color;
	const char *icon; /* absolute address, NULL: the client's own */
};

/* What a document says of itself; texts in the language asked for. */
struct kml_document {
	const char *name; /* title of the collection */
	struct str description; /* licence, as-of, that data is demonstration */
	const struct schema *schema;
	int lang; /* index of field titles */
	int name_field[3]; /* attribute shown as name, by language, with
			    * fallback to the first; -1: the public id */
	int style_field; /* attribute whose text is a style's id, or -1 */
	int begin_field, end_field; /* TimeSpan's days, or -1 */
	const struct kml_style *styles;
	size_t n_styles;
};

/* Appends prolog, Document, styles, schema; one Placemark; the end. */
void kml_begin(struct buf *b, const struct kml_document *d);
void kml_add_feature(
    struct buf *b, const struct kml_document *d, const struct feature *f);
void kml_end(struct buf *b);

/* Appends text escaped for XML; characters XML cannot hold are dropped. */
void xml_add_text(struct buf *b, struct str s);

#endif
