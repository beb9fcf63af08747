/* Gathering rows into one mark of a tile. */
#ifndef BUDGETMAP_SRC_INDEX_MARK_H
#define BUDGETMAP_SRC_INDEX_MARK_H

#include "index/cluster.h"
#include "index/selection.h"
#include "index/tally.h"

/* Rows that become one mark. */
struct mark {
	const struct snapshot *snapshot;
	struct tally tally;
	struct bbox box; /* of the anchors */
	uint32_t first, last;
};

void mark_init(struct mark *m, const struct snapshot *s);

/* Both fit struct selection_sink; located rows only. */
void mark_add_run(void *mark, uint32_t first, uint32_t count);
void mark_add_bits(void *mark, uint32_t base, uint64_t mask);

/* Adds what another mark gathered from rows behind. */
void mark_add(struct mark *m, const struct mark *part);

bool mark_is_one_place(const struct mark *m);

/* How many levels of tiles all its rows share, HILBERT_ORDER at most. */
int mark_levels(const struct mark *m);

/* All but expansion_zoom, which is "never", and anchored, which is true. */
struct cluster mark_to_cluster(const struct mark *m);

#endif
