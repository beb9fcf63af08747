#include "config.h"

#include "api/openapi.h"
#include "base/array.h"

#include "api/answer.h"
#include "api/items.h"
#include "api/landing.h"
#include "api/media.h"
#include "api/page_api.h"
#include "api/queryables.h"
#include "api/routes.h"
#include "api/rows.h"
#include "api/tiles.h"

#include <stdio.h>
#include <string.h>

enum { REF_SIZE = 96, LAYER_TEXT_SIZE = 256 };

/* --- what is told of an endpoint ------------------------------------------ */

bool openapi_next_name(const char **at, struct str *name)
{
	const char *open = strchr(*at, '{');
	const char *close = open ? strchr(open, '}') : NULL;

	if (!close)
		return false;
	*name = (struct str){ open + 1, (size_t)(close - open) - 1 };
	*at = close + 1;
	return true;
}

static const struct param *find_format(const struct endpoint *e)
{
	for (size_t i = 0; i < e->params->n; i++)
		if (!strcmp(e->params->rows[i]->name, "f"))
			return e->params->rows[i];
	return NULL;
}

const char *openapi_media(const struct endpoint *e, size_t i)
{
	const struct param *f = find_format(e);

	if (f && f->codes == &codes_format)
		return format_offered(i) == FORMATS
			   ? NULL
			   : format_link_type(format_offered(i));
	if (i == 0)
		return strcmp(e->media, MEDIA_HTML) ? e->media : MEDIA_PAGE;
	if (i == 1 && f && f->codes == &codes_tile_format)
		return MEDIA_GEOJSON;
	return i == 1 && f && codes_find(f->codes, str_from("html")) >= 0
		   ? MEDIA_PAGE
		   : NULL;
}

const char *openapi_component(const struct endpoint *e, const char *media)
{
	static const struct {
		const char *id, *component;
	} rows[] = {
		{ "landing", "landing" },
		{ "conformance", "conformance" },
		{ "collections", "collections" },
		{ "projects", "collection" },
		{ "districts", "collection" },
		{ "layer", "collection" },
		{ "projectItems", "projects" },
		{ "districtItems", "districts" },
		{ "layerItems", "features" },
		{ "projectItem", "project" },
		{ "districtItem", "district" },
		{ "layerItem", "feature" },
	};

	if (strcmp(media, e->media))
		return NULL;
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (!strcmp(e->id, rows[i].id))
			return rows[i].component;
	return NULL;
}

static bool has_cursor(const struct endpoint *e)
{
	for (size_t i = 0; i < e->params->n; i++)
		if (e->params->rows[i] == &param_cursor)
			return true;
	return false;
}

static bool takes_path(const struct endpoint *e)
{
	return strchr(e->pattern, '{');
}

static bool can_be_gone(const struct endpoint *e)
{
	return has_cursor(e) || strstr(e->pattern, "{id}");
}

static bool always(const struct endpoint *e)
{
	return e->handle;
}

static const struct {
	struct openapi_failure failure;
	bool (*applies)(const struct endpoint *e);
} failures[] = {
	{ { "400", { "Сұрау дұрыс емес", "Запрос неверен",
		       "The request is wrong" } },
	    always },
	{ { "404",
	      { "Мұндай нәрсе жоқ", "Такого нет", "There is no such thing" } },
	    takes_path },
	{ { "410", { "Алынып тасталған немесе cursor ескірген",
		       "Отозвано, или cursor устарел",
		       "It was withdrawn, or the cursor is too old" } },
	    can_be_gone },
	{ { "413", { "Жауап тым үлкен", "Ответ слишком велик",
		       "The answer would be too large" } },
	    has_cursor },
	{ { "500", { "Ішкі қате", "Внутренняя ошибка", "The server failed" } },
	    always },
	{ { "503", { "Сәл кейін қайталаңыз", "Повторите чуть позже",
		       "Try again soon" } },
	    always },
};

const struct openapi_failure *openapi_failure(
    const struct endpoint *e, size_t i)
{
	static const struct openapi_failure none = { 0 };

	for (size_t k = 0; k < LENGTH(failures); k++)
		if (failures[k].applies(e) && i-- == 0)
			return &failures[k].failure;
	return &none;
}

/* --- the document --------------------------------------------------------- */

static void write_path_param(struct json *j, struct str name)
{
	json_open(j, '{');
	json_key(j, "name");
	json_str(j, name);
	json_pair(j, "in", "path");
	json_key(j, "required");
	json_bool(j, true);
	json_key(j, "schema");
	json_open(j, '{');
	openapi_write_path_param(j, name);
	json_close(j, '}');
	json_close(j, '}');
}

static void write_media(
    struct json *j, const char *media, const char *component)
{
	char path[REF_SIZE];

	json_key(j, media);
	json_open(j, '{');
	json_key(j, "schema");
	json_open(j, '{');
	if (component) {
		snprintf(
		    path, sizeof(path), "#/components/schemas/%s", component);
		json_pair(j, "$ref", path);
	} else {
		json_pair(
		    j, "type", strstr(media, "json") ? "object" : "string");
	}
	json_close(j, '}');
	json_close(j, '}');
}

static void write_success(struct json *j, const struct endpoint *e, int lang)
{
	const char *media;

	json_key(j, "200");
	json_open(j, '{');
	json_pair(j, "description", e->title[lang]);
	json_key(j, "content");
	json_open(j, '{');
	for (size_t i = 0; (media = openapi_media(e, i)); i++)
		write_media(j, media, openapi_component(e, media));
	json_close(j, '}');
	json_close(j, '}');
}

/* An answer without a body. */
static void write_bare(struct json *j, const char *status, const char *text)
{
	json_key(j, status);
	json_open(j, '{');
	json_pair(j, "description", text);
	json_close(j, '}');
}

