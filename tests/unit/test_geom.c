#include "geo/geom.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

static int make_arena(void **state)
{
	static struct arena arena;

	arena_init(&arena, 64 << 20);
	*state = &arena;
	return 0;
}

static int drop_arena(void **state)
{
	arena_free(*state);
	return 0;
}

static const struct {
	const char *text;
	enum geom_type type;
	uint32_t positions, parts, polys;
} texts[] = {
	{ "POINT(68.25 43.3)", GEOM_POINT, 1, 1, 0 },
	{ " point z ( 68.25 43.3 100 ) ", GEOM_POINT, 1, 1, 0 },
	{ "POINTZM(1 2 3 4)", GEOM_POINT, 1, 1, 0 },
	{ "POINT M (1 2 3)", GEOM_POINT, 1, 1, 0 },
	{ "LINESTRING(0 0,1e0 1.0,-2 3)", GEOM_LINE, 3, 1, 0 },
	{ "LINESTRING Z(0 0 5,1 1 5)", GEOM_LINE, 2, 1, 0 },
	{ "POLYGON((0 0,1 0,1 1,0 0))", GEOM_POLYGON, 4, 1, 1 },
	{ "POLYGON((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1))", GEOM_POLYGON, 8, 2,
	    1 },
	{ "MULTIPOINT((1 2),(3 4))", GEOM_MULTIPOINT, 2, 2, 0 },
	{ "MULTIPOINT(1 2,3 4)", GEOM_MULTIPOINT, 2, 2, 0 },
	{ "MULTILINESTRING((0 0,1 1),(2 2,3 3,4 4))", GEOM_MULTILINE, 5, 2, 0 },
	{ "MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2),"
	  "(2.5 2.2,2.6 2.2,2.6 2.3,2.5 2.2)))",
	    GEOM_MULTIPOLYGON, 12, 3, 2 },
	{ "LINESTRING(180 90,-180 -90)", GEOM_LINE, 2, 1, 0 },
};

static const char *const refused[] = {
	"",
	"POINT",
	"POINT()",
	"POINT EMPTY",
	"POINT(1)",
	"POINT(1 2",
	"POINT(1 2) x",
	"POINT(1 2,3 4)",
	"POINT(1 nan)",
	"POINT(1 inf)",
	"POINT(1 2 3 4 5)",
	"POINT(181 0)",
	"POINT(0 -90.5)",
	"POINTS(1 2)",
	"POINT Q(1 2)",
	"CIRCLE(1 2)",
	"GEOMETRYCOLLECTION(POINT(1 2))",
	"LINESTRING(1 2)",
	"LINESTRING((0 0,1 1))",
	"POLYGON(0 0,1 0,1 1,0 0)",
	"POLYGON((0 0,1 0,1 1))",
	"POLYGON((0 0,1 0,0 0))",
	"POLYGON((0 0,1 0,1 1,0 1))",
	"POLYGON()",
	"POLYGON(())",
	"MULTIPOINT()",
	"MULTIPOLYGON((0 0,1 0,1 1,0 0))",
	"POINT(1 2)POINT(1 2)",
};

static void test_wkt(void **state)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct err e = { .code = ERR_NONE };
		const struct geom *g =
		    geom_from_wkt(*state, str_from(texts[i].text), &e);

		if (!g)
			fail_msg("%s: %s", texts[i].text, e.text);
		assert_int_equal(g->type, texts[i].type);
		assert_int_equal(g->n_positions, texts[i].positions);
		assert_int_equal(g->n_parts, texts[i].parts);
		assert_int_equal(g->n_polys, texts[i].polys);
	}
}

static void test_wkt_refused(void **state)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct err e = { .code = ERR_NONE };

		if (geom_from_wkt(*state, str_from(refused[i]), &e))
			fail_msg("%s", refused[i]);
		assert_int_equal(e.code, ERR_INPUT);
	}
}

static void assert_same(const struct geom *a, const struct geom *b)
{
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->n_positions, b->n_positions);
	assert_int_equal(a->n_parts, b->n_parts);
	assert_int_equal(a->n_polys, b->n_polys);
	assert_memory_equal(
	    a->positions, b->positions, a->n_positions * sizeof(*a->positions));
	assert_memory_equal(
	    a->part_sizes, b->part_sizes, a->n_parts * sizeof(*a->part_sizes));
	if (a->n_polys > 0)
		assert_memory_equal(a->poly_parts, b->poly_parts,
		    a->n_polys * sizeof(*a->poly_parts));
	assert_memory_equal(&a->box, &b->box, sizeof(a->box));
}

