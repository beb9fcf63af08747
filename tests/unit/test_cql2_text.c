#include "cql2_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ARENA_MAX = 1 << 22 };

/* What is printed of a filter, terminated; fails the test when it is refused
 * or reads back as another filter. */
static void print(struct buf *out, const char *text, struct arena *a)
{
	struct err e = { .code = ERR_NONE };
	const struct cql2 *f;
	struct buf again;

	f = cql2_parse_text(str_from(text), &cql2_row_context, a, &e);
	if (!f)
		fail_msg("%s: %s", text, e.text);
	buf_reset(out);
	cql2_print(out, f);
	f = cql2_parse_text(buf_str(out), &cql2_row_context, a, &e);
	if (!f)
		fail_msg("%s: as printed, %s", text, e.text);
	buf_init(&again, SIZE_MAX);
	cql2_print(&again, f);
	assert_true(str_equal(buf_str(out), buf_str(&again)));
	buf_free(&again);
	buf_add_char(out, '\0');
	assert_false(out->failed);
}

/* --- what is read, and its canonical form --------------------------------- */

static const char *const read[][2] = {
	{ "name='x'", "\"name\" = 'x'" },
	{ "\"name\" <> 'x'", "\"name\" <> 'x'" },
	{ "name <= 'x' or count >= 1",
	    "(\"name\" <= 'x') OR (\"count\" >= 1)" },
	{ "a_EQUALS(tags, ( ))", "A_EQUALS(\"tags\",())" },
	{ "nOt TrUe", "NOT TRUE" },
	{ "not not true", "NOT (NOT TRUE)" },
	{ "not name='x' and open", "(NOT (\"name\" = 'x')) AND \"open\"" },
	{ "true and (false and (open and true))",
	    "TRUE AND FALSE AND \"open\" AND TRUE" },
	{ "true or false or open and true",
	    "TRUE OR FALSE OR (\"open\" AND TRUE)" },
	{ "((((open))))", "\"open\"" },
	/* what is cheap comes first */
	{ "geom IS NULL AND CASEI(name)='x' AND S_EQUALS(geom,geom) AND "
	  "count=1 AND name LIKE 'x' AND count=2",
	    "(\"geometry\" IS NULL) AND (\"count\" = 1) AND "
	    "(\"count\" = 2) AND (\"name\" LIKE 'x') AND "
	    "(CASEI(\"name\") = 'x') AND "
	    "S_EQUALS(\"geometry\",\"geometry\")" },
	{ "open OR (open AND S_EQUALS(geom,geom)) OR NOT open",
	    "\"open\" OR (NOT \"open\") OR (\"open\" AND "
	    "S_EQUALS(\"geometry\",\"geometry\"))" },
	{ "name NOT IN ('a')", "NOT (\"name\" IN ('a'))" },
	{ "name is NOT null", "NOT (\"name\" IS NULL)" },
	{ "count not between 1 and 2 and open",
	    "(NOT (\"count\" BETWEEN 1 AND 2)) AND \"open\"" },
	/* numbers */
	{ "count = +1", "\"count\" = 1" },
	{ "count = - 1", "\"count\" = -1" },
	{ "count = 1.0", "\"count\" = 1" },
	{ "count = -0.0", "\"count\" = 0" },
	{ "count = 1e3", "\"count\" = 1000" },
	{ "count = .5", "\"count\" = 0.5" },
	{ "count = 5.", "\"count\" = 5" },
	{ "count = 0.1", "\"count\" = 0.1" },
	{ "count = 1e-7", "\"count\" = 1e-07" },
	{ "count = 1E+300", "\"count\" = 1e+300" },
	{ "count = 9223372036854775807", "\"count\" = 9223372036854775807" },
	{ "count = 9223372036854775808", "\"count\" = 9.223372036854776e+18" },
	{ "count = 0.30000000000000004", "\"count\" = 0.30000000000000004" },
	{ "count=1+2-3", "\"count\" = ((1 + 2) - 3)" },
	{ "count=1-2*3 div 4^2%5",
	    "\"count\" = (1 - (((2 * 3) DIV (4 ^ 2)) % 5))" },
	{ "count=-ratio", "\"count\" = (-1 * \"ratio\")" },
	{ "count=1-1", "\"count\" = (1 - 1)" },
	{ "count=1--1", "\"count\" = (1 - -1)" },
	{ "count-1=1", "(\"count\" - 1) = 1" },
	/* names */
	{ "date = DATE('2022-01-01')", "\"date\" = DATE('2022-01-01')" },
	{ "ID = 'x' AND Geometry IS NULL",
	    "(\"id\" = 'x') AND (\"geometry\" IS NULL)" },
	{ "casei(NAME) = 'x'", "CASEI(\"name\") = 'x'" },
	/* texts */
	{ "name = ''", "\"name\" = ''" },
	{ "name = ''''", "\"name\" = ''''" },
	{ "name = '\\''", "\"name\" = ''''" },
	{ "name = '\\\\'", "\"name\" = '\\\\'" },
	{ "name = '\\x\\%'", "\"name\" = '\\\\x\\\\%'" },
	{ "name = '\n\t'", "\"name\" = '\\n\\t'" },
	{ "name = 'е\xCC\x88'", "\"name\" = 'ё'" },
	{ "name = 'a -- b; /* c */ \" ( '",
	    "\"name\" = 'a -- b; /* c */ \" ( '" },
	/* time */
	{ "date = '2022-01-01'", "\"date\" = DATE('2022-01-01')" },
	{ "'2022-01-01' < date", "DATE('2022-01-01') < \"date\"" },
	{ "start=TIMESTAMP('2022-01-01T00:00:00.50Z')",
	    "\"start\" = TIMESTAMP('2022-01-01T00:00:00.5Z')" },
	{ "t_after(date, '2022-01-01')",
	    "T_AFTER(\"date\",DATE('2022-01-01'))" },
	{ "T_AFTER(INTERVAL(date,'..'),INTERVAL('..',until))",
	    "T_AFTER(INTERVAL(\"date\",'..'),INTERVAL('..',\"until\"))" },
	{ "T_AFTER(INTERVAL('..','..'),start)",
	    "T_AFTER(INTERVAL('..','..'),\"start\")" },
	{ "date in ('2022-01-01')", "\"date\" IN (DATE('2022-01-01'))" },
	{ "'2022-01-01' between date and until",
	    "DATE('2022-01-01') BETWEEN \"date\" AND \"until\"" },
	/* places */
	{ "s_intersects(geom,point(1 2))",
	    "S_INTERSECTS(\"geometry\",POINT(1 2))" },
	{ "S_INTERSECTS(geom,POINT Z(1 2 3))",
	    "S_INTERSECTS(\"geometry\",POINT(1 2))" },
	{ "S_INTERSECTS(geom,POINTZ(1 2 3))",
	    "S_INTERSECTS(\"geometry\",POINT(1 2))" },
	{ "S_INTERSECTS(geom,geometrycollectionz(pointz (1 2 3),"
	  "LineStringZ Z(1 2 3,3 4 5)))",
	    "S_INTERSECTS(\"geometry\",GEOMETRYCOLLECTION(POINT(1 2),"
	    "LINESTRING(1 2,3 4)))" },
	{ "S_INTERSECTS(geom,POINT(1 2 3))",
	    "S_INTERSECTS(\"geometry\",POINT(1 2))" },
	{ "S_INTERSECTS(geom,POINT(-1.5e1 +2.25))",
	    "S_INTERSECTS(\"geometry\",POINT(-15 2.25))" },
	{ "S_INTERSECTS(geom,LINESTRING Z (1 2 0,3 4 0))",
	    "S_INTERSECTS(\"geometry\",LINESTRING(1 2,3 4))" },
	{ "S_INTERSECTS(geom,MULTIPOINT(1 2,3 4))",
	    "S_INTERSECTS(\"geometry\",MULTIPOINT((1 2),(3 4)))" },
	{ "S_INTERSECTS(geom,MULTIPOINT((1 2),(3 4)))",
	    "S_INTERSECTS(\"geometry\",MULTIPOINT((1 2),(3 4)))" },
	{ "S_INTERSECTS(geom,MULTILINESTRING((1 2,3 4),(5 6,7 8)))",
	    "S_INTERSECTS(\"geometry\",MULTILINESTRING((1 2,3 4),"
	    "(5 6,7 8)))" },
	{ "S_INTERSECTS(geom,MULTIPOLYGON(((0 0,9 0,9 9,0 0),"
	  "(3 1,4 1,4 2,3 1)),((20 0,21 0,21 1,20 0))))",
	    "S_INTERSECTS(\"geometry\",MULTIPOLYGON(((0 0,9 0,9 9,0 0),"
	    "(3 1,4 1,4 2,3 1)),((20 0,21 0,21 1,20 0))))" },
	{ "S_INTERSECTS(geom,GEOMETRYCOLLECTION(LINESTRING(1 2,3 4),"
	  "POINT(1 2)))",
	    "S_INTERSECTS(\"geometry\",GEOMETRYCOLLECTION(POINT(1 2),"
	    "LINESTRING(1 2,3 4)))" },
	{ "S_INTERSECTS(geom,GEOMETRYCOLLECTION Z (POINT Z (1 2 3),"
	  "POINT(3 4)))",
	    "S_INTERSECTS(\"geometry\",MULTIPOINT((1 2),(3 4)))" },
	{ "S_INTERSECTS(geom,GEOMETRYCOLLECTION(POLYGON((0 0,9 0,9 9,0 0),"
	  "(3 1,4 1,4 2,3 1)),POLYGON((20 0,21 0,21 1,20 0))))",
	    "S_INTERSECTS(\"geometry\",MULTIPOLYGON(((0 0,9 0,9 9,0 0),"
	    "(3 1,4 1,4 2,3 1)),((20 0,21 0,21 1,20 0))))" },
	{ "S_INTERSECTS(geom,BBOX(1,2,3,4))",
	    "S_INTERSECTS(\"geometry\",BBOX(1,2,3,4))" },
	{ "S_INTERSECTS(geom,BBOX(1,2,-9,3,4,9))",
	    "S_INTERSECTS(\"geometry\",BBOX(1,2,3,4))" },
	{ "S_INTERSECTS(geom,BBOX(170,-5,-180,5))",
	    "S_INTERSECTS(\"geometry\",BBOX(170,-5,-180,5))" },
};

