#include "kml_schema.h"

#include "base/array.h"

static const struct {
	const char *name;
	enum value_type type;
} types[] = {
	{ "string", VALUE_TEXT },
	{ "wstring", VALUE_TEXT },
	{ "int", VALUE_INT },
	{ "uint", VALUE_INT },
	{ "short", VALUE_INT },
	{ "ushort", VALUE_INT },
	{ "float", VALUE_NUMBER },
	{ "double", VALUE_NUMBER },
	{ "bool", VALUE_BOOL },
};

static bool copy(
    struct kml_schemas *s, struct str *out, struct str text, struct err *e)
{
	out->data = arena_copy(s->arena, text.data, text.len);
	out->len = out->data ? text.len : 0;
	return out->data ? true : err_no_memory(e);
}

bool kml_schema_begin(struct kml_schemas *s, struct str id, struct err *e)
{
	if (!s->fields) {
		s->fields = arena_array(
		    s->arena, KML_SCHEMA_FIELDS_MAX, sizeof(*s->fields));
		if (!s->fields)
			return err_no_memory(e);
	}
	return copy(s, &s->open, id, e);
}

bool kml_schema_field(
    struct kml_schemas *s, struct str name, struct str type, struct err *e)
{
	struct kml_schema_field f = { .schema = s->open };

	if (s->n == KML_SCHEMA_FIELDS_MAX || !s->fields || name.len == 0)
		return true;
	/* Old files write "xsd:int" and the like. */
	if (type.len > 4 && str_starts(type, "xsd:"))
		type = (struct str){ type.data + 4, type.len - 4 };
	for (size_t i = 0; i < LENGTH(types); i++)
		if (str_is(type, types[i].name))
			f.type = types[i].type;
	if (!copy(s, &f.name, name, e))
		return false;
	s->fields[s->n++] = f;
	return true;
}

bool kml_schema_title(struct kml_schemas *s, struct str title, struct err *e)
{
	if (s->n == 0 || title.len == 0)
		return true;
	return copy(s, &s->fields[s->n - 1].title, title, e);
}

bool kml_schema_kind(struct kml_schemas *s, struct str name, struct err *e)
{
	if (s->n_kinds == KML_SCHEMA_KINDS_MAX || name.len == 0)
		return true;
	return copy(s, &s->kinds[s->n_kinds++], name, e);
}

bool kml_schema_is_kind(const struct kml_schemas *s, struct str name)
{
	for (size_t i = 0; i < s->n_kinds; i++)
		if (str_equal(s->kinds[i], name))
			return true;
	return false;
}

static const struct kml_schema_field *find(
    const struct kml_schemas *s, struct str address, struct str name)
{
	const char *hash = NULL;

	for (size_t i = 0; i < address.len; i++)
		if (address.data[i] == '#')
			hash = address.data + i + 1;
	if (hash)
		address = (struct str){ hash,
			address.len - (size_t)(hash - address.data) };
	for (size_t i = 0; i < s->n; i++)
		if (str_equal(s->fields[i].name, name) &&
		    str_equal(s->fields[i].schema, address))
			return &s->fields[i];
	return NULL;
}

bool kml_schema_has(
    const struct kml_schemas *s, struct str address, struct str name)
{
	return find(s, address, name) != NULL;
}

enum value_type kml_schema_type(
    const struct kml_schemas *s, struct str address, struct str name)
{
	const struct kml_schema_field *field = find(s, address, name);

	return field ? field->type : VALUE_NULL;
}
