#include "format/json_read.h"

#include <jansson.h>
#include <string.h>

#include "base/clock.h"
#include "json_feature.h"
#include "json_scan.h"

#define RECORD_SEPARATOR "\x1E"

enum { LEFT_OUT_MAX = 120 /* bytes of names in the note */ };

/* What the type of the outermost object says. */
enum object { OBJECT_UNTOLD, OBJECT_FEATURE, OBJECT_COLLECTION, OBJECT_OTHER };

/* Members of the outermost object that count. */
enum member { MEMBER_TYPE, MEMBER_FEATURES, MEMBER_CRS, MEMBERS };

static const char *const member_names[MEMBERS] = {
	[MEMBER_TYPE] = "\"type\"",
	[MEMBER_FEATURES] = "\"features\"",
	[MEMBER_CRS] = "\"crs\"",
};

/* The file as it is read. */
struct reading {
	const struct foreign_file *file;
	const struct foreign_hooks *hooks;
	struct json_feature feature;
	struct json_scan scan;
	enum object object;
	bool met[MEMBERS];
	struct buf left_out; /* names of other members of a collection */
	bool streamed; /* features were visited one by one */
	long number; /* of the feature, from 1 */
	long heights; /* features that have some */
	long large; /* features with numbers beyond 64 bits */
};

static const char byte_order_mark[] = "\xEF\xBB\xBF";

static const char *const coordinate_systems[] = {
	"urn:ogc:def:crs:OGC:1.3:CRS84",
	"urn:ogc:def:crs:OGC::CRS84",
	"http://www.opengis.net/def/crs/OGC/1.3/CRS84",
	"urn:ogc:def:crs:EPSG::4326",
	"EPSG:4326",
};

enum { N_SYSTEMS = sizeof(coordinate_systems) / sizeof(coordinate_systems[0]) };

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

/* --- one feature ---------------------------------------------------------- */

static json_t *load(struct str text, json_error_t *error)
{
	return json_loadb(text.data, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, error);
}

/* The same with whole numbers beyond 64 bits as decimals. */
static json_t *load_large(struct str text, json_error_t *error)
{
	json_t *value = NULL;
	struct buf b;

	buf_init(&b, 2 * (size_t)JSON_VALUE_MAX);
	json_scan_add_decimals(&b, text);
	if (!b.failed)
		value = load(buf_str(&b), error);
	buf_free(&b);
	return value;
}

/* Decodes text, which begins start bytes into the file. */
static json_t *decode(struct str text, size_t start, long *large, struct err *e)
{
	json_error_t error;
	json_t *value;

	if (json_scan_is_heavy(text)) {
		err_set(e, ERR_LIMIT, "holds too many values");
		return NULL;
	}
	value = load(text, &error);
	if (!value && json_error_code(&error) == json_error_numeric_overflow) {
		++*large;
		value = load_large(text, &error);
	}
	if (value)
		return value;
	if (json_error_code(&error) == json_error_out_of_memory)
		err_set(e, ERR_MEMORY, "out of memory");
	else if (json_error_code(&error) == json_error_duplicate_key)
		err_set(e, ERR_INPUT, "a name stands twice before byte %zu",
		    start + (size_t)error.position);
	else
		err_set(e, ERR_INPUT, "not valid JSON at byte %zu",
		    start + (size_t)error.position);
	err_detail(e, "%s", error.text);
	return NULL;
}

/* Whether a failure is one feature's own, so that the next can be read. */
static bool is_of_feature(const struct err *why)
{
	return why->code == ERR_INPUT || why->code == ERR_LIMIT;
}

static bool refuse(struct reading *r, const struct foreign_feature *f,
    const struct err *why, struct err *e)
{
	if (r->hooks->refuse && is_of_feature(why))
		return r->hooks->refuse(
		    r->hooks->context, &f->at, why->text, e);
	err_set(e, why->code, "feature %ld: %s", r->number, why->text);
	return err_detail(e, "%s", why->detail);
}

static bool in_bounds(const struct reading *r, struct err *e)
{
	if (r->number > FOREIGN_FEATURES_MAX)
		return err_set(e, ERR_LIMIT,
		    "the file has more than %d features", FOREIGN_FEATURES_MAX);
	if (r->file->deadline && clock_monotonic() > r->file->deadline)
		return err_set(e, ERR_LIMIT, "reading the file takes too long");
	return true;
}

