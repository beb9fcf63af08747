/* Geometries that cross themselves so often that a repair would take all time
 * and memory: each crossing becomes a corner. */
#include "base/mem.h"
#include "geo/geom_build.h"
#include "geo/geos_own.h"

enum {
	NODE_CAPACITY = 10,
	PAIRS_ALWAYS = 100000, /* of segments whose boxes meet */
	PAIRS_A_POSITION = 3 /* a segment meets at least the next */
};

struct tangle {
	struct geos *g;
	GEOSSTRtree *tree;
	GEOSGeometry **segments;
	uint32_t n;
	uint64_t pairs, most; /* each pair is met twice */
};

static GEOSGeometry *segment(struct geos *g, const struct position *p)
{
	GEOSCoordSequence *s =
	    GEOSCoordSeq_copyFromBuffer_r(g->handle, &p->lon, 2, 0, 0);

	return s ? GEOSGeom_createLineString_r(g->handle, s) : NULL;
}

static bool insert(struct tangle *t, const struct position *p)
{
	GEOSGeometry *s = segment(t->g, p);

	if (!s)
		return false;
	t->segments[t->n++] = s;
	GEOSSTRtree_insert_r(t->g->handle, t->tree, s, s);
	return true;
}

static bool insert_all(struct tangle *t, const struct geom *geom)
{
	const struct position *p = geom->positions;

	for (uint32_t i = 0; i < geom->n_parts; i++) {
		for (uint32_t k = 0; k + 1 < geom->part_sizes[i]; k++)
			if (!insert(t, p + k))
				return false;
		p += geom->part_sizes[i];
	}
	return true;
}

static void count(void *item, void *context)
{
	struct tangle *t = context;

	(void)item;
	t->pairs++;
}

static bool is_over(struct tangle *t)
{
	for (uint32_t i = 0; i < t->n && t->pairs <= t->most; i++)
		GEOSSTRtree_query_r(
		    t->g->handle, t->tree, t->segments[i], count, t);
	return t->pairs > t->most;
}

static void drop(struct tangle *t)
{
	if (t->tree)
		GEOSSTRtree_destroy_r(t->g->handle, t->tree);
	for (uint32_t i = 0; i < t->n; i++)
		GEOSGeom_destroy_r(t->g->handle, t->segments[i]);
	mem_free(t->segments);
}

bool geos_is_tangled(struct geos *g, const struct geom *geom)
{
	struct tangle t = { .g = g,
		.most = 2 * (PAIRS_ALWAYS + (uint64_t)geom->n_positions *
						PAIRS_A_POSITION) };
	bool tangled;

	if (geom_is_of_points(geom->type) || geom->n_positions == 0)
		return false;
	t.tree = GEOSSTRtree_create_r(g->handle, NODE_CAPACITY);
	t.segments = mem_alloc(geom->n_positions * sizeof(*t.segments));
	tangled =
	    !t.tree || !t.segments || !insert_all(&t, geom) || is_over(&t);
	drop(&t);
	return tangled;
}
