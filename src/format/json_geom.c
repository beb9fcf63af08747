#include "json_geom.h"

#include "base/array.h"

#include <math.h>

static const struct {
	const char *name;
	enum geom_type kind;
	bool many;
} types[] = {
	{ "Point", GEOM_POINT, false },
	{ "LineString", GEOM_LINE, false },
	{ "Polygon", GEOM_POLYGON, false },
	{ "MultiPoint", GEOM_POINT, true },
	{ "MultiLineString", GEOM_LINE, true },
	{ "MultiPolygon", GEOM_POLYGON, true },
};

enum { N_TYPES = LENGTH(types) };

static bool refuse(struct err *e)
{
	return err_set(e, ERR_INPUT,
	    "the coordinates are not nested as the geometry's type wants");
}

static bool read_position(struct shape *s, const json_t *value, struct err *e)
{
	const json_t *lon = json_array_get(value, 0);
	const json_t *lat = json_array_get(value, 1);
	const json_t *height = json_array_get(value, 2);

	if (!json_is_number(lon) || !json_is_number(lat))
		return refuse(e);
	return shape_add(s, json_number_value(lon), json_number_value(lat),
	    json_is_number(height) ? json_number_value(height) : (double)NAN,
	    e);
}

static bool read_positions(struct shape *s, const json_t *value, struct err *e)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value))
		return refuse(e);
	json_array_foreach(
	    value, i, item) if (!read_position(s, item, e)) return false;
	return true;
}

static bool read_polygon(struct shape *s, const json_t *value, struct err *e)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value))
		return refuse(e);
	json_array_foreach(value, i, item)
	{
		if (!read_positions(s, item, e))
			return false;
		/* What is bounded by nothing has no holes. */
		if (i > 0 && s->poly_n == 0 && s->part_n > 0)
			return refuse(e);
		if (!shape_close_ring(s, e))
			return false;
		shape_end_ring(s);
	}
	shape_end_polygon(s);
	return true;
}

static bool read_line(struct shape *s, const json_t *value, struct err *e)
{
	if (!read_positions(s, value, e))
		return false;
	shape_end_line(s);
	return true;
}

/* GDAL and others write a point that is empty as []. */
static bool read_point(struct shape *s, const json_t *value, struct err *e)
{
	bool empty = json_is_array(value) && json_array_size(value) == 0;

	if (!empty && !read_position(s, value, e))
		return false;
	shape_end_point(s);
	return true;
}

static bool read_piece(
    struct shape *s, enum geom_type kind, const json_t *value, struct err *e)
{
	shape_begin(s, kind);
	if (kind == GEOM_POLYGON)
		return read_polygon(s, value, e);
	return kind == GEOM_LINE ? read_line(s, value, e)
				 : read_point(s, value, e);
}

static bool read_pieces(
    struct shape *s, enum geom_type kind, const json_t *value, struct err *e)
{
	const json_t *item;
	size_t i;

	if (!json_is_array(value))
		return refuse(e);
	s->empty += json_array_size(value) == 0;
	json_array_foreach(
	    value, i, item) if (!read_piece(s, kind, item, e)) return false;
	return true;
}

/* Any geometry but a collection. */
static bool read_simple(
    struct shape *s, bool *many, const json_t *value, struct err *e)
{
	struct str type =
	    str_from(json_string_value(json_object_get(value, "type")));
	const json_t *coordinates = json_object_get(value, "coordinates");

	for (size_t i = 0; i < N_TYPES; i++) {
		if (!str_is(type, types[i].name))
			continue;
		*many = types[i].many;
		return *many ? read_pieces(s, types[i].kind, coordinates, e)
			     : read_piece(s, types[i].kind, coordinates, e);
	}
	return err_set(e, ERR_INPUT, "the geometry has no type that is known");
}

static bool read_collection(
    struct shape *s, const json_t *geometries, struct err *e)
{
	const json_t *item;
	size_t i;
	bool many;

	s->empty += json_array_size(geometries) == 0;
	json_array_foreach(geometries, i,
	    item) if (!read_simple(s, &many, item, e)) return false;
	return true;
}

bool json_geom_read(
    struct shape *s, bool *many, const json_t *value, struct err *e)
{
	const json_t *geometries = json_object_get(value, "geometries");

	*many = true;
	if (!value || json_is_null(value))
		return true;
	if (!geometries)
		return read_simple(s, many, value, e);
	return read_collection(s, geometries, e);
}
