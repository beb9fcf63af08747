/* What answers a query: a snapshot, or SQL where no snapshot can. */
#ifndef BUDGETMAP_API_SOURCE_H
#define BUDGETMAP_API_SOURCE_H

#include "api/call.h"
#include "api/collection.h"
#include "index/search.h"

/* One data version of a collection, fit for one query. Everything in it stays
 * valid until the answer is sent. */
struct source {
	const struct snapshot *snapshot;
	const struct snapshot_info *info;
	struct query query; /* as asked, by this source's districts */
	struct search_rows text; /* what query.q and query.filter found */
	bool selected; /* read by SQL: holds nothing but what the query
			* selects, of a page only the page and one more */
	uint64_t matched; /* by the whole query, when a selected page */
	struct query_cursor previous; /* the page before it */
};

enum source_scope {
	SOURCE_PAGE, /* the features of one page */
	SOURCE_WHOLE, /* of one page if limit is given, otherwise of all */
	SOURCE_ALL /* all that the query selects, for sums and tiles */
};

/* Reads the query from the call's parameters and finds what answers it:
 * the newest snapshot, the one before for an older cursor, the database when
 * there is no snapshot or the search belongs to another data version.
 * ERR_GONE when a cursor's version is no longer held, ERR_DAMAGED when nothing
 * can answer. */
bool source_projects(struct source *out, struct call *c,
    enum source_scope scope, struct err *e) __attribute__((warn_unused_result));
bool source_open(struct source *out, struct call *c, const struct collection *k,
    enum source_scope scope, struct err *e) __attribute__((warn_unused_result));

/* The query that the call's parameters ask, of a collection with that info. */
bool source_query(struct query *out, struct call *c,
    const struct snapshot_info *info, struct err *e)
    __attribute__((warn_unused_result));

/* A collection as it is now, without a query: its newest snapshot, except that
 * projects and layers without one give NULL without a failure, as it would cost
 * a read of all. */
bool source_now(const struct snapshot **out, struct call *c,
    const struct collection *k, struct err *e)
    __attribute__((warn_unused_result));

/* The districts as they are now, without a query; NULL on failure. */
const struct snapshot *source_districts_now(struct call *c, struct err *e);

/* The page that the source's query asks for. */
bool source_page(struct search_page *out, const struct source *s,
    struct call *c, struct err *e) __attribute__((warn_unused_result));

/* The rows that the query's text found; NULL where it has none. */
const struct search_rows *source_text(const struct source *s);

/* The query for sums and tiles: what SQL searched already is left out. */
struct query source_filter(const struct source *s);

#endif
