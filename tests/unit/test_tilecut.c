/* What a vector tile shows: everything once, nothing that is not near. */
#include "index/tilecut.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/hilbert.h"
#include "tools/dataset.h"
#include "tools/random.h"
#include "tools/shapes.h"

enum { PROJECTS = 1500, ARENA_SIZE = 512 << 20 };

struct world {
	struct dataset dataset;
	struct snapshot *snapshot;
	struct arena arena;
	struct geos *geos;
};

static void world_open(
    struct world *w, enum dataset_kind kind, uint64_t seed, uint32_t n)
{
	dataset_init(&w->dataset, kind, seed, n);
	w->snapshot = dataset_build(&w->dataset, NULL, NULL, NULL);
	assert_non_null(w->snapshot);
	arena_init(&w->arena, ARENA_SIZE);
	w->geos = geos_open();
	assert_non_null(w->geos);
}

static void world_close(struct world *w)
{
	geos_close(w->geos);
	snapshot_unref(w->snapshot);
	arena_free(&w->arena);
	dataset_free(&w->dataset);
}

static struct tile tile_of_row(const struct world *w, uint32_t row, int z)
{
	struct tile t = { .z = z };

	hilbert_to_tile(snapshot_key(w->snapshot, row), z, &t.x, &t.y);
	return t;
}

static bool is_own(const struct tilecut *c, uint32_t row)
{
	return row >= c->first && row < c->end;
}

static bool in_tile(struct grid_point p, int buffer)
{
	return p.x >= -buffer && p.y >= -buffer && p.x < GRID_EXTENT + buffer &&
	       p.y < GRID_EXTENT + buffer;
}

/* --- projects ------------------------------------------------------------- */

static void check_row(struct world *w, const struct tilecut *c,
    const struct tile *t, uint32_t row)
{
	const struct snapshot *s = w->snapshot;
	struct grid_point at = tilecut_anchor(s, row, t);
	struct grid_geom g;
	const char *wrong;

	assert_int_equal(in_tile(at, 0), is_own(c, row));
	if (c->clustered)
		assert_true(is_own(c, row));
	if (c->clustered || !tilecut_is_shape(s, row)) {
		assert_true(in_tile(at, TILECUT_BUFFER));
		return;
	}
	assert_true(
	    tilecut_shape(&g, s, row, t, false, &w->geos, &w->arena, NULL));
	wrong = shape_wrong(&g, TILECUT_BUFFER, w->geos, &w->arena);
	if (wrong)
		fail_msg("row %u: %s", row, wrong);
}

static void add_row(
    struct search_sums *sums, const struct snapshot *s, uint32_t row)
{
	struct facts f;

	snapshot_facts(s, row, &f);
	sums->count++;
	sums->planned += f.planned == MONEY_UNKNOWN ? 0 : f.planned;
	sums->contracted += f.contracted == MONEY_UNKNOWN ? 0 : f.contracted;
	sums->paid += f.paid == MONEY_UNKNOWN ? 0 : f.paid;
	sums->overdue += f.overdue;
}

static void add_cluster(struct search_sums *sums, const struct search_sums *c)
{
	sums->count += c->count;
	sums->planned += c->planned;
	sums->contracted += c->contracted;
	sums->paid += c->paid;
	sums->overdue += c->overdue;
}

static void add_tile(struct world *w, const struct query *q,
    const struct tile *t, struct search_sums *sums, uint8_t *seen)
{
	struct tilecut c;

	assert_true(
	    tilecut_projects(&c, w->snapshot, q, NULL, t, &w->arena, NULL));
	for (size_t i = 0; i < c.n_rows; i++) {
		check_row(w, &c, t, c.rows[i]);
		if (!is_own(&c, c.rows[i]))
			continue;
		assert_int_equal(seen[c.rows[i]]++, 0);
		add_row(sums, w->snapshot, c.rows[i]);
	}
	for (size_t i = 0; i < c.n_clusters; i++) {
		assert_true(c.clusters[i].sums.count > 1);
		add_cluster(sums, &c.clusters[i].sums);
	}
}

