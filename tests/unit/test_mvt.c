/* Vector tiles: what is written is what is read, and valid. */
#include "format/mvt.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "geo/clip.h"
#include "geo/simplify.h"
#include "golden.h"
#include "tools/mvt_read.h"
#include "tools/random.h"
#include "tools/shapes.h"

enum { BUFFER = 16, LIMIT = 64 << 20, LONG = 3000 };

struct tools {
	struct arena arena;
	struct geos *geos;
	struct buf out;
};

static int open_tools(void **state)
{
	static struct tools t;

	arena_init(&t.arena, 512 << 20);
	t.geos = geos_open();
	buf_init(&t.out, LIMIT);
	*state = &t;
	return t.geos ? 0 : -1;
}

static int close_tools(void **state)
{
	struct tools *t = *state;

	geos_close(t->geos);
	arena_free(&t->arena);
	buf_free(&t->out);
	return 0;
}

static void read_back(struct mvt_read *out, struct tools *t)
{
	const char *fault;

	assert_false(t->out.failed);
	fault = mvt_read(out, t->out.data, t->out.len, &t->arena);
	if (fault)
		fail_msg("%s", fault);
}

/* --- values --------------------------------------------------------------- */

static struct value text(const char *s)
{
	return (struct value){ .type = VALUE_TEXT, .text = str_from(s) };
}

static struct value integer(enum value_type type, int64_t v)
{
	return (struct value){ .type = type, .integer = v };
}

static struct value number(double v)
{
	return (struct value){ .type = VALUE_NUMBER, .number = v };
}

static void check_value(const struct value *v, const struct mvt_read_value *r)
{
	switch (v->type) {
	case VALUE_NULL:
		assert_null(r);
		return;
	case VALUE_INT:
		assert_int_equal(r->type, MVT_READ_INT);
		assert_int_equal(r->integer, v->integer);
		return;
	case VALUE_NUMBER:
		assert_int_equal(r->type, MVT_READ_DOUBLE);
		assert_memory_equal(&r->number, &v->number, 8);
		return;
	case VALUE_MONEY:
		assert_int_equal(r->type, MVT_READ_DOUBLE);
		assert_int_equal(llrint(r->number * 100), v->integer);
		return;
	case VALUE_BOOL:
		assert_int_equal(r->type, MVT_READ_BOOL);
		assert_int_equal(r->count, v->integer);
		return;
	default:
		assert_int_equal(r->type, MVT_READ_TEXT);
		assert_true(
		    v->type != VALUE_TEXT || str_equal(r->text, v->text));
	}
}

static const char *long_text(struct arena *a)
{
	char *text = arena_alloc(a, LONG + 1);

	assert_non_null(text);
	memset(text, 'x', LONG);
	return text;
}

static void test_values(void **state)
{
	struct tools *t = *state;
	const char *longer = long_text(&t->arena);
	const struct value values[] = {
		text(""),
		text("Мектеп"),
		text(longer),
		{ .type = VALUE_NULL },
		integer(VALUE_INT, 0),
		integer(VALUE_INT, -1),
		integer(VALUE_INT, INT64_MAX),
		integer(VALUE_INT, INT64_MIN),
		integer(VALUE_BOOL, 0),
		integer(VALUE_BOOL, 1),
		integer(VALUE_MONEY, 12345),
		integer(VALUE_MONEY, -1),
		integer(VALUE_MONEY, 9007199254740991),
		integer(VALUE_DAY, 20260131),
		integer(VALUE_TIME, 1782900000000000),
		number(0),
		number(-0.0),
		number(1e300),
		number(0.1),
		text("Мектеп"),
	};
	enum { N = sizeof(values) / sizeof(values[0]) };
	struct mvt_layer l;
	struct mvt_read read;
	char key[16];

	buf_reset(&t->out);
	mvt_begin(&l, str_from("values"), LIMIT);
	for (int i = 0; i < N; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		mvt_tag_value(&l, mvt_key(&l, str_from(key)), &values[i]);
	}
	mvt_add_point(&l, 7, (struct grid_point){ 25, 17 });
	assert_int_equal(l.n_tags, 0);
	mvt_add_point(&l, MVT_NO_ID, (struct grid_point){ -64, 4160 });
	assert_true(mvt_size(&l) > LONG);
	mvt_end(&l, &t->out);
	assert_int_equal(mvt_size(&l), t->out.len);
	mvt_free(&l);
	read_back(&read, t);
	assert_int_equal(read.layers[0].n, 2);
	/* One is null, one is there before. */
	assert_int_equal(read.layers[0].n_values, N - 2);
	assert_int_equal(read.layers[0].features[0].id, 7);
	assert_int_equal(read.layers[0].features[1].id, -1);
	assert_int_equal(read.layers[0].features[1].n_tags, 0);
	assert_int_equal(read.layers[0].features[1].geom.points[0].x, -64);
	for (int i = 0; i < N; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		check_value(
		    &values[i], mvt_read_tag(&read.layers[0].features[0], key));
	}
}

