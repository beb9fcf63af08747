/* A collection: what it is called, whose it is, and what answers for it. */
#ifndef BUDGETMAP_API_COLLECTION_H
#define BUDGETMAP_API_COLLECTION_H

#include "geo/feature.h"

#include <stdbool.h>
#include <stdint.h>

struct snapshot;

/* "projects" and "districts" are always there; every imported layer is one
 * more. Texts are never NULL unless it is said. */
struct collection {
	const char *id; /* in paths: [a-z][a-z0-9_]* */
	const struct schema *schema;
	const char *title[3]; /* kk, ru, en */
	const char *description[3];
	bool overdue; /* it shows what is overdue: answers depend on the day */

	/* Of layers only; NULL and 0 of the other two, whose snapshots stand in
	 * the exchange and whose licence is the site's. */
	struct snapshot *snapshot; /* newest, of data version in which the
				    * layer changed last; NULL: none is there,
				    * the database answers */
	struct snapshot *before; /* the one before, for cursors; or NULL. Its
				  * schema may be another one. */
	int64_t change, published; /* of one without snapshots: data version in
				    * which it changed last, seconds UTC */
	const char *licence, *source, *attribution; /* source may be "" */
	int32_t date; /* YYYYMMDD the layer is as of; 0: not told */
};

#endif
