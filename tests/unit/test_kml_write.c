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

#include "base/mem.h"
#include "format/fragment.h"
#include "format/geojson.h"
#include "golden.h"
#include "kml_order.h"
#include "sample.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void add_samples(struct buf *b, int lang)
{
	static const struct kml_view view = { { 68.5, 43.25 }, 120000 };
	struct kml_document d = sample_document;
	struct kml_placemarks *p;
	struct arena a;

	arena_init(&a, SIZE_MAX);
	d.lang = lang;
	d.link = "https://map.example/?a&b";
	d.snippet = str_from("8 <samples>");
	d.html = str_from("<p>html</p>");
	d.view = &view;
	p = kml_placemarks(&d, &a, NULL);
	assert_non_null(p);
	kml_begin(b, &d);
	for (size_t i = 0; i < SAMPLE_COUNT; i++)
		kml_add_feature(b, p, &sample_features[i]);
	kml_end(b);
	assert_false(b->failed);
	arena_free(&a);
}

static xmlDocPtr parse(const struct buf *b)
{
	xmlDocPtr doc =
	    xmlReadMemory(b->data, (int)b->len, NULL, NULL, XML_PARSE_NONET);

	assert_non_null(doc);
	return doc;
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

static void test_order_of_elements(void **state)
{
	(void)state;
	for (int lang = 0; lang < 3; lang++) {
		struct buf b;

		buf_init(&b, SIZE_MAX);
		add_samples(&b, lang);
		kml_order_check(buf_str(&b));
		buf_free(&b);
	}
}

/* The name is the first that is known, else the id. */
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
		.name_fields = { 1, -1, 0 },
		.style_field = -1,
		.description_field = -1,
		.begin_fields = { -1, -1 },
		.end_fields = { -1, -1 } };
	struct arena a;
	struct kml_placemarks *p;

	(void)state;
	arena_init(&a, SIZE_MAX);
	p = kml_placemarks(&d, &a, NULL);
	assert_non_null(p);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct value values[] = { cases[i].kk, cases[i].ru };
		const struct feature f = { .public_id = { "X-1", 3 },
			.schema = &schema,
			.values = values };
		struct buf b;

		buf_init(&b, SIZE_MAX);
		kml_add_feature(&b, p, &f);
		buf_add_char(&b, '\0');
		assert_non_null(strstr(b.data, cases[i].name));
		assert_null(strstr(b.data, "TimeSpan"));
		assert_null(strstr(b.data, "styleUrl"));
		assert_null(strstr(b.data, "Snippet"));
		assert_null(strstr(b.data, "description"));
		assert_null(strstr(b.data, "atom:link"));
		buf_free(&b);
	}
	arena_free(&a);
}

/* What stands in a SimpleData element of the only placemark; NULL when there is
 * none. */
static char *data_of(xmlNodePtr parent, const char *name)
{
	for (xmlNodePtr n = parent->children; n; n = n->next) {
		xmlChar *own = xmlGetNoNsProp(n, (const xmlChar *)"name");
		bool found = own &&
			     strcmp((const char *)n->name, "SimpleData") == 0 &&
			     strcmp((const char *)own, name) == 0;
		char *text = NULL;

		xmlFree(own);
		if (found)
			return (char *)xmlNodeGetContent(n);
		if (n->type == XML_ELEMENT_NODE)
			text = data_of(n, name);
		if (text)
			return text;
	}
	return NULL;
}

/* Values come to the reader as they were, whatever GeoJSON makes of them on the
 * way. */
