#include "api/tile_describe.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/media.h"
#include "api/source.h"
#include "api/tile_layers.h"
#include "geo/tile.h"

enum { DIGITS = 7, CENTRE_ZOOM = 7 };

struct fields {
	struct json *json;
	int lang;
};

static void write_field(void *context, const struct field *f)
{
	const struct fields *to = context;

	json_key(to->json, f->name);
	json_text(to->json, f->title[to->lang]);
}

static void write_layer(struct json *j, struct call *c, const char *collection,
    const struct tile_layer *l)
{
	struct fields fields = { j, c->lang };

	json_open(j, '{');
	json_key(j, "id");
	buf_add_text(&c->scratch, collection);
	buf_add_text(&c->scratch, l->suffix);
	json_str(j, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	json_key(j, "description");
	json_text(j, l->title[c->lang]);
	json_key(j, "minzoom");
	json_int(j, l->min_zoom);
	json_key(j, "maxzoom");
	json_int(j, l->max_zoom);
	json_key(j, "fields");
	json_open(j, '{');
	tile_layer_each(l, write_field, &fields);
	json_close(j, '}');
	json_close(j, '}');
}

static void write_layers(
    struct json *j, struct call *c, const struct collection *k)
{
	struct tile_layer layers[TILE_LAYERS_MAX];
	size_t n = tile_layers_of(layers, k);

	json_key(j, "vector_layers");
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		write_layer(j, c, k->id, &layers[i]);
	write_layer(j, c, "", &tile_layer_meta);
	json_close(j, ']');
}

/* The filters of the request are those of its tiles. */
static void write_address(
    struct json *j, struct call *c, const struct collection *k)
{
	const struct url_change no_lang = { "lang", { 0 } };

	url_add(&c->scratch, c, "/tiles/");
	buf_add_text(&c->scratch, k->id);
	buf_add_text(&c->scratch, "/{z}/{x}/{y}.mvt");
	url_add_query(&c->scratch, c, &no_lang, 1);
	json_key(j, "tiles");
	json_open(j, '[');
	json_str(j, buf_str(&c->scratch));
	json_close(j, ']');
	buf_reset(&c->scratch);
}

static void write_place(struct json *j, const struct snapshot *s)
{
	struct bbox b = s ? snapshot_extent(s) : bbox_empty;

	if (bbox_is_empty(&b))
		return;
	json_key(j, "bounds");
	json_open(j, '[');
	json_double(j, b.west, DIGITS);
	json_double(j, b.south, DIGITS);
	json_double(j, b.east, DIGITS);
	json_double(j, b.north, DIGITS);
	json_close(j, ']');
	json_key(j, "center");
	json_open(j, '[');
	json_double(j, (b.west + b.east) / 2, DIGITS);
	json_double(j, (b.south + b.north) / 2, DIGITS);
	json_int(j, CENTRE_ZOOM);
	json_close(j, ']');
}

static void write_document(
    struct call *c, const struct collection *k, const struct snapshot *s)
{
	const char *attribution =
	    k->attribution ? k->attribution : c->x->site->attribution[c->lang];
	struct json j;

	json_init(&j, call_text(c));
	json_open(&j, '{');
	json_key(&j, "tilejson");
	json_text(&j, "3.0.0");
	json_key(&j, "name");
	json_text(&j, k->title[c->lang]);
	json_key(&j, "description");
	json_text(&j, k->description[c->lang]);
	json_key(&j, "version");
	json_text(&j, "1.0.0");
	if (attribution[0]) {
		json_key(&j, "attribution");
		json_text(&j, attribution);
	}
	json_key(&j, "scheme");
	json_text(&j, "xyz");
	write_address(&j, c, k);
	json_key(&j, "minzoom");
	json_int(&j, 0);
	json_key(&j, "maxzoom");
	json_int(&j, TILE_MAX_ZOOM);
	write_place(&j, s);
	write_layers(&j, c, k);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

/* Filters that its tiles would refuse are refused here already. */
static bool check_filters(struct call *c, const struct collection *k,
    const struct snapshot *s, struct err *e)
{
	const struct snapshot_info layer = { .schema = k->schema };
	struct query q;

	if (!s && collection_is_layer(k))
		return source_query(&q, c, &layer, e);
	if (!s)
		s = source_districts_now(c, e);
	if (!s)
		return false;
	return source_query(&q, c, snapshot_info_of(s), e);
}

static bool tilejson(struct call *c, const struct collection *k, struct err *e)
{
	const struct snapshot *s;

	if (!source_now(&s, c, k, e) || !check_filters(c, k, s, e))
		return false;
	if (!answer_begin(
		c, MEDIA_JSON, s ? snapshot_info_of(s)->version : k->change, 0))
		write_document(c, k, s);
	return true;
}

bool tilejson_projects(struct call *c, struct err *e)
{
	return tilejson(c, &collection_projects, e);
}

bool tilejson_districts(struct call *c, struct err *e)
{
	return tilejson(c, &collection_districts, e);
}

bool tilejson_layer(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) && tilejson(c, k, e);
}
