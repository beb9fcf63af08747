#include "geo/proj.h"

#include <math.h>
#include <proj.h>
#include <string.h>

#include "base/mem.h"

enum { DENSE = 21, DEGREE_DIGITS = 7, METRE_DIGITS = 2 };

const char *const crs_uris[CRS_N] = {
	[CRS_84] = "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
	[CRS_4326] = "http://www.opengis.net/def/crs/EPSG/0/4326",
	[CRS_3857] = "http://www.opengis.net/def/crs/EPSG/0/3857",
	[CRS_32641] = "http://www.opengis.net/def/crs/EPSG/0/32641",
	[CRS_32642] = "http://www.opengis.net/def/crs/EPSG/0/32642",
};

static const char *const names[CRS_N] = {
	[CRS_84] = "OGC:CRS84",
	[CRS_4326] = "EPSG:4326",
	[CRS_3857] = "EPSG:3857",
	[CRS_32641] = "EPSG:32641",
	[CRS_32642] = "EPSG:32642",
};

struct proj {
	PJ_CONTEXT *context;
	PJ *from_lon_lat[CRS_N];
};

static bool is_degrees(enum crs crs)
{
	return crs == CRS_84 || crs == CRS_4326;
}

int crs_digits(enum crs crs)
{
	return is_degrees(crs) ? DEGREE_DIGITS : METRE_DIGITS;
}

/* What it says goes into our own errors. */
static void be_silent(void *data, int level, const char *text)
{
	(void)data;
	(void)level;
	(void)text;
}

struct proj *proj_open(void)
{
	struct proj *p = mem_alloc(sizeof(*p));

	if (!p)
		return NULL;
	memset(p, 0, sizeof(*p));
	p->context = proj_context_create();
	if (!p->context) {
		mem_free(p);
		return NULL;
	}
	proj_log_func(p->context, NULL, be_silent);
	proj_context_set_enable_network(p->context, 0);
	return p;
}

void proj_close(struct proj *p)
{
	if (!p)
		return;
	for (int i = 0; i < CRS_N; i++)
		proj_destroy(p->from_lon_lat[i]);
	proj_context_destroy(p->context);
	mem_free(p);
}

static PJ *transformation(struct proj *p, enum crs crs, struct err *e)
{
	if (p->from_lon_lat[crs])
		return p->from_lon_lat[crs];
	p->from_lon_lat[crs] =
	    proj_create_crs_to_crs(p->context, names[CRS_84], names[crs], NULL);
	if (p->from_lon_lat[crs])
		return p->from_lon_lat[crs];
	err_set(
	    e, ERR_SYSTEM, "coordinates cannot be transformed at the moment");
	err_detail(e, "PROJ: %s",
	    proj_context_errno_string(
		p->context, proj_context_errno(p->context)));
	return NULL;
}

static void swap(struct position *at)
{
	*at = (struct position){ at->lat, at->lon };
}

static bool outside(struct err *e)
{
	return err_set(e, ERR_INPUT,
	    "there are coordinates that this reference system cannot tell");
}

bool proj_from_lon_lat(
    struct proj *p, enum crs crs, struct position *at, size_t n, struct err *e)
{
	PJ *pj = NULL;

	if (!is_degrees(crs) && !(pj = transformation(p, crs, e)))
		return false;
	for (size_t i = 0; i < n; i++) {
		PJ_COORD c = proj_coord(at[i].lon, at[i].lat, 0, 0);

		if (crs == CRS_4326)
			swap(&at[i]);
		if (!pj)
			continue;
		c = proj_trans(pj, PJ_FWD, c);
		if (!isfinite(c.xy.x) || !isfinite(c.xy.y))
			return outside(e);
		at[i] = (struct position){ c.xy.x, c.xy.y };
	}
	return true;
}

bool proj_to_lon_lat(
    struct proj *p, enum crs crs, struct position *at, struct err *e)
{
	PJ_COORD c;
	PJ *pj;

	if (crs == CRS_4326)
		swap(at);
	if (is_degrees(crs))
		return true;
	pj = transformation(p, crs, e);
	if (!pj)
		return false;
	c = proj_trans(pj, PJ_INV, proj_coord(at->lon, at->lat, 0, 0));
	if (!isfinite(c.xy.x) || !isfinite(c.xy.y))
		return outside(e);
	*at = (struct position){ c.xy.x, c.xy.y };
	return true;
}

static bool check_box(const struct bbox *b, struct err *e)
{
	if (b->south > b->north)
		return err_set(
		    e, ERR_INPUT, "the corners of the box are not in order");
	if (!(fabs(b->west) <= 180 && fabs(b->east) <= 180 &&
		fabs(b->south) <= 90 && fabs(b->north) <= 90))
		return outside(e);
	return true;
}

/* Sides that are straight there are bent here: the box holds them all. */
static bool bound(PJ *pj, struct proj *p, const double c[static 4],
    struct bbox *out, struct err *e)
{
	struct bbox b;

	if (c[0] > c[2] || c[1] > c[3])
		return err_set(
		    e, ERR_INPUT, "the corners of the box are not in order");
	if (!proj_trans_bounds(p->context, pj, PJ_INV, c[0], c[1], c[2], c[3],
		&b.west, &b.south, &b.east, &b.north, DENSE))
		return outside(e);
	*out = b;
	return check_box(out, e);
}

bool proj_box(struct proj *p, enum crs crs, const double c[static 4],
    struct bbox *out, struct err *e)
{
	struct bbox b = { c[0], c[1], c[2], c[3] };
	PJ *pj;

	if (crs == CRS_4326)
		b = (struct bbox){ c[1], c[0], c[3], c[2] };
	if (is_degrees(crs)) {
		if (!check_box(&b, e))
			return false;
		*out = b;
		return true;
	}
	pj = transformation(p, crs, e);
	return pj && bound(pj, p, c, out, e);
}

const struct geom *proj_geom(struct proj *p, enum crs crs, const struct geom *g,
    struct arena *a, struct err *e)
{
	struct geom *out = arena_alloc(a, sizeof(*out));
	struct position *at = arena_array(a, g->n_positions, sizeof(*at));

	if (!out || !at) {
		err_no_room(e);
		return NULL;
	}
	memcpy(at, g->positions, g->n_positions * sizeof(*at));
	if (!proj_from_lon_lat(p, crs, at, g->n_positions, e))
		return NULL;
	*out = *g;
	out->positions = at;
	return out;
}
