#include "cql2_build.h"

#include "base/array.h"
#include "cql2_shape.h"
#include "format/json_tree.h"

/* Reads CQL2 JSON (21-065r2 section 8.3 and annex C) from a JSON tree. */

enum { JSON_DEPTH = 96, BOX_MAX = 6 };

struct source {
	struct cql2_build build;
	int depth;
};

static struct cql2_node *read_value(
    struct source *s, const struct json_node *json);

static void *refuse(
    struct source *s, const struct json_node *json, const char *what)
{
	return cql2_refuse(&s->build, json->at, what);
}

/* --- geometries ----------------------------------------------------------- */

static bool read_position(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	double v[3];
	size_t n = 0;

	if (json->kind != JSON_IS_ARRAY || json->n < 2 || json->n > 3)
		return refuse(s, json,
		    "a position of two or three numbers is "
		    "expected");
	for (const struct json_node *i = json->first; i; i = i->next)
		if (!json_tree_number(i, &v[n++]))
			return refuse(s, i, "a number is expected");
	cql2_gather_position(g, v[0], v[1]);
	return true;
}

static bool read_part(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	if (json->kind != JSON_IS_ARRAY)
		return refuse(s, json, "an array of positions is expected");
	for (const struct json_node *i = json->first; i; i = i->next)
		if (!read_position(s, g, i))
			return false;
	cql2_gather_end_part(g);
	return true;
}

static bool read_parts(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	if (json->kind != JSON_IS_ARRAY)
		return refuse(
		    s, json, "an array of lines or rings is expected");
	for (const struct json_node *i = json->first; i; i = i->next)
		if (!read_part(s, g, i))
			return false;
	return true;
}

static bool read_polygon(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	if (!read_parts(s, g, json))
		return false;
	cql2_gather_end_polygon(g);
	return true;
}

static bool read_points(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	if (json->kind != JSON_IS_ARRAY)
		return refuse(s, json, "an array of positions is expected");
	for (const struct json_node *i = json->first; i; i = i->next) {
		if (!read_position(s, g, i))
			return false;
		cql2_gather_end_part(g);
	}
	return true;
}

static bool read_polygons(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	if (json->kind != JSON_IS_ARRAY)
		return refuse(s, json, "an array of polygons is expected");
	for (const struct json_node *i = json->first; i; i = i->next)
		if (!read_polygon(s, g, i))
			return false;
	return true;
}

static bool read_coordinates(struct source *s, struct cql2_gather *g,
    enum geom_type type, const struct json_node *json)
{
	cql2_gather_begin(g, type);
	switch (type) {
	case GEOM_POINT:
		if (!read_position(s, g, json))
			return false;
		cql2_gather_end_part(g);
		return true;
	case GEOM_LINE:
		return read_part(s, g, json);
	case GEOM_POLYGON:
		return read_polygon(s, g, json);
	case GEOM_MULTIPOINT:
		return read_points(s, g, json);
	case GEOM_MULTILINE:
		return read_parts(s, g, json);
	case GEOM_MULTIPOLYGON:
		return read_polygons(s, g, json);
	}
	return false;
}

static bool read_geometry(
    struct source *s, struct cql2_gather *g, const struct json_node *json)
{
	const struct json_node *name = json_tree_member(json, "type");
	const struct json_node *at = json_tree_member(json, "coordinates");
	const struct cql2_shape_type *type = NULL;

	if (name && name->kind == JSON_IS_TEXT)
		type = cql2_shape_type_find(name->text, true);
	if (!type)
		return refuse(
		    s, json, "a geometry of a known type is expected");
	if (!at)
		return refuse(s, json, "a geometry has no coordinates");
	return read_coordinates(s, g, type->type, at) &&
	       cql2_gather_end(g, json->at);
}

static bool read_collection(
    struct source *s, struct cql2_gather *g, const struct json_node *members)
{
	if (members->kind != JSON_IS_ARRAY)
		return refuse(s, members, "an array of geometries is expected");
	for (const struct json_node *i = members->first; i; i = i->next)
		if (!read_geometry(s, g, i))
			return false;
	return true;
}