static void test_canonical(void **state)
{
	struct arena a;
	struct buf b;

	(void)state;
	arena_init(&a, ARENA_MAX);
	buf_init(&b, SIZE_MAX);
	for (size_t i = 0; i < COUNT(read); i++) {
		print(&b, read[i][0], &a);
		assert_string_equal(b.data, read[i][1]);
	}
	buf_free(&b);
	arena_free(&a);
}

/* --- what is refused, and where ------------------------------------------- */

static const struct {
	const char *text, *error;
} refused[] = {
	{ "", "the filter is empty" },
	{ " \t", "at byte 3 the filter is empty" },
	{ "name", "at byte 1 a predicate is expected" },
	{ "name =", "at byte 7 a value is expected" },
	{ "= 'x'", "at byte 1 a value is expected" },
	{ "name = 'x' x", "at byte 12 the filter should end" },
	{ "name = 'x')", "at byte 11 the filter should end" },
	{ "(name = 'x'", "at byte 12 ')' is expected" },
	{ "count = 1 < 2", "at byte 11 the filter should end" },
	{ "name == 'x'", "at byte 7 a value is expected" },
	{ "name != 'x'", "at byte 6 there is a character that has no meaning" },
	{ "name = \"x\"", "at byte 8 there is no such property" },
	{ "name = 'x", "at byte 8 a text has no end" },
	{ "name = 'x\\'", "at byte 8 a text has no end" },
	{ "name = \"x", "at byte 8 a name has no end" },
	{ "name = 'x' AND", "at byte 15 a value is expected" },
	{ "name NOT = 'x'", "at byte 10 LIKE, BETWEEN or IN is expected" },
	{ "name = 'x' AND OR open", "at byte 16 a value is expected" },
	{ "NOT", "at byte 4 a value is expected" },
	{ "name AND open", "at byte 1 a predicate is expected" },
	{ "open AND count", "at byte 10 a predicate is expected" },
	{ "nme = 'x'", "at byte 1 there is no such property" },
	{ "start.x = 'x'", "at byte 1 there is no such property" },
	{ "lower(name) = 'x'", "at byte 1 there is no such function" },
	{ "S_BUFFER(geom,1) = 1", "at byte 1 there is no such function" },
	{ "like = 1", "at byte 1 a value is expected" },
	{ "name IS 'x'", "at byte 9 'NULL' is expected" },
	{ "name IS NOT 5", "at byte 13 'NULL' is expected" },
	/* numbers */
	{ "count = 1e999", "at byte 9 a number is too large" },
	{ "count = NaN", "at byte 9 there is no such property" },
	{ "count = Infinity", "at byte 9 there is no such property" },
	{ "count = 1e", "at byte 9 a number goes on as something else" },
	{ "count = 1.2.3", "at byte 9 a number goes on as something else" },
	{ "count = 0x10", "at byte 9 a number goes on as something else" },
	{ "count = 1 2", "at byte 11 the filter should end" },
	{ "count = + ratio", "at byte 11 a number is expected" },
	{ "count = - - 1", "at byte 11 a value is expected" },
	{ "count = 2^3^4", "at byte 12 a power of a power needs parentheses" },
	{ "count = name + 1", "at byte 9 arithmetic takes numbers" },
	{ "count + open = 1", "at byte 9 arithmetic takes numbers" },
	/* types */
	{ "name = 5", "at byte 8 values of different types are compared" },
	{ "count = '5'", "at byte 9 values of different types are compared" },
	{ "open = 2", "at byte 8 values of different types are compared" },
	{ "sum = date", "at byte 7 values of different types are compared" },
	{ "date = start", "at byte 8 values of different types are compared" },
	{ "date = TIMESTAMP('2022-01-01T00:00:00Z')",
	    "at byte 8 values of different types are compared" },
	{ "date = 'soon'", "at byte 8 a text is compared with a date or a "
			   "timestamp but is none" },
	{ "start = '2022-01-01'", "at byte 9 a text is compared with a date "
				  "or a timestamp but is none" },
	{ "geom = POINT(1 2)",
	    "at byte 8 something is compared that only functions compare" },
	{ "tags = tags",
	    "at byte 8 something is compared that only functions compare" },
	{ "tags = '2024'", "at byte 8 values of different types are compared" },
	{ "name IN (1)", "at byte 10 values of different types are compared" },
	{ "name IN ()", "at byte 10 a value is expected" },
	{ "name IN 'x'", "at byte 9 '(' is expected" },
	{ "count BETWEEN 1 OR 2", "at byte 17 'AND' is expected" },
	{ "count BETWEEN 'a' AND 'b'",
	    "at byte 15 values of different types are compared" },
	{ "open BETWEEN true AND true",
	    "at byte 6 BETWEEN takes no truth values" },
	{ "count LIKE '1%'", "at byte 1 LIKE takes a text" },
	{ "name LIKE 5", "at byte 11 LIKE takes a pattern that is a text" },
	{ "name LIKE ascii", "at byte 11 LIKE takes a pattern that is a text" },
	{ "name LIKE CASEI(ascii)",
	    "at byte 11 LIKE takes a pattern that is a text" },
	{ "name LIKE 'x\\\\'", "at byte 11 the pattern of LIKE ends with its "
			       "escape character" },
	{ "CASEI(count) = 'x'", "at byte 1 CASEI and ACCENTI take a text" },
	{ "CASEI(name, name) = 'x'", "at byte 11 ')' is expected" },
	/* time */
	{ "date = DATE('2022-02-29')",
	    "at byte 13 a date is not YYYY-MM-DD of a day that exists" },
	{ "date = DATE('2022-02-28T00:00:00Z')",
	    "at byte 13 a date is not YYYY-MM-DD of a day that exists" },
	{ "date = DATE('2022-02-28'' OR 1=1')",
	    "at byte 13 a date is not YYYY-MM-DD of a day that exists" },
	{ "date = DATE(2022)", "at byte 13 a text is expected" },
	{ "date = DATE('2022-02-28'", "at byte 25 ')' is expected" },
	{ "start = TIMESTAMP('2022-02-28')",
	    "at byte 19 a timestamp is not YYYY-MM-DDThh:mm:ssZ of an instant "
	    "that exists" },
	{ "start = TIMESTAMP('2022-02-28T00:00:00+05:00')",
	    "at byte 19 a timestamp is not YYYY-MM-DDThh:mm:ssZ of an instant "
	    "that exists" },
	{ "T_AFTER(date, name)",
	    "at byte 15 a temporal function takes an instant or interval" },
	{ "T_AFTER(date, start)",
	    "at byte 15 dates and timestamps are compared with each other" },
	{ "T_AFTER(date, INTERVAL(start,'..'))",
	    "at byte 15 dates and timestamps are compared with each other" },
	{ "T_MEETS(date, INTERVAL('..','..'))",
	    "at byte 9 this temporal function takes an interval" },
	{ "T_AFTER(date, INTERVAL('2022-01-02','2022-01-01'))",
	    "at byte 37 an interval ends before it starts" },
	{ "T_AFTER(date, INTERVAL('2022-01-02','2022-01-03T00:00:00Z'))",
	    "at byte 37 an interval lies between a date and a timestamp" },
	{ "T_AFTER(date, INTERVAL('2022-01-02',name))",
	    "at byte 37 an interval ends with neither date nor timestamp" },
	{ "T_AFTER(date, INTERVAL('2022-01-02','...'))",
	    "at byte 37 the end of an interval is neither a date, a timestamp "
	    "nor '..'" },
	{ "T_AFTER(date, INTERVAL('2022-01-02'))",
	    "at byte 36 ',' is expected" },
	{ "T_AFTER(date)", "at byte 13 ',' is expected" },
	{ "INTERVAL(date,until) = INTERVAL(date,until)",
	    "at byte 24 something is compared that only functions compare" },
	/* places */
	{ "S_INTERSECTS(geom,POINT(90 180))",
	    "at byte 19 a coordinate lies outside of longitude -180 to 180 or "
	    "latitude -90 to 90" },
	{ "S_INTERSECTS(geom,MULTIPOINT(7.02 49.92, 90 180))",
	    "at byte 19 a coordinate lies outside of longitude -180 to 180 or "
	    "latitude -90 to 90" },
	{ "S_INTERSECTS(geom,POINT(1))", "at byte 26 a number is expected" },
	{ "S_INTERSECTS(geom,POINT(1 2 3 4))", "at byte 31 ')' is expected" },
	{ "S_INTERSECTS(geom,POINT(NaN 1))",
	    "at byte 25 a number is expected" },
	{ "S_INTERSECTS(geom,POINT(1e999 1))",
	    "at byte 25 a number is too large" },
	{ "S_INTERSECTS(geom,POINT EMPTY)",
	    "at byte 19 there is no such property" },
	{ "S_INTERSECTS(geom,POINT(1 2,3 4))",
	    "at byte 19 a point has one position" },
	{ "S_INTERSECTS(geom,LINESTRING(1 2))",
	    "at byte 19 a line has at least two positions" },
	{ "S_INTERSECTS(geom,POLYGON((0 0,1 0,1 1)))",
	    "at byte 19 a ring has at least four positions" },
	{ "S_INTERSECTS(geom,POLYGON((0 0,1 0,1 1,2 2)))",
	    "at byte 19 a ring is not closed" },
	{ "S_INTERSECTS(geom,POLYGON((0 0,1 1,1 0,0 1,0 0)))",
	    "at byte 19 a geometry is not valid: it crosses itself or has no "
	    "extent" },
	{ "S_INTERSECTS(geom,POLYGON((0 0,1 1,2 2,0 0)))",
	    "at byte 19 a geometry is not valid: it crosses itself or has no "
	    "extent" },
	{ "S_INTERSECTS(geom,LINESTRING(1 1,1 1))",
	    "at byte 19 a geometry is not valid: it crosses itself or has no "
	    "extent" },
	{ "S_INTERSECTS(geom,GEOMETRYCOLLECTION(GEOMETRYCOLLECTION("
	  "POINT(1 1))))",
	    "at byte 38 a geometry is expected" },
	{ "S_INTERSECTS(geom,GEOMETRYCOLLECTION())",
	    "at byte 38 a geometry is expected" },
	{ "S_WITHIN(geom,GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,1 1)))",
	    "at byte 15 a mixed collection stands, which only S_INTERSECTS "
	    "and S_DISJOINT take" },
	{ "S_INTERSECTS(geom,BBOX(1,2,3))",
	    "at byte 19 a BBOX has other than four or six numbers" },
	{ "S_INTERSECTS(geom,BBOX(1,2,3,4,5))",
	    "at byte 19 a BBOX has other than four or six numbers" },
	{ "S_INTERSECTS(geom,BBOX(1,2,3,4,5,6,7))",
	    "at byte 36 a BBOX has more than six numbers" },
	{ "S_INTERSECTS(geom,BBOX(1,4,3,2))",
	    "at byte 19 a BBOX has its south above north" },
	{ "S_INTERSECTS(geom,BBOX(1,2,181,4))",
	    "at byte 19 a BBOX lies outside of longitude -180 to 180 or "
	    "latitude -90 to 90" },
	{ "S_INTERSECTS(geom,BBOX(1,2,3,91))",
	    "at byte 19 a BBOX lies outside of longitude -180 to 180 or "
	    "latitude -90 to 90" },
	{ "S_INTERSECTS(geom,name)",
	    "at byte 19 a spatial function takes geometries" },
	{ "S_INTERSECTS(geom)", "at byte 18 ',' is expected" },
	{ "S_INTERSECTS(geom,geom,geom)", "at byte 23 ')' is expected" },
	/* lists */
	{ "A_CONTAINS(tags,'2024')", "at byte 17 a value is expected" },
	{ "A_CONTAINS(name,('2024'))",
	    "at byte 12 an array function takes arrays" },
	{ "A_CONTAINS(tags,(2024))",
	    "at byte 18 an attribute's list holds texts, which are compared "
	    "with something else" },
	{ "A_OVERLAPS(('a',true),tags)",
	    "at byte 17 an attribute's list holds texts, which are compared "
	    "with something else" },
	{ "A_CONTAINS(tags,('2024',))", "at byte 25 a value is expected" },
	{ "A_CONTAINS(tags,(('a','b'),'c'))", "at byte 22 ')' is expected" },
	{ "A_CONTAINS(tags,(POINT(1 1)))",
	    "at byte 18 an array holds what is no text, number, truth value, "
	    "date or timestamp" },
	{ "A_CONTAINS(tags,(tags))",
	    "at byte 18 an array holds what is no text, number, truth value, "
	    "date or timestamp" },
	{ "('a','b') = 'a'", "at byte 5 ')' is expected" },
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct err e = { .code = ERR_NONE };
		struct arena a;

		arena_init(&a, ARENA_MAX);
		if (cql2_parse_text(
			str_from(refused[i].text), &cql2_row_context, &a, &e))
			fail_msg("%s: is read", refused[i].text);
		assert_int_equal(e.code, ERR_INPUT);
		if (strcmp(e.text, refused[i].error) != 0)
			fail_msg("%s: %s", refused[i].text, e.text);
		cql2_rows_told(&e);
		arena_free(&a);
	}
}

