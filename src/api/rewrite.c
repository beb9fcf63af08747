#include "api/rewrite.h"

#include "api/crs.h"
#include "api/fragment.h"
#include "format/geojson.h"
#include "format/json_write.h"

bool rewrite_read(struct rewrite *out, const struct call *c,
    const struct schema *schema, struct err *e)
{
	*out =
	    (struct rewrite){ .proj = c->x->proj, .crs = crs_of(&c->params) };
	return narrow_read(&out->narrow, &c->params, schema, c->x->arena, e);
}

bool rewrite_is_none(const struct rewrite *how)
{
	return how->crs == CRS_84 && narrow_is_whole(&how->narrow);
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

/* The number in the collection's schema of a field of the answer. */
static size_t number_of(const struct narrow *n, size_t i)
{
	return n->fields ? n->fields[i] : i;
}

bool rewrite_row(struct buf *b, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	const struct narrow *n = &how->narrow;
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
	for (size_t i = 0; i < n->schema->n_fields; i++) {
		json_key(&j, n->schema->fields[i].name);
		json_raw(&j, f.values[number_of(n, i)]);
	}
	end(&j);
	return true;
}

bool rewrite_feature(struct buf *b, const struct rewrite *how,
    const struct feature *f, struct arena *a, struct err *e)
{
	const struct narrow *n = &how->narrow;
	struct json j;

	begin(&j, b);
	json_str(&j, f->public_id);
	if (!write_geometry(&j, how, f->geom, a, e))
		return false;
	json_key(&j, "properties");
	json_open(&j, '{');
	for (size_t i = 0; i < n->schema->n_fields; i++) {
		json_key(&j, n->schema->fields[i].name);
		json_raw(&j, str_from(""));
		geojson_add_value(b, &f->values[number_of(n, i)]);
	}
	end(&j);
	return true;
}

bool rewrite_values(struct feature *f, const struct rewrite *how,
    struct arena *a, struct err *e)
{
	f->values = narrow_values(&how->narrow, f->values, a);
	f->schema = how->narrow.schema;
	return f->values || err_set(e, ERR_MEMORY, "the request is too large");
}
