/* Reading districts and places. */
#ifndef BUDGETMAP_STORE_DISTRICTS_H
#define BUDGETMAP_STORE_DISTRICTS_H

#include "base/arena.h"
#include "query/project.h"
#include "store/db.h"

/* One district in force. number is its place in the list by KATO, the bit in
 * facts.districts. Text lives in the arena. */
struct district {
	int number;
	struct str kato;
	struct str name[3]; /* kk, ru, en */
	const struct geom *geom;
	struct position label;
	bool generalised;
};

/* All districts in force, by KATO, at most DISTRICTS_MAX. */
bool districts_list(struct db *d, struct arena *a, struct district **out,
    size_t *n, struct err *e) __attribute__((warn_unused_result));

/* The districts as features of district_schema (facts zero), in the order
 * (key, id), for a snapshot. */
bool districts_each(struct db *d, project_known *known, project_visit *visit,
    void *context, struct err *e) __attribute__((warn_unused_result));

/* A place people know: town, village. */
struct place {
	struct str name[3];
	struct str kind; /* city, town, village, hamlet */
	struct str kato; /* of its district */
	struct position at;
};
typedef bool place_visit(void *context, const struct place *p, struct err *e);

/* Places whose folded names begin with the folded text (all for empty), larger
 * kinds first, at most limit. */
bool places_search(struct db *d, struct str folded, size_t limit,
    place_visit *visit, void *context, struct err *e)
    __attribute__((warn_unused_result));

#endif
