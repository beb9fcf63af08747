/* Tiles: nothing is lost, nothing counts twice, whatever is filtered. */
#include "index/cluster.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tools/dataset.h"
#include "geo/hilbert.h"
#include "index/mark.h"
#include "tools/random.h"

enum { PROJECTS = 1200, ARENA_SIZE = 256 << 20 };

struct world {
	struct dataset dataset;
	struct arena arena; /* of the projects */
	struct arena scratch; /* of one zoom */
	struct project *projects;
	struct snapshot *snapshot;
};

static struct world *world_make(
    enum dataset_kind kind, uint64_t seed, uint32_t n)
{
	struct world *w = calloc(1, sizeof(*w));

	dataset_init(&w->dataset, kind, seed, n);
	arena_init(&w->arena, ARENA_SIZE);
	arena_init(&w->scratch, ARENA_SIZE);
	w->projects = calloc(n, sizeof(*w->projects));
	for (uint32_t i = 0; i < n; i++)
		dataset_project(&w->dataset, i, &w->projects[i], &w->arena);
	w->snapshot = dataset_build(&w->dataset, NULL, NULL, NULL);
	assert_non_null(w->snapshot);
	return w;
}

static void world_free(struct world *w)
{
	snapshot_unref(w->snapshot);
	free(w->projects);
	arena_free(&w->arena);
	arena_free(&w->scratch);
	dataset_free(&w->dataset);
	free(w);
}

static void add_sums(struct search_sums *to, const struct search_sums *s)
{
	to->count += s->count;
	to->located += s->located;
	to->planned += s->planned;
	to->contracted += s->contracted;
	to->paid += s->paid;
	to->missing_planned += s->missing_planned;
	to->missing_contracted += s->missing_contracted;
	to->missing_paid += s->missing_paid;
	to->overdue += s->overdue;
	to->overdue_planned += s->overdue_planned;
	to->paid_of_planned += s->paid_of_planned;
	to->planned_with_paid += s->planned_with_paid;
}

static struct tile tile_of_row(const struct world *w, uint32_t row, int z)
{
	struct tile t = { .z = z };

	hilbert_to_tile(snapshot_key(w->snapshot, row), z, &t.x, &t.y);
	return t;
}

static void check_mark(
    const struct world *w, const struct cluster *c, const struct tile *t)
{
	uint64_t by_status = 0;

	assert_true(c->sums.count > 0);
	assert_int_equal(c->sums.located, c->sums.count);
	for (int i = 0; i < CLUSTER_STATUSES; i++)
		by_status += c->by_status[i];
	assert_int_equal(by_status, c->sums.count);
	assert_true(bbox_has_point(&c->box, c->at.lon, c->at.lat));
	if (c->sums.count == 1) {
		struct position p = snapshot_anchor(w->snapshot, c->row);

		assert_memory_equal(&p, &c->at, sizeof(p));
		return;
	}
	assert_true(c->anchored);
	assert_true(c->expansion_zoom > t->z);
	assert_true(c->expansion_zoom <= TILE_MAX_ZOOM + 1);
	if (c->box.west == c->box.east && c->box.south == c->box.north)
		assert_int_equal(c->expansion_zoom, TILE_MAX_ZOOM + 1);
}

static void get_tile(struct cluster_tile *out, struct world *w,
    const struct query *q, const struct search_rows *text, const struct tile *t)
{
	assert_true(
	    cluster_tile(out, w->snapshot, q, text, t, &w->scratch, NULL));
	for (size_t i = 0; i < out->n; i++) {
		check_mark(w, &out->marks[i], t);
		assert_true(
		    i == 0 || out->marks[i].row > out->marks[i - 1].row);
	}
}

/* All tiles of a zoom that hold an anchor. */
static void check_zoom(struct world *w, const struct query *q,
    const struct search_rows *text, int z)
{
	struct search_sums total, sums = { 0 };
	struct query located = *q;
	uint32_t n = snapshot_located(w->snapshot);
	struct tile last = { .z = -1 };

	for (uint32_t row = 0; row < n; row++) {
		struct tile t = tile_of_row(w, row, z);
		struct cluster_tile ct;

		if (t.z == last.z && t.x == last.x && t.y == last.y)
			continue;
		get_tile(&ct, w, q, text, &t);
		assert_true(ct.clustered || z > CLUSTER_ZOOM_MAX);
		for (size_t i = 0; i < ct.n; i++)
			if (ct.marks[i].anchored)
				add_sums(&sums, &ct.marks[i].sums);
		last = t;
	}
	located.place = PLACE_LOCATED;
	if (q->place == PLACE_NONE)
		assert_int_equal(sums.count, 0);
	assert_true(search_sum(&total, NULL, GROUP_NONE, w->snapshot,
	    q->place == PLACE_NONE ? q : &located, text, &w->scratch, NULL));
	if (q->place != PLACE_NONE)
		assert_memory_equal(&sums, &total, sizeof(sums));
	arena_reset(&w->scratch);
}

