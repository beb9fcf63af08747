#include "app/generate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/hash.h"
#include "format/csv_read.h"
#include "geo/geom.h"

enum { ROWS = 20000, LIMIT = 64 << 20, ARENA = 16 << 20 };

/* The box of the oblast, a little larger. */
static const struct bbox oblast = { 65.9, 40.5, 71.0, 46.1 };

static void write_rows(struct buf *b, uint64_t seed, uint64_t n)
{
	buf_init(b, LIMIT);
	generate_add_header(b);
	for (uint64_t i = 0; i < n; i++)
		generate_add_row(b, seed, i);
	assert_false(b->failed);
}

static uint64_t hash_of(uint64_t seed, uint64_t n)
{
	struct buf b;
	uint64_t hash;

	write_rows(&b, seed, n);
	hash = hash_bytes(b.data, b.len, 0);
	buf_free(&b);
	return hash;
}

static void same_seed_gives_same_bytes(void **state)
{
	(void)state;
	assert_true(hash_of(1, ROWS) == hash_of(1, ROWS));
	assert_true(hash_of(1, ROWS) != hash_of(2, ROWS));
}

static void a_row_depends_on_its_number_only(void **state)
{
	struct buf all, one;

	(void)state;
	write_rows(&all, 7, 100);
	buf_init(&one, LIMIT);
	generate_add_row(&one, 7, 99);
	assert_true(one.len < all.len);
	assert_memory_equal(all.data + all.len - one.len, one.data, one.len);
	buf_free(&one);
	buf_free(&all);
}

static int column(const struct csv_reader *r, const char *name)
{
	const struct str *columns;
	size_t n;

	columns = csv_columns(r, &n);
	for (size_t i = 0; i < n; i++)
		if (str_is(columns[i], name))
			return (int)i;
	fail_msg("there is no column %s", name);
	return -1;
}

struct seen {
	unsigned rows, points, lines, areas, nowhere;
};

static void look_at_geometry(struct seen *s, struct str lon, struct str lat,
    struct str wkt, struct arena *a)
{
	struct err e = { .code = ERR_NONE };
	const struct geom *g;
	double x, y;

	if (lon.len > 0) {
		s->points++;
		assert_true(str_to_double(lon, &x) && str_to_double(lat, &y));
		assert_true(x > oblast.west && x < oblast.east);
		assert_true(y > oblast.south && y < oblast.north);
	} else if (wkt.len > 0) {
		arena_reset(a);
		g = geom_from_wkt(a, wkt, &e);
		assert_non_null(g);
		assert_true(bbox_contains(&oblast, &g->box));
		if (str_starts(wkt, "LINESTRING"))
			s->lines++;
		else
			s->areas++;
	} else {
		s->nowhere++;
	}
}

static void rows_are_records_with_places(void **state)
{
	struct err e = { .code = ERR_NONE };
	enum csv_result result;
	const struct str *fields;
	struct seen s = { 0 };
	struct csv_reader *r;
	struct arena a;
	struct buf b;
	FILE *file = tmpfile();
	int lon, lat, wkt;

	(void)state;
	assert_non_null(file);
	write_rows(&b, 1, ROWS);
	assert_int_equal(fwrite(b.data, 1, b.len, file), b.len);
	rewind(file);
	r = csv_open(file, &e);
	assert_non_null(r);
	lon = column(r, "lon");
	lat = column(r, "lat");
	wkt = column(r, "wkt");
	arena_init(&a, ARENA);
	while ((result = csv_next(r, &fields, &e)) == CSV_RECORD) {
		s.rows++;
		look_at_geometry(&s, fields[lon], fields[lat], fields[wkt], &a);
	}
	assert_int_equal(result, CSV_END);
	assert_int_equal(s.rows, ROWS);
	assert_in_range(s.lines, ROWS * 4 / 100, ROWS * 6 / 100);
	assert_in_range(s.areas, ROWS / 100, ROWS * 3 / 100);
	assert_in_range(s.nowhere, ROWS * 2 / 100, ROWS * 4 / 100);
	arena_free(&a);
	csv_close(r);
	fclose(file);
	buf_free(&b);
}

static void ids_have_six_digits_to_the_last(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, LIMIT);
	generate_add_row(&b, 1, GENERATE_MAX - 1);
	assert_true(b.len > 16);
	assert_memory_equal(b.data, "TKS-", 4);
	assert_int_equal(b.data[8], '-');
	assert_int_equal(b.data[15], ',');
	buf_free(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_seed_gives_same_bytes),
		cmocka_unit_test(a_row_depends_on_its_number_only),
		cmocka_unit_test(rows_are_records_with_places),
		cmocka_unit_test(ids_have_six_digits_to_the_last),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