static void check_zoom(struct world *w, const struct query *q, int z)
{
	uint32_t n = snapshot_located(w->snapshot);
	uint8_t *seen = calloc(n + 1, 1);
	struct search_sums sums = { 0 }, total;
	struct query located = *q;
	struct tile last = { .z = -1 };

	assert_non_null(seen);
	for (uint32_t row = 0; row < n; row++) {
		struct tile t = tile_of_row(w, row, z);

		if (t.z == last.z && t.x == last.x && t.y == last.y)
			continue;
		add_tile(w, q, &t, &sums, seen);
		arena_reset(&w->arena);
		last = t;
	}
	located.place = PLACE_LOCATED;
	assert_true(search_sum(&total, NULL, GROUP_NONE, w->snapshot, &located,
	    NULL, &w->arena, NULL));
	if (q->place == PLACE_NONE)
		memset(&total, 0, sizeof(total));
	assert_int_equal(sums.count, total.count);
	assert_int_equal(sums.planned, total.planned);
	assert_int_equal(sums.contracted, total.contracted);
	assert_int_equal(sums.paid, total.paid);
	assert_int_equal(sums.overdue, total.overdue);
	free(seen);
}

static void check_sums(enum dataset_kind kind, uint64_t seed)
{
	struct world w;

	world_open(&w, kind, seed, PROJECTS);
	for (int i = 0; i < 4; i++) {
		struct query q;

		dataset_query(&q, kind, &seed);
		q.has_bbox = false;
		if (i == 0)
			query_init(&q);
		for (int z = 0; z <= TILE_MAX_ZOOM; z++)
			check_zoom(&w, &q, z);
	}
	world_close(&w);
}

static void test_sums_in_the_oblast(void **state)
{
	(void)state;
	check_sums(DATASET_OBLAST, 41);
}

static void test_sums_in_the_world(void **state)
{
	(void)state;
	check_sums(DATASET_WORLD, 42);
}

/* Whatever lies near a tile is there: found by looking at every row. */
static void check_guests(struct world *w, const struct tile *t)
{
	const struct snapshot *s = w->snapshot;
	uint32_t n = snapshot_located(s);
	uint8_t *seen = calloc(n + 1, 1);
	struct tilecut c;
	struct query q;

	query_init(&q);
	assert_non_null(seen);
	assert_true(tilecut_projects(&c, s, &q, NULL, t, &w->arena, NULL));
	for (size_t i = 0; i < c.n_rows; i++)
		seen[c.rows[i]] = 1;
	for (uint32_t row = 0; row < n && !c.clustered; row++) {
		struct grid_geom g;

		if (is_own(&c, row))
			continue;
		if (!tilecut_is_shape(s, row)) {
			bool near =
			    in_tile(tilecut_anchor(s, row, t), TILECUT_BUFFER);

			assert_int_equal(seen[row], near);
			continue;
		}
		assert_true(tilecut_shape(
		    &g, s, row, t, false, &w->geos, &w->arena, NULL));
		if (g.n_points > 0)
			assert_int_equal(seen[row], 1);
	}
	free(seen);
	arena_reset(&w->arena);
}

static void test_guests(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, DATASET_OBLAST, 43, PROJECTS);
	for (int z = CLUSTER_ZOOM_MAX + 1; z <= 17; z++)
		for (uint32_t row = 0; row < PROJECTS / 2; row += 67) {
			struct tile t = tile_of_row(&w, row, z);

			check_guests(&w, &t);
		}
	world_close(&w);
}

/* The same places are joined as in the tiles of clusters. */
static void test_same_clusters(void **state)
{
	struct world w;
	struct query q;
	size_t joined = 0;

	(void)state;
	query_init(&q);
	world_open(&w, DATASET_OBLAST, 44, PROJECTS);
	for (uint32_t row = 0; row < snapshot_located(w.snapshot); row += 5) {
		struct tile t = tile_of_row(&w, row, 13);
		struct cluster_tile marks;
		struct tilecut c;
		size_t at = 0;

		assert_true(tilecut_projects(
		    &c, w.snapshot, &q, NULL, &t, &w.arena, NULL));
		assert_true(cluster_tile(
		    &marks, w.snapshot, &q, NULL, &t, &w.arena, NULL));
		assert_int_equal(c.clustered, marks.clustered);
		for (size_t i = 0; i < marks.n; i++) {
			if (marks.marks[i].sums.count < 2)
				continue;
			assert_true(at < c.n_clusters);
			assert_memory_equal(&c.clusters[at].sums,
			    &marks.marks[i].sums, sizeof(c.clusters->sums));
			at++;
		}
		assert_int_equal(at, c.n_clusters);
		joined += at;
		arena_reset(&w.arena);
	}
	assert_true(joined > 0);
	world_close(&w);
}

/* --- any collection ------------------------------------------------------- */

