/* CQL2 against those who mean no good, and the rest of its contract. */
#include "cql2_rows.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ARENA_MAX = 1 << 22, ATTEMPTS_MAX = 5000 };

typedef const struct cql2 *parse(struct str text, const struct cql2_context *c,
    struct arena *a, struct err *e);

/* before, n times piece, middle, n times after. */
static void repeat(struct buf *b, const char *before, size_t n,
    const char *piece, const char *middle, const char *after)
{
	buf_reset(b);
	buf_add_text(b, before);
	for (size_t i = 0; i < n; i++)
		buf_add_text(b, piece);
	buf_add_text(b, middle);
	for (size_t i = 0; i < n; i++)
		buf_add_text(b, after);
}

/* Reads it, asks both evaluators and prints it where it is good. */
static bool try(parse *p, struct str text, struct err *e)
{
	static struct cql2_row rows[ROWS];
	const struct cql2 *f;
	char ours[ROWS + 1], theirs[ROWS + 1];
	struct cql2_base *base;
	struct arena a;

	arena_init(&a, ARENA_MAX);
	memcpy(rows, cql2_rows, sizeof(rows));
	cql2_rows_place(rows, ROWS, &a);
	f = p(text, &cql2_row_context, &a, e);
	if (f) {
		base = cql2_base_open(rows, ROWS);
		cql2_rows_match(f, rows, ROWS, ours);
		cql2_base_match(base, f, theirs);
		assert_string_equal(ours, theirs);
		cql2_base_close(base);
	}
	arena_free(&a);
	return f != NULL;
}

/* Filters that grow; the last size that is read and the first that is not. */
static const struct {
	parse *parse;
	const char *before, *piece, *middle, *after;
	size_t good, bad;
	const char *error; /* at the end of the sentence */
} bombs[] = {
	{ cql2_parse_text, "", "(", "open", ")", 32, 33, "nested too deeply" },
	{ cql2_parse_text, "", "(", "open", ")", 32, 4000,
	    "nested too deeply" },
	{ cql2_parse_text, "", "(", "", "", 0, 8000, "nested too deeply" },
	{ cql2_parse_text, "", "NOT ", "open", "", 31, 32,
	    "nested too deeply" },
	{ cql2_parse_text, "", "NOT ", "open", "", 31, 2000,
	    "nested too deeply" },
	{ cql2_parse_text, "name = ", "CASEI(", "'x'", ")", 30, 31,
	    "nested too deeply" },
	{ cql2_parse_text, "name = ", "ACCENTI(", "", "", 0, 1000,
	    "nested too deeply" },
	{ cql2_parse_text, "count = 1", "+1", "", "", 30, 31,
	    "nested too deeply" },
	{ cql2_parse_text, "count = ", "-(", "1", ")", 15, 33,
	    "nested too deeply" },
	{ cql2_parse_text, "open", " AND (open OR open", "", ")", 15, 33,
	    "nested too deeply" },
	{ cql2_parse_text, "open", " AND open", "", "", 800, 1023,
	    "the filter is longer than 8192 bytes" },
	{ cql2_parse_text, "open", " OR TRUE", "", "", 1022, 1023,
	    "too many parts" },
	{ cql2_parse_text, "count IN (0", ",1", ")", "", 1021, 1022,
	    "too many parts" },
	{ cql2_parse_text, "A_CONTAINS(tags,('a'", ",name", "))", "", 1019,
	    1021, "too many parts" },
	{ cql2_parse_text, "S_INTERSECTS(geom,MULTIPOINT(0 0", ",1 1", "))", "",
	    2000, 2100, "the filter is longer than 8192 bytes" },
	{ cql2_parse_text, "name LIKE '", "%", "'", "", 256, 257,
	    "the pattern of LIKE is too long" },
	{ cql2_parse_text, "name = '", "x", "'", "", 8183, 8184,
	    "the filter is longer than 8192 bytes" },
	{ cql2_parse_text, "count = 1.", "0", "", "", 380, 400,
	    "a number is too large" },
	{ cql2_parse_json, "", "{\"op\":\"not\",\"args\":[", "true", "]}", 31,
	    32, "nested too deeply" },
	{ cql2_parse_json, "", "{\"op\":\"not\",\"args\":[", "true", "]}", 31,
	    300, "this is nested too deeply at byte 961" },
	{ cql2_parse_json, "", "[", "", "]", 0, 4000,
	    "this is nested too deeply at byte 97" },
	{ cql2_parse_json, "", "{\"op\":\"and\",\"args\":[true,", "true", "]}",
	    32, 33, "nested too deeply" },
	{ cql2_parse_json, "{\"op\":\"or\",\"args\":[true", ",true", "]}", "",
	    1022, 1023, "too many parts" },
};

