#include "geo/geos.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

struct tools {
	struct arena arena;
	struct geos *geos;
};

static int open_tools(void **state)
{
	static struct tools tools;

	arena_init(&tools.arena, 16 << 20);
	tools.geos = geos_open();
	*state = &tools;
	return tools.geos ? 0 : -1;
}

static int close_tools(void **state)
{
	struct tools *t = *state;

	geos_close(t->geos);
	arena_free(&t->arena);
	return 0;
}

static const struct geom *read(struct tools *t, const char *wkt)
{
	return geom_from_wkt(&t->arena, str_from(wkt), NULL);
}

static const struct {
	const char *wkt;
	bool valid;
	enum geom_type repaired; /* 0: cannot be */
	double km2;
} geometries[] = {
	{ "POINT(1 2)", true, GEOM_POINT, 0 },
	{ "MULTIPOINT(1 2,3 4)", true, GEOM_MULTIPOINT, 0 },
	{ "LINESTRING(0 0,1 1)", true, GEOM_LINE, 0 },
	{ "MULTILINESTRING((0 0,1 1),(2 2,3 3))", true, GEOM_MULTILINE, 0 },
	{ "LINESTRING(3 3,3 3)", false, 0, 0 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", true, GEOM_POLYGON, 12363.7 },
	{ "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((5 0,6 0,6 1,5 1,5 0)))", true,
	    GEOM_MULTIPOLYGON, 24727.4 },
	/* A bow becomes two triangles. */
	{ "POLYGON((0 0,1 1,1 0,0 1,0 0))", false, GEOM_MULTIPOLYGON, 6181.8 },
	/* A spike vanishes. */
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0.5,-5 0.5,0 0.5,0 0))", false,
	    GEOM_POLYGON, 12363.7 },
	/* A hole that lies outside was meant as a polygon. */
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0),(5 0,5 1,6 1,6 0,5 0))", false,
	    GEOM_MULTIPOLYGON, 24727.4 },
	{ "POLYGON((1 1,2 2,3 3,1 1))", false, 0, 0 },
};

static void test_validity_and_repair(void **state)
{
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(geometries) / sizeof(*geometries); i++) {
		struct err e = { .code = ERR_NONE };
		const struct geom *g = read(t, geometries[i].wkt), *made;
		char reason[100] = "";

		assert_int_equal(
		    geos_is_valid(t->geos, g, reason, sizeof(reason)),
		    geometries[i].valid);
		assert_int_equal(reason[0] == '\0', geometries[i].valid);
		made = geos_make_valid(t->geos, &t->arena, g, &e);
		if (!geometries[i].repaired) {
			assert_null(made);
			assert_int_equal(e.code, ERR_INPUT);
			continue;
		}
		assert_non_null(made);
		assert_int_equal(made->type, geometries[i].repaired);
		assert_true(geos_is_valid(t->geos, made, NULL, 0));
		assert_true(fabs(geom_area_km2(made) - geometries[i].km2) <=
			    geometries[i].km2 * 1e-3);
		assert_int_equal(made == g, geometries[i].valid);
	}
}

/* A polygon through n places anywhere: it crosses itself about n * n / 5 times.
 */
static const struct geom *tangle(struct tools *t, uint32_t n)
{
	struct position *p = arena_alloc(&t->arena, (n + 1) * sizeof(*p));
	uint32_t *sizes = arena_alloc(&t->arena, 2 * sizeof(*sizes));
	struct geom *g = arena_alloc(&t->arena, sizeof(*g));
	uint64_t seed = 1;

	for (uint32_t i = 0; i < n; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		p[i].lon = 60 + (double)(seed >> 40) * 1e-6;
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		p[i].lat = 40 + (double)(seed >> 40) * 1e-7;
	}
	p[n] = p[0];
	sizes[0] = n + 1;
	sizes[1] = 1;
	*g = (struct geom){ .type = GEOM_POLYGON,
		.positions = p,
		.n_positions = n + 1,
		.part_sizes = sizes,
		.poly_parts = sizes + 1,
		.n_parts = 1,
		.n_polys = 1 };
	return g;
}

static void test_tangles_are_not_repaired(void **state)
{
	struct tools *t = *state;
	struct err e = { .code = ERR_NONE };

	assert_non_null(
	    geos_make_valid(t->geos, &t->arena, tangle(t, 100), &e));
	assert_null(geos_make_valid(t->geos, &t->arena, tangle(t, 3000), &e));
	assert_int_equal(e.code, ERR_INPUT);
	assert_string_equal(
	    e.text, "the geometry crosses itself too often to be repaired");
}

static const struct {
	const char *wkt;
	bool intersects, contained;
} others[] = {
	{ "POINT(5 5)", true, true },
	{ "POINT(9 5)", true, false },
	{ "POINT(10 5)", false, false },
	{ "LINESTRING(1 1,8 8)", true, true },
	{ "LINESTRING(0 5,5 5)", true, true },
	{ "LINESTRING(5 5,20 5)", true, false },
	{ "LINESTRING(9 1,9 8)", true, false },
	{ "LINESTRING(20 5,30 5)", false, false },
	{ "POLYGON((1 1,2 1,2 2,1 1))", true, true },
	{ "POLYGON((8 8,12 8,12 12,8 8))", true, false },
	{ "MULTIPOINT(1 1,20 20)", true, false },
};

static void test_prepared(void **state)
{
	struct tools *t = *state;
	struct geos_prepared *p =
	    geos_prepare(t->geos, read(t, "POLYGON((0 0,9 0,9 9,0 9,0 0))"));

	assert_non_null(p);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		const struct geom *g = read(t, others[i].wkt);

		if (geos_prepared_intersects(p, g) != others[i].intersects ||
		    geos_prepared_contains(p, g) != others[i].contained)
			fail_msg("%s", others[i].wkt);
	}
	geos_prepared_close(p);
}

