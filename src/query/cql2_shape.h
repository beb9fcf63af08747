/* Gathering the geometry literals of a CQL2 filter. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_SHAPE_H
#define BUDGETMAP_SRC_QUERY_CQL2_SHAPE_H

#include "cql2_build.h"

/* A geometry as it is read, position by position, in the coordinates of the
 * filter; members of a collection one after another. */
struct cql2_gather {
	struct cql2_build *build;
	struct buf positions, part_sizes, poly_parts; /* as in struct geom */
	enum geom_type type;
	uint32_t n_parts, n_polys;
	uint32_t in_part, in_poly; /* of what is open */
	const struct geom **members;
	size_t n_members, room;
};

/* The types by their names in text; JSON's are the same but for case. */
struct cql2_shape_type {
	const char *text, *json;
	enum geom_type type;
};

/* NULL when there is none; whether case counts depends on json. */
const struct cql2_shape_type *cql2_shape_type_find(struct str name, bool json);

void cql2_gather_init(struct cql2_gather *g, struct cql2_build *b);
void cql2_gather_free(struct cql2_gather *g);

/* One geometry; a part ends after its positions, a polygon after its rings. */
void cql2_gather_begin(struct cql2_gather *g, enum geom_type type);
void cql2_gather_position(struct cql2_gather *g, double x, double y);
void cql2_gather_end_part(struct cql2_gather *g);
void cql2_gather_end_polygon(struct cql2_gather *g);

/* Ends it: coordinates become lon and lat, all is checked. False with a reason
 * at that byte. */
bool cql2_gather_end(struct cql2_gather *g, size_t at);

/* All that was gathered as one shape. NULL on failure. */
const struct cql2_shape *cql2_gather_shape(struct cql2_gather *g, size_t at);

/* A BBOX of four or six numbers. */
const struct cql2_shape *cql2_box_shape(
    struct cql2_build *b, size_t at, const double *v, size_t n);

#endif