static void write_responses(struct json *j, const struct endpoint *e, int lang)
{
	static const char *const unchanged[LANG_COUNT] = { "Өзгерген жоқ",
		"Не изменилось", "Not changed" };
	static const char *const empty[LANG_COUNT] = { "Тақта бос",
		"Плитка пуста", "The tile is empty" };
	const struct openapi_failure *f;

	json_key(j, "responses");
	json_open(j, '{');
	write_success(j, e, lang);
	if (!strcmp(e->media, MEDIA_MVT))
		write_bare(j, "204", empty[lang]);
	write_bare(j, "304", unchanged[lang]);
	for (size_t i = 0; (f = openapi_failure(e, i))->status; i++) {
		json_key(j, f->status);
		json_open(j, '{');
		json_pair(j, "description", f->text[lang]);
		json_key(j, "content");
		json_open(j, '{');
		write_media(j, "application/problem+json", "problem");
		json_close(j, '}');
		json_close(j, '}');
	}
	json_close(j, '}');
}

/* One operation: an endpoint or what it is for one collection. */
struct operation {
	const char *id, *path;
	const struct endpoint *endpoint;
	const struct param_table *params;
};

/* Clients look for "/collections/..." below the server that is named first;
 * what stands beside the API names another one. */
static const char server_path[] = "/api";

static bool is_below_server(const char *path)
{
	return str_starts(str_from(path), server_path);
}

static const char *path_below_server(const char *path)
{
	if (!is_below_server(path))
		return path;
	path += sizeof(server_path) - 1;
	return *path ? path : "/";
}

static void write_server(struct json *j, struct call *c, const char *path)
{
	json_key(j, "servers");
	json_open(j, '[');
	json_open(j, '{');
	url_add(&c->scratch, c, path);
	json_key(j, "url");
	json_str(j, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	json_close(j, '}');
	json_close(j, ']');
}

static void write_operation(
    struct json *j, struct call *c, const struct operation *o)
{
	int lang = c->lang;
	const char *at = o->path;
	struct str name;

	json_key(j, path_below_server(o->path));
	json_open(j, '{');
	if (!is_below_server(o->path))
		write_server(j, c, "");
	json_key(j, "get");
	json_open(j, '{');
	json_pair(j, "operationId", o->id);
	json_pair(j, "summary", o->endpoint->title[lang]);
	json_key(j, "parameters");
	json_open(j, '[');
	while (openapi_next_name(&at, &name))
		write_path_param(j, name);
	for (size_t i = 0; i < o->params->n; i++)
		openapi_write_param(j, o->params->rows[i], lang);
	json_close(j, ']');
	write_responses(j, o->endpoint, lang);
	json_close(j, '}');
	json_close(j, '}');
}

const struct param_table *openapi_params(
    struct call *c, const struct endpoint *e)
{
	if (e->params == &table_projects)
		return queryables_table(
		    e->params, &project_schema, c->x->arena);
	if (e->params == &table_districts)
		return queryables_table(
		    e->params, &district_schema, c->x->arena);
	return e->params;
}

static bool write_endpoint(
    struct json *j, struct call *c, const struct endpoint *e, struct err *err)
{
	const struct operation o = { e->id, e->pattern, e,
		openapi_params(c, e) };

	if (!o.params)
		return err_no_room(err);
	write_operation(j, c, &o);
	return true;
}

/* The items of a layer by its own attributes, beside the path that stands for
 * all layers. */
static bool write_layer(struct json *j, struct call *c,
    const struct endpoint *e, const struct collection *k, struct err *err)
{
	char id[LAYER_TEXT_SIZE], path[LAYER_TEXT_SIZE];
	const struct operation o = { id, path, e,
		queryables_table(e->params, k->schema, c->x->arena) };

	if (!o.params)
		return err_no_room(err);
	snprintf(id, sizeof(id), "layer_%s_items", k->id);
	snprintf(path, sizeof(path), "/api/collections/%s/items", k->id);
	write_operation(j, c, &o);
	return true;
}

static bool write_paths(struct json *j, struct call *c, struct err *e)
{
	const struct collection *layers;
	size_t n, n_layers;
	const struct endpoint *all = routes_all(&n);

	if (!collections_layers(&layers, &n_layers, c, e))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!all[i].media)
			continue;
		if (!write_endpoint(j, c, &all[i], e))
			return false;
		for (size_t k = 0;
		     all[i].params == &table_layer && k < n_layers; k++)
			if (!write_layer(j, c, &all[i], &layers[k], e))
				return false;
	}
	return true;
}

static void write_info(struct json *j, struct call *c)
{
	const struct site *site = c->x->site;

	json_pair(j, "openapi", "3.0.3");
	json_key(j, "info");
	json_open(j, '{');
	json_pair(j, "title", site->title[c->lang]);
	json_pair(j, "version", PACKAGE_VERSION);
	if (*site->licence) {
		json_key(j, "license");
		json_open(j, '{');
		json_pair(j, "name", site->licence);
		if (*site->licence_url)
			json_pair(j, "url", site->licence_url);
		json_close(j, '}');
	}
	json_close(j, '}');
	write_server(j, c, server_path);
	/* Said outright, as no operation asks who one is. */
	json_key(j, "security");
	json_raw(j, str_from("[]"));
}

/* Endpoints without a title are other spellings of one that has it. */
bool openapi_get(struct call *c, struct err *e)
{
	struct json j;

	if (answer_begin(c, MEDIA_OPENAPI, page_api_mark(c, 0), 0))
		return true;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	write_info(&j, c);
	json_key(&j, "paths");
	json_open(&j, '{');
	if (!write_paths(&j, c, e))
		return false;
	json_close(&j, '}');
	openapi_write_components(&j, c->lang);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return true;
}
