/* One thread reads, another one builds: the same snapshot as by one alone. */
#include "app/feeding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tools/dataset.h"

enum { PROJECTS = 3000, ARENA_SIZE = 1 << 24 };

/* Reads a data set; what a reader gave is overwritten after each row. */
struct origin {
	const struct dataset *data;
	struct arena *arena;
	uint32_t fails_at, repeats; /* rows; UINT32_MAX: none */
	bool asks;
};

static bool give(const struct origin *o, uint32_t i, project_visit *visit,
    void *context, struct err *e)
{
	struct project p;
	size_t used;
	bool done;

	arena_reset(o->arena);
	dataset_project(o->data, i, &p, o->arena);
	done = visit(context, &p, e);
	/* What is handed out is zeroed. */
	used = o->arena->used;
	arena_reset(o->arena);
	assert_non_null(arena_alloc(o->arena, used));
	return done;
}

static bool read_rows(const void *source, project_known *known,
    project_visit *visit, void *context, struct err *e)
{
	const struct origin *o = source;

	for (uint32_t i = 0; i < o->data->n; i++) {
		const struct dataset_row *r = &o->data->rows[i];
		const struct project same = { .feature = { .id = r->id },
			.key = r->key,
			.change = r->change };
		bool done;

		if (i == o->fails_at)
			return err_set(e, ERR_DAMAGED, "the reader failed");
		if (o->asks && known(context, r->id, r->change))
			done = visit(context, &same, e);
		else
			done = give(
			    o, i == o->repeats ? i - 1 : i, visit, context, e);
		if (!done)
			return false;
	}
	return true;
}

static struct snapshot *feed(struct origin *o, const struct snapshot *previous,
    volatile sig_atomic_t stopping, struct err *e)
{
	struct snapshot_info info;
	struct snapshot_builder *b = snapshot_build_begin(
	    NULL, dataset_info(o->data, &info), previous, e);
	struct arena a;
	struct snapshot *s;

	assert_non_null(b);
	arena_init(&a, ARENA_SIZE);
	o->arena = &a;
	s = feeding_build(b, read_rows, o, &stopping, e);
	arena_free(&a);
	return s;
}

static void assert_same(
    const struct snapshot *got, const struct snapshot *expected)
{
	const uint32_t n = snapshot_count(expected);

	assert_int_equal(snapshot_count(got), n);
	assert_true(str_equal(
	    snapshot_fragments(got, 0, n), snapshot_fragments(expected, 0, n)));
	assert_int_equal(snapshot_change(got), snapshot_change(expected));
	for (uint32_t i = 0; i < n; i++) {
		struct bbox a = snapshot_box(got, i);
		struct bbox b = snapshot_box(expected, i);

		assert_memory_equal(&a, &b, sizeof(a));
		assert_true(str_equal(snapshot_public_id(got, i),
		    snapshot_public_id(expected, i)));
	}
}

static void builds_the_same(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct dataset d;
	struct origin o = { &d, NULL, UINT32_MAX, UINT32_MAX, true };
	struct snapshot *alone, *before, *fed;

	(void)state;
	dataset_init(&d, DATASET_WORLD, 7, PROJECTS);
	alone = dataset_build(&d, NULL, NULL, &e);
	before = feed(&o, NULL, 0, &e);
	assert_non_null(before);
	assert_same(before, alone);
	snapshot_unref(alone);
	/* what did not change is copied */
	dataset_change(&d, 8);
	alone = dataset_build(&d, NULL, NULL, &e);
	fed = feed(&o, before, 0, &e);
	assert_non_null(fed);
	assert_same(fed, alone);
	snapshot_unref(fed);
	snapshot_unref(before);
	snapshot_unref(alone);
	dataset_free(&d);
}

static void tells_who_failed(void **state)
{
	static const struct {
		uint32_t fails_at, repeats;
		int stopping;
		enum err_code code;
	} cases[] = {
		{ 0, UINT32_MAX, 0, ERR_DAMAGED },
		{ 2500, UINT32_MAX, 0, ERR_DAMAGED },
		{ UINT32_MAX, 1, 0, ERR_DAMAGED }, /* out of order */
		{ UINT32_MAX, 2999, 0, ERR_DAMAGED },
		{ UINT32_MAX, UINT32_MAX, 1, ERR_BUSY },
	};
	struct dataset d;

	(void)state;
	dataset_init(&d, DATASET_OBLAST, 9, PROJECTS);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct origin o = { &d, NULL, cases[i].fails_at,
			cases[i].repeats, false };
		struct err e = { .code = ERR_NONE };

		assert_null(feed(&o, NULL, cases[i].stopping, &e));
		assert_int_equal(e.code, cases[i].code);
		if (cases[i].repeats != UINT32_MAX)
			assert_non_null(strstr(e.text, "out of order"));
	}
	dataset_free(&d);
}

static void nothing_is_a_snapshot_too(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct dataset d;
	struct origin o = { &d, NULL, UINT32_MAX, UINT32_MAX, false };
	struct snapshot *s;

	(void)state;
	dataset_init(&d, DATASET_OBLAST, 9, 0);
	s = feed(&o, NULL, 0, &e);
	assert_non_null(s);
	assert_int_equal(snapshot_count(s), 0);
	snapshot_unref(s);
	dataset_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(builds_the_same),
		cmocka_unit_test(tells_who_failed),
		cmocka_unit_test(nothing_is_a_snapshot_too),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
