#include "cql2_node.h"

#include "base/array.h"

enum { ANY = CQL2_NODES_MAX };

const struct cql2_operator cql2_operators[] = {
	[OP_AND] = { "AND", "and", 2, ANY },
	[OP_OR] = { "OR", "or", 2, ANY },
	[OP_NOT] = { "NOT", "not", 1, 1 },
	[OP_EQUAL] = { "=", "=", 2, 2 },
	[OP_UNEQUAL] = { "<>", "<>", 2, 2 },
	[OP_LESS] = { "<", "<", 2, 2 },
	[OP_MORE] = { ">", ">", 2, 2 },
	[OP_AT_MOST] = { "<=", "<=", 2, 2 },
	[OP_AT_LEAST] = { ">=", ">=", 2, 2 },
	[OP_LIKE] = { "LIKE", "like", 2, 2 },
	[OP_BETWEEN] = { "BETWEEN", "between", 3, 3 },
	[OP_IN] = { "IN", "in", 2, 2 },
	[OP_IS_NULL] = { "IS NULL", "isNull", 1, 1 },
	[OP_CASEI] = { "CASEI", "casei", 1, 1 },
	[OP_ACCENTI] = { "ACCENTI", "accenti", 1, 1 },
	[OP_ADD] = { "+", "+", 2, 2 },
	[OP_SUBTRACT] = { "-", "-", 2, 2 },
	[OP_MULTIPLY] = { "*", "*", 2, 2 },
	[OP_DIVIDE] = { "/", "/", 2, 2 },
	[OP_REST] = { "%", "%", 2, 2 },
	[OP_QUOTIENT] = { "DIV", "div", 2, 2 },
	[OP_POWER] = { "^", "^", 2, 2 },
	[OP_S_INTERSECTS] = { "S_INTERSECTS", "s_intersects", 2, 2 },
	[OP_S_EQUALS] = { "S_EQUALS", "s_equals", 2, 2 },
	[OP_S_DISJOINT] = { "S_DISJOINT", "s_disjoint", 2, 2 },
	[OP_S_TOUCHES] = { "S_TOUCHES", "s_touches", 2, 2 },
	[OP_S_WITHIN] = { "S_WITHIN", "s_within", 2, 2 },
	[OP_S_OVERLAPS] = { "S_OVERLAPS", "s_overlaps", 2, 2 },
	[OP_S_CROSSES] = { "S_CROSSES", "s_crosses", 2, 2 },
	[OP_S_CONTAINS] = { "S_CONTAINS", "s_contains", 2, 2 },
	[OP_T_AFTER] = { "T_AFTER", "t_after", 2, 2 },
	[OP_T_BEFORE] = { "T_BEFORE", "t_before", 2, 2 },
	[OP_T_CONTAINS] = { "T_CONTAINS", "t_contains", 2, 2 },
	[OP_T_DISJOINT] = { "T_DISJOINT", "t_disjoint", 2, 2 },
	[OP_T_DURING] = { "T_DURING", "t_during", 2, 2 },
	[OP_T_EQUALS] = { "T_EQUALS", "t_equals", 2, 2 },
	[OP_T_FINISHED_BY] = { "T_FINISHEDBY", "t_finishedBy", 2, 2 },
	[OP_T_FINISHES] = { "T_FINISHES", "t_finishes", 2, 2 },
	[OP_T_INTERSECTS] = { "T_INTERSECTS", "t_intersects", 2, 2 },
	[OP_T_MEETS] = { "T_MEETS", "t_meets", 2, 2 },
	[OP_T_MET_BY] = { "T_METBY", "t_metBy", 2, 2 },
	[OP_T_OVERLAPPED_BY] = { "T_OVERLAPPEDBY", "t_overlappedBy", 2, 2 },
	[OP_T_OVERLAPS] = { "T_OVERLAPS", "t_overlaps", 2, 2 },
	[OP_T_STARTED_BY] = { "T_STARTEDBY", "t_startedBy", 2, 2 },
	[OP_T_STARTS] = { "T_STARTS", "t_starts", 2, 2 },
	[OP_A_EQUALS] = { "A_EQUALS", "a_equals", 2, 2 },
	[OP_A_CONTAINS] = { "A_CONTAINS", "a_contains", 2, 2 },
	[OP_A_CONTAINED_BY] = { "A_CONTAINEDBY", "a_containedBy", 2, 2 },
	[OP_A_OVERLAPS] = { "A_OVERLAPS", "a_overlaps", 2, 2 },
};

enum { N_OPERATORS = LENGTH(cql2_operators) };

int cql2_operator_find(struct str json)
{
	for (int i = 0; i < N_OPERATORS; i++)
		if (str_is(json, cql2_operators[i].json))
			return i;
	return -1;
}

bool cql2_is_logic(enum cql2_op op)
{
	return op <= OP_NOT;
}

bool cql2_is_comparison(enum cql2_op op)
{
	return op >= OP_EQUAL && op <= OP_AT_LEAST;
}

bool cql2_is_fold(enum cql2_op op)
{
	return op == OP_CASEI || op == OP_ACCENTI;
}

bool cql2_is_arithmetic(enum cql2_op op)
{
	return op >= OP_ADD && op <= OP_POWER;
}

bool cql2_is_spatial(enum cql2_op op)
{
	return op >= OP_S_INTERSECTS && op <= OP_S_CONTAINS;
}

bool cql2_is_temporal(enum cql2_op op)
{
	return op >= OP_T_AFTER && op <= OP_T_STARTS;
}

bool cql2_is_lists(enum cql2_op op)
{
	return op >= OP_A_EQUALS && op <= OP_A_OVERLAPS;
}
