#include "geo/grid.h"

#include <math.h>
#include <string.h>

#include "geo/mercator.h"

static int64_t cell_of(double share, int z)
{
	const int64_t cells = (int64_t)1 << (z + GRID_EXTENT_LOG2);
	double cell = floor(share * (double)cells);

	if (!(cell > 0))
		return 0;
	return cell < (double)cells ? (int64_t)cell : cells - 1;
}

struct grid_point grid_of(struct position p, int z)
{
	double x, y;

	mercator_share(p.lon, p.lat, &x, &y);
	return (struct grid_point){ cell_of(x, z), cell_of(y, z) };
}

struct grid_cell grid_cell_of(struct position p)
{
	struct grid_point at = grid_of(p, GRID_CELL_ZOOM);

	return (struct grid_cell){ (uint32_t)at.x, (uint32_t)at.y };
}

struct grid_point grid_of_cell(struct grid_cell c, int z)
{
	const int finer = GRID_CELL_ZOOM - z;

	return (struct grid_point){ c.x >> finer, c.y >> finer };
}

struct position grid_position(struct grid_point p, int z)
{
	return (struct position){
		mercator_lon((double)p.x, z + GRID_EXTENT_LOG2),
		mercator_lat((double)p.y, z + GRID_EXTENT_LOG2),
	};
}

struct grid_point grid_corner(const struct tile *t)
{
	return (struct grid_point){ (int64_t)t->x * GRID_EXTENT,
		(int64_t)t->y * GRID_EXTENT };
}

static int64_t within(int64_t v, int64_t last)
{
	if (v < 0)
		return 0;
	return v < last ? v : last;
}

struct bbox grid_bounds(const struct tile *t, int buffer)
{
	const int64_t last = (int64_t)GRID_EXTENT << t->z;
	const int64_t side = GRID_EXTENT + buffer;
	struct grid_point corner = grid_corner(t);
	struct position nw =
	    grid_position((struct grid_point){ within(corner.x - buffer, last),
			      within(corner.y - buffer, last) },
		t->z);
	struct position se =
	    grid_position((struct grid_point){ within(corner.x + side, last),
			      within(corner.y + side, last) },
		t->z);

	return (struct bbox){ nw.lon, corner.y + side >= last ? -90 : se.lat,
		se.lon, corner.y - buffer <= 0 ? 90 : nw.lat };
}

int64_t grid_ring_area2(const struct grid_point *ring, uint32_t n)
{
	int64_t sum = 0;

	for (uint32_t i = 0; i < n; i++) {
		const struct grid_point *a = &ring[i];
		const struct grid_point *b = &ring[i + 1 < n ? i + 1 : 0];

		sum += a->x * b->y - b->x * a->y;
	}
	return sum;
}

static bool same(const struct grid_point *a, const struct grid_point *b)
{
	return a->x == b->x && a->y == b->y;
}

/* Whether b lies on the line of a and c, be it beyond them: then it is of no
 * use, or the tip of a spike. */
static bool collinear(const struct grid_point *a, const struct grid_point *b,
    const struct grid_point *c)
{
	return (b->x - a->x) * (c->y - a->y) == (b->y - a->y) * (c->x - a->x);
}

/* Appends a point behind the n kept ones, taking back those that it makes
 * useless. */
static uint32_t push(
    struct grid_point *kept, uint32_t n, const struct grid_point *p)
{
	const struct grid_point added = *p;

	while (n >= 2 && collinear(&kept[n - 2], &kept[n - 1], &added))
		n--;
	if (n == 1 && same(&kept[0], &added))
		return n;
	kept[n++] = added;
	return n;
}

uint32_t grid_clean_ring(struct grid_point *ring, uint32_t n)
{
	uint32_t first = 0, end = 0;

	for (uint32_t i = 0; i < n; i++)
		end = push(ring, end, &ring[i]);
	/* Where the end meets the beginning. */
	while (end - first >= 3) {
		if (collinear(&ring[end - 2], &ring[end - 1], &ring[first]))
			end--;
		else if (collinear(
			     &ring[end - 1], &ring[first], &ring[first + 1]))
			first++;
		else
			break;
	}
	n = end - first;
	if (n < 3)
		return 0;
	memmove(ring, ring + first, n * sizeof(*ring));
	return n;
}
