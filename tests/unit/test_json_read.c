#include "format/json_read.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "golden.h"
#include "visits.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define COLLECTION(features)                                                   \
	"{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define FEATURE(geometry, properties)                                          \
	"{\"type\":\"Feature\",\"geometry\":" geometry                         \
	",\"properties\":" properties "}"
#define PLACE(type, coordinates)                                               \
	FEATURE("{\"type\":\"" type "\",\"coordinates\":" coordinates "}",     \
	    "{"                                                                \
	    "}")

#define CRS(name) "{\"type\":\"name\",\"properties\":{\"name\":\"" name "\"}}"

static const struct {
	const char *in, *out;
} good[] = {
	{ COLLECTION(""), "" },
	{ " \t\r\n" COLLECTION(" ") "\n", "" },
	{ "\xEF\xBB\xBF" COLLECTION(""), "" },
	{ FEATURE("null", "null"), "1 [] nowhere\n" },
	{ "{\"type\":\"Feature\"}", "1 [] nowhere\n" },
	/* "features" before "type", and members nobody knows */
	{ "{\"bbox\":[1,2,[]],\"features\":[{\"type\":\"Feature\","
	  "\"id\":\"a\",\"x\":{}}],\"type\":\"FeatureCollection\"}",
	    "1 [a] nowhere\n" },
	{ "{\"type\":\"Feature\",\"id\":12}", "1 [12] nowhere\n" },
	{ "{\"type\":\"Feature\",\"id\":1.5}", "1 [1.5] nowhere\n" },
	{ COLLECTION(PLACE("Point", "[68.25,43.3]") "," PLACE(
	      "Point", "[68,43,500,1]")),
	    "1 [] POINT (68.25 43.3)\n2 [] POINT (68 43)\n" },
	{ PLACE("LineString", "[[68,43],[69,43.5,7]]"),
	    "1 [] LINESTRING (68 43, 69 43.5)\n" },
	{ PLACE("Polygon", "[[[0,0],[4,0],[4,4],[0,0]],"
			   "[[2,1],[3,1],[3,2],[2,1]]]"),
	    "1 [] POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))\n" },
	/* other systems, of the file and of a feature */
	{ "{\"type\":\"FeatureCollection\",\"crs\":" CRS(
	      "urn:ogc:def:crs:EPSG::32642") ",\"features\":[" PLACE("Point",
	      "[500000,0]") "]}",
	    "1 [] POINT (69 0)\n" },
	{ "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"
	  "\"Feature\",\"crs\":" CRS(
	      "EPSG:3857") ",\"geometry\":{\"type\":"
			   "\"Point\",\"coordinates\":[0,0]}}," PLACE(
			       "Point", "[1,2]") "]}",
	    "1 [] POINT (0 0)\n2 [] POINT (1 2)\n" },
	{ "{\"type\":\"Feature\",\"crs\":{\"type\":\"EPSG\",\"properties\":{"
	  "\"code\":4326}},\"geometry\":{\"type\":\"Point\","
	  "\"coordinates\":[1,2]}}",
	    "1 [] POINT (1 2)\n" },
	/* geometries alone */
	{ "{\"type\":\"Point\",\"coordinates\":[1,2]}", "1 [] POINT (1 2)\n" },
	{ "{\"coordinates\":[[1,2],[3,4]],\"type\":\"LineString\"}\n"
	  "{\"type\":\"Point\",\"coordinates\":[1,2]}",
	    "1 [] LINESTRING (1 2, 3 4)\n2 [] POINT (1 2)\n" },
	/* what is empty is left out; open rings are closed */
	{ PLACE("Point", "[]"), "1 [] nowhere\n" },
	{ PLACE("LineString", "[]"), "1 [] nowhere\n" },
	{ PLACE("Polygon", "[]"), "1 [] nowhere\n" },
	{ PLACE("MultiPolygon", "[]"), "1 [] nowhere\n" },
	{ PLACE("MultiPoint", "[[1,2],[]]"), "1 [] MULTIPOINT ((1 2))\n" },
	{ PLACE("LineString", "[[1,2]]"), "1 [] POINT (1 2)\n" },
	{ PLACE("Polygon", "[[[0,0],[1,0],[1,1],[0,1]],[]]"),
	    "1 [] POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))\n" },
	{ PLACE("MultiPoint", "[[1,2],[3,4]]"),
	    "1 [] MULTIPOINT ((1 2), (3 4))\n" },
	{ PLACE("MultiLineString", "[[[1,2],[3,4]],[[5,6],[7,8]]]"),
	    "1 [] MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))\n" },
	{ PLACE("MultiPolygon", "[[[[0,0],[4,0],[4,4],[0,0]]],"
				"[[[5,5],[6,5],[6,6],[5,5]]]]"),
	    "1 [] MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), "
	    "((5 5, 6 5, 6 6, 5 5)))\n" },
	{ FEATURE("{\"type\":\"GeometryCollection\",\"geometries\":["
		  "{\"type\":\"Point\",\"coordinates\":[1,2]},"
		  "{\"type\":\"MultiPoint\",\"coordinates\":[[3,4]]}]}",
	      "{}"),
	    "1 [] MULTIPOINT ((1 2), (3 4))\n" },
	{ FEATURE("null",
	      "{\"t\":\"a\",\"i\":600,\"r\":0.1,\"b\":true,\"n\":null,"
	      "\"f\":false,\"l\":[1,\"x\"],\"o\":{\"k\":1.5},\"e\":\"\"}"),
	    "1 [] nowhere t=a i=600 r=0.1 b=true f=false l=[1,\"x\"] "
	    "o={\"k\":1.5} e=\n" },
	{ FEATURE("null", "{\"и\xCC\x86\":\"e\xCC\x81 \\u049b\"}"),
	    "1 [] nowhere й=é қ\n" },
	{ "{\"type\":\"FeatureCollection\",\"crs\":{\"type\":\"name\","
	  "\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},"
	  "\"features\":[]}",
	    "" },
	{ "{\"type\":\"FeatureCollection\",\"crs\":null,\"features\":[]}", "" },
};

static void test_good_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(good); i++) {
		struct err e = { .code = ERR_NONE };
		struct arena a;
		struct buf b;

		buf_init(&b, SIZE_MAX);
		arena_init(&a, SIZE_MAX);
		if (!visits_read(json_read_features, str_from(good[i].in),
			SIZE_MAX, &a, visits_add, &b, &e))
			fail_msg("%s: %s", good[i].in, e.text);
		buf_add_char(&b, '\0');
		assert_string_equal(b.data, good[i].out);
		arena_free(&a);
		buf_free(&b);
	}
}

