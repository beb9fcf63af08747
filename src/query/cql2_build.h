/* Making the tree of a CQL2 filter: every node is checked as it is made. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_BUILD_H
#define BUDGETMAP_SRC_QUERY_CQL2_BUILD_H

#include "cql2_node.h"
#include "geo/geos.h"

/* What the readers of text and JSON share. After the first failure nothing of
 * it is used but err. */
struct cql2_build {
	const struct cql2_context *context;
	struct arena *arena;
	struct err *err;
	size_t n_nodes;
	struct cql2_node *spatial, *folds;
	size_t n_spatial, n_folds;
	bool *used;
	struct buf scratch;
	struct geos *geos; /* NULL until a geometry has to be checked */
};

/* False when memory is exhausted; cql2_build_end is to be called all the
 * same. */
bool cql2_build_begin(struct cql2_build *b, const struct cql2_context *c,
    struct arena *a, struct err *e) __attribute__((warn_unused_result));

/* The finished filter, root may be NULL after a failure. Gives back whatever is
 * not in the arena. */
const struct cql2 *cql2_build_end(struct cql2_build *b, struct cql2_node *root);

/* Records "... at byte N"; what repeats nothing of the filter. Returns NULL. */
void *cql2_refuse(struct cql2_build *b, size_t at, const char *what);
void *cql2_no_memory(struct cql2_build *b);

/* Arguments in the order they were added. */
struct cql2_args {
	struct cql2_node *first, *last;
	size_t n;
};
/* False when node is NULL. */
bool cql2_args_add(struct cql2_args *args, struct cql2_node *node);

/* Nodes; NULL on failure. Those of an operator check the types of their
 * arguments, whose number is right already. */
struct cql2_node *cql2_make(struct cql2_build *b, enum cql2_op op, size_t at,
    const struct cql2_args *args);
struct cql2_node *cql2_make_unary(
    struct cql2_build *b, enum cql2_op op, size_t at, struct cql2_node *arg);
struct cql2_node *cql2_make_binary(struct cql2_build *b, enum cql2_op op,
    size_t at, struct cql2_node *left, struct cql2_node *right);

bool cql2_is_property(const struct cql2_build *b, struct str name);
struct cql2_node *cql2_make_property(
    struct cql2_build *b, size_t at, struct str name);
struct cql2_node *cql2_make_truth(struct cql2_build *b, size_t at, bool truth);
struct cql2_node *cql2_make_int(struct cql2_build *b, size_t at, int64_t v);
struct cql2_node *cql2_make_number(struct cql2_build *b, size_t at, double v);

/* text is valid UTF-8; control characters that text cannot hold are refused. */
struct cql2_node *cql2_make_text(
    struct cql2_build *b, size_t at, struct str text);
struct cql2_node *cql2_make_day(
    struct cql2_build *b, size_t at, struct str text);
struct cql2_node *cql2_make_time(
    struct cql2_build *b, size_t at, struct str text);

/* A day, a time or "..", whichever the text is. */
struct cql2_node *cql2_make_end(
    struct cql2_build *b, size_t at, struct str text);
struct cql2_node *cql2_make_shape(
    struct cql2_build *b, size_t at, const struct cql2_shape *shape);

/* letters are those of the texts that it is asked of. */
const struct cql2_pattern *cql2_make_pattern(struct cql2_build *b,
    struct str pattern, const struct utf8_letters *letters);

/* A bare node of that kind, counted; for the modules of the builder. */
struct cql2_node *cql2_new_node(
    struct cql2_build *b, enum cql2_op op, enum cql2_type type, size_t at);

/* Checks the arguments of a node that is complete but for its type. */
bool cql2_check(struct cql2_build *b, struct cql2_node *node);

#endif
