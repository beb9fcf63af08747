#include "api/pages.h"

#include "api/media.h"
#include "api/page_parts.h"
#include "api/rows.h"
#include "base/array.h"

/* Everything the page of one district, or of the oblast, is made of. */
struct view {
	struct source source;
	struct search_page page;
	struct search_sums total;
	struct search_sums *districts; /* of the oblast only */
	struct names names;
	struct str kato; /* empty: the oblast */
};

/* The district lies in the path of the page, but in the query of what the page
 * is made from: all that was asked, and the district. */
static struct params widen(const struct params *asked, struct str kato)
{
	struct params out = { .table = &table_list_page };

	for (size_t i = 0; i < out.table->n; i++) {
		const struct param *row = out.table->rows[i];

		if (row == &param_district)
			out.values[i] = kato;
		for (size_t k = 0; k < asked->table->n; k++)
			if (asked->table->rows[k] == row)
				out.values[i] = asked->values[k];
	}
	return out;
}

static bool find_source(struct source *out, const struct view *v,
    struct call *c, enum source_scope scope, struct err *e)
{
	struct params asked = c->params;
	bool found;

	if (v->kato.len)
		c->params = widen(&asked, v->kato);
	found = source_projects(out, c, scope, e);
	c->params = asked;
	return found;
}

/* Sums cover all that is selected; a page read by SQL holds only the page, so
 * all is read for them. */
static bool sum(struct view *v, struct call *c, struct err *e)
{
	struct source all = v->source;
	enum search_group by = v->kato.len ? GROUP_NONE : GROUP_DISTRICT;
	struct query q;

	if (all.selected && !find_source(&all, v, c, SOURCE_ALL, e))
		return false;
	v->districts = arena_array(c->x->arena,
	    search_group_count(all.snapshot, by) + 1, sizeof(*v->districts));
	if (!v->districts)
		return err_no_room(e);
	q = source_filter(&all);
	return search_sum(&v->total, v->districts, by, all.snapshot, &q,
	    source_text(&all), c->x->arena, e);
}

static void add_district_row(struct call *c, struct str kato, struct str title,
    const struct search_sums *s)
{
	struct buf *b = call_text(c);

	buf_add_text(b, "<tr><td>");
	if (kato.len)
		page_link(c, "/d/", kato, title);
	else
		html_text(b, title);
	buf_add_text(b, "</td><td class=\"num\">");
	html_number(b, (int64_t)s->count, c->lang);
	buf_add_text(b, "</td><td class=\"num\">");
	page_sum(c, s->planned, s->missing_planned, s->count, TEXT_MISSING);
	buf_add_text(b, "</td><td class=\"num\">");
	page_sum(
	    c, s->contracted, s->missing_contracted, s->count, TEXT_MISSING);
	buf_add_text(b, "</td><td class=\"num\">");
	page_sum(c, s->paid, s->missing_paid, s->count, TEXT_MISSING);
	buf_add_text(b, "</td><td class=\"num\">");
	html_number(b, (int64_t)s->overdue, c->lang);
	buf_add_text(b, "</td></tr>\n");
}

static void add_districts(struct call *c, const struct view *v)
{
	static const enum text_id heads[] = { TEXT_DISTRICT, TEXT_COUNT,
		TEXT_PLANNED, TEXT_CONTRACTED, TEXT_PAID, TEXT_OVERDUE };
	const struct snapshot_info *info = v->source.info;
	struct buf *b = call_text(c);

	buf_add_text(b, "<h2>");
	page_text(c, TEXT_DISTRICTS);
	buf_add_text(b, "</h2>\n");
	page_table(c, NULL, TEXT_DISTRICTS);
	page_heads(c, heads, LENGTH(heads), 1);
	for (size_t i = 0; i < info->n_katos; i++)
		add_district_row(c, info->katos[i],
		    names_title(&v->names, info->katos[i], c->lang),
		    &v->districts[i]);
	add_district_row(c, (struct str){ 0 },
	    str_from(text_of(TEXT_NO_DISTRICT, c->lang)),
	    &v->districts[info->n_katos]);
	page_table_end(c);
}

