#include "cql2_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define OP(name, args) "{\"op\":\"" name "\",\"args\":[" args "]}"
#define NAME "{\"property\":\"name\"}"
#define NUMBER "{\"property\":\"count\"}"
#define OPEN "{\"property\":\"open\"}"
#define DAY "{\"property\":\"date\"}"
#define GEOM "{\"property\":\"geometry\"}"
#define TAGS "{\"property\":\"tags\"}"
#define POINT "{\"type\":\"Point\",\"coordinates\":[1,2]}"
#define AT(type, at) "{\"type\":\"" type "\",\"coordinates\":" at "}"

enum { ARENA_MAX = 1 << 22 };

/* JSON, and the text that has to be the same filter. */
static const char *const read[][2] = {
	{ "true", "true" },
	{ OP("=", NAME ",\"x\""), "name='x'" },
	{ OP("<>", NAME ",\"O'Neil \\\\ \\n\""), "name<>'O''Neil \\\\ \\n'" },
	{ OP("<", NUMBER ",1.5"), "count<1.5" },
	{ OP(">", NUMBER ",-3"), "count>-3" },
	{ OP("<=", NUMBER ",1e2"), "count<=100" },
	{ OP(">=", "5," NUMBER), "5>=count" },
	{ OP("=", OPEN ",false"), "open=false" },
	{ OP("not", OPEN), "not open" },
	{ OP("and", "true,false," OPEN), "true and false and open" },
	{ OP("or", "true," OP("or", "false," OPEN)), "true or false or open" },
	{ OP("and", "true," OP("or", "false," OPEN)),
	    "true and (false or open)" },
	{ OP("isNull", GEOM), "geometry is null" },
	{ OP("isNull", OP("=", NAME ",\"x\"")), "(name='x') is null" },
	{ OP("like", NAME ",\"a\\\\%_\""), "name like 'a\\%_'" },
	{ OP("like", OP("casei", NAME) "," OP("casei", "\"x%\"")),
	    "casei(name) like casei('x%')" },
	{ OP("=", OP("accenti", OP("casei", NAME)) "," OP("accenti", "\"é\"")),
	    "accenti(casei(name)) = accenti('é')" },
	{ OP("between", NUMBER ",1,2"), "count between 1 and 2" },
	{ OP("in", NAME ",[\"a\",\"b\"]"), "name in ('a','b')" },
	{ OP("not", OP("in", NUMBER ",[1,2]")), "count not in (1,2)" },
	{ OP("=", NUMBER "," OP("+", "1," OP("*", "2,3"))),
	    "count = 1 + 2 * 3" },
	{ OP("=", OP("div", NUMBER ",2") "," OP("^", NUMBER ",2")),
	    "count div 2 = count ^ 2" },
	{ OP("=", OP("%", NUMBER ",2") "," OP("/", OP("-", NUMBER ",1") ",2")),
	    "count % 2 = (count - 1) / 2" },
	{ OP("=", OP("*", "-1," NUMBER) ",1"), "-count = 1" },
	{ OP("=", DAY ",{\"date\":\"2022-01-01\"}"),
	    "date = DATE('2022-01-01')" },
	{ OP("=", "{\"property\":\"start\"},"
		  "{\"timestamp\":\"2022-01-01T00:00:00.25Z\"}"),
	    "start = TIMESTAMP('2022-01-01T00:00:00.25Z')" },
	{ OP("t_finishedBy", "{\"interval\":[" DAY ",\"..\"]},"
			     "{\"interval\":[\"..\",\"2022-01-01\"]}"),
	    "T_FINISHEDBY(INTERVAL(date,'..'),"
	    "INTERVAL('..','2022-01-01'))" },
	{ OP("t_after", DAY ",{\"date\":\"2022-01-01\"}"),
	    "T_AFTER(date,DATE('2022-01-01'))" },
	{ OP("s_intersects", GEOM "," POINT),
	    "S_INTERSECTS(geometry,POINT(1 2))" },
	{ OP("s_within", GEOM ",{\"bbox\":[1,2,3,4]}"),
	    "S_WITHIN(geometry,BBOX(1,2,3,4))" },
	{ OP("s_contains", GEOM ",{\"bbox\":[170,-5,0,-170,5,9]}"),
	    "S_CONTAINS(geometry,BBOX(170,-5,-170,5))" },
	{ OP("s_crosses", GEOM "," AT("LineString", "[[1,2],[3.5,4]]")),
	    "S_CROSSES(geometry,LINESTRING(1 2,3.5 4))" },
	{ OP("s_touches", GEOM "," AT("Polygon", "[[[0,0],[9,0],[9,9],[0,0]],"
						 "[[3,1],[4,1],[4,2],[3,1]]]")),
	    "S_TOUCHES(geometry,POLYGON((0 0,9 0,9 9,0 0),"
	    "(3 1,4 1,4 2,3 1)))" },
	{ OP("s_equals", GEOM "," AT("MultiPoint", "[[1,2],[3,4,5]]")),
	    "S_EQUALS(geometry,MULTIPOINT((1 2),(3 4)))" },
	{ OP("s_overlaps",
	      GEOM "," AT("MultiLineString", "[[[1,2],[3,4]],[[5,6],[7,8]]]")),
	    "S_OVERLAPS(geometry,MULTILINESTRING((1 2,3 4),(5 6,7 8)))" },
	{ OP("s_disjoint",
	      GEOM "," AT("MultiPolygon", "[[[[0,0],[9,0],[9,9],[0,0]]],"
					  "[[[20,0],[21,0],[21,1],[20,0]]]]")),
	    "S_DISJOINT(geometry,MULTIPOLYGON(((0 0,9 0,9 9,0 0)),"
	    "((20 0,21 0,21 1,20 0))))" },
	{ OP("s_intersects",
	      GEOM ",{\"type\":\"GeometryCollection\",\"geometries\":[" POINT
		   "," AT("LineString", "[[1,2],[3,4]]") "]}"),
	    "S_INTERSECTS(geometry,GEOMETRYCOLLECTION(POINT(1 2),"
	    "LINESTRING(1 2,3 4)))" },
	{ OP("a_containedBy", TAGS ",[\"a\",\"1\"]"),
	    "A_CONTAINEDBY(tags,('a','1'))" },
	{ OP("a_containedBy", "[\"a\"],[\"a\",1,true]"),
	    "A_CONTAINEDBY(('a'),('a',1,true))" },
	{ OP("a_equals", "[]," TAGS), "A_EQUALS((),tags)" },
	{ " { \"args\" : [ { \"property\" : \"NAME\" } , \"x\" ] , "
	  "\"op\" : \"=\" } ",
	    "name = 'x'" },
};

