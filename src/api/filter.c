#include "api/filter.h"

#include "api/crs.h"
#include "api/filter_old.h"
#include "api/queryables.h"
#include "query/project.h"

enum { LANG_TEXT, LANG_JSON, LANG_OLD };
enum { JOINED_MAX = 1 << 20 };

static const struct code languages[] = {
	[LANG_TEXT] = { "cql2-text",
	    { "CQL2 мәтін түрінде", "CQL2 текстом", "CQL2 as text" } },
	[LANG_JSON] = { "cql2-json",
	    { "CQL2 JSON түрінде", "CQL2 в JSON", "CQL2 as JSON" } },
	[LANG_OLD] = { "cql-text",
	    { "GDAL 3.6 жазатын ескі түрі", "Старая запись GDAL 3.6",
		"As GDAL 3.6 writes it" } },
};
static const struct codelist codes_language = { "filter-lang", languages, 3 };

const struct param param_filter = { .name = "filter",
	.type = PARAM_FILTER,
	.max = CQL2_BYTES_MAX,
	.text = { "CQL2 сүзгісі, мысалы: planned > 1000000 AND "
		  "S_INTERSECTS(geometry, BBOX(68,42,69,43))",
	    "Фильтр на CQL2, например: planned > 1000000 AND "
	    "S_INTERSECTS(geometry, BBOX(68,42,69,43))",
	    "Filter in CQL2, for example: planned > 1000000 AND "
	    "S_INTERSECTS(geometry, BBOX(68,42,69,43))" } };

const struct param param_filter_lang = { .name = "filter-lang",
	.type = PARAM_CHOICE,
	.codes = &codes_language,
	.fallback = "cql2-text",
	.text = { "filter қай түрде жазылған", "Как записан filter",
	    "How the filter is written" } };

const struct param param_filter_crs = { .name = "filter-crs",
	.type = PARAM_CHOICE,
	.codes = &codes_crs,
	.fallback = "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
	.text = { "filter ішіндегі координаттар жүйесі",
	    "Система координат внутри filter",
	    "Coordinate reference system of the filter's geometries" } };

enum value_type filter_id_type(const struct schema *schema)
{
	return schema == &project_schema || schema == &district_schema
		   ? VALUE_TEXT
		   : VALUE_INT;
}

struct transforming {
	struct proj *proj;
	enum crs crs;
};

static bool to_lon_lat(void *context, struct position *at)
{
	const struct transforming *t = context;

	return proj_to_lon_lat(t->proj, t->crs, at, NULL);
}

static const struct cql2 *parse_old(struct str text,
    const struct cql2_context *context, struct arena *a, struct err *e)
{
	const struct cql2 *filter = NULL;
	struct buf b;

	buf_init(&b, JOINED_MAX);
	filter_add_modern(&b, text);
	if (b.failed)
		err_no_room(e);
	else
		filter = cql2_parse_text(buf_str(&b), context, a, e);
	buf_free(&b);
	return filter;
}

static const struct cql2 *parse(struct str text, struct call *c,
    const struct params *p, const struct schema *schema, struct err *e)
{
	int lang =
	    codes_find(&codes_language, params_text(p, param_filter_lang.name));
	int crs = codes_find(&codes_crs, params_text(p, param_filter_crs.name));
	struct transforming t = { c->x->proj, (enum crs)crs };
	struct cql2_context context = { .schema = schema,
		.id = filter_id_type(schema),
		/* So it is called in the tables of the standard's tests. */
		.geometry_alias = "geom",
		.latitude_first = crs == CRS_4326 };

	if (crs > CRS_4326) {
		context.to_lon_lat = to_lon_lat;
		context.context = &t;
	}
	if (lang == LANG_OLD)
		return parse_old(text, &context, c->x->arena, e);
	return lang == LANG_JSON
		   ? cql2_parse_json(text, &context, c->x->arena, e)
		   : cql2_parse_text(text, &context, c->x->arena, e);
}

/* The filter and what the attributes' own parameters ask, as one. */
static const struct cql2 *join(const struct cql2 *filter, struct buf *rest,
    struct call *c, const struct schema *schema, struct err *e)
{
	struct cql2_context context = { .schema = schema,
		.id = filter_id_type(schema) };
	const struct cql2 *both = NULL;
	struct buf b;

	buf_init(&b, JOINED_MAX);
	if (filter) {
		buf_add_char(&b, '(');
		cql2_print(&b, filter);
		buf_add_text(&b, ") AND ");
	}
	buf_add_str(&b, buf_str(rest));
	if (b.failed || rest->failed)
		err_no_room(e);
	else
		both = cql2_parse_text(buf_str(&b), &context, c->x->arena, e);
	buf_free(&b);
	return both;
}

bool filter_read(const struct cql2 **out, struct call *c,
    const struct params *p, const struct schema *schema, struct err *e)
{
	struct str text = params_text(p, param_filter.name);
	struct buf rest;
	bool good = true;

	*out = NULL;
	if (text.data && !(*out = parse(text, c, p, schema, e)))
		return err_param(e, param_filter.name);
	buf_init(&rest, JOINED_MAX);
	queryables_write(&rest, p);
	if (rest.len || rest.failed) {
		*out = join(*out, &rest, c, schema, e);
		good = *out != NULL;
	}
	buf_free(&rest);
	return good;
}
