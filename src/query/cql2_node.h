/* The tree of a CQL2 filter, private to query/cql2_*.c. */
#ifndef BUDGETMAP_SRC_QUERY_CQL2_NODE_H
#define BUDGETMAP_SRC_QUERY_CQL2_NODE_H

#include "base/utf8_letters.h"
#include "query/cql2.h"

/* The order within the groups of spatial, temporal and list functions is that
 * of enum geos_relation, of the table in cql2_time.c and of enum cql2_lists. */
enum cql2_op {
	OP_AND,
	OP_OR,
	OP_NOT,
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_MORE,
	OP_AT_MOST,
	OP_AT_LEAST,
	OP_LIKE, /* value, pattern; text is the pattern, folded */
	OP_BETWEEN,
	OP_IN, /* value, then the list */
	OP_IS_NULL,
	OP_CASEI, /* text is the result where the argument is constant */
	OP_ACCENTI,
	OP_ADD,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_REST,
	OP_QUOTIENT,
	OP_POWER,
	OP_S_INTERSECTS,
	OP_S_EQUALS,
	OP_S_DISJOINT,
	OP_S_TOUCHES,
	OP_S_WITHIN,
	OP_S_OVERLAPS,
	OP_S_CROSSES,
	OP_S_CONTAINS,
	OP_T_AFTER,
	OP_T_BEFORE,
	OP_T_CONTAINS,
	OP_T_DISJOINT,
	OP_T_DURING,
	OP_T_EQUALS,
	OP_T_FINISHED_BY,
	OP_T_FINISHES,
	OP_T_INTERSECTS,
	OP_T_MEETS,
	OP_T_MET_BY,
	OP_T_OVERLAPPED_BY,
	OP_T_OVERLAPS,
	OP_T_STARTED_BY,
	OP_T_STARTS,
	OP_A_EQUALS,
	OP_A_CONTAINS,
	OP_A_CONTAINED_BY,
	OP_A_OVERLAPS,
	OP_INTERVAL, /* two instants or ends that are open */
	OP_ARRAY,
	OP_PROPERTY,
	OP_LITERAL,
	OP_OPEN, /* ".." of an interval */
	OP_SHAPE /* a geometry */
};

/* What an expression gives. */
enum cql2_type {
	TYPE_TRUTH,
	TYPE_NUMBER,
	TYPE_TEXT,
	TYPE_DAY,
	TYPE_TIME,
	TYPE_INTERVAL,
	TYPE_GEOMETRY,
	TYPE_LIST
};

enum { CQL2_SHAPE_PARTS = 3 };

/* The point set of a geometry literal: the union of its parts, which are of
 * different dimensions, rising. */
struct cql2_shape {
	bool is_box; /* was a BBOX, which box is then */
	struct bbox box; /* around all; may cross the antimeridian */
	const struct geom *parts[CQL2_SHAPE_PARTS];
	size_t n_parts;
};

enum { CQL2_COST_MAX = 3 };

struct cql2_node {
	enum cql2_op op;
	enum cql2_type type;
	int depth; /* of the tree below, 1 for a leaf */
	int cost; /* how dear an answer is, 0 to CQL2_COST_MAX */
	bool constant; /* asks for no property */
	size_t at; /* its byte in the filter, from 1 */
	size_t n;
	struct cql2_node *args;
	struct cql2_node *next; /* beside it among the arguments */
	struct cql2_node *peer; /* the next spatial or fold node */
	size_t slot; /* of the matcher, for spatial and fold nodes */
	struct str text; /* of LIKE, CASEI, ACCENTI */
	const struct utf8_letters *letters; /* CASEI, ACCENTI that are not
					     * constant: what all down to the
					     * property make of them */
	union {
		struct value value; /* OP_LITERAL: never null */
		struct {
			int index; /* or CQL2_ID, CQL2_GEOMETRY */
			struct str name;
			enum value_type type; /* VALUE_NULL: the geometry */
		} property;
		const struct cql2_shape *shape;
		const struct cql2_pattern *pattern; /* OP_LIKE */
	};
};

struct cql2 {
	const struct cql2_node *root;
	const struct cql2_node *spatial; /* all of them, by peer */
	const struct cql2_node *folds;
	size_t n_spatial, n_folds;
	const bool *used; /* fields, then CQL2_GEOMETRY and CQL2_ID */
	size_t n_fields;
};

/* How an operator is called and what it takes. */
struct cql2_operator {
	const char *text; /* in CQL2 text */
	const char *json; /* in CQL2 JSON */
	size_t min, max; /* arguments in JSON */
};
extern const struct cql2_operator cql2_operators[];

/* The operator that JSON calls so, -1 when there is none. */
int cql2_operator_find(struct str json);

bool cql2_is_logic(enum cql2_op op); /* AND, OR, NOT */
bool cql2_is_comparison(enum cql2_op op); /* = <> < > <= >= */
bool cql2_is_fold(enum cql2_op op);
bool cql2_is_arithmetic(enum cql2_op op);
bool cql2_is_spatial(enum cql2_op op);
bool cql2_is_temporal(enum cql2_op op);
bool cql2_is_lists(enum cql2_op op);

/* Comparisons a temporal function is made of: of an end of the first operand
 * and one of the second; all of them have to hold, or any of them. */
struct cql2_time_step {
	bool first_end, second_end; /* the end of the operand or its start */
	enum cql2_op op; /* a comparison; OP_AND: no more steps */
};
struct cql2_time_rule {
	bool any;
	bool intervals; /* takes no instants */
	struct cql2_time_step steps[3];
};
const struct cql2_time_rule *cql2_time_rule(enum cql2_op op);

/* What stands between two '%' of a pattern, at least one character. */
struct cql2_segment {
	bool plain; /* has no '_' */
	struct str text; /* of a plain one its text, otherwise as written */
	size_t lead; /* how many '_' it begins with */
	struct utf8_needle needle; /* of what stands behind, up to a '_' */
	size_t chars;
};

/* A pattern of LIKE. Without segments it is empty or '%'. */
struct cql2_pattern {
	bool from_start, to_end; /* no '%' before the first, after the last */
	size_t n;
	struct cql2_segment *segments;
};

/* A text as a filter sees it: what its letters become, NULL: themselves. */
struct cql2_seen {
	struct str text;
	const struct utf8_letters *letters;
};
bool cql2_like(const struct cql2_seen *seen, const struct cql2_pattern *p);

/* The pattern for GLOB. */
void cql2_add_glob(struct buf *out, struct str pattern);

/* How a value of that type is an element; a literal as one. */
enum cql2_element cql2_element_kind(enum cql2_type type);
void cql2_add_literal_element(struct buf *out, const struct cql2_node *node);

/* The value of a constant text expression. */
struct str cql2_constant_text(const struct cql2_node *node);

/* -1, 0, 1. */
int cql2_compare_mixed(int64_t a, double b);

#endif
