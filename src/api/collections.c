#include "api/landing.h"

#include "api/answer.h"
#include "api/items.h"
#include "api/media.h"
#include "base/hash.h"

enum { DIGITS = 7 };

static const char crs84[] = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/* What is told of a collection at one moment. */
struct state {
	const struct collection *collection;
	const struct snapshot *snapshot; /* NULL: only its version is known */
	int64_t version, published;
};

/* All of them. */
struct states {
	struct state *all;
	size_t n;
	int64_t mark; /* changes with any of them */
};

static void add_path(
    struct call *c, const struct collection *k, const char *tail)
{
	url_add(&c->scratch, c, "/api/collections/");
	buf_add_text(&c->scratch, k->id);
	buf_add_text(&c->scratch, tail);
}

static void write_links(
    struct json *j, struct call *c, const struct collection *k)
{
	static const struct {
		const char *rel, *type, *tail;
	} links[] = {
		{ "self", MEDIA_JSON, "" },
		{ "items", MEDIA_GEOJSON, "/items" },
		{ "items", MEDIA_KML, "/items?f=kml" },
		{ "items", "text/csv", "/items?f=csv" },
	};

	json_key(j, "links");
	json_open(j, '[');
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		add_path(c, k, links[i].tail);
		answer_link(
		    j, c, links[i].rel, links[i].type, k->title[c->lang]);
	}
	if (!collection_is_layer(k))
		answer_link_to(j, c, "alternate", "text/html", "/d/", NULL);
	answer_link_to(
	    j, c, "describedby", MEDIA_JSON, "/opendata/columns.json", NULL);
	if (!collection_is_layer(k) && *c->x->site->licence_url) {
		buf_add_text(&c->scratch, c->x->site->licence_url);
		answer_link(j, c, "license", "text/html", c->x->site->licence);
	}
	json_close(j, ']');
}

static void write_extent(struct json *j, const struct snapshot *s)
{
	struct bbox box = s ? snapshot_extent(s) : bbox_empty;

	if (bbox_is_empty(&box))
		return;
	json_key(j, "extent");
	json_open(j, '{');
	json_key(j, "spatial");
	json_open(j, '{');
	json_key(j, "bbox");
	json_open(j, '[');
	json_open(j, '[');
	json_double(j, box.west, DIGITS);
	json_double(j, box.south, DIGITS);
	json_double(j, box.east, DIGITS);
	json_double(j, box.north, DIGITS);
	json_close(j, ']');
	json_close(j, ']');
	json_key(j, "crs");
	json_text(j, crs84);
	json_close(j, '}');
	json_close(j, '}');
}

static void write_members(struct json *j, struct call *c, const struct state *s)
{
	const struct collection *k = s->collection;

	json_key(j, "id");
	json_text(j, k->id);
	json_key(j, "title");
	json_text(j, k->title[c->lang]);
	json_key(j, "description");
	json_text(j, k->description[c->lang]);
	write_extent(j, s->snapshot);
	json_key(j, "itemType");
	json_text(j, "feature");
	json_key(j, "crs");
	json_open(j, '[');
	json_text(j, crs84);
	json_close(j, ']');
	if (collection_is_layer(k))
		answer_source_of(j, c, k);
	write_links(j, c, k);
}

/* The extent of projects is told only from a snapshot: without one it would
 * cost a read of all. */
static bool read_state(struct state *out, struct call *c,
    const struct collection *k, struct err *e)
{
	const struct snapshot *s;

	if (!source_now(&s, c, k, e))
		return false;
	*out = (struct state){ .collection = k, .snapshot = s };
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
		return err_set(e, ERR_MEMORY, "the request is too large");
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
	struct json j;

	if (!read_states(&states, c, e))
		return false;
	if (answer_begin(c, MEDIA_JSON, states.mark, 0))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	json_key(&j, "links");
	json_open(&j, '[');
	answer_link_to(&j, c, "self", MEDIA_JSON, "/api/collections", NULL);
	answer_link_to(&j, c, "alternate", "text/html", "/d/", NULL);
	json_close(&j, ']');
	answer_version(&j, states.all[0].version, states.all[0].published);
	answer_source(&j, c);
	json_key(&j, "collections");
	json_open(&j, '[');
	for (size_t i = 0; i < states.n; i++) {
		json_open(&j, '{');
		write_members(&j, c, &states.all[i]);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(&c->x->response->text, '\n');
	return true;
}

static bool one(struct call *c, const struct collection *k, struct err *e)
{
	struct state s;
	struct json j;

	if (!read_state(&s, c, k, e))
		return false;
	if (answer_begin(c, MEDIA_JSON, s.version, 0))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	write_members(&j, c, &s);
	answer_version(&j, s.version, s.published);
	if (!collection_is_layer(k))
		answer_source(&j, c);
	json_close(&j, '}');
	buf_add_char(&c->x->response->text, '\n');
	return true;
}

bool collection_projects_get(struct call *c, struct err *e)
{
	return one(c, &collection_projects, e);
}

bool collection_districts_get(struct call *c, struct err *e)
{
	return one(c, &collection_districts, e);
}

bool collection_layer_get(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) && one(c, k, e);
}
