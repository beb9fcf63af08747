/* Random projects for tests and benchmarks of the index. */
#ifndef BUDGETMAP_TESTS_DATASET_H
#define BUDGETMAP_TESTS_DATASET_H

#include "base/arena.h"
#include "index/search.h"

enum dataset_kind {
	DATASET_OBLAST, /* crowded around towns, a few lines and polygons */
	DATASET_WORLD /* everywhere, poles and antimeridian, every type */
};

enum { DATASET_KATOS = 17, DATASET_DAY = 20260131 };

/* A project is made anew from its seed whenever it is asked for. */
struct dataset_row {
	int64_t key, id, change;
	uint64_t seed;
};

struct dataset {
	enum dataset_kind kind;
	int64_t version;
	struct dataset_row *rows; /* in the order (key, id) */
	uint32_t n;
};

/* Ends the program when memory is exhausted. */
void dataset_init(
    struct dataset *d, enum dataset_kind kind, uint64_t seed, uint32_t n);
void dataset_free(struct dataset *d);

/* Changes, moves, removes and adds some projects; the version rises. */
void dataset_change(struct dataset *d, uint64_t seed);

/* Row i; what it points at is the arena's. */
void dataset_project(
    const struct dataset *d, uint32_t i, struct project *p, struct arena *a);

const struct snapshot_info *dataset_info(
    const struct dataset *d, struct snapshot_info *info);

/* Builds a snapshot of it; NULL as snapshot_build_finish. */
struct snapshot *dataset_build(const struct dataset *d, const char *path,
    const struct snapshot *previous, struct err *e);

/* A query with random filters, box and page size. */
void dataset_query(struct query *q, enum dataset_kind kind, uint64_t *seed);

#endif
