#include "store/journal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/canon.h"
#include "store/sql.h"
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

static struct value text(const char *t)
{
	return (struct value){ .type = VALUE_TEXT, .text = str_from(t) };
}

static bool write_one(
    struct journal *j, enum journal_op op, struct value was, struct value is)
{
	struct err e = { .code = ERR_NONE };
	const struct journal_field fields[] = {
		{ "zone", text("same"), text("same") },
		{ "name_kk", was, is },
		{ "amount", { .type = VALUE_NULL }, { .type = VALUE_NULL } },
	};
	const struct journal_record r = { "place", str_from("p-1"), 0, op,
		fields, 3 };
	bool changed = false;

	assert_true(journal_change(j, &r, &changed, &e));
	return changed;
}

static int64_t verify(struct db *d, enum err_code expected)
{
	struct err e = { .code = ERR_NONE };
	char head[JOURNAL_HASH_SIZE] = "";

	assert_true(journal_verify(d, head, &e) == (expected == ERR_NONE));
	assert_int_equal(e.code, expected);
	return (int64_t)strlen(head);
}

static void body_is(struct db *d, int64_t seq, const char *expected)
{
	struct err e = { .code = ERR_NONE };
	sqlite3_stmt *s =
	    sql_prepare(d, "SELECT body FROM journal_change WHERE seq = ?", &e);
	struct str body;

	assert_non_null(s);
	sql_bind_int(s, 1, seq);
	assert_int_equal(sql_step(d, s, &e), SQL_ROW);
	body = sql_text(s, 0);
	assert_int_equal(body.len, strlen(expected));
	assert_memory_equal(body.data, expected, body.len);
	sqlite3_reset(s);
}

static void writes_what_differs(void **state)
{
	struct state *s = *state;
	struct journal *j = store_begin(s->db);

	assert_int_equal(journal_version(j), 1);
	assert_true(write_one(j, JOURNAL_CREATE,
	    (struct value){ .type = VALUE_NULL }, text("Абай \"1\"\n")));
	assert_true(
	    write_one(j, JOURNAL_CHANGE, text("Абай"), text("Құлан\x01")));
	assert_false(write_one(j, JOURNAL_CHANGE, text("a"), text("a")));
	assert_int_equal(store_commit(j), 1);
	body_is(s->db, 1,
	    "{\"is\":{\"name_kk\":\"Абай \\\"1\\\"\\n\"},\"was\":null}");
	body_is(s->db, 2,
	    "{\"is\":{\"name_kk\":\"Құлан\\u0001\"},"
	    "\"was\":{\"name_kk\":\"Абай\"}}");
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_change"), 2);
	assert_int_equal(
	    store_number(s->db, "SELECT seq FROM journal_batch"), 3);
	assert_int_equal(verify(s->db, ERR_NONE), JOURNAL_HASH_SIZE - 1);
}

static void nothing_changed_publishes_nothing(void **state)
{
	struct state *s = *state;
	struct journal *j = store_begin(s->db);

	assert_false(write_one(j, JOURNAL_CHANGE, text("a"), text("a")));
	assert_int_equal(store_commit(j), 0);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_batch"), 0);
	assert_int_equal(
	    store_number(s->db, "SELECT data_version FROM meta"), 0);
	assert_int_equal(verify(s->db, ERR_NONE), 0);
}

static void abort_leaves_nothing(void **state)
{
	struct state *s = *state;
	struct journal *j = store_begin(s->db);

	assert_true(write_one(j, JOURNAL_CHANGE, text("a"), text("b")));
	journal_abort(j);
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM journal_change"), 0);
	assert_int_equal(verify(s->db, ERR_NONE), 0);
}

static void batches_chain(void **state)
{
	struct state *s = *state;
	struct journal *j;
	int i;

	for (i = 1; i <= 3; i++) {
		j = store_begin(s->db);
		assert_int_equal(journal_version(j), i);
		assert_true(write_one(j, JOURNAL_CHANGE, text("a"), text("b")));
		assert_int_equal(store_commit(j), i);
	}
	j = store_begin(s->db);
	journal_publish_as(j, 50);
	assert_int_equal(store_commit(j), 50);
	assert_int_equal(
	    store_number(s->db, "SELECT max(number) FROM journal_batch"), 4);
	assert_true(verify(s->db, ERR_NONE) > 0);
}

static void rows_cannot_change(void **state)
{
	static const char *const cases[] = {
		"UPDATE journal_change SET body = '{}'",
		"DELETE FROM journal_change",
		"UPDATE journal_batch SET actor = 'x'",
		"DELETE FROM journal_batch",
	};
	struct state *s = *state;
	struct journal *j = store_begin(s->db);
	struct err e;
	size_t i;

	assert_true(write_one(j, JOURNAL_CHANGE, text("a"), text("b")));
	store_commit(j);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		err_clear(&e);
		assert_false(sql_exec(s->db, cases[i], &e));
		assert_int_equal(e.code, ERR_CONFLICT);
	}
}

