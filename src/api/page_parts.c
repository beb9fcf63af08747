#include "api/page_parts.h"

#include "api/fragment.h"
#include "api/items.h"
#include "base/array.h"

struct str page_pick(const struct feature *f, int first, int n, int lang)
{
	const struct value *own = &f->values[first + lang];

	if (lang < n && own->type == VALUE_TEXT && own->text.len)
		return own->text;
	for (int i = 0; i < n; i++) {
		const struct value *v = &f->values[first + i];

		if (v->type == VALUE_TEXT && v->text.len)
			return v->text;
	}
	return (struct str){ 0 };
}

struct str page_code(
    const struct codelist *list, const struct value *v, int lang)
{
	int code;

	if (v->type != VALUE_TEXT)
		return (struct str){ 0 };
	code = codes_find(list, v->text);
	return code < 0 ? v->text : str_from(list->codes[code].title[lang]);
}

/* --- sums ----------------------------------------------------------------- */

void page_sum(struct call *c, int64_t sum, uint64_t missing, uint64_t count,
    enum text_id note)
{
	struct buf *b = call_text(c);

	if (count && missing == count) {
		page_text(c, TEXT_NOT_PUBLISHED);
		return;
	}
	html_money(b, sum, c->lang);
	if (!missing)
		return;
	buf_add_text(b, " <small>(");
	page_text(c, note);
	buf_add_text(b, ": ");
	html_number(b, (int64_t)missing, c->lang);
	buf_add_text(b, ")</small>");
}

static void add_sum(struct call *c, enum text_id title, int64_t sum,
    uint64_t missing, uint64_t count)
{
	page_row(c, title);
	page_sum(c, sum, missing, count, TEXT_NOT_COUNTED);
	page_row_end(c);
}

static void add_count(struct call *c, enum text_id title, uint64_t n)
{
	page_row(c, title);
	html_number(call_text(c), (int64_t)n, c->lang);
	page_row_end(c);
}

void page_sums(struct call *c, const struct search_sums *s)
{
	page_table(c, "facts", TEXT_MONEY);
	buf_add_text(call_text(c), "<tbody>\n");
	add_count(c, TEXT_COUNT, s->count);
	add_sum(c, TEXT_PLANNED, s->planned, s->missing_planned, s->count);
	add_sum(
	    c, TEXT_CONTRACTED, s->contracted, s->missing_contracted, s->count);
	add_sum(c, TEXT_PAID, s->paid, s->missing_paid, s->count);
	if (s->planned_with_paid > 0) {
		page_row(c, TEXT_SHARE_PAID);
		html_share(call_text(c),
		    (double)s->paid_of_planned / (double)s->planned_with_paid,
		    c->lang);
		page_row_end(c);
	}
	add_count(c, TEXT_OVERDUE, s->overdue);
	if (s->overdue)
		add_sum(c, TEXT_OVERDUE_PLANNED, s->overdue_planned, 0, 1);
	page_table_end(c);
}

/* --- a list of projects --------------------------------------------------- */

static int64_t amount(const struct value *v)
{
	return v->type == VALUE_MONEY ? v->integer : MONEY_UNKNOWN;
}

static bool is_true(const struct value *v)
{
	return v->type == VALUE_BOOL && v->integer;
}

static void add_project(
    struct call *c, const struct feature *f, const struct names *names)
{
	const struct value *v = f->values;
	struct buf *b = call_text(c);

	buf_add_text(b, "<tr><td>");
	page_link(c, "/p/", f->public_id,
	    page_pick(f, PROJECT_TITLE_KK, LANG_COUNT, c->lang));
	buf_add_text(b, "</td><td>");
	html_text(b, page_code(&codes_status, &v[PROJECT_STATUS], c->lang));
	if (is_true(&v[PROJECT_OVERDUE])) {
		buf_add_text(b, ", <strong class=\"late\">");
		page_text(c, TEXT_OVERDUE);
		buf_add_text(b, "</strong>");
	}
	buf_add_text(b, "</td><td>");
	if (v[PROJECT_DISTRICT].type == VALUE_TEXT)
		html_text(
		    b, names_title(names, v[PROJECT_DISTRICT].text, c->lang));
	else
		page_text(c, TEXT_NO_DISTRICT);
	buf_add_text(b, "</td><td class=\"num\">");
	page_money(c, amount(&v[PROJECT_PLANNED]));
	buf_add_text(b, "</td><td class=\"num\">");
	page_money(c, amount(&v[PROJECT_PAID]));
	buf_add_text(b, "</td></tr>\n");
}

static void add_local_self(struct call *c, const struct url_change *change)
{
	url_add_local(&c->scratch, c, "");
	url_add_encoded(&c->scratch, c->x->request->path, true);
	url_add_query(&c->scratch, c, change, 1);
}

static void add_pager_link(
    struct call *c, enum text_id text, const char *rel, struct str cursor)
{
	const struct url_change change = { "cursor", cursor };

	add_local_self(c, &change);
	buf_add_format(call_text(c), "<a rel=\"%s\" href=\"", rel);
	html_url(call_text(c), buf_str(&c->scratch));
	buf_add_text(call_text(c), "\">");
	page_text(c, text);
	buf_add_text(call_text(c), "</a> ");
	buf_reset(&c->scratch);
}

static void add_pager(
    struct call *c, const struct source *s, const struct search_page *p)
{
	struct str next = items_next(c, s, p);
	struct buf *b = call_text(c);