static void test_blob_round_trip(void **state)
{
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct err e = { .code = ERR_NONE };
		const struct geom *g =
		    geom_from_wkt(*state, str_from(texts[i].text), &e);
		const struct geom *back;
		struct buf b;

		buf_init(&b, 4096);
		geom_add_blob(&b, g);
		back = geom_from_blob(*state, b.data, b.len, &e);
		assert_non_null(back);
		assert_same(g, back);
		buf_free(&b);
	}
}

/* What SpatiaLite 5.0 itself writes for MakePoint(1, 2, 4326), for
 * MakePointZ(1, 2, 3, 4326), and the same point big-endian and as TinyPoint. */
static const struct {
	const char *hex;
	bool good;
} blobs[] = {
	{ "0001E6100000000000000000F03F0000000000000040000000000000F03F"
	  "00000000000000407C01000000000000000000F03F0000000000000040FE",
	    true },
	{ "0001E6100000000000000000F03F0000000000000040000000000000F03F"
	  "00000000000000407CE9030000000000000000F03F0000000000000040"
	  "0000000000000840FE",
	    true },
	{ "0000000010E63FF000000000000040000000000000003FF0000000000000"
	  "40000000000000007C000000013FF00000000000004000000000000000FE",
	    true },
	{ "0081E610000001000000000000F03F0000000000000040FE", true },
	{ "0080000010E6013FF00000000000004000000000000000FE", true },
	{ "0081E610000005000000000000F03F0000000000000040FE", false },
	{ "0001110F0000000000000000F03F0000000000000040000000000000F03F"
	  "00000000000000407C01000000000000000000F03F0000000000000040FE",
	    false },
	{ "0001E6100000000000000000F03F0000000000000040000000000000F03F"
	  "00000000000000407C07000000000000000000F03F0000000000000040FE",
	    false },
	{ "0001E6100000000000000000F03F0000000000000040000000000000F03F"
	  "00000000000000407C01000000000000000000F03F000000000000004000",
	    false },
	{ "00", false },
};

static unsigned nibble(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A' + 10);
}

static void test_foreign_blobs(void **state)
{
	for (size_t i = 0; i < sizeof(blobs) / sizeof(*blobs); i++) {
		unsigned char bytes[256];
		size_t n = strlen(blobs[i].hex) / 2;
		struct err e = { .code = ERR_NONE };
		const struct geom *g;

		for (size_t j = 0; j < n; j++)
			bytes[j] =
			    (unsigned char)(nibble(blobs[i].hex[2 * j]) << 4 |
					    nibble(blobs[i].hex[2 * j + 1]));
		g = geom_from_blob(*state, bytes, n, &e);
		assert_int_equal(g != NULL, blobs[i].good);
		if (!g) {
			assert_int_equal(e.code, ERR_DAMAGED);
			continue;
		}
		assert_true(g->positions[0].lon == 1);
		assert_true(g->positions[0].lat == 2);
	}
}

/* Cut short or with any byte changed a blob gives a geometry or ERR_DAMAGED,
 * nothing else. */
