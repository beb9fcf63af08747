#include "geo/geom.h"

/* How it is written, and where. */
struct writing {
	struct buf *b;
	geom_wkt_number *number;
	bool spaced;
};

static const char *const names[] = {
	[GEOM_POINT] = "POINT",
	[GEOM_LINE] = "LINESTRING",
	[GEOM_POLYGON] = "POLYGON",
	[GEOM_MULTIPOINT] = "MULTIPOINT",
	[GEOM_MULTILINE] = "MULTILINESTRING",
	[GEOM_MULTIPOLYGON] = "MULTIPOLYGON",
};

static void add_comma(const struct writing *w)
{
	buf_add_text(w->b, w->spaced ? ", " : ",");
}

static void add_part(
    const struct writing *w, const struct position *p, uint32_t n)
{
	buf_add_char(w->b, '(');
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			add_comma(w);
		w->number(w->b, p[i].lon);
		buf_add_char(w->b, ' ');
		w->number(w->b, p[i].lat);
	}
	buf_add_char(w->b, ')');
}

static void add_parts(const struct writing *w, const struct position **p,
    const uint32_t *sizes, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (i > 0)
			add_comma(w);
		add_part(w, *p, sizes[i]);
		*p += sizes[i];
	}
}

static void add_polygons(const struct writing *w, const struct geom *g)
{
	const struct position *p = g->positions;
	const uint32_t *sizes = g->part_sizes;

	for (uint32_t i = 0; i < g->n_polys; i++) {
		if (i > 0)
			add_comma(w);
		buf_add_char(w->b, '(');
		add_parts(w, &p, sizes, g->poly_parts[i]);
		sizes += g->poly_parts[i];
		buf_add_char(w->b, ')');
	}
}

void geom_add_wkt(
    struct buf *b, const struct geom *g, geom_wkt_number *number, bool spaced)
{
	const struct writing w = { b, number, spaced };
	const struct position *p = g->positions;
	bool nested = g->type >= GEOM_MULTIPOINT;

	buf_add_text(b, names[g->type]);
	if (spaced)
		buf_add_char(b, ' ');
	if (nested)
		buf_add_char(b, '(');
	if (g->n_polys > 0)
		add_polygons(&w, g);
	else
		add_parts(&w, &p, g->part_sizes, g->n_parts);
	if (nested)
		buf_add_char(b, ')');
}