	buf_add_text(b, "<nav class=\"pager\" aria-label=\"");
	html_attr(b, str_from(text_of(TEXT_PAGES, c->lang)));
	buf_add_text(b, "\">\n<p>");
	page_text(c, TEXT_SHOWN);
	buf_add_text(b, ": ");
	html_number(b, p->returned, c->lang);
	buf_add_text(b, " / ");
	html_number(b, (int64_t)p->matched, c->lang);
	buf_add_text(b, "</p>\n");
	if (s->query.after.set)
		add_pager_link(c, TEXT_FIRST_PAGE, "first", (struct str){ 0 });
	if (next.len)
		add_pager_link(c, TEXT_NEXT_PAGE, "next", next);
	buf_add_text(b, "</nav>\n");
}

static bool add_rows(struct call *c, const struct source *s,
    const struct search_run *run, const struct names *names, bool *demo,
    struct err *e)
{
	for (uint32_t i = 0; i < run->count; i++) {
		struct feature f;

		if (!fragment_read(
			&f, s->snapshot, run->first + i, c->x->arena, e))
			return false;
		add_project(c, &f, names);
		*demo = *demo || is_true(&f.values[PROJECT_DEMO]);
	}
	return true;
}

bool page_projects(struct call *c, const struct source *s,
    const struct search_page *p, const struct names *names, bool *demo,
    struct err *e)
{
	static const enum text_id heads[] = { TEXT_TITLE, TEXT_STATUS,
		TEXT_DISTRICT, TEXT_PLANNED, TEXT_PAID };

	if (!p->returned) {
		buf_add_text(call_text(c), "<p class=\"note\">");
		page_text(c, TEXT_NO_PROJECTS);
		buf_add_text(call_text(c), ".</p>\n");
		return true;
	}
	page_table(c, NULL, TEXT_PROJECTS);
	page_heads(c, heads, LENGTH(heads), 3);
	for (size_t i = 0; i < p->n_runs; i++)
		if (!add_rows(c, s, &p->runs[i], names, demo, e))
			return false;
	page_table_end(c);
	add_pager(c, s, p);
	return true;
}

/* --- the filter ----------------------------------------------------------- */

static void add_option(
    struct call *c, const char *value, const char *title, bool chosen)
{
	buf_add_text(call_text(c), "<option value=\"");
	html_attr(call_text(c), str_from(value));
	buf_add_text(call_text(c), chosen ? "\" selected>" : "\">");
	html_text(call_text(c), str_from(title));
	buf_add_text(call_text(c), "</option>");
}

static void add_select(
    struct call *c, const struct param *row, enum text_id title)
{
	struct str chosen = params_text(&c->params, row->name);

	buf_add_text(call_text(c), "<label>");
	page_text(c, title);
	buf_add_format(call_text(c), " <select name=\"%s\">", row->name);
	add_option(c, "", text_of(TEXT_ANY, c->lang), !chosen.len);
	for (size_t i = 0; i < row->codes->n; i++)
		add_option(c, row->codes->codes[i].code,
		    row->codes->codes[i].title[c->lang],
		    str_is(chosen, row->codes->codes[i].code));
	buf_add_text(call_text(c), "</select></label>\n");
}

void page_filter(struct call *c)
{
	struct buf *b = call_text(c);

	url_add_local(&c->scratch, c, "");
	url_add_encoded(&c->scratch, c->x->request->path, true);
	buf_add_text(b, "<form class=\"filter\" method=\"get\" action=\"");
	html_url(b, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	buf_add_format(b,
	    "\">\n<input type=\"hidden\" name=\"lang\" value=\"%s\">\n<label>",
	    lang_codes[c->lang]);
	page_text(c, TEXT_SEARCH);
	buf_add_format(b,
	    " <input type=\"search\" name=\"q\" maxlength=\"%d\" value=\"",
	    QUERY_TEXT_MAX / 4);
	html_attr(b, params_text(&c->params, param_q.name));
	buf_add_text(b, "\"></label>\n");
	add_select(c, &param_status, TEXT_STATUS);
	add_select(c, &param_category, TEXT_CATEGORY);
	add_select(c, &param_work_kind, TEXT_WORK_KIND);
	buf_add_text(b, "<button>");
	page_text(c, TEXT_FIND);
	buf_add_text(b, "</button>\n</form>\n");
}

void page_data(struct call *c)
{
	static const struct {
		enum format format;
		const char *title;
	} offers[] = { { FORMAT_GEOJSON, "GeoJSON" }, { FORMAT_KML, "KML" },
		{ FORMAT_CSV, "CSV" } };
	struct buf *b = call_text(c);

	buf_add_text(b, "<p class=\"data\">");
	page_text(c, TEXT_DOWNLOAD);
	buf_add_char(b, ':');
	for (size_t i = 0; i < LENGTH(offers); i++) {
		/* GeoJSON comes in pages, the others whole. */
		bool paged = offers[i].format == FORMAT_GEOJSON;
		const struct url_change changes[] = { { "cursor", { 0 } },
			{ "limit", str_from(paged ? "10000" : "") },
			{ "f",
			    str_from(
				codes_format.codes[offers[i].format].code) } };

		url_add_local(
		    &c->scratch, c, "/api/collections/projects/items");
		url_add_query(&c->scratch, c, changes, 3);
		buf_add_text(b, " <a href=\"");
		html_url(b, buf_str(&c->scratch));
		buf_add_format(b, "\">%s</a>", offers[i].title);
		buf_reset(&c->scratch);
	}
	buf_add_text(b, "</p>\n");
}
