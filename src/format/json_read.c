#include "format/json_read.h"

#include <jansson.h>
#include <string.h>

#include "gather.h"
#include "json_geom.h"
#include "json_scan.h"

/* The file as it is read. */
struct reading {
	struct arena *arena;
	foreign_visit *visit;
	void *context;
	struct shape shape;
	struct gather gather;
	struct buf scratch;
	long number; /* of the feature, from 1 */
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

static bool not_json(struct err *e, struct str text, const char *at)
{
	return err_set(e, ERR_INPUT, "the file is not valid JSON at byte %zu",
	    (size_t)(at - text.data) + 1);
}

static bool scan_failed(
    const struct json_scan *s, struct str text, struct err *e)
{
	if (s->deep)
		return err_set(e, ERR_LIMIT,
		    "the file is nested more than %d levels deep",
		    FOREIGN_DEPTH_MAX);
	return not_json(e, text, s->at);
}

/* --- one feature ---------------------------------------------------------- */

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

/* Adds nothing for null. */
static bool add_property(
    struct reading *r, const char *name, const json_t *value, struct err *e)
{
	struct str text;

	if (json_is_null(value))
		return true;
	if (json_is_string(value)) {
		text.data = json_string_value(value);
		text.len = json_string_length(value);
	} else if (dump(&r->scratch, value)) {
		text = buf_str(&r->scratch);
	} else {
		return err_set(e, ERR_LIMIT, "a value is too long");
	}
	return gather_add(&r->gather, str_from(name), text, e);
}

static bool read_properties(
    struct reading *r, json_t *properties, struct err *e)
{
	const char *name;
	json_t *value;

	if (properties && !json_is_null(properties) &&
	    !json_is_object(properties))
		return err_set(e, ERR_INPUT, "the properties are no object");
	json_object_foreach(properties, name,
	    value) if (!add_property(r, name, value, e)) return false;
	return true;
}

/* RFC 7946 section 3.2: a string or a number. */
static bool read_id(
    struct reading *r, struct str *id, const json_t *value, struct err *e)
{
	if (!value || json_is_null(value))
		return true;
	if (json_is_string(value))
		return gather_copy(
		    &r->gather, id, str_from(json_string_value(value)), e);
	if (!json_is_number(value) || !dump(&r->scratch, value))
		return err_set(
		    e, ERR_INPUT, "the id is neither a text nor a number");
	return gather_copy(&r->gather, id, buf_str(&r->scratch), e);
}

static bool read_feature(
    struct reading *r, struct foreign_feature *f, json_t *value, struct err *e)
{
	const char *type = json_string_value(json_object_get(value, "type"));

	*f = (struct foreign_feature){ .geom = NULL };
	gather_reset(&r->gather);
	if (!type || strcmp(type, "Feature") != 0)
		return err_set(e, ERR_INPUT, "this is no GeoJSON Feature");
	return read_id(r, &f->id, json_object_get(value, "id"), e) &&
	       json_geom_read(&f->geom, json_object_get(value, "geometry"),
		   &r->shape, r->arena, e) &&
	       read_properties(r, json_object_get(value, "properties"), e) &&
	       gather_finish(&r->gather, f, e);
}

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

static bool visit_feature(
    struct reading *r, struct str text, size_t start, struct err *e)
{
	struct foreign_feature f;
	struct err why = { .code = ERR_NONE };
	json_t *value = decode(text, start, &why);
	bool good = value && read_feature(r, &f, value, &why);

	json_decref(value);
	r->number++;
	if (!good) {
		err_set(e, why.code, "feature %ld: %s", r->number, why.text);
		return err_detail(e, "%s", why.detail);
	}
	return r->visit(r->context, &f, r->number, e);
}

/* --- the file ------------------------------------------------------------- */

static bool visit_features(
    struct reading *r, struct str text, struct str features, struct err *e)
{
	struct json_scan s = json_scan_of(features);
	struct str value;

	if (!json_scan_take(&s, '['))
		return err_set(e, ERR_INPUT, "\"features\" is no array");
	if (json_scan_take(&s, ']'))
		return true;
	do {
		if (!json_scan_value(&s, &value))
			return scan_failed(&s, text, e);
		if (!visit_feature(
			r, value, (size_t)(value.data - text.data), e))
			return false;
	} while (json_scan_take(&s, ','));
	return json_scan_take(&s, ']') ? true : not_json(e, text, s.at);
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
    struct members *m, struct json_scan *s, struct str text, struct err *e)
{
	struct str name, value;

	if (!json_scan_take(s, '{'))
		return not_json(e, text, s->at);
	if (!json_scan_take(s, '}')) {
		do {
			if (!json_scan_value(s, &name) || name.data[0] != '"' ||
			    !json_scan_take(s, ':') ||
			    !json_scan_value(s, &value))
				return scan_failed(s, text, e);
			if (!set_member(m, name, value, e))
				return false;
		} while (json_scan_take(s, ','));
		if (!json_scan_take(s, '}'))
			return not_json(e, text, s->at);
	}
	return json_scan_is_over(s) ? true : not_json(e, text, s->at);
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

static bool read_file(struct reading *r, struct str text, struct err *e)
{
	struct json_scan s = json_scan_of(text);
	struct members m = { .type = { NULL, 0 } };

	if (!scan_members(&m, &s, text, e) || !check_crs(m.crs, e))
		return false;
	if (str_is(m.type, "\"Feature\""))
		return visit_feature(r, text, 0, e);
	if (!str_is(m.type, "\"FeatureCollection\""))
		return err_set(e, ERR_INPUT,
		    "the file is no GeoJSON FeatureCollection or Feature");
	if (!m.features.data)
		return err_set(e, ERR_INPUT, "the file has no \"features\"");
	return visit_features(r, text, m.features, e);
}

bool json_read_features(struct str text, size_t max_bytes, struct arena *a,
    foreign_visit *visit, void *context, struct err *e)
{
	struct reading r = { .arena = a, .visit = visit, .context = context };
	bool good;

	if (text.len > max_bytes)
		return err_set(e, ERR_LIMIT,
		    "the file is longer than %zu bytes", max_bytes);
	if (str_starts(text, byte_order_mark)) {
		text.data += sizeof(byte_order_mark) - 1;
		text.len -= sizeof(byte_order_mark) - 1;
	}
	if (text.len == 0)
		return err_set(e, ERR_INPUT, "the file is empty");
	shape_init(&r.shape, FOREIGN_POSITIONS_MAX);
	gather_init(&r.gather, a);
	buf_init(&r.scratch, FOREIGN_TEXT_MAX);
	good = read_file(&r, text, e);
	shape_free(&r.shape);
	gather_free(&r.gather);
	buf_free(&r.scratch);
	return good;
}
