/* A project that outlives what it was read from. */
#include "query/project.h"

#include "base/arena.h"

#include <string.h>

static bool copy_bytes(
    const void **out, const void *data, size_t size, struct arena *a)
{
	void *copy;

	*out = NULL;
	if (size == 0 || !data)
		return true;
	copy = arena_alloc(a, size);
	if (copy)
		memcpy(copy, data, size);
	*out = copy;
	return copy != NULL;
}

static bool has_text(const struct value *v)
{
	return v->type == VALUE_TEXT || v->type == VALUE_LIST;
}

/* All texts go into one piece of memory. */
static bool copy_values(
    struct feature *f, const struct value *values, struct arena *a)
{
	size_t n = f->schema->n_fields, size = n * sizeof(*values);
	struct value *copy;
	char *text;

	for (size_t i = 0; i < n; i++)
		if (has_text(&values[i]))
			size += values[i].text.len;
	copy = arena_alloc(a, size);
	if (!copy)
		return false;
	text = (char *)(copy + n);
	memcpy(copy, values, n * sizeof(*values));
	for (size_t i = 0; i < n; i++) {
		if (!has_text(&copy[i]))
			continue;
		if (copy[i].text.len > 0)
			memcpy(text, copy[i].text.data, copy[i].text.len);
		copy[i].text.data = text;
		text += copy[i].text.len;
	}
	f->values = copy;
	return true;
}

static bool copy_geom(
    struct feature *f, const struct geom *from, struct arena *a)
{
	struct geom *g = arena_alloc(a, sizeof(*g));
	const void *parts, *polys, *positions;

	if (!g ||
	    !copy_bytes(&positions, from->positions,
		from->n_positions * sizeof(*from->positions), a) ||
	    !copy_bytes(&parts, from->part_sizes,
		from->n_parts * sizeof(*from->part_sizes), a) ||
	    !copy_bytes(&polys, from->poly_parts,
		from->n_polys * sizeof(*from->poly_parts), a))
		return false;
	*g = *from;
	g->positions = positions;
	g->part_sizes = parts;
	g->poly_parts = polys;
	f->geom = g;
	return true;
}

bool project_copy(struct project *out, const struct project *p, struct arena *a)
{
	const void *lines, *id;

	*out = *p;
	if (!copy_bytes(
		&id, p->feature.public_id.data, p->feature.public_id.len, a) ||
	    !copy_bytes(&lines, p->lines, p->n_lines * sizeof(*p->lines), a))
		return false;
	out->feature.public_id.data = id;
	out->lines = lines;
	return (!p->feature.values ||
		   copy_values(&out->feature, p->feature.values, a)) &&
	       (!p->feature.geom ||
		   copy_geom(&out->feature, p->feature.geom, a));
}
