/* Building, opening and reading snapshots. */
#include "index/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "format/geojson.h"
#include "geo/hilbert.h"
#include "tools/dataset.h"

enum { PROJECTS = 600, ARENA_SIZE = 1 << 20, PATH_SIZE = 256 };

/* A directory of its own and the path of a snapshot in it. */
struct place {
	char folder[PATH_SIZE / 2];
	char path[PATH_SIZE];
};

static int make_place(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	snprintf(p->folder, sizeof(p->folder), "/tmp/test-snapshot-XXXXXX");
	if (!mkdtemp(p->folder))
		return -1;
	snprintf(p->path, sizeof(p->path), "%s/projects.snapshot", p->folder);
	*state = p;
	return 0;
}

static int drop_place(void **state)
{
	struct place *p = *state;
	int failed;

	unlink(p->path);
	/* Fails when a half-written file was left. */
	failed = rmdir(p->folder);
	free(p);
	return failed;
}

static void check_row(
    const struct snapshot *s, uint32_t row, const struct project *p)
{
	struct facts facts;
	struct bbox box = snapshot_box(s, row);
	struct str fragment = snapshot_fragments(s, row, 1);
	struct buf expected;
	uint32_t found;

	assert_int_equal(snapshot_id(s, row), p->feature.id);
	assert_int_equal(snapshot_key(s, row), p->key);
	assert_true(snapshot_find(s, p->feature.id, &found));
	assert_int_equal(found, row);
	memset(&facts, 0, sizeof(facts));
	snapshot_facts(s, row, &facts);
	assert_memory_equal(&facts, &p->facts, sizeof(facts));
	if (p->feature.geom) {
		struct position anchor = snapshot_anchor(s, row);

		assert_memory_equal(&anchor, &p->anchor, sizeof(anchor));
		assert_memory_equal(&box, &p->feature.geom->box, sizeof(box));
	} else {
		assert_true(bbox_is_empty(&box));
	}
	buf_init(&expected, 1 << 20);
	buf_add_char(&expected, ',');
	geojson_add_feature(&expected, &p->feature);
	assert_true(str_equal(fragment, buf_str(&expected)));
	buf_free(&expected);
}

static void check_all(const struct snapshot *s, const struct dataset *d)
{
	struct arena a;
	uint32_t located = 0;

	arena_init(&a, ARENA_SIZE);
	assert_int_equal(snapshot_count(s), d->n);
	for (uint32_t i = 0; i < d->n; i++) {
		struct project p;

		dataset_project(d, i, &p, &a);
		check_row(s, i, &p);
		located += p.feature.geom != NULL;
		arena_reset(&a);
	}
	assert_int_equal(snapshot_located(s), located);
	arena_free(&a);
}

static void check_info(const struct snapshot *s, const struct dataset *d)
{
	const struct snapshot_info *got = snapshot_info_of(s);
	struct snapshot_info info;

	dataset_info(d, &info);
	assert_ptr_equal(got->schema, info.schema);
	assert_int_equal(got->version, info.version);
	assert_int_equal(got->published, info.published);
	assert_int_equal(got->day, info.day);
	assert_int_equal(got->n_katos, info.n_katos);
	for (size_t i = 0; i < info.n_katos; i++)
		assert_true(str_equal(got->katos[i], info.katos[i]));
}

static void test_reads_what_was_built(void **state)
{
	struct place *place = *state;
	struct err e = { .code = ERR_NONE };
	struct dataset d;
	struct snapshot *built, *opened;

	dataset_init(&d, DATASET_WORLD, 41, PROJECTS);
	built = dataset_build(&d, place->path, NULL, &e);
	assert_non_null(built);
	check_all(built, &d);
	snapshot_unref(built);
	opened = snapshot_open(place->path, &project_schema, true, &e);
	assert_non_null(opened);
	check_info(opened, &d);
	check_all(opened, &d);
	snapshot_unref(opened);
	dataset_free(&d);
}