static void test_bombs(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < COUNT(bombs); i++) {
		struct err e = { .code = ERR_NONE };

		repeat(&b, bombs[i].before, bombs[i].good, bombs[i].piece,
		    bombs[i].middle, bombs[i].after);
		if (bombs[i].good > 0 && !try(bombs[i].parse, buf_str(&b), &e))
			fail_msg("bomb %zu, small: %s", i, e.text);
		err_clear(&e);
		repeat(&b, bombs[i].before, bombs[i].bad, bombs[i].piece,
		    bombs[i].middle, bombs[i].after);
		if (try(bombs[i].parse, buf_str(&b), &e))
			fail_msg("bomb %zu is read", i);
		assert_int_equal(e.code, ERR_INPUT);
		if (!strstr(e.text, bombs[i].error))
			fail_msg("bomb %zu: %s", i, e.text);
	}
	buf_free(&b);
}

/* --- what broke others -----------------------------------------------------
 */

static const struct {
	parse *parse;
	const char *text;
	bool good;
} known[] = {
	/* A double free of nested expressions. */
	{ cql2_parse_text, "open AND (open AND open)", true },
	{ cql2_parse_text, "(open AND open) AND open", true },
	{ cql2_parse_text, "open OR (open AND (open OR (NOT open)))", true },
	{ cql2_parse_text, "open AND (open AND", false },
	{ cql2_parse_text, "open AND (open AND )", false },
	{ cql2_parse_text, "open AND (open AND open", false },
	/* Whatever stands in a date or a timestamp going into SQL. */
	{ cql2_parse_text, "date = DATE('ZZQQ')", false },
	{ cql2_parse_text, "date = DATE('2022-01-01ZZQQ')", false },
	{ cql2_parse_text, "date = DATE('2022-01-01'') OR (1=1')", false },
	{ cql2_parse_text, "start = TIMESTAMP('2022-01-01T00:00:00Z ZZQQ')",
	    false },
	{ cql2_parse_text, "start = TIMESTAMP('2022-01-01T00:00:00.ZZQQZ')",
	    false },
	{ cql2_parse_text, "date = 'ZZQQ'' OR 1=1 --'", false },
	{ cql2_parse_text, "T_AFTER(date,INTERVAL('ZZQQ','..'))", false },
	{ cql2_parse_json,
	    "{\"op\":\"=\",\"args\":[{\"property\":\"date\"},"
	    "{\"date\":\"2022-01-01'; DROP TABLE ZZQQ\"}]}",
	    false },
	/* SQL in identifiers, literals and names of operators. */
	{ cql2_parse_text, "\"name\"\" = 'x' OR 1=1; ZZQQ\" = 'x'", false },
	{ cql2_parse_text, "ZZQQ = 1", false },
	{ cql2_parse_text, "\"ZZQQ; DROP TABLE record\" = 1", false },
	{ cql2_parse_text, "name = 'x'' OR ''ZZQQ''=''ZZQQ'", true },
	{ cql2_parse_text, "name = 'ZZQQ\\' OR 1=1 --'", true },
	{ cql2_parse_text, "name = 'ZZQQ' UNION SELECT 1", false },
	{ cql2_parse_text, "name LIKE '%ZZQQ[*'", true },
	{ cql2_parse_text, "load_extension('ZZQQ') = 1", false },
	{ cql2_parse_text, "A_CONTAINS(tags,('ZZQQ'';--'))", true },
	{ cql2_parse_json,
	    "{\"op\":\"= 1 OR ZZQQ\",\"args\":[{\"property\":\"name\"},1]}",
	    false },
	{ cql2_parse_json,
	    "{\"op\":\"=\",\"args\":[{\"property\":\"ZZQQ\"},1]}", false },
	/* Markup that an error page might repeat. */
	{ cql2_parse_text, "<script>alert('ZZQQ')</script>", false },
	{ cql2_parse_text, "name = 'x' ZZQQ", false },
	{ cql2_parse_json, "{\"ZZQQ\":1}", false },
	{ cql2_parse_json, "ZZQQ", false },
	{ cql2_parse_json, "{\"op\":\"=\",\"ZZQQ\":1,\"ZZQQ\":2}", false },
	/* Numbers out of range, and degenerate shapes. */
	{ cql2_parse_text, "count = -1e400", false },
	{ cql2_parse_text, "count / 0 > 1 OR count % 0 > 1 OR count div 0 > 1",
	    true },
	{ cql2_parse_text, "S_INTERSECTS(geom,BBOX(0,0,0,0))", true },
	{ cql2_parse_text, "S_WITHIN(geom,BBOX(180,-90,-180,90))", true },
	{ cql2_parse_text, "S_INTERSECTS(geom,BBOX(170,0,-180,9))", true },
	{ cql2_parse_text, "S_INTERSECTS(geom,POLYGON((1 1,1 1,1 1,1 1)))",
	    false },
	{ cql2_parse_text, "S_INTERSECTS(geom,LINESTRING(1 1,1 1))", false },
	{ cql2_parse_text,
	    "S_INTERSECTS(geom,POLYGON((-180 -90,180 -90,"
	    "180 90,-180 90,-180 -90)))",
	    true },
	{ cql2_parse_text, "S_INTERSECTS(geom,POINT(1e-320 5e-324))", true },
};

