#include "geo/geos.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "geo/geom_build.h"
#include "geo/geos_own.h"

struct geos_prepared {
	struct geos *owner;
	GEOSGeometry *geometry;
	const GEOSPreparedGeometry *prepared;
};

/* The constructors of GEOS take arrays of members and own them, success or
 * not. */
struct members {
	GEOSGeometry **list;
	uint32_t n;
};

static void keep_message(const char *message, void *context)
{
	struct geos *g = context;

	snprintf(g->message, sizeof(g->message), "%s", message);
}

static GEOSCoordSequence *to_sequence(
    struct geos *g, const struct position *p, uint32_t n)
{
	return GEOSCoordSeq_copyFromBuffer_r(g->handle, &p->lon, n, 0, 0);
}

static GEOSGeometry *to_part(
    struct geos *g, enum geom_type type, const struct position *p, uint32_t n)
{
	GEOSCoordSequence *s = to_sequence(g, p, n);

	if (!s)
		return NULL;
	if (geom_is_of_points(type))
		return GEOSGeom_createPoint_r(g->handle, s);
	if (geom_is_of_lines(type))
		return GEOSGeom_createLineString_r(g->handle, s);
	return GEOSGeom_createLinearRing_r(g->handle, s);
}

static void drop_members(struct geos *g, struct members *m)
{
	for (uint32_t i = 0; i < m->n; i++)
		GEOSGeom_destroy_r(g->handle, m->list[i]);
	mem_free(m->list);
}

/* n parts from *p on, which is moved behind them. */
static bool to_members(struct members *out, struct geos *g, enum geom_type type,
    const struct position **p, const uint32_t *sizes, uint32_t n)
{
	*out = (struct members){ mem_alloc(n * sizeof(*out->list)), 0 };
	for (uint32_t i = 0; out->list && i < n; i++) {
		GEOSGeometry *part = to_part(g, type, *p, sizes[i]);

		if (!part)
			break;
		out->list[out->n++] = part;
		*p += sizes[i];
	}
	if (out->list && out->n == n)
		return true;
	drop_members(g, out);
	return false;
}

static GEOSGeometry *to_polygon(struct geos *g, const struct position **p,
    const uint32_t *sizes, uint32_t n)
{
	struct members rings;
	GEOSGeometry *polygon;

	if (!to_members(&rings, g, GEOM_POLYGON, p, sizes, n))
		return NULL;
	polygon = GEOSGeom_createPolygon_r(
	    g->handle, rings.list[0], rings.list + 1, rings.n - 1);
	mem_free(rings.list);
	return polygon;
}

static bool to_polygons(
    struct members *out, struct geos *g, const struct geom *geom)
{
	const struct position *p = geom->positions;
	const uint32_t *sizes = geom->part_sizes;

	*out = (struct members){ mem_alloc(geom->n_polys * sizeof(*out->list)),
		0 };
	for (uint32_t i = 0; out->list && i < geom->n_polys; i++) {
		GEOSGeometry *polygon =
		    to_polygon(g, &p, sizes, geom->poly_parts[i]);

		if (!polygon)
			break;
		out->list[out->n++] = polygon;
		sizes += geom->poly_parts[i];
	}
	if (out->list && out->n == geom->n_polys)
		return true;
	drop_members(g, out);
	return false;
}

