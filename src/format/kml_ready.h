/* What all placemarks of a document share, made once. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_READY_H
#define BUDGETMAP_SRC_FORMAT_KML_READY_H

#include "format/kml_write.h"

/* What is written for a code. */
struct choice {
	struct str code, text;
};

struct kml_placemarks {
	const struct kml_document *document;
	const struct kml_view *view;
	struct str *keys; /* what stands before the values in GeoJSON */
	struct str *values; /* of the feature at hand, by field */
	struct str *joints; /* ends the value before, begins the field's own */
	struct str data_head, link_head, link_tail;
	struct str *row_heads;
	struct choice **row_codes; /* by row; NULL where it has none */
	struct choice *choices;
	struct str style, rest; /* as they stood in a file */
	struct str heights; /* see format/heights.h */
	bool plain; /* the feature at hand, see struct fragment_parts */
};

/* Ranks of the elements of a Placemark in ogckml22.xsd. */
enum kml_rank {
	RANK_NAME,
	RANK_LINK, /* before it: visibility, open, author */
	RANK_SNIPPET,
	RANK_DESCRIPTION,
	RANK_VIEW,
	RANK_TIME,
	RANK_STYLE,
	RANK_REGION,
	RANK_DATA,
	RANK_GEOMETRY,
	RANK_END
};

/* Appends the kept elements whose place is behind that of rank from and not
 * behind that of to; true when there was one at to itself. */
bool kml_add_ranked(
    struct buf *b, struct str elements, enum kml_rank from, enum kml_rank to);

#endif