/* text is what is held on to. */
static bool visit_feature(struct reading *r, struct str text, struct err *e)
{
	struct foreign_feature f = { .at = { .number = ++r->number,
					 .line = json_scan_line(&r->scan) } };
	struct err why = { .code = ERR_NONE };
	bool visited = false, good;
	json_t *value;

	if (!in_bounds(r, e))
		return false;
	if (!r->file->keep)
		arena_reset(r->file->arena);
	value = decode(
	    text, json_scan_byte(&r->scan, text.data) - 1, &r->large, &why);
	good = value && json_feature_read(
			    &r->feature, &f, value, r->hooks, &visited, &why);
	json_decref(value);
	r->heights += r->feature.shape.heights > 0;
	if (good)
		return true;
	if (!visited)
		return refuse(r, &f, &why, e);
	if (e)
		*e = why;
	return false;
}

/* --- the file ------------------------------------------------------------- */

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
		if (!visit_feature(r, value, e))
			return false;
		json_scan_let_go(s);
	} while (json_scan_take(s, ','));
	return json_scan_take(s, ']') || not_json(r, e);
}

/* The member of GeoJSON 2008 that RFC 7946 dropped. */
static bool check_crs(struct str text, struct err *e)
{
	json_t *value;
	const char *name;
	long ignored = 0;
	bool good = false;

	if (str_is(text, "null"))
		return true;
	value = decode(text, 0, &ignored, e);
	if (!value)
		return false;
	name = json_string_value(
	    json_object_get(json_object_get(value, "properties"), "name"));
	for (size_t i = 0; name && i < N_SYSTEMS; i++)
		good = good || strcmp(name, coordinate_systems[i]) == 0;
	json_decref(value);
	if (good)
		return true;
	return err_set(e, ERR_INPUT,
	    "the coordinates are not longitude and latitude of WGS 84");
}

static enum object object_of(struct str type)
{
	if (str_is(type, "\"Feature\""))
		return OBJECT_FEATURE;
	return str_is(type, "\"FeatureCollection\"") ? OBJECT_COLLECTION
						     : OBJECT_OTHER;
}

/* The value behind a name. Features are visited before it is sure that the type
 * allows them: it may come after them. */
static bool read_value(struct reading *r, enum member m, struct err *e)
{
	struct str value;

	if (m == MEMBER_FEATURES && r->object != OBJECT_FEATURE)
		return visit_features(r, e);
	if (!json_scan_value(&r->scan, &value))
		return not_json(r, e);
	if (m == MEMBER_TYPE)
		r->object = object_of(value);
	return m != MEMBER_CRS || check_crs(value, e);
}

/* Members of a collection that say nothing of features, ours among them. */
static const char *const passed_over[] = { "\"name\"", "\"bbox\"", "\"id\"",
	"\"timeStamp\"", "\"dataVersion\"", "\"licence\"", "\"licenceUrl\"",
	"\"attribution\"", "\"notice\"", "\"links\"", "\"numberMatched\"",
	"\"numberReturned\"", "\"totalFeatures\"" };

static void leave_out(struct reading *r, struct str name)
{
	for (size_t i = 0; i < sizeof(passed_over) / sizeof(passed_over[0]);
	     i++)
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

		if (value.len > 0 && !visit_feature(r, value, e))
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

	if (!visit_feature(r, json_scan_held(s), e))
		return false;
	json_scan_let_go(s);
	if (is_over(r))
		return true;
	return json_scan_peek(s) == '{' ? visit_sequence(r, '\n', e)
					: not_json(r, e);
}

static bool read_object(struct reading *r, struct err *e)
{
	(void)json_scan_peek(&r->scan);
	json_scan_hold(&r->scan);
	if (!read_members(r, e))
		return false;
	if (r->object == OBJECT_FEATURE && !r->streamed)
		return read_feature(r, e);
	json_scan_let_go(&r->scan);
	if (!is_over(r))
		return not_json(r, e);
	if (r->object != OBJECT_COLLECTION)
		return err_set(e, ERR_INPUT,
		    "the file is no GeoJSON FeatureCollection or Feature");
	return r->met[MEMBER_FEATURES] ||
	       err_set(e, ERR_INPUT, "the file has no \"features\"");
}

static bool note_count(
    const struct reading *r, long count, const char *what, struct err *e)
{
	const struct foreign_place file = { .number = 0 };
	struct err text = { .code = ERR_NONE };

	if (count == 0 || !r->hooks->note)
		return true;
	err_set(&text, ERR_INPUT, "%s: %ld", what, count);
	return r->hooks->note(r->hooks->context, &file, text.text, e);
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
	       note_count(r, r->heights,
		   "features with heights: places on the map are flat", e) &&
	       note_count(r, r->large,
		   "features with whole numbers beyond 64 bits, which are now "
		   "decimals",
		   e) &&
	       note_left_out(r, e);
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
