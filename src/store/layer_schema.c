#include "layer_schema.h"

#include "base/array.h"
#include "canon.h"
#include "sql.h"
#include "store/layers.h"

const struct field layer_source_id = { LAYER_SOURCE_ID, VALUE_TEXT,
	{ "Дереккөздегі белгі", "Номер в источнике",
	    "Identifier in the source" } };

static const char *const type_names[] = {
	[VALUE_TEXT] = "text",
	[VALUE_INT] = "int",
	[VALUE_NUMBER] = "number",
	[VALUE_BOOL] = "bool",
	[VALUE_DAY] = "day",
	[VALUE_TIME] = "time",
};

enum { TYPE_NAMES = LENGTH(type_names) };

enum value_type layer_type_find(struct str name)
{
	for (int i = 0; i < TYPE_NAMES; i++)
		if (type_names[i] && str_is(name, type_names[i]))
			return (enum value_type)i;
	return VALUE_NULL;
}

const char *layer_type_name(enum value_type type)
{
	return type_names[type];
}

static void add_member(struct buf *b, const char *key, const char *text)
{
	canon_member_text(b, key, str_from(text));
}

void layer_attributes_add(
    struct buf *b, const struct layer_attribute *list, size_t n)
{
	buf_add_char(b, '[');
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &list[i].field;

		if (i > 0)
			buf_add_char(b, ',');
		canon_open(b);
		add_member(b, "name", f->name);
		add_member(b, "source", list[i].source);
		add_member(b, "title_en", f->title[2]);
		add_member(b, "title_kk", f->title[0]);
		add_member(b, "title_ru", f->title[1]);
		add_member(b, "type", type_names[f->type]);
		canon_close(b);
	}
	buf_add_char(b, ']');
}

static bool copy(struct arena *a, const char **out, struct str text)
{
	*out = arena_copy(a, text.data ? text.data : "", text.len);
	return *out != NULL;
}

static bool read_one(
    struct layer_attribute *out, sqlite3_stmt *s, struct arena *a)
{
	out->field.type = layer_type_find(sql_text(s, 0));
	if (!out->field.type)
		out->field.type = VALUE_TEXT;
	for (int i = 0; i < 3; i++)
		if (!copy(a, &out->field.title[i], sql_text(s, 3 + i)))
			return false;
	return copy(a, &out->field.name, sql_text(s, 1)) &&
	       copy(a, &out->source, sql_text(s, 2));
}

bool layer_attributes_read(struct db *d, struct str json, struct arena *a,
    struct layer_attribute **list, size_t *n, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT value ->> 'type', value ->> 'name', value ->> 'source', "
	    "value ->> 'title_kk', value ->> 'title_ru', value ->> 'title_en' "
	    "FROM json_each(?)",
	    e);
	enum sql_step step;

	*n = 0;
	*list = arena_array(a, LAYER_FIELDS_MAX, sizeof(**list));
	if (!*list)
		return err_no_memory(e);
	if (!s)
		return false;
	sql_bind_text(s, 1, json);
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		if (*n == LAYER_FIELDS_MAX ||
		    !read_one(&(*list)[(*n)++], s, a)) {
			sqlite3_reset(s);
			return err_no_memory(e);
		}
	}
	return step == SQL_DONE;
}
