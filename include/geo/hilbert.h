/* The one order of features: a Hilbert curve over the web-mercator square. */
#ifndef BUDGETMAP_GEO_HILBERT_H
#define BUDGETMAP_GEO_HILBERT_H

#include <stdint.h>

/* The grid has 2^HILBERT_ORDER cells a side: every web-mercator tile of zoom
 * z <= HILBERT_ORDER is one unbroken range of codes. */
enum { HILBERT_ORDER = 24 };

/* Features without a place sort last. */
static const int64_t HILBERT_NOWHERE = INT64_MAX;

/* The code (0 to 4^24 - 1) of the cell of a point; latitudes are clamped to
 * the square's +-85.0511287798. */
int64_t hilbert_of(double lon, double lat);

/* The codes of tile z/x/y (XYZ, y grows southward): first to last, both
 * inclusive. z is 0 to HILBERT_ORDER, x and y are in range. */
void hilbert_of_tile(
    int z, uint32_t x, uint32_t y, int64_t *first, int64_t *last);

/* The tile of zoom z that holds the cell of a code. */
void hilbert_to_tile(int64_t code, int z, uint32_t *x, uint32_t *y);

#endif
