/* A CQL2 filter at work, private to query/cql2_match*.c. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_MATCHER_H
#define BUDGETMAP_SRC_QUERY_CQL2_MATCHER_H

#include "cql2_node.h"
#include "geo/geos.h"

/* Of one spatial node: the literal's parts prepared, or its answer. */
struct cql2_place {
	bool constant;
	enum cql2_answer answer;
	const struct cql2_shape *shape; /* NULL: no literal */
	struct geos_prepared *parts[CQL2_SHAPE_PARTS];
	enum geos_relation relation; /* of the literal to the property */
};

struct cql2_matcher {
	const struct cql2 *filter;
	const struct cql2_record *record; /* being asked */
	struct geos *geos; /* NULL where nothing is spatial */
	struct arena arena;
	struct cql2_place *places; /* by slot */
	struct buf *folds; /* by slot */
	struct buf lists[2];
	int64_t deadline; /* 0: none */
	bool failed, late;
};

/* Makes the places ready; false when memory is exhausted. */
bool cql2_places_open(struct cql2_matcher *m)
    __attribute__((warn_unused_result));
void cql2_places_close(struct cql2_matcher *m);

enum cql2_answer cql2_match_place(
    struct cql2_matcher *m, const struct cql2_node *node);

struct cql2_number {
	bool whole; /* integer, otherwise real */
	int64_t integer;
	double real;
};
double cql2_as_real(const struct cql2_number *n);

/* What an expression of that type gives; false for NULL. A text lives until
 * the same node is asked again. */
bool cql2_number_of(struct cql2_matcher *m, const struct cql2_node *node,
    struct cql2_number *out);
bool cql2_text_of(
    struct cql2_matcher *m, const struct cql2_node *node, struct str *out);

/* The same of a text, its letters folded only as it is looked at where that can
 * be. */
bool cql2_seen_of(struct cql2_matcher *m, const struct cql2_node *node,
    struct cql2_seen *out);
bool cql2_integer_of(
    struct cql2_matcher *m, const struct cql2_node *node, int64_t *out);

/* Whether a comparison holds for an order of -1, 0 or 1. */
bool cql2_holds(enum cql2_op op, int order);
enum cql2_answer cql2_match_number(struct cql2_matcher *m, enum cql2_op op,
    const struct cql2_number *a, const struct cql2_node *b);
enum cql2_answer cql2_match_pair(struct cql2_matcher *m, enum cql2_op op,
    const struct cql2_node *a, const struct cql2_node *b);

/* A predicate or any expression that is true or false. */
enum cql2_answer cql2_match_node(
    struct cql2_matcher *m, const struct cql2_node *node);

static inline enum cql2_answer cql2_answer_of(bool truth)
{
	return truth ? CQL2_TRUE : CQL2_FALSE;
}

static inline enum cql2_answer cql2_negate(enum cql2_answer a)
{
	if (a == CQL2_UNKNOWN)
		return a;
	return a == CQL2_TRUE ? CQL2_FALSE : CQL2_TRUE;
}

#endif
