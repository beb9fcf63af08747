#include "format/kml_read.h"

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

#define KML(text) "<kml xmlns=\"http://www.opengis.net/kml/2.2\">" text "</kml>"
#define PLACEMARK(text) KML("<Placemark>" text "</Placemark>")
#define RING(text)                                                             \
	"<LinearRing><coordinates>" text "</coordinates></LinearRing>"
#define OUTER(text) "<outerBoundaryIs>" RING(text) "</outerBoundaryIs>"
#define INNER(text) "<innerBoundaryIs>" RING(text) "</innerBoundaryIs>"
#define DATA(name, value)                                                      \
	"<Data name=\"" name "\"><displayName>x</displayName><value>" value    \
	"</value></Data>"

static const struct {
	const char *in, *out;
} good[] = {
	{ KML(""), "" },
	{ "<kml/>", "" },
	{ "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	  "<!-- <!DOCTYPE a> --><?x <!DOCTYPE b> ?>" KML(""),
	    "" },
	{ KML("<Placemark/>"), "1 [] nowhere\n" },
	{ KML("<Document><name>no</name><Folder><Folder><Placemark "
	      "id=\"a\">"
	      "<name> Мектеп\n</name></Placemark></Folder></Folder>"
	      "<Placemark id=\"b\"/></Document>"),
	    "1 [a] nowhere name=Мектеп\n2 [b] nowhere\n" },
	/* other namespaces of KML, and none */
	{ "<kml "
	  "xmlns=\"http://earth.google.com/kml/2.1\"><Placemark/></kml>",
	    "1 [] nowhere\n" },
	{ "<kml><Placemark><name>x</name></Placemark></kml>",
	    "1 [] nowhere name=x\n" },
	{ "<k:kml xmlns:k=\"http://www.opengis.net/kml/2.2\"><k:Placemark>"
	  "<k:name>x</k:name></k:Placemark></k:kml>",
	    "1 [] nowhere name=x\n" },
	{ PLACEMARK("<x:name xmlns:x=\"urn:x\">no</x:name>"
		    "<name>a<![CDATA[<b>]]>&amp;<!-- c -->&#1179;</name>"
		    "<description>d</description>"),
	    "1 [] nowhere name=a<b>&қ description=d\n" },
	{ PLACEMARK("<ExtendedData>" DATA("capacity", " 600 ") DATA(
	      "e", "") "<SchemaData schemaUrl=\"#s\"><SimpleData name=\"kato\">"
		       "611600000</SimpleData><SimpleData>no</SimpleData>"
		       "</SchemaData></ExtendedData>"),
	    "1 [] nowhere capacity=600 e= kato=611600000\n" },
	{ PLACEMARK("<Point><coordinates> 68.25,43.3,500\n</coordinates>"
		    "</Point>"),
	    "1 [] POINT (68.25 43.3)\n" },
	{ PLACEMARK("<Point><coordinates>68.25, 43.3 ,500</coordinates>"
		    "</Point>"),
	    "1 [] POINT (68.25 43.3)\n" },
	{ PLACEMARK("<Point><coordinates>68,43,</coordinates></Point>"),
	    "1 [] POINT (68 43)\n" },
	{ PLACEMARK("<LineString><tessellate>1</tessellate><coordinates>"
		    "68,43 69,43.5,7\t\n70,44</coordinates></LineString>"),
	    "1 [] LINESTRING (68 43, 69 43.5, 70 44)\n" },
	/* placemarks called by a Schema, before KML 2.2 */
	{ KML("<Document><Schema parent=\"Placemark\" name=\"S_a\">"
	      "<SimpleField type=\"wstring\" name=\"KATO\"/></Schema>"
	      "<Folder><S_a><name>x</name><KATO> 611 </KATO><other>no</other>"
	      "<Point><coordinates>1,2</coordinates></Point></S_a></Folder>"
	      "<S_b/><Placemark><KATO>no</KATO></Placemark></Document>"),
	    "1 [] POINT (1 2) name=x KATO=611\n2 [] nowhere\n" },
	/* nothing but commas */
	{ PLACEMARK(
	      "<LineString><coordinates>68,43,0,69,43.5,0, 70,44,7 71,45,8"
	      "</coordinates></LineString>"),
	    "1 [] LINESTRING (68 43, 69 43.5, 70 44, 71 45)\n" },
	{ PLACEMARK("<Polygon>" OUTER("0,0 4,0 4,4 0,0")
		  INNER("2,1 3,1 3,2 2,1") "</Polygon>"),
	    "1 [] POLYGON ((0 0, 4 0, 4 4, 0 0), (2 1, 3 1, 3 2, 2 1))\n" },
	/* what is empty is left out; a line of one position is a point */
	{ PLACEMARK("<Point/>"), "1 [] nowhere\n" },
	{ PLACEMARK("<Point><coordinates> </coordinates></Point>"),
	    "1 [] nowhere\n" },
	{ PLACEMARK("<LineString/>"), "1 [] nowhere\n" },
	{ PLACEMARK("<Polygon/>"), "1 [] nowhere\n" },
	{ PLACEMARK("<Polygon>" OUTER("") "</Polygon>"), "1 [] nowhere\n" },
	{ PLACEMARK("<MultiGeometry><LineString/><Point><coordinates>1,2"
		    "</coordinates></Point><Point/></MultiGeometry>"),
	    "1 [] MULTIPOINT ((1 2))\n" },
	{ PLACEMARK(
	      "<Polygon>" OUTER("0,0 4,0 4,4 0,0") INNER("") "</Polygon>"),
	    "1 [] POLYGON ((0 0, 4 0, 4 4, 0 0))\n" },
	{ PLACEMARK("<LineString><coordinates>1,2</coordinates></LineString>"),
	    "1 [] POINT (1 2)\n" },
	/* an open ring is closed; several rings in one inner boundary */
	{ PLACEMARK("<Polygon>" OUTER("0,0 9,0 9,9") "<innerBoundaryIs>" RING(
	      "2,1 3,1 3,2 2,1")
		  RING("5,1 6,1 6,2 5,1") "</innerBoundaryIs></Polygon>"),
	    "1 [] POLYGON ((0 0, 9 0, 9 9, 0 0), (2 1, 3 1, 3 2, 2 1), "
	    "(5 1, 6 1, 6 2, 5 1))\n" },
	{ PLACEMARK(RING("1,2 3,4 5,6 1,2")),
	    "1 [] LINESTRING (1 2, 3 4, 5 6, 1 2)\n" },
	{ PLACEMARK("<MultiGeometry><Polygon>" OUTER(
	      "0,0 4,0 4,4 0,0") "</"
				 "Polygon><MultiGeometry><"
				 "Polygon>" OUTER("5,5 6,5 6,6 5,5") "<"
								     "/"
								     "P"
								     "o"
								     "l"
								     "y"
								     "g"
								     "o"
								     "n"
								     ">"
								     "<"
								     "/"
								     "M"
								     "u"
								     "l"
								     "t"
								     "i"
								     "G"
								     "e"
								     "o"
								     "m"
								     "e"
								     "t"
								     "r"
								     "y"
								     ">"
								     "<"
								     "/"
								     "M"
								     "u"
								     "l"
								     "t"
								     "i"
								     "G"
								     "e"
								     "o"
								     "m"
								     "e"
								     "t"
								     "r"
								     "y"
								     ">"),
	    "1 [] MULTIPOLYGON (((0 0, 4 0, 4 4, 0 0)), "
	    "((5 5, 6 5, 6 6, 5 5)))\n" },
	{ PLACEMARK("<MultiGeometry><Point><coordinates>1,2</coordinates>"
		    "</Point></MultiGeometry>"),
	    "1 [] MULTIPOINT ((1 2))\n" },
	{ PLACEMARK("<MultiGeometry/>"), "1 [] nowhere\n" },
	/* passed over: overlays, views, styles, links, what updates change
	 */
	{ KML("<NetworkLinkControl><Update><Create><Folder><Placemark/>"
	      "</Folder></Create></Update></NetworkLinkControl>"
	      "<Document><Style><name>x</name></Style><NetworkLink><Link>"
	      "<href>http://127.0.0.1:1/x</href></Link></NetworkLink>"
	      "<Placemark><LookAt><longitude>1</longitude></LookAt>"
	      "<Model><Point><coordinates>1,2</coordinates></Point></Model>"
	      "</Placemark></Document>"),
	    "1 [] nowhere\n" },
	{ "<?xml version=\"1.0\" encoding=\"windows-1251\"?>"
	  "<kml><Placemark><name>\xD8\xEA\xEE\xEB\xE0</name></Placemark></"
	  "kml>",
	    "1 [] nowhere name=Школа\n" },
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
		if (!visits_read(kml_read_features, str_from(good[i].in),
			SIZE_MAX, &a, visits_add, &b, &e))
			fail_msg("%s: %s", good[i].in, e.text);
		buf_add_char(&b, '\0');
		assert_string_equal(b.data, good[i].out);
		arena_free(&a);
		buf_free(&b);
	}
}

