#include "api/landing.h"

#include "api/answer.h"
#include "api/items.h"
#include "api/media.h"
#include "api/schemas.h"
#include "base/hash.h"

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
    const char *const *title, const struct codelist *codes)
{
	json_open(j, '{');
	json_key(j, "name");
	json_text(j, name);
	json_key(j, "type");
	json_text(j, type);
	json_key(j, "title");
	answer_titles(j, title);
	if (codes)
		write_codes(j, codes);
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

	write_column(j, "lon", "number", lon, NULL);
	write_column(j, "lat", "number", lat, NULL);
	write_column(j, "wkt", "text", wkt, NULL);
}

static void write_collection(struct json *j, const struct collection *k)
{
	json_open(j, '{');
	json_key(j, "collection");
	json_text(j, k->id);
	json_key(j, "title");
	answer_titles(j, k->title);
	json_key(j, "columns");
	json_open(j, '[');
	write_column(j, "id", "text", schema_id_title, NULL);
	for (size_t i = 0; i < k->schema->n_fields; i++)
		write_column(j, k->schema->fields[i].name,
		    types[k->schema->fields[i].type],
		    k->schema->fields[i].title,
		    k == &collection_projects ? project_codes((int)i) : NULL);
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
	for (size_t i = 0; i < n; i++) {
		int64_t change = collection_change(&layers[i]);

		mark = (int64_t)hash_bytes(
		    &change, sizeof(change), (uint64_t)mark);
	}
	if (answer_begin(c, MEDIA_JSON, mark, 0))
		return true;
	json_init(&j, call_text(c));
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
	buf_add_char(call_text(c), '\n');
	return true;
}
