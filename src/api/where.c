#include "api/places.h"

#include "api/answer.h"
#include "api/fragment.h"
#include "api/media.h"
#include "api/source.h"
#include "base/array.h"

#include <string.h>

static bool is_first(struct str kato, const struct feature *found)
{
	struct str other = found->public_id;

	return !other.len || kato.len != other.len ||
	       memcmp(kato.data, other.data, kato.len) < 0;
}

/* The district that holds the point; of those that meet at it the first by
 * KATO. Without one, out->public_id is empty. */
static bool find(struct feature *out, const struct snapshot *s, double lon,
    double lat, struct arena *a, struct err *e)
{
	memset(out, 0, sizeof(*out));
	for (uint32_t row = 0; row < snapshot_located(s); row++) {
		struct bbox box = snapshot_box(s, row);
		struct feature f;

		if (!bbox_has_point(&box, lon, lat))
			continue;
		if (!fragment_read(&f, s, row, a, e))
			return false;
		if (f.geom && geom_has_point(f.geom, lon, lat) &&
		    is_first(f.public_id, out))
			*out = f;
	}
	return true;
}

static void write_district(struct json *j, const struct feature *f)
{
	static const enum district_field shown[] = { DISTRICT_KATO,
		DISTRICT_NAME_KK, DISTRICT_NAME_RU, DISTRICT_NAME_EN };

	if (!f->public_id.len) {
		json_null(j);
		return;
	}
	json_open(j, '{');
	for (size_t i = 0; i < LENGTH(shown); i++) {
		const struct value *v = &f->values[shown[i]];

		json_key(j, district_schema.fields[shown[i]].name);
		if (v->type == VALUE_NULL)
			json_null(j);
		else
			json_str(j, v->text);
	}
	json_close(j, '}');
}

static bool is_generalised(const struct feature *f)
{
	return f->public_id.len &&
	       f->values[DISTRICT_GENERALISED].type == VALUE_BOOL &&
	       f->values[DISTRICT_GENERALISED].integer;
}

bool where_get(struct call *c, struct err *e)
{
	const struct snapshot *s = source_districts_now(c, e);
	struct feature f;
	struct json j;

	if (!s)
		return false;
	if (answer_begin(c, MEDIA_JSON, snapshot_info_of(s)->version, 0))
		return true;
	if (!find(&f, s, params_number(&c->params, "lon"),
		params_number(&c->params, "lat"), c->x->arena, e))
		return false;
	json_init(&j, call_text(c));
	json_open(&j, '{');
	json_key(&j, "district");
	write_district(&j, &f);
	json_key(&j, "generalised");
	json_bool(&j, is_generalised(&f));
	answer_version(
	    &j, snapshot_info_of(s)->version, snapshot_info_of(s)->published);
	answer_source(&j, c);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return true;
}
