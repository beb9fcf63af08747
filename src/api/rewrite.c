#include "api/rewrite.h"

#include "api/crs.h"
#include "api/fragment.h"
#include "format/geojson.h"
#include "format/json_write.h"
#include "geo/simplify.h"
#include "geo/tile.h"
#include "index/tilecut.h"

#include <math.h>

/* The largest scale that the standard names. */
enum { ZOOM_LEVEL_MAX = 24 };

const struct param param_zoom_level = { .name = "zoom-level",
	.type = PARAM_NUMBER,
	.max = ZOOM_LEVEL_MAX,
	.text = { "Осы масштабтағы картада көрінбейтін бөлшектер "
		  "алынып тасталады (WebMercatorQuad деңгейі); берілмесе, "
		  "геометрия толық",
	    "Без подробностей, которых не видно на карте этого масштаба "
	    "(уровень WebMercatorQuad); без него геометрия полная",
	    "Without details that a map of this scale cannot show (a level "
	    "of WebMercatorQuad); without it geometries are whole" } };

static void release(void *held)
{
	geos_close(held);
}

static bool read_zoom(struct rewrite *out, const struct call *c, struct err *e)
{
	double level;

	out->zoom = ZOOM_NONE;
	if (!params_has(&c->params, param_zoom_level.name))
		return true;
	level = ceil(params_number(&c->params, param_zoom_level.name));
	out->zoom = level < TILE_MAX_ZOOM ? (int)level : TILE_MAX_ZOOM;
	out->geos = geos_open();
	return (out->geos &&
		   response_hold(c->x->response, release, out->geos)) ||
	       err_no_room(e);
}

bool rewrite_read(struct rewrite *out, const struct call *c,
    const struct schema *schema, struct err *e)
{
	*out =
	    (struct rewrite){ .proj = c->x->proj, .crs = crs_of(&c->params) };
	return read_zoom(out, c, e) &&
	       narrow_read(&out->narrow, &c->params, schema, c->x->arena, e);
}

bool rewrite_is_none(const struct rewrite *how)
{
	return how->crs == CRS_84 && how->zoom == ZOOM_NONE &&
	       narrow_is_whole(&how->narrow);
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

static bool geometry_of_row(const struct geom **out, const struct fragment *f,
    const struct rewrite *how, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	if (how->zoom == ZOOM_NONE)
		return fragment_geometry(out, f, a, e);
	return tilecut_simplified(out, s, row, how->zoom, how->geos, a, e);
}

bool rewrite_row(struct buf *b, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	const struct narrow *n = &how->narrow;
	const struct geom *g;
	struct fragment f;
	struct json j;

	if (!fragment_split(&f, s, row, e) ||
	    !geometry_of_row(&g, &f, how, s, row, a, e))
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
	struct feature shaped = *f;
	struct json j;

	if (!rewrite_shape(&shaped, how, NULL, 0, a, e))
		return false;
	begin(&j, b);
	json_str(&j, f->public_id);
	if (!write_geometry(&j, how, shaped.geom, a, e))
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

bool rewrite_shape(struct feature *f, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	const struct simplify simplify = { .z = how->zoom,
		.tolerance = SIMPLIFY_HALF_PIXEL };

	if (how->zoom == ZOOM_NONE || !f->geom)
		return true;
	if (s)
		return tilecut_simplified(
		    &f->geom, s, row, how->zoom, how->geos, a, e);
	f->geom = simplify_degrees(f->geom, &simplify, how->geos, a, e);
	return f->geom != NULL;
}

bool rewrite_values(struct feature *f, const struct rewrite *how,
    const struct snapshot *s, uint32_t row, struct arena *a, struct err *e)
{
	f->values = narrow_values(&how->narrow, f->values, a);
	f->schema = how->narrow.schema;
	if (!f->values)
		return err_no_room(e);
	return rewrite_shape(f, how, s, row, a, e);
}