#define LAUGHS "<!DOCTYPE kml [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"

static const struct {
	const char *in, *problem;
} bad[] = {
	{ "", "the file is empty" },
	{ "x", "the file is not valid XML at line 1" },
	{ "<kml>", "the file is not valid XML at line 1" },
	{ "<kml>\n\n<a></kml>", "the file is not valid XML at line 3" },
	{ "<kml>&nbsp;</kml>", "the file is not valid XML at line 1" },
	{ "<kml></kml>x", "the file is not valid XML at line 1" },
	{ "<kml>\xFF</kml>", "the file is not valid XML at line 1" },
	{ "<gpx/>", "the file is no KML" },
	{ LAUGHS "<kml>&b;</kml>",
	    "a document type declaration (DOCTYPE) is not allowed, line 1" },
	{ "<?xml version=\"1.0\"?>\n<!-- x -->\n<!DOCTYPE kml SYSTEM "
	  "\"file:///etc/passwd\"><kml/>",
	    "a document type declaration (DOCTYPE) is not allowed, line 3" },
	{ "<!DOCTYPE kml><kml/>",
	    "a document type declaration (DOCTYPE) is not allowed, line 1" },
	{ KML("<Placemark/>\n<Placemark>\n<Point><coordinates>"
	      "68 43</coordinates></Point></Placemark>"),
	    "placemark 2, line 3: the coordinates are not "
	    "longitude,latitude with spaces between" },
	{ PLACEMARK("<Point><coordinates>68,x</coordinates></Point>"),
	    "placemark 1, line 1: the coordinates are not "
	    "longitude,latitude with spaces between" },
	{ PLACEMARK("<LineString><coordinates>68,43,69,44</coordinates>"
		    "</LineString>"),
	    "placemark 1, line 1: the coordinates are not "
	    "longitude,latitude with spaces between" },
	{ PLACEMARK("<Point><coordinates>1,2 3,4</coordinates></Point>"),
	    "placemark 1, line 1: a point has one position" },
	{ PLACEMARK("<Point><coordinates>1,91</coordinates></Point>"),
	    "placemark 1, line 1: a coordinate lies outside of longitude "
	    "-180 to 180 or latitude -90 to 90" },
	{ PLACEMARK("<Polygon>" INNER("2,1 3,1 3,2 2,1")
		  OUTER("0,0 4,0 4,4 0,0") "</Polygon>"),
	    "placemark 1, line 1: a polygon does not begin with its one outer "
	    "boundary" },
	{ PLACEMARK("<Polygon>" OUTER("0,0 4,0 4,4 0,0")
		  OUTER("0,0 4,0 4,4 0,0") "</Polygon>"),
	    "placemark 1, line 1: a polygon does not begin with its one outer "
	    "boundary" },
	{ PLACEMARK("<Polygon>" OUTER("0,0 4,0") "</Polygon>"),
	    "placemark 1, line 1: a ring has at least four positions" },
	{ PLACEMARK("<Point><coordinates>1,2</coordinates></Point>"
		    "<Point><coordinates>1,2</coordinates></Point>"),
	    "placemark 1, line 1: a simple geometry has several parts" },
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
		if (visits_read(kml_read_features, str_from(bad[i].in),
			SIZE_MAX, &a, visits_add, &b, &e))
			fail_msg("%s was taken", bad[i].in);
		assert_int_equal(e.code, ERR_INPUT);
		assert_string_equal(e.text, bad[i].problem);
		arena_free(&a);
		buf_free(&b);
	}
}

