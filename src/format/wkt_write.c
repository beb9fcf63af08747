#include "format/wkt_write.h"

enum { DIGITS = 7 };

static void add_number(struct buf *b, double v)
{
	buf_add_double(b, v, DIGITS);
}

void wkt_add(struct buf *b, const struct geom *g)
{
	geom_add_wkt(b, g, add_number, true);
}
