#include "api/items.h"

#include "api/answer.h"
#include "api/media.h"

static const struct code formats[] = {
	[FORMAT_GEOJSON] = { "geojson", { "GeoJSON", "GeoJSON", "GeoJSON" } },
	[FORMAT_JSON] = { "json", { "JSON", "JSON", "JSON" } },
	[FORMAT_KML] = { "kml", { "KML", "KML", "KML" } },
	[FORMAT_CSV] = { "csv", { "CSV", "CSV", "CSV" } },
};
const struct codelist codes_format = { "f", formats,
	sizeof(formats) / sizeof(formats[0]) };

static const struct {
	const char *media;
	enum source_scope scope;
	items_writer *write;
} writers[] = {
	[FORMAT_GEOJSON] = { MEDIA_GEOJSON, SOURCE_PAGE, items_write_geojson },
	[FORMAT_JSON] = { MEDIA_GEOJSON, SOURCE_PAGE, items_write_geojson },
	[FORMAT_KML] = { MEDIA_KML, SOURCE_WHOLE, items_write_rows },
	[FORMAT_CSV] = { MEDIA_CSV, SOURCE_WHOLE, items_write_rows },
};

enum format format_of(const struct params *p)
{
	int f = codes_find(&codes_format, params_text(p, "f"));

	return f < 0 ? FORMAT_GEOJSON : (enum format)f;
}

const char *format_media(enum format f)
{
	return writers[f].media;
}

void format_vary(struct call *c, enum format f)
{
	if (f == FORMAT_KML && !params_has(&c->params, param_lang.name))
		c->x->response->vary |= RESPONSE_VARY_LANGUAGE;
}

struct str items_next(
    struct call *c, const struct source *s, const struct search_page *p)
{
	struct str text = { 0 };

	if (!p->more)
		return text;
	query_cursor_write(&c->scratch, &s->query, &p->next);
	text.data = arena_copy(c->x->arena, c->scratch.data, c->scratch.len);
	text.len = text.data ? c->scratch.len : 0;
	buf_reset(&c->scratch);
	return text;
}

static bool items(struct call *c, const struct collection *k, struct err *e)
{
	enum format f = format_of(&c->params);
	struct source s;
	struct search_page page;

	if (!source_open(&s, c, k, writers[f].scope, e))
		return false;
	format_vary(c, f);
	if (answer_begin(c, writers[f].media, s.info->version,
		k->overdue ? s.info->day : 0))
		return true;
	return source_page(&page, &s, c, e) &&
	       writers[f].write(c, k, &s, &page, e);
}

bool items_projects(struct call *c, struct err *e)
{
	return items(c, &collection_projects, e);
}

bool items_districts(struct call *c, struct err *e)
{
	return items(c, &collection_districts, e);
}

bool items_layer(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) && items(c, k, e);
}
