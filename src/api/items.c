#include "api/items.h"

#include "api/answer.h"
#include "api/crs.h"
#include "api/media.h"
#include "api/page_api.h"
#include "base/array.h"

#include <stdio.h>

enum { NUMBER_SIZE = 16 };

static const struct code formats[] = {
	[FORMAT_GEOJSON] = { "geojson", { "GeoJSON", "GeoJSON", "GeoJSON" } },
	[FORMAT_JSON] = { "json", { "JSON", "JSON", "JSON" } },
	[FORMAT_HTML] = { "html", { "HTML", "HTML", "HTML" } },
	[FORMAT_KML] = { "kml", { "KML", "KML", "KML" } },
	[FORMAT_KMZ] = { "kmz", { "KMZ", "KMZ", "KMZ" } },
	[FORMAT_CSV] = { "csv", { "CSV", "CSV", "CSV" } },
	[FORMAT_SEQUENCE] = { "geojsonseq",
	    { "GeoJSON тізбегі", "Последовательность GeoJSON",
		"GeoJSON text sequence" } },
	[FORMAT_GEOPACKAGE] = { "gpkg",
	    { "GeoPackage", "GeoPackage", "GeoPackage" } },
};
const struct codelist codes_format = { "f", formats, LENGTH(formats) };

static const struct {
	const char *media, *link_type;
	enum source_scope scope;
	items_writer *write;
	bool speaks; /* a language; of pages all know it */
	bool crs; /* any reference system */
} writers[] = {
	[FORMAT_GEOJSON] = { MEDIA_GEOJSON, MEDIA_GEOJSON, SOURCE_PAGE,
	    items_write_geojson, false, true },
	[FORMAT_JSON] = { MEDIA_GEOJSON, MEDIA_GEOJSON, SOURCE_PAGE,
	    items_write_geojson, false, true },
	[FORMAT_HTML] = { MEDIA_HTML, MEDIA_PAGE, SOURCE_PAGE, items_write_page,
	    false, true },
	[FORMAT_KML] = { MEDIA_KML, MEDIA_KML, SOURCE_WHOLE, items_write_rows,
	    true, false },
	[FORMAT_KMZ] = { MEDIA_KMZ, MEDIA_KMZ, SOURCE_WHOLE, items_write_rows,
	    true, false },
	[FORMAT_CSV] = { MEDIA_CSV, "text/csv", SOURCE_WHOLE, items_write_rows,
	    false, false },
	[FORMAT_SEQUENCE] = { MEDIA_SEQUENCE, MEDIA_SEQUENCE, SOURCE_WHOLE,
	    items_write_rows, false, true },
	[FORMAT_GEOPACKAGE] = { MEDIA_GEOPACKAGE, MEDIA_GEOPACKAGE,
	    SOURCE_WHOLE, items_write_rows, true, false },
};

enum format format_of(const struct call *c)
{
	int f = codes_find(&codes_format, params_text(&c->params, "f"));

	if (c->html)
		return FORMAT_HTML;
	return f < 0 ? FORMAT_GEOJSON : (enum format)f;
}

const char *format_media(enum format f)
{
	return writers[f].media;
}

const char *format_link_type(enum format f)
{
	return writers[f].link_type;
}

enum format format_offered(size_t i)
{
	return i < FORMAT_JSON	 ? (enum format)i
	       : i + 1 < FORMATS ? (enum format)(i + 1)
				 : FORMATS;
}

bool format_is_rows(enum format f)
{
	return writers[f].write == items_write_rows;
}

void format_language(struct call *c, enum format f)
{
	if (writers[f].speaks)
		answer_in_language(c);
}

static struct str write_cursor(
    struct call *c, const struct source *s, const struct query_cursor *cursor)
{
	struct str text;

	query_cursor_write(&c->scratch, &s->query, cursor);
	text.data = arena_copy(c->x->arena, c->scratch.data, c->scratch.len);
	text.len = text.data ? c->scratch.len : 0;
	buf_reset(&c->scratch);
	return text;
}

struct str items_next(
    struct call *c, const struct source *s, const struct search_page *p)
{
	return p->more ? write_cursor(c, s, &p->next) : (struct str){ 0 };
}

static void link_page(struct links *l, const char *rel, struct str cursor)
{
	struct call *c = l->call;
	const struct url_change change = { "cursor", cursor };

	url_add_self(&c->scratch, c, &change, 1);
	links_add(l, rel, writers[format_of(c)].link_type, NULL);
}

