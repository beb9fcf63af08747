#include "geo/mercator.h"

#include <math.h>

#include "geo/hilbert.h"

static const double pi = 3.14159265358979323846;

static uint32_t clamp_cell(double share)
{
	const double cells = (double)(1 << HILBERT_ORDER);
	double cell = floor(share * cells);

	if (!(cell > 0))
		return 0;
	return cell < cells ? (uint32_t)cell : (uint32_t)cells - 1;
}

void mercator_share(double lon, double lat, double *x, double *y)
{
	/* atanh(sin) is asinh(tan) without its trouble at the poles. */
	double north = atanh(sin(lat * (pi / 180)));

	*x = (lon + 180) / 360;
	*y = 0.5 - north / (2 * pi);
}

void mercator_cell(double lon, double lat, uint32_t *x, uint32_t *y)
{
	double east, south;

	mercator_share(lon, lat, &east, &south);
	*x = clamp_cell(east);
	*y = clamp_cell(south);
}

double mercator_lon(double x, int z)
{
	return ldexp(x, -z) * 360 - 180;
}

double mercator_lat(double y, int z)
{
	return atan(sinh(pi * (1 - 2 * ldexp(y, -z)))) * (180 / pi);
}
