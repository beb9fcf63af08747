#include "geo/clip_ring.h"

#include "base/array.h"

#include <math.h>

/* One edge of the box: points with sign * coordinate <= sign * limit are on
 * the inner side. */
struct edge {
	int64_t limit;
	int sign;
	bool vertical; /* its coordinate is x */
};

static int64_t across(const struct edge *e, const struct grid_point *p)
{
	return e->vertical ? p->x : p->y;
}

static bool is_inside(const struct edge *e, const struct grid_point *p)
{
	return e->sign * (across(e, p) - e->limit) <= 0;
}

/* Where a segment crosses the edge, the same whichever way it is run along: two
 * polygons that share it must be cut alike. */
static struct grid_point crossing(const struct edge *e,
    const struct grid_point *p, const struct grid_point *q)
{
	const struct grid_point *a = across(e, p) < across(e, q) ? p : q;
	const struct grid_point *b = a == p ? q : p;
	double t = (double)(e->limit - across(e, a)) /
		   (double)(across(e, b) - across(e, a));
	struct grid_point at;

	if (e->vertical)
		at = (struct grid_point){ e->limit,
			a->y + llround((double)(b->y - a->y) * t) };
	else
		at = (struct grid_point){
			a->x + llround((double)(b->x - a->x) * t), e->limit
		};
	return at;
}

/* Goes around the ring; out may be NULL, then it is only counted. */
static uint32_t pass(struct grid_point *out, const struct edge *e,
    const struct grid_point *ring, uint32_t n)
{
	uint32_t made = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct grid_point *p = &ring[i > 0 ? i - 1 : n - 1];
		const struct grid_point *q = &ring[i];
		bool inside = is_inside(e, q);

		if (is_inside(e, p) != inside) {
			if (out)
				out[made] = crossing(e, p, q);
			made++;
		}
		if (inside) {
			if (out)
				out[made] = *q;
			made++;
		}
	}
	return made;
}

static bool all_inside(
    const struct edge *e, const struct grid_point *ring, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		if (!is_inside(e, &ring[i]))
			return false;
	return true;
}

struct grid_point *clip_ring(struct grid_point *ring, uint32_t *n,
    const struct clip_box *box, struct arena *a)
{
	const struct edge edges[] = {
		{ box->east, 1, true },
		{ box->west, -1, true },
		{ box->south, 1, false },
		{ box->north, -1, false },
	};

	for (size_t i = 0; i < LENGTH(edges); i++) {
		struct grid_point *out;

		if (all_inside(&edges[i], ring, *n))
			continue;
		out = arena_array(
		    a, pass(NULL, &edges[i], ring, *n), sizeof(*out));
		if (!out)
			return NULL;
		*n = pass(out, &edges[i], ring, *n);
		ring = out;
	}
	return ring;
}
