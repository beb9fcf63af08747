#include "store/journal.h"

enum {
	COORDINATE_DIGITS = 12,
	TEXT_LIMIT = 64 << 20,
};

static const char *const names[] = {
	[GEOM_POINT] = "POINT",
	[GEOM_LINE] = "LINESTRING",
	[GEOM_POLYGON] = "POLYGON",
	[GEOM_MULTIPOINT] = "MULTIPOINT",
	[GEOM_MULTILINE] = "MULTILINESTRING",
	[GEOM_MULTIPOLYGON] = "MULTIPOLYGON",
};

static const struct position *add_part(
    struct buf *b, const struct position *p, uint32_t n)
{
	uint32_t i;

	buf_add_char(b, '(');
	for (i = 0; i < n; i++, p++) {
		if (i > 0)
			buf_add_char(b, ',');
		buf_add_double(b, p->lon, COORDINATE_DIGITS);
		buf_add_char(b, ' ');
		buf_add_double(b, p->lat, COORDINATE_DIGITS);
	}
	buf_add_char(b, ')');
	return p;
}

static const struct position *add_parts(
    struct buf *b, const struct position *p, const uint32_t *sizes, uint32_t n)
{
	uint32_t i;

	buf_add_char(b, '(');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_add_char(b, ',');
		p = add_part(b, p, sizes[i]);
	}
	buf_add_char(b, ')');
	return p;
}

static void add_polygons(struct buf *b, const struct geom *g)
{
	const struct position *p = g->positions;
	const uint32_t *sizes = g->part_sizes;
	uint32_t i;

	buf_add_char(b, '(');
	for (i = 0; i < g->n_polys; i++) {
		if (i > 0)
			buf_add_char(b, ',');
		p = add_parts(b, p, sizes, g->poly_parts[i]);
		sizes += g->poly_parts[i];
	}
	buf_add_char(b, ')');
}

static void add_geometry(struct buf *b, const struct geom *g)
{
	buf_add_text(b, names[g->type]);
	if (g->type == GEOM_MULTIPOLYGON)
		add_polygons(b, g);
	else if (g->type == GEOM_POINT || g->type == GEOM_LINE)
		add_part(b, g->positions, g->n_positions);
	else
		add_parts(b, g->positions, g->part_sizes, g->n_parts);
}

struct str journal_geometry(struct arena *a, const struct geom *g)
{
	struct str text = { NULL, 0 };
	struct buf b;

	if (!g)
		return str_from("");
	buf_init(&b, TEXT_LIMIT);
	add_geometry(&b, g);
	if (!b.failed) {
		text.data = arena_copy(a, b.data, b.len);
		text.len = text.data ? b.len : 0;
	}
	buf_free(&b);
	return text;
}
