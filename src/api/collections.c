#include "api/collections.h"

#include "api/answer.h"
#include "api/crs.h"
#include "api/items.h"
#include "api/landing.h"
#include "api/media.h"
#include "api/tile_describe.h"
#include "api/page_api.h"
#include "base/array.h"
#include "base/clock.h"
#include "base/hash.h"
#include "query/layer_time.h"

enum { DIGITS = 7 };

/* All of them. */
struct states {
	struct collection_state *all;
	size_t n;
	int64_t mark; /* changes with any of them */
};

/* --- links ---------------------------------------------------------------- */

/* To a program GeoJSON is the path alone: GDAL adds "/" and an id to that link
 * when it is asked for a feature by its id. A browser would get a page there.
 */
static void link_items(struct links *l, const struct collection *k)
{
	struct call *c = l->call;
	enum format f;

	for (size_t i = 0; (f = format_offered(i)) != FORMATS; i++) {
		collection_url(c, k, "/items");
		if (f != FORMAT_GEOJSON || c->html) {
			buf_add_text(&c->scratch, "?f=");
			buf_add_text(&c->scratch, codes_format.codes[f].code);
		}
		links_add(l, "items", format_link_type(f), k->title[c->lang]);
	}
}

static void link_schemas(struct links *l, const struct collection *k)
{
	static const struct {
		const char *rel, *tail;
		enum text_id title;
	} rows[] = {
		{ "http://www.opengis.net/def/rel/ogc/1.0/queryables",
		    "/queryables", TEXT_QUERYABLES },
		{ "http://www.opengis.net/def/rel/ogc/1.0/sortables",
		    "/sortables", TEXT_SORTABLES },
		{ "http://www.opengis.net/def/rel/ogc/1.0/schema", "/schema",
		    TEXT_SCHEMA },
	};
	struct call *c = l->call;

	for (size_t i = 0; i < LENGTH(rows); i++) {
		collection_url(c, k, rows[i].tail);
		links_add(l, rows[i].rel, MEDIA_SCHEMA,
		    text_of(rows[i].title, c->lang));
	}
}

/* What follows the links to itself. */
static void link_rest(struct links *l, const struct collection *k)
{
	struct call *c = l->call;

	link_items(l, k);
	link_schemas(l, k);
	if (!collection_is_layer(k))
		links_add_path(l, "related", MEDIA_PAGE, "/d/",
		    text_of(TEXT_OBLAST, c->lang));
	links_add_path(
	    l, "related", MEDIA_PAGE, "/gis", text_of(TEXT_GIS, c->lang));
	links_add_path(l, "describedby", MEDIA_JSON, "/opendata/columns.json",
	    text_of(TEXT_COLUMNS, c->lang));
	collection_url(c, k, "/tiles");
	links_add(l, REL_TILESETS, MEDIA_JSON, text_of(TEXT_TILES, c->lang));
	if (!collection_is_layer(k))
		links_add_licence(l);
}

/* As one of a list. */
static void link_listed(
    struct links *l, struct call *c, const struct collection *k)
{
	links_init(l, c);
	collection_url(c, k, "");
	links_add(l, "self", MEDIA_JSON, NULL);
	collection_url(c, k, "?f=html");
	links_add(l, "alternate", MEDIA_PAGE, NULL);
	link_rest(l, k);
}

/* --- JSON ----------------------------------------------------------------- */

static void write_spatial(struct json *j, const struct bbox *box)
{
	json_key(j, "spatial");
	json_open(j, '{');
	json_key(j, "bbox");
	json_open(j, '[');
	json_open(j, '[');
	json_double(j, box->west, DIGITS);
	json_double(j, box->south, DIGITS);
	json_double(j, box->east, DIGITS);
	json_double(j, box->north, DIGITS);
	json_close(j, ']');
	json_close(j, ']');
	json_key(j, "crs");
	json_text(j, crs_uris[CRS_84]);
	json_close(j, '}');
}

static void write_moment(struct json *j, bool known, int64_t seconds)
{
	char stamp[CLOCK_STAMP_SIZE];

	if (!known) {
		json_null(j);
		return;
	}
	clock_stamp(seconds, stamp);
	json_text(j, stamp);
}

/* The first and the last second of the days. */
static void write_temporal(struct json *j, const struct snapshot *s)
{
	int32_t first, last;

	snapshot_period(s, &first, &last);
	json_key(j, "temporal");
	json_open(j, '{');
	json_key(j, "interval");
	json_open(j, '[');
	json_open(j, '[');
	write_moment(j, first, clock_day_start(first));
	write_moment(j, last, clock_next_midnight(clock_day_start(last)) - 1);
	json_close(j, ']');
	json_close(j, ']');
	json_key(j, "trs");
	json_text(j, "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian");
	json_close(j, '}');
}

