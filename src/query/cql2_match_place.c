#include "cql2_matcher.h"

#include "base/clock.h"

enum { POSITIONS_DEAR = 1000 };

static enum geos_relation relation_of(enum cql2_op op)
{
	return (enum geos_relation)(op - OP_S_INTERSECTS);
}

/* That of b to a. */
static enum geos_relation turned(enum geos_relation relation)
{
	if (relation == GEOS_WITHIN)
		return GEOS_CONTAINS;
	return relation == GEOS_CONTAINS ? GEOS_WITHIN : relation;
}

static enum cql2_answer untold(struct cql2_matcher *m, int said)
{
	m->failed = m->failed || said == GEOS_NO_MEMORY;
	return CQL2_UNKNOWN;
}

/* Two literals; of several parts only where it is asked whether any meet. */
static enum cql2_answer relate_shapes(struct cql2_matcher *m,
    enum geos_relation relation, const struct cql2_shape *a,
    const struct cql2_shape *b)
{
	bool disjoint = relation == GEOS_DISJOINT;
	int said;

	for (size_t i = 0; i < a->n_parts; i++)
		for (size_t j = 0; j < b->n_parts; j++) {
			said = geos_relate(
			    m->geos, relation, a->parts[i], b->parts[j]);
			if (said < 0)
				return untold(m, said);
			if ((said == 1) != disjoint)
				return cql2_answer_of(!disjoint);
		}
	return cql2_answer_of(disjoint);
}

static bool prepare(struct cql2_matcher *m, struct cql2_place *place)
{
	for (size_t i = 0; i < place->shape->n_parts; i++) {
		place->parts[i] = geos_prepare(m->geos, place->shape->parts[i]);
		if (!place->parts[i])
			return false;
	}
	return true;
}

static bool open_place(struct cql2_matcher *m, const struct cql2_node *node)
{
	const struct cql2_node *left = node->args, *right = left->next;
	struct cql2_place *place = &m->places[node->slot];
	enum geos_relation relation = relation_of(node->op);

	place->relation = relation;
	if (left->op == OP_SHAPE && right->op == OP_SHAPE) {
		place->constant = true;
		place->answer =
		    relate_shapes(m, relation, left->shape, right->shape);
		return true;
	}
	if (left->op == OP_SHAPE) {
		place->shape = left->shape;
	} else if (right->op == OP_SHAPE) {
		place->shape = right->shape;
		place->relation = turned(relation);
	}
	return !place->shape || prepare(m, place);
}

bool cql2_places_open(struct cql2_matcher *m)
{
	const struct cql2 *f = m->filter;

	if (f->n_spatial == 0)
		return true;
	m->geos = geos_open();
	m->places = arena_array(&m->arena, f->n_spatial, sizeof(*m->places));
	if (!m->geos || !m->places)
		return false;
	for (const struct cql2_node *n = f->spatial; n; n = n->peer)
		if (!open_place(m, n))
			return false;
	return true;
}

void cql2_places_close(struct cql2_matcher *m)
{
	for (size_t i = 0; m->places && i < m->filter->n_spatial; i++)
		for (int j = 0; j < CQL2_SHAPE_PARTS; j++)
			geos_prepared_close(m->places[i].parts[j]);
	geos_close(m->geos);
}

static enum cql2_answer relate_parts(struct cql2_matcher *m,
    const struct cql2_place *place, const struct geom *geom)
{
	bool disjoint = place->relation == GEOS_DISJOINT;

	for (size_t i = 0; i < place->shape->n_parts; i++) {
		int said = geos_prepared_relate(
		    place->parts[i], place->relation, geom);

		if (said < 0)
			return untold(m, said);
		if ((said == 1) != disjoint)
			return cql2_answer_of(!disjoint);
	}
	return cql2_answer_of(disjoint);
}

/* There is one geometry, so two properties are the same: it equals itself,
 * which no part of it is outside of. */
static enum cql2_answer relate_itself(enum geos_relation relation)
{
	return cql2_answer_of(
	    relation == GEOS_INTERSECTS || relation == GEOS_EQUALS ||
	    relation == GEOS_WITHIN || relation == GEOS_CONTAINS);
}

/* A geometry of very many positions may take seconds each time. */
static bool has_time(struct cql2_matcher *m, const struct geom *geom)
{
	if (m->deadline && !m->late && geom->n_positions >= POSITIONS_DEAR)
		m->late = clock_monotonic() >= m->deadline;
	return !m->late;
}

/* The same in another relation. */
static enum cql2_answer relate_by(struct cql2_matcher *m,
    const struct cql2_place *place, enum geos_relation relation,
    const struct geom *geom)
{
	struct cql2_place other = *place;

	other.relation = relation;
	return relate_parts(m, &other, geom);
}

/* These need the whole matrix of relate, which nothing prepared helps with.
 * Most geometries are told of by less: what is apart or wholly inside stands in
 * none of them, and a single point has no border, nor parts inside and outside.
 */
static enum cql2_answer relate_dearly(struct cql2_matcher *m,
    const struct cql2_place *place, const struct geom *geom)
{
	bool point = geom->type == GEOM_POINT;
	enum cql2_answer meets, within;

	if (point && place->relation != GEOS_TOUCHES)
		return CQL2_FALSE;
	meets = relate_by(m, place, GEOS_INTERSECTS, geom);
	if (meets != CQL2_TRUE)
		return meets;
	within = relate_by(m, place, GEOS_CONTAINS, geom);
	if (point || within == CQL2_TRUE)
		return cql2_negate(within);
	return relate_parts(m, place, geom);
}

enum cql2_answer cql2_match_place(
    struct cql2_matcher *m, const struct cql2_node *node)
{
	const struct cql2_place *place = &m->places[node->slot];
	const struct cql2_record *r = m->record;
	const struct geom *geom;

	if (place->constant)
		return place->answer;
	geom = r->geometry(r->context);
	if (!geom)
		return CQL2_UNKNOWN;
	if (!place->shape)
		return relate_itself(place->relation);
	if (!bbox_intersects(&geom->box, &place->shape->box))
		return cql2_answer_of(place->relation == GEOS_DISJOINT);
	if (place->shape->is_box && place->relation == GEOS_INTERSECTS)
		return cql2_answer_of(
		    geom_intersects_bbox(geom, &place->shape->box));
	if (place->shape->is_box && place->relation == GEOS_DISJOINT)
		return cql2_answer_of(
		    !geom_intersects_bbox(geom, &place->shape->box));
	if (!has_time(m, geom))
		return CQL2_UNKNOWN;
	if (place->relation == GEOS_TOUCHES ||
	    place->relation == GEOS_OVERLAPS || place->relation == GEOS_CROSSES)
		return relate_dearly(m, place, geom);
	return relate_parts(m, place, geom);
}
