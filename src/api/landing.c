#include "api/landing.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/page_api.h"
#include "api/source.h"
#include "api/tile_describe.h"
#include "base/array.h"
#include "geo/bbox.h"

enum { DIGITS = 7 };

static void add_links(struct links *l)
{
	static const struct {
		const char *rel, *type, *path;
		enum text_id title;
	} links[] = {
		{ "service-desc", MEDIA_OPENAPI, "/api/openapi.json",
		    TEXT_DOCS_NOTE },
		{ "service-doc", MEDIA_PAGE, "/api/docs", TEXT_DOCS },
		{ "conformance", MEDIA_JSON, "/api/conformance",
		    TEXT_CONFORMANCE },
		{ "data", MEDIA_JSON, "/api/collections", TEXT_COLLECTIONS },
		{ "describedby", MEDIA_JSON, "/opendata/columns.json",
		    TEXT_COLUMNS },
		{ REL_TILESETS, MEDIA_JSON, "/api/tiles", TEXT_TILES },
		{ REL_TILING_SCHEMES, MEDIA_JSON, "/api/tileMatrixSets",
		    TEXT_TILING_SCHEMES },
		{ "related", MEDIA_JSON, "/api/stats", TEXT_STATS },
		{ "related", MEDIA_PAGE, "/d/", TEXT_OBLAST },
		{ "related", MEDIA_PAGE, "/gis", TEXT_GIS },
	};

	links_add_self(l, MEDIA_JSON);
	for (size_t i = 0; i < LENGTH(links); i++)
		links_add_path(l, links[i].rel, links[i].type, links[i].path,
		    text_of(links[i].title, l->call->lang));
	links_add_licence(l);
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

static const char *const description[LANG_COUNT] = {
	"Бюджет қаражатына салынатын, жөнделетін және күтіп ұсталатын "
	"әлеуметтік нысандар: жобалар, аудандар, сомалар.",
	"Социальные объекты, которые строятся, ремонтируются и содержатся за "
	"счёт бюджета: проекты, районы, суммы.",
	"Social facilities built, repaired and maintained with budget money: "
	"projects, districts, amounts.",
};

static void add_collection(struct call *c, const struct collection *k)
{
	struct buf *b = call_text(c);

	buf_add_text(b, "<dt>");
	page_link(c, "/api/collections/", str_from(k->id),
	    str_from(k->title[c->lang]));
	buf_add_text(b, "</dt>\n<dd>");
	html_text(b, str_from(k->description[c->lang]));
	buf_add_text(b, "</dd>\n");
}

static bool write_page(struct call *c, const struct links *l,
    const struct snapshot_info *info, struct err *e)
{
	struct page p = { .title = str_from(c->x->site->title[c->lang]),
		.description = str_from(description[c->lang]),
		.path = "/api",
		.published = info->published };
	const struct collection *layers;
	size_t n;

	if (!collections_layers(&layers, &n, c, e))
		return false;
	page_api_begin(c, &p, l, NULL);
	buf_add_text(call_text(c), "<p>");
	html_text(call_text(c), p.description);
	buf_add_text(call_text(c), "</p>\n");
	page_heading(c, TEXT_COLLECTIONS);
	buf_add_text(call_text(c), "<dl>\n");
	add_collection(c, &collection_projects);
	add_collection(c, &collection_districts);
	for (size_t i = 0; i < n; i++)
		add_collection(c, &layers[i]);
	buf_add_text(call_text(c), "</dl>\n");
	page_api_end(c, &p);
	return true;
}

static void write_json(
    struct call *c, const struct links *l, const struct snapshot *districts)
{
	struct json j;

	json_init(&j, call_text(c));
	json_open(&j, '{');
	json_key(&j, "title");
	json_text(&j, c->x->site->title[c->lang]);
	json_key(&j, "description");
	json_text(&j, description[c->lang]);
	answer_source(&j, c);
	links_write(l, &j);
	write_site(&j, c, districts);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

bool landing_get(struct call *c, struct err *e)
{
	const struct snapshot *districts = source_districts_now(c, e);
	const struct snapshot_info *info;
	struct links links;

	if (!districts)
		return false;
	info = snapshot_info_of(districts);
	if (c->html ? answer_begin(
			  c, MEDIA_HTML, page_api_mark(c, info->version), 0)
		    : answer_begin(c, MEDIA_JSON, info->version, 0))
		return true;
	links_init(&links, c);
	add_links(&links);
	links_header(&links);
	if (c->html)
		return write_page(c, &links, info, e);
	write_json(c, &links, districts);
	return true;
}
