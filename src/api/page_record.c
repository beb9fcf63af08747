#include "api/page_record.h"

#include "base/clock.h"
#include "store/projects.h"

#include <string.h>

enum { COLUMNS_MAX = 32, NUMBER_DIGITS = 2 };

/* A column as it is shown: a text in three languages is one. */
struct shown {
	size_t first; /* of the part's columns */
	int languages; /* that follow one another from the first; 1: none */
	const char *title;
};

struct table {
	struct call *c;
	enum project_part part;
	const struct part_column *columns;
	struct shown shown[COLUMNS_MAX];
	size_t n_shown;
	bool begun;
};

static bool ends_with(struct str s, const char *tail)
{
	struct str t = str_from(tail);

	return s.len > t.len &&
	       str_is((struct str){ s.data + s.len - t.len, t.len }, tail);
}

/* Whether the column stands beside the one named stem_kk, in that language. */
static bool is_sister(const char *column, struct str stem, int lang)
{
	struct str name = str_from(column);

	return name.len == stem.len + 3 &&
	       !memcmp(name.data, stem.data, stem.len) &&
	       name.data[stem.len] == '_' &&
	       !strcmp(name.data + stem.len + 1, lang_codes[lang]);
}

/* "title_kk" is shown as "title", with what "title_ru" and "title_en" hold
 * where it is empty. An id is not shown beside what it is called. */
static struct shown look_at(const struct table *t, size_t i, size_t n)
{
	struct shown s = { .first = i, .languages = 1 };
	struct str name = str_from(t->columns[i].name);

	if (ends_with(name, "_kk")) {
		name.len -= sizeof("_kk") - 1;
		while (s.languages < LANG_COUNT &&
		       i + (size_t)s.languages < n &&
		       is_sister(t->columns[i + (size_t)s.languages].name, name,
			   s.languages))
			s.languages++;
	} else if (i + 1 < n &&
		   is_sister(t->columns[i + 1].name, name, LANG_KK)) {
		return s;
	}
	s.title = text_column(name, t->c->lang);
	return s;
}

static void choose(struct table *t, size_t n)
{
	for (size_t i = 0; i < n && t->n_shown < COLUMNS_MAX;) {
		struct shown s = look_at(t, i, n);

		if (s.title)
			t->shown[t->n_shown++] = s;
		i += (size_t)s.languages;
	}
}

static void begin(struct table *t)
{
	struct buf *b = call_text(t->c);
	const char *title =
	    text_column(str_from(project_part_name(t->part)), t->c->lang);

	buf_add_text(b, "<h2>");
	html_text(b, str_from(title));
	buf_add_text(b,
	    "</h2>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" "
	    "aria-label=\"");
	html_attr(b, str_from(title));
	buf_add_text(b, "\"><table>\n<thead><tr>");
	for (size_t i = 0; i < t->n_shown; i++) {
		buf_add_text(b, "<th scope=\"col\">");
		html_text(b, str_from(t->shown[i].title));
		buf_add_text(b, "</th>");
	}
	buf_add_text(b, "</tr></thead>\n<tbody>\n");
	t->begun = true;
}

static void add_link(struct buf *b, struct str url)
{
	buf_add_text(b, "<a rel=\"external nofollow\" href=\"");
	html_url(b, url);
	buf_add_text(b, "\">");
	html_text(b, url);
	buf_add_text(b, "</a>");
}

static void add_string(struct table *t, const char *column, struct str s)
{
	struct buf *b = call_text(t->c);
	const char *word = text_value(s, t->c->lang);
	int level = codes_find(&codes_budget_level, s);
	char copy[CLOCK_DAY_SIZE] = "";
	int32_t day;

	/* A day, or a stamp that begins with one. */
	if (s.len == CLOCK_DAY_SIZE - 1 || s.len == CLOCK_STAMP_SIZE - 1)
		memcpy(copy, s.data, CLOCK_DAY_SIZE - 1);
	if (str_is(str_from(column), "url"))
		add_link(b, s);
	else if (str_is(str_from(column), "budget_level") && level >= 0)
		html_text(
		    b, str_from(
			   codes_budget_level.codes[level].title[t->c->lang]));
	else if (copy[0] && clock_day_parse(copy, &day))
		html_day(b, day, t->c->lang);
	else
		html_text(b, word ? str_from(word) : s);
}

static void add_cell(struct table *t, const struct part_column *column,
    const struct part_cell *cell)
{
	struct buf *b = call_text(t->c);

	if (cell->null)
		return;
	switch (column->type) {
	case PART_MONEY:
		html_money(b, cell->integer, t->c->lang);
		break;
	case PART_INT:
		buf_add_int(b, cell->integer);
		break;
	case PART_NUMBER:
		buf_add_double(b, cell->number, NUMBER_DIGITS);
		break;
	case PART_TEXT:
		add_string(t, column->name, cell->text);
		break;
	}
}

/* The text of the page's language, else the first there is. */
static const struct part_cell *pick(
    const struct table *t, const struct shown *s, const struct part_cell *cells)
{
	const struct part_cell *first = &cells[s->first];

	if (t->c->lang < s->languages && !first[t->c->lang].null)
		return &first[t->c->lang];
	for (int i = 0; i < s->languages; i++)
		if (!first[i].null)
			return &first[i];
	return first;
}

static bool visit(void *context, const struct part_cell *cells, struct err *e)
{
	struct table *t = context;
	struct buf *b = call_text(t->c);

	(void)e;
	if (!t->begun)
		begin(t);
	buf_add_text(b, "<tr>");
	for (size_t i = 0; i < t->n_shown; i++) {
		const struct part_column *column =
		    &t->columns[t->shown[i].first];
		bool text = column->type == PART_TEXT;

		buf_add_text(b, text ? "<td>" : "<td class=\"num\">");
		add_cell(t, column, pick(t, &t->shown[i], cells));
		buf_add_text(b, "</td>");
	}
	buf_add_text(b, "</tr>\n");
	return true;
}

/* The one row of what the feature does not carry, a fact a line. */
static bool visit_facts(
    void *context, const struct part_cell *cells, struct err *e)
{
	struct table *t = context;
	struct call *c = t->c;

	(void)e;
	for (size_t i = 0; i < t->n_shown; i++) {
		const struct part_cell *cell = pick(t, &t->shown[i], cells);

		if (cell->null)
			continue;
		if (!t->begun)
			page_facts(c, TEXT_ABOUT);
		t->begun = true;
		page_fact(c, t->shown[i].title);
		add_cell(t, &t->columns[t->shown[i].first], cell);
		page_row_end(c);
	}
	return true;
}

bool page_record_facts(struct call *c, int64_t id, struct err *e)
{
	struct table t = { .c = c, .part = PART_RECORD };
	size_t n;

	t.columns = project_part_columns(t.part, &n);
	choose(&t, n);
	if (!projects_part(c->x->db, id, t.part, visit_facts, &t, e))
		return false;
	if (t.begun)
		page_table_end(c);
	return true;
}

bool page_record(struct call *c, int64_t id, struct err *e)
{
	for (int part = PART_RECORD + 1; part < PART_COUNT; part++) {
		struct table t = { .c = c, .part = (enum project_part)part };
		size_t n;

		t.columns = project_part_columns(t.part, &n);
		choose(&t, n);
		if (!t.n_shown ||
		    !text_column(str_from(project_part_name(t.part)), c->lang))
			continue;
		if (!projects_part(c->x->db, id, t.part, visit, &t, e))
			return false;
		if (t.begun)
			page_table_end(c);
	}
	return true;
}
