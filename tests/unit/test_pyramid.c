/* The pyramid loses nothing and shows nothing twice, whatever is filtered. */
#include "index/pyramid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/hilbert.h"
#include "tools/dataset.h"
#include "tools/random.h"

enum { PROJECTS = 9000, QUERIES = 40, ARENA_SIZE = 256 << 20 };

static const struct tile world_tile = { 0, 0, 0 };

/* A walk down the whole tree. */
struct walk {
	const struct snapshot *snapshot;
	const struct query *query;
	const struct search_rows *text;
	unsigned char *seen; /* by row */
	uint64_t shown, tiles, crowded;
};

static void check_sums(const struct search_sums *a, const struct search_sums *b)
{
	assert_memory_equal(a, b, sizeof(*a));
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

static bool holds(const struct bbox *outer, const struct bbox *inner)
{
	return outer->west <= inner->west && outer->east >= inner->east &&
	       outer->south <= inner->south && outer->north >= inner->north;
}

/* Pages of a tile that is not parted: each of its rows once. */
static void read_rows(struct walk *w, const struct pyramid_tile *p)
{
	uint64_t n = p->whole.all.sums.count;
	uint32_t rows[PYRAMID_ROWS];

	for (uint64_t from = 0; from < n; from += PYRAMID_ROWS) {
		uint64_t left = n - from;
		size_t got = pyramid_rows(rows, PYRAMID_ROWS, from, w->snapshot,
		    w->query, w->text, &p->whole.tile);

		assert_int_equal(
		    got, left < PYRAMID_ROWS ? left : PYRAMID_ROWS);
		for (size_t i = 0; i < got; i++) {
			struct bbox box = snapshot_box(w->snapshot, rows[i]);

			assert_true(rows[i] < snapshot_located(w->snapshot));
			assert_int_equal(w->seen[rows[i]]++, 0);
			assert_true(holds(&p->whole.reach, &box));
		}
		w->shown += got;
	}
	assert_int_equal(pyramid_rows(rows, 1, n, w->snapshot, w->query,
			     w->text, &p->whole.tile),
	    0);
}

static void visit(
    struct walk *w, const struct tile *t, const struct search_sums *wanted);

static void visit_quarter(
    struct walk *w, const struct pyramid_part *p, const struct tile *parent)
{
	struct search_sums sums = { 0 };

	assert_true(p->tile.z > parent->z);
	assert_true(p->n_marks > 0);
	for (size_t i = 0; i < p->n_marks; i++)
		add_sums(&sums, &p->marks[i].sums);
	check_sums(&sums, &p->all.sums);
	visit(w, &p->tile, &p->all.sums);
}

static void visit(
    struct walk *w, const struct tile *t, const struct search_sums *wanted)
{
	struct search_sums sums = { 0 };
	struct pyramid_tile p;

	pyramid_tile(&p, w->snapshot, w->query, w->text, t);
	w->tiles++;
	check_sums(&p.whole.all.sums, wanted);
	/* It was named as the smallest. */
	assert_memory_equal(&p.whole.tile, t, sizeof(*t));
	if (!p.whole.parted) {
		w->crowded += p.whole.all.sums.count > PYRAMID_ROWS;
		read_rows(w, &p);
		return;
	}
	assert_true(p.n_quarters > 1);
	for (size_t i = 0; i < p.n_quarters; i++) {
		add_sums(&sums, &p.quarters[i].all.sums);
		assert_true(holds(&p.whole.reach, &p.quarters[i].reach));
		visit_quarter(w, &p.quarters[i], t);
	}
	check_sums(&sums, wanted);
}

static struct walk walk_all(const struct snapshot *s, const struct query *q,
    const struct search_rows *text)
{
	struct walk w = { .snapshot = s, .query = q, .text = text };
	struct pyramid_tile p;

	w.seen = calloc(snapshot_count(s) + 1, 1);
	pyramid_tile(&p, s, q, text, &world_tile);
	if (p.whole.all.sums.count > 0)
		visit(&w, &p.whole.tile, &p.whole.all.sums);
	assert_int_equal(w.shown, p.whole.all.sums.count);
	return w;
}

/* What search finds, located. */
static void compare(const struct walk *w, struct arena *a)
{
	struct query q = *w->query;
	struct search_page page;
	uint64_t n = 0;

	q.limit = 0;
	q.after.set = false;
	if (q.place == PLACE_NONE) {
		assert_int_equal(w->shown, 0);
		return;
	}
	q.place = PLACE_LOCATED;
	assert_true(search_page(&page, w->snapshot, &q, w->text, a, NULL));
	for (size_t i = 0; i < page.n_runs; i++)
		for (uint32_t k = 0; k < page.runs[i].count; k++, n++)
			assert_int_equal(w->seen[page.runs[i].first + k], 1);
	assert_int_equal(w->shown, n);
}

static void test_every_row_once(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int kind = DATASET_OBLAST; kind <= DATASET_WORLD; kind++) {
		struct dataset d;
		struct snapshot *s;
		struct arena a;
		uint64_t deepest = 0;

		arena_init(&a, ARENA_SIZE);
		dataset_init(&d, (enum dataset_kind)kind, 11, PROJECTS);
		s = dataset_build(&d, NULL, NULL, NULL);
		assert_non_null(s);
		for (int i = 0; i < QUERIES; i++) {
			struct query q;
			struct walk w;

			if (i == 0)
				query_init(&q);
			else
				dataset_query(
				    &q, (enum dataset_kind)kind, &seed);
			w = walk_all(s, &q, NULL);
			compare(&w, &a);
			if (w.tiles > deepest)
				deepest = w.tiles;
			free(w.seen);
			arena_reset(&a);
		}
		assert_true(deepest > PROJECTS / PYRAMID_ROWS);
		snapshot_unref(s);
		dataset_free(&d);
		arena_free(&a);
	}
}

