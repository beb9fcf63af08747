#include "geo/geom.h"

#include <string.h>

#include "geo/geom_build.h"

/* Twice the signed area on the plane, about the ring's first position to keep
 * digits; positive when the ring runs counter-clockwise. */
static double ring_area(const struct position *p, uint32_t n)
{
	double sum = 0;

	for (uint32_t i = 1; i + 1 < n; i++)
		sum += (p[i].lon - p[0].lon) * (p[i + 1].lat - p[0].lat) -
		       (p[i + 1].lon - p[0].lon) * (p[i].lat - p[0].lat);
	return sum;
}

static bool ring_is_right(const struct position *p, uint32_t n, bool exterior)
{
	double area = ring_area(p, n);

	return exterior ? area >= 0 : area <= 0;
}

static void reverse(struct position *p, uint32_t n)
{
	for (uint32_t i = 0; i < n / 2; i++) {
		struct position swap = p[i];

		p[i] = p[n - 1 - i];
		p[n - 1 - i] = swap;
	}
}

/* Turns the wrong rings when out is given; returns whether there are any. */
static bool turn_rings(const struct geom *g, struct position *out)
{
	const uint32_t *size = g->part_sizes;
	uint32_t at = 0;
	bool wrong = false;

	for (uint32_t i = 0; i < g->n_polys; i++) {
		for (uint32_t j = 0; j < g->poly_parts[i]; j++, size++) {
			if (!ring_is_right(g->positions + at, *size, j == 0)) {
				wrong = true;
				if (out)
					reverse(out + at, *size);
			}
			at += *size;
		}
	}
	return wrong;
}

const struct geom *geom_orient(struct arena *a, const struct geom *g)
{
	struct position *positions;
	struct geom *turned;

	if (!geom_is_of_polygons(g->type) || !turn_rings(g, NULL))
		return g;
	positions = arena_array(a, g->n_positions, sizeof(*positions));
	turned = arena_alloc(a, sizeof(*turned));
	if (!positions || !turned)
		return NULL;
	memcpy(positions, g->positions, g->n_positions * sizeof(*positions));
	turn_rings(g, positions);
	*turned = *g;
	turned->positions = positions;
	return turned;
}