static void test_fragments_of_a_run(void **state)
{
	struct dataset d;
	struct snapshot *s;
	size_t sum = 0;

	(void)state;
	dataset_init(&d, DATASET_OBLAST, 42, 100);
	s = dataset_build(&d, NULL, NULL, NULL);
	for (uint32_t i = 0; i < d.n; i++)
		sum += snapshot_fragments(s, i, 1).len;
	assert_int_equal(snapshot_fragments(s, 0, d.n).len, sum);
	assert_ptr_equal(
	    snapshot_fragments(s, 7, 3).data, snapshot_fragments(s, 7, 1).data);
	assert_int_equal(snapshot_fragments(s, 7, 0).len, 0);
	assert_int_equal(snapshot_fragments(s, d.n, 1).len, 0);
	assert_int_equal(snapshot_fragments(s, 99, 2).len, 0);
	snapshot_unref(s);
	dataset_free(&d);
}

static void test_unknown_ids(void **state)
{
	static const int64_t ids[] = { 0, -1, 2, 3, INT64_MAX, INT64_MIN };
	struct dataset d;
	struct snapshot *s;
	uint32_t row = 77;

	(void)state;
	dataset_init(&d, DATASET_OBLAST, 43, 500);
	s = dataset_build(&d, NULL, NULL, NULL);
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		assert_false(snapshot_find(s, ids[i], &row));
	assert_int_equal(row, 77);
	snapshot_unref(s);
	dataset_free(&d);
}

static char *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *data;

	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	*len = (size_t)ftell(f);
	rewind(f);
	data = malloc(*len);
	assert_int_equal(fread(data, 1, *len, f), *len);
	fclose(f);
	return data;
}

/* Step by step from version to version gives the bytes of a build from
 * scratch. */
static void test_copying_equals_building(void **state)
{
	struct place *place = *state;
	struct snapshot *previous = NULL;
	struct dataset d;

	dataset_init(&d, DATASET_WORLD, 44, PROJECTS);
	for (int i = 0; i < 5; i++) {
		struct snapshot *copied, *built;
		char *a, *b;
		size_t n, m;

		copied = dataset_build(&d, place->path, previous, NULL);
		assert_non_null(copied);
		check_all(copied, &d);
		a = read_file(place->path, &n);
		built = dataset_build(&d, place->path, NULL, NULL);
		b = read_file(place->path, &m);
		assert_int_equal(n, m);
		assert_memory_equal(a, b, n);
		free(a);
		free(b);
		snapshot_unref(previous);
		snapshot_unref(built);
		previous = copied;
		dataset_change(&d, 440 + (uint64_t)i);
	}
	snapshot_unref(previous);
	dataset_free(&d);
}

static void test_what_may_be_copied(void **state)
{
	static const struct str other_katos[] = { { "1", 1 }, { "2", 1 } };
	struct dataset d;
	struct snapshot *previous;
	struct snapshot_info same, day, katos, fewer, schema;
	const struct {
		const struct snapshot_info *info;
		bool known;
	} cases[] = {
		{ &same, true },
		{ &day, false },
		{ &katos, false },
		{ &fewer, false },
		{ &schema, false },
	};

	(void)state;
	dataset_init(&d, DATASET_OBLAST, 45, 10);
	previous = dataset_build(&d, NULL, NULL, NULL);
	dataset_info(&d, &same);
	day = katos = fewer = schema = same;
	fewer.n_katos--;
	day.day++;
	katos.katos = other_katos;
	katos.n_katos = 2;
	schema.schema = &district_schema;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct snapshot_builder *b =
		    snapshot_build_begin(NULL, cases[i].info, previous, NULL);
		const struct dataset_row *row = &d.rows[4];

		assert_int_equal(snapshot_build_known(b, row->id, row->change),
		    cases[i].known);
		assert_false(snapshot_build_known(b, row->id, row->change + 1));
		assert_false(snapshot_build_known(b, 999999, row->change));
		snapshot_build_abort(b);
	}
	snapshot_unref(previous);
	dataset_free(&d);
}

/* A feature as plain as it can be. */
static struct project plain_project(
    int64_t id, int64_t key, const struct geom *g)
{
	static const struct value values[PROJECT_FIELDS];
	struct project p;

	memset(&p, 0, sizeof(p));
	p.feature.id = id;
	p.feature.schema = &project_schema;
	p.feature.values = values;
	p.feature.geom = g;
	p.key = key;
	if (g)
		p.anchor = geom_anchor(g);
	return p;
}

