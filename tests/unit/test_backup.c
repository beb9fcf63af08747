#include "store/backup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/migrate.h"
#include "store/sql.h"
#include "tools/store_file.h"

static int setup(void **state)
{
	static struct store_file file;

	store_file_make(&file, STORE_CURRENT);
	*state = &file;
	return 0;
}

static int teardown(void **state)
{
	store_file_remove(*state);
	return 0;
}

static int64_t add(struct db *d, const char *title)
{
	struct journal *j = store_begin(d);

	store_add_project(d, j,
	    &(struct store_sample){
		.title = title, .wkt = "POINT(68.5 42.5)" });
	return store_commit(j);
}

static void fill(const struct store_file *f, int n)
{
	struct db *d = store_file_write(f);

	while (n-- > 0)
		add(d, "Мектеп");
	db_close(d);
}

static int64_t number_in(const char *path, const char *text)
{
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_read(path, &e);
	int64_t n;

	assert_non_null(d);
	n = store_number(d, text);
	db_close(d);
	return n;
}

static void sound(const char *path)
{
	struct err e = { .code = ERR_NONE };

	assert_true(check_database(path, NULL, NULL, &e));
}

static int entries(const struct store_file *f)
{
	char command[128];
	FILE *list;
	int n = 0;

	snprintf(command, sizeof(command),
	    "ls %s | grep -vcE -- "
	    "'^(budgetmap|other)[.]db(-wal|-shm)?$' || :",
	    f->folder);
	list = popen(command, "r");
	assert_non_null(list);
	assert_int_equal(fscanf(list, "%d", &n), 1);
	pclose(list);
	return n;
}

static const char count_sql[] = "SELECT count(*) FROM project";
static const char version_sql[] = "SELECT data_version FROM meta";

/* A copy is made while a writer is in the middle of something, holds what was
 * committed, and is one file. */
static void copies_one_version(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct journal *j;
	struct db *d;
	char wal[128];

	fill(f, 2);
	d = store_file_write(f);
	j = store_begin(d);
	store_add_project(d, j, &(struct store_sample){ .title = "Жаңа" });
	assert_true(backup_write(f->path, f->other, false, &e));
	snprintf(wal, sizeof(wal), "%s-wal", f->other);
	assert_int_not_equal(access(wal, F_OK), 0);
	store_commit(j);
	db_close(d);
	assert_int_equal(number_in(f->other, count_sql), 2);
	sound(f->other);
	assert_int_equal(entries(f), 0);
}

/* A copy that somebody moves into place himself becomes a full database again,
 * even while a reader has it open. */
static void copies_serve_as_database(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *reader, *writer;
	struct journal *j;

	fill(f, 2);
	assert_true(backup_write(f->path, f->other, false, &e));
	assert_int_equal(rename(f->other, f->path), 0);
	reader = store_file_read(f);
	assert_int_equal(store_number(reader, count_sql), 2);
	writer = store_file_write(f);
	assert_true(db_read_begin(reader, &e));
	j = store_begin(writer);
	store_add_project(writer, j, &(struct store_sample){ .title = "Жаңа" });
	assert_int_equal(store_commit(j), 3);
	assert_int_equal(store_number(reader, count_sql), 2);
	db_read_end(reader);
	assert_int_equal(store_number(reader, count_sql), 3);
	db_close(reader);
	db_close(writer);
	sound(f->path);
}

