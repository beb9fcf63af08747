#include "store/db.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/check.h"
#include "store/districts.h"
#include "store/sql.h"
#include "tools/store_file.h"

enum { PAGE = 4096, PROJECTS = 60 };

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

static void fill(const struct store_file *f, int n)
{
	struct db *d = store_file_write(f);
	struct journal *j = store_begin(d);
	int i;

	store_add_district(d, 1000000, (struct bbox){ 68, 42, 70, 44 }, false);
	for (i = 0; i < n; i++)
		store_add_project(d, j,
		    &(struct store_sample){
			.title = "Орта мектеп құрылысы",
			.wkt = i % 3 ? "POINT(69 43)"
				     : "LINESTRING(69 43, 69.5 43.25)",
			.budget = 1000 + i,
		    });
	store_commit(j);
	db_close(d);
}

static bool count_one(void *context, const struct project *p, struct err *e)
{
	(void)p;
	(void)e;
	++*(int *)context;
	return true;
}

static int count_all(struct db *d)
{
	struct err e = { .code = ERR_NONE };
	int n = 0;

	assert_true(projects_each(d, 20250601, NULL, count_one, &n, &e));
	return n;
}

/* What a reader sees between begin and end is one version, whatever is
 * committed in the meantime; afterwards it sees the new one and is woken. */
static void reader_sees_one_version(void **state)
{
	static const struct store_sample sample = { .title = "Жаңа" };
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	int64_t version, published, before, after;
	struct db *reader, *writer;
	struct journal *j;

	fill(f, 3);
	reader = store_file_read(f);
	writer = store_file_write(f);
	assert_true(db_wakeup(reader, &before, &e));
	assert_true(db_read_begin(reader, &e));
	assert_int_equal(count_all(reader), 3);
	j = store_begin(writer);
	store_add_project(writer, j, &sample);
	assert_int_equal(count_all(reader), 3);
	assert_int_equal(store_commit(j), 2);
	assert_int_equal(count_all(reader), 3);
	assert_true(db_version(reader, &version, &published, &e));
	assert_int_equal(version, 1);
	db_read_end(reader);
	assert_true(db_wakeup(reader, &after, &e));
	assert_true(after != before);
	assert_true(db_version(reader, &version, &published, &e));
	assert_int_equal(version, 2);
	assert_true(published > 0);
	assert_int_equal(count_all(reader), 4);
	db_close(reader);
	db_close(writer);
}

enum { READERS = 4, COMMITS = 25 };

struct reading {
	const struct store_file *file;
	pthread_t thread;
	int mixed; /* how often a transaction was not of one version */
	int rounds;
};

/* Every commit adds one project and raises the version by one. */
static void *read_on(void *context)
{
	struct reading *r = context;
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_read(r->file->path, &e);
	int64_t version = 0, published, again;

	while (d && version < COMMITS && db_read_begin(d, &e)) {
		int n = 0;

		if (!db_version(d, &version, &published, &e) ||
		    !projects_each(d, 20250601, NULL, count_one, &n, &e) ||
		    !db_version(d, &again, &published, &e))
			break;
		r->mixed += n != version || again != version;
		r->rounds++;
		db_read_end(d);
	}
	r->mixed += e.code != ERR_NONE;
	db_close(d);
	return NULL;
}

static void readers_and_writer_at_once(void **state)
{
	static const struct store_sample sample = { .title = "Жоба",
		.wkt = "POINT(69 43)" };
	struct store_file *f = *state;
	struct reading readers[READERS];
	struct db *writer = store_file_write(f);
	int i;

	for (i = 0; i < READERS; i++) {
		readers[i] = (struct reading){ .file = f };
		assert_int_equal(pthread_create(&readers[i].thread, NULL,
				     read_on, &readers[i]),
		    0);
	}
	for (i = 0; i < COMMITS; i++) {
		struct journal *j = store_begin(writer);

		store_add_project(writer, j, &sample);
		store_commit(j);
	}
	for (i = 0; i < READERS; i++) {
		assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
		assert_int_equal(readers[i].mixed, 0);
		assert_true(readers[i].rounds > 0);
	}
	db_close(writer);
}

static void one_writer_at_a_time(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *first = store_file_write(f), *second = store_file_write(f);

	sqlite3_busy_timeout(sql_handle(second), 10);
	assert_true(db_write_begin(first, &e));
	assert_false(db_write_begin(second, &e));
	assert_int_equal(e.code, ERR_BUSY);
	db_write_rollback(first);
	err_clear(&e);
	assert_true(db_write_begin(second, &e));
	db_write_rollback(second);
	db_close(first);
	db_close(second);
}

