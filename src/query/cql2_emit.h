/* Writing a CQL2 filter as SQL, private to query/cql2_sql*.c. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_EMIT_H
#define BUDGETMAP_SRC_QUERY_CQL2_EMIT_H

#include "cql2_node.h"

struct cql2_emit {
	struct buf text;
	const struct cql2_columns *columns;
	struct arena *arena;
	struct err *err;
	struct cql2_bind *binds;
	size_t n, room;
	int64_t first; /* number of the first parameter */
	bool failed; /* err says why */
};

typedef void emit_node(struct cql2_emit *x, const struct cql2_node *node);

/* Appends a parameter; bytes are copied. */
void cql2_emit_bind(struct cql2_emit *x, struct cql2_bind bind);
void cql2_emit_bytes(
    struct cql2_emit *x, enum cql2_bind_type type, struct str bytes);

/* Any expression; a number as REAL. */
emit_node cql2_emit_value, cql2_emit_real;

/* The arguments, each by one, with the word between them. */
void cql2_emit_chain(struct cql2_emit *x, const struct cql2_node *node,
    const char *word, emit_node *one);

/* The start or the end of an instant or interval. */
void cql2_emit_end(
    struct cql2_emit *x, const struct cql2_node *operand, bool end);

/* Nodes of these groups. */
emit_node cql2_emit_spatial, cql2_emit_temporal, cql2_emit_lists;

#endif