static void test_damaged_blobs(void **state)
{
	const struct geom *g =
	    geom_from_wkt(*state, str_from(texts[11].text), NULL);
	struct buf b;

	buf_init(&b, 4096);
	geom_add_blob(&b, g);
	for (size_t n = 0; n < b.len; n++) {
		struct err e = { .code = ERR_NONE };
		char *copy = mem_alloc(n + 1);

		memcpy(copy, b.data, n);
		assert_null(geom_from_blob(*state, copy, n, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
		mem_free(copy);
	}
	for (size_t i = 0; i < b.len * 8; i++) {
		struct err e = { .code = ERR_NONE };

		b.data[i / 8] = (char)(b.data[i / 8] ^ 1 << i % 8);
		if (!geom_from_blob(*state, b.data, b.len, &e))
			assert_int_equal(e.code, ERR_DAMAGED);
		b.data[i / 8] = (char)(b.data[i / 8] ^ 1 << i % 8);
	}
	buf_free(&b);
}

static void test_make_checks(void **state)
{
	const struct position square[] = { { 0, 0 }, { 1, 0 }, { 1, 1 },
		{ 0, 0 } };
	const struct position wild[] = { { 0, 0 }, { HUGE_VAL, 0 } };
	const uint32_t four = 4, three = 3, two = 2, zero = 0, one = 1;
	const struct {
		struct geom parts;
		bool good;
	} cases[] = {
		{ { GEOM_POLYGON, 1, 1, 4, &four, &one, square, bbox_empty },
		    true },
		{ { GEOM_LINE, 1, 0, 4, &four, NULL, square, bbox_empty },
		    true },
		{ { GEOM_LINE, 1, 1, 4, &four, &one, square, bbox_empty },
		    true },
		{ { GEOM_LINE, 1, 0, 4, &three, NULL, square, bbox_empty },
		    false },
		{ { GEOM_LINE, 1, 0, 0, &zero, NULL, square, bbox_empty },
		    false },
		{ { GEOM_LINE, 1, 0, 2, &two, NULL, wild, bbox_empty }, false },
		{ { GEOM_POLYGON, 1, 0, 4, &four, NULL, square, bbox_empty },
		    false },
		{ { GEOM_POLYGON, 1, 1, 4, &four, &two, square, bbox_empty },
		    false },
		{ { GEOM_POLYGON, 1, 1, 4, &four, &zero, square, bbox_empty },
		    false },
		{ { (enum geom_type)7, 1, 0, 4, &four, NULL, square,
		      bbox_empty },
		    false },
		{ { (enum geom_type)0, 1, 0, 4, &four, NULL, square,
		      bbox_empty },
		    false },
		{ { GEOM_POINT, 1, 0, GEOM_MAX_POSITIONS + 1, &four, NULL,
		      square, bbox_empty },
		    false },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err e = { .code = ERR_NONE };
		const struct geom *g = geom_make(*state, &cases[i].parts, &e);

		assert_int_equal(g != NULL, cases[i].good);
		if (g)
			assert_true(g->positions != square);
	}
	assert_null(geom_point(*state, HUGE_VAL, 0, NULL));
	assert_non_null(geom_point(*state, -180, 90, NULL));
}

static void test_orient(void **state)
{
	/* Exterior clockwise, hole counter-clockwise: both wrong. */
	const struct geom *wrong = geom_from_wkt(*state,
	    str_from("POLYGON((0 0,0 9,9 9,9 0,0 0),"
		     "(1 1,2 1,2 2,1 2,1 1))"),
	    NULL);
	const struct geom *right = geom_from_wkt(*state,
	    str_from("POLYGON((0 0,9 0,9 9,0 9,0 0),"
		     "(1 1,1 2,2 2,2 1,1 1))"),
	    NULL);
	const struct geom *line = geom_from_wkt(
	    *state, str_from("LINESTRING(0 0,0 9,9 9,0 0)"), NULL);

	assert_same(geom_orient(*state, wrong), right);
	assert_true(geom_orient(*state, right) == right);
	assert_true(geom_orient(*state, line) == line);
}

static void test_exhausted_memory(void **state)
{
	struct buf blob;
	bool done = false;

	buf_init(&blob, 4096);
	geom_add_blob(
	    &blob, geom_from_wkt(*state, str_from(texts[11].text), NULL));
	for (long count = 0; !done; count++) {
		struct err e = { .code = ERR_NONE };
		struct arena a;
		const struct geom *g, *back = NULL;

		arena_init(&a, 1 << 20);
		mem_fail_after(count);
		g = geom_from_wkt(&a, str_from(texts[11].text), &e);
		if (g)
			back = geom_from_blob(&a, blob.data, blob.len, &e);
		if (back)
			back = geom_make(&a, back, &e);
		done = back && geom_orient(&a, back);
		mem_fail_after(-1);
		if (!back)
			assert_int_equal(e.code, ERR_MEMORY);
		arena_free(&a);
	}
	buf_free(&blob);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wkt),
		cmocka_unit_test(test_wkt_refused),
		cmocka_unit_test(test_blob_round_trip),
		cmocka_unit_test(test_foreign_blobs),
		cmocka_unit_test(test_damaged_blobs),
		cmocka_unit_test(test_make_checks),
		cmocka_unit_test(test_orient),
		cmocka_unit_test(test_exhausted_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_arena, drop_arena);
}
