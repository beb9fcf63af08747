#include "geo/geom.h"

#include "geo/geom_build.h"
#include "geo/predicate.h"

/* Where a point lies with respect to a polygon. */
enum place { OUTSIDE, INSIDE, BORDER };

static bool segment_has_point(
    struct position a, struct position b, struct position p)
{
	struct bbox box = bbox_empty;

	bbox_add_point(&box, a.lon, a.lat);
	bbox_add_point(&box, b.lon, b.lat);
	return bbox_has_point(&box, p.lon, p.lat) &&
	       predicate_side(a, b, p) == 0;
}

/* Whether the ray from p eastward crosses the segment, its lower end counted
 * and its upper not, so that a vertex is met once. */
static bool ray_crosses(struct position a, struct position b, struct position p)
{
	if ((a.lat > p.lat) == (b.lat > p.lat))
		return false;
	return predicate_side(a, b, p) == (b.lat > a.lat ? 1 : -1);
}

/* Counts crossings of the ring into *odd; false when p lies on it. */
static bool count_ring(
    const struct position *ring, uint32_t n, struct position p, bool *odd)
{
	for (uint32_t i = 1; i < n; i++) {
		if (segment_has_point(ring[i - 1], ring[i], p))
			return false;
		if (ray_crosses(ring[i - 1], ring[i], p))
			*odd = !*odd;
	}
	return true;
}

/* A polygon's rings; *at is moved behind its positions. */
static enum place place_in_polygon(const uint32_t *sizes, uint32_t n_rings,
    const struct position **at, struct position p)
{
	bool odd = false;
	bool border = false;

	for (uint32_t i = 0; i < n_rings; i++) {
		if (!border && !count_ring(*at, sizes[i], p, &odd))
			border = true;
		*at += sizes[i];
	}
	if (border)
		return BORDER;
	return odd ? INSIDE : OUTSIDE;
}

static bool any_position_in(const struct geom *g, const struct bbox *b)
{
	for (uint32_t i = 0; i < g->n_positions; i++)
		if (bbox_has_point(b, g->positions[i].lon, g->positions[i].lat))
			return true;
	return false;
}

static bool any_segment_meets(const struct geom *g, const struct bbox *b)
{
	const struct position *p = g->positions;

	for (uint32_t i = 0; i < g->n_parts; i++) {
		for (uint32_t j = 1; j < g->part_sizes[i]; j++)
			if (predicate_segment_meets(p[j - 1], p[j], b))
				return true;
		p += g->part_sizes[i];
	}
	return false;
}

/* b does not cross the antimeridian. */
static bool intersects_box(const struct geom *g, const struct bbox *b)
{
	if (!bbox_intersects(&g->box, b))
		return false;
	if (bbox_contains(b, &g->box))
		return true;
	if (geom_is_of_points(g->type))
		return any_position_in(g, b);
	if (any_segment_meets(g, b))
		return true;
	/* No border in the box: it lies inside or outside as a whole. */
	return geom_has_point(g, b->west, b->south);
}

bool geom_intersects_bbox(const struct geom *g, const struct bbox *b)
{
	struct bbox parts[2];
	int n = bbox_split(b, parts);

	for (int i = 0; i < n; i++)
		if (intersects_box(g, &parts[i]))
			return true;
	return false;
}

bool geom_has_point(const struct geom *g, double lon, double lat)
{
	const struct position p = { lon, lat };
	const struct position *at = g->positions;
	const uint32_t *sizes = g->part_sizes;

	if (!geom_is_of_polygons(g->type) || !bbox_has_point(&g->box, lon, lat))
		return false;
	for (uint32_t i = 0; i < g->n_polys; i++) {
		if (place_in_polygon(sizes, g->poly_parts[i], &at, p) !=
		    OUTSIDE)
			return true;
		sizes += g->poly_parts[i];
	}
	return false;
}
