/* A small map as a picture: outlines of the districts and what lies on them. It
 * is drawn by the server, as the site's policy allows no script in a page. */
#ifndef BUDGETMAP_API_SVG_MAP_H
#define BUDGETMAP_API_SVG_MAP_H

#include "api/call.h"
#include "geo/geom.h"
#include "index/snapshot.h"

struct svg_map {
	struct call *call;
	struct bbox box;
	double scale_x, scale_y; /* picture units a degree */
	int height;
	size_t stop; /* length of the answer at which shapes are cut off */
};

/* Begins a picture of the box and of some space around it; label is for those
 * who do not see it. districts may be NULL. False when it could not be read. */
bool svg_map_begin(struct svg_map *m, struct call *c, const struct bbox *box,
    const struct snapshot *districts, const char *label, struct err *e)
    __attribute__((warn_unused_result));

/* A mark that stands for count features. */
void svg_map_mark(struct svg_map *m, struct position at, uint32_t count);

/* A point, line or area. */
void svg_map_geom(struct svg_map *m, const struct geom *g);

/* All that is located in a snapshot: one mark for those that would lie on each
 * other. */
bool svg_map_all(struct svg_map *m, const struct snapshot *s, struct err *e)
    __attribute__((warn_unused_result));

void svg_map_end(struct svg_map *m);

#endif
