/* The layers of a collection's vector tiles, as they are written and as they
 * are described. */
#ifndef BUDGETMAP_API_TILE_LAYERS_H
#define BUDGETMAP_API_TILE_LAYERS_H

#include "api/collection.h"
#include "base/buf.h"
#include "geo/feature.h"
#include "query/codes.h"

/* An attribute of projects in tiles, by its place in project_tile_fields. */
enum project_tile_field {
	PROJECT_TILE_ID,
	PROJECT_TILE_STATUS,
	PROJECT_TILE_CATEGORY,
	PROJECT_TILE_WORK_KIND,
	PROJECT_TILE_DISTRICT,
	PROJECT_TILE_PLANNED,
	PROJECT_TILE_CONTRACTED,
	PROJECT_TILE_PAID,
	PROJECT_TILE_OVERDUE,
	PROJECT_TILE_ANCHORED,
	PROJECT_TILE_TITLE_KK,
	PROJECT_TILE_TITLE_RU,
	PROJECT_TILE_TITLE_EN,
	PROJECT_TILE_FIELDS
};
extern const struct field project_tile_fields[PROJECT_TILE_FIELDS];

/* An attribute of clusters, by its place; a count by status follows, named
 * status_ and the code. */
enum cluster_tile_field {
	CLUSTER_TILE_COUNT,
	CLUSTER_TILE_PLANNED,
	CLUSTER_TILE_CONTRACTED,
	CLUSTER_TILE_PAID,
	CLUSTER_TILE_MISSING_PLANNED,
	CLUSTER_TILE_MISSING_CONTRACTED,
	CLUSTER_TILE_MISSING_PAID,
	CLUSTER_TILE_OVERDUE,
	CLUSTER_TILE_OVERDUE_PLANNED,
	CLUSTER_TILE_EXPANSION_ZOOM,
	CLUSTER_TILE_FIELDS
};
extern const struct field cluster_tile_fields[CLUSTER_TILE_FIELDS];

/* What every feature has besides the fields of its schema, unless the schema
 * has a field of that name. */
enum own_tile_field { OWN_TILE_ID, OWN_TILE_ANCHORED, OWN_TILE_FIELDS };
extern const struct field own_tile_fields[OWN_TILE_FIELDS];
bool tile_layer_has_own(const struct schema *schema, enum own_tile_field which);

/* A layer as it is described. */
struct tile_layer {
	const char *suffix; /* behind the collection's id */
	int dimension; /* of its geometry; -1: any */
	int min_zoom, max_zoom; /* where it may be */
	const struct field *fields;
	size_t n_fields;
	bool statuses; /* a count by status follows */
	const struct schema *schema; /* further fields; NULL: none */
	const char *title[LANG_COUNT];
};

enum { TILE_LAYERS_MAX = 3 };

/* The layers of a collection; returns how many. */
size_t tile_layers_of(
    struct tile_layer out[static TILE_LAYERS_MAX], const struct collection *k);

/* Calls visit for each attribute of a layer, in the order of its keys; statuses
 * become fields too. */
typedef void tile_field_visit(void *context, const struct field *f);
void tile_layer_each(
    const struct tile_layer *l, tile_field_visit *visit, void *context);

/* The layer in every tile that was thinned. */
extern const struct tile_layer tile_layer_meta;

#endif