static void never_overwrites(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct stat before, after;

	fill(f, 1);
	assert_true(backup_write(f->path, f->other, false, &e));
	assert_int_equal(stat(f->other, &before), 0);
	fill(f, 1);
	assert_false(backup_write(f->path, f->other, false, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_int_equal(stat(f->other, &after), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_int_equal(number_in(f->other, count_sql), 1);
	/* Unless it is told to take its place. */
	e = (struct err){ .code = ERR_NONE };
	assert_true(backup_write(f->path, f->other, true, &e));
}

/* Readers that stay open see the restored content, under a version that never
 * was. */
static void restores_under_readers(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	int64_t before, after, version, published;
	struct db *reader;

	fill(f, 2);
	assert_true(backup_write(f->path, f->other, false, &e));
	fill(f, 3);
	reader = store_file_read(f);
	assert_true(db_read_begin(reader, &e));
	assert_int_equal(store_number(reader, count_sql), 5);
	assert_true(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(store_number(reader, count_sql), 5);
	db_read_end(reader);
	assert_true(db_wakeup(reader, &before, &e));
	assert_int_equal(store_number(reader, count_sql), 2);
	assert_true(db_version(reader, &version, &published, &e));
	assert_true(version > 5);
	fill(f, 1);
	assert_true(db_wakeup(reader, &after, &e));
	assert_true(after != before);
	db_close(reader);
	sound(f->path);
	assert_int_equal(entries(f), 0);
}

static void restores_where_nothing_is(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };

	fill(f, 2);
	assert_true(backup_write(f->path, f->other, false, &e));
	assert_int_equal(unlink(f->path), 0);
	assert_true(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(number_in(f->path, count_sql), 2);
	sound(f->path);
}

static void restores_over_damage(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *reader;
	int64_t counter;

	fill(f, 2);
	assert_true(backup_write(f->path, f->other, false, &e));
	reader = store_file_read(f);
	assert_true(db_wakeup(reader, &counter, &e));
	assert_int_equal(truncate(f->path, 5000), 0);
	assert_true(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(number_in(f->path, count_sql), 2);
	assert_true(number_in(f->path, version_sql) > 2);
	assert_false(db_wakeup(reader, &counter, &e));
	assert_int_equal(e.code, ERR_GONE);
	db_close(reader);
	sound(f->path);
}

static void waits_for_no_writer(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct journal *j;
	struct db *d;

	fill(f, 1);
	assert_true(backup_write(f->path, f->other, false, &e));
	d = store_file_write(f);
	j = store_begin(d);
	assert_false(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(e.code, ERR_BUSY);
	assert_int_equal(store_number(d, count_sql), 1);
	store_add_project(d, j, &(struct store_sample){ .title = "Жаңа" });
	assert_int_equal(store_commit(j), 2);
	db_close(d);
	sound(f->path);
}

/* A bad copy leaves the database as it was. */
static void refuses_bad_copies(void **state)
{
	static const char *const harms[] = {
		"PRAGMA user_version = 99",
		"PRAGMA application_id = 1",
		"DROP TRIGGER journal_batch_no_update;"
		"UPDATE journal_batch SET actor = 'x'",
		"UPDATE project SET planned = 3",
		"DROP TABLE idx_project_geom",
	};
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	size_t i;

	fill(f, 2);
	for (i = 0; i < sizeof(harms) / sizeof(harms[0]); i++) {
		err_clear(&e);
		unlink(f->other);
		assert_true(backup_write(f->path, f->other, false, &e));
		if (strstr(harms[i], "UPDATE project"))
			store_file_sql(
			    f->other, "DROP TRIGGER tmu_project_geom");
		store_file_sql(f->other, harms[i]);
		assert_false(backup_restore(f->other, f->path, "test", &e));
		assert_true(e.code == ERR_DAMAGED || e.code == ERR_CONFLICT);
		assert_int_equal(number_in(f->path, version_sql), 2);
		assert_int_equal(number_in(f->path, count_sql), 2);
		assert_int_equal(entries(f), 0);
	}
	err_clear(&e);
	assert_int_equal(truncate(f->other, 40000), 0);
	assert_false(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	unlink(f->other);
	err_clear(&e);
	assert_false(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(e.code, ERR_MISSING);
	sound(f->path);
}

/* A copy of an older schema is upgraded on its way in, and can be made. */
static void takes_older_schema(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	char old[128];
	int from;

	fill(f, 2);
	snprintf(old, sizeof(old), "%s/old.db", f->folder);
	assert_true(migrate_database(old, 1, &from, &e));
	assert_true(backup_write(old, f->other, false, &e));
	assert_true(backup_restore(f->other, f->path, "test", &e));
	assert_int_equal(number_in(f->path, count_sql), 0);
	assert_int_equal(
	    number_in(f->path, "SELECT count(*) FROM project_search"), 0);
	sound(f->path);
}

struct findings {
	char wrong[256];
};

static void note(void *context, const char *what, const char *wrong)
{
	struct findings *f = context;
	size_t at = strlen(f->wrong);

	if (wrong)
		snprintf(f->wrong + at, sizeof(f->wrong) - at, "%s;", what);
}

/* Each kind of damage is found by the look that is meant for it. */
static void check_names_what_is_wrong(void **state)
{
	static const struct {
		const char *harm, *found;
	} cases[] = {
		{ "DELETE FROM idx_project_geom WHERE pkid = 1",
		    "spatial indexes;" },
		{ "UPDATE idx_project_geom SET xmin = 70, xmax = 71",
		    "spatial indexes;" },
		{ "INSERT INTO idx_project_geom VALUES (9, 1, 2, 1, 2)",
		    "spatial indexes;" },
		{ "DROP TRIGGER journal_change_no_update;"
		  "UPDATE journal_change SET key = 'x'",
		    "journal;" },
		{ "DROP TRIGGER tmu_project_geom;"
		  "UPDATE project SET contracted = 9",
		    "figures;" },
		{ "INSERT INTO project_search (project_search, rowid, search) "
		  "VALUES ('delete', 1, 'мектеп')",
		    "search index;" },
		{ "PRAGMA foreign_keys = 0; INSERT INTO payment (payment_id, "
		  "project_id, date, amount, as_of, source, change) VALUES "
		  "('p', 77, 20250101, 1, 20250101, 's', 1)",
		    "references;" },
	};
	struct store_file *f = *state;
	size_t i;

	fill(f, 2);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct findings found = { "" };
		struct err e = { .code = ERR_NONE };

		unlink(f->other);
		assert_true(backup_write(f->path, f->other, false, &e));
		store_file_sql(f->other, cases[i].harm);
		assert_false(check_database(f->other, note, &found, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
		assert_string_equal(found.wrong, cases[i].found);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(copies_one_version),
		TEST(copies_serve_as_database),
		TEST(never_overwrites),
		TEST(restores_under_readers),
		TEST(restores_where_nothing_is),
		TEST(restores_over_damage),
		TEST(waits_for_no_writer),
		TEST(refuses_bad_copies),
		TEST(takes_older_schema),
		TEST(check_names_what_is_wrong),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
