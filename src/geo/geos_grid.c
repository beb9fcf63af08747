#include "geo/geos_own.h"

/* Rounds to multiples of step; the result is valid, or NULL. */
static GEOSGeometry *snap(struct geos *g, const GEOSGeometry *from, double step)
{
	GEOSGeometry *valid = geos_repair(g, from);
	GEOSGeometry *snapped =
	    valid ? GEOSGeom_setPrecision_r(g->handle, valid, step, 0) : NULL;

	GEOSGeom_destroy_r(g->handle, valid);
	return snapped;
}

const struct geom *geos_make_valid_on_grid(struct geos *g, struct arena *a,
    const struct geom *geom, double step, struct err *e)
{
	GEOSGeometry *from = geos_from_geom(g, geom);
	GEOSGeometry *snapped = NULL;
	const struct geom *made = NULL;

	if (from && GEOSisValid_r(g->handle, from) == 1) {
		GEOSGeom_destroy_r(g->handle, from);
		return geom;
	}
	if (from)
		snapped = snap(g, from, step);
	if (!snapped) {
		err_set(e, ERR_INPUT, "the geometry cannot be repaired");
		err_detail(e, "%s", g->message);
	} else {
		made =
		    geos_to_geom(g, a, snapped, geos_dimension(geom->type), e);
	}
	GEOSGeom_destroy_r(g->handle, from);
	GEOSGeom_destroy_r(g->handle, snapped);
	return made;
}