static struct cql2_node *read_shape(
    struct source *s, const struct json_node *json)
{
	const struct json_node *name = json_tree_member(json, "type");
	const struct json_node *all = json_tree_member(json, "geometries");
	const struct cql2_shape *shape = NULL;
	struct cql2_gather g;
	bool good;

	cql2_gather_init(&g, &s->build);
	if (all && name->kind == JSON_IS_TEXT &&
	    str_is(name->text, "GeometryCollection"))
		good = read_collection(s, &g, all);
	else
		good = read_geometry(s, &g, json);
	if (good)
		shape = cql2_gather_shape(&g, json->at);
	cql2_gather_free(&g);
	return cql2_make_shape(&s->build, json->at, shape);
}

static struct cql2_node *read_box(
    struct source *s, const struct json_node *json)
{
	const struct json_node *box = json_tree_member(json, "bbox");
	double v[BOX_MAX];
	size_t n = 0;

	if (box->kind != JSON_IS_ARRAY || box->n > BOX_MAX)
		return refuse(
		    s, box, "an array of four or six numbers is expected");
	for (const struct json_node *i = box->first; i; i = i->next)
		if (!json_tree_number(i, &v[n++]))
			return refuse(s, i, "a number is expected");
	return cql2_make_shape(
	    &s->build, json->at, cql2_box_shape(&s->build, json->at, v, n));
}

/* --- instants and properties ---------------------------------------------- */

typedef struct cql2_node *make_from_text(
    struct cql2_build *b, size_t at, struct str text);

static struct cql2_node *read_named(struct source *s,
    const struct json_node *json, const char *name, make_from_text *make)
{
	const struct json_node *member = json_tree_member(json, name);

	if (member->kind != JSON_IS_TEXT)
		return refuse(s, member, "a text is expected");
	return make(&s->build, json->at, member->text);
}

static struct cql2_node *read_property(
    struct source *s, const struct json_node *json)
{
	return read_named(s, json, "property", cql2_make_property);
}

static struct cql2_node *read_date(
    struct source *s, const struct json_node *json)
{
	return read_named(s, json, "date", cql2_make_day);
}

static struct cql2_node *read_timestamp(
    struct source *s, const struct json_node *json)
{
	return read_named(s, json, "timestamp", cql2_make_time);
}

static struct cql2_node *read_end(
    struct source *s, const struct json_node *json)
{
	if (json->kind == JSON_IS_TEXT)
		return cql2_make_end(&s->build, json->at, json->text);
	if (json_tree_member(json, "property"))
		return read_property(s, json);
	return refuse(s, json, "the end of an interval is expected");
}

static struct cql2_node *read_interval(
    struct source *s, const struct json_node *json)
{
	const struct json_node *ends = json_tree_member(json, "interval");
	struct cql2_args args = { NULL, NULL, 0 };

	if (ends->kind != JSON_IS_ARRAY || ends->n != 2)
		return refuse(s, ends, "an array of two ends is expected");
	for (const struct json_node *i = ends->first; i; i = i->next)
		if (!cql2_args_add(&args, read_end(s, i)))
			return NULL;
	return cql2_make(&s->build, OP_INTERVAL, json->at, &args);
}

/* --- operators ------------------------------------------------------------ */

static bool read_items(
    struct source *s, struct cql2_args *out, const struct json_node *array)
{
	for (const struct json_node *i = array->first; i; i = i->next)
		if (!cql2_args_add(out, read_value(s, i)))
			return false;
	return true;
}

static struct cql2_node *read_array(
    struct source *s, const struct json_node *json)
{
	struct cql2_args items = { NULL, NULL, 0 };

	if (!read_items(s, &items, json))
		return NULL;
	return cql2_make(&s->build, OP_ARRAY, json->at, &items);
}

