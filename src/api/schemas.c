#include "api/schemas.h"

#include "api/answer.h"
#include "api/filter.h"
#include "api/media.h"
#include "api/page_api.h"
#include "api/schema_type.h"
#include "api/source.h"
#include "query/project.h"
#include "query/query.h"

static const char draft[] = "https://json-schema.org/draft/2020-12/schema";

const char *const schema_id_title[LANG_COUNT] = { "Тұрақты белгі",
	"Постоянный номер", "Stable identifier" };
static const char *const geometry_title[LANG_COUNT] = { "Геометриясы",
	"Геометрия", "Geometry" };

const struct codelist *schema_codes(const struct schema *s, size_t field)
{
	return s == &project_schema ? project_codes((int)field) : NULL;
}

/* "title" in the reader's language, all of them in a member of our own. */
static void write_titles(
    struct json *j, const char *const title[LANG_COUNT], int lang)
{
	json_pair(j, "title", title[lang]);
	json_key(j, "x-titles");
	answer_titles(j, title);
}

static void write_codes(struct json *j, const struct codelist *codes)
{
	json_key(j, "enum");
	json_open(j, '[');
	for (size_t i = 0; i < codes->n; i++)
		json_text(j, codes->codes[i].code);
	json_close(j, ']');
	json_key(j, "x-enum-titles");
	json_open(j, '{');
	for (size_t i = 0; i < codes->n; i++) {
		json_key(j, codes->codes[i].code);
		answer_titles(j, codes->codes[i].title);
	}
	json_close(j, '}');
}

static void write_districts(struct json *j, const struct names *names)
{
	json_key(j, "enum");
	json_open(j, '[');
	for (size_t i = 0; i < names->n; i++)
		json_str(j, names->rows[i].kato);
	json_close(j, ']');
	json_key(j, "x-enum-titles");
	json_open(j, '{');
	for (size_t i = 0; i < names->n; i++) {
		json_key_str(j, names->rows[i].kato);
		json_open(j, '{');
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			json_key(j, lang_codes[lang]);
			json_str(
			    j, names_title(names, names->rows[i].kato, lang));
		}
		json_close(j, '}');
	}
	json_close(j, '}');
}

/* What is returned may be unknown. */
static void write_type(struct json *j, const char *type, bool nullable)
{
	json_key(j, "type");
	if (!nullable) {
		json_text(j, type);
		return;
	}
	json_open(j, '[');
	json_text(j, type);
	json_text(j, "null");
	json_close(j, ']');
}

static void write_field(
    struct json *j, const struct schema_view *v, size_t i, int lang)
{
	const struct field *f = &v->schema->fields[i];
	const struct codelist *codes = schema_codes(v->schema, i);
	const struct schema_type *type = schema_type_of(f->type);

	json_key(j, f->name);
	json_open(j, '{');
	write_titles(j, f->title, lang);
	write_type(j, type->type, v->kind == SCHEMA_ALL && !codes);
	if (type->format)
		json_pair(j, "format", type->format);
	if (f->type == VALUE_LIST) {
		json_key(j, "items");
		json_open(j, '{');
		json_pair(j, "type", "string");
	}
	if (codes)
		write_codes(j, codes);
	else if (v->schema == &project_schema && i == PROJECT_DISTRICT &&
		 v->kind != SCHEMA_ALL)
		write_districts(j, &v->names);
	if (f->type == VALUE_LIST)
		json_close(j, '}');
	json_close(j, '}');
}

static void write_id(struct json *j, const struct schema_view *v, int lang)
{
	json_key(j, "id");
	json_open(j, '{');
	write_titles(j, schema_id_title, lang);
	json_pair(j, "type",
	    v->kind == SCHEMA_QUERYABLES &&
		    filter_id_type(v->schema) == VALUE_INT
		? "integer"
		: "string");
	json_pair(j, "x-ogc-role", "id");
	json_close(j, '}');
}

static void write_geometry(struct json *j, int lang)
{
	json_key(j, "geometry");
	json_open(j, '{');
	write_titles(j, geometry_title, lang);
	json_pair(j, "format", "geometry-any");
	json_pair(j, "x-ogc-role", "primary-geometry");
	json_close(j, '}');
}

static void write_document(struct call *c, const struct schema_view *v)
{
	struct json j;

	json_init(&j, call_text(c));
	json_open(&j, '{');
	json_pair(&j, "$schema", draft);
	url_add(&c->scratch, c, "");
	url_add_encoded(&c->scratch, c->x->request->path, true);
	json_key(&j, "$id");
	json_str(&j, buf_str(&c->scratch));
	buf_reset(&c->scratch);
	json_pair(&j, "title", v->collection->title[c->lang]);
	json_pair(&j, "description", v->collection->description[c->lang]);
	json_pair(&j, "type", "object");
	json_key(&j, "properties");
	json_open(&j, '{');
	write_id(&j, v, c->lang);
	if (v->kind != SCHEMA_SORTABLES)
		write_geometry(&j, c->lang);
	for (size_t i = 0; i < v->schema->n_fields; i++)
		if (v->kind != SCHEMA_SORTABLES ||
		    query_can_sort(&v->schema->fields[i]))
			write_field(&j, v, i, c->lang);
	json_close(&j, '}');
	json_key(&j, "additionalProperties");
	json_bool(&j, false);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
}

static bool answer(struct call *c, enum schema_kind kind, struct err *e)
{
	struct schema_view v = { .kind = kind };

	if (!collection_of_call(&v.collection, c, e) ||
	    !names_read(&v.names, c, e))
		return false;
	v.schema = v.collection->schema;
	if (answer_begin(c, c->html ? MEDIA_HTML : MEDIA_SCHEMA,
		page_api_mark(c, v.names.mark), 0))
		return true;
	links_init(&v.links, c);
	links_add_self(&v.links, MEDIA_SCHEMA);
	collection_url(c, v.collection, "");
	links_add(
	    &v.links, "collection", MEDIA_JSON, v.collection->title[c->lang]);
	links_header(&v.links);
	if (c->html)
		schema_write_page(c, &v);
	else
		write_document(c, &v);
	return true;
}

bool schema_get(struct call *c, struct err *e)
{
	return answer(c, SCHEMA_ALL, e);
}

bool queryables_get(struct call *c, struct err *e)
{
	return answer(c, SCHEMA_QUERYABLES, e);
}

bool sortables_get(struct call *c, struct err *e)
{
	return answer(c, SCHEMA_SORTABLES, e);
}
