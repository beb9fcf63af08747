/* What the parts of taking a batch back share. */
#ifndef BUDGETMAP_STORE_UNDO_PRIVATE_H
#define BUDGETMAP_STORE_UNDO_PRIVATE_H

#include "base/arena.h"
#include "sql.h"
#include "store/undo.h"

/* A batch that is taken back; its rows are those with seq above first and below
 * last. */
struct undo {
	struct db *db;
	int64_t number, first, last;
	const struct journal_batch *batch; /* the new one */
	int32_t today;
	struct import_counts counts;
	struct arena arena; /* of one record */
};

/* Each writes its batch; made becomes the data version after it. */
bool undo_layers(struct undo *u, int64_t *made, struct err *e);
bool undo_projects(struct undo *u, int64_t *made, struct err *e);

#endif
