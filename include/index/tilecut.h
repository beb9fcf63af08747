/* What of a snapshot a vector tile shows. */
#ifndef BUDGETMAP_INDEX_TILECUT_H
#define BUDGETMAP_INDEX_TILECUT_H

#include "geo/geos.h"
#include "geo/grid.h"
#include "index/cluster.h"

enum {
	TILECUT_BUFFER = 64, /* units around a tile that are shown too */
	TILECUT_DETAIL_MAX = 7, /* 2^detail cells along a tile */
	TILECUT_FEATURES = 2000 /* this many are never thinned */
};

/* Rows are told one by one, those that are joined as clusters. */
struct tilecut {
	const uint32_t *rows;
	size_t n_rows;
	const struct cluster *clusters;
	size_t n_clusters;
	uint32_t first, end; /* projects anchored in the tile: others are
			      * guests, shown as they reach in or lie near */
	bool clustered; /* by cells: a single row is its anchor there, not its
			 * shape */
	uint64_t found; /* features that could be shown, joined ones too */
};

/* Projects: up to CLUSTER_ZOOM_MAX the marks of cluster_tile. Deeper every
 * project that lies in the tile or near it, those that share a place joined;
 * where there are more than CLUSTER_TILE_FEATURES, marks as well. Each project
 * anchored in the tile is counted exactly once, in a row or in a cluster. */
bool tilecut_projects(struct tilecut *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

/* Any collection: the features that lie in the tile or near it, the larger
 * shapes first, then points. Where they are more than TILECUT_FEATURES, of
 * points only the first of each cell is there, and of shapes as many of the
 * largest as there are cells; a smaller detail (0 to TILECUT_DETAIL_MAX) leaves
 * fewer. found counts all. */
bool tilecut_features(struct tilecut *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, const struct tile *t,
    int detail, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* What a tile tells of a project, all at once. */
struct tilecut_row {
	int64_t id;
	struct str public_id;
	int64_t planned, contracted, paid; /* tiyn or MONEY_UNKNOWN */
	uint8_t status, category, work_kind, home, overdue;
	bool shape; /* it is more than its anchor */
	struct grid_point anchor; /* as tilecut_anchor */
};
void tilecut_read(struct tilecut_row *out, const struct snapshot *s,
    uint32_t row, const struct tile *t);

/* What the row is; a single point at its anchor is no shape. */
enum geom_type tilecut_type(const struct snapshot *s, uint32_t row);
bool tilecut_is_shape(const struct snapshot *s, uint32_t row);

/* The shape of a row, simplified for the tile's zoom and cut to it, in units of
 * the tile; n_points is 0 when nothing of it is there. shared: its borders are
 * simplified as its neighbours' are. geos as for clip_to_tile. */
bool tilecut_shape(struct grid_geom *out, const struct snapshot *s,
    uint32_t row, const struct tile *t, bool shared, struct geos **geos,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

/* The same of the whole shape, in degrees and valid; a row without a shape has
 * its anchor, one without a place NULL. */
bool tilecut_simplified(const struct geom **out, const struct snapshot *s,
    uint32_t row, int z, struct geos *geos, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Where in the tile the row's anchor lies, and whether it lies in it. */
struct grid_point tilecut_anchor(
    const struct snapshot *s, uint32_t row, const struct tile *t);
bool tilecut_is_own(struct grid_point anchor);

#endif