static void readers_cannot_write(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *d = store_file_read(f);

	assert_false(sql_exec(d, "UPDATE meta SET data_version = 9", &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	err_clear(&e);
	assert_false(sql_exec(d, "ATTACH ':memory:' AS x", &e));
	db_close(d);
}

static void deadline_ends_a_read(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *d = store_file_read(f);
	int64_t n;

	db_deadline(d, 1);
	assert_false(sql_int(d,
	    "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) "
	    "SELECT count(*) FROM t",
	    0, &n, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	db_deadline(d, 0);
	err_clear(&e);
	assert_true(sql_int(d, "SELECT 7", 0, &n, &e));
	assert_int_equal(n, 7);
	db_close(d);
}

/* Another program upgrades the schema while it is open. */
static void newer_schema_is_not_read(void **state)
{
	struct store_file *f = *state;
	struct err e = { .code = ERR_NONE };
	struct db *d;

	fill(f, PROJECTS);
	d = store_file_read(f);
	assert_true(db_try(d, &e));
	store_file_sql(f->path, "PRAGMA user_version = 99");
	assert_false(db_read_begin(d, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	assert_non_null(strstr(e.text, "schema 99 now"));
	err_clear(&e);
	assert_false(db_try(d, &e));
	assert_int_equal(e.code, ERR_DAMAGED);
	db_close(d);
}

/* Opens and reads everything there is. */
static enum err_code read_all(const char *path)
{
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_read(path, &e);
	struct district *list;
	struct arena a;
	size_t n_districts;
	int n = 0;

	if (!d)
		return e.code;
	arena_init(&a, 1 << 24);
	if (db_read_begin(d, &e)) {
		if (districts_list(d, &a, &list, &n_districts, &e) &&
		    districts_each(d, NULL, count_one, &n, &e))
			(void)!projects_each(
			    d, 20250601, NULL, count_one, &n, &e);
		db_read_end(d);
	}
	arena_free(&a);
	db_close(d);
	return e.code;
}

static char *load(const char *path, size_t *size)
{
	struct stat s;
	FILE *in;
	char *data;

	assert_int_equal(stat(path, &s), 0);
	*size = (size_t)s.st_size;
	data = malloc(*size);
	in = fopen(path, "rb");
	assert_non_null(data);
	assert_non_null(in);
	assert_int_equal(fread(data, 1, *size, in), *size);
	fclose(in);
	return data;
}

static void save(const char *path, const char *data, size_t size)
{
	FILE *out = fopen(path, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(data, 1, size, out), size);
	assert_int_equal(fclose(out), 0);
}

/* A shortened file is refused when it is opened. */
static void truncated_is_damaged(void **state)
{
	struct store_file *f = *state;
	size_t size, keep;
	char *data;

	fill(f, PROJECTS);
	data = load(f->path, &size);
	for (keep = 0; keep <= size - PAGE; keep += size / 37) {
		save(f->other, data, keep);
		assert_int_equal(read_all(f->other), ERR_DAMAGED);
	}
	save(f->other, data, size);
	assert_int_equal(read_all(f->other), ERR_NONE);
	free(data);
}

/* Every page in turn is overwritten: reading either still works or says
 * ERR_DAMAGED, and the full check overlooks no page in use. */
static void broken_pages_are_damage(void **state)
{
	static const unsigned char patterns[] = { 0x00, 0xFF, 0xA5 };
	struct store_file *f = *state;
	size_t size, page;
	char *data, kept[PAGE];
	int found = 0, pages = 0;

	fill(f, PROJECTS);
	data = load(f->path, &size);
	for (page = 0; page < size / PAGE; page++) {
		struct err e = { .code = ERR_NONE };
		enum err_code code;

		memcpy(kept, data + page * PAGE, PAGE);
		memset(data + page * PAGE, patterns[page % sizeof(patterns)],
		    PAGE);
		save(f->other, data, size);
		code = read_all(f->other);
		assert_true(code == ERR_NONE || code == ERR_DAMAGED);
		if (!check_database(f->other, NULL, NULL, &e)) {
			assert_int_equal(e.code, ERR_DAMAGED);
			found++;
		}
		pages++;
		memcpy(data + page * PAGE, kept, PAGE);
	}
	assert_int_equal(found, pages);
	free(data);
}

/* Single bytes of the rows themselves: no crash, never any other failure. */
static void flipped_bytes_do_not_crash(void **state)
{
	struct store_file *f = *state;
	uint32_t random = 12345;
	size_t size, at;
	char *data, kept;
	int i;

	fill(f, PROJECTS);
	data = load(f->path, &size);
	for (i = 0; i < 300; i++) {
		enum err_code code;

		random = random * 1664525 + 1013904223;
		at = random % size;
		kept = data[at];
		data[at] ^= (char)(1 << (random >> 28 & 7));
		save(f->other, data, size);
		code = read_all(f->other);
		if (code != ERR_NONE && code != ERR_DAMAGED &&
		    code != ERR_CONFLICT)
			fail_msg("byte %zu gives failure %d", at, code);
		data[at] = kept;
	}
	free(data);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reader_sees_one_version),
		TEST(readers_and_writer_at_once),
		TEST(one_writer_at_a_time),
		TEST(readers_cannot_write),
		TEST(deadline_ends_a_read),
		TEST(newer_schema_is_not_read),
		TEST(truncated_is_damaged),
		TEST(broken_pages_are_damage),
		TEST(flipped_bytes_do_not_crash),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
