/* Tiles of a collection, in each format. */
#ifndef BUDGETMAP_API_TILE_WRITE_H
#define BUDGETMAP_API_TILE_WRITE_H

#include "api/call.h"
#include "api/collection.h"
#include "api/source.h"
#include "format/json_write.h"
#include "index/tilecut.h"

enum {
	TILE_BYTES_MAX = 500000, /* of a vector tile */
	TILE_JSON_MAX = 1000000, /* of the features of one in GeoJSON */
	TILE_TITLE_ZOOM = 15 /* from here on projects have their titles */
};

/* What a tile leaves out; told in the tile and in a header. */
struct tile_note {
	const char *thinned; /* titles, shapes or features; NULL: nothing */
	uint64_t shown, found; /* features */
};

/* One tile that is asked for. */
struct tile_job {
	struct call *call;
	const struct collection *collection;
	const struct source *source;
	struct query query; /* of the source, for tiles */
	const struct tile *tile;
	struct arena *scratch; /* emptied between features */
	struct geos *geos; /* opened when it is needed */
	size_t most; /* bytes of the tile */
	struct tile_note note;
};

void tile_job_begin(struct tile_job *job, struct call *c,
    const struct collection *k, const struct source *s, const struct tile *t,
    struct arena *scratch);
void tile_job_end(struct tile_job *job);

/* False with ERR_BUSY when the time of the request is over. */
bool tile_job_has_time(const struct tile_job *job, struct err *e);

/* A mark of what the tile shows, for its entity tag: with q and without
 * snapshots the day is in it. */
int64_t tile_change(
    const struct source *s, const struct collection *k, const struct tile *t);

/* Append the collection's layers; nothing when the tile is empty. */
bool tile_write_projects(struct tile_job *job, struct buf *out, struct err *e);
bool tile_write_features(struct tile_job *job, struct buf *out, struct err *e);

/* Appends the layer that tells what was left out. */
void tile_write_note(const struct tile_note *note, struct buf *out);

/* Append the features of a tile to an array that is open: of projects the marks
 * that were found, which count once in one tile. */
bool tile_find_marks(
    struct cluster_tile *out, struct tile_job *job, struct err *e);
bool tile_write_marks(struct tile_job *job, const struct cluster_tile *t,
    struct json *j, struct err *e);
bool tile_write_json(struct tile_job *job, struct json *j, struct err *e);

#endif
