/* Reading projects: the feed of the snapshot, the fall-back, full records. */
#ifndef BUDGETMAP_STORE_PROJECTS_H
#define BUDGETMAP_STORE_PROJECTS_H

#include "base/arena.h"
#include "query/project.h"
#include "query/query.h"
#include "store/db.h"

/* Every published project in the order (key, id), overdue as of today
 * (YYYYMMDD). known may be NULL. */
bool projects_each(struct db *d, int32_t today, project_known *known,
    project_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

/* The same for those that q selects, by SQL; limit and cursor are obeyed (limit
 * 0: all). q->q is matched by full text search. */
bool projects_select(struct db *d, const struct query *q, int32_t today,
    project_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

/* How many q selects, limit and cursor ignored. */
bool projects_count(struct db *d, const struct query *q, int32_t today,
    uint64_t *count, struct err *e) __attribute__((warn_unused_result));

/* Where the page before the one that q asks for begins, for pages of its limit;
 * not set when that is the first page. */
bool projects_before(struct db *d, const struct query *q, int32_t today,
    struct query_cursor *out, struct err *e)
    __attribute__((warn_unused_result));

/* Internal ids of all that match the folded text by word prefixes, all words.
 * The array is the arena's, rising. */
bool projects_search(struct db *d, struct str folded, struct arena *a,
    const int64_t **ids, size_t *n, struct err *e)
    __attribute__((warn_unused_result));

/* The internal id of a public id. ERR_MISSING when there never was one,
 * ERR_GONE when it is withdrawn. */
bool projects_find(struct db *d, struct str public_id, int64_t *id,
    struct err *e) __attribute__((warn_unused_result));

/* The public id of a published project that is called exactly so in Kazakh or
 * in Russian and lies within 500 m of at (NULL: has no place); data NULL when
 * there is none. */
bool projects_named(struct db *d, struct str title, const struct position *at,
    struct arena *a, struct str *out, struct err *e)
    __attribute__((warn_unused_result));

/* One project by internal id, as the map sees it. */
bool projects_get(struct db *d, int64_t id, int32_t today,
    project_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

/* The parts of a full record. A table of text cells: names of columns, then
 * rows; NULL is data NULL. Money columns are tiyn. */
enum project_part {
	PART_RECORD,     /* one row: what the feature does not carry */
	PART_FUNDING,
	PART_CONTRACTS,  /* column contract_id joins amendments and payments */
	PART_AMENDMENTS,
	PART_PAYMENTS,
	PART_MILESTONES,
	PART_DOCUMENTS,
	PART_OBSERVATIONS,
	PART_HISTORY,    /* public journal of the project: date, what */
	PART_COUNT
};
enum part_type { PART_TEXT, PART_INT, PART_NUMBER, PART_MONEY };
struct part_column {
	const char *name;
	enum part_type type;
};
struct part_cell {
	bool null;
	int64_t integer; /* PART_INT, PART_MONEY */
	double number;   /* PART_NUMBER */
	struct str text; /* PART_TEXT */
};
typedef bool part_visit(void *context, const struct part_cell *cells,
    struct err *e);
const char *project_part_name(enum project_part part);
const struct part_column *project_part_columns(enum project_part part,
    size_t *n);
bool projects_part(struct db *d, int64_t id, enum project_part part,
    part_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

#endif