/* Clusters and what has no place are the whole; groups are too. */
static void check_whole(struct world *w, const struct query *q)
{
	size_t n = search_group_count(w->snapshot, GROUP_DISTRICT);
	struct search_sums *groups =
	    arena_array(&w->scratch, n, sizeof(*groups));
	struct search_sums whole, parts = { 0 }, places = { 0 };
	struct query one = *q;

	assert_true(search_sum(&whole, groups, GROUP_DISTRICT, w->snapshot, q,
	    NULL, &w->scratch, NULL));
	for (size_t i = 0; i < n; i++)
		add_sums(&parts, &groups[i]);
	assert_memory_equal(&whole, &parts, sizeof(whole));
	if (q->place != PLACE_ANY)
		return;
	for (int place = PLACE_LOCATED; place <= PLACE_NONE; place++) {
		one.place = (enum query_place)place;
		assert_true(search_sum(&parts, NULL, GROUP_NONE, w->snapshot,
		    &one, NULL, &w->scratch, NULL));
		add_sums(&places, &parts);
	}
	assert_memory_equal(&whole, &places, sizeof(whole));
}

static void check_sums(enum dataset_kind kind, uint64_t seed, int queries)
{
	struct world *w = world_make(kind, seed, PROJECTS);

	for (int i = 0; i < queries; i++) {
		struct query q;

		dataset_query(&q, kind, &seed);
		q.has_bbox = false;
		if (i == 0)
			query_init(&q);
		check_whole(w, &q);
		for (int z = 0; z <= TILE_MAX_ZOOM; z++)
			check_zoom(w, &q, NULL, z);
	}
	world_free(w);
}

static void test_sums_in_the_oblast(void **state)
{
	(void)state;
	check_sums(DATASET_OBLAST, 31, 8);
}

static void test_sums_in_the_world(void **state)
{
	(void)state;
	check_sums(DATASET_WORLD, 32, 8);
}

static void test_text_filters_tiles(void **state)
{
	struct world *w = world_make(DATASET_OBLAST, 33, 300);
	int64_t ids[100];
	struct search_rows rows;
	struct arena a;
	struct query q;

	(void)state;
	arena_init(&a, ARENA_SIZE);
	query_init(&q);
	for (uint32_t i = 0; i < 100; i++)
		ids[i] = snapshot_id(w->snapshot, i * 2);
	assert_true(
	    search_rows_from_ids(&rows, w->snapshot, ids, 100, &a, NULL));
	for (int z = 0; z <= TILE_MAX_ZOOM; z += 3)
		check_zoom(w, &q, &rows, z);
	arena_free(&a);
	world_free(w);
}

/* What a cell must hold, added up project by project. */
struct cell {
	uint32_t count, first;
	struct bbox box;
	double lon, lat;
	uint32_t by_status[CLUSTER_STATUSES];
};

static struct cell gather_cell(
    const struct world *w, const struct query *q, int64_t first, int64_t last)
{
	struct cell c = { .box = bbox_empty };

	for (uint32_t i = 0; i < w->dataset.n; i++) {
		const struct project *p = &w->projects[i];

		if (p->key < first || p->key > last ||
		    !query_matches(q, &p->facts))
			continue;
		if (c.count++ == 0)
			c.first = i;
		bbox_add_point(&c.box, p->anchor.lon, p->anchor.lat);
		c.lon += p->anchor.lon;
		c.lat += p->anchor.lat;
		c.by_status[p->facts.status]++;
	}
	return c;
}

static void check_cells(
    struct world *w, const struct query *q, const struct tile *t)
{
	struct cluster_tile ct;
	int64_t first, last, step;
	size_t n = 0;

	hilbert_of_tile(t->z, t->x, t->y, &first, &last);
	step = (last - first + 1) / 16;
	get_tile(&ct, w, q, NULL, t);
	for (int i = 0; i < 16; i++, first += step) {
		struct cell c = gather_cell(w, q, first, first + step - 1);
		const struct cluster *m = &ct.marks[n];

		if (c.count == 0)
			continue;
		assert_true(n++ < ct.n);
		assert_int_equal(m->sums.count, c.count);
		assert_int_equal(m->row, c.first);
		assert_memory_equal(&m->box, &c.box, sizeof(c.box));
		assert_memory_equal(
		    m->by_status, c.by_status, sizeof(c.by_status));
		assert_true(fabs(m->at.lon - c.lon / c.count) < 1e-7);
		assert_true(fabs(m->at.lat - c.lat / c.count) < 1e-7);
	}
	assert_int_equal(n, ct.n);
}

