#include "geo/tile.h"

#include "geo/hilbert.h"
#include "geo/mercator.h"

enum { NUMBER_DIGITS_MAX = 7 };

/* A number too long to be one of a tile is UINT32_MAX. */
static bool parse_number(uint32_t *out, struct str text)
{
	uint32_t value = 0;

	if (text.len == 0 || (text.len > 1 && text.data[0] == '0'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		if (i < NUMBER_DIGITS_MAX)
			value = value * 10 + (uint32_t)(text.data[i] - '0');
	}
	*out = text.len > NUMBER_DIGITS_MAX ? UINT32_MAX : value;
	return true;
}

bool tile_parse(
    struct tile *out, struct str z, struct str x, struct str y, struct err *e)
{
	uint32_t zoom, column, row;

	if (!parse_number(&zoom, z) || !parse_number(&column, x) ||
	    !parse_number(&row, y))
		return err_set(e, ERR_INPUT,
		    "zoom, column and row of a tile are whole numbers");
	if (zoom > TILE_MAX_ZOOM)
		return err_set(e, ERR_MISSING,
		    "the zoom of a tile is from 0 to %d", TILE_MAX_ZOOM);
	if (column >> zoom != 0 || row >> zoom != 0)
		return err_set(e, ERR_MISSING,
		    "column and row of the tile lie outside its zoom");
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
