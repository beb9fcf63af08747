#include "cql2_matcher.h"

#include "base/array.h"

/* Far less than any coordinate tells apart: no box is a mere line or point. */
static const double least = 1e-9;

static bool may_hold(const struct cql2_matcher *m, const struct cql2_node *node,
    const struct bbox *box);

static bool may_and(const struct cql2_matcher *m, const struct cql2_node *node,
    const struct bbox *box)
{
	for (const struct cql2_node *arg = node->args; arg; arg = arg->next)
		if (!may_hold(m, arg, box))
			return false;
	return true;
}

static bool may_or(const struct cql2_matcher *m, const struct cql2_node *node,
    const struct bbox *box)
{
	for (const struct cql2_node *arg = node->args; arg; arg = arg->next)
		if (may_hold(m, arg, box))
			return true;
	return false;
}

static bool is_within(const struct cql2_place *place, const struct bbox *b)
{
	const struct position ring[] = { { b->west, b->south },
		{ b->east, b->south }, { b->east, b->north },
		{ b->west, b->north }, { b->west, b->south } };
	static const uint32_t n = LENGTH(ring), one = 1;
	const struct geom square = { .type = GEOM_POLYGON,
		.n_parts = 1,
		.n_polys = 1,
		.n_positions = n,
		.part_sizes = &n,
		.poly_parts = &one,
		.positions = ring,
		.box = *b };

	for (size_t i = 0; i < place->shape->n_parts; i++)
		if (geos_prepared_contains(place->parts[i], &square))
			return true;
	return false;
}

/* Every relation but DISJOINT needs a point in common; TOUCHES one that is not
 * inside. */
static bool may_relate(const struct cql2_place *place, const struct bbox *box)
{
	const struct bbox wide = { box->west - least, box->south - least,
		box->east + least, box->north + least };
	bool meets = false;

	if (place->constant)
		return place->answer == CQL2_TRUE;
	if (!place->shape || place->relation == GEOS_DISJOINT)
		return true;
	for (size_t i = 0; i < place->shape->n_parts && !meets; i++)
		meets = geom_intersects_bbox(place->shape->parts[i], &wide);
	return meets &&
	       (place->relation != GEOS_TOUCHES || !is_within(place, &wide));
}

static bool may_hold(const struct cql2_matcher *m, const struct cql2_node *node,
    const struct bbox *box)
{
	if (node->op == OP_AND)
		return may_and(m, node, box);
	if (node->op == OP_OR)
		return may_or(m, node, box);
	return !cql2_is_spatial(node->op) ||
	       may_relate(&m->places[node->slot], box);
}

bool cql2_may_match(const struct cql2_matcher *m, const struct bbox *box)
{
	return may_hold(m, m->filter->root, box);
}
