#include "format/ring.h"

/* Twice the signed area, relative to the first position so that no precision
 * is lost; positive when counter-clockwise. */
static double turn(const struct position *ring, uint32_t n)
{
	double sum = 0;

	for (uint32_t i = 1; i + 1 < n; i++) {
		double ax = ring[i].lon - ring[0].lon;
		double ay = ring[i].lat - ring[0].lat;
		double bx = ring[i + 1].lon - ring[0].lon;
		double by = ring[i + 1].lat - ring[0].lat;

		sum += ax * by - bx * ay;
	}
	return sum;
}

struct walk ring_walk(const struct position *ring, uint32_t n, bool exterior)
{
	double sum = turn(ring, n);

	if (exterior ? sum < 0 : sum > 0)
		return (struct walk){ ring + n - 1, -1, n };
	return (struct walk){ ring, 1, n };
}