GEOSGeometry *geos_from_geom(struct geos *g, const struct geom *geom)
{
	static const int types[] = {
		[GEOM_MULTIPOINT] = GEOS_MULTIPOINT,
		[GEOM_MULTILINE] = GEOS_MULTILINESTRING,
		[GEOM_MULTIPOLYGON] = GEOS_MULTIPOLYGON,
	};
	const struct position *p = geom->positions;
	struct members m;
	GEOSGeometry *multi;

	g->message[0] = '\0';
	if (geom->type == GEOM_POLYGON)
		return to_polygon(g, &p, geom->part_sizes, geom->n_parts);
	if (geom->type < GEOM_MULTIPOINT)
		return to_part(g, geom->type, p, geom->n_positions);
	if (geom->type == GEOM_MULTIPOLYGON) {
		if (!to_polygons(&m, g, geom))
			return NULL;
	} else if (!to_members(&m, g, geom->type, &p, geom->part_sizes,
		       geom->n_parts)) {
		return NULL;
	}
	multi = GEOSGeom_createCollection_r(
	    g->handle, types[geom->type], m.list, m.n);
	mem_free(m.list);
	return multi;
}

int geos_dimension(enum geom_type type)
{
	return ((int)type - 1) % 3;
}

/* Counts what is of that dimension in a geometry and its members. */
static size_t count_positions(
    struct geos *g, const GEOSGeometry *from, int dimension)
{
	int n = GEOSGetNumGeometries_r(g->handle, from);
	size_t sum = 0;

	if (GEOSGeomTypeId_r(g->handle, from) < GEOS_MULTIPOINT) {
		int count = GEOSGetNumCoordinates_r(g->handle, from);

		if (GEOSGeom_getDimensions_r(g->handle, from) != dimension)
			return 0;
		return count > 0 ? (size_t)count : 0;
	}
	for (int i = 0; i < n; i++)
		sum += count_positions(
		    g, GEOSGetGeometryN_r(g->handle, from, i), dimension);
	return sum;
}

static void take_part(
    struct geom_build *b, struct geos *g, const GEOSGeometry *from)
{
	const GEOSCoordSequence *s = GEOSGeom_getCoordSeq_r(g->handle, from);
	unsigned n = 0;

	if (!s || !GEOSCoordSeq_getSize_r(g->handle, s, &n))
		return;
	geom_build_part(b);
	for (unsigned i = 0; i < n; i++) {
		/* Out of range, should GEOS fail: it is refused then. */
		double lon = HUGE_VAL, lat = HUGE_VAL;

		GEOSCoordSeq_getXY_r(g->handle, s, i, &lon, &lat);
		geom_build_position(b, lon, lat);
	}
}

static void take_polygon(
    struct geom_build *b, struct geos *g, const GEOSGeometry *from)
{
	int holes = GEOSGetNumInteriorRings_r(g->handle, from);

	geom_build_poly(b);
	take_part(b, g, GEOSGetExteriorRing_r(g->handle, from));
	for (int i = 0; i < holes; i++)
		take_part(b, g, GEOSGetInteriorRingN_r(g->handle, from, i));
}

static void take_members(struct geom_build *b, struct geos *g,
    const GEOSGeometry *from, int dimension)
{
	int n = GEOSGetNumGeometries_r(g->handle, from);

	if (GEOSGeomTypeId_r(g->handle, from) >= GEOS_MULTIPOINT) {
		for (int i = 0; i < n; i++)
			take_members(b, g,
			    GEOSGetGeometryN_r(g->handle, from, i), dimension);
		return;
	}
	if (GEOSisEmpty_r(g->handle, from) != 0 ||
	    GEOSGeom_getDimensions_r(g->handle, from) != dimension)
		return;
	if (dimension == geos_dimension(GEOM_POLYGON))
		take_polygon(b, g, from);
	else
		take_part(b, g, from);
}

const struct geom *geos_to_geom(struct geos *g, struct arena *a,
    const GEOSGeometry *from, int dimension, struct err *e)
{
	struct geom_build b;
	uint32_t n;

	if (!geom_build_begin(&b, a, count_positions(g, from, dimension), e))
		return NULL;
	take_members(&b, g, from, dimension);
	n = b.n_polys > 0 ? b.n_polys : b.n_parts;
	b.type = (enum geom_type)(
	    dimension + (n > 1 ? GEOM_MULTIPOINT : GEOM_POINT));
	return geom_build_finish(&b, a, e);
}

