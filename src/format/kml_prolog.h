/* What stands before the root of an XML file. */
#ifndef BUDGETMAP_FORMAT_KML_PROLOG_H
#define BUDGETMAP_FORMAT_KML_PROLOG_H

#include "base/str.h"

/* How far it was seen. All zero at the beginning of a file. */
struct kml_prolog {
	enum {
		PROLOG_OUTSIDE,
		PROLOG_OPEN,
		PROLOG_MARK,
		PROLOG_COMMENT,
		PROLOG_INSTRUCTION,
		PROLOG_OVER
	} state;
	char last[2]; /* the bytes before */
	long newlines; /* up to there */
};

/* Whether a document type declaration begins before the root, as far as can be
 * seen without decoding: so that none is parsed at all. Takes the file piece by
 * piece. What a strange encoding hides is for the reader to refuse as a node.
 */
bool kml_prolog_declares(struct kml_prolog *p, struct str piece);

#endif
