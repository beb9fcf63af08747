#include "index/derive.h"

#include <string.h>

#include "geo/grid.h"
#include "geo/simplify.h"

/* The geometry of a shape whose arrays stand in the columns. */
static struct geom geom_of(
    const struct columns *c, const struct file_shape *shape)
{
	const char *at = c->sections[SECTION_SHAPE_DATA].data + shape->offset;
	const struct position *positions = (const void *)at;
	const uint32_t *sizes =
	    (const void *)(at + shape->n_positions * sizeof(*positions));

	return (struct geom){
		.type = (enum geom_type)shape->type,
		.n_parts = shape->n_parts,
		.n_polys = shape->n_polys,
		.n_positions = shape->n_positions,
		.positions = positions,
		.part_sizes = sizes,
		.poly_parts = sizes + shape->n_parts,
	};
}

static size_t count_positions(const struct columns *c)
{
	const struct file_shape *shapes =
	    (const void *)c->sections[SECTION_SHAPES].data;
	size_t n = 0;

	for (uint32_t i = 0; i < c->n_shapes; i++)
		n += shapes[i].n_positions;
	return n;
}

static void mark(struct columns *c, struct simplify_corners *corners,
    uint64_t *bits, struct grid_cell *cells)
{
	const struct file_shape *shapes =
	    (const void *)c->sections[SECTION_SHAPES].data;

	for (uint32_t i = 0; i < c->n_shapes; i++) {
		struct geom g = geom_of(c, &shapes[i]);

		simplify_corners_add(corners, &g);
	}
	for (uint32_t i = 0; i < c->n_shapes; i++) {
		struct geom g = geom_of(c, &shapes[i]);
		size_t first = shapes[i].offset / sizeof(struct position);

		simplify_corners_mark(corners, &g, bits, first);
		for (size_t k = 0; k < g.n_positions; k++)
			cells[first + k] = grid_cell_of(g.positions[k]);
	}
}

static void *extend(struct buf *b, size_t bytes)
{
	char *at = buf_reserve(b, bytes);

	if (!at)
		return NULL;
	memset(at, 0, bytes);
	b->len += bytes;
	return at;
}

void derive_places(struct columns *c)
{
	const size_t bits_of_word = 64;
	size_t places =
	    c->sections[SECTION_SHAPE_DATA].len / sizeof(struct position);
	struct buf *bits = &c->sections[SECTION_CORNERS];
	struct buf *cells = &c->sections[SECTION_SHAPE_CELLS];
	struct simplify_corners *corners;
	void *to_bits, *to_cells;

	if (c->n_shapes == 0 || c->sections[SECTION_SHAPES].failed ||
	    c->sections[SECTION_SHAPE_DATA].failed)
		return;
	to_bits = extend(bits, (places / bits_of_word + 1) * sizeof(uint64_t));
	to_cells = extend(cells, places * sizeof(struct grid_cell));
	corners = simplify_corners_open(count_positions(c));
	if (to_bits && to_cells && corners)
		mark(c, corners, to_bits, to_cells);
	else
		bits->failed = true;
	simplify_corners_close(corners);
}
