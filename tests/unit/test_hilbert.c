#include "geo/hilbert.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "geo/tile.h"
#include "tools/random.h"

static const struct {
	double lon, lat;
	int z;
	uint32_t x, y;
} tiles[] = {
	{ 0, 0, 0, 0, 0 },
	{ -180, 90, 5, 0, 0 },
	{ 180, -90, 5, 31, 31 },
	{ -180, 85.06, 22, 0, 0 },
	{ 179.9999999, -85.06, 22, 4194303, 4194303 },
	{ 0, 0, 1, 1, 1 },
	{ -0.0001, 0.0001, 1, 0, 0 },
	{ 68.2517, 43.2973, 8, 176, 93 },
};

static void test_tile_of(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tiles) / sizeof(*tiles); i++) {
		struct tile t = tile_of(tiles[i].lon, tiles[i].lat, tiles[i].z);

		assert_int_equal(t.x, tiles[i].x);
		assert_int_equal(t.y, tiles[i].y);
	}
}

static const struct {
	const char *z, *x, *y;
	enum err_code code;
} paths[] = {
	{ "0", "0", "0", ERR_NONE },
	{ "22", "4194303", "4194303", ERR_NONE },
	{ "8", "176", "93", ERR_NONE },
	{ "23", "0", "0", ERR_MISSING },
	{ "0", "1", "0", ERR_MISSING },
	{ "0", "0", "1", ERR_MISSING },
	{ "3", "8", "0", ERR_MISSING },
	{ "03", "1", "1", ERR_INPUT },
	{ "3", "01", "1", ERR_INPUT },
	{ "3", "-1", "1", ERR_INPUT },
	{ "3", "+1", "1", ERR_INPUT },
	{ "3", "1.0", "1", ERR_INPUT },
	{ "3", " 1", "1", ERR_INPUT },
	{ "", "1", "1", ERR_INPUT },
	{ "3", "1", "", ERR_INPUT },
	{ "3", "4294967297", "1", ERR_MISSING },
	{ "22", "99999999", "1", ERR_MISSING },
	{ "99999999999999999999999", "0", "0", ERR_MISSING },
	{ "22", "1", "9999999x", ERR_INPUT },
};

static void test_tile_parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct err e = { .code = ERR_NONE };
		struct tile t = { 99, 9, 9 };
		bool good = tile_parse(&t, str_from(paths[i].z),
		    str_from(paths[i].x), str_from(paths[i].y), &e);

		assert_int_equal(good, paths[i].code == ERR_NONE);
		assert_int_equal(e.code, paths[i].code);
		if (!good)
			assert_int_equal(t.z, 99);
	}
}

/* A curve visits neighbours one after another, every cell once. */
static void test_neighbours_follow_each_other(void **state)
{
	enum { ZOOM = 7, DEEPER = 2 * (HILBERT_ORDER - ZOOM) };
	uint32_t x0 = 0, y0 = 0, x, y;

	(void)state;
	for (int64_t i = 0; i < (int64_t)1 << 2 * ZOOM; i++) {
		int64_t first, last;

		hilbert_to_tile(i << DEEPER, ZOOM, &x, &y);
		if (i > 0)
			assert_int_equal(
			    labs((long)x - (long)x0) + labs((long)y - (long)y0),
			    1);
		hilbert_of_tile(ZOOM, x, y, &first, &last);
		assert_true(first == i << DEEPER);
		assert_true(last == ((i + 1) << DEEPER) - 1);
		x0 = x;
		y0 = y;
	}
}

/* The tiles of the next zoom share a tile's range in four quarters. */
static void test_tiles_nest(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		int z = (int)random_below(&seed, HILBERT_ORDER);
		uint32_t x = random_below(&seed, (uint32_t)1 << z);
		uint32_t y = random_below(&seed, (uint32_t)1 << z);
		int64_t first, last, sum = 0;

		hilbert_of_tile(z, x, y, &first, &last);
		for (uint32_t j = 0; j < 4; j++) {
			int64_t f, l;

			hilbert_of_tile(
			    z + 1, 2 * x + j / 2, 2 * y + j % 2, &f, &l);
			assert_true(f >= first && l <= last);
			sum += l - f + 1;
		}
		assert_true(sum == last - first + 1);
	}
}

/* A point's code lies in the range of the tile that holds the point, and the
 * tile's edges hold the point. */
static void test_points_lie_in_their_tiles(void **state)
{
	uint64_t seed = 4;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		double lon = random_between(&seed, -180, 180);
		double lat = random_between(&seed, -85.05, 85.05);
		int z = (int)random_below(&seed, TILE_MAX_ZOOM + 1);
		struct tile t = tile_of(lon, lat, z);
		struct bbox b = tile_bounds(&t);
		int64_t first, last, code = hilbert_of(lon, lat);
		uint32_t x, y;

		hilbert_of_tile(z, t.x, t.y, &first, &last);
		assert_true(code >= first && code <= last);
		hilbert_to_tile(code, z, &x, &y);
		assert_true(x == t.x && y == t.y);
		assert_true(lon > b.west - 1e-9 && lon < b.east + 1e-9);
		assert_true(lat > b.south - 1e-9 && lat < b.north + 1e-9);
	}
}

static void test_bounds_cover_the_world(void **state)
{
	const struct tile world = { 0, 0, 0 };
	struct bbox b = tile_bounds(&world);

	(void)state;
	assert_true(b.west == -180 && b.east == 180);
	assert_true(b.north > 85.0511 && b.north < 85.0512);
	for (uint32_t i = 0; i < 8; i++) {
		struct tile here = { 3, i, i }, next = { 3, i + 1, i + 1 };
		struct bbox a = tile_bounds(&here), c = tile_bounds(&next);

		assert_true(i == 7 || a.east == c.west);
		assert_true(i == 7 || a.south == c.north);
		assert_true(a.south < a.north && a.west < a.east);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tile_of),
		cmocka_unit_test(test_tile_parse),
		cmocka_unit_test(test_neighbours_follow_each_other),
		cmocka_unit_test(test_tiles_nest),
		cmocka_unit_test(test_points_lie_in_their_tiles),
		cmocka_unit_test(test_bounds_cover_the_world),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
