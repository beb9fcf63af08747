/* KML 2.2 (OGC 07-147r2) out, elements in the order of ogckml22.xsd. */
#ifndef BUDGETMAP_FORMAT_KML_WRITE_H
#define BUDGETMAP_FORMAT_KML_WRITE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "geo/feature.h"

/* How a collection looks: the attribute that chooses the style, and its
 * styles. Colours are aabbggrr as KML has them. */
struct kml_style {
	const char *id;
	const char *title; /* for the legend; NULL: not in it */
	const char *color;
	const char *icon; /* absolute address, NULL: the client's own */
	double scale; /* of the icon; 0: as large as it is */
	bool named; /* the name is always shown, not only when pointed at */
};

enum kml_row_kind {
	KML_ROW_TEXT, /* as it stands, codes by their titles */
	KML_ROW_MONEY,
	KML_ROW_NUMBER, /* with the unit behind it */
	KML_ROW_PERIOD, /* the document's, from its begin to its end */
	KML_ROW_TRUE /* the row's title alone, where the attribute is true */
};

struct kml_code {
	struct str code, title;
};

/* One line of what people read of a placemark. */
struct kml_row {
	enum kml_row_kind kind;
	const char *title;
	int fields[2]; /* the first that is known; -1: none */
	const char *unit; /* of a number, may be NULL */
	const struct kml_code *codes;
	size_t n_codes;
	bool brief; /* its value stands in the snippet too */
};

/* From where a document is looked at. */
struct kml_view {
	struct position at;
	double range; /* metres from there */
};

/* What a document says of itself; texts in the language asked for. */
struct kml_document {
	const char *name; /* title of the collection */
	struct str snippet; /* one line; may be empty */
	struct str description; /* licence, as-of, that data is demonstration */
	struct str html; /* goes before it, ready-made; may be empty */
	const char *link; /* the document's page, NULL: none */
	const struct kml_view *view; /* NULL: the client's choice */
	const struct schema *schema; /* NULL: it has no placemarks */
	int lang; /* of field titles, money and days */
	int name_fields[3]; /* the first known is the name, else the public
			     * id; -1: none */
	int style_field; /* attribute whose text is a style's id; -1: the first
			  * style is all features' */
	int begin_fields[2], end_fields[2]; /* TimeSpan: the first known */
	const struct kml_style *styles;
	size_t n_styles;
	struct str kept_styles; /* as they stood in a file; may be empty */
	struct str looks; /* what kml_add_looks appends, made before; empty: not
			   * made */
	int description_field; /* attribute that is the description, HTML that
				* was cleaned; -1: none */
	const struct kml_row *rows; /* of balloon and snippet */
	size_t n_rows;
	const char *page, *page_tail; /* a feature's page: what stands before
				       * and behind its id; page NULL: none */
	const char *page_title; /* of the way there in the balloon */
};

/* Appends prolog, Document, styles, schema; the end. */
void kml_begin(struct buf *b, const struct kml_document *d);
void kml_end(struct buf *b);

/* The same in parts: prolog with what a client that follows a link is told
 * (refresh is in seconds, 0: nothing is told), then the Document's beginning.
 */
void kml_add_prolog(struct buf *b, int refresh, const struct kml_document *d);
void kml_begin_document(struct buf *b, const struct kml_document *d);

/* Of that beginning what a document shares with all that look like it: styles
 * and schema. */
void kml_add_looks(struct buf *b, const struct kml_document *d);

/* What all placemarks of a document share stands ready, in the arena. NULL
 * when memory is exhausted. The document has to stay. */
struct kml_placemarks;
struct kml_placemarks *kml_placemarks(
    const struct kml_document *d, struct arena *a, struct err *e);

/* The same from what stands ready for a document that looks like this one and
 * has to stay, too; many threads may take from there at once. */
struct kml_placemarks *kml_placemarks_like(const struct kml_placemarks *ready,
    const struct kml_document *d, struct arena *a, struct err *e);

/* The style of features that have none of their own. A file with it is ours:
 * it says nothing to whoever imports the file again. */
#define KML_OWN_STYLE "budgetmap-feature"

/* What the placemarks that follow have of KML as it stood in a file that was
 * read (struct foreign_feature): each element goes where the schema has it, a
 * style takes the place of ours; and heights (format/heights.h). Empty:
 * nothing.
 */
void kml_take_kept(struct kml_placemarks *p, struct str style, struct str rest,
    struct str heights);

/* The same of a document: styles go before the end of kml_begin_document, the
 * rest before kml_end. */
void kml_add_kept(struct buf *b, struct str elements);

/* From where the placemarks that follow are looked at; NULL: as the client
 * likes. */
void kml_look_from(struct kml_placemarks *p, const struct kml_view *view);

/* Appends the Placemark of a feature from its GeoJSON as geojson_add_feature
 * writes it, without decoding; lengths are those of its values as
 * fragment_measure tells them, which makes it quicker, or NULL. False, with
 * something half appended, when the text is something else. */
bool kml_add_fragment(struct buf *b, struct kml_placemarks *p, struct str text,
    const uint8_t *lengths) __attribute__((warn_unused_result));

/* The same of a feature at hand; a failure is the buf's. */
void kml_add_feature(
    struct buf *b, struct kml_placemarks *p, const struct feature *f);

/* Appends text escaped for XML; characters XML cannot hold are dropped. */
void xml_add_text(struct buf *b, struct str s);

#endif
