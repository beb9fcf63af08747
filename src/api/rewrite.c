#include "api/rewrite.h"

#include "api/crs.h"
#include "api/fragment.h"
#include "format/geojson.h"
#include "format/json_write.h"

bool rewrite_of(struct rewrite *out, const struct call *c)
{
	*out = (struct rewrite){ c->x->proj, crs_of(&c->params) };
	return out->crs != CRS_84;
}

static bool write_geometry(struct json *j, const struct rewrite *how,
    const struct geom *g, struct arena *a, struct err *e)
{
	const struct geom *there = g;

	if (g && !(there = proj_geom(how->proj, how->crs, g, a, e)))
		return false;
	json_key(j, "geometry");
	json_raw(j, str_from(""));
	geojson_add_geometry(j->out, there, crs_digits(how->crs));
	return true;
}

static void begin(struct json *j, struct buf *b)
{
	json_init(j, b);
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "Feature");
	json_key(j, "id");
}

static void end(struct json *j)
{
	json_close(j, '}');
	json_close(j, '}');
}

bool rewrite_row(struct buf *b, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	const struct schema *schema = snapshot_info_of(s)->schema;
	const struct geom *g;
	struct fragment f;
	struct json j;

	if (!fragment_split(&f, s, row, e) || !fragment_geometry(&g, &f, a, e))
		return false;
	begin(&j, b);
	json_raw(&j, f.id);
	if (!write_geometry(&j, how, g, a, e))
		return false;
	json_key(&j, "properties");
	json_open(&j, '{');
	for (size_t i = 0; i < schema->n_fields; i++) {
		json_key(&j, schema->fields[i].name);
		json_raw(&j, f.values[i]);
	}
	end(&j);
	return true;
}

bool rewrite_feature(struct buf *b, const struct rewrite *how,
    const struct feature *f, struct arena *a, struct err *e)
{
	struct json j;

	begin(&j, b);
	json_str(&j, f->public_id);
	if (!write_geometry(&j, how, f->geom, a, e))
		return false;
	json_key(&j, "properties");
	json_open(&j, '{');
	for (size_t i = 0; i < f->schema->n_fields; i++) {
		json_key(&j, f->schema->fields[i].name);
		json_raw(&j, str_from(""));
		geojson_add_value(b, &f->values[i]);
	}
	end(&j);
	return true;
}
