#include "api/exchange.h"

#include "api/answer.h"
#include "api/call.h"
#include "api/page.h"
#include "api/queryables.h"
#include "api/routes.h"
#include "api/rows.h"
#include "base/array.h"
#include "base/log.h"
#include "http/negotiate.h"
#include "http/problem.h"
#include "http/router.h"

#include <string.h>

enum { ROUTES_MAX = 128, SCRATCH_MAX = 65536 };

static int language_of(const struct request *r)
{
	int lang =
	    negotiate_language(r->accept_language, lang_codes, LANG_COUNT);

	return lang < 0 ? LANG_KK : lang;
}

static bool accepts_page(const struct request *r)
{
	static const char *const offers[] = { "application/json", "text/html" };

	return negotiate_type(r->accept, offers, 2) == 1;
}

/* What f says, before anything is checked; data NULL where it says nothing. */
static struct str asked_format(const struct request *r)
{
	struct str query = r->query;

	while (query.len) {
		struct str value = str_cut(&query, '&');

		if (str_is(str_cut(&value, '='), "f"))
			return value;
	}
	return (struct str){ 0 };
}

/* People get a page, programs a problem document. */
static bool wants_page(const struct request *r)
{
	static const char *const files[] = { "/tiles", "/kml", "/styles",
		"/opendata" };
	struct str format = asked_format(r);

	for (size_t i = 0; i < LENGTH(files); i++)
		if (str_starts(r->path, files[i]))
			return false;
	return format.data ? str_is(format, "html") : accepts_page(r);
}

/* Known texts only: what a library said goes to the log, not to the client. */
static void log_failure(const struct exchange *x, const struct err *e)
{
	bool ours = problem_status(e->code) >= 500;

	if (!ours && !e->detail[0])
		return;
	log_line(ours ? LOG_LEVEL_ERROR : LOG_LEVEL_INFO, "%s %s%s%s",
	    x->request->id, e->text, e->detail[0] ? ": " : "", e->detail);
}

/* A paging that cannot go on begins again at its first page. */
static void link_first(struct call *c)
{
	const struct url_change no_cursor = { "cursor", { 0 } };

	buf_reset(&c->scratch);
	url_add_self(&c->scratch, c, &no_cursor, 1);
	response_header(c->x->response, "Link", "<%.*s>; rel=\"first\"",
	    (int)c->scratch.len, c->scratch.data);
}

/* A language that was asked for holds for a refusal of the rest too. */
static void choose_language(struct call *c)
{
	struct params p;

	if (params_parse(&p, &table_page, c->x->request->query, PARAMS_PAGE,
		c->x->arena, NULL) &&
	    params_has(&p, param_lang.name))
		c->lang = lang_find(params_text(&p, param_lang.name));
}

static void fail(struct call *c, const struct err *e)
{
	struct exchange *x = c->x;

	log_failure(x, e);
	choose_language(c);
	problem_write(x->response, e, x->request, c->lang);
	response_header(
	    x->response, "Content-Language", "%s", lang_codes[c->lang]);
	if (wants_page(x->request))
		page_write_failure(c, e);
	if (e->code == ERR_GONE && c->params.table &&
	    params_has(&c->params, param_cursor.name))
		link_first(c);
}

static bool find_endpoint(struct call *c, struct route_match *m, struct err *e)
{
	struct route routes[ROUTES_MAX];
	size_t n;
	const struct endpoint *all = routes_all(&n);

	for (size_t i = 0; i < n && i < ROUTES_MAX; i++)
		routes[i] = (struct route){ all[i].pattern, HTTP_GET, &all[i] };
	m->allowed = 0;
	if (!router_find(m, routes, n, c->x->request, e)) {
		c->x->allowed = m->allowed;
		return false;
	}
	c->x->allowed = m->allowed;
	c->endpoint = m->route->endpoint;
	c->vars = m->vars;
	c->x->route = c->endpoint->pattern;
	return true;
}

/* A form sends its empty fields; only pages have forms. */
static enum params_mode mode_of(const struct call *c)
{
	if (c->endpoint->kind == ENDPOINT_PAGE)
		return PARAMS_PAGE;
	return str_is(asked_format(c->x->request), "html") ? PARAMS_FORM
							   : PARAMS_STRICT;
}

/* Whether a page is asked for where there is one: by f, else by Accept. */
static void choose_format(struct call *c)
{
	const struct param_table *table = c->endpoint->params;
	bool offered = false;

	for (size_t i = 0; i < table->n; i++)
		if (table->rows[i]->codes && !strcmp(table->rows[i]->name, "f"))
			offered = codes_find(table->rows[i]->codes,
				      str_from("html")) >= 0;
	if (!offered)
		return;
	if (params_has(&c->params, "f")) {
		c->html = str_is(params_text(&c->params, "f"), "html");
		return;
	}
	c->x->response->vary |= RESPONSE_VARY_ACCEPT;
	c->html = accepts_page(c->x->request);
}

/* By the endpoint's table or, where that does not do, by one that has the
 * attributes too. */
static bool read_params(struct call *c, struct err *e)
{
	const struct param_table *table = c->endpoint->params;
	struct str query = c->x->request->query;
	struct err first = { 0 };

	if (params_parse(
		&c->params, table, query, mode_of(c), c->x->arena, &first))
		return true;
	table = queryables_of_call(c, e);
	return table && params_parse(&c->params, table, query, mode_of(c),
			    c->x->arena, e);
}

static bool run(struct call *c, struct err *e)
{
	if (!read_params(c, e))
		return false;
	choose_format(c);
	if (params_has(&c->params, param_lang.name))
		c->lang = lang_find(params_text(&c->params, param_lang.name));
	if (c->endpoint->kind != ENDPOINT_DATA || c->html)
		answer_in_language(c);
	return c->endpoint->handle(c, e);
}

void api_handle(struct exchange *x)
{
	struct call c = { .x = x, .lang = language_of(x->request) };
	struct route_match m;
	struct err e = { 0 };

	x->route = NULL;
	x->allowed = 0;
	buf_init(&c.scratch, SCRATCH_MAX);
	if (!find_endpoint(&c, &m, &e))
		fail(&c, &e);
	else if (x->request->method != HTTP_OPTIONS && !run(&c, &e))
		fail(&c, &e);
	if (c.scratch.failed)
		x->response->failed = true;
	buf_free(&c.scratch);
}
