/* One GeoJSON Feature. */
#ifndef BUDGETMAP_FORMAT_JSON_FEATURE_H
#define BUDGETMAP_FORMAT_JSON_FEATURE_H

#include <jansson.h>

#include "gather.h"
#include "json_crs.h"
#include "shape.h"

struct json_feature {
	struct shape shape;
	struct gather gather;
	struct buf scratch;
	struct json_crs crs; /* of its positions */
	bool bare; /* a geometry stands for its feature */
};

void json_feature_init(struct json_feature *j, struct arena *a);
void json_feature_free(struct json_feature *j);

/* Reads it and visits what it gives; visited as gather_visit has it. f holds
 * the place and is filled as far as it could be read. */
bool json_feature_read(struct json_feature *j, struct foreign_feature *f,
    json_t *value, const struct foreign_hooks *hooks, bool *visited,
    struct err *e);

#endif