static void test_feeds_out_of_order(void **state)
{
	const struct {
		int64_t key[2], id[2];
		bool place[2];
		bool good;
	} cases[] = {
		{ { 5, 6 }, { 1, 1 }, { true, true }, true },
		{ { 5, 5 }, { 1, 2 }, { true, true }, true },
		{ { 5, HILBERT_NOWHERE }, { 1, 2 }, { true, false }, true },
		{ { 5, 5 }, { 1, 1 }, { true, true }, false },
		{ { 5, 5 }, { 2, 1 }, { true, true }, false },
		{ { 5, 4 }, { 1, 2 }, { true, true }, false },
		{ { HILBERT_NOWHERE, 5 }, { 1, 2 }, { false, true }, false },
		{ { 5, HILBERT_NOWHERE }, { 1, 2 }, { true, true }, false },
		{ { 5, 6 }, { 1, 2 }, { true, false }, false },
		{ { 5, -6 }, { 1, 2 }, { true, true }, false },
		{ { 5, (int64_t)1 << 48 }, { 1, 2 }, { true, true }, false },
	};
	struct snapshot_info info = { .schema = &project_schema };
	const struct geom *g;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_SIZE);
	g = geom_point(&a, 1, 2, NULL);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct snapshot_builder *b =
		    snapshot_build_begin(NULL, &info, NULL, NULL);
		struct err e = { .code = ERR_NONE };
		bool good = true;

		for (int j = 0; j < 2; j++) {
			struct project p = plain_project(cases[i].id[j],
			    cases[i].key[j], cases[i].place[j] ? g : NULL);

			good = good && snapshot_build_add(b, &p, &e);
		}
		assert_int_equal(good, cases[i].good);
		assert_int_equal(e.code, good ? ERR_NONE : ERR_DAMAGED);
		snapshot_build_abort(b);
	}
	arena_free(&a);
}

/* What is done to a dataset, and whose marks must differ then. */
static void test_change_marks(void **state)
{
	struct dataset d, before;
	struct snapshot *old, *new;
	uint32_t n;

	(void)state;
	dataset_init(&before, DATASET_OBLAST, 46, 400);
	old = dataset_build(&before, NULL, NULL, NULL);
	n = snapshot_located(old);
	for (uint32_t gone = 0; gone < n; gone += 61) {
		struct bbox here = snapshot_box(old, gone);
		const struct bbox far = { -10, -10, -9, -9 };
		struct facts facts;

		dataset_init(&d, DATASET_OBLAST, 46, 400);
		d.n--;
		memmove(d.rows + gone, d.rows + gone + 1,
		    (d.n - gone) * sizeof(*d.rows));
		new = dataset_build(&d, NULL, NULL, NULL);
		snapshot_facts(old, gone, &facts);
		assert_true(snapshot_change(old) != snapshot_change(new));
		assert_true(snapshot_change_box(old, &here) !=
			    snapshot_change_box(new, &here));
		assert_true(snapshot_change_box(old, &far) ==
			    snapshot_change_box(new, &far));
		for (int home = 0; home <= DISTRICT_NONE; home++)
			assert_int_equal(snapshot_change_home(old, home) !=
					     snapshot_change_home(new, home),
			    home == facts.home ||
				(facts.home == DISTRICT_NONE &&
				    home >= DISTRICTS_MAX));
		snapshot_unref(new);
		dataset_free(&d);
	}
	snapshot_unref(old);
	dataset_free(&before);
}