static const struct {
	const char *in, *problem;
} bad[] = {
	{ "", "the file is empty" },
	{ " ", "the file is not valid JSON at line 1, byte 2" },
	{ "[]", "the file is no GeoJSON FeatureCollection or Feature" },
	{ "{", "the file is not valid JSON at line 1, byte 2" },
	{ "{\"type\"}", "the file is not valid JSON at line 1, byte 8" },
	{ "{\"type\":\"Feature",
	    "the file is not valid JSON at line 1, byte 17" },
	{ "{1:2}", "the file is not valid JSON at line 1, byte 2" },
	{ COLLECTION("") "x", "the file is not valid JSON at line 1, byte 43" },
	{ COLLECTION("]"), "the file is not valid JSON at line 1, byte 42" },
	{ "{\"type\":\"Circle\",\"coordinates\":[1,2]}",
	    "the file is no GeoJSON FeatureCollection or Feature" },
	{ "{}", "the file is no GeoJSON FeatureCollection or Feature" },
	{ "{\"type\":\"FeatureCollection\"}", "the file has no \"features\"" },
	{ "{\"type\":\"FeatureCollection\",\"features\":{}}",
	    "\"features\" is no array" },
	{ "{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}",
	    "the file has \"features\" twice" },
	{ "{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":" CRS(
	      "EPSG:3857") "}",
	    "\"crs\" stands behind the features: it has to stand before them" },
	{ "{\"type\":\"FeatureCollection\",\"crs\":" CRS(
	      "urn:ogc:def:crs:EPSG::28412") ",\"features\":[]}",
	    "the coordinates are in EPSG:28412, not in longitude and latitude "
	    "of WGS 84: exchange them first, as with ogr2ogr -t_srs "
	    "EPSG:4326" },
	{ "{\"type\":\"FeatureCollection\",\"crs\":" CRS(
	      "mine") ",\"features\":[]}",
	    "the coordinates are not longitude and latitude of WGS 84" },
	{ "{\"type\":\"Topology\",\"objects\":{},\"arcs\":[]}",
	    "the file is TopoJSON: make GeoJSON of it first, as with ogr2ogr" },
	{ COLLECTION(FEATURE("null", "{}") ",5"),
	    "feature 2: this is no GeoJSON Feature" },
	{ COLLECTION(FEATURE("null", "{}") ",{\"type\":\"Point\"}"),
	    "feature 2: this is no GeoJSON Feature" },
	{ COLLECTION(FEATURE("null", "{}") ","),
	    "the file is not valid JSON at line 1, byte 92" },
	{ COLLECTION("{\"type\":\"Feature\",}"),
	    "feature 1: not valid JSON at byte 59" },
	{ COLLECTION("{\"type\":\"Feature\",\"id\":1,\"id\":2}"),
	    "feature 1: a name stands twice before byte 69" },
	{ COLLECTION("{\"type\":\"Feature\"]"),
	    "feature 1: not valid JSON at byte 58" },
	{ FEATURE("null", "[]"), "feature 1: the properties are no object" },
	{ "{\"type\":\"Feature\",\"id\":[]}",
	    "feature 1: the id is neither a text nor a number" },
	{ FEATURE("5", "{}"),
	    "feature 1: the geometry has no type that is known" },
	{ FEATURE("{}", "{}"),
	    "feature 1: the geometry has no type that is known" },
	{ PLACE("Circle", "[1,2]"),
	    "feature 1: the geometry has no type that is known" },
	{ PLACE("Point", "[[1,2]]"), "feature 1: the coordinates are not "
				     "nested as the geometry's type wants" },
	{ PLACE("Point", "[1,\"2\"]"), "feature 1: the coordinates are not "
				       "nested as the geometry's type wants" },
	{ PLACE("Polygon", "[[1,2],[3,4]]"),
	    "feature 1: the coordinates are not nested as the geometry's "
	    "type wants" },
	{ PLACE("Polygon", "[[],[[0,0],[1,0],[1,1],[0,0]]]"),
	    "feature 1: the coordinates are not nested as the geometry's "
	    "type wants" },
	{ PLACE("Point", "[181,0]"),
	    "feature 1: a coordinate lies outside of longitude -180 to 180 "
	    "or latitude -90 to 90" },
	{ FEATURE("null", "{\"a\":\"\\u0000\"}"),
	    "feature 1: not valid JSON at byte 60" },
	{ FEATURE("null", "{\"a\":\"\xFF\"}"),
	    "feature 1: not valid JSON at byte 53" },
};

