/* Answers from a snapshot: pages, sums, groups. */
#ifndef BUDGETMAP_INDEX_SEARCH_H
#define BUDGETMAP_INDEX_SEARCH_H

#include "base/arena.h"
#include "index/snapshot.h"
#include "query/query.h"

/* Rows that a text search found: bit row % 64 of word row / 64. NULL where the
 * query has no text. */
struct search_rows {
	const uint64_t *bits;
};

/* Rows from the internal ids a text search gave; ids the snapshot does not hold
 * are passed over. The bits are the arena's. */
bool search_rows_from_ids(struct search_rows *out, const struct snapshot *s,
    const int64_t *ids, size_t n, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Rows on which q->filter holds, of those that pass all other filters of q and
 * stand in text (may be NULL); asked through columns where they suffice. id is
 * the type of a feature's id in filters. ERR_BUSY when the deadline passes
 * (clock_monotonic, 0: none). The bits are the arena's. */
bool search_rows_by_filter(struct search_rows *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, enum value_type id,
    int64_t deadline, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

struct search_run {
	uint32_t first, count; /* rows */
};

/* One page. matched counts the whole result, not the page. */
struct search_page {
	const struct search_run *runs; /* rising, merged; in the arena */
	size_t n_runs;
	uint32_t returned;
	uint64_t matched;
	bool more;
	struct query_cursor next; /* where the next page begins, when more */
	bool before; /* there is a page before this one */
	struct query_cursor previous; /* where it begins; not set: at the first
				       * row. Pages of this one's limit. */
};

/* Selects by every filter of q; features without a place match any bbox unless
 * place says otherwise. bbox means intersection of the geometry itself. */
bool search_page(struct search_page *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, struct arena *a,
    struct err *e) __attribute__((warn_unused_result));

/* The same by the query's rules, which it must have: runs are of one row each,
 * in that order. id is the type of a feature's id. ERR_BUSY when the deadline
 * passes (clock_monotonic, 0: none), ERR_LIMIT when a whole result is too large
 * to be sorted. */
bool search_page_sorted(struct search_page *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, enum value_type id,
    int64_t deadline, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* Sums in tiyn; unknown amounts are left out and counted as missing. */
struct search_sums {
	uint64_t count, located;
	int64_t planned, contracted, paid;
	uint64_t missing_planned, missing_contracted, missing_paid;
	uint64_t overdue; /* projects */
	int64_t overdue_planned; /* their planned */
	int64_t paid_of_planned,
	    planned_with_paid; /* sums over projects that
				* publish both, for the share paid */
};

enum search_group {
	GROUP_NONE,
	GROUP_DISTRICT, /* by home district number; the last place is "none" */
	GROUP_CATEGORY,
	GROUP_STATUS,
	GROUP_WORK_KIND,
	GROUP_YEAR /* by year - YEAR_FIRST, the amounts of that year's lines;
		    * the last place is projects without lines */
};

/* The number of places of a grouping: n_katos + 1, the code list's length, or
 * YEAR_LAST - YEAR_FIRST + 2; 0 for GROUP_NONE. */
size_t search_group_count(const struct snapshot *s, enum search_group by);

/* Sums over what q selects (limit and cursor are ignored), in all and a group;
 * groups has search_group_count places and may be NULL for GROUP_NONE. */
bool search_sum(struct search_sums *total, struct search_sums *groups,
    enum search_group by, const struct snapshot *s, const struct query *q,
    const struct search_rows *text, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

#endif