/* A value and an array of those it may equal. */
static bool read_in(
    struct source *s, struct cql2_args *out, const struct json_node *args)
{
	const struct json_node *list = args->first->next;

	if (list->kind != JSON_IS_ARRAY || list->n == 0)
		return refuse(s, list, "an array with a value is expected");
	return cql2_args_add(out, read_value(s, args->first)) &&
	       read_items(s, out, list);
}

/* Arrays stand as arguments of the functions for arrays only. */
static bool read_args(struct source *s, enum cql2_op op, struct cql2_args *out,
    const struct json_node *args)
{
	for (const struct json_node *i = args->first; i; i = i->next) {
		bool array = cql2_is_lists(op) && i->kind == JSON_IS_ARRAY;

		if (!cql2_args_add(
			out, array ? read_array(s, i) : read_value(s, i)))
			return false;
	}
	return true;
}

static struct cql2_node *read_operation(
    struct source *s, const struct json_node *json)
{
	const struct json_node *name = json_tree_member(json, "op");
	const struct json_node *args = json_tree_member(json, "args");
	struct cql2_args made = { NULL, NULL, 0 };
	int op = -1;

	if (name->kind == JSON_IS_TEXT)
		op = cql2_operator_find(name->text);
	if (op < 0)
		return refuse(s, name, "there is no such operator or function");
	if (!args || args->kind != JSON_IS_ARRAY)
		return refuse(
		    s, json, "an operation has no array of arguments");
	if (args->n < cql2_operators[op].min ||
	    args->n > cql2_operators[op].max)
		return refuse(s, args,
		    "an operation has too few or too many "
		    "arguments");
	if (op == OP_IN ? !read_in(s, &made, args)
			: !read_args(s, (enum cql2_op)op, &made, args))
		return NULL;
	return cql2_make(&s->build, (enum cql2_op)op, json->at, &made);
}

static struct cql2_node *read_object(
    struct source *s, const struct json_node *json)
{
	static const struct {
		const char *member;
		struct cql2_node *(*read)(
		    struct source *, const struct json_node *);
	} kinds[] = {
		{ "op", read_operation },
		{ "property", read_property },
		{ "date", read_date },
		{ "timestamp", read_timestamp },
		{ "interval", read_interval },
		{ "type", read_shape },
		{ "bbox", read_box },
	};

	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (json_tree_member(json, kinds[i].member))
			return kinds[i].read(s, json);
	return refuse(s, json, "there is an object that has no meaning");
}

static struct cql2_node *read_value(
    struct source *s, const struct json_node *json)
{
	struct cql2_node *node;

	switch (json->kind) {
	case JSON_IS_BOOL:
		return cql2_make_truth(&s->build, json->at, json->truth);
	case JSON_IS_INT:
		return cql2_make_int(&s->build, json->at, json->integer);
	case JSON_IS_REAL:
		return cql2_make_number(&s->build, json->at, json->real);
	case JSON_IS_TEXT:
		return cql2_make_text(&s->build, json->at, json->text);
	case JSON_IS_OBJECT:
		break;
	default:
		return refuse(s, json, "there is a value that has no meaning");
	}
	if (s->depth == CQL2_DEPTH_MAX)
		return refuse(s, json, "the filter is nested too deeply");
	s->depth++;
	node = read_object(s, json);
	s->depth--;
	return node;
}

const struct cql2 *cql2_parse_json(struct str text,
    const struct cql2_context *c, struct arena *a, struct err *e)
{
	struct source s = { .depth = 0 };
	const struct json_node *json;
	struct cql2_node *root = NULL;

	if (text.len > CQL2_BYTES_MAX) {
		err_set(e, ERR_INPUT, "the filter is longer than %d bytes",
		    CQL2_BYTES_MAX);
		return NULL;
	}
	json = json_tree_read(text, JSON_DEPTH, a, e);
	if (!json)
		return NULL;
	if (cql2_build_begin(&s.build, c, a, e))
		root = read_value(&s, json);
	return cql2_build_end(&s.build, root);
}