static void test_cells_hold_what_they_say(void **state)
{
	uint64_t seed = 36;

	(void)state;
	for (int kind = DATASET_OBLAST; kind <= DATASET_WORLD; kind++) {
		struct world *w =
		    world_make((enum dataset_kind)kind, seed, PROJECTS);
		uint32_t n = snapshot_located(w->snapshot);

		for (int i = 0; i < 200; i++) {
			struct tile t = tile_of_row(w, random_below(&seed, n),
			    i % (CLUSTER_ZOOM_MAX + 1));
			struct query q;

			query_init(&q);
			if (i % 2)
				q.category = 0x7;
			check_cells(w, &q, &t);
			arena_reset(&w->scratch);
		}
		world_free(w);
	}
}

/* Any run of rows, so that every level of the boxes has ragged ends. */
static void test_boxes_of_runs(void **state)
{
	struct dataset d;
	struct snapshot *s;
	uint64_t seed = 37;

	(void)state;
	dataset_init(&d, DATASET_WORLD, 37, 10000);
	s = dataset_build(&d, NULL, NULL, NULL);
	for (int i = 0; i < 400; i++) {
		uint32_t first = random_below(&seed, snapshot_located(s));
		uint32_t count =
		    1 + random_below(&seed, snapshot_located(s) - first);
		struct bbox box = bbox_empty;
		struct mark m;

		for (uint32_t row = first; row < first + count; row++) {
			struct position p = snapshot_anchor(s, row);

			bbox_add_point(&box, p.lon, p.lat);
		}
		mark_init(&m, s);
		mark_add_run(&m, first, count);
		assert_memory_equal(&m.box, &box, sizeof(box));
		assert_int_equal(m.tally.sums.count, count);
	}
	snapshot_unref(s);
	dataset_free(&d);
}

/* Deep tiles: exactly the projects that are anchored here, and lines and
 * polygons that reach in; a point on the edge is in one tile only. */
static void check_features(
    struct world *w, const struct query *q, const struct tile *t)
{
	struct bbox bounds = tile_bounds(t);
	struct cluster_tile ct;
	uint64_t expected = 0, found = 0;
	int64_t first, last;

	hilbert_of_tile(t->z, t->x, t->y, &first, &last);
	for (uint32_t i = 0; i < w->dataset.n; i++) {
		const struct project *p = &w->projects[i];

		if (!p->feature.geom || !query_matches(q, &p->facts))
			continue;
		if ((p->key >= first && p->key <= last) ||
		    (p->feature.geom->type != GEOM_POINT &&
			geom_intersects_bbox(p->feature.geom, &bounds)))
			expected++;
	}
	get_tile(&ct, w, q, NULL, t);
	assert_false(ct.clustered);
	for (size_t i = 0; i < ct.n; i++) {
		const struct cluster *c = &ct.marks[i];
		int64_t key = snapshot_key(w->snapshot, c->row);

		found += c->sums.count;
		assert_int_equal(c->anchored, key >= first && key <= last);
		/* Only one place is joined, and a place only once. */
		assert_true(c->box.west == c->box.east);
		assert_true(c->box.south == c->box.north);
		for (size_t j = 0; j < i && c->anchored; j++)
			assert_true(!ct.marks[j].anchored ||
				    memcmp(&ct.marks[j].box, &c->box,
					sizeof(c->box)) != 0);
	}
	assert_int_equal(found, expected);
}

static void test_deep_tiles_hold_features(void **state)
{
	uint64_t seed = 34;

	(void)state;
	for (int kind = DATASET_OBLAST; kind <= DATASET_WORLD; kind++) {
		struct world *w =
		    world_make((enum dataset_kind)kind, seed, 700);
		uint32_t n = snapshot_located(w->snapshot);

		for (int i = 0; i < 300; i++) {
			int z = 12 + (int)random_below(&seed, 11);
			uint32_t row = random_below(&seed, n);
			struct tile t = tile_of_row(w, row, z);
			struct query q;

			query_init(&q);
			if (i % 3 == 0)
				q.status = 0x15;
			if (i % 2 && t.x + 1 < (uint32_t)1 << z)
				t.x++;
			check_features(w, &q, &t);
			arena_reset(&w->scratch);
		}
		world_free(w);
	}
}