static double size_of(const struct world *w, uint32_t row)
{
	struct bbox b = snapshot_box(w->snapshot, row);
	double width = b.east - b.west, height = b.north - b.south;

	return width > height ? width : height;
}

static void check_features(struct world *w, const struct tile *t, int detail)
{
	const struct snapshot *s = w->snapshot;
	struct tilecut all, c;
	struct query q;
	size_t shapes = 0;

	query_init(&q);
	assert_true(tilecut_features(
	    &all, s, &q, NULL, t, TILECUT_DETAIL_MAX, &w->arena, NULL));
	assert_true(
	    tilecut_features(&c, s, &q, NULL, t, detail, &w->arena, NULL));
	assert_int_equal(c.found, all.found);
	assert_int_equal(c.n_clusters, 0);
	assert_true(c.n_rows <= all.n_rows);
	while (shapes < c.n_rows && tilecut_is_shape(s, c.rows[shapes]))
		shapes++;
	for (size_t i = 1; i < shapes; i++)
		assert_true(size_of(w, c.rows[i]) <= size_of(w, c.rows[i - 1]));
	for (size_t i = shapes; i < c.n_rows; i++)
		assert_false(tilecut_is_shape(s, c.rows[i]));
	if (detail < TILECUT_DETAIL_MAX)
		assert_true(c.n_rows <= (size_t)2 << 2 * detail);
	assert_true(c.found == 0 || c.n_rows > 0);
	arena_reset(&w->arena);
}

static void test_features(void **state)
{
	struct world w;
	const struct tile whole = { 0, 0, 0 };
	struct tilecut c;
	struct query q;

	(void)state;
	query_init(&q);
	world_open(&w, DATASET_OBLAST, 45, 9000);
	for (int detail = 0; detail <= TILECUT_DETAIL_MAX; detail++)
		for (int z = 0; z < 15; z++) {
			struct tile t = tile_of_row(&w, 3000, z);

			check_features(&w, &t, detail);
		}
	assert_true(tilecut_features(&c, w.snapshot, &q, NULL, &whole,
	    TILECUT_DETAIL_MAX, &w.arena, NULL));
	assert_int_equal(c.found, snapshot_located(w.snapshot));
	assert_true(c.n_rows < c.found);
	world_close(&w);
}

/* A few features are all there, wherever they are. */
static void test_few_features(void **state)
{
	struct world w;
	struct tilecut c;
	struct query q;

	(void)state;
	query_init(&q);
	world_open(&w, DATASET_WORLD, 46, 300);
	for (int z = 0; z < 8; z++) {
		uint32_t n = snapshot_located(w.snapshot);
		uint8_t *seen = calloc(n + 1, 1);

		assert_non_null(seen);
		for (uint32_t row = 0; row < n; row++) {
			struct tile t = tile_of_row(&w, row, z);

			assert_true(tilecut_features(&c, w.snapshot, &q, NULL,
			    &t, TILECUT_DETAIL_MAX, &w.arena, NULL));
			for (size_t i = 0; i < c.n_rows; i++)
				seen[c.rows[i]] = 1;
			arena_reset(&w.arena);
		}
		for (uint32_t row = 0; row < n; row++)
			assert_int_equal(seen[row], 1);
		free(seen);
	}
	world_close(&w);
}

static void test_out_of_memory(void **state)
{
	struct world w;
	struct query q;
	struct tile t;
	bool done = false;

	(void)state;
	query_init(&q);
	world_open(&w, DATASET_OBLAST, 47, 3000);
	t = tile_of_row(&w, 100, 12);
	for (size_t limit = 0; !done; limit += 256) {
		struct tilecut a, b;
		struct arena arena;
		struct err e = { 0 };

		arena_init(&arena, limit);
		done = tilecut_projects(
			   &a, w.snapshot, &q, NULL, &t, &arena, &e) &&
		       tilecut_features(&b, w.snapshot, &q, NULL, &t,
			   TILECUT_DETAIL_MAX, &arena, &e);
		if (!done)
			assert_int_equal(e.code, ERR_MEMORY);
		arena_free(&arena);
	}
	world_close(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums_in_the_oblast),
		cmocka_unit_test(test_sums_in_the_world),
		cmocka_unit_test(test_guests),
		cmocka_unit_test(test_same_clusters),
		cmocka_unit_test(test_features),
		cmocka_unit_test(test_few_features),
		cmocka_unit_test(test_out_of_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
