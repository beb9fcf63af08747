#include "api/landing.h"

#include "api/answer.h"
#include "api/items.h"
#include "api/media.h"

/* How each type is written on the wires. */
static const char *const types[] = {
	[VALUE_NULL] = "null",
	[VALUE_TEXT] = "text",
	[VALUE_INT] = "integer",
	[VALUE_NUMBER] = "number",
	[VALUE_MONEY] = "tenge",
	[VALUE_BOOL] = "boolean",
	[VALUE_DAY] = "date",
	[VALUE_LIST] = "list",
	[VALUE_TIME] = "time",
};

static const struct {
	const char *field;
	const struct codelist *codes;
} coded[] = {
	{ "status", &codes_status },
	{ "category", &codes_category },
	{ "work_kind", &codes_work_kind },
	{ "facility_type", &codes_facility_type },
	{ "precision", &codes_precision },
	{ "budget_levels", &codes_budget_level },
};

static void write_codes(struct json *j, const struct codelist *list)
{
	json_key(j, "codes");
	json_open(j, '[');
	for (size_t i = 0; i < list->n; i++) {
		json_open(j, '{');
		json_key(j, "code");
		json_text(j, list->codes[i].code);
		json_key(j, "title");
		answer_titles(j, list->codes[i].title);
		json_close(j, '}');
	}
	json_close(j, ']');
}

static void write_column(struct json *j, const char *name, const char *type,
    const char *const *title)
{
	json_open(j, '{');
	json_key(j, "name");
	json_text(j, name);
	json_key(j, "type");
	json_text(j, type);
	json_key(j, "title");
	answer_titles(j, title);
	for (size_t i = 0; i < sizeof(coded) / sizeof(coded[0]); i++)
		if (str_is(str_from(name), coded[i].field))
			write_codes(j, coded[i].codes);
	json_close(j, '}');
}

/* What CSV adds to the attributes. */
static void write_place(struct json *j)
{
	static const char *const lon[] = { "Бойлық (нүкте)", "Долгота (точка)",
		"Longitude (of a point)" };
	static const char *const lat[] = { "Ендік (нүкте)", "Широта (точка)",
		"Latitude (of a point)" };
	static const char *const wkt[] = { "Сызық немесе аумақ, WKT",
		"Линия или территория, WKT", "Line or area, WKT" };

	write_column(j, "lon", "number", lon);
	write_column(j, "lat", "number", lat);
	write_column(j, "wkt", "text", wkt);
}

static void write_collection(struct json *j, const struct collection *k)
{
	static const char *const id[] = { "Тұрақты белгі", "Постоянный номер",
		"Stable identifier" };

	json_open(j, '{');
	json_key(j, "collection");
	json_text(j, k->id);
	json_key(j, "title");
	answer_titles(j, k->title);
	json_key(j, "columns");
	json_open(j, '[');
	write_column(j, "id", "text", id);
	for (size_t i = 0; i < k->schema->n_fields; i++)
		write_column(j, k->schema->fields[i].name,
		    types[k->schema->fields[i].type],
		    k->schema->fields[i].title);
	write_place(j);
	json_close(j, ']');
	json_close(j, '}');
}

bool columns_get(struct call *c, struct err *e)
{
	const struct collection *layers;
	struct json j;
	int64_t mark = 0;
	size_t n;

	if (!collections_layers(&layers, &n, c, e))
		return false;
	for (size_t i = 0; i < n; i++)
		mark ^= snapshot_change(layers[i].snapshot) + (int64_t)i;
	if (answer_begin(c, MEDIA_JSON, mark, 0))
		return true;
	json_init(&j, &c->x->response->text);
	json_open(&j, '{');
	answer_source(&j, c);
	json_key(&j, "collections");
	json_open(&j, '[');
	write_collection(&j, &collection_projects);
	write_collection(&j, &collection_districts);
	for (size_t i = 0; i < n; i++)
		write_collection(&j, &layers[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(&c->x->response->text, '\n');
	return true;
}