/* Letters of the relations that hold, in the order of the enum: i e d t w o c
 * and n for contains. */
static const struct {
	const char *a, *b, *relations;
} related[] = {
	{ "POINT(1 1)", "POINT(1 1)", "iewn" },
	{ "POINT(1 1)", "POINT(1 2)", "d" },
	{ "POINT(5 5)", "POLYGON((0 0,9 0,9 9,0 9,0 0))", "iw" },
	{ "POINT(0 5)", "POLYGON((0 0,9 0,9 9,0 9,0 0))", "it" },
	{ "MULTIPOINT(5 5,20 20)", "POLYGON((0 0,9 0,9 9,0 9,0 0))", "ic" },
	{ "MULTIPOINT(5 5,6 6)", "MULTIPOINT(6 6,7 7)", "io" },
	{ "LINESTRING(0 0,2 2)", "LINESTRING(0 2,2 0)", "ic" },
	{ "LINESTRING(0 0,2 0)", "LINESTRING(1 0,3 0)", "io" },
	{ "LINESTRING(0 0,2 0)", "LINESTRING(2 0,1 0,0 0)", "iewn" },
	{ "LINESTRING(0 0,2 0)", "LINESTRING(2 0,3 3)", "it" },
	{ "LINESTRING(-5 5,5 5)", "POLYGON((0 0,9 0,9 9,0 9,0 0))", "ic" },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", "LINESTRING(1 1,2 2)", "in" },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", "POLYGON((9 9,9 0,0 0,0 9,9 9))",
	    "iewn" },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", "POLYGON((5 5,15 5,15 15,5 5))",
	    "io" },
	{ "POLYGON((0 0,9 0,9 9,0 9,0 0))", "POLYGON((9 0,15 0,15 9,9 0))",
	    "it" },
};

static void assert_relates(struct tools *t, const struct geom *a,
    const struct geom *b, const char *expected)
{
	static const char letters[] = "iedtwocn";
	struct geos_prepared *p = geos_prepare(t->geos, a);

	assert_non_null(p);
	for (int i = 0; letters[i]; i++) {
		enum geos_relation relation = (enum geos_relation)i;
		int holds = strchr(expected, letters[i]) != NULL;

		assert_int_equal(geos_relate(t->geos, relation, a, b), holds);
		assert_int_equal(geos_prepared_relate(p, relation, b), holds);
	}
	geos_prepared_close(p);
}

static void test_relations(void **state)
{
	struct tools *t = *state;
	const struct geom *bow = read(t, "POLYGON((0 0,1 1,1 0,0 1,0 0))");

	for (size_t i = 0; i < sizeof(related) / sizeof(*related); i++) {
		char swapped[] = "........";

		strcpy(swapped, related[i].relations);
		for (char *c = swapped; *c; c++)
			*c = *c == 'w' ? 'n' : *c == 'n' ? 'w' : *c;
		assert_relates(t, read(t, related[i].a), read(t, related[i].b),
		    related[i].relations);
		assert_relates(
		    t, read(t, related[i].b), read(t, related[i].a), swapped);
	}
	mem_fail_after(0);
	assert_int_equal(
	    geos_relate(t->geos, GEOS_TOUCHES, bow, bow), GEOS_NO_MEMORY);
	mem_fail_after(-1);
}

static const struct {
	const char *a, *b;
	double km2;
} overlaps[] = {
	{ "POLYGON((0 0,2 0,2 2,0 2,0 0))", "POLYGON((1 0,3 0,3 1,1 1,1 0))",
	    12363.7 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((1 0,2 0,2 1,1 1,1 0))",
	    0 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))", "POLYGON((5 0,6 0,6 1,5 1,5 0))",
	    0 },
	{ "POLYGON((0 0,1 0,1 1,0 1,0 0))",
	    "MULTIPOLYGON(((0 0,1 0,1 1,0 1,0 0)),((5 0,6 0,6 1,5 0)))",
	    12363.7 },
};

static void test_overlaps(void **state)
{
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(overlaps) / sizeof(*overlaps); i++) {
		const struct geom *a = read(t, overlaps[i].a);
		const struct geom *b = read(t, overlaps[i].b);

		assert_true(fabs(geos_overlap_km2(t->geos, a, b) -
				 overlaps[i].km2) < 1);
		assert_true(fabs(geos_overlap_km2(t->geos, b, a) -
				 overlaps[i].km2) < 1);
	}
}

static void test_exhausted_memory(void **state)
{
	struct tools *t = *state;
	const struct geom *bow = read(
	    t, "MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)),((5 0,6 0,6 1,5 0)))");
	const struct geom *square = read(t, "POLYGON((0 0,1 0,1 1,0 1,0 0))");
	bool done = false;

	for (long count = 0; !done; count++) {
		struct arena a;
		struct geos *g;
		struct geos_prepared *p = NULL;

		arena_init(&a, 1 << 20);
		mem_fail_after(count);
		g = geos_open();
		if (g)
			p = geos_prepare(g, bow);
		done = p && geos_make_valid(g, &a, bow, NULL) &&
		       geos_overlap_km2(g, square, square) > 0;
		mem_fail_after(-1);
		geos_prepared_close(p);
		geos_close(g);
		arena_free(&a);
		assert_true(count < 1000);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_validity_and_repair),
		cmocka_unit_test(test_tangles_are_not_repaired),
		cmocka_unit_test(test_prepared),
		cmocka_unit_test(test_relations),
		cmocka_unit_test(test_overlaps),
		cmocka_unit_test(test_exhausted_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_tools, close_tools);
}