/* Who counts goes back by counting. */
static void link_before_offset(struct links *l, const struct query *q)
{
	struct call *c = l->call;
	char number[NUMBER_SIZE] = "";
	struct url_change change = { param_offset.name, { 0 } };

	if (q->limit && q->offset > q->limit)
		snprintf(number, sizeof(number), "%u", q->offset - q->limit);
	change.value = str_from(number);
	url_add_self(&c->scratch, c, &change, 1);
	links_add(l, "prev", writers[format_of(c)].link_type, NULL);
}

static void link_pages(struct links *l, const struct items *i)
{
	const struct search_page *p = &i->page;

	if (p->more)
		link_page(l, "next", items_next(l->call, &i->source, &i->page));
	if (i->source.query.offset)
		link_before_offset(l, &i->source.query);
	else if (p->before && p->previous.set)
		link_page(
		    l, "prev", write_cursor(l->call, &i->source, &p->previous));
	else if (p->before)
		link_page(l, "prev", (struct str){ 0 });
}

void items_link_formats(struct links *l)
{
	struct call *c = l->call;
	enum format own = format_of(c), f;

	url_add_self(&c->scratch, c, NULL, 0);
	links_add(l, "self", writers[own].link_type, NULL);
	for (size_t i = 0; (f = format_offered(i)) != FORMATS; i++) {
		const struct url_change changes[] = {
			{ "f", str_from(formats[f].code) }, { "cursor", { 0 } },
			{ "limit", { 0 } }, { "crs", { 0 } }
		};
		bool whole = writers[f].scope == SOURCE_WHOLE;

		if (f == own || (f == FORMAT_GEOJSON && own == FORMAT_JSON))
			continue;
		url_add_self(&c->scratch, c, changes, whole ? 4 : 1);
		links_add(l, "alternate", writers[f].link_type, NULL);
	}
}

/* Where it stands by what the list can be filtered and sorted: in the header
 * alone, as the body is read page after page. */
static void add_header(struct links *l, const struct collection *k)
{
	static const struct {
		const char *rel, *tail;
	} rows[] = {
		{ "http://www.opengis.net/def/rel/ogc/1.0/queryables",
		    "/queryables" },
		{ "http://www.opengis.net/def/rel/ogc/1.0/sortables",
		    "/sortables" },
	};
	size_t n = l->n;

	for (size_t i = 0; i < LENGTH(rows); i++) {
		collection_url(l->call, k, rows[i].tail);
		links_add(l, rows[i].rel, MEDIA_SCHEMA, NULL);
	}
	links_header(l);
	l->n = n;
}

static void link_all(struct items *i, struct call *c)
{
	struct links *l = &i->links;

	links_init(l, c);
	items_link_formats(l);
	link_pages(l, i);
	collection_url(c, i->collection, "");
	links_add(l, "collection", MEDIA_JSON, i->collection->title[c->lang]);
	if (!collection_is_layer(i->collection))
		links_add_licence(l);
	add_header(l, i->collection);
}

static void add_counts(struct call *c, const struct search_page *p)
{
	struct response *r = c->x->response;

	response_header(
	    r, "OGC-NumberMatched", "%llu", (unsigned long long)p->matched);
	response_header(r, "OGC-NumberReturned", "%u", p->returned);
}

bool format_crs(struct call *c, struct err *e)
{
	enum format f = format_of(c);
	enum crs crs = crs_of(&c->params);

	if (crs != CRS_84 && !writers[f].crs) {
		err_set(e, ERR_INPUT, "this format knows no crs but CRS84");
		return err_param(e, param_crs.name);
	}
	if (writers[f].crs && f != FORMAT_HTML)
		crs_header(c, crs);
	return true;
}

bool items_get(struct call *c, struct err *e)
{
	enum format f = format_of(c);
	struct items items;
	struct source *s = &items.source;

	if (!format_crs(c, e) || !collection_of_call(&items.collection, c, e) ||
	    !source_open(s, c, items.collection, writers[f].scope, e) ||
	    !rewrite_read(&items.how, c, s->info->schema, e))
		return false;
	format_language(c, f);
	if (answer_begin(c, writers[f].media,
		f == FORMAT_HTML ? page_api_mark(c, s->info->version)
				 : s->info->version,
		items.collection->overdue ? s->info->day : 0))
		return true;
	if (!source_page(&items.page, s, c, e))
		return false;
	link_all(&items, c);
	add_counts(c, &items.page);
	return writers[f].write(c, &items, e);
}
