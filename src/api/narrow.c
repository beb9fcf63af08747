#include "api/narrow.h"

enum { NARROW_BYTES = 4096 };

const struct param param_properties = { .name = "properties",
	.type = PARAM_NAMES,
	.max = NARROW_BYTES,
	.text = {
	    "Жауапта болатын қасиеттер, үтірмен; id мен геометрия әрқашан "
	    "беріледі",
	    "Какие свойства вернуть, через запятую; id и геометрия есть всегда",
	    "Properties to return, separated by commas; id and geometry are "
	    "always there" } };

static bool find(const struct schema *s, struct str name, size_t *field)
{
	for (size_t i = 0; i < s->n_fields; i++) {
		if (!str_is(name, s->fields[i].name))
			continue;
		*field = i;
		return true;
	}
	return false;
}

/* Marks those that are named. */
static bool choose(bool *chosen, const struct schema *s, struct str names)
{
	do {
		struct str name = str_cut(&names, ',');
		size_t field;

		if (find(s, name, &field))
			chosen[field] = true;
		else if (!str_is(name, "id") && !str_is(name, "geometry"))
			return false;
	} while (names.data);
	return true;
}

static bool make(struct narrow *out, const struct schema *whole,
    const bool *chosen, struct arena *a)
{
	struct schema *schema = arena_alloc(a, sizeof(*schema));
	struct field *fields =
	    arena_array(a, whole->n_fields + 1, sizeof(*fields));
	uint32_t *numbers =
	    arena_array(a, whole->n_fields + 1, sizeof(*numbers));
	size_t n = 0;

	if (!schema || !fields || !numbers)
		return false;
	for (size_t i = 0; i < whole->n_fields; i++) {
		if (!chosen[i])
			continue;
		fields[n] = whole->fields[i];
		numbers[n++] = (uint32_t)i;
	}
	*schema = (struct schema){ whole->name, fields, n };
	*out = (struct narrow){ schema, whole, numbers };
	return true;
}

bool narrow_read(struct narrow *out, const struct params *p,
    const struct schema *whole, struct arena *a, struct err *e)
{
	struct str names = params_text(p, param_properties.name);
	bool *chosen;

	*out = (struct narrow){ whole, whole, NULL };
	if (!names.data)
		return true;
	chosen = arena_array(a, whole->n_fields + 1, sizeof(*chosen));
	if (!chosen)
		return err_no_room(e);
	if (!choose(chosen, whole, names)) {
		err_set(e, ERR_INPUT,
		    "properties names an attribute that is not there");
		return err_param(e, param_properties.name);
	}
	return make(out, whole, chosen, a) || err_no_room(e);
}

int narrow_find(const struct narrow *n, int field)
{
	if (narrow_is_whole(n) || field < 0)
		return field;
	for (size_t i = 0; i < n->schema->n_fields; i++)
		if (n->fields[i] == (uint32_t)field)
			return (int)i;
	return -1;
}

const struct value *narrow_values(
    const struct narrow *n, const struct value *values, struct arena *a)
{
	struct value *out;

	if (narrow_is_whole(n))
		return values;
	out = arena_array(a, n->schema->n_fields + 1, sizeof(*out));
	for (size_t i = 0; out && i < n->schema->n_fields; i++)
		out[i] = values[n->fields[i]];
	return out;
}
