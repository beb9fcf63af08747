/* The web-mercator square as a grid of 2^24 cells a side (EPSG:3857). */
#ifndef BUDGETMAP_SRC_GEO_MERCATOR_H
#define BUDGETMAP_SRC_GEO_MERCATOR_H

#include <stdint.h>

/* The cell of a point; y grows southward; latitudes and longitudes beyond the
 * square fall into its outermost cells. */
void mercator_cell(double lon, double lat, uint32_t *x, uint32_t *y);

/* The same as shares of the square's sides: 0 to 1 within it, not clamped. */
void mercator_share(double lon, double lat, double *x, double *y);

/* Where the grid of 2^z columns and rows has its lines. */
double mercator_lon(double x, int z);
double mercator_lat(double y, int z);

#endif
