/* A KML file while it is read; for the modules that know its elements. */
#ifndef BUDGETMAP_FORMAT_KML_READING_H
#define BUDGETMAP_FORMAT_KML_READING_H

#include <libxml/xmlreader.h>

#include "foreign_stream.h"
#include "gather.h"
#include "kml_prolog.h"
#include "kml_tags.h"
#include "kml_schema.h"
#include "shape.h"

/* Elements by what they are inside a certain parent. What is in no table is
 * OTHER, and so is everything in it. */
enum place {
	OTHER,
	OUTSIDE, /* of the outermost element */
	KML,
	DOCUMENT,
	FOLDER,
	CONTAINER_TEXT, /* name or description of a document or folder */
	PLACEMARK,
	ATTRIBUTE, /* an attribute that is called as the element */
	DESCRIPTION,
	TIME,
	EXTENDED_DATA,
	SCHEMA_DATA,
	SIMPLE_DATA,
	DATA,
	VALUE,
	MULTI,
	POINT,
	LINE,
	POLYGON,
	OUTER,
	INNER,
	RING,
	COORDINATES,
	TRACK,
	COORD,
	ALTITUDE,
	TRACK_TIME,
	SCHEMA,
	SIMPLE_FIELD,
	FIELD_TITLE,
	STYLE, /* kept as it stands */
	KEPT
};

#define IN(place) ((uint64_t)1 << (place))

enum {
	KML_TEXT_MAX = 1 << 26, /* bytes of one element */
	KML_KEPT_MAX = 1 << 22, /* of what is kept as it stands */
	KML_FOLDERS_MAX = 1 << 12,
	KML_LEFT_OUT_MAX = 24
};

struct reading;

/* parents: bits of the places an element means something in. */
struct kml_rule {
	const char *name;
	uint64_t parents;
	enum place place;
	bool (*begin)(struct reading *r, struct err *e);
	bool (*end)(struct reading *r, struct err *e);
};

/* An element that is not kept, and how often it was there. */
struct left_out {
	struct str name;
	long count;
};

struct reading {
	xmlTextReaderPtr xml;
	const struct foreign_file *file;
	const struct foreign_hooks *hooks;
	struct foreign_stream stream;
	struct kml_prolog prolog;
	struct kml_tags tags;
	struct err stopped; /* why no more of the file is given to libxml2 */

	/* Where it is. */
	const struct kml_rule *open[FOREIGN_DEPTH_MAX]; /* NULL: OTHER */
	int depth;
	xmlChar *space; /* namespace of the root, NULL: none */

	/* The placemark. */
	struct shape shape;
	struct gather gather;
	struct foreign_feature feature;
	bool many; /* a MultiGeometry was there */
	bool over; /* a failure is what the hooks said, or the file's */
	bool has_data; /* ExtendedData was there */
	bool has_description;
	long number; /* from 1 */
	long text_line; /* of the last text, where elements do not tell */
	struct err wrong; /* why it cannot be taken, while it goes on */
	struct buf text; /* of the element that is read */
	struct buf description, clean; /* as it stands, and cleaned */
	struct buf times; /* of tracks, separated by spaces */
	struct str altitude; /* what heights mean; empty: not told */
	bool extrude;
	struct str data_name; /* of the Data or SimpleData it is in */
	enum value_type data_type;
	struct str schema; /* address, of the SchemaData it is in */
	struct str kind; /* the Schema it is called by; empty: Placemark */

	/* What is kept as it stands. */
	struct buf style, rest; /* of the placemark */
	struct buf sorted; /* the rest as our writer has it */
	struct buf all_style, all_rest; /* of the file */
	struct buf *kept; /* where it goes now, NULL: nothing is kept */
	int kept_depth; /* of its outermost element */
	size_t kept_start; /* where that begins */
	const char *spaces[FOREIGN_DEPTH_MAX]; /* by depth, NULL: KML's own */
	struct buf href;
	bool in_href;
	bool is_link; /* what is kept is a NetworkLink */

	/* The file. */
	struct arena own; /* lives as long as the reading */
	struct kml_schemas schemas;
	struct buf folders; /* the path, separated by '/' */
	size_t folder_ends[FOREIGN_DEPTH_MAX]; /* its length outside */
	struct str title;
	bool ours; /* our own writer wrote it */
	bool described; /* the document has a description */
	struct left_out left_out[KML_LEFT_OUT_MAX];
	size_t n_left_out;
	long heights, icons, cleaned, tables; /* placemarks; references */
	long moved, tracks, rings; /* elements that become attributes; lines */
	bool malformed, memory_failed, huge; /* said by libxml2 */
};

/* The rule of the element that is read, NULL when there is none. */
const struct kml_rule *kml_current(const struct reading *r);
enum place kml_place(const struct reading *r);

/* The name of the element without a prefix that nobody declared. */
const char *kml_element_name(const struct reading *r);

/* Whether the element is in one of KML's namespaces, or in none. */
bool kml_is_own(const struct reading *r);

/* An attribute of the element in NFC; empty without. */
bool kml_attribute(
    struct reading *r, const char *name, struct str *out, struct err *e);

/* Whether a failure is one placemark's own, so that the next can be read. */
bool kml_is_of_feature(const struct err *why);

/* The line of the node that is read, 0 when it is not known. Further down in a
 * large file only texts know theirs, on which they end and what follows begins:
 * it is noted for what follows. */
long kml_line(const struct reading *r);
void kml_note_line(struct reading *r);

/* The rule for the element in the place that is read; NULL without. */
const struct kml_rule *kml_find_rule(const struct reading *r);

/* --- kml_kept.c: elements as they stand ------------------------------------
 */

/* Begins to keep the element that is read, into where its rule says. */
void kml_keep_begin(struct reading *r, enum place place, bool of_placemark);
void kml_keep_open(struct reading *r);
void kml_keep_text(struct reading *r, struct str text);
/* false when the hooks end the reading. */
bool kml_keep_close(struct reading *r, struct err *e);

/* --- kml_notes.c: what is told of the file ---------------------------------
 */
bool kml_note(struct reading *r, long line, const char *text, struct err *e);
/* Counts an element that is passed over. */
void kml_leave_out(struct reading *r, const char *name);
/* What was kept: empty, but there, when that is nothing. */
struct str kml_told(const struct buf *b);
/* What was kept of a placemark; what is written of it comes back the same. */
struct str kml_told_sorted(struct reading *r);
/* At the end. */
bool kml_note_all(struct reading *r, struct err *e);
bool kml_visit_document(struct reading *r, struct err *e);

/* --- kml_geometry.c --------------------------------------------------------
 */
bool kml_begin_multi(struct reading *r, struct err *e);
bool kml_begin_piece(struct reading *r, struct err *e);
bool kml_begin_boundary(struct reading *r, struct err *e);
bool kml_begin_track(struct reading *r, struct err *e);
bool kml_end_coordinates(struct reading *r, struct err *e);
bool kml_end_coord(struct reading *r, struct err *e);
bool kml_end_point(struct reading *r, struct err *e);
bool kml_end_line(struct reading *r, struct err *e);
bool kml_end_ring(struct reading *r, struct err *e);
bool kml_end_line_ring(struct reading *r, struct err *e);
bool kml_end_polygon(struct reading *r, struct err *e);
bool kml_end_track(struct reading *r, struct err *e);
bool kml_end_altitude(struct reading *r, struct err *e);
bool kml_end_track_time(struct reading *r, struct err *e);
/* At the end of the placemark. */
bool kml_finish_heights(struct reading *r, struct err *e);
bool kml_finish_times(struct reading *r, struct err *e);

#endif