/* A town with more projects in one tile than are shown one by one. */
static struct snapshot *build_crowd(uint32_t n, double step)
{
	struct snapshot_info info = { .schema = &project_schema, .version = 1 };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, NULL);
	struct value values[PROJECT_FIELDS];
	struct arena a;

	memset(values, 0, sizeof(values));
	arena_init(&a, 1 << 20);
	for (uint32_t i = 0; i < n; i++) {
		struct project p = { .facts.home = DISTRICT_NONE };
		/* In this corner of the curve codes rise with longitude. */
		double lon = 68.25 + i * step;

		p.feature.id = i + 1;
		p.feature.schema = &project_schema;
		p.feature.values = values;
		p.feature.geom = geom_point(&a, lon, 43.3, NULL);
		p.anchor = (struct position){ lon, 43.3 };
		p.key = hilbert_of(68.25, 43.3) + (step > 0 ? i : 0);
		assert_true(snapshot_build_add(b, &p, NULL));
		arena_reset(&a);
	}
	arena_free(&a);
	return snapshot_build_finish(b, NULL);
}

static void test_crowded_tile(void **state)
{
	static const struct {
		uint32_t n;
		double step;
		bool clustered;
		size_t marks;
		int expansion; /* of the first */
	} cases[] = {
		{ CLUSTER_TILE_FEATURES, 0, false, 1, TILE_MAX_ZOOM + 1 },
		{ CLUSTER_TILE_FEATURES + 1, 0, true, 1, TILE_MAX_ZOOM + 1 },
		{ CLUSTER_TILE_FEATURES, 1e-9, false, CLUSTER_TILE_FEATURES,
		    TILE_MAX_ZOOM + 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct snapshot *s = build_crowd(cases[i].n, cases[i].step);
		struct tile t = tile_of(68.25, 43.3, 13);
		struct cluster_tile ct;
		struct query q;
		struct arena a;

		arena_init(&a, ARENA_SIZE);
		query_init(&q);
		assert_true(cluster_tile(&ct, s, &q, NULL, &t, &a, NULL));
		assert_int_equal(ct.clustered, cases[i].clustered);
		assert_int_equal(ct.n, cases[i].marks);
		assert_int_equal(
		    ct.marks[0].expansion_zoom, cases[i].expansion);
		arena_free(&a);
		snapshot_unref(s);
	}
}

/* Where expansion_zoom says so, the cluster has parted. */
static void check_parting(
    struct world *w, const struct cluster *c, const struct query *q)
{
	struct tile t;
	struct cluster_tile ct;

	if (c->sums.count < 2 || c->expansion_zoom > TILE_MAX_ZOOM)
		return;
	t = tile_of_row(w, c->row, c->expansion_zoom);
	get_tile(&ct, w, q, NULL, &t);
	for (size_t i = 0; i < ct.n; i++)
		assert_true(ct.marks[i].row != c->row ||
			    ct.marks[i].sums.count < c->sums.count);
	t = tile_of_row(w, c->row, c->expansion_zoom - 1);
	get_tile(&ct, w, q, NULL, &t);
	for (size_t i = 0; i < ct.n; i++)
		if (ct.marks[i].row == c->row)
			assert_true(ct.marks[i].sums.count >= c->sums.count);
}

static void test_expansion_zoom(void **state)
{
	struct world *w = world_make(DATASET_OBLAST, 35, PROJECTS);
	uint32_t n = snapshot_located(w->snapshot);
	struct query q;

	(void)state;
	query_init(&q);
	for (int z = 0; z <= CLUSTER_ZOOM_MAX; z++) {
		for (uint32_t row = 0; row < n; row += 37) {
			struct tile t = tile_of_row(w, row, z);
			struct cluster_tile ct;

			get_tile(&ct, w, &q, NULL, &t);
			for (size_t i = 0; i < ct.n; i++)
				check_parting(w, &ct.marks[i], &q);
			arena_reset(&w->scratch);
		}
	}
	world_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums_in_the_oblast),
		cmocka_unit_test(test_sums_in_the_world),
		cmocka_unit_test(test_text_filters_tiles),
		cmocka_unit_test(test_cells_hold_what_they_say),
		cmocka_unit_test(test_boxes_of_runs),
		cmocka_unit_test(test_deep_tiles_hold_features),
		cmocka_unit_test(test_crowded_tile),
		cmocka_unit_test(test_expansion_zoom),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