/* n attributes stand in one element; in a comment and a text they are none. */
static bool read_attributes(int n, bool of_element, struct err *e)
{
	struct buf file, out;
	struct arena a;
	bool done;

	buf_init(&file, SIZE_MAX);
	buf_init(&out, SIZE_MAX);
	arena_init(&a, SIZE_MAX);
	buf_add_text(
	    &file, of_element ? "<kml>\n<ж" : "<kml><!-- <a --><![CDATA[ <b");
	for (int i = 0; i < n; i++)
		buf_add_format(&file, " a%d='x>'", i);
	buf_add_text(&file,
	    of_element ? "/></kml>" : "]]><Document name=\"=====\"/></kml>");
	done = visits_read(kml_read_features, buf_str(&file), SIZE_MAX, &a,
	    visits_add, &out, e);
	buf_free(&file);
	buf_free(&out);
	arena_free(&a);
	return done;
}

static void test_many_attributes(void **state)
{
	struct err e = { .code = ERR_NONE };

	(void)state;
	assert_true(read_attributes(256, true, &e));
	assert_true(read_attributes(1000, false, &e));
	assert_false(read_attributes(200000, true, &e));
	assert_int_equal(e.code, ERR_LIMIT);
	assert_string_equal(
	    e.text, "an element has more than 256 attributes, line 2");
}

