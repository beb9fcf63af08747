/* Many readers while snapshots come and go (for ThreadSanitizer above all). */
#include "index/cluster.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tools/dataset.h"
#include "tools/random.h"

enum { READERS = 4, VERSIONS = 6, PROJECTS = 400, ARENA_SIZE = 16 << 20 };

/* As a worker holds it: taking a reference and swapping exclude each other,
 * reading needs no lock. */
struct holder {
	pthread_mutex_t lock;
	struct snapshot *current;
	uint32_t counts[VERSIONS + 1]; /* by version */
	atomic_bool done;
	atomic_int answers, wrong;
	atomic_int readers; /* that have answered */
};

static struct snapshot *take(struct holder *h)
{
	struct snapshot *s;

	pthread_mutex_lock(&h->lock);
	s = snapshot_ref(h->current);
	pthread_mutex_unlock(&h->lock);
	return s;
}

static void swap(struct holder *h, struct snapshot *s)
{
	struct snapshot *old;

	pthread_mutex_lock(&h->lock);
	old = h->current;
	h->current = s;
	pthread_mutex_unlock(&h->lock);
	snapshot_unref(old);
}

/* Whether an answer fits the version it was taken from, and no other. */
static bool answer(struct holder *h, uint64_t *seed, struct arena *a)
{
	struct snapshot *s = take(h);
	struct search_page page;
	struct search_sums sums;
	struct cluster_tile ct;
	struct tile t = tile_of(68.25, 43.3, (int)random_below(seed, 20));
	struct query q;
	bool good;

	query_init(&q);
	good = search_page(&page, s, &q, NULL, a, NULL) &&
	       page.matched == h->counts[snapshot_info_of(s)->version];
	dataset_query(&q, DATASET_OBLAST, seed);
	good = good && search_page(&page, s, &q, NULL, a, NULL) &&
	       search_sum(&sums, NULL, GROUP_NONE, s, &q, NULL, a, NULL) &&
	       page.matched == sums.count &&
	       cluster_tile(&ct, s, &q, NULL, &t, a, NULL);
	arena_reset(a);
	snapshot_unref(s);
	return good;
}

static void *reader(void *context)
{
	struct holder *h = context;
	uint64_t seed = (uintptr_t)&seed;
	bool first = true;
	struct arena a;

	arena_init(&a, ARENA_SIZE);
	while (!atomic_load(&h->done)) {
		if (!answer(h, &seed, &a))
			atomic_fetch_add(&h->wrong, 1);
		atomic_fetch_add(&h->answers, 1);
		if (first)
			atomic_fetch_add(&h->readers, 1);
		first = false;
	}
	arena_free(&a);
	return NULL;
}

static void test_readers_and_swaps(void **state)
{
	struct holder h = { .lock = PTHREAD_MUTEX_INITIALIZER };
	pthread_t threads[READERS];
	struct dataset d;

	(void)state;
	dataset_init(&d, DATASET_OBLAST, 70, PROJECTS);
	h.counts[1] = d.n;
	h.current = dataset_build(&d, NULL, NULL, NULL);
	for (int i = 0; i < READERS; i++)
		assert_int_equal(
		    pthread_create(&threads[i], NULL, reader, &h), 0);
	for (int version = 2; version <= VERSIONS; version++) {
		struct snapshot *previous = take(&h), *next;

		dataset_change(&d, (uint64_t)version);
		h.counts[version] = d.n;
		next = dataset_build(&d, NULL, previous, NULL);
		assert_non_null(next);
		swap(&h, next);
		snapshot_unref(previous);
	}
	while (atomic_load(&h.readers) < READERS)
		sched_yield();
	atomic_store(&h.done, true);
	for (int i = 0; i < READERS; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(atomic_load(&h.wrong), 0);
	assert_true(atomic_load(&h.answers) >= READERS);
	swap(&h, NULL);
	dataset_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readers_and_swaps),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
