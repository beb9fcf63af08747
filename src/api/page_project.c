#include "api/pages.h"

#include "api/items.h"
#include "api/media.h"
#include "api/page_parts.h"
#include "api/page_record.h"
#include "base/array.h"
#include "base/clock.h"
#include "store/projects.h"

struct view {
	struct call *c;
	struct names names;
	struct page page;
	struct str customer_en, contractor_en; /* none: no data */
	bool unchanged; /* the client holds it */
};

static bool is_true(const struct value *v)
{
	return v->type == VALUE_BOOL && v->integer;
}

/* A row with a text, left out where there is none. */
static void add_text(struct call *c, const char *title, struct str text)
{
	if (!text.len)
		return;
	page_fact(c, title);
	html_text(call_text(c), text);
	page_row_end(c);
}

static void add_intro(struct call *c, const struct feature *f)
{
	const struct value *v = f->values;
	struct buf *b = call_text(c);

	if (is_true(&v[PROJECT_DEMO])) {
		buf_add_text(b, "<p class=\"demo\">");
		page_text(c, TEXT_DEMO_PROJECT);
		buf_add_text(b, ".</p>\n");
	}
	buf_add_text(b, "<p><strong>");
	html_text(b, page_code(&codes_status, &v[PROJECT_STATUS], c->lang));
	buf_add_text(b, "</strong>");
	if (is_true(&v[PROJECT_OVERDUE])) {
		buf_add_text(b, " \xC2\xB7 <strong class=\"late\">");
		page_text(c, TEXT_OVERDUE);
		buf_add_text(b, "</strong>");
	}
	buf_add_text(b, " \xC2\xB7 ");
	html_text(
	    b, page_code(&codes_work_kind, &v[PROJECT_WORK_KIND], c->lang));
	buf_add_text(b, " \xC2\xB7 ");
	html_text(b, page_code(&codes_category, &v[PROJECT_CATEGORY], c->lang));
	buf_add_text(b, "</p>\n");
	page_map_link(c, "p", f->public_id);
}

/* A bar on the scale that all amounts of the project share. */
static void add_amount(
    struct call *c, enum text_id title, int64_t tiyn, int64_t scale)
{
	page_row(c, title);
	page_money(c, tiyn);
	if (tiyn != MONEY_UNKNOWN && scale > 0)
		buf_add_format(call_text(c),
		    " <meter class=\"bar\" aria-hidden=\"true\" min=\"0\" "
		    "max=\"%lld\" value=\"%lld\"></meter>",
		    (long long)(scale / 100), (long long)(tiyn / 100));
	page_row_end(c);
}

static int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void add_money(
    struct call *c, const struct facts *m, const struct value *progress)
{
	int64_t scale = larger(m->planned, larger(m->contracted, m->paid));

	page_facts(c, TEXT_MONEY);
	add_amount(c, TEXT_PLANNED, m->planned, scale);
	add_amount(c, TEXT_CONTRACTED, m->contracted, scale);
	add_amount(c, TEXT_PAID, m->paid, scale);
	page_row(c, TEXT_PROGRESS);
	if (progress->type == VALUE_NUMBER) {
		html_share(call_text(c), progress->number / 100, c->lang);
		buf_add_text(call_text(c),
		    " <progress class=\"bar\" aria-hidden=\"true\" "
		    "max=\"100\" value=\"");
		buf_add_double(call_text(c), progress->number, 1);
		buf_add_text(call_text(c), "\"></progress>");
	} else {
		page_text(c, TEXT_NOT_PUBLISHED);
	}
	page_row_end(c);
	page_table_end(c);
}

static void add_dates(struct call *c, const struct feature *f)
{
	static const enum project_field days[] = { PROJECT_PLANNED_START,
		PROJECT_PLANNED_END, PROJECT_ACTUAL_START, PROJECT_ACTUAL_END };

	page_facts(c, TEXT_DATES);
	for (size_t i = 0; i < LENGTH(days); i++) {
		const struct value *v = &f->values[days[i]];

		page_fact(c, project_schema.fields[days[i]].title[c->lang]);
		if (v->type == VALUE_DAY)
			html_day(call_text(c), (int32_t)v->integer, c->lang);
		else
			page_text(c, TEXT_NOT_PUBLISHED);
		page_row_end(c);
	}
	page_table_end(c);
}

static void add_place(
    struct call *c, const struct feature *f, const struct names *names)
{
	const struct value *v = f->values;

	page_facts(c, TEXT_PLACE);
	page_fact(c, text_of(TEXT_DISTRICT, c->lang));
	if (v[PROJECT_DISTRICT].type == VALUE_TEXT)
		page_link(c, "/d/", v[PROJECT_DISTRICT].text,
		    names_title(names, v[PROJECT_DISTRICT].text, c->lang));
	else
		page_text(c, TEXT_NO_DISTRICT);
	page_row_end(c);
	add_text(c, text_of(TEXT_ADDRESS, c->lang),
	    page_pick(f, PROJECT_ADDRESS_KK, LANG_COUNT, c->lang));
	add_text(c, project_schema.fields[PROJECT_FACILITY_TYPE].title[c->lang],
	    page_code(
		&codes_facility_type, &v[PROJECT_FACILITY_TYPE], c->lang));
	add_text(c, project_schema.fields[PROJECT_PRECISION].title[c->lang],
	    page_code(&codes_precision, &v[PROJECT_PRECISION], c->lang));
	page_table_end(c);
}