static void test_text(void **state)
{
	struct search_rows text;
	struct query q;
	struct dataset d;
	struct snapshot *s;
	struct walk w;
	struct arena a;
	int64_t ids[3];

	(void)state;
	arena_init(&a, ARENA_SIZE);
	query_init(&q);
	dataset_init(&d, DATASET_OBLAST, 5, PROJECTS);
	s = dataset_build(&d, NULL, NULL, NULL);
	for (uint32_t i = 0; i < 3; i++)
		ids[i] = snapshot_id(s, i * 1000);
	assert_true(search_rows_from_ids(&text, s, ids, 3, &a, NULL));
	w = walk_all(s, &q, &text);
	assert_int_equal(w.shown, 3);
	assert_int_equal(w.tiles, 1);
	free(w.seen);
	snapshot_unref(s);
	dataset_free(&d);
	arena_free(&a);
}

/* Projects without an exact place stand in the middle of their district: more
 * in one place than fit a file. */
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
		double lon = 68.25 + i * step;

		p.feature.id = i + 1;
		p.feature.schema = &project_schema;
		p.feature.values = values;
		p.feature.geom = geom_point(&a, lon, 43.3, NULL);
		p.anchor = (struct position){ lon, 43.3 };
		p.key = hilbert_of(68.25, 43.3);
		assert_true(snapshot_build_add(b, &p, NULL));
		arena_reset(&a);
	}
	arena_free(&a);
	return snapshot_build_finish(b, NULL);
}

static void test_crowds(void **state)
{
	static const double steps[] = { 0, 1e-9 };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct snapshot *s =
		    build_crowd(PYRAMID_ROWS * 2 + 1, steps[i]);
		struct query q;
		struct walk w;

		assert_non_null(s);
		query_init(&q);
		w = walk_all(s, &q, NULL);
		assert_int_equal(w.crowded, 1);
		assert_int_equal(w.tiles, 1);
		free(w.seen);
		snapshot_unref(s);
	}
}

static void test_empty(void **state)
{
	struct pyramid_tile p;
	struct snapshot *s = build_crowd(0, 0);
	struct query q;

	(void)state;
	query_init(&q);
	pyramid_tile(&p, s, &q, NULL, &world_tile);
	assert_int_equal(p.whole.all.sums.count, 0);
	assert_int_equal(p.n_quarters, 0);
	assert_false(p.whole.parted);
	snapshot_unref(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_row_once),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_crowds),
		cmocka_unit_test(test_empty),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