static void test_values(void **state)
{
	static const char *const texts[] = { "plain", "қазақ", "a\"b\\c/d",
		"<>&'\"]]>", "tab\tline\nend", "\xE2\x80\xA8\xE2\x80\xA9",
		"\x7F", "\xEF\xBF\xBD \xEF\xBB\xBF", "\\", "\"", "\\u0041",
		",\"b\":\"", "}}", "\xF0\x9F\x8F\xAB", "" };
	static const struct field fields[] = {
		{ "a", VALUE_TEXT, { NULL, NULL, NULL } },
		{ "b", VALUE_LIST, { NULL, NULL, NULL } },
	};
	static const struct schema schema = { "x", fields, 2 };
	static const struct kml_document d = { .name = "x",
		.schema = &schema,
		.name_fields = { 0, -1, -1 },
		.style_field = -1,
		.description_field = -1,
		.begin_fields = { -1, -1 },
		.end_fields = { -1, -1 } };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		const struct value v[] = { { .type = VALUE_TEXT,
					       .text = str_from(texts[i]) },
			{ .type = VALUE_LIST, .text = str_from(texts[i]) } };
		const struct feature f = { .public_id = { "X-1", 3 },
			.schema = &schema,
			.values = v };
		struct arena a;
		struct buf b;
		xmlDocPtr doc;

		arena_init(&a, SIZE_MAX);
		buf_init(&b, SIZE_MAX);
		kml_begin(&b, &d);
		kml_add_feature(&b, kml_placemarks(&d, &a, NULL), &f);
		kml_end(&b);
		doc = parse(&b);
		for (size_t k = 0; k < 2; k++) {
			char *got =
			    data_of(xmlDocGetRootElement(doc), fields[k].name);

			assert_string_equal(got, texts[i]);
			xmlFree(got);
		}
		xmlFreeDoc(doc);
		buf_free(&b);
		arena_free(&a);
	}
}

/* What fragment_measure tells of a text of the samples. */
static void measure(
    uint8_t lengths[static SAMPLE_FIELDS], struct str text, struct arena *a)
{
	struct str keys[SAMPLE_FIELDS], values[SAMPLE_FIELDS];

	for (size_t i = 0; i < SAMPLE_FIELDS; i++) {
		struct buf key;

		buf_init(&key, SIZE_MAX);
		fragment_add_key(&key, &sample_schema, i);
		keys[i] =
		    (struct str){ arena_copy(a, key.data, key.len), key.len };
		buf_free(&key);
	}
	fragment_measure(lengths, values, keys, SAMPLE_FIELDS, text);
}

/* Text that is not ours is refused, wherever it breaks off, and the lengths of
 * its values change nothing. */
static void test_foreign_fragments(void **state)
{
	struct arena a;
	struct buf whole, b, quick;
	struct kml_placemarks *p;

	(void)state;
	arena_init(&a, SIZE_MAX);
	buf_init(&whole, SIZE_MAX);
	buf_init(&b, SIZE_MAX);
	buf_init(&quick, SIZE_MAX);
	p = kml_placemarks(&sample_document, &a, NULL);
	for (size_t i = 0; i < SAMPLE_COUNT; i++) {
		uint8_t lengths[SAMPLE_FIELDS];

		buf_reset(&whole);
		geojson_add_feature(&whole, &sample_features[i]);
		measure(lengths, buf_str(&whole), &a);
		for (size_t len = 0; len <= whole.len; len++) {
			/* Of its own, so that reading on is noticed. */
			char *part = mem_alloc(len + (len == 0));
			struct str text = { part, len };

			assert_non_null(part);
			memcpy(part, whole.data, len);
			buf_reset(&b);
			buf_reset(&quick);
			assert_int_equal(kml_add_fragment(&b, p, text, NULL),
			    len == whole.len);
			assert_int_equal(
			    kml_add_fragment(&quick, p, text, lengths),
			    len == whole.len);
			mem_free(part);
		}
		assert_true(str_equal(buf_str(&b), buf_str(&quick)));
	}
	buf_free(&whole);
	buf_free(&b);
	buf_free(&quick);
	arena_free(&a);
}

static void test_escaping(void **state)
{
	static const struct {
		struct str in;
		const char *out;
	} cases[] = {
		{ { "a<b>&\"'", 7 }, "a&lt;b&gt;&amp;&quot;'" },
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
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_foreign_fragments),
		cmocka_unit_test(test_escaping),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
