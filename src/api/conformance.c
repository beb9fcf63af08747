#include "api/landing.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/page_api.h"
#include "base/array.h"

#define COMMON_1 "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/"
#define COMMON_2 "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/"
#define FEATURES_1 "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
#define FEATURES_2 "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/"
#define FEATURES_3 "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/"
#define FEATURES_8 "http://www.opengis.net/spec/ogcapi-features-8/1.0/conf/"
#define CQL2 "http://www.opengis.net/spec/cql2/1.0/conf/"
#define TILES_1 "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/"

/* Only classes whose abstract tests are among ours: tests/unit/test_oapif*.c,
 * test_cql2_*.c, test_api_tiles.c and tests/integration/. */
static const char *const classes[] = {
	COMMON_1 "core",
	COMMON_2 "collections",
	FEATURES_1 "core",
	FEATURES_1 "geojson",
	FEATURES_1 "html",
	FEATURES_1 "oas30",
	FEATURES_2 "crs",
	FEATURES_3 "queryables",
	FEATURES_3 "queryables-query-parameters",
	FEATURES_3 "filter",
	FEATURES_3 "features-filter",
	FEATURES_8 "sorting",
	FEATURES_8 "sortables",
	FEATURES_8 "features-sorting",
	CQL2 "cql2-text",
	CQL2 "cql2-json",
	CQL2 "basic-cql2",
	CQL2 "advanced-comparison-operators",
	CQL2 "case-insensitive-comparison",
	CQL2 "accent-insensitive-comparison",
	CQL2 "basic-spatial-functions",
	CQL2 "basic-spatial-functions-plus",
	CQL2 "spatial-functions",
	CQL2 "temporal-functions",
	CQL2 "array-functions",
	CQL2 "property-property",
	CQL2 "arithmetic",
	TILES_1 "core",
	TILES_1 "tileset",
	TILES_1 "tilesets-list",
	TILES_1 "dataset-tilesets",
	TILES_1 "geodata-tilesets",
	TILES_1 "mvt",
	TILES_1 "geojson",
};

enum { CLASSES = LENGTH(classes) };

static bool write_page(struct call *c, const struct links *l)
{
	struct str title = str_from(text_of(TEXT_CONFORMANCE, c->lang));
	struct page p = { .title = title, .description = title };
	struct buf *b = call_text(c);

	page_api_begin(c, &p, l, NULL);
	buf_add_text(b, "<p>");
	page_text(c, TEXT_CONFORMANCE_NOTE);
	buf_add_text(b, ".</p>\n<ul>\n");
	for (size_t i = 0; i < CLASSES; i++)
		buf_add_format(b, "<li><a href=\"%s\">%s</a></li>\n",
		    classes[i], classes[i]);
	buf_add_text(b, "</ul>\n");
	page_api_end(c, &p);
	return true;
}

bool conformance_get(struct call *c, struct err *e)
{
	struct links links;
	struct json j;

	(void)e;
	if (answer_begin_fixed(c, c->html ? MEDIA_HTML : MEDIA_JSON))
		return true;
	links_init(&links, c);
	links_add_self(&links, MEDIA_JSON);
	links_header(&links);
	if (c->html)
		return write_page(c, &links);
	json_init(&j, call_text(c));
	json_open(&j, '{');
	links_write(&links, &j);
	json_key(&j, "conformsTo");
	json_open(&j, '[');
	for (size_t i = 0; i < CLASSES; i++)
		json_text(&j, classes[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return true;
}