/* Bytes that are no text at all. */
static void test_bytes(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		const char *error;
	} cases[] = {
		{ "name = 'a\0b'", 12, "the filter is not valid UTF-8" },
		{ "\0", 1, "the filter is not valid UTF-8" },
		{ "name = '\xFF'", 10, "the filter is not valid UTF-8" },
		{ "name = '\xC0\x80'", 11, "the filter is not valid UTF-8" },
		{ "name = '\xED\xA0\x80'", 12,
		    "the filter is not valid UTF-8" },
		{ "name = '\x01'", 10,
		    "at byte 8 a text holds a control character" },
		{ "name = '\x7F'", 10,
		    "at byte 8 a text holds a control character" },
		{ "\x01", 1,
		    "at byte 1 there is a character that has no meaning" },
		{ "na\x1Fme = 1", 9, "at byte 1 there is no such property" },
		{ "name = 'x' ; DROP TABLE project", 31,
		    "at byte 12 there is a character that has no meaning" },
		{ "name = 'x' -- ", 14, "at byte 15 a value is expected" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct str text = { cases[i].text, cases[i].len };
		struct err e = { .code = ERR_NONE };
		struct arena a;

		arena_init(&a, ARENA_MAX);
		assert_null(cql2_parse_text(text, &cql2_row_context, &a, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.text, cases[i].error);
		arena_free(&a);
	}
}

/* Fields that are called like other things, or alike. */
static void test_names(void **state)
{
	static const struct field fields[] = {
		{ "geometry", VALUE_TEXT, { NULL, NULL, NULL } },
		{ "Name", VALUE_TEXT, { NULL, NULL, NULL } },
		{ "NAME", VALUE_INT, { NULL, NULL, NULL } },
		{ "атауы 1", VALUE_TEXT, { NULL, NULL, NULL } },
		{ "and", VALUE_BOOL, { NULL, NULL, NULL } },
		{ "point", VALUE_BOOL, { NULL, NULL, NULL } },
		{ "z", VALUE_BOOL, { NULL, NULL, NULL } },
		{ "қала:a.b_1", VALUE_BOOL, { NULL, NULL, NULL } },
	};
	static const struct schema schema = { "x", fields, COUNT(fields) };
	static const struct cql2_context context = {
		.schema = &schema, .id = VALUE_INT, .geometry_alias = "place"
	};
	static const struct {
		const char *text, *printed; /* NULL: refused */
	} cases[] = {
		{ "geometry = 'x'", "\"geometry\" = 'x'" },
		{ "place IS NULL", "\"geometry\" IS NULL" },
		{ "Name = 'x'", "\"Name\" = 'x'" },
		{ "NAME = 1", "\"NAME\" = 1" },
		{ "name = 'x'", NULL }, /* either */
		{ "\"атауы 1\" = 'x'", "\"атауы 1\" = 'x'" },
		{ "and", NULL },
		{ "\"and\"", "\"and\"" },
		{ "point", "\"point\"" },
		{ "point OR z", "\"point\" OR \"z\"" },
		{ "қала:a.b_1", "\"қала:a.b_1\"" },
		{ "ID = 5", "\"id\" = 5" },
		{ "id = '5'", "\"id\" = 5" },
		{ "'-5' < id", "-5 < \"id\"" },
		{ "id IN ('5', 6)", "\"id\" IN (5,6)" },
		{ "id BETWEEN '5' AND '6'", "\"id\" BETWEEN 5 AND 6" },
		{ "id = '5.5'", NULL },
		{ "id = ''", NULL },
		{ "NAME = '5'", NULL },
		{ "\"id\" = 5", "\"id\" = 5" },
		{ "\"i\"d = 5", NULL },
		{ "\"\" = 5", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct cql2 *f;
		struct arena a;
		struct buf b;

		arena_init(&a, ARENA_MAX);
		buf_init(&b, SIZE_MAX);
		f = cql2_parse_text(
		    str_from(cases[i].text), &context, &a, NULL);
		assert_int_equal(f != NULL, cases[i].printed != NULL);
		if (f)
			cql2_print(&b, f);
		if (f)
			assert_true(str_is(buf_str(&b), cases[i].printed));
		buf_free(&b);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_canonical),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_names),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