/* In UTF-16 no "<!DOCTYPE" can be seen before decoding. */
static void test_hidden_declaration(void **state)
{
	static const char text[] = LAUGHS "<kml>&b;</kml>";
	char wide[2 * sizeof(text)] = "\xFF\xFE";
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf b;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(text); i++) {
		wide[2 * i + 2] = text[i];
		wide[2 * i + 3] = '\0';
	}
	buf_init(&b, SIZE_MAX);
	arena_init(&a, SIZE_MAX);
	assert_false(
	    visits_read(kml_read_features, (struct str){ wide, sizeof(wide) },
		SIZE_MAX, &a, visits_add, &b, &e));
	assert_int_equal(e.code, ERR_INPUT);
	assert_string_equal(e.text,
	    "a document type declaration (DOCTYPE) is not allowed, line 1");
	arena_free(&a);
	buf_free(&b);
}

static void assert_limit(struct buf *b, size_t max_bytes, const char *problem)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf seen;

	buf_init(&seen, SIZE_MAX);
	arena_init(&a, SIZE_MAX);
	assert_false(visits_read(kml_read_features, buf_str(b), max_bytes, &a,
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
	buf_add_text(&b, KML(""));
	assert_limit(&b, 20, "the file is longer than 20 bytes");

	buf_add_text(&b, "<kml>");
	repeat(&b, "<Folder>", FOREIGN_DEPTH_MAX);
	repeat(&b, "</Folder>", FOREIGN_DEPTH_MAX);
	buf_add_text(&b, "</kml>");
	assert_limit(&b, SIZE_MAX,
	    "the file is nested more than 64 levels deep at line 1");

	buf_add_text(&b, "<kml><Placemark><ExtendedData>");
	for (int i = 0; i <= FOREIGN_PROPERTIES_MAX; i++)
		buf_add_format(
		    &b, "<Data name=\"a\"><value>%d</value></Data>", i);
	buf_add_text(&b, "</ExtendedData></Placemark></kml>");
	assert_limit(
	    &b, SIZE_MAX, "placemark 1, line 1: there are too many attributes");

	buf_add_text(&b, "<kml><Placemark><name>");
	repeat(&b, "x", FOREIGN_TEXT_MAX + 1);
	buf_add_text(&b, "</name></Placemark></kml>");
	assert_limit(
	    &b, SIZE_MAX, "placemark 1, line 1: a text is longer than 1 MiB");
}

/* Positions count within a placemark, not over the file. */
static void test_limit_of_positions(void **state)
{
	static const char many[] = "<Placemark><LineString><coordinates>1,2 ";
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf b, seen;

	(void)state;
	arena_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	buf_init(&seen, SIZE_MAX);
	buf_add_text(&b, "<kml>");
	for (int i = 0; i < 2; i++) {
		buf_add_text(&b, many);
		repeat(&b, "1,2 ", FOREIGN_POSITIONS_MAX - 1);
		buf_add_text(&b, "</coordinates></LineString></Placemark>");
	}
	buf_add_text(&b, "</kml>");
	assert_true(visits_read(kml_read_features, buf_str(&b), SIZE_MAX, &a,
	    visits_add, &seen, &e));
	buf_reset(&b);
	buf_add_text(&b, "<kml>");
	buf_add_text(&b, many);
	repeat(&b, "1,2 ", FOREIGN_POSITIONS_MAX);
	buf_add_text(&b, "</coordinates></LineString></Placemark></kml>");
	assert_limit(&b, SIZE_MAX,
	    "placemark 1, line 1: the geometry has more than 500000 "
	    "positions");
	buf_free(&seen);
	arena_free(&a);
}

static void test_visitor_stops(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;

	(void)state;
	arena_init(&a, SIZE_MAX);
	assert_false(visits_read(kml_read_features, str_from(PLACEMARK("")),
	    SIZE_MAX, &a, visits_stop, NULL, &e));
	assert_int_equal(e.code, ERR_CONFLICT);
	assert_string_equal(e.text, "stop");
	arena_free(&a);
}

/* Our own export comes back with its geometries and attributes. */
static void test_own_file(void **state)
{
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct buf b;
	struct str text;
	char *data = golden_read("kml/samples.kml", &text.len);

	(void)state;
	text.data = data;
	arena_init(&a, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	assert_true(visits_read(
	    kml_read_features, text, text.len, &a, visits_add, &b, &e));
	golden_check("kml/samples.read", buf_str(&b));
	buf_free(&b);
	arena_free(&a);
	mem_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_files),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_many_attributes),
		cmocka_unit_test(test_hidden_declaration),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_limit_of_positions),
		cmocka_unit_test(test_visitor_stops),
		cmocka_unit_test(test_own_file),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
