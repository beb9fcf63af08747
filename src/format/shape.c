#include "shape.h"

#include <math.h>
#include <string.h>

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
		buf_init(&s->piles[i].heights, SIZE_MAX);
	}
	s->now = s->piles;
}

void shape_free(struct shape *s)
{
	for (int i = 0; i < SHAPE_KINDS; i++) {
		buf_free(&s->piles[i].positions);
		buf_free(&s->piles[i].part_sizes);
		buf_free(&s->piles[i].poly_parts);
		buf_free(&s->piles[i].heights);
	}
}

void shape_reset(struct shape *s)
{
	for (int i = 0; i < SHAPE_KINDS; i++) {
		buf_reset(&s->piles[i].positions);
		buf_reset(&s->piles[i].part_sizes);
		buf_reset(&s->piles[i].poly_parts);
		buf_reset(&s->piles[i].heights);
		s->piles[i].n = 0;
	}
	s->part_n = 0;
	s->poly_n = 0;
	s->left = s->max;
	s->closed = 0;
	s->empty = 0;
	s->single = 0;
	s->heights = 0;
}

void shape_begin(struct shape *s, enum geom_type kind)
{
	s->now = &s->piles[kind - GEOM_POINT];
	s->now->n++;
	s->part_n = 0;
	s->poly_n = 0;
}

bool shape_add(
    struct shape *s, double lon, double lat, double height, struct err *e)
{
	struct position p = { lon, lat };

	if (s->left == 0)
		return err_set(e, ERR_LIMIT,
		    "the geometry has more than %zu positions", s->max);
	s->left--;
	s->part_n++;
	s->heights += fabs(height) > 0;
	buf_add(&s->now->positions, &p, sizeof(p));
	buf_add(&s->now->heights, &height, sizeof(height));
	return true;
}

static double height_at(const struct pile *p, size_t back)
{
	double height;

	memcpy(&height,
	    p->heights.data + p->heights.len - back * sizeof(height),
	    sizeof(height));
	return height;
}

void shape_take_back(struct shape *s, uint32_t n)
{
	struct pile *p = s->now;

	if (p->positions.failed || p->heights.failed)
		return;
	for (uint32_t i = 0; i < n; i++) {
		s->heights -= fabs(height_at(p, 1)) > 0;
		p->heights.len -= sizeof(double);
	}
	p->positions.len -= n * sizeof(struct position);
	s->part_n -= n;
	s->left += n;
}

bool shape_close_ring(struct shape *s, struct err *e)
{
	const struct buf *positions = &s->now->positions;
	const struct position *last, *first;

	if (s->part_n == 0 || positions->failed || s->now->heights.failed)
		return true;
	last = (const struct position *)(const void *)(positions->data +
						       positions->len) -
	       1;
	first = last - (s->part_n - 1);
	if (!(first->lon < last->lon || first->lon > last->lon ||
		first->lat < last->lat || first->lat > last->lat))
		return true;
	s->closed++;
	return shape_add(
	    s, first->lon, first->lat, height_at(s->now, s->part_n), e);
}

void shape_end_ring(struct shape *s)
{
	if (s->part_n == 0) {
		s->empty++;
		return;
	}
	add_size(&s->now->part_sizes, s->part_n);
	s->part_n = 0;
	s->poly_n++;
}

void shape_end_point(struct shape *s)
{
	s->now->n -= s->part_n == 0;
	shape_end_ring(s);
}

void shape_end_polygon(struct shape *s)
{
	if (s->poly_n == 0) {
		s->now->n--;
		s->empty++;
		return;
	}
	add_size(&s->now->poly_parts, s->poly_n);
	s->poly_n = 0;
}

static void line_to_point(struct shape *s)
{
	struct buf *from = &s->now->positions;
	struct position p;
	double height;

	s->now->n--;
	if (from->failed || s->now->heights.failed)
		return;
	height = height_at(s->now, 1);
	shape_take_back(s, 1);
	memcpy(&p, from->data + from->len, sizeof(p));
	shape_begin(s, GEOM_POINT);
	if (shape_add(s, p.lon, p.lat, height, NULL))
		shape_end_point(s);
}

void shape_end_line(struct shape *s)
{
	if (s->part_n != 1) {
		shape_end_point(s);
		return;
	}
	s->single++;
	line_to_point(s);
}

bool shape_has_pieces(const struct shape *s)
{
	for (int i = 0; i < SHAPE_KINDS; i++)
		if (s->piles[i].n > 0)
			return true;
	return false;
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
		err_no_memory(e);
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

/* A copy in the arena; *out stays NULL when no height says anything. */
static bool copy_heights(
    const double **out, const struct pile *p, struct arena *a, struct err *e)
{
	const double *all = (const double *)(const void *)p->heights.data;
	size_t n = p->heights.len / sizeof(*all), i = 0;
	double *copy;

	if (p->heights.failed)
		return err_no_memory(e);
	while (i < n && !(fabs(all[i]) > 0))
		i++;
	if (i == n)
		return true;
	copy = arena_array(a, n, sizeof(*copy));
	if (!copy)
		return err_no_memory(e);
	memcpy(copy, all, p->heights.len);
	*out = copy;
	return true;
}

int shape_make(struct shaped out[static SHAPE_KINDS], struct shape *s,
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
		out[n] = (struct shaped){
			.geom = make(p, GEOM_POINT + (enum geom_type)i,
			    many && (kinds == 1 || p->n > 1), a, e)
		};
		if (!out[n].geom || !copy_heights(&out[n].heights, p, a, e))
			return -1;
		n++;
	}
	return n;
}
