#include "api/tile_describe.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/media.h"
#include "api/page_tree.h"
#include "api/schema_type.h"
#include "api/source.h"
#include "api/tile_layers.h"
#include "api/tiles.h"
#include "base/hash.h"
#include "geo/tile.h"

#include <stdio.h>

enum { DIGITS = 7, CENTRE_ZOOM = 7 };

static const char uri[] =
    "http://www.opengis.net/def/tilematrixset/OGC/1.0/" TILE_MATRIX_SET;
static const char crs[] = "http://www.opengis.net/def/crs/EPSG/0/3857";
static const char crs84[] = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

static const char *const dataset_title[LANG_COUNT] = { "Барлық деректер",
	"Все данные", "All data" };

/* What tiles are made of: one collection, or all of them. */
struct tileset {
	const struct collection *collection; /* NULL: all */
	const struct collection **all;
	size_t n;
	struct bbox extent; /* empty: nothing or not known */
	int64_t version;
};

/* --- what it is of -------------------------------------------------------- */

static bool add_collection(struct tileset *t, struct call *c,
    const struct collection *k, struct err *e)
{
	const struct snapshot *s;
	int64_t version;
	struct bbox b;

	if (!source_now(&s, c, k, e))
		return false;
	t->all[t->n++] = k;
	if (!s && !collection_is_layer(k))
		return true;
	b = s ? snapshot_extent(s) : bbox_empty;
	if (!bbox_is_empty(&b))
		bbox_add_bbox(&t->extent, &b);
	version = s ? snapshot_info_of(s)->version : k->change;
	t->version = (int64_t)hash_bytes(
	    &version, sizeof(version), (uint64_t)t->version);
	return true;
}

static bool open_tileset(struct tileset *t, struct call *c,
    const struct collection *only, struct err *e)
{
	const struct collection *layers;
	size_t n;

	*t = (struct tileset){ .collection = only, .extent = bbox_empty };
	if (!collections_layers(&layers, &n, c, e))
		return false;
	t->all = arena_array(c->x->arena, n + 2, sizeof(*t->all));
	if (!t->all)
		return err_no_room(e);
	if (only)
		return add_collection(t, c, only, e);
	for (size_t i = 0; i < n; i++)
		if (!add_collection(t, c, &layers[i], e))
			return false;
	return add_collection(t, c, &collection_districts, e) &&
	       add_collection(t, c, &collection_projects, e);
}

static const char *title_of(const struct tileset *t, int lang)
{
	return t->collection ? t->collection->title[lang] : dataset_title[lang];
}

/* --- links ---------------------------------------------------------------- */

/* Leaves an address below /api/tiles or that of the collection in scratch. */
static void add_path(struct call *c, const struct tileset *t, const char *tail)
{
	url_add(&c->scratch, c, "/api");
	if (t->collection) {
		buf_add_text(&c->scratch, "/collections/");
		buf_add_text(&c->scratch, t->collection->id);
	}
	buf_add_text(&c->scratch, "/tiles");
	buf_add_text(&c->scratch, tail);
}

static void write_template(struct json *j, struct call *c,
    const struct tileset *t, const char *format, const char *type)
{
	const struct url_change change = { "f", str_from(format) };

	add_path(c, t, "/" TILE_MATRIX_SET "/{tileMatrix}/{tileRow}/{tileCol}");
	url_add_query(&c->scratch, c,
	    (struct url_change[]){ change, { "lang", { 0 } } }, 2);
	json_open(j, '{');
	json_key(j, "href");
	json_str(j, buf_str(&c->scratch));
	json_key(j, "rel");
	json_text(j, "item");
	json_key(j, "type");
	json_text(j, type);
	json_key(j, "templated");
	json_bool(j, true);
	json_close(j, '}');
	buf_reset(&c->scratch);
}

static void link_scheme(struct json *j, struct call *c)
{
	answer_link_to(j, c, REL_TILING_SCHEME, MEDIA_JSON,
	    "/api/tileMatrixSets/" TILE_MATRIX_SET, NULL);
}

