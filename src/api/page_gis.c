#include "api/pages.h"

#include "api/items.h"
#include "api/media.h"
#include "api/page_api.h"
#include "api/source.h"
#include "api/text_gis.h"
#include "base/clock.h"
#include "index/snapshot.h"

/* Into scratch, with what its letters stand for. */
static void expand(struct call *c, const char *k, const char *text)
{
	struct buf *b = &c->scratch;

	for (const char *at = text; *at; at++) {
		if (*at != '@') {
			buf_add_char(b, *at);
			continue;
		}
		switch (*++at) {
		case 'B':
			url_add(b, c, "");
			break;
		case 'C':
			buf_add_text(b, k);
			break;
		default:
			buf_add_text(b, lang_codes[c->lang]);
			break;
		}
	}
}

static void add_code(struct call *c, const char *k, const char *text)
{
	struct buf *b = call_text(c);

	expand(c, k, text);
	buf_add_text(b, "<code class=\"copy\">");
	html_text(b, buf_str(&c->scratch));
	buf_add_text(b, "</code>");
	buf_reset(&c->scratch);
}

/* --- programs ------------------------------------------------------------- */

static void add_program(struct call *c, const struct gis_program *p)
{
	struct buf *b = call_text(c);

	buf_add_text(b, "<dt>");
	html_text(b, str_from(p->name));
	buf_add_text(b, "</dt>\n<dd>");
	html_text(b, str_from(p->steps[c->lang]));
	buf_add_text(b, "</dd>\n");
	for (int i = 0; i < GIS_ADDRESSES_MAX && p->codes[i]; i++) {
		buf_add_text(b, "<dd>");
		add_code(c, collection_projects.id, p->codes[i]);
		buf_add_text(b, "</dd>\n");
	}
}

static void add_programs(struct call *c)
{
	struct buf *b = call_text(c);
	size_t n;
	const struct gis_program *all = gis_programs(&n);

	buf_add_text(b, "<p>");
	html_text(b, str_from(gis_intro[c->lang]));
	buf_add_text(b, "</p>\n<dl>\n");
	for (size_t i = 0; i < n; i++)
		add_program(c, &all[i]);
	buf_add_text(b, "</dl>\n<p>");
	html_text(b, str_from(gis_filters[c->lang]));
	buf_add_text(b, " <code class=\"copy\">?status=implementation&amp;"
			"year=2025</code> (");
	page_link(c, "/api/docs", (struct str){ 0 },
	    str_from(text_of(TEXT_DOCS, c->lang)));
	buf_add_text(b, ")</p>\n");
}

/* --- collections ---------------------------------------------------------- */

static unsigned kind_of(const struct collection *k)
{
	if (k == &collection_projects)
		return GIS_PROJECTS;
	return k == &collection_districts ? GIS_DISTRICTS : GIS_LAYERS;
}

static bool is_offered(const struct gis_address *a, const struct collection *k)
{
	if (a->collections && !(a->collections & kind_of(k)))
		return false;
	return !a->format ||
	       codes_find(&codes_format, str_from(a->format)) >= 0;
}

/* A link to a file stays on the host that the reader came to. */
static void add_address(
    struct call *c, const struct collection *k, const struct gis_address *a)
{
	struct buf *b = call_text(c);

	if (!a->label) {
		add_code(c, k->id, a->text);
		return;
	}
	url_add_local(&c->scratch, c, "");
	expand(c, k->id, a->text);
	buf_add_text(b, "<a href=\"");
	html_url(b, buf_str(&c->scratch));
	buf_add_text(b, "\">");
	html_text(b, str_from(a->label));
	buf_add_text(b, "</a>");
	buf_reset(&c->scratch);
}

static void add_row(
    struct call *c, const struct collection *k, const struct gis_row *row)
{
	page_fact(c, row->title[c->lang]);
	for (int i = 0; i < GIS_ADDRESSES_MAX && row->addresses[i].text; i++) {
		if (!is_offered(&row->addresses[i], k))
			continue;
		add_address(c, k, &row->addresses[i]);
		buf_add_char(call_text(c), ' ');
	}
	page_row_end(c);
}

static void add_text_row(struct call *c, enum text_id title, const char *text)
{
	if (!text || !*text)
		return;
	page_fact(c, text_of(title, c->lang));
	html_text(call_text(c), str_from(text));
	page_row_end(c);
}

static void add_day_row(struct call *c, enum text_id title, int32_t day)
{
	if (!day)
		return;
	page_fact(c, text_of(title, c->lang));
	html_day(call_text(c), day, c->lang);
	page_row_end(c);
}

/* Whose it is, under which licence, and of which day. */
static void add_source(
    struct call *c, const struct collection *k, int64_t published)
{
	const struct site *site = c->x->site;

	if (collection_is_layer(k)) {
		add_text_row(c, TEXT_SOURCE, k->source);
		add_text_row(c, TEXT_LICENCE, k->licence);
		add_day_row(c, TEXT_AS_OF, k->date);
		return;
	}
	add_text_row(c, TEXT_SOURCE, site->attribution[c->lang]);
	add_text_row(c, TEXT_LICENCE, site->licence);
	add_day_row(c, TEXT_PUBLISHED, clock_local_day(published));
}

static void add_collection(
    struct call *c, const struct collection *k, int64_t published)
{
	struct buf *b = call_text(c);
	size_t n;
	const struct gis_row *rows = gis_rows(&n);

	buf_add_format(b, "<h2 id=\"c-%s\">", k->id);
	page_link(c, "/api/collections/", str_from(k->id),
	    str_from(k->title[c->lang]));
	buf_add_text(b, "</h2>\n");
	page_table(c, "facts", TEXT_COLLECTIONS);
	buf_add_text(b, "<tbody>\n");
	for (size_t i = 0; i < n; i++)
		add_row(c, k, &rows[i]);
	add_source(c, k, published);
	page_table_end(c);
}

bool page_gis(struct call *c, struct err *e)
{
	struct str title = str_from(text_of(TEXT_GIS, c->lang));
	struct page p = { .title = title,
		.description = str_from(gis_intro[c->lang]),
		.path = "/gis" };
	const struct snapshot *districts = source_districts_now(c, e);
	const struct collection *layers;
	size_t n;

	if (!districts || !collections_layers(&layers, &n, c, e))
		return false;
	p.published = snapshot_info_of(districts)->published;
	if (answer_begin(c, MEDIA_HTML,
		page_api_mark(c, snapshot_info_of(districts)->version), 0))
		return true;
	page_begin(c, &p);
	add_programs(c);
	add_collection(c, &collection_projects, p.published);
	add_collection(c, &collection_districts, p.published);
	for (size_t i = 0; i < n; i++)
		add_collection(c, &layers[i], p.published);
	page_end(c, &p);
	return true;
}