static void test_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(known); i++) {
		struct err e = { .code = ERR_NONE };

		if (try(known[i].parse, str_from(known[i].text), &e) !=
		    known[i].good)
			fail_msg("%s: %s", known[i].text, e.text);
		assert_null(strstr(e.text, "ZZQQ"));
		assert_null(strchr(e.text, '<'));
		assert_true(known[i].good || e.code == ERR_INPUT);
	}
}

static const char *column(void *context, int field)
{
	const int *missing = context;

	return field == *missing ? NULL : "c";
}

/* What a client wrote is bound, whatever it is. */
static void test_sql_holds_no_input(void **state)
{
	static const char text[] =
	    "name = 'ZZQQ' AND CASEI(name) = CASEI('ZZQQ') AND "
	    "name LIKE '%ZZQQ%' AND ACCENTI(name) IN ('ZZQQ','x') AND "
	    "A_CONTAINS(tags,('ZZQQ','7777777')) AND count + 7777777 > 7777777 "
	    "AND S_INTERSECTS(geom,POINT(77.77777 7)) AND "
	    "date > DATE('7777-07-07') AND id = 'ZZQQ' AND "
	    "A_EQUALS((name,'ZZQQ'),('ZZQQ'))";
	int none = ROW_FIELDS, missing = ROW_TAGS;
	struct cql2_columns c = { column, &none };
	struct err e = { .code = ERR_NONE };
	const struct cql2 *f;
	struct cql2_sql sql;
	struct arena a;

	(void)state;
	arena_init(&a, ARENA_MAX);
	f = cql2_parse_text(str_from(text), &cql2_row_context, &a, &e);
	assert_non_null(f);
	assert_true(cql2_to_sql(&sql, f, &c, 10, &a, &e));
	assert_int_equal(strlen(sql.condition.data), sql.condition.len);
	assert_null(strstr(sql.condition.data, "ZZQQ"));
	assert_null(strstr(sql.condition.data, "777"));
	assert_non_null(strstr(sql.condition.data, "?10"));
	assert_null(strstr(sql.condition.data, "?9"));
	assert_true(sql.n_binds > 10);
	c.context = &missing;
	assert_false(cql2_to_sql(&sql, f, &c, 1, &a, &e));
	assert_int_equal(e.code, ERR_INPUT);
	arena_free(&a);
}

/* --- memory ----------------------------------------------------------------
 */

