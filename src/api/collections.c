#include "api/landing.h"

#include "api/answer.h"
#include "api/items.h"
#include "api/media.h"

enum { DIGITS = 7 };

static const struct collection *const collections[] = { &collection_projects,
	&collection_districts };

static const char crs84[] = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/* What is told of a collection at one moment. */
struct state {
	const struct snapshot *snapshot; /* NULL: only its version is known */
	int64_t version, published;
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
	answer_link_to(j, c, "alternate", "text/html", "/d/", NULL);
	answer_link_to(
	    j, c, "describedby", MEDIA_JSON, "/opendata/columns.json", NULL);
	if (*c->x->site->licence_url) {
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

static void write_members(struct json *j, struct call *c,
    const struct collection *k, const struct snapshot *s)
{
	json_key(j, "id");
	json_text(j, k->id);
	json_key(j, "title");
	json_text(j, k->title[c->lang]);
	json_key(j, "description");
	json_text(j, k->description[c->lang]);
	write_extent(j, s);
	json_key(j, "itemType");
	json_text(j, "feature");
	json_key(j, "crs");
	json_open(j, '[');
	json_text(j, crs84);
	json_close(j, ']');
	write_links(j, c, k);
}

/* The extent of projects is told only from a snapshot: without one it would
 * cost a read of all. */
static bool read_state(struct state *out, struct call *c,
    const struct collection *k, struct err *e)
{
	bool projects = k == &collection_projects;
	const struct snapshot *s = projects ? c->x->projects : NULL;

	out->snapshot = s;
	if (!s)
		s = source_districts_now(c, e);
	if (!s)
		return false;
	if (!projects)
		out->snapshot = s;
	out->version = snapshot_info_of(s)->version;
	out->published = snapshot_info_of(s)->published;
	return true;
}

bool collections_get(struct call *c, struct err *e)
{
	struct state states[2];
	struct json j;

	for (size_t i = 0; i < 2; i++)
		if (!read_state(&states[i], c, collections[i], e))
			return false;
	if (answer_begin(
		c, MEDIA_JSON, states[0].version ^ states[1].version << 32, 0))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	json_key(&j, "links");
	json_open(&j, '[');
	answer_link_to(&j, c, "self", MEDIA_JSON, "/api/collections", NULL);
	answer_link_to(&j, c, "alternate", "text/html", "/d/", NULL);
	json_close(&j, ']');
	answer_version(&j, states[0].version, states[0].published);
	answer_source(&j, c);
	json_key(&j, "collections");
	json_open(&j, '[');
	for (size_t i = 0; i < 2; i++) {
		json_open(&j, '{');
		write_members(&j, c, collections[i], states[i].snapshot);
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
	write_members(&j, c, k, s.snapshot);
	answer_version(&j, s.version, s.published);
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
