#include "shape.h"

#include <string.h>

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
	*s = (struct shape){ .max = positions_max, .left = positions_max };
	for (int i = 0; i < SHAPE_KINDS; i++) {
		buf_init(&s->piles[i].positions, SIZE_MAX);
		buf_init(&s->piles[i].part_sizes, SIZE_MAX);
		buf_init(&s->piles[i].poly_parts, SIZE_MAX);
	}
	s->now = s->piles;
}

void shape_free(struct shape *s)
{
	for (int i = 0; i < SHAPE_KINDS; i++) {
		buf_free(&s->piles[i].positions);
		buf_free(&s->piles[i].part_sizes);
		buf_free(&s->piles[i].poly_parts);
	}
}

void shape_reset(struct shape *s)
{
	for (int i = 0; i < SHAPE_KINDS; i++) {
		buf_reset(&s->piles[i].positions);
		buf_reset(&s->piles[i].part_sizes);
		buf_reset(&s->piles[i].poly_parts);
		s->piles[i].n = 0;
	}
	s->part_n = 0;
	s->poly_n = 0;
	s->left = s->max;
	s->closed = 0;
	s->heights = 0;
}

void shape_begin(struct shape *s, enum geom_type kind)
{
	s->now = &s->piles[kind - GEOM_POINT];
	s->now->n++;
	s->part_n = 0;
	s->poly_n = 0;
}

bool shape_add(struct shape *s, double lon, double lat, struct err *e)
{
	struct position p = { lon, lat };

	if (s->left == 0)
		return err_set(e, ERR_LIMIT,
		    "the geometry has more than %zu positions", s->max);
	s->left--;
	s->part_n++;
	buf_add(&s->now->positions, &p, sizeof(p));
	return true;
}

bool shape_close_ring(struct shape *s, struct err *e)
{
	const struct buf *positions = &s->now->positions;
	const struct position *last, *first;

	if (s->part_n == 0 || positions->failed)
		return true;
	last = (const struct position *)(const void *)(positions->data +
						       positions->len) -
	       1;
	first = last - (s->part_n - 1);
	if (!(first->lon < last->lon || first->lon > last->lon ||
		first->lat < last->lat || first->lat > last->lat))
		return true;
	s->closed++;
	return shape_add(s, first->lon, first->lat, e);
}

void shape_end_part(struct shape *s)
{
	add_size(&s->now->part_sizes, s->part_n);
	s->part_n = 0;
	s->poly_n++;
}

void shape_end_polygon(struct shape *s)
{
	add_size(&s->now->poly_parts, s->poly_n);
	s->poly_n = 0;
}

void shape_line_to_point(struct shape *s)
{
	struct buf *from = &s->now->positions;
	struct position p;

	s->now->n--;
	if (s->part_n == 0 || from->failed)
		return;
	from->len -= sizeof(p);
	memcpy(&p, from->data + from->len, sizeof(p));
	shape_begin(s, GEOM_POINT);
	s->part_n = 1;
	buf_add(&s->now->positions, &p, sizeof(p));
	shape_end_part(s);
}

static const struct geom *make(const struct pile *p, enum geom_type kind,
    bool many, struct arena *a, struct err *e)
{
	struct geom g = {
		.type = kind,
		.part_sizes = (const uint32_t *)(void *)p->part_sizes.data,
		.poly_parts = (const uint32_t *)(void *)p->poly_parts.data,
		.positions = (const struct position *)(void *)p->positions.data,
	};

	if (p->positions.failed || p->part_sizes.failed ||
	    p->poly_parts.failed) {
		out_of_memory(e);
		return NULL;
	}
	if (many)
		g.type += GEOM_MULTIPOINT - GEOM_POINT;
	g.n_positions = (uint32_t)(p->positions.len / sizeof(*g.positions));
	g.n_parts = (uint32_t)(p->part_sizes.len / sizeof(*g.part_sizes));
	if (kind == GEOM_POLYGON)
		g.n_polys =
		    (uint32_t)(p->poly_parts.len / sizeof(*g.poly_parts));
	return geom_make(a, &g, e);
}

int shape_make(const struct geom *out[static SHAPE_KINDS], struct shape *s,
    bool many, struct arena *a, struct err *e)
{
	int kinds = 0, n = 0;

	for (int i = 0; i < SHAPE_KINDS; i++)
		kinds += s->piles[i].n > 0;
	for (int i = SHAPE_KINDS - 1; i >= 0; i--) {
		const struct pile *p = &s->piles[i];

		if (p->n == 0)
			continue;
		/* Of mixed kinds, a single piece was meant as such. */
		out[n] = make(p, GEOM_POINT + (enum geom_type)i,
		    many && (kinds == 1 || p->n > 1), a, e);
		if (!out[n++])
			return -1;
	}
	return n;
}
