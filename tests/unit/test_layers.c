/* Layers in the store: what columns become, which stored feature is meant, what
 * is written, and what failing memory leaves. */
#include "store/layer_import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "format/json_read.h"
#include "store/layers.h"
#include "store/undo.h"
#include "tools/store_file.h"

enum { TODAY = 20260701, TEXT_SIZE = 4096, MEMORY = 64 << 20 };

struct state {
	struct store_file file;
	struct db *db;
	struct err error;
	struct import_counts counts;
	int64_t version;
	char text[TEXT_SIZE];
	size_t len;
};

static int open_state(void **state)
{
	static struct state s;

	memset(&s, 0, sizeof(s));
	store_file_make(&s.file, STORE_CURRENT);
	s.db = store_file_write(&s.file);
	*state = &s;
	return 0;
}

static int close_state(void **state)
{
	struct state *s = *state;

	db_close(s->db);
	store_file_remove(&s->file);
	return 0;
}

static void add(struct state *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct state *s, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(s->text + s->len, TEXT_SIZE - s->len, format, args);
	va_end(args);
	assert_true(n >= 0 && (size_t)n < TEXT_SIZE - s->len);
	s->len += (size_t)n;
}

static bool pass(void *context, const struct foreign_feature *f, struct err *e)
{
	const struct layer_record r = { .number = f->at.number,
		.line = f->at.line,
		.part = f->part,
		.parts = f->parts,
		.name = f->at.name,
		.id = f->id,
		.geom = f->geom,
		.names = f->names,
		.values = f->values,
		.types = f->types,
		.n = f->n,
		.style = f->style,
		.rest = f->rest };

	return layer_import_add(context, &r, e);
}

static bool read_features(
    struct layer_import *i, const char *text, struct err *e)
{
	const struct foreign_hooks hooks = { .visit = pass, .context = i };
	struct arena a;
	struct foreign_file file = {
		.text = str_from(text), .max_bytes = SIZE_MAX, .arena = &a
	};
	bool done;

	arena_init(&a, MEMORY);
	done = json_read_features(&file, &hooks, e);
	arena_free(&a);
	return done;
}

static bool note_issue(
    void *context, const struct import_issue *issue, struct err *e)
{
	struct state *s = context;

	(void)e;
	add(s, "%d %.*s %.*s%s%.*s\n", issue->level, (int)issue->name.len,
	    issue->name.len ? issue->name.data : "", (int)issue->field.len,
	    issue->field.len ? issue->field.data : "",
	    issue->field.len ? " " : "", (int)issue->reason.len,
	    issue->reason.data);
	return true;
}

static bool take(
    struct state *s, const struct layer_options *o, const char *features)
{
	const struct journal_batch batch = { .actor = "test",
		.command = "import layer trees" };
	struct layer_import *i;
	bool done;

	s->len = 0;
	s->text[0] = '\0';
	err_clear(&s->error);
	i = layer_import_open(s->db, o, &s->error);
	done =
	    i && read_features(i, features, &s->error) &&
	    layer_import_compare(i, &s->counts, &s->error) &&
	    import_issues(s->db, note_issue, s, &s->error) &&
	    layer_import_apply(i, &batch, &s->counts, &s->version, &s->error);
	layer_import_close(i);
	return done;
}

static const struct layer_options trees = { .name = "trees" };

static void must_take(struct state *s, const char *features)
{
	if (!take(s, &trees, features))
		fail_msg("%s: %s", features, s->error.text);
}

#define FEATURE(id, lon, properties)                                           \
	"{\"type\":\"Feature\",\"id\":" id                                     \
	",\"geometry\":{\"type\":\"Point\","                                   \
	"\"coordinates\":[" lon ",43]},\"properties\":{" properties "}}\n"

/* What is stored, a feature a line. */
static void expect(struct state *s, const char *wanted)
{
	struct arena a;
	struct layer l;

	arena_init(&a, MEMORY);
	s->len = 0;
	s->text[0] = '\0';
	assert_true(layers_find(s->db, str_from("trees"), &a, &l, &s->error));
	for (size_t i = 1; i < l.schema.n_fields; i++)
		add(s, "%s %s;", l.schema.fields[i].name,
		    layer_type_name(l.schema.fields[i].type));
	arena_free(&a);
	assert_string_equal(s->text, wanted);
}

