#include "config.h"

#include "api/landing.h"

#include "api/answer.h"
#include "api/media.h"
#include "api/routes.h"

#include <string.h>

enum { BBOX_MIN = 4, BBOX_MAX = 6, NUMBER_DIGITS = 6 };

static void pair(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_text(j, text);
}

static void number(struct json *j, const char *key, double value)
{
	json_key(j, key);
	json_double(j, value, NUMBER_DIGITS);
}

static void write_codes(struct json *j, const struct param *p)
{
	pair(j, "type", "string");
	json_key(j, "enum");
	json_open(j, '[');
	for (size_t i = 0; i < p->codes->n; i++)
		json_text(j, p->codes->codes[i].code);
	json_close(j, ']');
}

static void write_range(struct json *j, const struct param *p, const char *type)
{
	pair(j, "type", type);
	number(j, "minimum", p->min);
	number(j, "maximum", p->max);
}

/* The schema of one value, of a list's member. */
static void write_simple(struct json *j, const struct param *p)
{
	switch (p->type) {
	case PARAM_BBOX:
		pair(j, "type", "number");
		break;
	case PARAM_INT:
	case PARAM_YEARS:
		write_range(j, p, "integer");
		break;
	case PARAM_NUMBER:
		write_range(j, p, "number");
		break;
	case PARAM_MONEY:
		pair(j, "type", "number");
		number(j, "minimum", 0);
		break;
	case PARAM_CODES:
	case PARAM_CHOICE:
		write_codes(j, p);
		break;
	case PARAM_DISTRICT:
		pair(j, "type", "string");
		pair(j, "pattern", "^([0-9]{9}|none)$");
		break;
	case PARAM_BOOL:
		pair(j, "type", "boolean");
		break;
	case PARAM_DATETIME:
		pair(j, "type", "string");
		break;
	case PARAM_TEXT:
		pair(j, "type", "string");
		number(j, "maxLength", p->max);
		break;
	case PARAM_TOKEN:
		pair(j, "type", "string");
		pair(j, "pattern", "^[A-Za-z0-9_-]+$");
		break;
	}
}

static bool is_list(const struct param *p)
{
	return p->type == PARAM_BBOX || p->type == PARAM_CODES ||
	       p->type == PARAM_DISTRICT || p->type == PARAM_YEARS;
}

static void write_default(struct json *j, const struct param *p)
{
	if (!p->fallback)
		return;
	json_key(j, "default");
	if (p->type == PARAM_INT)
		json_raw(j, str_from(p->fallback));
	else
		json_text(j, p->fallback);
}

static void write_schema(struct json *j, const struct param *p)
{
	json_key(j, "schema");
	json_open(j, '{');
	if (is_list(p)) {
		pair(j, "type", "array");
		json_key(j, "minItems");
		json_int(j, p->type == PARAM_BBOX ? BBOX_MIN : 1);
		if (p->type == PARAM_BBOX) {
			json_key(j, "maxItems");
			json_int(j, BBOX_MAX);
		}
		json_key(j, "items");
		json_open(j, '{');
		write_simple(j, p);
		json_close(j, '}');
	} else {
		write_simple(j, p);
		write_default(j, p);
	}
	json_close(j, '}');
}

static void write_param(struct json *j, const struct param *p, int lang)
{
	json_open(j, '{');
	pair(j, "name", p->name);
	pair(j, "in", "query");
	pair(j, "description", p->text[lang]);
	json_key(j, "required");
	json_bool(j, p->flags & PARAM_REQUIRED);
	if (is_list(p)) {
		pair(j, "style", "form");
		json_key(j, "explode");
		json_bool(j, false);
	}
	write_schema(j, p);
	json_close(j, '}');
}

/* The {names} in a pattern. */
static void write_path_params(struct json *j, const char *pattern)
{
	const char *open = strchr(pattern, '{'), *close;

	for (; open && (close = strchr(open, '}')); open = strchr(close, '{')) {
		struct str name = { open + 1, (size_t)(close - open) - 1 };

		json_open(j, '{');
		json_key(j, "name");
		json_str(j, name);
		pair(j, "in", "path");
		json_key(j, "required");
		json_bool(j, true);
		json_key(j, "schema");
		json_open(j, '{');
		pair(j, "type", name.len == 1 ? "integer" : "string");
		json_close(j, '}');
		json_close(j, '}');
	}
}

static void write_content(struct json *j, const char *media)
{
	json_key(j, "content");
	json_open(j, '{');
	json_key(j, media);
	json_open(j, '{');
	json_key(j, "schema");
	json_open(j, '{');
	pair(j, "type", strstr(media, "json") ? "object" : "string");
	json_close(j, '}');
	json_close(j, '}');
	json_close(j, '}');
}

static void write_responses(struct json *j, const struct endpoint *e)
{
	static const struct {
		const char *status, *text;
	} problems[] = {
		{ "400", "The request is wrong" },
		{ "404", "There is no such thing" },
		{ "410", "It was withdrawn, or the cursor is too old" },
		{ "503", "Try again soon" },
	};

	json_key(j, "responses");
	json_open(j, '{');
	json_key(j, "200");
	json_open(j, '{');
	pair(j, "description", e->title[LANG_EN]);
	write_content(j, e->media);
	json_close(j, '}');
	json_key(j, "304");
	json_open(j, '{');
	pair(j, "description", "Not changed");
	json_close(j, '}');
	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++) {
		json_key(j, problems[i].status);
		json_open(j, '{');
		pair(j, "description", problems[i].text);
		write_content(j, "application/problem+json");
		json_close(j, '}');
	}
	json_close(j, '}');
}

static void write_endpoint(struct json *j, const struct endpoint *e, int lang)
{
	json_key(j, e->pattern);
	json_open(j, '{');
	json_key(j, "get");
	json_open(j, '{');
	pair(j, "operationId", e->id);
	pair(j, "summary", e->title[lang]);
	json_key(j, "parameters");
	json_open(j, '[');
	write_path_params(j, e->pattern);
	for (size_t i = 0; i < e->params->n; i++)
		write_param(j, e->params->rows[i], lang);
	json_close(j, ']');
	write_responses(j, e);
	json_close(j, '}');
	json_close(j, '}');
}

static void write_info(struct json *j, struct call *c)
{
	const struct site *site = c->x->site;

	pair(j, "openapi", "3.0.3");
	json_key(j, "info");
	json_open(j, '{');
	pair(j, "title", site->title[c->lang]);
	pair(j, "version", PACKAGE_VERSION);
	if (*site->licence) {
		json_key(j, "license");
		json_open(j, '{');
		pair(j, "name", site->licence);
		if (*site->licence_url)
			pair(j, "url", site->licence_url);
		json_close(j, '}');
	}
	json_close(j, '}');
	json_key(j, "servers");
	json_open(j, '[');
	json_open(j, '{');
	pair(j, "url", site->base_url);
	json_close(j, '}');
	json_close(j, ']');
}

/* Endpoints without a title are other spellings of one that has it. */
bool openapi_get(struct call *c, struct err *e)
{
	size_t n;
	const struct endpoint *all = routes_all(&n);
	struct json j;

	(void)e;
	if (answer_begin_fixed(c, MEDIA_OPENAPI))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	write_info(&j, c);
	json_key(&j, "paths");
	json_open(&j, '{');
	for (size_t i = 0; i < n; i++)
		if (all[i].media)
			write_endpoint(&j, &all[i], c->lang);
	json_close(&j, '}');
	json_close(&j, '}');
	buf_add_char(&c->x->response->text, '\n');
	return true;
}