/* Thousands of values that come again and again keep their numbers. */
static void test_many_values(void **state)
{
	enum { FEATURES = 20000, VALUES = 7919 };
	struct tools *t = *state;
	struct mvt_layer l;
	struct mvt_read read;
	uint32_t amount, name;
	char word[24];

	buf_reset(&t->out);
	mvt_begin(&l, str_from("many"), LIMIT);
	amount = mvt_key(&l, str_from("amount"));
	name = mvt_key(&l, str_from("name"));
	for (int i = 0; i < FEATURES; i++) {
		snprintf(word, sizeof(word), "word %d", i % VALUES);
		mvt_tag(&l, amount, mvt_money(&l, i % VALUES * 100));
		mvt_tag(&l, name, mvt_text(&l, str_from(word)));
		mvt_add_point(&l, i, (struct grid_point){ i % 4096, i / 5 });
	}
	mvt_end(&l, &t->out);
	mvt_free(&l);
	read_back(&read, t);
	assert_int_equal(read.layers[0].n_values, 2 * VALUES);
	for (int i = 0; i < FEATURES; i++) {
		const struct mvt_read_feature *f = &read.layers[0].features[i];

		snprintf(word, sizeof(word), "word %d", i % VALUES);
		assert_true(str_is(mvt_read_tag(f, "name")->text, word));
		assert_int_equal(
		    llrint(mvt_read_tag(f, "amount")->number), i % VALUES);
		assert_int_equal(f->id, i);
		assert_int_equal(f->geom.points[0].y, i / 5);
	}
	arena_reset(&t->arena);
}

/* --- geometry ------------------------------------------------------------- */

static void check_same(const struct grid_geom *a, const struct grid_geom *b)
{
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->n_parts, b->n_parts);
	assert_int_equal(a->n_polys, b->n_polys);
	assert_int_equal(a->n_points, b->n_points);
	assert_memory_equal(
	    a->points, b->points, a->n_points * sizeof(*a->points));
	assert_memory_equal(
	    a->part_sizes, b->part_sizes, a->n_parts * sizeof(uint32_t));
	if (a->n_polys > 0)
		assert_memory_equal(a->poly_parts, b->poly_parts,
		    a->n_polys * sizeof(uint32_t));
}

/* A random shape as a tile would hold it. */
static struct grid_geom quantised(struct tools *t, uint64_t *seed)
{
	enum shape_kind kind = (enum shape_kind)random_below(seed, SHAPE_KINDS);
	struct position centre = { random_between(seed, -170, 170),
		random_between(seed, -80, 80) };
	double size = exp(random_between(seed, -5, 2));
	int z = (int)random_below(seed, 15);
	struct tile tile = tile_of(centre.lon, centre.lat, z);
	const struct simplify how = { .z = z,
		.tolerance = SIMPLIFY_HALF_PIXEL };
	const struct geom *g =
	    shape_random(kind, seed, centre, size, &t->arena);
	struct grid_geom world, out;

	assert_true(simplify_geom(&world, g, &how, &t->arena, NULL));
	assert_true(clip_to_tile(
	    &out, &world, &tile, BUFFER, &t->geos, &t->arena, NULL));
	return out;
}

static void test_round_trip(void **state)
{
	enum { TILES = 60, FEATURES = 20 };
	struct tools *t = *state;
	uint64_t seed = 12;

	for (int i = 0; i < TILES; i++) {
		struct grid_geom in[FEATURES];
		struct mvt_layer l;
		struct mvt_read read;
		size_t at = 0;

		buf_reset(&t->out);
		mvt_begin(&l, str_from("shapes"), LIMIT);
		for (int k = 0; k < FEATURES; k++) {
			in[k] = quantised(t, &seed);
			mvt_add_geom(&l, k, &in[k]);
		}
		mvt_end(&l, &t->out);
		mvt_free(&l);
		read_back(&read, t);
		for (int k = 0; k < FEATURES; k++) {
			const struct mvt_read_feature *f;
			const char *wrong;

			if (in[k].n_points == 0)
				continue;
			f = &read.layers[0].features[at++];
			assert_int_equal(f->id, k);
			check_same(&f->geom, &in[k]);
			wrong =
			    shape_wrong(&f->geom, BUFFER, t->geos, &t->arena);
			if (wrong)
				fail_msg("%s", wrong);
		}
		assert_int_equal(read.layers[0].n, at);
		arena_reset(&t->arena);
	}
}

/* --- layers --------------------------------------------------------------- */

static void test_empty_layers_are_left_out(void **state)
{
	struct tools *t = *state;
	const struct grid_geom nothing = { .type = GEOM_POLYGON };
	struct mvt_layer l;

	buf_reset(&t->out);
	mvt_begin(&l, str_from("empty"), LIMIT);
	mvt_tag(&l, mvt_key(&l, str_from("a")), mvt_bool(&l, true));
	mvt_add_geom(&l, 1, &nothing);
	assert_int_equal(mvt_size(&l), 0);
	mvt_end(&l, &t->out);
	mvt_free(&l);
	assert_int_equal(t->out.len, 0);
	assert_false(t->out.failed);
}

