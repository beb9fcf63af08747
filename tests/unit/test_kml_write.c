#include "format/kml_write.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "golden.h"
#include "sample.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The children each element may have, in the order of ogckml22.xsd; NULL ends
 * a row. Attributes that must be there stand in names of their own below. */
static const struct {
	const char *parent;
	const char *children[28];
} orders[] = {
	{ "kml", { "NetworkLinkControl", "Document", NULL } },
	{ "Document",
	    { "name", "visibility", "open", "author", "link", "address",
		"AddressDetails", "phoneNumber", "Snippet", "description",
		"LookAt", "TimeSpan", "styleUrl", "Style", "Region",
		"ExtendedData", "Schema", "Placemark", NULL } },
	{ "Style", { "IconStyle", "LabelStyle", "LineStyle", "PolyStyle",
		       "BalloonStyle", "ListStyle", NULL } },
	{ "IconStyle", { "color", "colorMode", "scale", "heading", "Icon",
			   "hotSpot", NULL } },
	{ "Icon", { "href", "refreshMode", NULL } },
	{ "LineStyle", { "color", "colorMode", "width", NULL } },
	{ "PolyStyle", { "color", "colorMode", "fill", "outline", NULL } },
	{ "Schema", { "SimpleField", NULL } },
	{ "SimpleField", { "displayName", NULL } },
	{ "Placemark",
	    { "name", "visibility", "open", "address", "phoneNumber", "Snippet",
		"description", "LookAt", "TimeSpan", "styleUrl", "Style",
		"Region", "ExtendedData", "Point", "LineString", "Polygon",
		"MultiGeometry", NULL } },
	{ "TimeSpan", { "begin", "end", NULL } },
	{ "ExtendedData", { "Data", "SchemaData", NULL } },
	{ "SchemaData", { "SimpleData", NULL } },
	{ "Point", { "extrude", "altitudeMode", "coordinates", NULL } },
	{ "LineString",
	    { "extrude", "tessellate", "altitudeMode", "coordinates", NULL } },
	{ "LinearRing",
	    { "extrude", "tessellate", "altitudeMode", "coordinates", NULL } },
	{ "Polygon", { "extrude", "tessellate", "altitudeMode",
			 "outerBoundaryIs", "innerBoundaryIs", NULL } },
	{ "outerBoundaryIs", { "LinearRing", NULL } },
	{ "innerBoundaryIs", { "LinearRing", NULL } },
	{ "MultiGeometry", { "Point", "LineString", "Polygon", NULL } },
};

static void add_samples(struct buf *b, int lang)
{
	struct kml_document d = sample_document;

	d.lang = lang;
	kml_begin(b, &d);
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		kml_add_feature(b, &d, &sample_features[i]);
	kml_end(b);
	assert_false(b->failed);
}

static xmlDocPtr parse(const struct buf *b)
{
	xmlDocPtr doc =
	    xmlReadMemory(b->data, (int)b->len, NULL, NULL, XML_PARSE_NONET);

	assert_non_null(doc);
	return doc;
}

static const char *name_of(xmlNodePtr node)
{
	return (const char *)node->name;
}

static void test_golden(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, SIZE_MAX);
	add_samples(&b, 1);
	golden_check("kml/samples.kml", buf_str(&b));
	buf_free(&b);
}

/* The place of an element among those its parent may have; fails when it may
 * not stand there. */
static size_t place_of(xmlNodePtr node)
{
	const char *parent = name_of(node->parent);

	for (size_t i = 0; i < COUNT(orders); i++) {
		const char *const *names = orders[i].children;

		if (strcmp(orders[i].parent, parent) != 0)
			continue;
		for (size_t k = 0; names[k]; k++)
			if (strcmp(names[k], name_of(node)) == 0)
				return k;
	}
	fail_msg("%s may not stand in %s", name_of(node), parent);
	return 0;
}

static void check_order(xmlNodePtr parent)
{
	size_t last = 0;

	for (xmlNodePtr n = parent->children; n; n = n->next) {
		size_t place;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		place = place_of(n);
		if (place < last)
			fail_msg("%s stands too late in %s", name_of(n),
			    name_of(parent));
		last = place;
		assert_null(n->ns->prefix);
		assert_string_equal((const char *)n->ns->href,
		    "http://www.opengis.net/kml/2.2");
		check_order(n);
	}
}

