#include "store/migrate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "store/check.h"
#include "store/sql.h"
#include "tools/store_file.h"

static int setup(void **state)
{
	static struct store_file file;

	store_file_make(&file, 0);
	*state = &file;
	return 0;
}

static int teardown(void **state)
{
	store_file_remove(*state);
	return 0;
}

static void creates_once(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	int64_t version = -1, published = -1;
	int from = -1;
	struct db *d;

	assert_true(migrate_database(f->path, migrate_current(), &from, &e));
	assert_int_equal(from, 0);
	assert_true(migrate_database(f->path, migrate_current(), &from, &e));
	assert_int_equal(from, migrate_current());
	d = db_open_read(f->path, &e);
	assert_non_null(d);
	assert_true(db_version(d, &version, &published, &e));
	assert_int_equal(version, 0);
	db_close(d);
	assert_true(check_database(f->path, NULL, NULL, &e));
}

/* A project of schema 1 is found by the search that schema 2 brings. */
static void upgrades_what_is_there(void **state)
{
	static const char insert[] =
	    "INSERT INTO project (public_id, title_kk, status, category, "
	    "work_kind, budget_approved, source, as_of, change) VALUES "
	    "('TKS-2024-000007', 'Қарақұм мектебі', 2, 0, 0, 500, 'x', "
	    "20240101, 0)";
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	const int64_t *ids = NULL;
	struct arena a;
	struct db *d;
	size_t n = 0;
	int from = -1;

	assert_true(migrate_database(f->path, 1, &from, &e));
	assert_null(db_open_read(f->path, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	err_clear(&e);
	store_file_sql(f->path,
	    "DROP TRIGGER ggi_project_geom; DROP TRIGGER gii_project_geom;");
	store_file_sql(f->path, insert);
	assert_true(migrate_database(f->path, migrate_current(), &from, &e));
	assert_int_equal(from, 1);
	d = store_file_read(f);
	assert_int_equal(
	    store_number(d, "SELECT planned FROM project WHERE id = 1"), 500);
	arena_init(&a, 1 << 16);
	assert_true(
	    projects_search(d, str_from("каракум мекте"), &a, &ids, &n, &e));
	assert_int_equal(n, 1);
	assert_int_equal(ids[0], 1);
	arena_free(&a);
	db_close(d);
}

static void refuses_newer(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	int from = -1;

	assert_true(migrate_database(f->path, migrate_current(), &from, &e));
	store_file_sql(f->path, "PRAGMA user_version = 99");
	assert_false(migrate_database(f->path, migrate_current(), &from, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	err_clear(&e);
	assert_null(db_open_read(f->path, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	err_clear(&e);
	assert_null(db_open_write(f->path, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
}

static void write_file(const char *path, const char *data, size_t len)
{
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(data, 1, len, out), len);
	assert_int_equal(fclose(out), 0);
}

static void refuses_other_files(void **state)
{
	static const struct {
		const char *data;
		size_t len;
	} cases[] = {
		{ "", 0 },
		{ "garbage", 7 },
		{ "SQLite format 3\0garbage", 23 },
		{ "SQLite format 3\0"
		  "\x10\x00\x01\x01\x00\x40\x20\x20",
		    24 },
		{ "<kml xmlns=\"http://www.opengis.net/kml/2.2\"></kml>", 50 },
	};
	struct store_file *f = *state;
	struct err e;
	size_t i;
	int from;

	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		write_file(f->path, cases[i].data, cases[i].len);
		err_clear(&e);
		assert_null(db_open_read(f->path, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
		err_clear(&e);
		assert_null(db_open_write(f->path, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
		if (cases[i].len == 0)
			continue; /* an empty file may become a database */
		err_clear(&e);
		assert_false(
		    migrate_database(f->path, migrate_current(), &from, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
		assert_int_equal(access(f->path, F_OK), 0);
	}
}

static void refuses_foreign_database(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	int from;

	store_file_sql(f->path, "CREATE TABLE project (id INTEGER)");
	assert_null(db_open_read(f->path, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	err_clear(&e);
	assert_false(migrate_database(f->path, migrate_current(), &from, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
}

static void misses_what_is_not_there(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };

	assert_null(db_open_read(f->path, &e));
	assert_int_equal(e.code, ERR_MISSING);
	err_clear(&e);
	assert_null(db_open_write(f->path, &e));
	assert_int_equal(e.code, ERR_MISSING);
	assert_int_not_equal(access(f->path, F_OK), 0);
}

/* Each would be stored if a rule of the schema were missing. */
static void schema_has_rules(void **state)
{
	static const char *const cases[] = {
		"INSERT INTO organisation (bin, kind, name_kk, change) "
		"VALUES ('150140000003', 'company', 'a', 1)",
		"INSERT INTO organisation (bin, kind, name_kk, change) "
		"VALUES ('900101300007', 'company', 'a', 1)",
		"INSERT INTO organisation (external_id, kind, name_kk, change) "
		"VALUES ('900101300007', 'company', 'a', 1)",
		"INSERT INTO organisation (bin, is_person, kind, name_kk, "
		"change) VALUES ('150140000002', 1, 'company', 'a', 1)",
		"INSERT INTO district (kato, name_kk, name_ru, label_lon, "
		"label_lat, sort_key, source, as_of, change) "
		"VALUES ('61100000', 'a', 'a', 68, 43, 1, 's', 20250101, 1)",
		"INSERT INTO project (public_id, title_kk, status, category, "
		"work_kind, source, as_of, change) "
		"VALUES ('TKS-25-1', 'a', 0, 0, 0, 's', 20250101, 1)",
		"INSERT INTO project (public_id, title_kk, status, category, "
		"work_kind, source, as_of, change) "
		"VALUES ('TKS-2025-000001', 'a', 0, 0, 0, '', 20250101, 1)",
		"INSERT INTO project (public_id, title_kk, status, category, "
		"work_kind, budget_approved, source, as_of, change) "
		"VALUES ('TKS-2025-000001', 'a', 0, 0, 0, -1, 's', 20250101, "
		"1)",
		"INSERT INTO project (public_id, state, title_kk, status, "
		"category, work_kind, source, as_of, change) VALUES "
		"('TKS-2025-000001', 'withdrawn', 'a', 0, 0, 0, 's', 20250101, "
		"1)",
		"INSERT INTO funding_line (project_id, fiscal_year, "
		"budget_level, as_of, source, change) "
		"VALUES (77, 2025, 0, 20250101, 's', 1)",
		"INSERT INTO contract (contract_id, project_id, status, as_of, "
		"source, change) VALUES ('c', 77, 'active', 20250101, 's', 1)",
	};
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *d;
	size_t i;
	int from;

	assert_true(migrate_database(f->path, migrate_current(), &from, &e));
	d = store_file_write(f);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		err_clear(&e);
		assert_false(sql_exec(d, cases[i], &e));
		assert_int_equal(e.code, ERR_CONFLICT);
	}
	err_clear(&e);
	assert_true(sql_exec(d,
	    "INSERT INTO organisation (bin, kind, name_kk, change) VALUES "
	    "('150140000002', 'company', 'a', 1), "
	    "('150140000305', 'company', 'b', 1)",
	    &e));
	db_close(d);
}

static void project_is_kept(void **state)
{
	static const struct store_sample sample = { .title = "Жол" };
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct journal *j;
	struct db *d;
	int from;

	assert_true(migrate_database(f->path, migrate_current(), &from, &e));
	d = store_file_write(f);
	j = store_begin(d);
	store_add_project(d, j, &sample);
	store_commit(j);
	assert_false(sql_exec(d, "DELETE FROM project", &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	store_sql(d, "UPDATE project SET first_planned_end = 20251231");
	err_clear(&e);
	assert_false(
	    sql_exec(d, "UPDATE project SET first_planned_end = 20261231", &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	db_close(d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(creates_once),
		TEST(upgrades_what_is_there),
		TEST(refuses_newer),
		TEST(refuses_other_files),
		TEST(refuses_foreign_database),
		TEST(misses_what_is_not_there),
		TEST(schema_has_rules),
		TEST(project_is_kept),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