/* Whoever gets past the triggers is found out. */
static void tampering_is_seen(void **state)
{
	static const char *const cases[] = {
		"UPDATE journal_change SET body = '{\"is\":{},\"was\":{}}' "
		"WHERE seq = 3",
		"UPDATE journal_change SET key = 'p-2' WHERE seq = 1",
		"UPDATE journal_change SET op = 'create' WHERE seq = 1",
		"UPDATE journal_change SET project_id = NULL, entity = 'x' "
		"WHERE seq = 1",
		"UPDATE journal_change SET hash = zeroblob(32) WHERE seq = 1",
		"UPDATE journal_change SET prev = zeroblob(32) WHERE seq = 3",
		"UPDATE journal_batch SET actor = 'nobody' WHERE number = 1",
		"UPDATE journal_batch SET at = at + 1 WHERE number = 2",
		"UPDATE journal_batch SET reason = '' WHERE number = 2",
		"UPDATE journal_batch SET refused = 1 WHERE number = 2",
		"DELETE FROM journal_change WHERE seq = 1",
		"DELETE FROM journal_change WHERE seq = 3",
		"DELETE FROM journal_batch WHERE number = 1",
		"DELETE FROM journal_change WHERE seq = 5;"
		"DELETE FROM journal_batch WHERE number = 3",
		"UPDATE meta SET data_version = 9",
		"INSERT INTO journal_change VALUES (7, 4, 'x', 'k', NULL, "
		"'change', '{}', (SELECT hash FROM journal_batch "
		"ORDER BY seq DESC), zeroblob(32))",
	};
	static const char no_triggers[] =
	    "DROP TRIGGER journal_batch_no_update;"
	    "DROP TRIGGER journal_batch_no_delete;"
	    "DROP TRIGGER journal_change_no_update;"
	    "DROP TRIGGER journal_change_no_delete;";
	struct state *s = *state;
	size_t i;
	int n;

	for (n = 0; n < 3; n++) {
		struct journal *j = store_begin(s->db);

		assert_true(write_one(j, JOURNAL_CHANGE, text("a"), text("b")));
		store_commit(j);
	}
	store_sql(s->db, no_triggers);
	store_sql(s->db, "PRAGMA foreign_keys = 0");
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		store_sql(s->db, "BEGIN");
		store_sql(s->db, cases[i]);
		verify(s->db, ERR_DAMAGED);
		store_sql(s->db, "ROLLBACK");
		verify(s->db, ERR_NONE);
	}
}

static void values_have_one_text(void **state)
{
	static const struct {
		struct value value;
		const char *text;
	} cases[] = {
		{ { .type = VALUE_NULL }, "null" },
		{ { .type = VALUE_INT, .integer = -7 }, "-7" },
		{ { .type = VALUE_MONEY, .integer = 9007199254740993 },
		    "9007199254740993" },
		{ { .type = VALUE_NUMBER, .number = 0.5 }, "0.5" },
		{ { .type = VALUE_BOOL, .integer = 1 }, "true" },
		{ { .type = VALUE_BOOL, .integer = 0 }, "false" },
		{ { .type = VALUE_DAY, .integer = 20250131 },
		    "\"2025-01-31\"" },
		{ { .type = VALUE_LIST, .text = { "a;b", 3 } }, "\"a;b\"" },
		{ { .type = VALUE_TEXT, .text = { "", 0 } }, "\"\"" },
		{ { .type = VALUE_TEXT,
		      .text = { "\\\"\b\t\n\f\r\x1f/ә", 11 } },
		    "\"\\\\\\\"\\b\\t\\n\\f\\r\\u001f/ә\"" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b;

		buf_init(&b, 1000);
		canon_add_value(&b, &cases[i].value);
		assert_int_equal(b.len, strlen(cases[i].text));
		assert_memory_equal(b.data, cases[i].text, b.len);
		buf_free(&b);
	}
}

static void geometry_is_wkt(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "POINT(68.25 43)", "POINT(68.25 43)" },
		{ "LINESTRING (1 2, 3.5 4)", "LINESTRING(1 2,3.5 4)" },
		{ "POLYGON((0 0,4 0,0 4,0 0),(1 1,2 1,1 2,1 1))",
		    "POLYGON((0 0,4 0,0 4,0 0),(1 1,2 1,1 2,1 1))" },
		{ "MULTIPOINT((1 2),(3 4))", "MULTIPOINT((1 2),(3 4))" },
		{ "MULTILINESTRING((1 2,3 4),(5 6,7 8))",
		    "MULTILINESTRING((1 2,3 4),(5 6,7 8))" },
		{ "MULTIPOLYGON(((0 0,4 0,0 4,0 0)),((5 5,6 5,5 6,5 5)))",
		    "MULTIPOLYGON(((0 0,4 0,0 4,0 0)),((5 5,6 5,5 6,5 5)))" },
	};
	struct err e = { .code = ERR_NONE };
	struct arena a;
	size_t i;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(journal_geometry(&a, NULL).len, 0);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct geom *g =
		    geom_from_wkt(&a, str_from(cases[i].in), &e);
		struct str out;

		assert_non_null(g);
		out = journal_geometry(&a, g);
		assert_true(str_is(out, cases[i].out));
	}
	arena_free(&a);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(writes_what_differs),
		TEST(nothing_changed_publishes_nothing),
		TEST(abort_leaves_nothing),
		TEST(batches_chain),
		TEST(rows_cannot_change),
		TEST(tampering_is_seen),
		cmocka_unit_test(values_have_one_text),
		cmocka_unit_test(geometry_is_wkt),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
