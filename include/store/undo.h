/* Taking a batch of the journal back. */
#ifndef BUDGETMAP_STORE_UNDO_H
#define BUDGETMAP_STORE_UNDO_H

#include "store/import.h"
#include "store/journal.h"

/* A record that changed since, so that the batch cannot be taken back. */
struct undo_conflict {
	struct str entity, key;
	int64_t version; /* data version that it changed in first */
};
typedef bool undo_visit(
    void *context, const struct undo_conflict *c, struct err *e);

/* Takes back what the batch did that made the data version: what it created
 * goes (projects leave a tombstone), what it changed is as it was, what it took
 * out is there again; all in one batch of its own, whose command should be
 * undo_command. Batches that were taken back, and their undoing, do not count
 * as changes. Imports and removals of layers and imports of projects can be
 * taken back, others are ERR_INPUT. ERR_MISSING when there is no such batch;
 * ERR_CONFLICT after visit was called for each record that changed since. */
bool undo_batch(struct db *d, int64_t version,
    const struct journal_batch *batch, int32_t today, undo_visit *visit,
    void *context, struct import_counts *counts, int64_t *made, struct err *e)
    __attribute__((warn_unused_result));

enum { UNDO_COMMAND_SIZE = 32 };
void undo_command(char out[static UNDO_COMMAND_SIZE], int64_t version);

#endif
