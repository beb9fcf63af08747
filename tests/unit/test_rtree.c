#include "geo/rtree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "tools/random.h"

enum { ITEMS_MAX = 5000 };

/* Boxes with their tree, and what a search found. */
struct forest {
	struct bbox exact[ITEMS_MAX];
	struct rtree_box items[ITEMS_MAX];
	struct rtree_box nodes[ITEMS_MAX];
	struct rtree tree;
	bool found[ITEMS_MAX], inside[ITEMS_MAX];
	uint32_t next; /* runs must begin here or later */
	bool last_inside; /* of the run that ended at next */
	uint32_t runs, stop_after;
};

static struct bbox random_box(uint64_t *seed, double size)
{
	double w = random_between(seed, -180, 180 - size);
	double s = random_between(seed, -90, 90 - size);

	return (struct bbox){ w, s, w + random_between(seed, 0, size),
		s + random_between(seed, 0, size) };
}

static void plant(struct forest *f, uint32_t n, uint64_t *seed)
{
	for (uint32_t i = 0; i < n; i++) {
		/* Some order, so that groups are not the whole world. */
		struct bbox b = random_box(seed, i % 7 ? 0.5 : 20);

		f->exact[i] = b;
		f->items[i] = rtree_box_of(&b);
	}
	memset(f->nodes, 0xFF, sizeof(f->nodes));
	assert_true(rtree_node_count(n) <= ITEMS_MAX);
	rtree_build(f->nodes, f->items, n);
	f->tree = (struct rtree){ f->items, f->nodes, n };
}

static bool note(void *context, uint32_t first, uint32_t count, bool inside)
{
	struct forest *f = context;

	assert_true(count > 0);
	assert_true(first >= f->next);
	assert_true(first + count <= f->tree.n_items);
	/* Neighbours of the same kind come as one run. */
	if (f->runs > 0 && first == f->next)
		assert_true(inside != f->last_inside);
	for (uint32_t i = first; i < first + count; i++) {
		f->found[i] = true;
		f->inside[i] = inside;
	}
	f->next = first + count;
	f->last_inside = inside;
	return ++f->runs != f->stop_after;
}

static void search(struct forest *f, const struct bbox *query)
{
	memset(f->found, 0, sizeof(f->found));
	f->next = 0;
	f->runs = 0;
	rtree_search(&f->tree, query, note, f);
}

static void check(const struct forest *f, const struct bbox *query)
{
	for (uint32_t i = 0; i < f->tree.n_items; i++) {
		const struct bbox *b = &f->exact[i];
		const struct rtree_box *r = &f->items[i];
		struct bbox wide = { (double)r->west, (double)r->south,
			(double)r->east, (double)r->north };

		/* Never loses a hit; finds only what its stored box meets. */
		if (bbox_intersects(query, b))
			assert_true(f->found[i]);
		assert_int_equal(f->found[i], bbox_intersects(query, &wide));
		if (f->found[i])
			assert_int_equal(
			    f->inside[i], bbox_contains(query, &wide));
	}
}

static const uint32_t counts[] = { 0, 1, 2, 15, 16, 17, 255, 256, 257, 4096,
	4097, ITEMS_MAX - 400 };

static void test_against_brute_force(void **state)
{
	struct forest *f = mem_alloc(sizeof(*f));
	uint64_t seed = 5;

	(void)state;
	f->stop_after = 0;
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		plant(f, counts[i], &seed);
		for (int j = 0; j < 50; j++) {
			struct bbox query = random_box(&seed, j % 2 ? 5 : 170);

			/* An item's own edge is where rounding shows. */
			if (j % 5 == 0 && counts[i] > 0)
				query =
				    f->exact[random_below(&seed, counts[i])];
			search(f, &query);
			check(f, &query);
		}
	}
	mem_free(f);
}

static void test_world_is_one_run(void **state)
{
	const struct bbox world = { -181, -91, 181, 91 };
	struct forest *f = mem_alloc(sizeof(*f));
	uint64_t seed = 6;

	(void)state;
	f->stop_after = 0;
	plant(f, 1000, &seed);
	search(f, &world);
	assert_int_equal(f->runs, 1);
	assert_int_equal(f->next, 1000);
	search(f, &bbox_empty);
	assert_int_equal(f->runs, 0);
	mem_free(f);
}

static void test_visitor_ends_the_search(void **state)
{
	const struct bbox half = { -180, -90, 0, 90 };
	struct forest *f = mem_alloc(sizeof(*f));
	uint64_t seed = 8;

	(void)state;
	f->stop_after = 3;
	plant(f, 1000, &seed);
	search(f, &half);
	assert_int_equal(f->runs, 3);
	mem_free(f);
}

static void test_stored_boxes_hold_the_exact_ones(void **state)
{
	uint64_t seed = 9;

	(void)state;
	for (int i = 0; i < 10000; i++) {
		struct bbox b = random_box(&seed, 1e-7);
		struct rtree_box r = rtree_box_of(&b);

		assert_true((double)r.west <= b.west);
		assert_true((double)r.south <= b.south);
		assert_true((double)r.east >= b.east);
		assert_true((double)r.north >= b.north);
		assert_true((double)r.east - b.east < 1e-4);
	}
}

static void test_node_counts(void **state)
{
	(void)state;
	assert_int_equal(rtree_node_count(0), 0);
	assert_int_equal(rtree_node_count(1), 1);
	assert_int_equal(rtree_node_count(16), 1);
	assert_int_equal(rtree_node_count(17), 2 + 1);
	assert_int_equal(rtree_node_count(256), 16 + 1);
	assert_int_equal(rtree_node_count(257), 17 + 2 + 1);
	assert_int_equal(rtree_node_count(UINT32_MAX),
	    268435456 + 16777216 + 1048576 + 65536 + 4096 + 256 + 16 + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_against_brute_force),
		cmocka_unit_test(test_world_is_one_run),
		cmocka_unit_test(test_visitor_ends_the_search),
		cmocka_unit_test(test_stored_boxes_hold_the_exact_ones),
		cmocka_unit_test(test_node_counts),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