static const struct {
	const char *values[2], *fields;
} types[] = {
	{ { "\"a\":1", "\"a\":2" }, "a int;" },
	{ { "\"a\":1", "\"a\":2.5" }, "a number;" },
	/* what KML's int can hold, a double can, and neither can */
	{ { "\"a\":-2147483648", "\"a\":2147483647" }, "a int;" },
	{ { "\"a\":1", "\"a\":350000000000" }, "a number;" },
	{ { "\"a\":-2147483649", "\"a\":9007199254740992" }, "a number;" },
	{ { "\"a\":350000000000", "\"a\":9007199254740993" }, "a int;" },
	{ { "\"a\":1", "\"a\":\"x\"" }, "a text;" },
	{ { "\"a\":true", "\"a\":false" }, "a bool;" },
	{ { "\"a\":true", "\"a\":1" }, "a text;" },
	{ { "\"a\":\"2026-01-31\"", "\"a\":\"31.12.2026\"" }, "a day;" },
	{ { "\"a\":\"2026-01-31\"", "\"a\":\"2026-02-30\"" }, "a text;" },
	{ { "\"a\":\"2026-01-31T12:00:00Z\"", "\"b\":1" }, "a time;b int;" },
	{ { "\"a\":\"2026-01-31T12:00:00Z\"",
	      "\"a\":\"2026-01-31T17:00:00+05:00\"" },
	    "a time;" },
	{ { "\"a\":\"2026/01/31 17:00:00+05\"",
	      "\"a\":\"2026-01-31T17:00:00.5+05:00\"" },
	    "a time;" },
	{ { "\"a\":\"2026-01-31T12:00:00\"", "\"a\":\"2026/01/31 17:00:00\"" },
	    "a text;" },
	/* what the file calls a text is none */
	{ { "\"a\":\"1\"", "\"a\":\"2\"" }, "a text;" },
	{ { "\"a\":null", "\"b\":\"\"" }, "" },
	{ { "\"NAME\":\"x\"", "\"POP_EST\":1" }, "name text;pop_est int;" },
	{ { "\"Атауы\":1", "\"Көше / үй\":2" }, "atauy int;koshe_ui int;" },
	{ { "\"2020\":1", "\"id\":2,\"lon\":3" }, "f2020 int;lon_2 int;" },
	{ { "\"é\":1", "\"e\":2" }, "e int;e_2 int;" },
	{ { "\"!\":1", "\"?\":2" }, "field int;field_2 int;" },
};

static void test_fields(void **state)
{
	struct state *s = *state;
	const struct journal_batch batch = {
		.actor = "test", .command = "remove layer", .reason = "test"
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		char text[TEXT_SIZE];

		snprintf(text, sizeof(text),
		    "{\"type\":\"Feature\",\"id\":1,\"properties\":{%s}}\n"
		    "{\"type\":\"Feature\",\"id\":2,\"properties\":{%s}}\n",
		    types[i].values[0], types[i].values[1]);
		must_take(s, text);
		expect(s, types[i].fields);
		assert_true(layer_remove(s->db, "trees", &batch, &s->counts,
		    &s->version, &s->error));
	}
}

/* A stored layer's types grow to fit both. */
static void test_types_grow(void **state)
{
	struct state *s = *state;

	must_take(s, FEATURE("1", "68", "\"a\":1"));
	expect(s, "a int;");
	must_take(s, FEATURE("1", "68", "\"a\":1.5"));
	expect(s, "a number;");
	must_take(s, FEATURE("1", "68", "\"a\":\"x\""));
	expect(s, "a text;");
	must_take(s, FEATURE("1", "68", "\"a\":1"));
	expect(s, "a text;");
}

static void expect_counts(
    const struct state *s, int created, int changed, int unchanged)
{
	assert_int_equal(s->counts.created, created);
	assert_int_equal(s->counts.changed, changed);
	assert_int_equal(s->counts.unchanged, unchanged);
}

static void test_matching(void **state)
{
	struct state *s = *state;

	must_take(s, FEATURE("\"x\"", "68", "\"name\":\"A\""));
	expect_counts(s, 1, 0, 0);
	/* by id, wherever it lies and however it is called */
	must_take(s, FEATURE("\"x\"", "69", "\"name\":\"B\""));
	expect_counts(s, 0, 1, 0);
	assert_non_null(strstr(s->text, "3 B changes: name, geometry"));
	/* two ids are two features, however near */
	must_take(s, FEATURE("\"y\"", "69", "\"name\":\"B\""));
	expect_counts(s, 1, 0, 0);
	/* without an id by name and place */
	must_take(s, FEATURE("null", "70", "\"name\":\"C\",\"n\":1"));
	expect_counts(s, 1, 0, 0);
	must_take(s, FEATURE("null", "70.001", "\"name\":\"C\",\"n\":1"));
	expect_counts(s, 0, 1, 0);
	must_take(s, FEATURE("null", "70.1", "\"name\":\"C\",\"n\":1"));
	expect_counts(s, 1, 0, 0);
	/* which may get an id then, or be called by ours */
	must_take(s, FEATURE("\"z\"", "70.1", "\"name\":\"C\",\"n\":1"));
	expect_counts(s, 0, 1, 0);
	must_take(s, FEATURE("\"trees.3\"", "71", "\"name\":\"D\",\"n\":1"));
	expect_counts(s, 0, 1, 0);
	/* nothing to go by but the place */
	must_take(s,
	    FEATURE("null", "60", "\"n\":1") FEATURE("null", "60", "\"n\":2"));
	expect_counts(s, 2, 0, 0);
	must_take(s,
	    FEATURE("null", "60", "\"n\":1") FEATURE("null", "60", "\"n\":2"));
	expect_counts(s, 0, 0, 2);
}

static void test_an_id_twice(void **state)
{
	struct state *s = *state;

	must_take(s, FEATURE("1", "68", "") FEATURE("1", "69", ""));
	expect_counts(s, 2, 0, 0);
	assert_non_null(strstr(s->text, "its id stands twice"));
}

