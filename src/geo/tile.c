#include "geo/tile.h"

#include "geo/hilbert.h"
#include "geo/mercator.h"

enum { NUMBER_DIGITS_MAX = 7 };

static bool parse_number(uint32_t *out, struct str text, uint32_t limit)
{
	uint32_t value = 0;

	if (text.len == 0 || text.len > NUMBER_DIGITS_MAX)
		return false;
	if (text.len > 1 && text.data[0] == '0')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		value = value * 10 + (uint32_t)(text.data[i] - '0');
	}
	if (value >= limit)
		return false;
	*out = value;
	return true;
}

bool tile_parse(
    struct tile *out, struct str z, struct str x, struct str y, struct err *e)
{
	uint32_t zoom, column, row;

	if (!parse_number(&zoom, z, TILE_MAX_ZOOM + 1))
		return err_set(e, ERR_INPUT,
		    "the zoom of a tile is a number from 0 to %d",
		    TILE_MAX_ZOOM);
	if (!parse_number(&column, x, (uint32_t)1 << zoom) ||
	    !parse_number(&row, y, (uint32_t)1 << zoom))
		return err_set(e, ERR_INPUT,
		    "column and row of a tile lie outside its zoom");
	*out = (struct tile){ (int)zoom, column, row };
	return true;
}

struct bbox tile_bounds(const struct tile *t)
{
	return (struct bbox){
		.west = mercator_lon(t->x, t->z),
		.south = mercator_lat((double)t->y + 1, t->z),
		.east = mercator_lon((double)t->x + 1, t->z),
		.north = mercator_lat(t->y, t->z),
	};
}

struct tile tile_of(double lon, double lat, int z)
{
	uint32_t x, y;

	mercator_cell(lon, lat, &x, &y);
	return (struct tile){ z, x >> (HILBERT_ORDER - z),
		y >> (HILBERT_ORDER - z) };
}