static const struct cql2 *parse_json(
    struct arena *a, const char *text, struct err *e)
{
	return cql2_parse_json(str_from(text), &cql2_row_context, a, e);
}

static void test_read(void **state)
{
	struct buf b, c;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_init(&c, SIZE_MAX);
	for (size_t i = 0; i < COUNT(read); i++) {
		struct err e = { .code = ERR_NONE };
		const struct cql2 *f, *g;
		struct arena a;

		arena_init(&a, ARENA_MAX);
		buf_reset(&b);
		buf_reset(&c);
		f = parse_json(&a, read[i][0], &e);
		if (!f)
			fail_msg("%s: %s", read[i][0], e.text);
		g = cql2_parse_text(
		    str_from(read[i][1]), &cql2_row_context, &a, NULL);
		assert_non_null(g);
		cql2_print(&b, f);
		cql2_print(&c, g);
		if (!str_equal(buf_str(&b), buf_str(&c)))
			fail_msg("%s: %.*s", read[i][0], (int)b.len, b.data);
		arena_free(&a);
	}
	buf_free(&b);
	buf_free(&c);
}

static const struct {
	const char *text, *error;
} refused[] = {
	{ "", "this is not JSON at byte 1" },
	{ "{", "this is not JSON at byte 1" },
	{ "true false", "this is not JSON at byte 10" },
	{ "null", "at byte 1 there is a value that has no meaning" },
	{ "[]", "at byte 1 there is a value that has no meaning" },
	{ "\"x\"", "at byte 1 a predicate is expected" },
	{ "5", "at byte 1 a predicate is expected" },
	{ NAME, "at byte 1 a predicate is expected" },
	{ "{}", "at byte 1 there is an object that has no meaning" },
	{ "{\"casei\":\"x\"}",
	    "at byte 1 there is an object that has no meaning" },
	{ "{\"op\":\"=\"}",
	    "at byte 1 an operation has no array of arguments" },
	{ "{\"op\":\"=\",\"args\":1}",
	    "at byte 1 an operation has no array of arguments" },
	{ "{\"op\":5,\"args\":[]}",
	    "at byte 7 there is no such operator or function" },
	{ OP("eq", "1,1"), "at byte 7 there is no such operator or function" },
	{ OP("AND", "true,true"),
	    "at byte 7 there is no such operator or function" },
	{ OP("avg", "1"), "at byte 7 there is no such operator or function" },
	{ OP("=", "1"),
	    "at byte 18 an operation has too few or too many arguments" },
	{ OP("=", "1,2,3"),
	    "at byte 18 an operation has too few or too many arguments" },
	{ OP("and", "true"),
	    "at byte 20 an operation has too few or too many arguments" },
	{ OP("not", ""),
	    "at byte 20 an operation has too few or too many arguments" },
	{ OP("=", "1,[2]"), "at byte 21 there is a value that has no meaning" },
	{ OP("=", "1,null"),
	    "at byte 21 there is a value that has no meaning" },
	{ OP("=", NAME ",5"),
	    "at byte 39 values of different types are compared" },
	{ OP("=", "{\"property\":\"nme\"},5"),
	    "at byte 19 there is no such property" },
	{ OP("=", "{\"property\":5},5"), "at byte 31 a text is expected" },
	{ OP("in", NAME ",\"a\""),
	    "at byte 40 an array with a value is expected" },
	{ OP("in", NAME ",[]"),
	    "at byte 40 an array with a value is expected" },
	{ OP("in", NAME ",[[\"a\"]]"),
	    "at byte 41 there is a value that has no meaning" },
	{ OP("like", NAME "," NAME),
	    "at byte 42 LIKE takes a pattern that is a text" },
	{ OP("=", NAME ",\"a\\u0000\""), "this is not JSON at byte 47" },
	{ OP("=", NAME ",\"a\\u0001\""),
	    "at byte 39 a text holds a control character" },
	{ OP("=", NAME ",\"\xFF\""), "this is not JSON at byte 39" },
	{ OP("=", NUMBER ",1e999"), "a number is too large at byte 44" },
	{ OP("=", NUMBER ",NaN"), "this is not JSON at byte 42" },
	{ OP("=", NUMBER ",99999999999999999999"),
	    "a number is too large at byte 59" },
	{ "{\"op\":\"not\",\"op\":\"not\",\"args\":[true]}",
	    "a name stands twice before byte 16" },
	{ OP("=", DAY ",{\"date\":\"2022-02-30\"}"),
	    "at byte 39 a date is not YYYY-MM-DD of a day that exists" },
	{ OP("=", DAY ",{\"date\":20220230}"),
	    "at byte 47 a text is expected" },
	{ OP("t_after", DAY ",{\"interval\":[\"..\"]}"),
	    "at byte 57 an array of two ends is expected" },
	{ OP("t_after", DAY ",{\"interval\":[\"..\",5]}"),
	    "at byte 63 the end of an interval is expected" },
	{ OP("s_intersects", GEOM ",{\"type\":\"Circle\"}"),
	    "at byte 54 a geometry of a known type is expected" },
	{ OP("s_intersects", GEOM ",{\"type\":\"Point\"}"),
	    "at byte 54 a geometry has no coordinates" },
	{ OP("s_intersects", GEOM "," AT("Point", "[1]")),
	    "at byte 84 a position of two or three numbers is expected" },
	{ OP("s_intersects", GEOM "," AT("Point", "[1,2,3,4]")),
	    "at byte 84 a position of two or three numbers is expected" },
	{ OP("s_intersects", GEOM "," AT("Point", "[1,\"2\"]")),
	    "at byte 87 a number is expected" },
	{ OP("s_intersects", GEOM "," AT("Point", "[1,91]")),
	    "at byte 54 a coordinate lies outside of longitude -180 to 180 or "
	    "latitude -90 to 90" },
	{ OP("s_intersects", GEOM "," AT("LineString", "[1,2]")),
	    "at byte 90 a position of two or three numbers is expected" },
	{ OP("s_intersects", GEOM "," AT("LineString", "[]")),
	    "at byte 54 a part of the geometry is empty" },
	{ OP("s_intersects", GEOM "," AT("Polygon", "[]")),
	    "at byte 54 a part of the geometry is empty" },
	{ OP("s_intersects", GEOM "," AT("MultiPolygon", "[[[1,2]]]")),
	    "at byte 94 a position of two or three numbers is expected" },
	{ OP("s_intersects", GEOM ",{\"bbox\":[1,2,3]}"),
	    "at byte 54 a BBOX has other than four or six numbers" },
	{ OP("s_intersects", GEOM ",{\"bbox\":[1,2,3,4,5,6,7]}"),
	    "at byte 62 an array of four or six numbers is expected" },
	{ OP("s_intersects", GEOM ",{\"bbox\":[1,2,3,null]}"),
	    "at byte 69 a number is expected" },
	{ OP("s_intersects",
	      GEOM ",{\"type\":\"GeometryCollection\",\"geometries\":[]}"),
	    "at byte 54 a collection is empty" },
	{ OP("a_equals", TAGS ",\"a\""),
	    "at byte 46 an array function takes arrays" },
	{ OP("a_equals", TAGS ",[[\"a\"]]"),
	    "at byte 47 there is a value that has no meaning" },
};

static void test_refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct err e = { .code = ERR_NONE };
		struct arena a;

		arena_init(&a, ARENA_MAX);
		if (parse_json(&a, refused[i].text, &e))
			fail_msg("%s: is read", refused[i].text);
		assert_int_equal(e.code, ERR_INPUT);
		if (strcmp(e.text, refused[i].error) != 0)
			fail_msg("%s: %s", refused[i].text, e.text);
		cql2_rows_told(&e);
		arena_free(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_refusals),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
