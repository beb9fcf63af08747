/* Heights that stood in a file, which places do not have here: what they mean
 * in the words of KML ("absolute extrude"), then one for each position of the
 * geometry in metres, "-" without, all separated by spaces. */
#ifndef BUDGETMAP_FORMAT_HEIGHTS_H
#define BUDGETMAP_FORMAT_HEIGHTS_H

#include "base/buf.h"

struct heights {
	struct str mode; /* empty: not told */
	bool extrude;
	struct str left; /* of the positions that follow */
};

/* Empty text: there are none. */
struct heights heights_of(struct str text);

/* That of the next position, as it is written; empty without. */
struct str heights_next(struct heights *h);

/* Appends a feature, or a geometry, that geojson.h wrote, each position with
 * its height. */
void heights_weave(struct buf *b, struct str geojson, struct str heights);

#endif