/* Lines reach into tiles where they have no anchor. */
static void test_marks_of_lines(void **state)
{
	struct snapshot_info info = { .schema = &project_schema };
	const struct bbox start = { 60.1, 40.1, 60.2, 40.2 };
	const struct bbox end = { 64.9, 40.1, 65, 40.2 };
	const struct bbox huge = { -60, -40, -59, -39 };
	int64_t marks[2][3];
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_SIZE);
	for (int i = 0; i < 2; i++) {
		struct snapshot_builder *b =
		    snapshot_build_begin(NULL, &info, NULL, NULL);
		const struct geom *g = geom_from_wkt(
		    &a, str_from("LINESTRING(60 40,65 40.2)"), NULL);
		struct project p = plain_project(1, 5, g);
		struct snapshot *s;

		p.change = i;
		assert_true(snapshot_build_add(b, &p, NULL));
		s = snapshot_build_finish(b, NULL);
		marks[i][0] = snapshot_change_box(s, &start);
		marks[i][1] = snapshot_change_box(s, &end);
		marks[i][2] = snapshot_change_box(s, &huge);
		snapshot_unref(s);
	}
	assert_true(marks[0][0] != marks[1][0]);
	assert_true(marks[0][1] != marks[1][1]);
	assert_true(marks[0][2] == marks[1][2]);
	arena_free(&a);
}

/* The first and the last day of all that say any. */
static void check_period(const struct snapshot *s)
{
	int32_t first = 0, last = 0, got_first, got_last;
	bool any = false;

	for (uint32_t i = 0; i < snapshot_count(s); i++) {
		struct facts f;
		int32_t start, end;

		snapshot_facts(s, i, &f);
		project_period(&f.days, &start, &end);
		if (!start && !end)
			continue;
		if (!any || start < first)
			first = start;
		if (!any || !end || (last && end > last))
			last = end;
		any = true;
	}
	snapshot_period(s, &got_first, &got_last);
	assert_int_equal(got_first, first);
	assert_int_equal(got_last, last);
}

static void test_extent(void **state)
{
	struct snapshot_info info = { .schema = &project_schema };
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, &info, NULL, NULL);
	struct snapshot *s = snapshot_build_finish(b, NULL);
	struct bbox extent = snapshot_extent(s);
	struct dataset d;

	(void)state;
	assert_true(bbox_is_empty(&extent));
	check_period(s);
	snapshot_unref(s);
	dataset_init(&d, DATASET_OBLAST, 47, 200);
	s = dataset_build(&d, NULL, NULL, NULL);
	extent = snapshot_extent(s);
	for (uint32_t i = 0; i < snapshot_located(s); i++) {
		struct bbox box = snapshot_box(s, i);

		assert_true(bbox_contains(&extent, &box));
	}
	check_period(s);
	snapshot_unref(s);
	dataset_free(&d);
}

