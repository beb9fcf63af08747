#include "geo/simplify.h"

#include "geo/geom_build.h"

/* Beyond, the grid has no place of its own. */
static const double grid_latitude = 85;

/* A ring is not closed on the grid. */
static void add_part(struct geom_build *b, const struct grid_point *p,
    uint32_t n, bool ring, int z)
{
	geom_build_part(b);
	for (uint32_t i = 0; i < n + ring; i++) {
		struct position at = grid_position(p[i % n], z);

		geom_build_position(b, at.lon, at.lat);
	}
}

static const struct geom *to_degrees(
    const struct grid_geom *g, int z, struct arena *a, struct err *e)
{
	const bool rings = geom_is_of_polygons(g->type);
	const struct grid_point *p = g->points;
	uint32_t left = 0, poly = 0;
	struct geom_build b;

	if (!geom_build_begin(&b, a, (size_t)g->n_points + g->n_parts, e))
		return NULL;
	b.type = g->type;
	for (uint32_t i = 0; i < g->n_parts; i++) {
		if (rings && left == 0) {
			geom_build_poly(&b);
			left = g->poly_parts[poly++];
		}
		left -= rings;
		add_part(&b, p, g->part_sizes[i], rings, z);
		p += g->part_sizes[i];
	}
	return geom_build_finish(&b, a, e);
}

const struct geom *simplify_degrees(const struct geom *g,
    const struct simplify *how, struct geos *geos, struct arena *a,
    struct err *e)
{
	struct err why = { .code = ERR_NONE };
	const struct geom *out;
	struct grid_geom grid;

	if (geom_is_of_points(g->type) || g->box.south < -grid_latitude ||
	    g->box.north > grid_latitude)
		return g;
	if (!simplify_geom(&grid, g, how, a, e))
		return NULL;
	if (grid.n_points == 0)
		return g;
	out = to_degrees(&grid, how->z, a, &why);
	if (out && geom_is_of_polygons(g->type))
		out = geos_make_valid(geos, a, out, &why);
	if (out)
		return out;
	/* What has no form there stays as it is. */
	if (why.code == ERR_INPUT)
		return g;
	err_set(e, why.code, "%s", why.text);
	return NULL;
}
