/* The layers that a process serves: what is newer, before, damaged, gone. */
#include "app/layer_set.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/mem.h"
#include "index/snapshot.h"

enum { PATH_SIZE = 200, KEEP = 1000 };

static char folder[] = "/tmp/test-layers-XXXXXX";

static void path_of(char path[static PATH_SIZE], const char *name)
{
	assert_true(layer_file_path(path, PATH_SIZE, folder, name));
}

static void write_file(const char *name, int64_t version)
{
	const struct field fields[] = { { "source_id", VALUE_TEXT,
	    { "", "", "" } } };
	const struct schema schema = { name, fields, 1 };
	const struct snapshot_about about = { .title = { name, name, name },
		.description = { "", "", "" },
		.licence = "CC0",
		.source = "",
		.attribution = "" };
	const struct snapshot_info info = {
		.schema = &schema, .version = version, .about = &about
	};
	struct err e = { 0 };
	char path[PATH_SIZE];
	struct snapshot *s;

	path_of(path, name);
	s = snapshot_build_finish(
	    snapshot_build_begin(path, &info, NULL, &e), &e);
	assert_non_null(s);
	snapshot_unref(s);
}

static void drop_file(const char *name)
{
	char path[PATH_SIZE];

	path_of(path, name);
	unlink(path);
}

static int64_t version_of(const struct snapshot *s)
{
	return s ? snapshot_info_of(s)->version : 0;
}

/* "name version before;" of each. */
static void expect(const struct layer_set *s, const char *wanted)
{
	char got[PATH_SIZE] = "";
	size_t n, len = 0;
	const struct collection *list = layer_set_list(s, &n);

	for (size_t i = 0; i < n; i++) {
		snprintf(got + len, sizeof(got) - len, "%s %d %d;", list[i].id,
		    (int)version_of(list[i].snapshot),
		    (int)version_of(list[i].before));
		len = strlen(got);
	}
	assert_string_equal(got, wanted);
}

static struct layer_set *next(struct layer_set *s, int64_t now, int wanted)
{
	int damaged;
	struct layer_set *fresh =
	    layer_set_open(folder, s, now, KEEP, &damaged);

	assert_non_null(fresh);
	assert_int_equal(damaged, wanted);
	layer_set_unref(s);
	return fresh;
}

static void test_life(void **state)
{
	struct layer_set *s = next(NULL, 0, 0), *held, *without;
	struct snapshot *first;
	size_t n;

	(void)state;
	expect(s, "");
	write_file("trees", 3);
	write_file("bushes", 4);
	s = next(s, 100, 0);
	expect(s, "bushes 4 0;trees 3 0;");
	first = layer_set_list(s, &n)[0].snapshot;
	write_file("trees", 5);
	held = layer_set_ref(s);
	s = next(s, 200, 0);
	expect(s, "bushes 4 0;trees 5 3;");
	/* What did not change is not opened anew. */
	assert_ptr_equal(layer_set_list(s, &n)[0].snapshot, first);
	expect(held, "bushes 4 0;trees 3 0;");
	layer_set_unref(held);
	drop_file("bushes");
	s = next(s, 300, 0);
	expect(s, "trees 5 3;");
	assert_int_equal(layer_set_expires(s), 200 + KEEP);
	without = layer_set_without(s, 200 + KEEP - 1);
	expect(without, "trees 5 3;");
	layer_set_unref(without);
	without = layer_set_without(s, 200 + KEEP);
	layer_set_unref(s);
	expect(without, "trees 5 0;");
	assert_true(layer_set_expires(without) == INT64_MAX);
	layer_set_unref(without);
	drop_file("trees");
}

static void test_damage(void **state)
{
	char path[PATH_SIZE];
	struct layer_set *s;
	FILE *file;

	(void)state;
	write_file("trees", 3);
	s = next(NULL, 0, 0);
	path_of(path, "trees");
	unlink(path);
	file = fopen(path, "w");
	fputs("no snapshot", file);
	fclose(file);
	s = next(s, 100, 1);
	expect(s, "trees 3 0;");
	/* Another layer's file under its name is none of its. */
	write_file("bushes", 4);
	drop_file("trees");
	path_of(path, "bushes");
	{
		char other[PATH_SIZE];

		path_of(other, "trees");
		assert_int_equal(rename(path, other), 0);
	}
	s = next(s, 200, 1);
	expect(s, "trees 3 0;");
	layer_set_unref(s);
	drop_file("trees");
}

static void test_names(void **state)
{
	char name[8];

	(void)state;
	assert_true(layer_file_name(name, 8, "layer-trees.snapshot"));
	assert_string_equal(name, "trees");
	assert_false(layer_file_name(name, 8, "layer-.snapshot"));
	assert_false(layer_file_name(name, 8, "projects.snapshot"));
	assert_false(layer_file_name(name, 8, "layer-trees.snapshot.new"));
	assert_false(layer_file_name(name, 8, "layer-longnames.snapshot"));
}

static void test_memory(void **state)
{
	int damaged;
	struct layer_set *s;

	(void)state;
	write_file("trees", 3);
	for (long n = 0;; n++) {
		mem_fail_after(n);
		s = layer_set_open(folder, NULL, 0, KEEP, &damaged);
		mem_fail_after(-1);
		if (s && damaged == 0)
			break;
		layer_set_unref(s);
	}
	expect(s, "trees 3 0;");
	layer_set_unref(s);
	drop_file("trees");
}

static int make_folder(void **state)
{
	(void)state;
	log_set_level(LOG_LEVEL_ERROR);
	return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
	(void)state;
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_life),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
