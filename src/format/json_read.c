#include "format/json_read.h"

#include <jansson.h>
#include <string.h>

#include "base/clock.h"
#include "json_feature.h"
#include "json_scan.h"

#define RECORD_SEPARATOR "\x1E"

/* The file as it is read. */
struct reading {
	const struct foreign_file *file;
	const struct foreign_hooks *hooks;
	struct json_feature feature;
	const char *start; /* of the text */
	const char *counted; /* lines are counted up to here */
	long line, number; /* of the feature, from 1 */
	long heights; /* features that have some */
};

/* What counts of the outermost object, as it stands in the text. */
struct members {
	struct str type, features, crs;
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

static bool not_json(const struct reading *r, const char *at, struct err *e)
{
	return err_set(e, ERR_INPUT, "the file is not valid JSON at byte %zu",
	    (size_t)(at - r->start) + 1);
}

static bool scan_failed(
    const struct reading *r, const struct json_scan *s, struct err *e)
{
	if (s->deep)
		return err_set(e, ERR_LIMIT,
		    "the file is nested more than %d levels deep",
		    FOREIGN_DEPTH_MAX);
	return not_json(r, s->at, e);
}

/* --- one feature ---------------------------------------------------------- */

/* Decodes text, which begins start bytes into the file. */
static json_t *decode(struct str text, size_t start, struct err *e)
{
	json_error_t error;
	json_t *value = json_loadb(text.data, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);

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

/* The line on which text begins; asked for in the order of the file. */
static long line_of(struct reading *r, const char *at)
{
	const char *newline;

	while (r->counted < at && (newline = memchr(r->counted, '\n',
				       (size_t)(at - r->counted))) != NULL) {
		r->line++;
		r->counted = newline + 1;
	}
	/* A file may be one line: what was looked at is not looked at again. */
	if (r->counted < at)
		r->counted = at;
	return r->line;
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

static bool visit_feature(struct reading *r, struct str text, struct err *e)
{
	struct foreign_feature f = { .at = { .number = ++r->number,
					 .line = line_of(r, text.data) } };
	struct err why = { .code = ERR_NONE };
	bool visited = false, good;
	json_t *value;

	if (!in_bounds(r, e))
		return false;
	if (!r->file->keep)
		arena_reset(r->file->arena);
	value = decode(text, (size_t)(text.data - r->start), &why);
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

static bool visit_features(
    struct reading *r, struct str features, struct err *e)
{
	struct json_scan s = json_scan_of(features);
	struct str value;

	if (!json_scan_take(&s, '['))
		return err_set(e, ERR_INPUT, "\"features\" is no array");
	if (json_scan_take(&s, ']'))
		return true;
	do {
		if (!json_scan_value(&s, &value))
			return scan_failed(r, &s, e);
		if (!visit_feature(r, value, e))
			return false;
	} while (json_scan_take(&s, ','));
	return json_scan_take(&s, ']') ? true : not_json(r, s.at, e);
}

/* Puts the value where the name says; every name once. */
static bool set_member(
    struct members *m, struct str name, struct str value, struct err *e)
{
	const struct {
		const char *name;
		struct str *to;
	} known[] = {
		{ "\"type\"", &m->type },
		{ "\"features\"", &m->features },
		{ "\"crs\"", &m->crs },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (!str_is(name, known[i].name))
			continue;
		if (known[i].to->data)
			return err_set(e, ERR_INPUT, "the file has %s twice",
			    known[i].name);
		*known[i].to = value;
	}
	return true;
}

static bool scan_members(
    struct reading *r, struct members *m, struct json_scan *s, struct err *e)
{
	struct str name, value;

	if (!json_scan_take(s, '{'))
		return not_json(r, s->at, e);
	if (json_scan_take(s, '}'))
		return true;
	do {
		if (!json_scan_value(s, &name) || name.data[0] != '"' ||
		    !json_scan_take(s, ':') || !json_scan_value(s, &value))
			return scan_failed(r, s, e);
		if (!set_member(m, name, value, e))
			return false;
	} while (json_scan_take(s, ','));
	return json_scan_take(s, '}') ? true : not_json(r, s->at, e);
}

/* The member of GeoJSON 2008 that RFC 7946 dropped. */
static bool check_crs(struct str text, struct err *e)
{
	json_t *value;
	const char *name;
	bool good = false;

	if (!text.data || str_is(text, "null"))
		return true;
	value = decode(text, 0, e);
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

/* RFC 8142 puts a record separator before each value; others a line end behind
 * it. What follows is one value a record: one that is broken hides no other. */
static bool visit_sequence(
    struct reading *r, struct str rest, char separator, struct err *e)
{
	while (rest.data) {
		struct str value = str_trim(str_cut(&rest, separator));

		if (value.len > 0 && !visit_feature(r, value, e))
			return false;
	}
	return true;
}

/* One object, or the first of a sequence of features. */
static bool read_object(struct reading *r, struct str text, struct err *e)
{
	struct json_scan s = json_scan_of(text);
	struct members m = { .type = { NULL, 0 } };
	struct str all;

	if (!scan_members(r, &m, &s, e) || !check_crs(m.crs, e))
		return false;
	all = (struct str){ text.data, (size_t)(s.at - text.data) };
	if (str_is(m.type, "\"Feature\"")) {
		if (json_scan_is_over(&s))
			return visit_feature(r, all, e);
		return *s.at == '{' ? visit_sequence(r, text, '\n', e)
				    : not_json(r, s.at, e);
	}
	if (!json_scan_is_over(&s))
		return not_json(r, s.at, e);
	if (!str_is(m.type, "\"FeatureCollection\""))
		return err_set(e, ERR_INPUT,
		    "the file is no GeoJSON FeatureCollection or Feature");
	if (!m.features.data)
		return err_set(e, ERR_INPUT, "the file has no \"features\"");
	return visit_features(r, m.features, e);
}

static bool note_heights(const struct reading *r, struct err *e)
{
	const struct foreign_place file = { .number = 0 };
	struct err text = { .code = ERR_NONE };

	if (r->heights == 0 || !r->hooks->note)
		return true;
	err_set(&text, ERR_INPUT,
	    "features with heights, which are left out, as places are flat "
	    "here: %ld",
	    r->heights);
	return r->hooks->note(r->hooks->context, &file, text.text, e);
}

static bool read_file(struct reading *r, struct str text, struct err *e)
{
	bool good = str_starts(text, RECORD_SEPARATOR)
			? visit_sequence(r, text, RECORD_SEPARATOR[0], e)
			: read_object(r, text, e);

	return good && note_heights(r, e);
}

bool json_read_features(const struct foreign_file *file,
    const struct foreign_hooks *hooks, struct err *e)
{
	struct reading r = { .file = file, .hooks = hooks, .line = 1 };
	struct str text = file->text;
	bool good;

	if (text.len > file->max_bytes)
		return err_set(e, ERR_LIMIT,
		    "the file is longer than %zu bytes", file->max_bytes);
	if (str_starts(text, byte_order_mark)) {
		text.data += sizeof(byte_order_mark) - 1;
		text.len -= sizeof(byte_order_mark) - 1;
	}
	if (text.len == 0)
		return err_set(e, ERR_INPUT, "the file is empty");
	r.start = text.data;
	r.counted = text.data;
	json_feature_init(&r.feature, file->arena);
	good = read_file(&r, text, e);
	json_feature_free(&r.feature);
	return good;
}
