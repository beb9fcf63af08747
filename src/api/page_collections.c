#include "api/collections.h"

#include "api/crs.h"
#include "api/fragment.h"
#include "api/page_api.h"
#include "api/page_form.h"
#include "api/rows.h"
#include "api/source.h"
#include "api/svg_map.h"
#include "base/array.h"

enum { DRAWN = 300 /* features that are drawn one by one */ };

static void add_text(struct call *c, enum text_id title, const char *text)
{
	if (!text || !*text)
		return;
	page_fact(c, text_of(title, c->lang));
	html_text(call_text(c), str_from(text));
	page_row_end(c);
}

static void add_source(struct call *c, const struct collection *k)
{
	if (!collection_is_layer(k))
		return;
	add_text(c, TEXT_LICENCE, k->licence);
	add_text(c, TEXT_SOURCE, k->source);
	if (k->date) {
		page_fact(c, text_of(TEXT_AS_OF, c->lang));
		html_day(call_text(c), k->date, c->lang);
		page_row_end(c);
	}
}

static void add_facts(struct call *c, const struct collection_state *s)
{
	struct bbox box =
	    s->snapshot ? snapshot_extent(s->snapshot) : bbox_empty;
	int32_t first, last;

	page_table(c, "facts", TEXT_COLLECTIONS);
	buf_add_text(call_text(c), "<tbody>\n");
	if (s->snapshot) {
		page_fact(c, text_of(TEXT_ITEMS, c->lang));
		html_number(call_text(c), snapshot_count(s->snapshot), c->lang);
		page_row_end(c);
	}
	if (!bbox_is_empty(&box)) {
		page_fact(c, text_of(TEXT_EXTENT, c->lang));
		page_extent(c, &box);
		page_row_end(c);
	}
	if (collection_has_time(s)) {
		snapshot_period(s->snapshot, &first, &last);
		page_fact(c, text_of(TEXT_PERIOD, c->lang));
		page_period(c, first, last);
		page_row_end(c);
	}
	page_fact(c, text_of(TEXT_CRS, c->lang));
	for (size_t i = 0; i < CRS_N; i++)
		buf_add_format(call_text(c), "%s<a href=\"%s\">%s</a>",
		    i ? ", " : "", crs_uris[i],
		    codes_crs.codes[i].title[c->lang]);
	page_row_end(c);
	add_source(c, s->collection);
	page_table_end(c);
}

static bool draw(struct svg_map *m, const struct snapshot *s, struct err *e)
{
	if (snapshot_located(s) > DRAWN)
		return svg_map_all(m, s, e);
	for (uint32_t row = 0; row < snapshot_located(s); row++) {
		struct feature f;

		if (!fragment_read(&f, s, row, m->call->x->arena, e))
			return false;
		if (f.geom)
			svg_map_geom(m, f.geom);
	}
	return true;
}

/* Districts lie under everything; those of their own collection are drawn as
 * its features. */
static bool add_map(
    struct call *c, const struct collection_state *s, struct err *e)
{
	const struct snapshot *districts = source_districts_now(c, e);
	struct bbox box =
	    s->snapshot ? snapshot_extent(s->snapshot) : bbox_empty;
	struct svg_map m;

	if (!districts)
		return false;
	if (bbox_is_empty(&box))
		box = snapshot_extent(districts);
	if (bbox_is_empty(&box))
		return true;
	if (s->collection == &collection_districts)
		districts = NULL;
	if (!svg_map_begin(
		&m, c, &box, districts, text_of(TEXT_MAP_OF, c->lang), e) ||
	    (s->snapshot && !draw(&m, s->snapshot, e)))
		return false;
	svg_map_end(&m);
	return true;
}

static void add_form(
    struct call *c, const struct collection *k, const struct names *names)
{
	struct buf path;

	buf_init(&path, REQUEST_PATH_MAX);
	buf_add_format(&path, "/api/collections/%s/items", k->id);
	page_heading(c, TEXT_FILTER);
	page_form(c, table_of_items(k), buf_str(&path), names);
	if (path.failed)
		c->x->response->failed = true;
	buf_free(&path);
}

bool collection_write_page(struct call *c, const struct collection_state *s,
    const struct links *l, struct err *e)
{
	const struct collection *k = s->collection;
	struct page p = { .title = str_from(k->title[c->lang]),
		.description = str_from(k->description[c->lang]),
		.path = "/api/collections/",
		.var = str_from(k->id),
		.published = s->published };
	struct names names;

	if (!names_read(&names, c, e))
		return false;
	page_api_begin(c, &p, l, k);
	buf_add_text(call_text(c), "<p>");
	html_text(call_text(c), p.description);
	buf_add_text(call_text(c), "</p>\n");
	buf_add_text(call_text(c), "<div class=\"beside\">\n");
	if (!add_map(c, s, e))
		return false;
	add_facts(c, s);
	buf_add_text(call_text(c), "</div>\n");
	add_form(c, k, &names);
	page_api_end(c, &p);
	return true;
}

bool collections_write_page(struct call *c,
    const struct collection_state *states, size_t n, const struct links *l,
    struct err *e)
{
	static const enum text_id heads[] = { TEXT_TITLE, TEXT_ITEMS,
		TEXT_MEANING };
	struct str title = str_from(text_of(TEXT_COLLECTIONS, c->lang));
	struct page p = { .title = title,
		.description = title,
		.path = "/api/collections",
		.published = states[0].published };

	(void)e;
	page_api_begin(c, &p, l, NULL);
	page_table(c, NULL, TEXT_COLLECTIONS);
	page_heads(c, heads, LENGTH(heads), LENGTH(heads));
	for (size_t i = 0; i < n; i++) {
		const struct collection *k = states[i].collection;

		buf_add_text(call_text(c), "<tr><td>");
		page_link(c, "/api/collections/", str_from(k->id),
		    str_from(k->title[c->lang]));
		buf_add_text(call_text(c), "</td><td class=\"num\">");
		if (states[i].snapshot)
			html_number(call_text(c),
			    snapshot_count(states[i].snapshot), c->lang);
		buf_add_text(call_text(c), "</td><td>");
		html_text(call_text(c), str_from(k->description[c->lang]));
		page_row_end(c);
	}
	page_table_end(c);
	page_api_end(c, &p);
	return true;
}