static const struct {
	parse *parse;
	const char *text;
} whole[] = {
	{ cql2_parse_text,
	    "CASEI(name) LIKE CASEI('Қ%') OR ACCENTI(name) = 'x' OR count + 1 "
	    "IN (1,2,3,4,5) OR A_EQUALS((name,'1'),tags) OR "
	    "T_AFTER(INTERVAL(date,'..'),date) OR S_INTERSECTS(geom,"
	    "GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,9 0,9 9,0 0)),"
	    "POLYGON((1 0,9 0,9 8,1 0)))) OR S_WITHIN(geom,"
	    "BBOX(170,0,-170,9))" },
	{ cql2_parse_json,
	    "{\"op\":\"and\",\"args\":[{\"op\":\"=\",\"args\":["
	    "{\"property\":\"name\"},{\"op\":\"casei\",\"args\":[\"é\"]}]},"
	    "{\"op\":\"s_touches\",\"args\":[{\"property\":\"geom\"},"
	    "{\"type\":\"LineString\",\"coordinates\":[[0,0],[1,1]]}]}]}" },
};

/* Everything there is to do with a filter; false when memory ran out. */
static bool use_all(size_t i, const struct cql2_row *rows, char *answers)
{
	int none = ROW_FIELDS;
	struct cql2_columns c = { column, &none };
	struct err e = { .code = ERR_NONE };
	struct cql2_sql sql;
	const struct cql2 *f;
	struct arena a;
	struct buf b;
	bool good;

	arena_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	f = whole[i].parse(str_from(whole[i].text), &cql2_row_context, &a, &e);
	good = f && cql2_to_sql(&sql, f, &c, 1, &a, &e);
	if (good)
		cql2_print(&b, f);
	good = good && !b.failed && cql2_rows_try(f, rows, ROWS, answers);
	/* jansson takes some of its own failures for bad text. */
	if (!good && e.code != ERR_NONE && whole[i].parse == cql2_parse_text)
		assert_int_equal(e.code, ERR_MEMORY);
	arena_free(&a);
	buf_free(&b);
	return good;
}

static void test_memory(void **state)
{
	static struct cql2_row rows[ROWS];
	struct arena places;

	(void)state;
	arena_init(&places, ARENA_MAX);
	memcpy(rows, cql2_rows, sizeof(rows));
	cql2_rows_place(rows, ROWS, &places);
	for (size_t i = 0; i < COUNT(whole); i++) {
		char expected[ROWS + 1], answers[ROWS + 1];
		bool good = false;
		long count = 0;

		assert_true(use_all(i, rows, expected));
		for (; !good && count < ATTEMPTS_MAX; count++) {
			mem_fail_after(count);
			good = use_all(i, rows, answers);
			mem_fail_after(-1);
		}
		assert_true(good);
		assert_string_equal(answers, expected);
		assert_true(count > 10);
	}
	arena_free(&places);
}

/* An arena that is too small. */
static void test_small_arena(void **state)
{
	(void)state;
	for (size_t limit = 0; limit < 20000; limit += 64) {
		struct err e = { .code = ERR_NONE };
		struct arena a;

		arena_init(&a, limit);
		if (!cql2_parse_text(
			str_from(whole[0].text), &cql2_row_context, &a, &e))
			assert_int_equal(e.code, ERR_MEMORY);
		arena_free(&a);
	}
}

/* --- coordinates of other reference systems --------------------------------
 */

/* Metres to degrees, as plainly as can be. */
static bool from_metres(void *context, struct position *p)
{
	const double *limit = context;

	if (p->lon > *limit)
		return false;
	p->lon /= 100000;
	p->lat /= 100000;
	return true;
}