static void write_links(struct json *j, struct call *c, const struct tileset *t)
{
	json_key(j, "links");
	json_open(j, '[');
	add_path(c, t, "/" TILE_MATRIX_SET);
	answer_link(j, c, "self", MEDIA_JSON, NULL);
	add_path(c, t, "/" TILE_MATRIX_SET "?f=html");
	answer_link(j, c, "alternate", MEDIA_PAGE, NULL);
	link_scheme(j, c);
	write_template(j, c, t, "mvt", MEDIA_MVT);
	write_template(j, c, t, "geojson", MEDIA_GEOJSON);
	if (t->collection) {
		url_add(&c->scratch, c, "/tiles/");
		buf_add_text(&c->scratch, t->collection->id);
		buf_add_text(&c->scratch, ".json");
		answer_link(j, c, "describedby", MEDIA_JSON, "TileJSON");
		url_add(&c->scratch, c, "/api/collections/");
		buf_add_text(&c->scratch, t->collection->id);
		answer_link(j, c, REL_GEODATA, MEDIA_JSON, NULL);
	}
	json_close(j, ']');
}

/* Members that the list and the tileset itself have. */
static void write_core(struct json *j, struct call *c, const struct tileset *t)
{
	json_key(j, "title");
	json_text(j, title_of(t, c->lang));
	json_key(j, "dataType");
	json_text(j, "vector");
	json_key(j, "crs");
	json_text(j, crs);
	json_key(j, "tileMatrixSetURI");
	json_text(j, uri);
	write_links(j, c, t);
}

/* --- a tileset ------------------------------------------------------------ */

static void write_pair(struct json *j, const char *key, double x, double y)
{
	json_key(j, key);
	json_open(j, '[');
	json_double(j, x, DIGITS);
	json_double(j, y, DIGITS);
	json_close(j, ']');
}

static void write_number(struct json *j, const char *key, uint32_t v)
{
	json_key(j, key);
	json_int(j, v);
}

static void write_zoom(struct json *j, const char *key, int z)
{
	char text[4];

	snprintf(text, sizeof(text), "%d", z);
	json_key(j, key);
	json_text(j, text);
}

