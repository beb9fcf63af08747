#include "format/wkt_write.h"

enum { DIGITS = 7 };

static const char *const type_names[] = {
	[GEOM_POINT] = "POINT ",
	[GEOM_LINE] = "LINESTRING ",
	[GEOM_POLYGON] = "POLYGON ",
	[GEOM_MULTIPOINT] = "MULTIPOINT ",
	[GEOM_MULTILINE] = "MULTILINESTRING ",
	[GEOM_MULTIPOLYGON] = "MULTIPOLYGON ",
};

/* Positions between parentheses. */
static void add_part(struct buf *b, const struct position *p, uint32_t n)
{
	buf_add_char(b, '(');
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_text(b, ", ");
		buf_add_double(b, p[i].lon, DIGITS);
		buf_add_char(b, ' ');
		buf_add_double(b, p[i].lat, DIGITS);
	}
	buf_add_char(b, ')');
}

static void add_parts(
    struct buf *b, const struct position **p, const uint32_t *sizes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			buf_add_text(b, ", ");
		add_part(b, *p, sizes[i]);
		*p += sizes[i];
	}
}

static void add_polygons(struct buf *b, const struct geom *g)
{
	const struct position *p = g->positions;
	const uint32_t *sizes = g->part_sizes;

	for (uint32_t i = 0; i < g->n_polys; i++) {
		buf_add_text(b, i > 0 ? ", (" : "(");
		add_parts(b, &p, sizes, g->poly_parts[i]);
		sizes += g->poly_parts[i];
		buf_add_char(b, ')');
	}
}

void wkt_add(struct buf *b, const struct geom *g)
{
	const struct position *p = g->positions;
	bool nested = g->type >= GEOM_MULTIPOINT;

	buf_add_text(b, type_names[g->type]);
	if (nested)
		buf_add_char(b, '(');
	if (g->n_polys > 0)
		add_polygons(b, g);
	else
		add_parts(b, &p, g->part_sizes, g->n_parts);
	if (nested)
		buf_add_char(b, ')');
}
