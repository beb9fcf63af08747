/* Adding up rows, one by one or by whole blocks. */
#ifndef BUDGETMAP_SRC_INDEX_TALLY_H
#define BUDGETMAP_SRC_INDEX_TALLY_H

#include "index/snapshot_view.h"

struct tally {
	struct search_sums sums;
	int64_t lon, lat; /* sums of anchors in units of 1e-8 degrees */
	uint32_t by_status[CLUSTER_STATUSES];
};

/* The columns a tally reads. */
struct tally_rows {
	const int64_t *planned, *contracted, *paid;
	const uint8_t *status, *overdue;
	const struct position *anchors;
	uint32_t located;
};

struct tally_rows tally_rows_of_snapshot(const struct snapshot *s);

void tally_add_row(
    struct tally *t, const struct tally_rows *rows, uint32_t row);

/* Rows first to first + count - 1, by the blocks' sums where they are whole. */
void tally_add_run(
    struct tally *t, const struct snapshot *s, uint32_t first, uint32_t count);

/* What another tally added up. */
void tally_add(struct tally *t, const struct tally *part);

/* The amounts of one project, or of what it has in one year. */
void tally_add_money(
    struct search_sums *sums, const struct file_money *m, bool overdue);

/* The sums as they stand in SECTION_BLOCKS. */
void tally_to_block(const struct tally *t, struct file_block *out);

/* The mean of count anchors. */
struct position tally_mean(const struct tally *t);

#endif