static void test_bad_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct err e = { .code = ERR_NONE };
		struct arena a;
		struct buf b;

		buf_init(&b, SIZE_MAX);
		arena_init(&a, SIZE_MAX);
		assert_false(visits_read(json_read_features,
		    str_from(bad[i].in), SIZE_MAX, &a, visits_add, &b, &e));
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.text, bad[i].problem);
		arena_free(&a);
		buf_free(&b);
	}
}

static void assert_limit(struct buf *b, size_t max_bytes, const char *problem)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf seen;

	buf_init(&seen, SIZE_MAX);
	arena_init(&a, SIZE_MAX);
	assert_false(visits_read(json_read_features, buf_str(b), max_bytes, &a,
	    visits_add, &seen, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_string_equal(e.text, problem);
	arena_free(&a);
	buf_free(&seen);
	buf_free(b);
}

static void repeat(struct buf *b, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_add_text(b, text);
}

static void test_limits(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_add_text(&b, COLLECTION(""));
	assert_limit(&b, 41, "the file is longer than 41 bytes");

	buf_add_text(&b, "{\"type\":\"Feature\",\"x\":");
	repeat(&b, "[", FOREIGN_DEPTH_MAX + 1);
	repeat(&b, "]", FOREIGN_DEPTH_MAX + 1);
	buf_add_text(&b, "}");
	assert_limit(&b, SIZE_MAX,
	    "the file is nested more than 64 levels deep at line 1");

	buf_add_text(&b, "{\"type\":\"Feature\",\"properties\":{\"a\":1");
	for (int i = 0; i < FOREIGN_PROPERTIES_MAX; i++)
		buf_add_format(&b, ",\"k%d\":1", i);
	buf_add_text(&b, "}}");
	assert_limit(&b, SIZE_MAX, "feature 1: there are too many attributes");

	buf_add_text(&b, "{\"type\":\"Feature\",\"properties\":{\"a\":\"");
	repeat(&b, "x", FOREIGN_TEXT_MAX + 1);
	buf_add_text(&b, "\"}}");
	assert_limit(&b, SIZE_MAX, "feature 1: a text is longer than 1 MiB");
}

/* Positions count within a feature, not over the file. */
static void test_limit_of_positions(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_add_text(&b, "{\"type\":\"Feature\",\"geometry\":"
			 "{\"type\":\"LineString\",\"coordinates\":[[1,2]");
	repeat(&b, ",[1,2]", FOREIGN_POSITIONS_MAX);
	buf_add_text(&b, "]}}");
	assert_limit(&b, SIZE_MAX,
	    "feature 1: the geometry has more than 500000 positions");
}

static void test_visitor_stops(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;

	(void)state;
	arena_init(&a, SIZE_MAX);
	assert_false(visits_read(json_read_features,
	    str_from(COLLECTION(FEATURE("null", "{}"))), SIZE_MAX, &a,
	    visits_stop, NULL, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_string_equal(e.text, "stop");
	arena_free(&a);
}

static bool find_title(
    void *context, const struct foreign_feature *f, struct err *e)
{
	(void)context;
	(void)e;
	assert_true(str_is(foreign_value(f, "title_ru"), "Школа") ||
		    f->id.len < 15 || f->id.data[14] == '8');
	assert_int_equal(foreign_value(f, "title").len, 0);
	return true;
}

/* Our own export is a foreign file like any other. */
static void test_own_file(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct str text;
	char *data = golden_read("geojson/samples.geojson", &text.len);

	(void)state;
	text.data = data;
	arena_init(&a, SIZE_MAX);
	assert_true(visits_read(
	    json_read_features, text, text.len, &a, find_title, NULL, &e));
	arena_free(&a);
	mem_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_files),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_limit_of_positions),
		cmocka_unit_test(test_visitor_stops),
		cmocka_unit_test(test_own_file),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
