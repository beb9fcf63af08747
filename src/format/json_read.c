#include "format/json_read.h"

#include <jansson.h>
#include <string.h>

#include "base/array.h"
#include "json_reading.h"

#define RECORD_SEPARATOR "\x1E"

enum { LEFT_OUT_MAX = 120 /* bytes of names in the note */ };

static const char *const member_names[MEMBERS] = {
	[MEMBER_TYPE] = "\"type\"",
	[MEMBER_FEATURES] = "\"features\"",
	[MEMBER_CRS] = "\"crs\"",
};

static const char byte_order_mark[] = "\xEF\xBB\xBF";

/* Why the file does not go on as it should. */
static bool not_json(struct reading *r, struct err *e)
{
	struct json_scan *s = &r->scan;

	if (s->failed.code != ERR_NONE)
		return err_set(e, s->failed.code, "%s", s->failed.text);
	json_scan_hold(s);
	return err_set(e, ERR_INPUT,
	    "the file is not valid JSON at line %ld, byte %zu",
	    json_scan_line(s), s->passed + s->at + 1);
}

static bool visit_features(struct reading *r, struct err *e)
{
	struct json_scan *s = &r->scan;
	struct str value;

	r->streamed = true;
	json_scan_let_go(s);
	if (!json_scan_take(s, '['))
		return err_set(e, ERR_INPUT, "\"features\" is no array");
	if (json_scan_take(s, ']'))
		return true;
	do {
		if (!json_scan_value(s, &value))
			return not_json(r, e);
		if (!json_visit_feature(r, value, e))
			return false;
		json_scan_let_go(s);
	} while (json_scan_take(s, ','));
	return json_scan_take(s, ']') || not_json(r, e);
}

static bool read_crs(struct reading *r, struct str text, struct err *e)
{
	struct json_crs *crs = &r->feature.crs;
	json_t *value;
	long ignored = 0;
	bool good;

	value = json_decode(text, 0, &ignored, e);
	if (!value)
		return false;
	good = json_crs_read(crs, value, e);
	json_decref(value);
	if (good && r->streamed && crs->crs != CRS_84)
		return err_set(e, ERR_INPUT,
		    "\"crs\" stands behind the features: it has to stand "
		    "before them");
	return good;
}

static const struct {
	const char *type;
	enum object object;
} objects[] = {
	{ "\"Feature\"", OBJECT_FEATURE },
	{ "\"FeatureCollection\"", OBJECT_COLLECTION },
	{ "\"Point\"", OBJECT_GEOMETRY },
	{ "\"LineString\"", OBJECT_GEOMETRY },
	{ "\"Polygon\"", OBJECT_GEOMETRY },
	{ "\"MultiPoint\"", OBJECT_GEOMETRY },
	{ "\"MultiLineString\"", OBJECT_GEOMETRY },
	{ "\"MultiPolygon\"", OBJECT_GEOMETRY },
	{ "\"GeometryCollection\"", OBJECT_GEOMETRY },
	{ "\"Topology\"", OBJECT_TOPOLOGY },
};

static enum object object_of(struct str type)
{
	for (size_t i = 0; i < LENGTH(objects); i++)
		if (str_is(type, objects[i].type))
			return objects[i].object;
	return OBJECT_OTHER;
}

/* One feature, or a geometry that stands for it. */
static bool is_alone(const struct reading *r)
{
	return r->object == OBJECT_FEATURE || r->object == OBJECT_GEOMETRY;
}

/* The value behind a name. Features are visited before it is sure that the type
 * allows them: it may come after them. */
static bool read_value(struct reading *r, enum member m, struct err *e)
{
	struct str value;

	if (m == MEMBER_FEATURES && !is_alone(r))
		return visit_features(r, e);
	if (!json_scan_value(&r->scan, &value))
		return not_json(r, e);
	if (m == MEMBER_TYPE)
		r->object = object_of(value);
	return m != MEMBER_CRS || read_crs(r, value, e);
}

/* Members of a collection that say nothing of features, ours among them. */
static const char *const passed_over[] = { "\"name\"", "\"bbox\"", "\"id\"",
	"\"timeStamp\"", "\"dataVersion\"", "\"licence\"", "\"licenceUrl\"",
	"\"attribution\"", "\"notice\"", "\"links\"", "\"numberMatched\"",
	"\"numberReturned\"", "\"totalFeatures\"" };

static void leave_out(struct reading *r, struct str name)
{
	for (size_t i = 0; i < LENGTH(passed_over); i++)
		if (str_is(name, passed_over[i]))
			return;
	for (size_t i = 0; i < name.len; i++)
		if (name.data[i] < ' ' || name.data[i] > '~')
			name = str_from("...");
	if (name.len + 2 > LEFT_OUT_MAX - r->left_out.len)
		return;
	buf_add_text(&r->left_out, r->left_out.len > 0 ? ", " : "");
	buf_add_str(&r->left_out, name);
}

