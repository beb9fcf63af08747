#include "json_feature.h"

#include <string.h>

#include "base/array.h"
#include "json_geom.h"

void json_feature_init(struct json_feature *j, struct arena *a)
{
	shape_init(&j->shape, FOREIGN_POSITIONS_MAX);
	gather_init(&j->gather, a);
	buf_init(&j->scratch, FOREIGN_TEXT_MAX);
}

void json_feature_free(struct json_feature *j)
{
	shape_free(&j->shape);
	gather_free(&j->gather);
	buf_free(&j->scratch);
	json_crs_free(&j->crs);
}

/* A value as compact JSON, in the scratch. */
static bool dump(struct buf *b, const json_t *value)
{
	size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(15);
	size_t len = json_dumpb(value, NULL, 0, flags);
	char *to;

	buf_reset(b);
	to = buf_reserve(b, len);
	if (len == 0 || !to || json_dumpb(value, to, len, flags) != len)
		return false;
	b->len = len;
	return true;
}

static enum value_type type_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_INTEGER:
		return VALUE_INT;
	case JSON_REAL:
		return VALUE_NUMBER;
	case JSON_TRUE:
	case JSON_FALSE:
		return VALUE_BOOL;
	default:
		return VALUE_TEXT;
	}
}

/* Adds nothing for null. */
static bool add_property(struct json_feature *j, const char *name,
    const json_t *value, struct err *e)
{
	struct str text;

	if (json_is_null(value))
		return true;
	if (json_is_string(value)) {
		text.data = json_string_value(value);
		text.len = json_string_length(value);
	} else if (dump(&j->scratch, value)) {
		text = buf_str(&j->scratch);
	} else {
		return err_set(e, ERR_LIMIT, "a value is too long");
	}
	return gather_add(&j->gather, str_from(name), text, type_of(value), e);
}

static bool read_properties(
    struct json_feature *j, json_t *properties, struct err *e)
{
	const char *name;
	json_t *value;

	if (properties && !json_is_null(properties) &&
	    !json_is_object(properties))
		return err_set(e, ERR_INPUT, "the properties are no object");
	json_object_foreach(properties, name,
	    value) if (!add_property(j, name, value, e)) return false;
	return true;
}

/* RFC 7946 section 3.2: a string or a number. */
static bool read_id(
    struct json_feature *j, struct str *id, const json_t *value, struct err *e)
{
	if (!value || json_is_null(value))
		return true;
	if (json_is_string(value))
		return gather_copy(
		    &j->gather, id, str_from(json_string_value(value)), e);
	if (!json_is_number(value) || !dump(&j->scratch, value))
		return err_set(
		    e, ERR_INPUT, "the id is neither a text nor a number");
	return gather_copy(&j->gather, id, buf_str(&j->scratch), e);
}

/* Members that RFC 7946 does not know (section 6.1). */
static bool read_rest(
    struct json_feature *j, struct str *rest, json_t *value, struct err *e)
{
	static const char *const known[] = { "type", "id", "geometry",
		"properties", "bbox", "crs" };
	json_t *copy;
	bool good = true;

	if (json_object_size(value) <= 1)
		return true;
	copy = json_copy(value);
	if (!copy)
		return err_no_memory(e);
	for (size_t i = 0; i < LENGTH(known); i++)
		(void)json_object_del(copy, known[i]);
	if (json_object_size(copy) > 0)
		good =
		    dump(&j->scratch, copy)
			? gather_copy(&j->gather, rest, buf_str(&j->scratch), e)
			: err_set(e, ERR_LIMIT, "a value is too long");
	json_decref(copy);
	return good;
}

/* A geometry that no feature is around. */
static bool read_bare(struct json_feature *j, struct foreign_feature *f,
    const json_t *geometry, const struct foreign_hooks *hooks, bool *visited,
    struct err *e)
{
	bool many = false;

	return gather_finish(&j->gather, f, e) &&
	       json_geom_read(&j->shape, &many, geometry, e) &&
	       json_crs_exchange(&j->crs, &j->shape, e) &&
	       gather_visit(&j->gather, f, &j->shape, many, hooks, visited, e);
}

/* Of coordinates in the system of the file, unless the feature tells another.
 */
static bool read_place(
    struct json_feature *j, bool *many, const json_t *value, struct err *e)
{
	const json_t *crs = json_object_get(value, "crs");
	const enum crs of_file = j->crs.crs;
	bool good = json_geom_read(&j->shape, many,
			json_object_get(value, "geometry"), e) &&
		    (!crs || json_crs_read(&j->crs, crs, e)) &&
		    json_crs_exchange(&j->crs, &j->shape, e);

	j->crs.crs = of_file;
	return good;
}

bool json_feature_read(struct json_feature *j, struct foreign_feature *f,
    json_t *value, const struct foreign_hooks *hooks, bool *visited,
    struct err *e)
{
	const char *type = json_string_value(json_object_get(value, "type"));
	bool many = false,
	     bare = j->bare && type && strcmp(type, "Feature") != 0;

	*visited = false;
	gather_reset(&j->gather);
	shape_reset(&j->shape);
	if (bare)
		return read_bare(j, f, value, hooks, visited, e);
	if (!type || strcmp(type, "Feature") != 0)
		return err_set(e, ERR_INPUT, "this is no GeoJSON Feature");
	if (!read_properties(j, json_object_get(value, "properties"), e) ||
	    !gather_finish(&j->gather, f, e))
		return false;
	f->at.name = foreign_name(f);
	return read_id(j, &f->id, json_object_get(value, "id"), e) &&
	       read_rest(j, &f->rest, value, e) &&
	       read_place(j, &many, value, e) &&
	       gather_visit(&j->gather, f, &j->shape, many, hooks, visited, e);
}