/* The English name stands in the record, the others in the feature. */
static void add_party(struct view *v, enum text_id title,
    const struct feature *f, enum project_field first, struct str english)
{
	enum { NAMES = 2 };
	struct call *c = v->c;

	add_text(c, text_of(title, c->lang),
	    c->lang == LANG_EN && english.len
		? english
		: page_pick(f, first, NAMES, c->lang));
}

static void add_parties(struct view *v, const struct feature *f)
{
	struct call *c = v->c;

	page_facts(c, TEXT_PARTIES);
	add_party(v, TEXT_CUSTOMER, f, PROJECT_CUSTOMER_KK, v->customer_en);
	add_party(
	    v, TEXT_CONTRACTOR, f, PROJECT_CONTRACTOR_KK, v->contractor_en);
	if (f->values[PROJECT_SOURCE].type == VALUE_TEXT)
		add_text(c, text_of(TEXT_SOURCE, c->lang),
		    f->values[PROJECT_SOURCE].text);
	if (f->values[PROJECT_AS_OF].type == VALUE_DAY) {
		page_fact(c, text_of(TEXT_AS_OF, c->lang));
		html_day(call_text(c),
		    (int32_t)f->values[PROJECT_AS_OF].integer, c->lang);
		page_row_end(c);
	}
	page_table_end(c);
}

static void add_data(struct call *c)
{
	static const enum format formats[] = { FORMAT_GEOJSON, FORMAT_KML,
		FORMAT_CSV };
	struct buf *b = call_text(c);

	buf_add_text(b, "<p class=\"data\">");
	page_text(c, TEXT_DOWNLOAD);
	buf_add_char(b, ':');
	for (size_t i = 0; i < LENGTH(formats); i++) {
		const struct code *f = &codes_format.codes[formats[i]];

		url_add_local(
		    &c->scratch, c, "/api/collections/projects/items");
		buf_add_char(&c->scratch, '/');
		url_add_encoded(&c->scratch, c->vars[0], false);
		buf_add_format(&c->scratch, "?f=%s", f->code);
		buf_add_text(b, " <a href=\"");
		html_url(b, buf_str(&c->scratch));
		buf_add_format(b, "\">%s</a>", f->title[c->lang]);
		buf_reset(&c->scratch);
	}
	buf_add_text(b, "</p>\n");
}

static struct str copy(struct call *c, struct str s)
{
	char *text = arena_copy(c->x->arena, s.data ? s.data : "", s.len);

	return (struct str){ text, text ? s.len : 0 };
}

static void add_part(struct call *c, enum text_id title, int64_t tiyn)
{
	if (tiyn == MONEY_UNKNOWN)
		return;
	buf_add_format(&c->scratch, ". %s: ", text_of(title, c->lang));
	html_money(&c->scratch, tiyn, c->lang);
}

/* For search engines and shared links: plain text. */
static struct str summarise(struct call *c, const struct project *p)
{
	struct str out;

	buf_add_str(
	    &c->scratch, page_code(&codes_status,
			     &p->feature.values[PROJECT_STATUS], c->lang));
	add_part(c, TEXT_PLANNED, p->facts.planned);
	add_part(c, TEXT_CONTRACTED, p->facts.contracted);
	add_part(c, TEXT_PAID, p->facts.paid);
	out = copy(c, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	return out;
}

static bool visit_project(void *context, const struct project *p, struct err *e)
{
	struct view *v = context;
	struct call *c = v->c;
	const struct feature *f = &p->feature;

	(void)e;
	v->unchanged =
	    answer_begin(c, MEDIA_HTML, p->change ^ v->names.mark, c->x->today);
	if (v->unchanged)
		return true;
	v->page = (struct page){
		.title = copy(
		    c, page_pick(f, PROJECT_TITLE_KK, LANG_COUNT, c->lang)),
		.description = summarise(c, p),
		.path = "/p/",
		.var = c->vars[0],
	};
	page_begin(c, &v->page);
	add_intro(c, f);
	add_money(c, &p->facts, &f->values[PROJECT_PROGRESS]);
	add_dates(c, f);
	add_place(c, f, &v->names);
	add_parties(v, f);
	return true;
}

static bool visit_english(
    void *context, const struct part_cell *cells, struct err *e)
{
	struct view *v = context;
	size_t n;
	const struct part_column *columns =
	    project_part_columns(PART_RECORD, &n);

	(void)e;
	for (size_t i = 0; i < n; i++) {
		struct str name = str_from(columns[i].name);

		if (cells[i].null)
			continue;
		if (str_is(name, "customer_en"))
			v->customer_en = copy(v->c, cells[i].text);
		if (str_is(name, "contractor_en"))
			v->contractor_en = copy(v->c, cells[i].text);
	}
	return true;
}

static bool write_page(struct view *v, struct err *e)
{
	struct call *c = v->c;
	int64_t id;

	if (!projects_find(c->x->db, c->vars[0], &id, e))
		return false;
	if (c->lang == LANG_EN &&
	    !projects_part(c->x->db, id, PART_RECORD, visit_english, v, e))
		return false;
	if (!projects_get(c->x->db, id, c->x->today, visit_project, v, e))
		return false;
	if (v->unchanged)
		return true;
	if (!page_record_facts(c, id, e) || !page_record(c, id, e))
		return false;
	add_data(c);
	page_end(c, &v->page);
	return true;
}

bool page_project(struct call *c, struct err *e)
{
	struct view v = { .c = c };
	bool done;

	if (!c->x->db)
		return err_set(
		    e, ERR_DAMAGED, "the data cannot be read at the moment");
	if (!names_read(&v.names, c, e) || !db_read_begin(c->x->db, e))
		return false;
	done = write_page(&v, e);
	db_read_end(c->x->db);
	return done;
}
