#include "shape.h"

static bool out_of_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY, "out of memory");
}

static void add_size(struct buf *b, uint32_t size)
{
	buf_add(b, &size, sizeof(size));
}

void shape_init(struct shape *s, size_t positions_max)
{
	*s = (struct shape){ .left = positions_max };
	buf_init(&s->positions, SIZE_MAX);
	buf_init(&s->part_sizes, SIZE_MAX);
	buf_init(&s->poly_parts, SIZE_MAX);
}

void shape_free(struct shape *s)
{
	buf_free(&s->positions);
	buf_free(&s->part_sizes);
	buf_free(&s->poly_parts);
}

void shape_reset(struct shape *s)
{
	buf_reset(&s->positions);
	buf_reset(&s->part_sizes);
	buf_reset(&s->poly_parts);
	s->part_n = 0;
	s->poly_n = 0;
	s->n_pieces = 0;
}

bool shape_begin(struct shape *s, enum geom_type kind, struct err *e)
{
	if (s->n_pieces > 0 && s->kind != kind)
		return err_set(
		    e, ERR_INPUT, "the geometry mixes points, lines and areas");
	s->kind = kind;
	s->n_pieces++;
	return true;
}

bool shape_add(struct shape *s, double lon, double lat, struct err *e)
{
	struct position p = { lon, lat };

	if (s->left == 0)
		return err_set(e, ERR_LIMIT, "the file has too many positions");
	s->left--;
	s->part_n++;
	buf_add(&s->positions, &p, sizeof(p));
	return true;
}

bool shape_close_ring(struct shape *s, struct err *e)
{
	const struct position *last, *first;

	if (s->part_n == 0 || s->positions.failed)
		return true;
	last = (const struct position *)(const void *)(s->positions.data +
						       s->positions.len) -
	       1;
	first = last - (s->part_n - 1);
	if (!(first->lon < last->lon || first->lon > last->lon ||
		first->lat < last->lat || first->lat > last->lat))
		return true;
	return shape_add(s, first->lon, first->lat, e);
}

void shape_end_part(struct shape *s)
{
	add_size(&s->part_sizes, s->part_n);
	s->part_n = 0;
	s->poly_n++;
}

void shape_end_polygon(struct shape *s)
{
	add_size(&s->poly_parts, s->poly_n);
	s->poly_n = 0;
}

const struct geom *shape_make(
    struct shape *s, bool many, struct arena *a, struct err *e)
{
	struct geom g = {
		.type = s->kind,
		.part_sizes = (const uint32_t *)(void *)s->part_sizes.data,
		.poly_parts = (const uint32_t *)(void *)s->poly_parts.data,
		.positions = (const struct position *)(void *)s->positions.data,
	};

	if (s->n_pieces == 0) {
		err_set(e, ERR_INPUT, "the geometry is empty");
		return NULL;
	}
	if (s->positions.failed || s->part_sizes.failed ||
	    s->poly_parts.failed) {
		out_of_memory(e);
		return NULL;
	}
	if (many)
		g.type += GEOM_MULTIPOINT - GEOM_POINT;
	g.n_positions = (uint32_t)(s->positions.len / sizeof(*g.positions));
	g.n_parts = (uint32_t)(s->part_sizes.len / sizeof(*g.part_sizes));
	if (s->kind == GEOM_POLYGON)
		g.n_polys =
		    (uint32_t)(s->poly_parts.len / sizeof(*g.poly_parts));
	return geom_make(a, &g, e);
}