static void test_order_of_elements(void **state)
{
	struct buf b;
	xmlDocPtr doc;

	(void)state;
	buf_init(&b, SIZE_MAX);
	add_samples(&b, 0);
	doc = parse(&b);
	assert_string_equal(name_of(xmlDocGetRootElement(doc)), "kml");
	check_order(xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
	buf_free(&b);
}

/* xs:ID: a name that begins with a letter, used once in the document. */
static void check_ids(xmlNodePtr parent, struct buf *seen)
{
	for (xmlNodePtr n = parent->children; n; n = n->next) {
		xmlChar *id = xmlGetNoNsProp(n, (const xmlChar *)"id");

		if (id) {
			char key[100];
			int len = snprintf(
			    key, sizeof(key), "<%s>", (const char *)id);

			assert_int_equal(xmlValidateNCName(id, 0), 0);
			buf_add_char(seen, '\0');
			assert_null(strstr(seen->data, key));
			seen->len--;
			buf_add(seen, key, (size_t)len);
		}
		xmlFree(id);
		check_ids(n, seen);
	}
}

static void test_ids(void **state)
{
	struct buf b, seen;
	xmlDocPtr doc;

	(void)state;
	buf_init(&b, SIZE_MAX);
	buf_init(&seen, SIZE_MAX);
	add_samples(&b, 2);
	doc = parse(&b);
	check_ids(xmlDocGetRootElement(doc), &seen);
	assert_true(seen.len > 100);
	xmlFreeDoc(doc);
	buf_free(&seen);
	buf_free(&b);
}

/* The name is in the language asked for, else Kazakh, else the id. */
static void test_names(void **state)
{
	static const struct {
		struct value kk, ru;
		const char *name;
	} cases[] = {
		{ { .type = VALUE_TEXT, .text = { "kk", 2 } },
		    { .type = VALUE_TEXT, .text = { "ru", 2 } },
		    "<name>ru</name>" },
		{ { .type = VALUE_TEXT, .text = { "k<", 2 } },
		    { .type = VALUE_NULL }, "<name>k&lt;</name>" },
		{ { .type = VALUE_NULL }, { .type = VALUE_NULL },
		    "<name>X-1</name>" },
	};
	static const struct field fields[] = {
		{ "kk", VALUE_TEXT, { NULL, NULL, NULL } },
		{ "ru", VALUE_TEXT, { NULL, NULL, NULL } },
	};
	static const struct schema schema = { "x", fields, 2 };
	static const struct kml_document d = { .name = "x",
		.schema = &schema,
		.lang = 1,
		.name_field = { 0, 1, -1 },
		.style_field = -1,
		.begin_field = -1,
		.end_field = -1 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct value values[] = { cases[i].kk, cases[i].ru };
		const struct feature f = { .public_id = { "X-1", 3 },
			.schema = &schema,
			.values = values };
		struct buf b;

		buf_init(&b, SIZE_MAX);
		kml_add_feature(&b, &d, &f);
		buf_add_char(&b, '\0');
		assert_non_null(strstr(b.data, cases[i].name));
		assert_null(strstr(b.data, "TimeSpan"));
		assert_null(strstr(b.data, "styleUrl"));
		buf_free(&b);
	}
}

static void test_escaping(void **state)
{
	static const struct {
		struct str in;
		const char *out;
	} cases[] = {
		{ { "a<b>&\"'", 7 }, "a&lt;b&gt;&amp;&quot;&#39;" },
		{ { "]]>", 3 }, "]]&gt;" },
		{ { "a\0\x01\x1f"
		    "b",
		      5 },
		    "ab" },
		{ { "\t\n\r", 3 }, "\t\n&#13;" },
		{ { "\xEF\xBF\xBE\xEF\xBF\xBF\xEF\xBF\xBD", 9 },
		    "\xEF\xBF\xBD" },
		{ { "қ\xFFz", 4 }, "қ\xEF\xBF\xBDz" },
		{ { NULL, 0 }, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b;

		buf_init(&b, SIZE_MAX);
		xml_add_text(&b, cases[i].in);
		buf_add_char(&b, '\0');
		assert_string_equal(b.data, cases[i].out);
		buf_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_golden),
		cmocka_unit_test(test_order_of_elements),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_escaping),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
