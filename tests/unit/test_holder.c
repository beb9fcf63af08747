#include "app/holder.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>

#include <cmocka.h>

#include "index/snapshot.h"

static struct snapshot *make(const struct schema *schema, int64_t version)
{
	const struct snapshot_info info = {
		.schema = schema, .version = version, .day = 20260131
	};
	struct err e = { 0 };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, &e);
	struct snapshot *s;

	assert_non_null(b);
	s = snapshot_build_finish(b, &e);
	assert_non_null(s);
	return s;
}

static struct snapshot_pair make_pair(int64_t version)
{
	return (struct snapshot_pair){ make(&project_schema, version),
		make(&district_schema, version) };
}

static int64_t version_of(const struct snapshot *s)
{
	return s == NULL ? 0 : snapshot_info_of(s)->version;
}

/* What a request gets: versions of now and before, 0 for none. */
static void expect(struct holder *h, int64_t now, int64_t before)
{
	struct holding got;

	holder_take(h, &got);
	assert_int_equal(version_of(got.now.projects), now);
	assert_int_equal(version_of(got.now.districts), now);
	assert_int_equal(version_of(got.before.projects), before);
	assert_int_equal(version_of(got.before.districts), before);
	holding_release(&got);
	assert_null(got.now.projects);
}

static void test_life(void **state)
{
	static const int64_t keep = HOLDER_KEEP_SECONDS * 1000000000LL;
	struct holder h;

	(void)state;
	holder_init(&h);
	expect(&h, 0, 0);
	holder_put(&h, make_pair(1), 100);
	expect(&h, 1, 0);
	holder_put(&h, make_pair(2), 200);
	expect(&h, 2, 1);
	holder_put(&h, make_pair(3), 300);
	expect(&h, 3, 2);
	holder_expire(&h, 300 + keep - 1);
	expect(&h, 3, 2);
	holder_expire(&h, 300 + keep);
	expect(&h, 3, 0);
	holder_free(&h);
}

/* A request keeps what it took although newer ones come. */
static void test_outlives(void **state)
{
	struct holder h;
	struct holding got;

	(void)state;
	holder_init(&h);
	holder_put(&h, make_pair(1), 0);
	holder_take(&h, &got);
	holder_put(&h, make_pair(2), 0);
	holder_put(&h, make_pair(3), 0);
	holder_free(&h);
	assert_int_equal(version_of(got.now.projects), 1);
	assert_int_equal(snapshot_count(got.now.districts), 0);
	holding_release(&got);
}

struct readers {
	struct holder holder;
	atomic_bool done;
	atomic_int torn;
};

static void *read_pairs(void *context)
{
	struct readers *r = context;
	int64_t last = 0;

	while (!r->done) {
		struct holding got;
		int64_t version;

		holder_take(&r->holder, &got);
		version = version_of(got.now.projects);
		if (version != version_of(got.now.districts) ||
		    version < last ||
		    version_of(got.before.projects) >= version)
			atomic_fetch_add(&r->torn, 1);
		last = version;
		holding_release(&got);
	}
	return NULL;
}

/* Swaps under readers: pairs never mix (the thread sanitizer watches). */
static void test_threads(void **state)
{
	enum { READERS = 3, SWAPS = 200 };
	struct readers r = { 0 };
	pthread_t threads[READERS];

	(void)state;
	holder_init(&r.holder);
	holder_put(&r.holder, make_pair(1), 0);
	for (int i = 0; i < READERS; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, read_pairs, &r), 0);
	for (int64_t v = 2; v < SWAPS; v++)
		holder_put(&r.holder, make_pair(v), 0);
	r.done = true;
	for (int i = 0; i < READERS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	assert_int_equal(r.torn, 0);
	holder_free(&r.holder);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_life),
		cmocka_unit_test(test_outlives),
		cmocka_unit_test(test_threads),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