static void write_extent(struct json *j, const struct collection_state *s)
{
	struct bbox box =
	    s->snapshot ? snapshot_extent(s->snapshot) : bbox_empty;
	bool timed = collection_has_time(s);

	if (bbox_is_empty(&box) && !timed)
		return;
	json_key(j, "extent");
	json_open(j, '{');
	if (!bbox_is_empty(&box))
		write_spatial(j, &box);
	if (timed)
		write_temporal(j, s->snapshot);
	json_close(j, '}');
}

static void write_members(struct json *j, struct call *c,
    const struct collection_state *s, const struct links *l)
{
	const struct collection *k = s->collection;

	json_key(j, "id");
	json_text(j, k->id);
	json_key(j, "title");
	json_text(j, k->title[c->lang]);
	json_key(j, "description");
	json_text(j, k->description[c->lang]);
	write_extent(j, s);
	json_key(j, "itemType");
	json_text(j, "feature");
	crs_write(j);
	if (collection_is_layer(k))
		answer_source_of(j, c, k);
	links_write(l, j);
}

static void write_all(
    struct call *c, const struct states *states, const struct links *l)
{
	struct json j;

	json_init(&j, call_text(c));
	json_open(&j, '{');
	links_write(l, &j);
	answer_version(&j, states->all[0].version, states->all[0].published);
	answer_source(&j, c);
	json_key(&j, "collections");
	json_open(&j, '[');
	for (size_t i = 0; i < states->n; i++) {
		struct links own;

		link_listed(&own, c, states->all[i].collection);
		json_open(&j, '{');
		write_members(&j, c, &states->all[i], &own);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

static void write_one(
    struct call *c, const struct collection_state *s, const struct links *l)
{
	struct json j;

	json_init(&j, call_text(c));
	json_open(&j, '{');
	write_members(&j, c, s, l);
	answer_version(&j, s->version, s->published);
	if (!collection_is_layer(s->collection))
		answer_source(&j, c);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

bool collection_has_time(const struct collection_state *s)
{
	struct layer_time t;

	if (!s->snapshot || !collection_is_layer(s->collection))
		return s->snapshot && s->collection == &collection_projects;
	t = layer_time_of(snapshot_info_of(s->snapshot)->schema);
	return layer_time_is_known(&t);
}

/* --- requests ------------------------------------------------------------- */

/* The extent of projects and layers is told only from a snapshot: without one
 * it would cost a read of all. */
static bool read_state(struct collection_state *out, struct call *c,
    const struct collection *k, struct err *e)
{
	const struct snapshot *s;

	if (!source_now(&s, c, k, e))
		return false;
	*out = (struct collection_state){ .collection = k,
		.snapshot = s,
		.version = k->change,
		.published = k->published };
	if (!s && collection_is_layer(k))
		return true;
	if (!s)
		s = source_districts_now(c, e);
	if (!s)
		return false;
	out->version = snapshot_info_of(s)->version;
	out->published = snapshot_info_of(s)->published;
	return true;
}

static bool read_states(struct states *out, struct call *c, struct err *e)
{
	const struct collection *all;
	size_t n;
	int64_t *versions;

	if (!collections_layers(&all, &n, c, e))
		return false;
	out->n = n + 2;
	out->all = arena_array(c->x->arena, out->n, sizeof(*out->all));
	versions = arena_array(c->x->arena, out->n, sizeof(*versions));
	if (!out->all || !versions)
		return err_no_room(e);
	for (size_t i = 0; i < out->n; i++) {
		const struct collection *k = i == 0   ? &collection_projects
					     : i == 1 ? &collection_districts
						      : &all[i - 2];

		if (!read_state(&out->all[i], c, k, e))
			return false;
		versions[i] = out->all[i].version;
	}
	out->mark =
	    (int64_t)hash_bytes(versions, out->n * sizeof(*versions), 0);
	return true;
}

bool collections_get(struct call *c, struct err *e)
{
	struct states states = { 0 };
	struct links links;

	if (!read_states(&states, c, e))
		return false;
	if (answer_begin(c, c->html ? MEDIA_HTML : MEDIA_JSON, states.mark, 0))
		return true;
	links_init(&links, c);
	links_add_self(&links, MEDIA_JSON);
	links_add_licence(&links);
	links_header(&links);
	if (c->html)
		return collections_write_page(
		    c, states.all, states.n, &links, e);
	write_all(c, &states, &links);
	return true;
}

bool collection_get(struct call *c, struct err *e)
{
	const struct collection *k;
	struct collection_state s;
	struct links links;

	if (!collection_of_call(&k, c, e) || !read_state(&s, c, k, e))
		return false;
	if (c->html
		? answer_begin(c, MEDIA_HTML, page_api_mark(c, s.version), 0)
		: answer_begin(c, MEDIA_JSON, s.version, 0))
		return true;
	links_init(&links, c);
	links_add_self(&links, MEDIA_JSON);
	link_rest(&links, k);
	links_header(&links);
	if (c->html)
		return collection_write_page(c, &s, &links, e);
	write_one(c, &s, &links);
	return true;
}
