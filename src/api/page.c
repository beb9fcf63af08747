#include "api/page.h"

#include "api/links.h"
#include "api/media.h"
#include "base/clock.h"
#include "http/problem_text.h"
#include "query/project.h"

void page_text(struct call *c, enum text_id id)
{
	html_text(call_text(c), str_from(text_of(id, c->lang)));
}

typedef void adder(struct buf *b, const struct call *c, const char *path);

/* The address of a page in a language (-1: none named), into scratch. */
static void make_address(
    struct call *c, adder *add, const char *path, struct str var, int lang)
{
	buf_reset(&c->scratch);
	add(&c->scratch, c, path);
	url_add_encoded(&c->scratch, var, false);
	if (lang >= 0)
		buf_add_format(&c->scratch, "?lang=%s", lang_codes[lang]);
}

static int asked_lang(const struct call *c)
{
	return c->params.table && params_has(&c->params, param_lang.name)
		   ? c->lang
		   : -1;
}

void page_link(
    struct call *c, const char *path, struct str var, struct str text)
{
	struct buf *b = call_text(c);

	make_address(c, url_add_local, path, var, asked_lang(c));
	buf_add_text(b, "<a href=\"");
	html_url(b, buf_str(&c->scratch));
	buf_add_text(b, "\">");
	html_text(b, text);
	buf_add_text(b, "</a>");
	buf_reset(&c->scratch);
}

void page_map_link(struct call *c, const char *name, struct str value)
{
	struct buf *b = call_text(c);

	url_add_local(&c->scratch, c, "/");
	buf_add_format(&c->scratch, "?%s=", name);
	url_add_encoded(&c->scratch, value, false);
	buf_add_format(&c->scratch, "&lang=%s", lang_codes[c->lang]);
	buf_add_text(b, "<p><a href=\"");
	html_url(b, buf_str(&c->scratch));
	buf_add_text(b, "\">");
	page_text(c, TEXT_ON_MAP);
	buf_add_text(b, "</a></p>\n");
	buf_reset(&c->scratch);
}

static void add_head_link(struct call *c, const char *rel, const char *lang)
{
	struct buf *b = call_text(c);

	buf_add_format(b, "<link rel=\"%s\"", rel);
	if (lang)
		buf_add_format(b, " hreflang=\"%s\"", lang);
	buf_add_text(b, " href=\"");
	html_url(b, buf_str(&c->scratch));
	buf_add_text(b, "\">\n");
}

static void add_meta(
    struct buf *b, const char *kind, const char *name, struct str content)
{
	buf_add_format(b, "<meta %s=\"%s\" content=\"", kind, name);
	html_attr(b, content);
	buf_add_text(b, "\">\n");
}

static void add_addresses(struct call *c, const struct page *p)
{
	make_address(c, url_add, p->path, p->var, asked_lang(c));
	add_head_link(c, "canonical", NULL);
	add_meta(call_text(c), "property", "og:url", buf_str(&c->scratch));
	for (int i = 0; i < LANG_COUNT; i++) {
		make_address(c, url_add, p->path, p->var, i);
		add_head_link(c, "alternate", lang_codes[i]);
	}
	make_address(c, url_add, p->path, p->var, -1);
	add_head_link(c, "alternate", "x-default");
	buf_reset(&c->scratch);
}

static void add_file(struct call *c, const char *rel, const char *path)
{
	buf_add_format(call_text(c), "<link rel=\"%s\" href=\"", rel);
	url_add_local(call_text(c), c, path);
	buf_add_text(call_text(c), "\">\n");
}

static void add_head(struct call *c, const struct page *p)
{
	static const char *const locales[] = { "kk_KZ", "ru_KZ", "en_GB" };
	struct buf *b = call_text(c);

	buf_add_format(b,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n<title>",
	    lang_codes[c->lang]);
	html_text(b, p->title);
	if (!str_is(p->title, c->x->site->title[c->lang])) {
		buf_add_text(b, " \xE2\x80\x94 ");
		html_text(b, str_from(c->x->site->title[c->lang]));
	}
	buf_add_text(b, "</title>\n");
	add_file(c, "icon", "/img/icon.svg");
	add_file(c, "stylesheet", "/css/tokens.css");
	add_file(c, "stylesheet", "/css/plain.css");
	add_meta(b, "name", "description", p->description);
	add_meta(b, "property", "og:type", str_from("website"));
	add_meta(b, "property", "og:title", p->title);
	add_meta(b, "property", "og:description", p->description);
	add_meta(b, "property", "og:locale", str_from(locales[c->lang]));
	add_meta(b, "property", "og:site_name",
	    str_from(c->x->site->title[c->lang]));
	if (p->path)
		add_addresses(c, p);
	if (p->links)
		links_head(p->links);
	if (p->passing)
		add_meta(b, "name", "robots", str_from("noindex, follow"));
	buf_add_text(b, "</head>\n");
}