static const struct {
	bool latitude_first, metres;
	const char *text, *printed; /* NULL: refused */
} placed[] = {
	{ true, false, "S_INTERSECTS(geom,POINT(43.3 68.25))",
	    "POINT(68.25 43.3)" },
	{ true, false, "S_INTERSECTS(geom,POINT(100 68))", NULL },
	{ true, false, "S_INTERSECTS(geom,BBOX(-5,170,5,-170))",
	    "BBOX(170,-5,-170,5)" },
	{ true, false, "S_INTERSECTS(geom,BBOX(0,1,0,5))", "BBOX(1,0,5,0)" },
	{ true, false, "S_INTERSECTS(geom,BBOX(-5,170,0,5,-170,9))",
	    "BBOX(170,-5,-170,5)" },
	{ true, false, "S_INTERSECTS(geom,BBOX(5,1,0,9))", NULL },
	{ false, true, "S_INTERSECTS(geom,POINT(6825000 4330000))",
	    "POINT(68.25 43.3)" },
	{ false, true, "S_INTERSECTS(geom,LINESTRING(0 0,1e8 0))", NULL },
	{ false, true, "S_INTERSECTS(geom,POINT(19000000 0))", NULL },
	{ false, true, "S_INTERSECTS(geom,BBOX(1e5,0,0,1e5))", NULL },
	{ false, true, "S_INTERSECTS(geom,BBOX(0,0,1600000,1600000))",
	    "POLYGON((0 0,1 0,2 0,3 0,4 0,5 0,6 0,7 0,8 0,9 0,10 0,11 0,12 0,"
	    "13 0,14 0,15 0,16 0,16 1,16 2,16 3,16 4,16 5,16 6,16 7,16 8,"
	    "16 9,16 10,16 11,16 12,16 13,16 14,16 15,16 16,15 16,14 16,"
	    "13 16,12 16,11 16,10 16,9 16,8 16,7 16,6 16,5 16,4 16,3 16,2 16,"
	    "1 16,0 16,0 15,0 14,0 13,0 12,0 11,0 10,0 9,0 8,0 7,0 6,0 5,"
	    "0 4,0 3,0 2,0 1,0 0))" },
};

static void test_reference_systems(void **state)
{
	double limit = 2e7;

	(void)state;
	for (size_t i = 0; i < COUNT(placed); i++) {
		struct cql2_context c = cql2_row_context;
		struct err e = { .code = ERR_NONE };
		const struct cql2 *f;
		struct arena a;
		struct buf b;

		c.latitude_first = placed[i].latitude_first;
		c.to_lon_lat = placed[i].metres ? from_metres : NULL;
		c.context = &limit;
		arena_init(&a, ARENA_MAX);
		buf_init(&b, SIZE_MAX);
		f = cql2_parse_text(str_from(placed[i].text), &c, &a, &e);
		if ((f != NULL) != (placed[i].printed != NULL))
			fail_msg("%s: %s", placed[i].text, e.text);
		if (f) {
			cql2_print(&b, f);
			buf_add_char(&b, '\0');
			assert_non_null(strstr(b.data, placed[i].printed));
		}
		buf_free(&b);
		arena_free(&a);
	}
}

/* --- what it says of itself ------------------------------------------------
 */

static const struct {
	const char *text;
	const char *uses; /* letters of fields, g for the geometry, i for id */
	bool bounded;
	struct bbox box;
} told[] = {
	{ "true", "", false, { 0, 0, 0, 0 } },
	{ "name = 'x' AND count > 1", "nc", false, { 0, 0, 0, 0 } },
	{ "id = 'x' OR geom IS NULL", "ig", false, { 0, 0, 0, 0 } },
	{ "S_INTERSECTS(geom,BBOX(1,2,3,4))", "g", true, { 1, 2, 3, 4 } },
	{ "S_INTERSECTS(BBOX(170,2,-170,4),geom)", "g", true,
	    { 170, 2, -170, 4 } },
	{ "S_WITHIN(geom,LINESTRING(1 2,3 4)) AND name='x'", "gn", true,
	    { 1, 2, 3, 4 } },
	{ "S_INTERSECTS(geom,BBOX(0,0,9,9)) AND "
	  "S_CONTAINS(geom,POINT(20 20))",
	    "g", true, { 20, 20, 20, 20 } },
	{ "S_INTERSECTS(geom,BBOX(0,0,9,9)) OR "
	  "S_TOUCHES(geom,POINT(20 -20))",
	    "g", true, { 0, -20, 20, 9 } },
	{ "S_INTERSECTS(geom,BBOX(0,0,9,9)) OR name='x'", "gn", false,
	    { 0, 0, 0, 0 } },
	{ "S_INTERSECTS(geom,BBOX(0,0,9,9)) OR "
	  "S_INTERSECTS(geom,BBOX(170,0,-170,9))",
	    "g", false, { 0, 0, 0, 0 } },
	{ "S_DISJOINT(geom,BBOX(1,2,3,4))", "g", false, { 0, 0, 0, 0 } },
	{ "NOT S_INTERSECTS(geom,BBOX(1,2,3,4))", "g", false, { 0, 0, 0, 0 } },
	{ "S_INTERSECTS(POINT(1 1),BBOX(1,2,3,4))", "", false, { 0, 0, 0, 0 } },
	{ "S_INTERSECTS(geom,geom)", "g", false, { 0, 0, 0, 0 } },
};

