/* What a reader asks for, checked. */
#ifndef BUDGETMAP_QUERY_QUERY_H
#define BUDGETMAP_QUERY_QUERY_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "geo/bbox.h"
#include "query/project.h"

#include <stdbool.h>
#include <stdint.h>

struct cql2;

enum query_place {
	PLACE_ANY, /* all */
	PLACE_LOCATED, /* only features with a geometry */
	PLACE_NONE /* only those without */
};

enum {
	QUERY_LIMIT_DEFAULT = 100,
	QUERY_LIMIT_MAX = 10000,
	QUERY_OFFSET_MAX = 1000000000,
	QUERY_TEXT_MAX = 200, /* bytes of q */
	QUERY_RULES_MAX = 8
};

/* One rule of an order. */
struct query_rule {
	int field; /* of the collection's schema, or CQL2_ID */
	bool descending;
};

/* Where a page begins: after the feature with this key and id. */
struct query_cursor {
	bool set;
	int64_t version; /* data version the paging began with */
	int64_t key, id;
};

/* A mask of zero means "no filter". All filters are ANDed. */
struct query {
	bool has_bbox;
	struct bbox bbox;
	uint64_t districts; /* bits as in facts.districts */
	bool district_none; /* home district "none" */
	uint64_t years;
	uint32_t status, category, work_kind, levels; /* bits of the codes */
	int64_t min_planned, max_planned; /* tiyn; INT64_MIN, INT64_MAX: open.
					   * Unknown amounts match only open. */
	int overdue; /* -1 any, 0 no, 1 yes */
	int32_t from, to; /* days YYYYMMDD that the period of work meets; 0,
			   * INT32_MAX: open. Unknown days are open too. */
	enum query_place place;
	struct str q; /* folded search text, empty: none */
	const struct cql2 *filter; /* further filter, NULL: none. Not obeyed by
				    * pages, sums and tiles but through the rows
				    * of search_rows_by_filter. */
	/* The order of the result, the first rule first; what is equal by all
	 * of them stays in the order (key, id). Texts go by utf8_compare,
	 * unknown values last whichever way. Obeyed by pages only. */
	struct query_rule rules[QUERY_RULES_MAX];
	size_t n_rules;
	uint32_t limit; /* 1 to QUERY_LIMIT_MAX; 0: the whole result */
	uint32_t offset; /* features of the result before the page; only where
			  * after is not set. Pages from a snapshot begin behind
			  * a cursor instead. */
	struct query_cursor after;
};

/* A query that selects everything, limit QUERY_LIMIT_DEFAULT. */
void query_init(struct query *q);

/* Whether any filter but bbox, place, limit, offset and cursor is set. */
bool query_has_filter(const struct query *q);

/* Whether from or to is set; and whether a period of work meets them. */
bool query_has_period(const struct query *q);
bool query_meets_period(const struct query *q, int32_t first, int32_t last);

/* Whether the facts pass every filter but bbox, place, q. */
bool query_matches(const struct query *q, const struct facts *f);

/* Reads the rules of an order, "-planned,title_kk": names of the schema's
 * fields or "id", each with a sign before it or none, no one twice. A plus may
 * be a space, as forms decode it. ERR_INPUT when one cannot be sorted by. */
bool query_sort_parse(struct query *q, const struct schema *s, struct str text,
    struct err *e) __attribute__((warn_unused_result));

/* Whether features can be sorted by a field: lists have no order. */
bool query_can_sort(const struct field *f);

/* A hash of all that selects and orders (not of where a page is), for cursors
 * and caches. */
uint64_t query_hash(const struct query *q);

/* A cursor as text, [A-Za-z0-9_-], bound to the query's hash; and back.
 * ERR_INPUT when it is malformed or of another query. */
void query_cursor_write(
    struct buf *out, const struct query *q, const struct query_cursor *c);
bool query_cursor_parse(struct query_cursor *out, const struct query *q,
    struct str text, struct err *e) __attribute__((warn_unused_result));

#endif