/* A name, which is met once, and its value. */
static bool read_member(struct reading *r, struct err *e)
{
	struct json_scan *s = &r->scan;
	struct str name;
	int m = 0;

	if (json_scan_peek(s) != '"' || !json_scan_value(s, &name))
		return not_json(r, e);
	while (m < MEMBERS && !str_is(name, member_names[m]))
		m++;
	if (m == MEMBERS)
		leave_out(r, name);
	if (!json_scan_take(s, ':'))
		return not_json(r, e);
	if (m < MEMBERS && r->met[m])
		return err_set(
		    e, ERR_INPUT, "the file has %s twice", member_names[m]);
	if (m < MEMBERS)
		r->met[m] = true;
	if (!read_value(r, (enum member)m, e))
		return false;
	/* A feature is decoded as a whole. */
	if (r->streamed)
		json_scan_let_go(s);
	return true;
}

static bool read_members(struct reading *r, struct err *e)
{
	struct json_scan *s = &r->scan;

	if (!json_scan_take(s, '{'))
		return not_json(r, e);
	if (json_scan_take(s, '}'))
		return true;
	do {
		if (!read_member(r, e))
			return false;
	} while (json_scan_take(s, ','));
	return json_scan_take(s, '}') || not_json(r, e);
}

/* RFC 8142 puts a record separator before each value; others a line end behind
 * it. What follows is one value a record: one that is broken hides no other. */
static bool visit_sequence(struct reading *r, char separator, struct err *e)
{
	struct str part;

	while (json_scan_part(&r->scan, separator, &part)) {
		struct str value = str_trim(part);

		if (value.len > 0 && !json_visit_feature(r, value, e))
			return false;
	}
	return r->scan.failed.code == ERR_NONE || not_json(r, e);
}

static bool is_over(struct reading *r)
{
	struct json_scan *s = &r->scan;

	return json_scan_peek(s) == '\0' && s->at == s->bytes.len &&
	       s->failed.code == ERR_NONE;
}

/* One feature, or the first of a sequence. */
static bool read_feature(struct reading *r, struct err *e)
{
	struct json_scan *s = &r->scan;

	if (!json_visit_feature(r, json_scan_held(s), e))
		return false;
	json_scan_let_go(s);
	if (is_over(r))
		return true;
	return json_scan_peek(s) == '{' ? visit_sequence(r, '\n', e)
					: not_json(r, e);
}

static bool no_geojson(struct err *e)
{
	return err_set(e, ERR_INPUT,
	    "the file is no GeoJSON FeatureCollection or Feature");
}

static bool read_object(struct reading *r, struct err *e)
{
	if (json_scan_peek(&r->scan) == '[')
		return no_geojson(e);
	json_scan_hold(&r->scan);
	if (!read_members(r, e))
		return false;
	r->feature.bare = r->object == OBJECT_GEOMETRY;
	if (is_alone(r) && !r->streamed)
		return read_feature(r, e);
	json_scan_let_go(&r->scan);
	if (!is_over(r))
		return not_json(r, e);
	if (r->object == OBJECT_TOPOLOGY)
		return err_set(e, ERR_INPUT,
		    "the file is TopoJSON: make GeoJSON of it first, as with "
		    "ogr2ogr");
	if (r->object != OBJECT_COLLECTION)
		return no_geojson(e);
	return r->met[MEMBER_FEATURES] ||
	       err_set(e, ERR_INPUT, "the file has no \"features\"");
}

static bool note_crs(const struct reading *r, struct err *e)
{
	struct err text = { .code = ERR_NONE };

	err_set(&text, ERR_INPUT,
	    "features in %s, which are now in longitude and latitude",
	    json_crs_name(&r->feature.crs));
	return gather_note_count(
	    r->hooks, r->feature.crs.features, text.text, e);
}

/* Of a collection; a feature keeps its members. */
static bool note_left_out(const struct reading *r, struct err *e)
{
	const struct foreign_place file = { .number = 0 };
	struct err text = { .code = ERR_NONE };

	if (!r->streamed || r->left_out.len == 0 || !r->hooks->note)
		return true;
	err_set(&text, ERR_INPUT, "members of the file are left out: %.*s",
	    (int)r->left_out.len, r->left_out.data);
	return r->hooks->note(r->hooks->context, &file, text.text, e);
}

static bool read_file(struct reading *r, struct err *e)
{
	struct json_scan *s = &r->scan;
	bool good;

	(void)json_scan_skip(s, byte_order_mark);
	if (s->stream.passed == 0 && s->failed.code == ERR_NONE)
		return err_set(e, ERR_INPUT, "the file is empty");
	good = json_scan_skip(s, RECORD_SEPARATOR)
		   ? visit_sequence(r, RECORD_SEPARATOR[0], e)
		   : read_object(r, e);
	return good &&
	       gather_note_count(r->hooks, r->heights,
		   "features with heights: places on the map are flat", e) &&
	       gather_note_count(r->hooks, r->large,
		   "features with whole numbers beyond 64 bits, which are now "
		   "decimals",
		   e) &&
	       note_crs(r, e) && note_left_out(r, e);
}

bool json_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
{
	struct reading r = { .file = file, .hooks = hooks };
	bool good;

	json_scan_init(&r.scan, file);
	buf_init(&r.left_out, LEFT_OUT_MAX);
	json_feature_init(&r.feature, file->arena);
	good = read_file(&r, e);
	json_feature_free(&r.feature);
	json_scan_free(&r.scan);
	buf_free(&r.left_out);
	return good;
}
