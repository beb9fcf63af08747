/* How many attributes the elements of an XML file have, before it is parsed. */
#ifndef BUDGETMAP_FORMAT_KML_TAGS_H
#define BUDGETMAP_FORMAT_KML_TAGS_H

#include "base/str.h"

/* libxml2 compares each attribute of an element with all others; real files
 * have a dozen, those of the root's namespaces counted. */
enum { KML_ATTRIBUTES_MAX = 256 };

/* How far it was seen. All zero at the beginning of a file. */
struct kml_tags {
	enum {
		TAGS_TEXT,
		TAGS_OPEN,
		TAGS_ELEMENT,
		TAGS_VALUE,
		TAGS_MARK,
		TAGS_COMMENT,
		TAGS_CDATA,
		TAGS_INSTRUCTION
	} state;
	char last[2]; /* the bytes before, of what is passed over */
	char quote; /* that ends the value */
	int attributes; /* of the element in hand */
	long newlines; /* up to there */
};

/* Whether no element has more attributes than KML_ATTRIBUTES_MAX, as far as can
 * be seen without decoding. Takes the file piece by piece. */
bool kml_tags_fit(struct kml_tags *t, struct str piece);

#endif
