#include "geo/hilbert.h"

#include "geo/mercator.h"

/* The curve as a machine with four states, each an orientation of the basic
 * U. A step takes the quadrant (2 * bit of x + bit of y) and gives its place
 * along the curve and the orientation inside it. */
struct step {
	uint8_t out, next;
};

static const struct step encode[4][4] = {
	{ { 0, 1 }, { 1, 0 }, { 3, 3 }, { 2, 0 } },
	{ { 0, 0 }, { 3, 2 }, { 1, 1 }, { 2, 1 } },
	{ { 2, 2 }, { 3, 1 }, { 1, 2 }, { 0, 3 } },
	{ { 2, 3 }, { 1, 3 }, { 3, 0 }, { 0, 2 } },
};

/* The same backwards: from the place along the curve to the quadrant. */
static const struct step decode[4][4] = {
	{ { 0, 1 }, { 1, 0 }, { 3, 0 }, { 2, 3 } },
	{ { 0, 0 }, { 2, 1 }, { 3, 1 }, { 1, 2 } },
	{ { 3, 3 }, { 2, 2 }, { 0, 2 }, { 1, 1 } },
	{ { 3, 2 }, { 1, 3 }, { 0, 3 }, { 2, 0 } },
};

static int64_t encode_cell(int order, uint32_t x, uint32_t y)
{
	unsigned state = 0;
	uint64_t code = 0;

	for (int bit = order - 1; bit >= 0; bit--) {
		unsigned quadrant = (x >> bit & 1) << 1 | (y >> bit & 1);
		struct step s = encode[state][quadrant];

		code = code << 2 | s.out;
		state = s.next;
	}
	return (int64_t)code;
}

int64_t hilbert_of(double lon, double lat)
{
	uint32_t x, y;

	mercator_cell(lon, lat, &x, &y);
	return encode_cell(HILBERT_ORDER, x, y);
}

void hilbert_of_tile(
    int z, uint32_t x, uint32_t y, int64_t *first, int64_t *last)
{
	int deeper = 2 * (HILBERT_ORDER - z);

	*first = encode_cell(z, x, y) << deeper;
	*last = *first + ((int64_t)1 << deeper) - 1;
}

void hilbert_to_tile(int64_t code, int z, uint32_t *x, uint32_t *y)
{
	unsigned state = 0;

	*x = 0;
	*y = 0;
	for (int i = 1; i <= z; i++) {
		unsigned place =
		    (unsigned)(code >> 2 * (HILBERT_ORDER - i)) & 3;
		struct step s = decode[state][place];

		*x = *x << 1 | s.out >> 1;
		*y = *y << 1 | (s.out & 1);
		state = s.next;
	}
}