static void test_replace(void **state)
{
	struct state *s = *state;
	struct layer_options o = trees;

	must_take(s, FEATURE("1", "68", "\"a\":1,\"b\":1")
			 FEATURE("2", "69", "\"a\":1"));
	must_take(s, FEATURE("2", "69", "\"a\":1"));
	assert_non_null(strstr(s->text, "1 stored features are not in"));
	assert_non_null(strstr(s->text, "b is not in the file"));
	o.replace = true;
	assert_true(take(s, &o, FEATURE("2", "69", "\"a\":1")));
	assert_int_equal(s->counts.withdrawn, 1);
	expect(s, "a int;");
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM layer_feature"), 1);
}

static void test_refused(void **state)
{
	struct state *s = *state;
	struct layer_options o = trees;
	static const struct layer_mapping map[] = { { { "a", 1 }, { "n", 1 },
	    VALUE_INT, { { "", 0 }, { "", 0 }, { "", 0 } } } };

	must_take(s, FEATURE("1", "68", "\"owner\":\"900101300007\"")
			 FEATURE("2", "68", "\"owner\":\"x\""));
	assert_int_equal(s->counts.refused, 1);
	assert_non_null(strstr(s->text, "owner holds a person's number"));
	assert_null(strstr(s->text, "900101300007"));
	o.map = map;
	o.n_map = 1;
	assert_true(take(s, &o,
	    FEATURE("3", "68", "\"a\":\"x\"")
		FEATURE("4", "68", "\"a\":\"7\"")));
	assert_int_equal(s->counts.refused, 1);
	assert_non_null(strstr(s->text, "n is not of the type"));
	o.name = "Trees";
	assert_false(take(s, &o, ""));
	assert_int_equal(s->error.code, ERR_INPUT);
	o.name = "projects";
	assert_false(take(s, &o, ""));
	assert_int_equal(s->error.code, ERR_INPUT);
}

static bool count_conflict(
    void *context, const struct undo_conflict *c, struct err *e)
{
	(void)c;
	(void)e;
	++*(int *)context;
	return true;
}

static bool undo(struct state *s, int64_t version, int *conflicts)
{
	char command[UNDO_COMMAND_SIZE];
	const struct journal_batch batch = {
		.actor = "test", .command = command, .reason = "test"
	};

	err_clear(&s->error);
	*conflicts = 0;
	undo_command(command, version);
	return undo_batch(s->db, version, &batch, TODAY, count_conflict,
	    conflicts, &s->counts, &s->version, &s->error);
}

static void test_undo(void **state)
{
	struct state *s = *state;
	int64_t first, second, third;
	int n;

	must_take(s, FEATURE("1", "68", "\"a\":1") FEATURE("2", "69", ""));
	first = s->version;
	must_take(s, FEATURE("1", "68.5", "\"a\":2"));
	second = s->version;
	assert_false(undo(s, first, &n));
	assert_int_equal(s->error.code, ERR_CONFLICT);
	assert_int_equal(n, 1);
	assert_true(undo(s, second, &n));
	assert_int_equal(store_number(s->db, "SELECT attributes ->> 'a' + "
					     "anchor_lon FROM layer_feature "
					     "WHERE source_id = '1'"),
	    69);
	assert_false(undo(s, second, &n));
	/* a feature of a later import keeps the layer */
	must_take(s, FEATURE("3", "69.5", ""));
	third = s->version;
	assert_false(undo(s, first, &n));
	assert_int_equal(s->error.code, ERR_CONFLICT);
	assert_true(undo(s, third, &n));
	assert_true(undo(s, first, &n));
	assert_int_equal(store_number(s->db, "SELECT count(*) FROM layer"), 0);
	assert_true(undo(s, s->version, &n));
	assert_int_equal(
	    store_number(s->db, "SELECT count(*) FROM layer_feature"), 2);
	assert_false(undo(s, 999, &n));
	assert_int_equal(s->error.code, ERR_MISSING);
}

/* Wherever memory fails, nothing is stored and the next try succeeds. */
static void test_memory(void **state)
{
	static const char features[] = FEATURE("1", "68",
	    "\"name\":\"A\",\"a\":1") FEATURE("2", "69", "\"b\":true");
	struct state *s = *state;
	long n = 0;
	bool done = false;

	for (; !done && n < 20000; n++) {
		mem_fail_after(n);
		done = take(s, &trees, features);
		mem_fail_after(-1);
		assert_true(done || s->error.code == ERR_MEMORY ||
			    s->error.code == ERR_LIMIT ||
			    s->error.code == ERR_INPUT);
		if (!done)
			assert_int_equal(
			    store_number(s->db, "SELECT count(*) FROM layer"),
			    0);
	}
	assert_true(done);
	expect_counts(s, 2, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    test_fields, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_types_grow, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_matching, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_an_id_twice, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_replace, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_refused, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_undo, open_state, close_state),
		cmocka_unit_test_setup_teardown(
		    test_memory, open_state, close_state),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
