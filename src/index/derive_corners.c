#include "index/derive.h"

#include <string.h>

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

static void mark(
    struct columns *c, struct simplify_corners *corners, uint64_t *bits)
{
	const struct file_shape *shapes =
	    (const void *)c->sections[SECTION_SHAPES].data;

	for (uint32_t i = 0; i < c->n_shapes; i++) {
		struct geom g = geom_of(c, &shapes[i]);

		simplify_corners_add(corners, &g);
	}
	for (uint32_t i = 0; i < c->n_shapes; i++) {
		struct geom g = geom_of(c, &shapes[i]);

		simplify_corners_mark(corners, &g, bits,
		    shapes[i].offset / sizeof(struct position));
	}
}

void derive_corners(struct columns *c)
{
	const size_t bits_of_word = 64;
	size_t places =
	    c->sections[SECTION_SHAPE_DATA].len / sizeof(struct position);
	size_t bytes = (places / bits_of_word + 1) * sizeof(uint64_t);
	struct buf *out = &c->sections[SECTION_CORNERS];
	struct simplify_corners *corners;
	char *bits;

	if (c->n_shapes == 0 || c->sections[SECTION_SHAPES].failed ||
	    c->sections[SECTION_SHAPE_DATA].failed)
		return;
	bits = buf_reserve(out, bytes);
	corners = simplify_corners_open(count_positions(c));
	if (!bits || !corners) {
		out->failed = true;
		simplify_corners_close(corners);
		return;
	}
	memset(bits, 0, bytes);
	mark(c, corners, (uint64_t *)(void *)bits);
	out->len += bytes;
	simplify_corners_close(corners);
}