static void add_local_self(struct call *c, const struct url_change *change)
{
	url_add_local(&c->scratch, c, "");
	url_add_encoded(&c->scratch, c->x->request->path, true);
	url_add_query(&c->scratch, c, change, 1);
}

/* The same view in each language. */
static void add_languages(struct call *c)
{
	static const char *const names[] = { "Қазақша", "Русский", "English" };
	struct buf *b = call_text(c);

	buf_add_text(b, "<nav class=\"langs\" aria-label=\"");
	html_attr(b, str_from(text_of(TEXT_LANGUAGE, c->lang)));
	buf_add_text(b, "\">");
	for (int i = 0; i < LANG_COUNT; i++) {
		const struct url_change lang = { "lang",
			str_from(lang_codes[i]) };

		if (c->params.table)
			add_local_self(c, &lang);
		else
			make_address(
			    c, url_add_local, "/d/", (struct str){ 0 }, i);
		buf_add_format(b, "<a lang=\"%s\" hreflang=\"%s\"%s href=\"",
		    lang_codes[i], lang_codes[i],
		    i == c->lang ? " aria-current=\"true\"" : "");
		html_url(b, buf_str(&c->scratch));
		buf_add_format(b, "\">%s</a> ", names[i]);
		buf_reset(&c->scratch);
	}
	buf_add_text(b, "</nav>\n");
}

void page_begin(struct call *c, const struct page *p)
{
	struct buf *b = call_text(c);
	const struct str none = { 0 };

	add_head(c, p);
	buf_add_text(b, "<body>\n<a class=\"skip\" href=\"#main\">");
	page_text(c, TEXT_SKIP);
	buf_add_text(b, "</a>\n<header class=\"site\">\n<p><strong>");
	html_text(b, str_from(c->x->site->title[c->lang]));
	buf_add_text(b, "</strong></p>\n<nav aria-label=\"");
	html_attr(b, str_from(text_of(TEXT_MENU, c->lang)));
	buf_add_text(b, "\">");
	page_link(c, "/", none, str_from(text_of(TEXT_MAP, c->lang)));
	buf_add_char(b, ' ');
	page_link(c, "/d/", none, str_from(text_of(TEXT_DISTRICTS, c->lang)));
	buf_add_char(b, ' ');
	page_link(c, "/words", none, str_from(text_of(TEXT_WORDS, c->lang)));
	buf_add_char(b, ' ');
	page_link(c, "/gis", none, str_from(text_of(TEXT_GIS, c->lang)));
	buf_add_text(b, "</nav>\n");
	add_languages(c);
	buf_add_text(b, "</header>\n<main id=\"main\">\n<h1>");
	html_text(b, p->title);
	buf_add_text(b, "</h1>\n");
}

static void add_published(struct call *c, int64_t published)
{
	char stamp[CLOCK_STAMP_SIZE];

	if (!published)
		return;
	clock_stamp(published, stamp);
	buf_add_text(call_text(c), "<p>");
	page_text(c, TEXT_PUBLISHED);
	buf_add_format(call_text(c), ": <time datetime=\"%s\">", stamp);
	html_day(call_text(c), clock_local_day(published), c->lang);
	buf_add_text(call_text(c), "</time></p>\n");
}

static void add_licence(struct call *c)
{
	const struct site *site = c->x->site;
	struct buf *b = call_text(c);

	buf_add_text(b, "<p>");
	html_text(b, str_from(site->attribution[c->lang]));
	if (*site->licence) {
		buf_add_text(b, ". ");
		page_text(c, TEXT_LICENCE);
		buf_add_text(b, ": <a rel=\"license\" href=\"");
		html_url(b, str_from(site->licence_url));
		buf_add_text(b, "\">");
		html_text(b, str_from(site->licence));
		buf_add_text(b, "</a>");
	}
	buf_add_text(b, "</p>\n");
}