struct geos *geos_open(void)
{
	struct geos *g = mem_alloc(sizeof(*g));

	if (!g)
		return NULL;
	*g = (struct geos){ .handle = GEOS_init_r() };
	if (!g->handle) {
		mem_free(g);
		return NULL;
	}
	GEOSContext_setErrorMessageHandler_r(g->handle, keep_message, g);
	return g;
}

void geos_close(struct geos *g)
{
	if (!g)
		return;
	GEOS_finish_r(g->handle);
	mem_free(g);
}

bool geos_is_valid(
    struct geos *g, const struct geom *geom, char *reason, size_t size)
{
	GEOSGeometry *from = geos_from_geom(g, geom);
	bool valid = from && GEOSisValid_r(g->handle, from) == 1;
	char *text;

	if (!valid && reason && size > 0) {
		text = from ? GEOSisValidReason_r(g->handle, from) : NULL;
		snprintf(reason, size, "%s", text ? text : g->message);
		GEOSFree_r(g->handle, text);
	}
	GEOSGeom_destroy_r(g->handle, from);
	return valid;
}

/* Structure: rings are areas, so a spike vanishes and a bow becomes two. */
GEOSGeometry *geos_repair(struct geos *g, const GEOSGeometry *from)
{
	GEOSMakeValidParams *how = GEOSMakeValidParams_create_r(g->handle);
	GEOSGeometry *valid = NULL;

	if (how &&
	    GEOSMakeValidParams_setMethod_r(
		g->handle, how, GEOS_MAKE_VALID_STRUCTURE) &&
	    GEOSMakeValidParams_setKeepCollapsed_r(g->handle, how, 0))
		valid = GEOSMakeValidWithParams_r(g->handle, from, how);
	if (how)
		GEOSMakeValidParams_destroy_r(g->handle, how);
	return valid;
}

const struct geom *geos_make_valid(
    struct geos *g, struct arena *a, const struct geom *geom, struct err *e)
{
	const struct geom *made = geom;
	GEOSGeometry *from, *valid;

	if (geos_is_valid(g, geom, NULL, 0))
		return geom;
	if (geos_is_tangled(g, geom)) {
		err_set(e, ERR_INPUT,
		    "the geometry crosses itself too often to be repaired");
		return NULL;
	}
	from = geos_from_geom(g, geom);
	valid = from ? geos_repair(g, from) : NULL;
	if (!valid) {
		err_set(e, ERR_INPUT, "the geometry cannot be repaired");
		err_detail(e, "%s", g->message);
		made = NULL;
	} else {
		made = geos_to_geom(g, a, valid, geos_dimension(geom->type), e);
	}
	GEOSGeom_destroy_r(g->handle, from);
	GEOSGeom_destroy_r(g->handle, valid);
	return made;
}

struct geos_prepared *geos_prepare(struct geos *g, const struct geom *geom)
{
	struct geos_prepared *p = mem_alloc(sizeof(*p));

	if (!p)
		return NULL;
	*p = (struct geos_prepared){ g, geos_from_geom(g, geom), NULL };
	if (p->geometry)
		p->prepared = GEOSPrepare_r(g->handle, p->geometry);
	if (p->prepared)
		return p;
	geos_prepared_close(p);
	return NULL;
}

void geos_prepared_close(struct geos_prepared *p)
{
	if (!p)
		return;
	GEOSPreparedGeom_destroy_r(p->owner->handle, p->prepared);
	GEOSGeom_destroy_r(p->owner->handle, p->geometry);
	mem_free(p);
}

typedef char relate(
    GEOSContextHandle_t, const GEOSGeometry *, const GEOSGeometry *);
typedef char relate_prepared(
    GEOSContextHandle_t, const GEOSPreparedGeometry *, const GEOSGeometry *);

