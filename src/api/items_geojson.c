#include "api/items.h"

#include "api/answer.h"
#include "api/media.h"

static void write_links(struct json *j, struct call *c,
    const struct collection *k, const struct source *s,
    const struct search_page *p)
{
	struct url_change next = { "cursor", items_next(c, s, p) };
	const struct url_change page[] = { { "cursor", { 0 } },
		{ "limit", { 0 } }, { "f", str_from("kml") } };

	json_key(j, "links");
	json_open(j, '[');
	url_add_self(&c->scratch, c, NULL, 0);
	answer_link(j, c, "self", MEDIA_GEOJSON, NULL);
	if (next.value.len) {
		url_add_self(&c->scratch, c, &next, 1);
		answer_link(j, c, "next", MEDIA_GEOJSON, NULL);
	}
	url_add_self(&c->scratch, c, page, 3);
	answer_link(j, c, "alternate", MEDIA_KML, NULL);
	url_add_self(&c->scratch, c,
	    (struct url_change[]){ page[0], page[1], { "f", str_from("csv") } },
	    3);
	answer_link(j, c, "alternate", "text/csv", NULL);
	url_add(&c->scratch, c, "/api/collections/");
	buf_add_text(&c->scratch, k->id);
	answer_link(j, c, "collection", MEDIA_JSON, NULL);
	json_close(j, ']');
}

static void write_head(struct json *j, struct call *c,
    const struct collection *k, const struct source *s,
    const struct search_page *p)
{
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "FeatureCollection");
	json_key(j, "numberMatched");
	json_int(j, (int64_t)p->matched);
	json_key(j, "numberReturned");
	json_int(j, p->returned);
	answer_version(j, s->info->version, s->info->published);
	answer_source_of(j, c, k);
	write_links(j, c, k, s, p);
	json_key(j, "features");
	json_open(j, '[');
}

bool items_write_geojson(struct call *c, const struct collection *k,
    const struct source *s, const struct search_page *p, struct err *e)
{
	struct response *r = c->x->response;
	struct json j;

	(void)e;
	json_init(&j, &r->text);
	write_head(&j, c, k, s, p);
	for (size_t i = 0; i < p->n_runs; i++) {
		struct str bytes = snapshot_fragments(
		    s->snapshot, p->runs[i].first, p->runs[i].count);

		/* Each fragment begins with a comma; the first needs none. */
		if (!i && bytes.len)
			bytes = (struct str){ bytes.data + 1, bytes.len - 1 };
		response_add_mapped(r, bytes);
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(&r->text, '\n');
	return true;
}