/* Where the page told of demonstration data: known only when its rows are
 * written, but to be read first. */
static bool add_projects(struct call *c, const struct view *v, struct err *e)
{
	struct response *r = c->x->response;
	struct buf rows = r->text;
	bool demo = false, done;

	buf_init(&r->text, RESPONSE_BODY_MAX);
	done = page_projects(c, &v->source, &v->page, &v->names, &demo, e);
	if (demo) {
		buf_add_text(&rows, "<p class=\"demo\">");
		html_text(&rows, str_from(text_of(TEXT_DEMO_NOTE, c->lang)));
		buf_add_text(&rows, ".</p>\n");
	}
	buf_add_text(&rows, "<h2>");
	html_text(&rows, str_from(text_of(TEXT_PROJECTS, c->lang)));
	buf_add_text(&rows, "</h2>\n");
	buf_add_str(&rows, buf_str(&r->text));
	rows.failed = rows.failed || r->text.failed;
	buf_free(&r->text);
	r->text = rows;
	return done;
}

static void add_data(struct call *c, const struct view *v)
{
	struct params asked = c->params;

	if (v->kato.len)
		c->params = widen(&asked, v->kato);
	page_data(c);
	c->params = asked;
}

static bool write_page(
    struct call *c, const struct view *v, const struct page *p, struct err *e)
{
	page_begin(c, p);
	if (v->kato.len)
		page_map_link(c, "district", v->kato);
	page_sums(c, &v->total);
	if (!v->kato.len)
		add_districts(c, v);
	page_filter(c);
	if (!add_projects(c, v, e))
		return false;
	add_data(c, v);
	page_end(c, p);
	return true;
}

static void add_amount(struct call *c, enum text_id title, int64_t sum)
{
	buf_add_format(&c->scratch, ". %s: ", text_of(title, c->lang));
	html_money(&c->scratch, sum, c->lang);
}

/* For search engines and shared links: plain text. */
static struct str summarise(struct call *c, const struct search_sums *s)
{
	struct buf *b = &c->scratch;
	struct str out;

	buf_add_format(b, "%s: ", text_of(TEXT_PROJECTS, c->lang));
	html_number(b, (int64_t)s->count, c->lang);
	if (s->missing_planned < s->count)
		add_amount(c, TEXT_PLANNED, s->planned);
	if (s->missing_paid < s->count)
		add_amount(c, TEXT_PAID, s->paid);
	out.data = arena_copy(c->x->arena, b->data, b->len);
	out.len = out.data ? b->len : 0;
	buf_reset(b);
	return out;
}

static struct page describe(struct call *c, const struct view *v)
{
	struct page p = {
		.path = "/d/",
		.var = v->kato,
		.description = summarise(c, &v->total),
		.passing = v->source.query.after.set ||
			   query_has_filter(&v->source.query),
		.published = v->source.info->published,
	};

	if (v->kato.len) {
		p.title = names_title(&v->names, v->kato, c->lang);
		/* The district itself is a filter of the query. */
		p.passing = v->source.query.after.set;
	} else {
		p.title = str_from(text_of(TEXT_OBLAST, c->lang));
	}
	return p;
}

static bool show(struct view *v, struct call *c, struct err *e)
{
	struct page p;

	if (!find_source(&v->source, v, c, SOURCE_PAGE, e))
		return false;
	if (answer_begin(
		c, MEDIA_HTML, v->source.info->version, v->source.info->day))
		return true;
	if (!source_page(&v->page, &v->source, c, e) || !sum(v, c, e))
		return false;
	p = describe(c, v);
	return write_page(c, v, &p, e);
}

bool page_oblast(struct call *c, struct err *e)
{
	struct view v = { 0 };

	return names_read(&v.names, c, e) && show(&v, c, e);
}

bool page_district(struct call *c, struct err *e)
{
	struct view v = { .kato = c->vars[0] };

	if (!names_read(&v.names, c, e))
		return false;
	if (!names_find(&v.names, v.kato))
		return err_set(e, ERR_MISSING, "there is no such district");
	return show(&v, c, e);
}
