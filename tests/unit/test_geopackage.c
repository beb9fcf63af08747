/* GeoPackages by the requirements of OGC 12-128r18, read with SQLite alone. */
#include "store/geopackage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "sample.h"

enum { PUBLISHED = 1767225600, TEXT_SIZE = 512 };

static const struct geopackage_about about = {
	.identifier = "Нысандар 'a' \"b\"",
	.description = "Сипаттама",
	.published = PUBLISHED,
	.schema = &sample_schema,
	.bytes_max = GEOPACKAGE_BYTES_MAX,
};

static struct geopackage *make(
    const struct geopackage_about *a, struct str *bytes)
{
	struct err e = { .code = ERR_NONE };
	struct geopackage *g = geopackage_open(a, &e);

	if (!g)
		fail_msg("%s %s", e.text, e.detail);
	for (int i = 0; i < SAMPLE_COUNT; i++)
		if (!geopackage_add(g, &sample_features[i], &e))
			fail_msg("%s %s", e.text, e.detail);
	if (!geopackage_finish(g, bytes, &e))
		fail_msg("%s %s", e.text, e.detail);
	return g;
}

static sqlite3 *read_bytes(struct str bytes)
{
	unsigned char *copy = sqlite3_malloc64(bytes.len);
	sqlite3 *db;

	assert_non_null(copy);
	memcpy(copy, bytes.data, bytes.len);
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(
	    sqlite3_deserialize(db, "main", copy, (sqlite3_int64)bytes.len,
		(sqlite3_int64)bytes.len,
		SQLITE_DESERIALIZE_READONLY | SQLITE_DESERIALIZE_FREEONCLOSE),
	    SQLITE_OK);
	return db;
}

/* Rows of an answer as text: columns between '|', rows between ';'. */
static void ask(sqlite3 *db, const char *sql, char out[static TEXT_SIZE])
{
	sqlite3_stmt *s;

	*out = '\0';
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW) {
		strcat(out, *out ? ";" : "");
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const void *text = sqlite3_column_text(s, i);

			strcat(out, i ? "|" : "");
			strncat(out, text ? text : "NULL", 100);
			assert_true(strlen(out) < TEXT_SIZE - 128);
		}
	}
	sqlite3_finalize(s);
}

static const struct {
	const char *sql, *answer;
} questions[] = {
	{ "PRAGMA application_id", "1196444487" },
	{ "PRAGMA user_version", "10300" },
	{ "PRAGMA integrity_check", "ok" },
	{ "PRAGMA foreign_key_check", "" },
	{ "SELECT srs_id, organization, organization_coordsys_id FROM "
	  "gpkg_spatial_ref_sys ORDER BY 1",
	    "-1|NONE|-1;0|NONE|0;4326|EPSG|4326" },
	{ "SELECT table_name, data_type, identifier, description, last_change, "
	  "srs_id FROM gpkg_contents",
	    "samples|features|Нысандар 'a' \"b\"|Сипаттама|"
	    "2026-01-01T00:00:00.000Z|4326" },
	{ "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents",
	    "68.0|43.0|71.0|44.0" },
	{ "SELECT * FROM gpkg_geometry_columns",
	    "samples|geom|GEOMETRY|4326|0|0" },
	{ "SELECT name, type FROM pragma_table_info('samples') WHERE cid < 6",
	    "fid|INTEGER;geom|GEOMETRY;id|TEXT;title_kk|TEXT;title_ru|TEXT;"
	    "title_en|TEXT" },
	{ "SELECT name, type FROM pragma_table_info('samples') WHERE cid > 6",
	    "sectors|TEXT;capacity|INTEGER;area|DOUBLE;planned|DOUBLE;"
	    "overdue|BOOLEAN;starts|DATE;ends|DATE" },
	{ "SELECT count(*), count(DISTINCT fid), count(geom) FROM samples",
	    "8|8|7" },
	{ "SELECT DISTINCT title_kk, sectors, capacity, area, planned, "
	  "overdue, "
	  "starts FROM samples WHERE title_en = 'School' LIMIT 1",
	    "Мектеп|education;education.primary|600|4567.125|1234567890.5|1|"
	    "2024-02-29" },
	{ "SELECT capacity, area, planned, overdue, starts, ends, title_en "
	  "FROM samples WHERE planned < 0",
	    "-9007199254740993|-0.1|-0.05|0|1900-01-01|NULL| edges " },
	{ "SELECT typeof(fid), typeof(id), typeof(title_kk), typeof(capacity), "
	  "typeof(area), typeof(planned), typeof(overdue), typeof(starts) FROM "
	  "samples WHERE title_en = 'School' LIMIT 1",
	    "integer|text|text|integer|real|real|integer|text" },
	{ "SELECT count(*) FROM samples WHERE title_kk IS NULL AND planned IS "
	  "NULL AND ends IS NULL AND starts IS NULL",
	    "1" },
	/* magic, version, flags, reference system; no box for a point */
	{ "SELECT DISTINCT hex(substr(geom, 1, 8)) FROM samples WHERE geom IS "
	  "NOT NULL ORDER BY 1",
	    "47500001E6100000;47500003E6100000" },
	{ "SELECT DISTINCT hex(geom) FROM samples WHERE substr(geom, 4, 1) = "
	  "x'01'",
	    "47500001E61000000101000000D814273A1410514066666666"
	    "66A64540" },
};

