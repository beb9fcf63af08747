#include "api_trees.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "geo/hilbert.h"
#include "query/layer_time.h"
#include "sample.h"

enum { LAYER_VERSION = 7 };

static int by_key(const void *a, const void *b)
{
	const struct project *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->feature.id < y->feature.id ? -1 : 1;
}

static void list_samples(struct project out[static SAMPLE_COUNT])
{
	static const char digits[SAMPLE_COUNT] = "12345678";
	const struct layer_time time = layer_time_of(&sample_schema);

	for (int i = 0; i < SAMPLE_COUNT; i++) {
		const struct feature *f = &sample_features[i];

		out[i] = (struct project){ .feature = *f,
			.key = HILBERT_NOWHERE,
			.change = LAYER_VERSION };
		/* Those of layers are numbers. */
		out[i].feature.public_id = (struct str){ &digits[i], 1 };
		out[i].facts.home = DISTRICT_NONE;
		layer_time_days(&out[i].facts.days, &time, f->values);
		if (!f->geom)
			continue;
		out[i].anchor = geom_anchor(f->geom);
		out[i].key = hilbert_of(out[i].anchor.lon, out[i].anchor.lat);
	}
	qsort(out, SAMPLE_COUNT, sizeof(*out), by_key);
}

static struct snapshot *build(void)
{
	const struct snapshot_info info = { .schema = &sample_schema,
		.version = LAYER_VERSION };
	struct project rows[SAMPLE_COUNT];
	struct err e = { 0 };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, &e);

	assert_non_null(b);
	list_samples(rows);
	for (int i = 0; i < SAMPLE_COUNT; i++)
		assert_true(snapshot_build_add(b, &rows[i], &e));
	return snapshot_build_finish(b, &e);
}

void trees_open(struct collection *trees, struct fixture *f)
{
	*trees = (struct collection){ .id = "trees",
		.schema = &sample_schema,
		.title = { "Ағаштар", "Деревья", "Trees" },
		.description = { "", "", "" },
		.snapshot = build(),
		.licence = "CC0",
		.source = "Parks office",
		.attribution = "Parks of the oblast",
		.date = 20260301 };
	assert_non_null(trees->snapshot);
	f->layers = trees;
	f->n_layers = 1;
}

void trees_close(struct collection *trees)
{
	snapshot_unref(trees->snapshot);
}
