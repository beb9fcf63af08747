#include "format/json_read.h"

#include <jansson.h>
#include <math.h>

#include "base/clock.h"
#include "json_geom.h"

/* 2^46: beyond this many tenge a double does not keep the tiyn. */
static const double tenge_max = 70368744177664;

static bool damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED, "a stored feature cannot be read");
}

/* Appends the codes to out, separated by ';'. */
static bool join_codes(struct buf *out, const json_t *codes)
{
	const json_t *code;
	size_t i;

	json_array_foreach(codes, i, code)
	{
		if (!json_is_string(code))
			return false;
		if (i > 0)
			buf_add_char(out, ';');
		buf_add_text(out, json_string_value(code));
	}
	return !out->failed;
}

static bool copy_text(struct str *out, struct str text, struct arena *a)
{
	out->data = arena_copy(a, text.data, text.len);
	out->len = text.len;
	return out->data != NULL;
}

static bool read_text(struct value *v, const json_t *json, struct arena *a)
{
	struct str text = { json_string_value(json), json_string_length(json) };

	return json_is_string(json) && copy_text(&v->text, text, a);
}

static bool read_list(struct value *v, const json_t *json, struct arena *a)
{
	struct buf joined;
	bool good;

	buf_init(&joined, SIZE_MAX);
	good = json_is_array(json) && join_codes(&joined, json) &&
	       copy_text(&v->text, buf_str(&joined), a);
	buf_free(&joined);
	return good;
}

static bool read_integer(struct value *v, const json_t *json, struct arena *a)
{
	(void)a;
	v->integer = json_integer_value(json);
	return json_is_integer(json);
}

static bool read_number(struct value *v, const json_t *json, struct arena *a)
{
	(void)a;
	v->number = json_number_value(json);
	return json_is_number(json);
}

static bool read_money(struct value *v, const json_t *json, struct arena *a)
{
	double tenge = json_number_value(json);
	double whole = trunc(tenge);

	(void)a;
	if (json_is_integer(json))
		return !__builtin_mul_overflow(
		    json_integer_value(json), 100, &v->integer);
	if (!json_is_real(json) || fabs(tenge) > tenge_max)
		return false;
	/* The fraction is exact; multiplied alone it loses nothing more. */
	v->integer = (int64_t)whole * 100 + llround((tenge - whole) * 100);
	return true;
}

static bool read_bool(struct value *v, const json_t *json, struct arena *a)
{
	(void)a;
	v->integer = json_is_true(json);
	return json_is_boolean(json);
}

static bool read_day(struct value *v, const json_t *json, struct arena *a)
{
	const char *text = json_string_value(json);
	int32_t day;

	(void)a;
	if (!text || !clock_day_parse(text, &day))
		return false;
	v->integer = day;
	return true;
}

static bool read_time(struct value *v, const json_t *json, struct arena *a)
{
	(void)a;
	return clock_time_parse(str_from(json_string_value(json)), &v->integer);
}

static bool (*const readers[])(
    struct value *, const json_t *, struct arena *) = {
	[VALUE_TEXT] = read_text,
	[VALUE_INT] = read_integer,
	[VALUE_NUMBER] = read_number,
	[VALUE_MONEY] = read_money,
	[VALUE_BOOL] = read_bool,
	[VALUE_DAY] = read_day,
	[VALUE_LIST] = read_list,
	[VALUE_TIME] = read_time,
};

/* Every attribute of the schema, and no other. */
static bool read_values(struct value *values, const struct schema *schema,
    const json_t *properties, struct arena *a)
{
	if (json_object_size(properties) != schema->n_fields)
		return false;
	for (size_t i = 0; i < schema->n_fields; i++) {
		const struct field *f = &schema->fields[i];
		const json_t *json = json_object_get(properties, f->name);

		values[i].type = VALUE_NULL;
		if (!json)
			return false;
		if (json_is_null(json))
			continue;
		values[i].type = f->type;
		if (!readers[f->type](&values[i], json, a))
			return false;
	}
	return true;
}

static bool read_geometry(
    struct feature *f, const json_t *json, struct arena *a)
{
	struct shaped made[SHAPE_KINDS];
	struct shape shape;
	bool good, many;
	int n = 0;

	shape_init(&shape, GEOM_MAX_POSITIONS);
	good = json && json_geom_read(&shape, &many, json, NULL);
	if (good)
		n = shape_make(made, &shape, many, a, NULL);
	/* Only a collection mixes kinds, and none was written. */
	good = good && (n == 0 || n == 1);
	if (n == 1)
		f->geom = made[0].geom;
	shape_free(&shape);
	return good;
}

static bool read_feature(
    struct feature *out, const json_t *json, struct arena *a, struct err *e)
{
	struct value *values =
	    arena_array(a, out->schema->n_fields, sizeof(*values));
	struct value id;

	if (!values)
		return err_no_memory(e);
	if (!str_is(str_from(json_string_value(json_object_get(json, "type"))),
		"Feature") ||
	    !read_geometry(out, json_object_get(json, "geometry"), a) ||
	    !read_values(
		values, out->schema, json_object_get(json, "properties"), a))
		return damaged(e);
	out->values = values;
	out->public_id = (struct str){ NULL, 0 };
	if (!json_object_get(json, "id"))
		return true;
	if (!read_text(&id, json_object_get(json, "id"), a))
		return damaged(e);
	out->public_id = id.text;
	return true;
}

bool json_read_fragment(struct feature *out, const struct schema *schema,
    struct str text, struct arena *a, struct err *e)
{
	struct feature f = { .schema = schema };
	json_error_t error;
	json_t *json = json_loadb(text.data, text.len,
	    JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &error);
	bool good;

	if (!json) {
		damaged(e);
		return err_detail(e, "%s", error.text);
	}
	good = read_feature(&f, json, a, e);
	json_decref(json);
	if (good)
		*out = f;
	return good;
}