static void test_too_much(void **state)
{
	struct tools *t = *state;
	struct mvt_layer l;

	buf_reset(&t->out);
	mvt_begin(&l, str_from("keys"), LIMIT);
	for (int i = 0; i <= MVT_KEYS_MAX; i++)
		mvt_key(&l, str_from("k"));
	mvt_add_point(&l, 1, (struct grid_point){ 0, 0 });
	mvt_end(&l, &t->out);
	mvt_free(&l);
	assert_true(t->out.failed);

	buf_reset(&t->out);
	mvt_begin(&l, str_from("tags"), LIMIT);
	for (int i = 0; i <= 5 * MVT_TAGS_MAX; i++)
		mvt_tag(&l, 0, 0);
	mvt_add_point(&l, 1, (struct grid_point){ 0, 0 });
	mvt_end(&l, &t->out);
	mvt_free(&l);
	assert_true(t->out.failed);

	buf_reset(&t->out);
	mvt_begin(&l, str_from("limit"), 1000);
	for (int i = 0; i < 1000; i++)
		mvt_add_point(&l, i, (struct grid_point){ 0, 0 });
	mvt_end(&l, &t->out);
	mvt_free(&l);
	assert_true(t->out.failed);
}

static void write_golden(struct buf *out, long fail_at)
{
	static const struct grid_point points[] = { { 10, 10 }, { 100, 10 },
		{ 100, 100 }, { 10, 100 }, { 20, 20 }, { 20, 50 }, { 50, 50 },
		{ 200, 200 }, { 210, 200 }, { 210, 210 } };
	static const uint32_t parts[] = { 4, 3, 3 }, polys[] = { 2, 1 };
	const struct grid_geom g = { GEOM_MULTIPOLYGON, 3, 2, 10, parts, polys,
		points };
	struct mvt_layer l;

	mem_fail_after(fail_at);
	mvt_begin(&l, str_from("projects"), LIMIT);
	mvt_tag(&l, mvt_key(&l, str_from("status")),
	    mvt_text(&l, str_from("implementation")));
	mvt_tag(&l, mvt_key(&l, str_from("planned")), mvt_money(&l, 1250));
	mvt_tag(&l, mvt_key(&l, str_from("overdue")), mvt_bool(&l, false));
	mvt_add_point(&l, 300, (struct grid_point){ 25, 17 });
	mvt_tag(&l, 0, mvt_new_text(&l, str_from("completion")));
	mvt_add_geom(&l, 301, &g);
	mvt_end(&l, out);
	mvt_free(&l);
	mvt_begin(&l, str_from("projects_clusters"), LIMIT);
	mvt_tag(&l, mvt_key(&l, str_from("point_count")), mvt_count(&l, 40));
	mvt_add_point(&l, MVT_NO_ID, (struct grid_point){ 4095, 0 });
	mvt_end(&l, out);
	mvt_free(&l);
	mem_fail_after(-1);
}

static void test_golden(void **state)
{
	struct tools *t = *state;
	struct mvt_read read;

	buf_reset(&t->out);
	write_golden(&t->out, -1);
	read_back(&read, t);
	assert_int_equal(read.n, 2);
	golden_check("mvt/layers.mvt", buf_str(&t->out));
}

/* Whichever allocation fails, the tile fails and nothing leaks. */
static void test_out_of_memory(void **state)
{
	struct buf out;
	bool done = false;

	(void)state;
	for (long i = 0; !done; i++) {
		buf_init(&out, LIMIT);
		write_golden(&out, i);
		done = !out.failed;
		assert_true(i < 100);
		buf_free(&out);
	}
}

/* The reader itself: a tile cut or changed anywhere is refused or still read,
 * never past its end. */
static void test_reader_is_strict(void **state)
{
	struct tools *t = *state;
	struct mvt_read read;
	struct buf copy;
	uint64_t seed = 6;

	buf_reset(&t->out);
	write_golden(&t->out, -1);
	for (size_t len = 1; len < t->out.len; len++) {
		buf_init(&copy, LIMIT);
		buf_add(&copy, t->out.data, len);
		if (!mvt_read(&read, copy.data, copy.len, &t->arena))
			assert_int_equal(read.n, 1);
		buf_free(&copy);
	}
	for (int i = 0; i < 2000; i++) {
		buf_init(&copy, LIMIT);
		buf_add_str(&copy, buf_str(&t->out));
		copy.data[random_below(&seed, (uint32_t)copy.len)] =
		    (char)random_bits(&seed);
		(void)mvt_read(&read, copy.data, copy.len, &t->arena);
		buf_free(&copy);
		arena_reset(&t->arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_many_values),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_empty_layers_are_left_out),
		cmocka_unit_test(test_too_much),
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_out_of_memory),
		cmocka_unit_test(test_reader_is_strict),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_tools, close_tools);
}
