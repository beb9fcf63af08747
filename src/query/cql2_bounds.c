#include "cql2_node.h"

/* What is known of the places a predicate holds at: within a box, or nothing.
 * A predicate that never holds is not told apart. */
static bool bounds_of(const struct cql2_node *node, struct bbox *out);

static double width(const struct bbox *b)
{
	return b->east - b->west + (b->west > b->east ? 360 : 0);
}

/* Of several boxes that hold at once the smallest. */
static bool bounds_of_and(const struct cql2_node *node, struct bbox *out)
{
	bool found = false;
	double least = 0;

	for (const struct cql2_node *arg = node->args; arg; arg = arg->next) {
		struct bbox box;
		double area;

		if (!bounds_of(arg, &box))
			continue;
		area = width(&box) * (box.north - box.south);
		if (!found || area < least) {
			*out = box;
			least = area;
		}
		found = true;
	}
	return found;
}

/* A box around all; none when one crosses the antimeridian. */
static bool bounds_of_or(const struct cql2_node *node, struct bbox *out)
{
	struct bbox all = bbox_empty;

	for (const struct cql2_node *arg = node->args; arg; arg = arg->next) {
		struct bbox box;

		if (!bounds_of(arg, &box) || box.west > box.east)
			return false;
		bbox_add_bbox(&all, &box);
	}
	*out = all;
	return true;
}

/* Every relation but DISJOINT needs a point in common. */
static bool bounds_of_spatial(const struct cql2_node *node, struct bbox *out)
{
	const struct cql2_node *left = node->args, *right = left->next;
	const struct cql2_node *literal = left->op == OP_SHAPE ? left : right;
	const struct cql2_node *other = left->op == OP_SHAPE ? right : left;

	if (node->op == OP_S_DISJOINT || literal->op != OP_SHAPE ||
	    other->op != OP_PROPERTY)
		return false;
	*out = literal->shape->box;
	return true;
}

static bool bounds_of(const struct cql2_node *node, struct bbox *out)
{
	if (node->op == OP_AND)
		return bounds_of_and(node, out);
	if (node->op == OP_OR)
		return bounds_of_or(node, out);
	return cql2_is_spatial(node->op) && bounds_of_spatial(node, out);
}

bool cql2_bounds(const struct cql2 *f, struct bbox *out)
{
	return bounds_of(f->root, out);
}