static void write_limits(struct json *j, const struct bbox *b)
{
	json_key(j, "tileMatrixSetLimits");
	json_open(j, '[');
	for (int z = 0; z <= TILE_MAX_ZOOM; z++) {
		struct tile nw = tile_of(b->west, b->north, z);
		struct tile se = tile_of(b->east, b->south, z);

		json_open(j, '{');
		write_zoom(j, "tileMatrix", z);
		write_number(j, "minTileRow", nw.y);
		write_number(j, "maxTileRow", se.y);
		write_number(j, "minTileCol", nw.x);
		write_number(j, "maxTileCol", se.x);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_place(struct json *j, const struct bbox *b)
{
	if (bbox_is_empty(b))
		return;
	json_key(j, "boundingBox");
	json_open(j, '{');
	write_pair(j, "lowerLeft", b->west, b->south);
	write_pair(j, "upperRight", b->east, b->north);
	json_key(j, "crs");
	json_text(j, crs84);
	json_close(j, '}');
	json_key(j, "centerPoint");
	json_open(j, '{');
	write_pair(j, "coordinates", (b->west + b->east) / 2,
	    (b->south + b->north) / 2);
	json_key(j, "crs");
	json_text(j, crs84);
	write_zoom(j, "tileMatrix", CENTRE_ZOOM);
	json_close(j, '}');
	write_limits(j, b);
}

struct fields {
	struct json *json;
	int lang;
};

static void write_field(void *context, const struct field *f)
{
	const struct fields *to = context;
	struct json *j = to->json;
	/* A tile has no lists: they are text there (MVT 2.1 section 4.4). */
	const struct schema_type *type =
	    schema_type_of(f->type == VALUE_LIST ? VALUE_TEXT : f->type);

	json_key(j, f->name);
	json_open(j, '{');
	json_key(j, "title");
	json_text(j, f->title[to->lang]);
	json_key(j, "type");
	json_text(j, type->type);
	if (type->format) {
		json_key(j, "format");
		json_text(j, type->format);
	}
	json_close(j, '}');
}

static void write_layer(struct json *j, struct call *c, const char *collection,
    const struct tile_layer *l)
{
	struct fields fields = { j, c->lang };

	json_open(j, '{');
	buf_add_text(&c->scratch, collection);
	buf_add_text(&c->scratch, l->suffix);
	json_key(j, "id");
	json_str(j, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	json_key(j, "title");
	json_text(j, l->title[c->lang]);
	json_key(j, "dataType");
	json_text(j, "vector");
	if (l->dimension >= 0) {
		json_key(j, "geometryDimension");
		json_int(j, l->dimension);
	}
	write_zoom(j, "minTileMatrix", l->min_zoom);
	write_zoom(j, "maxTileMatrix", l->max_zoom);
	json_key(j, "propertiesSchema");
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "object");
	json_key(j, "properties");
	json_open(j, '{');
	tile_layer_each(l, write_field, &fields);
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
}

static void write_layers(
    struct json *j, struct call *c, const struct tileset *t)
{
	struct tile_layer layers[TILE_LAYERS_MAX];

	json_key(j, "layers");
	json_open(j, '[');
	for (size_t i = 0; i < t->n; i++) {
		size_t n = tile_layers_of(layers, t->all[i]);

		for (size_t k = 0; k < n; k++)
			write_layer(j, c, t->all[i]->id, &layers[k]);
	}
	write_layer(j, c, "", &tile_layer_meta);
	json_close(j, ']');
}

static void write_tileset(struct call *c, const struct tileset *t)
{
	const struct site *site = c->x->site;
	const struct collection *k = t->collection;
	struct json j;

	json_init(&j, call_text(c));
	json_open(&j, '{');
	write_core(&j, c, t);
	write_place(&j, &t->extent);
	json_key(&j, "attribution");
	json_text(&j,
	    k && k->attribution ? k->attribution : site->attribution[c->lang]);
	json_key(&j, "license");
	json_text(&j, k && k->licence ? k->licence : site->licence);
	write_layers(&j, c, t);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

static bool tileset(struct call *c, const struct collection *only,
    struct str matrix_set, struct err *e)
{
	struct tileset t;

	if (!str_is(matrix_set, TILE_MATRIX_SET))
		return err_set(
		    e, ERR_MISSING, "there is no such tile matrix set");
	if (!open_tileset(&t, c, only, e))
		return false;
	if (answer_begin(c, page_or_json(c), t.version, 0))
		return true;
	write_tileset(c, &t);
	return page_of_json(c, e);
}

/* --- lists of them -------------------------------------------------------- */

static bool tilesets(
    struct call *c, const struct collection *only, struct err *e)
{
	struct tileset t;
	struct json j;

	if (!open_tileset(&t, c, only, e))
		return false;
	if (answer_begin(c, page_or_json(c), t.version, 0))
		return true;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	json_key(&j, "links");
	json_open(&j, '[');
	add_path(c, &t, "");
	answer_link(&j, c, "self", MEDIA_JSON, NULL);
	add_path(c, &t, "?f=html");
	answer_link(&j, c, "alternate", MEDIA_PAGE, NULL);
	json_close(&j, ']');
	json_key(&j, "tilesets");
	json_open(&j, '[');
	json_open(&j, '{');
	write_core(&j, c, &t);
	json_close(&j, '}');
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return page_of_json(c, e);
}

bool tilesets_dataset(struct call *c, struct err *e)
{
	return tilesets(c, NULL, e);
}

bool tilesets_projects(struct call *c, struct err *e)
{
	return tilesets(c, &collection_projects, e);
}

bool tilesets_districts(struct call *c, struct err *e)
{
	return tilesets(c, &collection_districts, e);
}

bool tilesets_layer(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) && tilesets(c, k, e);
}

bool tileset_dataset(struct call *c, struct err *e)
{
	return tileset(c, NULL, c->vars[0], e);
}

bool tileset_projects(struct call *c, struct err *e)
{
	return tileset(c, &collection_projects, c->vars[0], e);
}

bool tileset_districts(struct call *c, struct err *e)
{
	return tileset(c, &collection_districts, c->vars[0], e);
}

bool tileset_layer(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) &&
	       tileset(c, k, c->vars[1], e);
}
