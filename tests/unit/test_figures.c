#include "store/figures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/sql.h"
#include "store/withdraw.h"
#include "tools/store_file.h"

struct state {
	struct store_file file;
	struct db *db;
};

static int setup(void **state)
{
	static struct state s;

	store_file_make(&s.file, STORE_CURRENT);
	s.db = store_file_write(&s.file);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct state *s = *state;

	db_close(s->db);
	store_file_remove(&s->file);
	return 0;
}

static int64_t column(struct db *d, const char *name)
{
	char text[128];

	snprintf(
	    text, sizeof(text), "SELECT coalesce(%s, -1) FROM project", name);
	return store_number(d, text);
}

/* Which source each figure comes from, -1: not published. */
static void figures_have_precedence(void **state)
{
	static const char line[] =
	    "INSERT INTO funding_line (project_id, fiscal_year, budget_level, "
	    "planned, adjusted, contracted, paid, as_of, source, change) "
	    "VALUES (1, 2024, 0, 10, 11, 12, 13, 20250101, 's', 1);";
	static const struct {
		const char *sql[4]; /* one after another */
		int64_t planned, contracted, paid, years, levels;
	} cases[] = {
		{ { "" }, -1, -1, -1, 0, 0 },
		{ { "UPDATE project SET contracted_summary = 5, "
		    "paid_summary = 6, years_summary = 3, levels_summary = 4" },
		    -1, 5, 6, 3, 4 },
		{ { line, "UPDATE project SET contracted_summary = 5, "
			  "paid_summary = 6, years_summary = 3, "
			  "levels_summary = 4" },
		    11, 5, 13, 1 << 24, 1 },
		{ { line, "UPDATE funding_line SET adjusted = NULL" }, 10, -1,
		    13, 1 << 24, 1 },
		{ { line, "UPDATE project SET budget_approved = 99" }, 99, -1,
		    13, 1 << 24, 1 },
		{ { line, "INSERT INTO payment (payment_id, project_id, date, "
			  "amount, as_of, source, change) VALUES ('p', 1, "
			  "20240101, 70, 20250101, 's', 1)" },
		    11, -1, 70, 1 << 24, 1 },
		{ { "INSERT INTO contract (contract_id, project_id, status, "
		    "value_current, as_of, source, change) VALUES "
		    "('a', 1, 'active', 20, 20250101, 's', 1), "
		    "('b', 1, 'closed', 30, 20250101, 's', 1), "
		    "('c', 1, 'pre-award', 40, 20250101, 's', 1), "
		    "('d', 1, 'active', NULL, 20250101, 's', 1)",
		      "UPDATE project SET contracted_summary = 5" },
		    -1, 50, -1, 0, 0 },
		{ { "INSERT INTO contract (contract_id, project_id, status, "
		    "value_current, as_of, source, change) VALUES "
		    "('c', 1, 'pre-award', 40, 20250101, 's', 1)" },
		    -1, -1, -1, 0, 0 },
	};
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct err e = { .code = ERR_NONE };
	size_t i, at;

	store_add_project(s->db, j, &(struct store_sample){ .title = "Жоба" });
	store_commit(j);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_true(db_write_begin(s->db, &e));
		for (at = 0; at < 4 && cases[i].sql[at]; at++)
			store_sql(s->db, cases[i].sql[at]);
		assert_true(figures_touch(s->db, 1, &e));
		assert_true(figures_refresh(s->db, 2, &e));
		assert_int_equal(column(s->db, "planned"), cases[i].planned);
		assert_int_equal(
		    column(s->db, "contracted"), cases[i].contracted);
		assert_int_equal(column(s->db, "paid"), cases[i].paid);
		assert_int_equal(column(s->db, "years"), cases[i].years);
		assert_int_equal(column(s->db, "levels"), cases[i].levels);
		assert_int_equal(column(s->db, "change"), 2);
		db_write_rollback(s->db);
	}
}

/* Districts 0 and 1 lie beside each other, 255 is none. */
static void place_follows_rules(void **state)
{
	static const struct {
		const char *wkt;
		int district;
		int64_t home, districts;
		int64_t generalised_home, generalised_districts;
	} cases[] = {
		{ NULL, 0, 255, 0, 255, 0 },
		{ NULL, 1600000, 1, 2, 1, 2 },
		{ NULL, 1630100, 1, 2, 1, 2 },
		{ NULL, 9000000, 255, 0, 255, 0 },
		{ "POINT(68.5 42.5)", 0, 0, 1, 0, 1 },
		{ "POINT(69 42.5)", 0, 0, 3, 0, 3 },
		{ "POINT(75 42.5)", 0, 255, 0, 255, 0 },
		{ "POINT(75 42.5)", 1000000, 0, 0, 0, 1 },
		{ "POINT(68.5 42.5)", 1600000, 1, 1, 1, 2 },
		{ "LINESTRING(68.1 42.5,69.5 42.5)", 0, 0, 3, 0, 3 },
		{ "LINESTRING(68.1 42.5,69.5 42.5)", 1600000, 1, 3, 1, 2 },
		{ "POLYGON((68 42,70 42,70 43,68 43,68 42))", 0, 0, 3, 0, 3 },
	};
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct err e = { .code = ERR_NONE };
	char text[128];
	size_t i;

	store_add_district(
	    s->db, 1000000, (struct bbox){ 68, 42, 69, 43 }, false);
	store_add_district(
	    s->db, 1600000, (struct bbox){ 69, 42, 70, 43 }, false);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		store_add_project(s->db, j,
		    &(struct store_sample){ .title = "Жоба",
			.wkt = cases[i].wkt,
			.district = cases[i].district });
	store_commit(j);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text, sizeof(text),
		    "SELECT home * 1000 + districts FROM project "
		    "WHERE id = %zu",
		    i + 1);
		assert_int_equal(store_number(s->db, text),
		    cases[i].home * 1000 + cases[i].districts);
	}
	store_sql(s->db, "BEGIN; UPDATE district SET generalised = 1");
	assert_true(figures_touch_all(s->db, &e));
	assert_true(figures_refresh(s->db, 2, &e));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(text, sizeof(text),
		    "SELECT home * 1000 + districts FROM project "
		    "WHERE id = %zu",
		    i + 1);
		assert_int_equal(store_number(s->db, text),
		    cases[i].generalised_home * 1000 +
			cases[i].generalised_districts);
	}
	store_sql(s->db, "ROLLBACK");
}

