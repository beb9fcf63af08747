/* What stands before the root of an XML file. */
#ifndef BUDGETMAP_FORMAT_KML_PROLOG_H
#define BUDGETMAP_FORMAT_KML_PROLOG_H

#include "base/str.h"

/* Whether a document type declaration stands before the root, as far as can be
 * seen without decoding: so that none is parsed at all. What a strange encoding
 * hides is for the reader to refuse as a node. */
bool kml_has_declaration(struct str text);

#endif
