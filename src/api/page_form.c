#include "api/page_form.h"

#include "api/page.h"

#include <string.h>

static void add_option(
    struct call *c, const char *value, struct str title, bool chosen)
{
	buf_add_text(call_text(c), "<option value=\"");
	html_attr(call_text(c), str_from(value));
	buf_add_text(call_text(c), chosen ? "\" selected>" : "\">");
	html_text(call_text(c), title);
	buf_add_text(call_text(c), "</option>");
}

static void begin_select(struct call *c, const struct param *row,
    const char *unset, struct str value)
{
	buf_add_format(call_text(c), "<select name=\"%s\">", row->name);
	add_option(c, "", str_from(unset), !value.len);
}

/* What nothing chosen means: the default, or any. */
static void add_codes(struct call *c, const struct param *row, struct str value)
{
	int fallback = row->fallback
			   ? codes_find(row->codes, str_from(row->fallback))
			   : -1;
	const char *unset = fallback < 0
				? text_of(TEXT_ANY, c->lang)
				: row->codes->codes[fallback].title[c->lang];

	if (row->fallback && str_is(value, row->fallback))
		value = (struct str){ 0 };
	begin_select(c, row, unset, value);
	for (size_t i = 0; i < row->codes->n; i++)
		if ((int)i != fallback)
			add_option(c, row->codes->codes[i].code,
			    str_from(row->codes->codes[i].title[c->lang]),
			    str_is(value, row->codes->codes[i].code));
	buf_add_text(call_text(c), "</select>");
}

static void add_bool(struct call *c, const struct param *row, struct str value)
{
	begin_select(c, row, text_of(TEXT_ANY, c->lang), value);
	add_option(c, "true", str_from(text_of(TEXT_YES, c->lang)),
	    str_is(value, "true"));
	add_option(c, "false", str_from(text_of(TEXT_NO, c->lang)),
	    str_is(value, "false"));
	buf_add_text(call_text(c), "</select>");
}

/* KATO codes are in the arena, each followed by something else. */
static void add_district(struct call *c, const struct param *row,
    struct str value, const struct names *names)
{
	begin_select(c, row, text_of(TEXT_ANY, c->lang), value);
	for (size_t i = 0; i < names->n; i++) {
		struct str kato = names->rows[i].kato;

		buf_add_text(call_text(c), "<option value=\"");
		html_attr(call_text(c), kato);
		buf_add_text(call_text(c),
		    str_equal(value, kato) ? "\" selected>" : "\">");
		html_text(call_text(c), names_title(names, kato, c->lang));
		buf_add_text(call_text(c), "</option>");
	}
	add_option(c, "none", str_from(text_of(TEXT_NO_DISTRICT, c->lang)),
	    str_is(value, "none"));
	buf_add_text(call_text(c), "</select>");
}

/* How a field is typed, by the type of its parameter. */
static const struct {
	const char *type, *example;
	bool range, fraction;
} inputs[] = {
	[PARAM_BBOX] = { "text", "67,41,71,45", false, false },
	[PARAM_INT] = { "number", "", true, false },
	[PARAM_NUMBER] = { "number", "", true, true },
	[PARAM_MONEY] = { "text", "1000000", false, false },
	[PARAM_YEARS] = { "text", "2025", false, false },
	[PARAM_DATETIME] = { "text", "2025-01-01/..", false, false },
	[PARAM_DAY] = { "date", "", false, false },
	[PARAM_TIME] = { "text", "2026-01-31T12:00:00Z", false, false },
	[PARAM_FILTER] = { "text", "planned > 1000000", false, false },
	[PARAM_TEXT] = { "search", "", false, false },
	[PARAM_TOKEN] = { "text", "", false, false },
	[PARAM_CODES] = { "text", "", false, false },
	[PARAM_NAMES] = { "text", "id", false, false },
	[PARAM_DISTRICT] = { "text", "611000000", false, false },
};

static void add_input(struct call *c, const struct param *row, struct str value)
{
	struct buf *b = call_text(c);

	buf_add_format(b, "<input name=\"%s\" type=\"%s\"", row->name,
	    inputs[row->type].type);
	if (inputs[row->type].range)
		buf_add_format(b, " min=\"%g\" max=\"%g\"", row->min, row->max);
	if (inputs[row->type].fraction)
		buf_add_text(b, " step=\"any\"");
	if (row->flags & PARAM_SIGNED)
		buf_add_text(b, " placeholder=\"-id\"");
	else if (*inputs[row->type].example)
		buf_add_format(
		    b, " placeholder=\"%s\"", inputs[row->type].example);
	buf_add_text(b, " value=\"");
	html_attr(b, value);
	buf_add_text(b, "\">");
}

/* A list of several codes is more than a choice can show. */
static bool is_several(struct str value)
{
	return value.len && memchr(value.data, ',', value.len);
}

static void add_field(
    struct call *c, const struct param *row, const struct names *names)
{
	struct str value = { 0 };

	if (params_has(&c->params, row->name))
		value = params_text(&c->params, row->name);
	buf_add_format(call_text(c), "<label><code>%s</code> ", row->name);
	if (row->type == PARAM_BOOL)
		add_bool(c, row, value);
	else if (row->codes && !is_several(value))
		add_codes(c, row, value);
	else if (row->type == PARAM_DISTRICT && names && !is_several(value))
		add_district(c, row, value, names);
	else
		add_input(c, row, value);
	buf_add_text(call_text(c), "<small>");
	html_text(call_text(c), str_from(row->text[c->lang]));
	buf_add_text(call_text(c), "</small></label>\n");
}

/* A page is asked for at its beginning, as a page, in the same language. */
static bool is_shown(const struct param *row)
{
	return row != &param_cursor && row != &param_offset &&
	       row != &param_lang && strcmp(row->name, "f") != 0;
}

void page_form(struct call *c, const struct param_table *table, struct str path,
    const struct names *names)
{
	struct buf *b = call_text(c);

	url_add_local(&c->scratch, c, "");
	url_add_encoded(&c->scratch, path, true);
	buf_add_text(b, "<form class=\"fields\" method=\"get\" action=\"");
	html_url(b, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	buf_add_format(b,
	    "\">\n<input type=\"hidden\" name=\"f\" value=\"html\">\n"
	    "<input type=\"hidden\" name=\"lang\" value=\"%s\">\n",
	    lang_codes[c->lang]);
	for (size_t i = 0; i < table->n; i++)
		if (is_shown(table->rows[i]))
			add_field(c, table->rows[i], names);
	buf_add_text(b, "<p><button>");
	page_text(c, TEXT_FIND);
	buf_add_text(b, "</button></p>\n</form>\n");
}
