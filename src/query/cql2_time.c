#include "cql2_node.h"

enum { START, END };

/* OGC 21-065r2, tables 7 and 8, after OWL-Time (W3C and OGC 16-071r3). Interval
 * ends belong to the interval. */
static const struct cql2_time_rule rules[] = {
	[OP_T_AFTER - OP_T_AFTER] = { .steps = { { START, END, OP_MORE } } },
	[OP_T_BEFORE - OP_T_AFTER] = { .steps = { { END, START, OP_LESS } } },
	[OP_T_CONTAINS - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_LESS }, { END, END, OP_MORE } } },
	[OP_T_DISJOINT - OP_T_AFTER] = { .any = true,
	    .steps = { { END, START, OP_LESS }, { START, END, OP_MORE } } },
	[OP_T_DURING - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_MORE }, { END, END, OP_LESS } } },
	[OP_T_EQUALS - OP_T_AFTER] = { .steps = { { START, START, OP_EQUAL },
					   { END, END, OP_EQUAL } } },
	[OP_T_FINISHED_BY - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_LESS }, { END, END, OP_EQUAL } } },
	[OP_T_FINISHES - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_MORE }, { END, END, OP_EQUAL } } },
	[OP_T_INTERSECTS -
	    OP_T_AFTER] = { .steps = { { END, START, OP_AT_LEAST },
				{ START, END, OP_AT_MOST } } },
	[OP_T_MEETS - OP_T_AFTER] = { .intervals = true,
	    .steps = { { END, START, OP_EQUAL } } },
	[OP_T_MET_BY - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, END, OP_EQUAL } } },
	[OP_T_OVERLAPPED_BY - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_MORE }, { START, END, OP_LESS },
		{ END, END, OP_MORE } } },
	[OP_T_OVERLAPS - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_LESS }, { END, START, OP_MORE },
		{ END, END, OP_LESS } } },
	[OP_T_STARTED_BY - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_EQUAL }, { END, END, OP_MORE } } },
	[OP_T_STARTS - OP_T_AFTER] = { .intervals = true,
	    .steps = { { START, START, OP_EQUAL }, { END, END, OP_LESS } } },
};

const struct cql2_time_rule *cql2_time_rule(enum cql2_op op)
{
	return &rules[op - OP_T_AFTER];
}