static void test_missing_and_foreign_files(void **state)
{
	struct place *place = *state;
	struct err e = { .code = ERR_NONE };
	struct dataset d;
	struct snapshot *s;

	assert_null(snapshot_open(place->path, &project_schema, true, &e));
	assert_int_equal(e.code, ERR_MISSING);
	err_clear(&e);
	assert_null(snapshot_open("/dev/null", &project_schema, true, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	err_clear(&e);
	assert_null(snapshot_open(place->folder, &project_schema, true, &e));
	assert_true(e.code == ERR_DAMAGED || e.code == ERR_SYSTEM);
	err_clear(&e);
	dataset_init(&d, DATASET_OBLAST, 48, 20);
	s = dataset_build(&d, place->path, NULL, &e);
	assert_non_null(s);
	assert_null(snapshot_open(place->path, &district_schema, true, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	snapshot_unref(s);
	dataset_free(&d);
}

static void test_unwritable_place(void **state)
{
	struct snapshot_info info = { .schema = &project_schema };
	struct err e = { .code = ERR_NONE };

	(void)state;
	assert_null(snapshot_build_begin("/nowhere/at/all", &info, NULL, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
}

/* A reader keeps its snapshot while another takes its place. */
static void test_replaced_while_open(void **state)
{
	struct place *place = *state;
	struct dataset d, other;
	struct snapshot *first, *second;

	dataset_init(&d, DATASET_OBLAST, 49, 300);
	dataset_init(&other, DATASET_OBLAST, 50, 200);
	first = dataset_build(&d, place->path, NULL, NULL);
	second = dataset_build(&other, place->path, NULL, NULL);
	check_all(first, &d);
	check_all(second, &other);
	assert_ptr_equal(snapshot_ref(first), first);
	snapshot_unref(first);
	check_all(first, &d);
	snapshot_unref(first);
	snapshot_unref(second);
	dataset_free(&d);
	dataset_free(&other);
}

static void test_two_builders_at_once(void **state)
{
	struct place *place = *state;
	struct snapshot_info info = { .schema = &project_schema };
	struct snapshot_builder *a, *b;
	struct project p = plain_project(1, HILBERT_NOWHERE, NULL);
	struct snapshot *s, *t;

	a = snapshot_build_begin(place->path, &info, NULL, NULL);
	b = snapshot_build_begin(place->path, &info, NULL, NULL);
	assert_non_null(a);
	assert_non_null(b);
	assert_true(snapshot_build_add(a, &p, NULL));
	s = snapshot_build_finish(a, NULL);
	t = snapshot_build_finish(b, NULL);
	assert_int_equal(snapshot_count(s), 1);
	assert_int_equal(snapshot_count(t), 0);
	snapshot_unref(s);
	snapshot_unref(t);
	s = snapshot_open(place->path, &project_schema, true, NULL);
	assert_int_equal(snapshot_count(s), 0);
	snapshot_unref(s);
}

/* What a killed builder left is taken over, not kept. */
static void test_leftovers_are_reused(void **state)
{
	struct place *place = *state;
	struct snapshot_info info = { .schema = &project_schema };
	char beside[PATH_SIZE + 8];
	struct snapshot *s;
	struct stat status;
	FILE *f;

	snprintf(beside, sizeof(beside), "%s.new0", place->path);
	f = fopen(beside, "wb");
	assert_non_null(f);
	fputs("half a snapshot", f);
	fclose(f);
	s = snapshot_build_finish(
	    snapshot_build_begin(place->path, &info, NULL, NULL), NULL);
	assert_non_null(s);
	assert_int_equal(stat(beside, &status), -1);
	snapshot_unref(s);
}

static void test_exhausted_memory(void **state)
{
	struct place *place = *state;
	struct dataset d;
	bool done = false;

	dataset_init(&d, DATASET_WORLD, 51, 30);
	for (long count = 0; !done; count++) {
		struct err e = { .code = ERR_NONE };
		struct snapshot_info info;
		struct snapshot_builder *b;
		struct snapshot *s = NULL;
		bool good;

		struct project projects[30];
		struct arena a;

		arena_init(&a, ARENA_SIZE);
		for (uint32_t i = 0; i < d.n; i++)
			dataset_project(&d, i, &projects[i], &a);
		mem_fail_after(count);
		b = snapshot_build_begin(
		    place->path, dataset_info(&d, &info), NULL, &e);
		good = b != NULL;
		for (uint32_t i = 0; good && i < d.n; i++)
			good = snapshot_build_add(b, &projects[i], &e);
		if (good)
			s = snapshot_build_finish(b, &e);
		else
			snapshot_build_abort(b);
		mem_fail_after(-1);
		done = s != NULL;
		if (!s)
			assert_true(
			    e.code == ERR_MEMORY || e.code == ERR_LIMIT);
		else
			check_all(s, &d);
		snapshot_unref(s);
		arena_free(&a);
		assert_true(count < 2000);
	}
	dataset_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_reads_what_was_built, make_place, drop_place),
		cmocka_unit_test(test_fragments_of_a_run),
		cmocka_unit_test(test_unknown_ids),
		cmocka_unit_test_setup_teardown(
		    test_copying_equals_building, make_place, drop_place),
		cmocka_unit_test(test_what_may_be_copied),
		cmocka_unit_test(test_feeds_out_of_order),
		cmocka_unit_test(test_change_marks),
		cmocka_unit_test(test_marks_of_lines),
		cmocka_unit_test(test_extent),
		cmocka_unit_test_setup_teardown(
		    test_missing_and_foreign_files, make_place, drop_place),
		cmocka_unit_test(test_unwritable_place),
		cmocka_unit_test_setup_teardown(
		    test_replaced_while_open, make_place, drop_place),
		cmocka_unit_test_setup_teardown(
		    test_two_builders_at_once, make_place, drop_place),
		cmocka_unit_test_setup_teardown(
		    test_leftovers_are_reused, make_place, drop_place),
		cmocka_unit_test_setup_teardown(
		    test_exhausted_memory, make_place, drop_place),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
