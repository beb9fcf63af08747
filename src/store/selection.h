/* A query as SQL with bound parameters. */
#ifndef BUDGETMAP_STORE_SELECTION_H
#define BUDGETMAP_STORE_SELECTION_H

#include "query/cql2.h"
#include "query/query.h"
#include "store/sql.h"

enum { SELECTION_BINDS = 48 };

/* The collation of texts: utf8_compare. */
#define SELECTION_ORDER "budgetmap_order"

struct selection_bind {
	enum { BIND_INT, BIND_DOUBLE, BIND_TEXT } type;
	int64_t integer;
	double number;
};

/* text grows by the conditions; match is what BIND_TEXT binds. Those of the
 * filter stand before the bind of the number filter_at. */
struct selection {
	struct buf text, match;
	struct selection_bind binds[SELECTION_BINDS];
	int n;
	struct arena arena; /* of the filter */
	struct cql2_sql filter;
	int filter_at;
};

void selection_init(struct selection *s);
void selection_free(struct selection *s);

enum selection_page {
	SELECTION_ALL,
	SELECTION_PAGE, /* behind the cursor, in order, limited */
	SELECTION_BEFORE /* up to the cursor, backwards, the row that has a
			  * page of rows behind it */
};

/* Appends " FROM project p" and, for a page by rules, the row of its cursor. */
void selection_add_from(
    struct selection *s, const struct query *q, int32_t today);

/* Appends "WHERE ..." of every filter of q for the table project p, and what of
 * it is wanted. */
void selection_add(struct selection *s, const struct query *q, int32_t today,
    enum selection_page page);

/* Whether SQL has to obey the query's rules: not when all is read anyway. */
static inline bool selection_is_sorted(const struct query *q)
{
	return q->n_rules && (q->limit || q->offset || q->after.set);
}

/* The part of it that obeys the rules: what stands behind the cursor (or, for
 * SELECTION_BEFORE, not), the order, the limit. */
void selection_add_sorted(struct selection *s, const struct query *q,
    int32_t today, enum selection_page page);

/* Appends text, whose '?' takes the number. */
void selection_add_int(struct selection *s, const char *text, int64_t number);

/* Appends how many are wanted and how many are passed over. */
void selection_add_limit(struct selection *s, const struct query *q);

/* Appends the expression of a project's attribute or CQL2_ID. */
void selection_add_column(struct buf *out, int field, int32_t today);

/* A filter as a condition on the table project p: all attributes of a project
 * are expressions of its columns. False as cql2_to_sql. */
bool selection_filter(struct cql2_sql *out, const struct cql2 *filter,
    int32_t today, int first, struct arena *a, struct err *e)
    __attribute__((warn_unused_result));

/* The statement of text, bound; the caller finalizes it before the selection is
 * freed. NULL on failure. */
sqlite3_stmt *selection_prepare(
    const struct selection *s, struct db *d, struct err *e);

/* The FTS5 expression of folded text: all its words as prefixes. */
void selection_add_match(struct buf *out, struct str folded);

#endif
