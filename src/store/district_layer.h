/* A layer of districts in memory, and what is looked at before it is taken. */
#ifndef BUDGETMAP_STORE_DISTRICT_LAYER_H
#define BUDGETMAP_STORE_DISTRICT_LAYER_H

#include "base/arena.h"
#include "geo/geos.h"
#include "query/project.h"
#include "store/district_import.h"

enum { LAYER_KATO = 9, LAYER_MAX = DISTRICTS_MAX };

struct layer_district {
	char kato[LAYER_KATO + 1]; /* empty: none that is known */
	struct str name[3]; /* kk, ru, en; data NULL: none */
	const struct geom *geom; /* multipolygon, NULL: none */
	struct position label;
	double area; /* km2 */
	bool generalised;
	struct str source; /* data NULL: none */
	int32_t as_of; /* 0: not told */
	char wrong[80]; /* why its geometry is none; empty: good */
};

struct layer {
	const struct district_options *options;
	struct geos *geos;
	struct arena arena;
	struct buf scratch;
	struct layer_district districts[LAYER_MAX];
	size_t n;
};

struct attributes {
	const struct str *names, *values;
	size_t n;
};

/* Reads one feature; what is wrong with it shows in the checks. */
bool layer_add(struct layer *l, const struct geom *g, struct str id,
    const struct attributes *a, struct err *e);

enum { LAYER_CHECKS = 8 };

/* Fills checks; returns how many of them failed. */
size_t layer_check(
    const struct layer *l, struct district_check checks[static LAYER_CHECKS]);

#endif