static relate *const relations[] = {
	[GEOS_INTERSECTS] = GEOSIntersects_r,
	[GEOS_EQUALS] = GEOSEquals_r,
	[GEOS_DISJOINT] = GEOSDisjoint_r,
	[GEOS_TOUCHES] = GEOSTouches_r,
	[GEOS_WITHIN] = GEOSWithin_r,
	[GEOS_OVERLAPS] = GEOSOverlaps_r,
	[GEOS_CROSSES] = GEOSCrosses_r,
	[GEOS_CONTAINS] = GEOSContains_r,
};

static relate_prepared *const prepared_relations[] = {
	[GEOS_INTERSECTS] = GEOSPreparedIntersects_r,
	[GEOS_EQUALS] = NULL, /* preparing does not help */
	[GEOS_DISJOINT] = GEOSPreparedDisjoint_r,
	[GEOS_TOUCHES] = GEOSPreparedTouches_r,
	[GEOS_WITHIN] = GEOSPreparedWithin_r,
	[GEOS_OVERLAPS] = GEOSPreparedOverlaps_r,
	[GEOS_CROSSES] = GEOSPreparedCrosses_r,
	[GEOS_CONTAINS] = GEOSPreparedContains_r,
};

/* GEOS says 2 for a failure. */
static int answer(char said)
{
	return said == 0 || said == 1 ? said : GEOS_UNTOLD;
}

int geos_relate(struct geos *g, enum geos_relation relation,
    const struct geom *a, const struct geom *b)
{
	GEOSGeometry *first = geos_from_geom(g, a);
	GEOSGeometry *second = geos_from_geom(g, b);
	int said = GEOS_NO_MEMORY;

	if (first && second)
		said = answer(relations[relation](g->handle, first, second));
	GEOSGeom_destroy_r(g->handle, first);
	GEOSGeom_destroy_r(g->handle, second);
	return said;
}

int geos_prepared_relate(struct geos_prepared *p, enum geos_relation relation,
    const struct geom *geom)
{
	GEOSContextHandle_t handle = p->owner->handle;
	GEOSGeometry *other = geos_from_geom(p->owner, geom);
	relate_prepared *test = prepared_relations[relation];
	int said = GEOS_NO_MEMORY;

	if (other && test)
		said = answer(test(handle, p->prepared, other));
	else if (other)
		said = answer(relations[relation](handle, p->geometry, other));
	GEOSGeom_destroy_r(handle, other);
	return said;
}

bool geos_prepared_intersects(struct geos_prepared *p, const struct geom *geom)
{
	return geos_prepared_relate(p, GEOS_INTERSECTS, geom) == 1;
}

bool geos_prepared_contains(struct geos_prepared *p, const struct geom *geom)
{
	return geos_prepared_relate(p, GEOS_CONTAINS, geom) == 1;
}

/* 0 when what both share is no area. */
static double area_of(struct geos *g, const GEOSGeometry *shared)
{
	const int polygons = geos_dimension(GEOM_POLYGON);
	struct arena a;
	const struct geom *geom;
	double area;

	if (count_positions(g, shared, polygons) == 0)
		return 0;
	arena_init(&a, SIZE_MAX);
	geom = geos_to_geom(g, &a, shared, polygons, NULL);
	area = geom ? geom_area_km2(geom) : -1;
	arena_free(&a);
	return area;
}

double geos_overlap_km2(
    struct geos *g, const struct geom *a, const struct geom *b)
{
	GEOSGeometry *first = geos_from_geom(g, a);
	GEOSGeometry *second = geos_from_geom(g, b);
	GEOSGeometry *shared = NULL;
	double area = -1;

	if (first && second)
		shared = GEOSIntersection_r(g->handle, first, second);
	if (shared)
		area = area_of(g, shared);
	GEOSGeom_destroy_r(g->handle, first);
	GEOSGeom_destroy_r(g->handle, second);
	GEOSGeom_destroy_r(g->handle, shared);
	return area;
}
