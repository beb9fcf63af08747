#include "api/landing.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/openapi.h"
#include "api/page_api.h"
#include "api/routes.h"
#include "base/array.h"

#include <string.h>

static void add_kind(struct call *c, const struct param *p)
{
	static const char *const kinds[] = {
		[PARAM_BBOX] = "number,number,number,number",
		[PARAM_INT] = "integer",
		[PARAM_NUMBER] = "number",
		[PARAM_MONEY] = "number",
		[PARAM_CODES] = "code,code,\xE2\x80\xA6",
		[PARAM_CHOICE] = "code",
		[PARAM_DISTRICT] = "code,code,\xE2\x80\xA6",
		[PARAM_YEARS] = "year,year,\xE2\x80\xA6",
		[PARAM_BOOL] = "true | false",
		[PARAM_DATETIME] = "date | date-time | interval",
		[PARAM_DAY] = "date",
		[PARAM_TIME] = "date-time",
		[PARAM_FILTER] = "CQL2",
		[PARAM_TEXT] = "text",
		[PARAM_TOKEN] = "token",
		[PARAM_NAMES] = "name,name,\xE2\x80\xA6",
	};
	struct buf *b = call_text(c);

	buf_add_format(b, "<code>%s</code>", kinds[p->type]);
	if (p->type == PARAM_INT || p->type == PARAM_NUMBER ||
	    p->type == PARAM_YEARS)
		buf_add_format(b, " %g \xE2\x80\x93 %g", p->min, p->max);
	if (p->type == PARAM_TEXT || p->type == PARAM_TOKEN ||
	    p->type == PARAM_FILTER || p->type == PARAM_NAMES) {
		buf_add_text(b, ", ");
		page_text(c, TEXT_AT_MOST);
		buf_add_format(b, " %g", p->max);
	}
	if (p->flags & PARAM_REQUIRED) {
		buf_add_text(b, ", <strong>");
		page_text(c, TEXT_REQUIRED);
		buf_add_text(b, "</strong>");
	}
	if (p->fallback) {
		buf_add_text(b, ", ");
		page_text(c, TEXT_DEFAULT);
		buf_add_format(b, " <code>%s</code>", p->fallback);
	}
}

static void add_codes(struct call *c, const struct codelist *codes)
{
	struct buf *b = call_text(c);

	for (size_t i = 0; i < codes->n; i++) {
		const char *title = codes->codes[i].title[c->lang];

		buf_add_format(b, "%s<code>%s</code>", i ? ", " : "",
		    codes->codes[i].code);
		if (strcmp(title, codes->codes[i].code)) {
			buf_add_char(b, ' ');
			html_text(b, str_from(title));
		}
	}
}

static void begin_row(struct call *c, struct str name)
{
	buf_add_text(call_text(c), "<tr><th scope=\"row\"><code>");
	html_text(call_text(c), name);
	buf_add_text(call_text(c), "</code></th><td>");
}

static void add_param(struct call *c, const struct param *p)
{
	begin_row(c, str_from(p->name));
	html_text(call_text(c), str_from(p->text[c->lang]));
	buf_add_text(call_text(c), "</td><td>");
	add_kind(c, p);
	buf_add_text(call_text(c), "</td><td>");
	if (p->codes)
		add_codes(c, p->codes);
	page_row_end(c);
}

static void add_params(struct call *c, const struct endpoint *e)
{
	const struct param_table *table = openapi_params(c, e);
	static const enum text_id heads[] = { TEXT_PARAMETER, TEXT_MEANING,
		TEXT_TYPE, TEXT_VALUES };
	const char *at = e->pattern;
	struct str name;

	page_table(c, NULL, TEXT_PARAMETER);
	page_heads(c, heads, LENGTH(heads), LENGTH(heads));
	while (openapi_next_name(&at, &name)) {
		begin_row(c, name);
		page_text(c, TEXT_IN_PATH);
		buf_add_text(call_text(c), "</td><td></td><td></td></tr>\n");
	}
	for (size_t i = 0; table && i < table->n; i++)
		add_param(c, table->rows[i]);
	page_table_end(c);
}

static void add_answers(struct call *c, const struct endpoint *e)
{
	const struct openapi_failure *f;
	struct buf *b = call_text(c);
	const char *media;

	buf_add_text(b, "<p>");
	page_text(c, TEXT_ANSWERS);
	buf_add_text(b, ": 200");
	for (size_t i = 0; (media = openapi_media(e, i)); i++)
		buf_add_format(b, " <code>%s</code>", media);
	buf_add_text(b, ", 304");
	for (size_t i = 0; (f = openapi_failure(e, i))->status; i++) {
		buf_add_format(b, ", %s (", f->status);
		html_text(b, str_from(f->text[c->lang]));
		buf_add_char(b, ')');
	}
	buf_add_text(b, "</p>\n");
}

/* Whether the pattern is an address that has an answer. */
static bool can_be_opened(const struct endpoint *e)
{
	for (size_t i = 0; i < e->params->n; i++)
		if (e->params->rows[i]->flags & PARAM_REQUIRED)
			return false;
	return !strchr(e->pattern, '{');
}

static void add_endpoint(struct call *c, const struct endpoint *e)
{
	struct buf *b = call_text(c);

	buf_add_format(b, "<section id=\"%s\">\n<h2>", e->id);
	html_text(b, str_from(e->title[c->lang]));
	buf_add_text(b, "</h2>\n<p><code>GET ");
	if (can_be_opened(e))
		page_link(
		    c, e->pattern, (struct str){ 0 }, str_from(e->pattern));
	else
		html_text(b, str_from(e->pattern));
	buf_add_text(b, "</code></p>\n");
	add_params(c, e);
	add_answers(c, e);
	buf_add_text(b, "</section>\n");
}

static void add_contents(struct call *c, const struct endpoint *all, size_t n)
{
	struct buf *b = call_text(c);

	buf_add_text(b, "<ul class=\"links\">\n");
	for (size_t i = 0; i < n; i++) {
		if (!all[i].media)
			continue;
		buf_add_format(b, "<li><a href=\"#%s\">", all[i].id);
		html_text(b, str_from(all[i].title[c->lang]));
		buf_add_text(b, "</a> <code>");
		html_text(b, str_from(all[i].pattern));
		buf_add_text(b, "</code></li>\n");
	}
	buf_add_text(b, "</ul>\n");
}

bool docs_get(struct call *c, struct err *e)
{
	struct str title = str_from(text_of(TEXT_DOCS, c->lang));
	struct page p = {
		.title = title, .description = title, .path = "/api/docs"
	};
	struct links links;
	size_t n;
	const struct endpoint *all = routes_all(&n);

	(void)e;
	if (answer_begin_fixed(c, MEDIA_HTML))
		return true;
	links_init(&links, c);
	links_add_path(&links, "service-desc", MEDIA_OPENAPI,
	    "/api/openapi.json", text_of(TEXT_DOCS_NOTE, c->lang));
	links_header(&links);
	page_api_begin(c, &p, &links, NULL);
	add_contents(c, all, n);
	for (size_t i = 0; i < n; i++)
		if (all[i].media)
			add_endpoint(c, &all[i]);
	page_api_end(c, &p);
	return true;
}