void page_end(struct call *c, const struct page *p)
{
	struct buf *b = call_text(c);
	const struct str none = { 0 };

	buf_add_text(b, "</main>\n<footer>\n");
	add_published(c, p->published);
	add_licence(c);
	buf_add_text(b, "<p class=\"note\">");
	page_text(c, TEXT_GENERALISED);
	buf_add_text(b, ".</p>\n<p>");
	page_link(c, "/gis", none, str_from(text_of(TEXT_GIS, c->lang)));
	buf_add_text(b, " \xC2\xB7 ");
	page_link(c, "/api", none, str_from(text_of(TEXT_API, c->lang)));
	if (*c->x->site->contact) {
		buf_add_text(b, " \xC2\xB7 ");
		page_text(c, TEXT_CONTACT);
		buf_add_text(b, ": ");
		html_text(b, str_from(c->x->site->contact));
	}
	buf_add_text(b, "</p>\n</footer>\n</body>\n</html>\n");
}

/* A frame that slides has to be reached by keyboard and to have a name. */
void page_table(struct call *c, const char *kind, enum text_id label)
{
	struct buf *b = call_text(c);

	if (kind) {
		buf_add_format(
		    b, "<div class=\"frame\"><table class=\"%s\">\n", kind);
		return;
	}
	buf_add_text(b, "<div class=\"wide\" role=\"region\" tabindex=\"0\" "
			"aria-label=\"");
	html_attr(b, str_from(text_of(label, c->lang)));
	buf_add_text(b, "\"><table>\n");
}

void page_facts(struct call *c, enum text_id title)
{
	buf_add_text(call_text(c), "<h2>");
	page_text(c, title);
	buf_add_text(call_text(c), "</h2>\n");
	page_table(c, "facts", title);
	buf_add_text(call_text(c), "<tbody>\n");
}

void page_table_end(struct call *c)
{
	buf_add_text(call_text(c), "</tbody>\n</table></div>\n");
}

void page_heads(struct call *c, const enum text_id *ids, size_t n, size_t words)
{
	buf_add_text(call_text(c), "<thead><tr>");
	for (size_t i = 0; i < n; i++) {
		buf_add_format(call_text(c), "<th scope=\"col\"%s>",
		    i < words ? "" : " class=\"num\"");
		page_text(c, ids[i]);
		buf_add_text(call_text(c), "</th>");
	}
	buf_add_text(call_text(c), "</tr></thead>\n<tbody>\n");
}

void page_fact(struct call *c, const char *title)
{
	buf_add_text(call_text(c), "<tr><th scope=\"row\">");
	html_text(call_text(c), str_from(title));
	buf_add_text(call_text(c), "</th><td>");
}

void page_row_end(struct call *c)
{
	buf_add_text(call_text(c), "</td></tr>\n");
}

void page_row(struct call *c, enum text_id title)
{
	buf_add_text(call_text(c), "<tr><th scope=\"row\">");
	page_text(c, title);
	buf_add_text(call_text(c), "</th><td class=\"num\">");
}

void page_money(struct call *c, int64_t tiyn)
{
	if (tiyn == MONEY_UNKNOWN)
		page_text(c, TEXT_NOT_PUBLISHED);
	else
		html_money(call_text(c), tiyn, c->lang);
}

void page_write_failure(struct call *c, const struct err *e)
{
	struct response *r = c->x->response;
	char text[PROBLEM_TEXT_SIZE];
	struct page p = { .title = str_from(text_of_failure(e->code, c->lang)),
		.passing = true };

	problem_text(text, e, c->lang);
	p.description = str_from(text);
	buf_reset(&r->text);
	buf_reset(&c->scratch);
	r->media = MEDIA_HTML;
	r->vary |= RESPONSE_VARY_ACCEPT | RESPONSE_VARY_LANGUAGE;
	page_begin(c, &p);
	buf_add_text(&r->text, "<p class=\"error\">");
	html_text(&r->text, str_from(text));
	buf_add_text(&r->text, "</p>\n<p>");
	page_link(c, "/d/", (struct str){ 0 },
	    str_from(text_of(TEXT_ERROR_BACK, c->lang)));
	buf_add_text(&r->text, "</p>\n");
	page_end(c, &p);
}