static void test_told(void **state)
{
	static const struct {
		char letter;
		int field;
	} fields[] = { { 'n', ROW_NAME }, { 'c', ROW_COUNT },
		{ 'g', CQL2_GEOMETRY }, { 'i', CQL2_ID }, { 'x', ROW_FIELDS },
		{ 'y', -3 } };

	(void)state;
	for (size_t i = 0; i < COUNT(told); i++) {
		struct err e = { .code = ERR_NONE };
		const struct cql2 *f;
		struct bbox box = { 0, 0, 0, 0 };
		struct arena a;

		arena_init(&a, ARENA_MAX);
		f = cql2_parse_text(
		    str_from(told[i].text), &cql2_row_context, &a, &e);
		if (!f)
			fail_msg("%s: %s", told[i].text, e.text);
		for (size_t j = 0; j < COUNT(fields); j++)
			assert_int_equal(cql2_uses(f, fields[j].field),
			    strchr(told[i].uses, fields[j].letter) != NULL);
		assert_int_equal(cql2_bounds(f, &box), told[i].bounded);
		assert_memory_equal(&box, &told[i].box, sizeof(box));
		arena_free(&a);
	}
}

static void no_value(void *context, int field, struct value *out)
{
	(void)context;
	(void)field;
	*out = (struct value){ .type = VALUE_NULL };
}

static const struct geom *its_geometry(void *context)
{
	return context;
}

/* The answer with a time limit, 0: none; whether it came too late. */
static bool is_late(const struct cql2 *f, struct geom *g, int64_t deadline,
    enum cql2_answer *answer)
{
	const struct cql2_record r = { no_value, its_geometry, g };
	struct cql2_matcher *m = cql2_matcher_open(f, NULL);
	bool late;

	assert_non_null(m);
	cql2_matcher_limit(m, deadline);
	*answer = cql2_match(m, &r);
	late = cql2_matcher_late(m);
	cql2_matcher_close(m);
	return late;
}

/* A geometry of very many positions is not looked at behind the time limit;
 * with itself it is told of without a look. */
static void test_time(void **state)
{
	static const struct {
		const char *filter;
		bool late;
		enum cql2_answer answer;
	} cases[] = {
		{ "S_TOUCHES(geometry, POLYGON((0 0,9 0,9 9,0 0)))", true,
		    CQL2_UNKNOWN },
		{ "S_WITHIN(geometry, POLYGON((0 0,9 0,9 9,0 0)))", true,
		    CQL2_UNKNOWN },
		{ "S_TOUCHES(geometry, geometry)", false, CQL2_FALSE },
		{ "S_EQUALS(geometry, geometry)", false, CQL2_TRUE },
		{ "count = 1", false, CQL2_UNKNOWN },
	};
	enum { POSITIONS = 2000 };
	struct position p[POSITIONS];
	const uint32_t n = POSITIONS;
	struct geom line = { .type = GEOM_LINE,
		.n_parts = 1,
		.n_positions = n,
		.part_sizes = &n,
		.positions = p };
	struct arena a;

	(void)state;
	for (uint32_t i = 0; i < n; i++)
		p[i] = (struct position){ 1 + i / 1000.0, 1 + i % 7 };
	line.box = (struct bbox){ 1, 1, 3, 7 };
	arena_init(&a, 1 << 20);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct cql2 *f = cql2_parse_text(
		    str_from(cases[i].filter), &cql2_row_context, &a, NULL);
		enum cql2_answer answer;

		assert_non_null(f);
		assert_int_equal(is_late(f, &line, 1, &answer), cases[i].late);
		assert_int_equal(answer, cases[i].answer);
		assert_false(is_late(f, &line, 0, &answer));
	}
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_sql_holds_no_input),
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_small_arena),
		cmocka_unit_test(test_reference_systems),
		cmocka_unit_test(test_told),
		cmocka_unit_test(test_time),
	};

	json_set_alloc_funcs(mem_alloc, mem_free);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
