#include "api/collections.h"

#include "api/crs.h"
#include "api/fragment.h"
#include "api/page_api.h"
#include "api/page_form.h"
#include "api/rows.h"
#include "api/source.h"
#include "api/svg_map.h"

enum { DRAWN = 300 /* features that are drawn one by one */ };

static struct buf *body(struct call *c)
{
	return &c->x->response->text;
}

static void begin_row(struct call *c, enum text_id title)
{
	buf_add_text(body(c), "<tr><th scope=\"row\">");
	page_text(c, title);
	buf_add_text(body(c), "</th><td>");
}

static void end_row(struct call *c)
{
	buf_add_text(body(c), "</td></tr>\n");
}

static void add_text(struct call *c, enum text_id title, const char *text)
{
	if (!text || !*text)
		return;
	begin_row(c, title);
	html_text(body(c), str_from(text));
	end_row(c);
}

static void add_source(struct call *c, const struct collection *k)
{
	if (!collection_is_layer(k))
		return;
	add_text(c, TEXT_LICENCE, k->licence);
	add_text(c, TEXT_SOURCE, k->source);
	if (k->date) {
		begin_row(c, TEXT_AS_OF);
		html_day(body(c), k->date, c->lang);
		end_row(c);
	}
}

static void add_facts(struct call *c, const struct collection_state *s)
{
	struct bbox box =
	    s->snapshot ? snapshot_extent(s->snapshot) : bbox_empty;
	int32_t first, last;

	page_table(c, "facts", TEXT_COLLECTIONS);
	buf_add_text(body(c), "<tbody>\n");
	if (s->snapshot) {
		begin_row(c, TEXT_ITEMS);
		html_number(body(c), snapshot_count(s->snapshot), c->lang);
		end_row(c);
	}
	if (!bbox_is_empty(&box)) {
		begin_row(c, TEXT_EXTENT);
		page_extent(c, &box);
		end_row(c);
	}
	if (collection_has_time(s)) {
		snapshot_period(s->snapshot, &first, &last);
		begin_row(c, TEXT_PERIOD);
		page_period(c, first, last);
		end_row(c);
	}
	begin_row(c, TEXT_CRS);
	for (size_t i = 0; i < CRS_N; i++)
		buf_add_format(body(c), "%s<a href=\"%s\">%s</a>",
		    i ? ", " : "", crs_uris[i],
		    codes_crs.codes[i].title[c->lang]);
	end_row(c);
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
	buf_add_text(body(c), "<p>");
	html_text(body(c), p.description);
	buf_add_text(body(c), "</p>\n");
	buf_add_text(body(c), "<div class=\"beside\">\n");
	if (!add_map(c, s, e))
		return false;
	add_facts(c, s);
	buf_add_text(body(c), "</div>\n");
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
	page_heads(c, heads, sizeof(heads) / sizeof(heads[0]));
	for (size_t i = 0; i < n; i++) {
		const struct collection *k = states[i].collection;

		buf_add_text(body(c), "<tr><td>");
		page_link(c, "/api/collections/", str_from(k->id),
		    str_from(k->title[c->lang]));
		buf_add_text(body(c), "</td><td class=\"num\">");
		if (states[i].snapshot)
			html_number(body(c), snapshot_count(states[i].snapshot),
			    c->lang);
		buf_add_text(body(c), "</td><td>");
		html_text(body(c), str_from(k->description[c->lang]));
		buf_add_text(body(c), "</td></tr>\n");
	}
	page_table_end(c);
	page_api_end(c, &p);
	return true;
}