static void test_contents(void **state)
{
	struct str bytes;
	struct geopackage *g = make(&about, &bytes);
	sqlite3 *db = read_bytes(bytes);
	char answer[TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++) {
		ask(db, questions[i].sql, answer);
		if (strncmp(answer, questions[i].answer, 100) &&
		    strcmp(answer, questions[i].answer))
			fail_msg("%s: %s", questions[i].sql, answer);
	}
	sqlite3_close(db);
	geopackage_close(g);
}

static void test_same_bytes(void **state)
{
	struct str first, second;
	struct geopackage *g = make(&about, &first);
	struct geopackage *h = make(&about, &second);

	(void)state;
	assert_int_equal(first.len, second.len);
	assert_memory_equal(first.data, second.data, first.len);
	geopackage_close(h);
	geopackage_close(g);
}

/* Names that are ours, SQLite's or the standard's. */
static void test_taken_names(void **state)
{
	static const struct field fields[] = {
		{ "fid", VALUE_INT, { "", "", "" } },
		{ "geom", VALUE_TEXT, { "", "", "" } },
		{ "id", VALUE_TEXT, { "", "", "" } },
		{ "select", VALUE_TIME, { "", "", "" } },
	};
	static const char *const names[] = { "sqlite_x", "gpkg_contents",
		"rtree_x", "group" };
	const struct value values[] = {
		{ .type = VALUE_INT, .integer = 5 },
		{ .type = VALUE_TEXT, .text = { "x", 1 } },
		{ .type = VALUE_TEXT, .text = { "y", 1 } },
		{ .type = VALUE_TIME, .integer = -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct schema schema = { names[i], fields, 4 };
		const struct feature f = { 9, { "9", 1 },
			sample_features[0].geom, &schema, values };
		struct geopackage_about taken = about;
		struct err e = { .code = ERR_NONE };
		char answer[TEXT_SIZE], sql[TEXT_SIZE];
		struct geopackage *g;
		struct str bytes;
		sqlite3 *db;

		taken.schema = &schema;
		g = geopackage_open(&taken, &e);
		assert_non_null(g);
		assert_true(geopackage_add(g, &f, &e));
		assert_true(geopackage_finish(g, &bytes, &e));
		db = read_bytes(bytes);
		snprintf(sql, sizeof(sql), "SELECT * FROM \"%s%s\"",
		    i < 3 ? "layer_" : "", names[i]);
		ask(db, "SELECT column_name FROM gpkg_geometry_columns",
		    answer);
		assert_string_equal(answer, "geom_");
		ask(db, sql, answer);
		assert_non_null(
		    strstr(answer, "|9|5|x|y|1969-12-31T23:59:59.999Z"));
		sqlite3_close(db);
		geopackage_close(g);
	}
}

/* Bounded, and each failure is told. */
static void test_limits(void **state)
{
	struct geopackage_about small = about;
	struct err e = { .code = ERR_NONE };
	struct geopackage *g;
	struct feature f = sample_features[0];
	bool done = true;

	(void)state;
	small.bytes_max = 256 * 1024;
	g = geopackage_open(&small, &e);
	assert_non_null(g);
	for (f.id = 1; done && f.id < 100000; f.id++)
		done = geopackage_add(g, &f, &e);
	assert_false(done);
	assert_int_equal(e.code, ERR_LIMIT);
	geopackage_close(g);
	e.code = ERR_NONE;
	g = geopackage_open(&about, &e);
	f.id = 1;
	assert_true(geopackage_add(g, &f, &e));
	assert_false(geopackage_add(g, &f, &e));
	assert_int_equal(e.code, ERR_SYSTEM);
	geopackage_close(g);
	geopackage_close(NULL);
}

static void test_no_memory(void **state)
{
	(void)state;
	for (long n = 0; n < 12; n++) {
		struct err e = { .code = ERR_NONE };
		struct geopackage *g;
		struct str bytes;
		bool done;

		mem_fail_after(n);
		g = geopackage_open(&about, &e);
		done = g && geopackage_add(g, &sample_features[0], &e) &&
		       geopackage_finish(g, &bytes, &e);
		mem_fail_after(-1);
		if (!done && e.code != ERR_MEMORY)
			fail_msg("%ld: %d %s", n, e.code, e.detail);
		geopackage_close(g);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contents),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_taken_names),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_no_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