/* When the districts change, only projects that come out different count as
 * changed. */
static void untouched_stay_unchanged(void **state)
{
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct err e = { .code = ERR_NONE };

	store_add_district(
	    s->db, 1000000, (struct bbox){ 68, 42, 69, 43 }, false);
	store_add_project(s->db, j,
	    &(struct store_sample){
		.title = "Ескі", .wkt = "POINT(68.5 42.5)" });
	store_add_project(s->db, j,
	    &(struct store_sample){
		.title = "Жаңа", .wkt = "POINT(69.5 42.5)" });
	store_commit(j);
	store_sql(s->db, "BEGIN");
	store_add_district(
	    s->db, 1600000, (struct bbox){ 69, 42, 70, 43 }, false);
	assert_true(figures_refresh(s->db, 2, &e));
	assert_int_equal(
	    store_number(s->db, "SELECT change FROM project WHERE id = 1"), 1);
	assert_int_equal(
	    store_number(s->db, "SELECT change FROM project WHERE id = 2"), 2);
	store_sql(s->db, "ROLLBACK");
}

static void check_finds_stale_columns(void **state)
{
	static const char *const cases[] = {
		"UPDATE project SET planned = 1",
		"UPDATE project SET paid = 0",
		"UPDATE project SET home = 0",
		"UPDATE project SET districts = 1",
		"UPDATE project SET sort_key = 5",
		"UPDATE project SET anchor_lon = 1",
		"UPDATE project SET anchor_lon = NULL, anchor_lat = NULL",
		"UPDATE project SET years = 1",
		"UPDATE project SET year_lines = x'00'",
		"UPDATE project SET search = 'x'",
		"UPDATE project SET budget_approved = 8",
		"UPDATE project SET title_kk = 'басқа'",
		"INSERT INTO funding_line (project_id, fiscal_year, "
		"budget_level, as_of, source, change) VALUES (1, 2024, 0, "
		"20250101, 's', 1)",
	};
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct err e = { .code = ERR_NONE };
	int64_t wrong = -1;
	size_t i;

	store_add_project(s->db, j,
	    &(struct store_sample){
		.title = "Жоба", .wkt = "POINT(68.5 42.5)" });
	store_commit(j);
	assert_true(figures_check(s->db, &wrong, &e));
	assert_int_equal(wrong, 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		store_sql(s->db, "BEGIN");
		store_sql(s->db, cases[i]);
		assert_true(figures_check(s->db, &wrong, &e));
		assert_int_equal(wrong, 1);
		store_sql(s->db, "ROLLBACK");
	}
}

/* What is withdrawn leaves search and order, and says when and why. */
static void withdrawing_leaves_a_tombstone(void **state)
{
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct err e = { .code = ERR_NONE };
	struct arena a;
	const int64_t *ids;
	size_t n;

	store_add_project(
	    s->db, j, &(struct store_sample){ .title = "Мектеп" });
	store_commit(j);
	j = store_begin(s->db);
	assert_false(
	    withdraw_project(s->db, j, 1, str_from("  "), 20250601, &e));
	assert_int_equal(e.code, ERR_INPUT);
	err_clear(&e);
	assert_false(withdraw_project(
	    s->db, j, 1, str_from("900101300007 өтініші"), 20250601, &e));
	assert_int_equal(e.code, ERR_INPUT);
	err_clear(&e);
	assert_false(
	    withdraw_project(s->db, j, 7, str_from("дубль"), 20250601, &e));
	assert_int_equal(e.code, ERR_MISSING);
	err_clear(&e);
	assert_true(
	    withdraw_project(s->db, j, 1, str_from(" дубль "), 20250601, &e));
	assert_false(
	    withdraw_project(s->db, j, 1, str_from("дубль"), 20250601, &e));
	assert_int_equal(e.code, ERR_GONE);
	assert_int_equal(store_commit(j), 2);
	assert_int_equal(
	    store_number(s->db,
		"SELECT count(*) FROM project WHERE state = 'withdrawn' "
		"AND withdrawn_on = 20250601 AND withdrawn_reason = 'дубль' "
		"AND search IS NULL AND change = 2"),
	    1);
	arena_init(&a, 1 << 16);
	err_clear(&e);
	assert_true(
	    projects_search(s->db, str_from("мектеп"), &a, &ids, &n, &e));
	assert_int_equal(n, 0);
	arena_free(&a);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(figures_have_precedence),
		TEST(place_follows_rules),
		TEST(untouched_stay_unchanged),
		TEST(check_finds_stale_columns),
		TEST(withdrawing_leaves_a_tombstone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
