/* How KML files hang together: folders, links to further files, regions. */
#ifndef BUDGETMAP_FORMAT_KML_TREE_H
#define BUDGETMAP_FORMAT_KML_TREE_H

#include "base/buf.h"
#include "geo/bbox.h"

/* What is in it shows while the box takes up at least min pixels of the screen
 * along a side, and less than max; max -1: however much. */
struct kml_region {
	struct bbox box;
	int min_pixels, max_pixels;
};

/* id may be empty, region NULL. */
struct kml_folder {
	struct str id, name;
	const struct kml_region *region;
	bool closed; /* in the list of places */
};

/* A file that a client fetches when the region comes into view (then again
 * whenever what it holds has expired), without a region when somebody wants
 * it. */
struct kml_link {
	struct str name, snippet, href;
	const struct kml_region *region;
	bool off; /* not ticked in the list: nothing is fetched before */
};

void kml_begin_folder(struct buf *b, const struct kml_folder *f);
void kml_end_folder(struct buf *b);
void kml_add_network_link(struct buf *b, const struct kml_link *l);

/* A picture in the upper left corner of the screen, as large as it is. */
void kml_add_overlay(struct buf *b, struct str name, struct str href);

#endif
