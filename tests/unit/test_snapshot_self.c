/* A layer's snapshot knows its own schema and titles. */
#include "index/snapshot_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"

static const struct field fields[] = {
	{ "source_id", VALUE_TEXT, { "Белгі", "Номер", "Id" } },
	{ "height", VALUE_NUMBER, { "Биіктік", "Высота", "" } },
	{ "seen", VALUE_TIME, { "", "", "" } },
};
static const struct schema schema = { "trees", fields, 3 };
static const struct snapshot_about about = {
	.title = { "Ағаштар", "Деревья", "Trees" },
	.description = { "", "", "all of them" },
	.licence = "CC0",
	.source = "Парк",
	.attribution = "Парктер",
	.date = 20260301,
};
static const struct snapshot_info info = {
	.schema = &schema, .version = 5, .about = &about
};

static void check_same(const struct snapshot_info *got)
{
	assert_string_equal(got->schema->name, "trees");
	assert_int_equal(got->schema->n_fields, 3);
	for (int i = 0; i < 3; i++) {
		const struct field *f = &got->schema->fields[i];

		assert_string_equal(f->name, fields[i].name);
		assert_int_equal(f->type, fields[i].type);
		for (int k = 0; k < 3; k++)
			assert_string_equal(f->title[k], fields[i].title[k]);
		assert_string_equal(got->about->title[i], about.title[i]);
		assert_string_equal(
		    got->about->description[i], about.description[i]);
	}
	assert_string_equal(got->about->licence, "CC0");
	assert_string_equal(got->about->source, "Парк");
	assert_string_equal(got->about->attribution, "Парктер");
	assert_int_equal(got->about->date, 20260301);
}

static void test_a_file_needs_no_schema(void **state)
{
	char path[] = "/tmp/test-self-XXXXXX";
	int file = mkstemp(path);
	struct err e = { 0 };
	struct snapshot_builder *b =
	    snapshot_build_begin(path, &info, NULL, &e);
	struct snapshot *made, *opened;

	(void)state;
	assert_true(file >= 0);
	assert_non_null(b);
	made = snapshot_build_finish(b, &e);
	assert_non_null(made);
	/* It has copies: what it was built from may go. */
	assert_ptr_not_equal(snapshot_info_of(made)->schema, &schema);
	check_same(snapshot_info_of(made));
	opened = snapshot_open(path, NULL, true, &e);
	assert_non_null(opened);
	check_same(snapshot_info_of(opened));
	snapshot_unref(made);
	check_same(snapshot_info_of(opened));
	snapshot_unref(opened);
	close(file);
	unlink(path);
}

static void test_one_without_is_refused(void **state)
{
	const struct snapshot_info plain = { .schema = &schema };
	char path[] = "/tmp/test-self-XXXXXX";
	int file = mkstemp(path);
	struct err e = { 0 };

	(void)state;
	snapshot_unref(snapshot_build_finish(
	    snapshot_build_begin(path, &plain, NULL, &e), &e));
	assert_null(snapshot_open(path, NULL, true, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	close(file);
	unlink(path);
}

/* Whatever is cut off or changed is refused or read within its bounds. */
static void test_damage(void **state)
{
	struct buf whole, part;
	struct snapshot_self *s;

	(void)state;
	buf_init(&whole, 4096);
	buf_init(&part, 4096);
	snapshot_self_add(&whole, &info);
	for (size_t n = 0; n < whole.len; n++) {
		struct err e = { 0 };

		s = snapshot_self_read((struct str){ whole.data, n }, &e);
		assert_true(s || e.code == ERR_DAMAGED);
		mem_free(s);
	}
	for (size_t n = 0; n < whole.len; n++) {
		struct err e = { 0 };

		buf_reset(&part);
		buf_add(&part, whole.data, whole.len);
		part.data[n] = part.data[n] ? '\0' : 'x';
		s = snapshot_self_read(buf_str(&part), &e);
		assert_true(s || e.code == ERR_DAMAGED);
		mem_free(s);
	}
	buf_free(&whole);
	buf_free(&part);
}

static void test_memory(void **state)
{
	struct buf whole;
	struct err e = { 0 };

	(void)state;
	buf_init(&whole, 4096);
	snapshot_self_add(&whole, &info);
	mem_fail_after(0);
	assert_null(snapshot_self_read(buf_str(&whole), &e));
	mem_fail_after(-1);
	assert_int_equal(e.code, ERR_MEMORY);
	buf_free(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_file_needs_no_schema),
		cmocka_unit_test(test_one_without_is_refused),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
