/* What all placemarks of a document share, made once. */
#ifndef BUDGETMAP_SRC_FORMAT_KML_READY_H
#define BUDGETMAP_SRC_FORMAT_KML_READY_H

#include "format/fragment.h"
#include "format/kml_write.h"

/* What is written for a code. */
struct choice {
	struct str code, text;
};

/* Choices found by their code: size is a power of two, slots without data are
 * free. */
struct choices {
	struct choice *slots;
	size_t size;
};

struct kml_placemarks {
	const struct kml_document *document;
	struct arena *arena;
	const struct kml_view *view;
	struct str *keys; /* what stands before the values in GeoJSON */
	struct str *values; /* of the feature at hand, by field; strings hold no
			     * escapes and nothing XML has to have escaped */
	struct str *joints; /* ends the value before, begins the field's own;
			     * padded (kml_put.h) */
	struct str data_head, link_head, link_tail;
	struct str *row_heads; /* padded */
	struct str *row_units;
	struct choices *row_codes; /* by row; size 0 where it has none */
	struct choices styles;
	size_t markup; /* bytes of a placemark at most, without its values */
	struct str style, rest; /* as they stood in a file */
	struct str heights; /* see format/heights.h */
	char *decoded; /* texts of the feature at hand that held escapes */
	size_t decoded_size;
	struct str description; /* of the feature at hand, cleaned; data NULL:
				 * as the attribute is */
	const char *last_wide; /* of the values at hand those that do not begin
				* behind it can be put as if padded */
	int begin, end; /* fields that have its period, -1: not known */
	int *shown; /* by row: the field that it shows, -1: nothing */
};

/* A quote is two bytes in JSON and six in XML; nothing else grows so much. */
enum { KML_GROWTH = 3 };

/* Decodes the values that were found in a text of that length, where it is not
 * plain; false without memory. */
bool kml_decode_values(
    struct kml_placemarks *p, struct fragment_parts *parts, size_t len);

/* An empty set with room for n choices, in the arena; false without memory. Of
 * two with one code the first is found. */
bool kml_choices_open(struct choices *c, size_t n, struct arena *a);
void kml_choices_add(struct choices *c, struct str code, struct str text);

/* The text of a code, data NULL when there is none. */
struct str kml_choice(const struct choices *c, struct str code);

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

/* Appends kept elements in the order in which a placemark that is written has
 * them, with nothing between. */
void kml_sort_kept(struct buf *b, struct str elements);

#endif
