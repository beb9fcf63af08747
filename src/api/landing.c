#include "api/landing.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/source.h"
#include "geo/bbox.h"

enum { DIGITS = 7 };

static void write_links(struct json *j, struct call *c)
{
	static const struct {
		const char *rel, *type, *path;
	} links[] = {
		{ "self", MEDIA_JSON, "/api" },
		{ "alternate", "text/html", "/d/" },
		{ "service-desc", MEDIA_OPENAPI, "/api/openapi.json" },
		{ "conformance", MEDIA_JSON, "/api/conformance" },
		{ "data", MEDIA_JSON, "/api/collections" },
		{ "describedby", MEDIA_JSON, "/opendata/columns.json" },
		{ "related", MEDIA_JSON, "/api/stats" },
	};

	json_key(j, "links");
	json_open(j, '[');
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++)
		answer_link_to(
		    j, c, links[i].rel, links[i].type, links[i].path, NULL);
	if (*c->x->site->licence_url) {
		buf_add_text(&c->scratch, c->x->site->licence_url);
		answer_link(j, c, "license", "text/html", c->x->site->licence);
	}
	json_close(j, ']');
}

static void write_base_map(struct json *j, const struct site *site)
{
	json_key(j, "baseMap");
	if (!*site->tile_url) {
		json_null(j);
		return;
	}
	json_open(j, '{');
	json_key(j, "url");
	json_text(j, site->tile_url);
	json_key(j, "attribution");
	json_text(j, site->tile_attribution);
	json_close(j, '}');
}

static void write_extent(struct json *j, const struct snapshot *s)
{
	struct bbox box = s ? snapshot_extent(s) : bbox_empty;

	json_key(j, "extent");
	if (bbox_is_empty(&box)) {
		json_null(j);
		return;
	}
	json_open(j, '[');
	json_double(j, box.west, DIGITS);
	json_double(j, box.south, DIGITS);
	json_double(j, box.east, DIGITS);
	json_double(j, box.north, DIGITS);
	json_close(j, ']');
}

/* What the page needs to know before it asks for anything else. */
static void write_site(
    struct json *j, struct call *c, const struct snapshot *districts)
{
	const struct site *site = c->x->site;

	json_key(j, "site");
	json_open(j, '{');
	json_key(j, "title");
	answer_titles(j, site->title);
	answer_source(j, c);
	json_key(j, "contact");
	json_text(j, site->contact);
	write_base_map(j, site);
	write_extent(j, districts);
	answer_version(j, snapshot_info_of(districts)->version,
	    snapshot_info_of(districts)->published);
	json_close(j, '}');
}

bool landing_get(struct call *c, struct err *e)
{
	static const char *const description[LANG_COUNT] = {
		"Бюджет қаражатына салынатын, жөнделетін және күтіп ұсталатын "
		"әлеуметтік нысандар: жобалар, аудандар, сомалар.",
		"Социальные объекты, которые строятся, ремонтируются и "
		"содержатся за счёт бюджета: проекты, районы, суммы.",
		"Social facilities built, repaired and maintained with budget "
		"money: projects, districts, amounts.",
	};
	const struct snapshot *districts = source_districts_now(c, e);
	struct json j;

	if (!districts)
		return false;
	if (answer_begin(
		c, MEDIA_JSON, snapshot_info_of(districts)->version, 0))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	json_key(&j, "title");
	json_text(&j, c->x->site->title[c->lang]);
	json_key(&j, "description");
	json_text(&j, description[c->lang]);
	answer_source(&j, c);
	write_links(&j, c);
	write_site(&j, c, districts);
	json_close(&j, '}');
	buf_add_char(&c->x->response->text, '\n');
	return true;
}

/* OGC API - Features Part 1 Core needs the parameter datetime, which is not
 * offered: its class is not claimed. */
bool conformance_get(struct call *c, struct err *e)
{
	static const char *const classes[] = {
		"http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
		"http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/"
		"collections",
		"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/"
		"geojson",
	};
	struct json j;

	(void)e;
	if (answer_begin_fixed(c, MEDIA_JSON))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	json_key(&j, "conformsTo");
	json_open(&j, '[');
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		json_text(&j, classes[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(&c->x->response->text, '\n');
	return true;
}
