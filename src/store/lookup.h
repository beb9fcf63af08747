/* Small tables that reading projects needs for every row: held in memory per
 * connection, for one data version. */
#ifndef BUDGETMAP_STORE_LOOKUP_H
#define BUDGETMAP_STORE_LOOKUP_H

#include "store/db.h"
#include "base/str.h"

struct organisation {
	int64_t id;
	struct str bin; /* data NULL for a person */
	struct str name_kk, name_ru;
};

struct lookup;

/* Makes the connection's tables be of the data version it reads now; call it
 * at the beginning of every read. NULL on failure. */
const struct lookup *lookup_get(struct db *d, struct err *e);
void lookup_free(struct lookup *l);

/* NULL for 0 and unknown ones. */
const struct organisation *lookup_organisation(
    const struct lookup *l, int64_t id);

/* The KATO of a district by number; data NULL for DISTRICT_NONE. */
struct str lookup_kato(const struct lookup *l, int64_t number);

#endif
