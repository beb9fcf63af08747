#include "api/tile_write.h"

#include "api/fragment.h"
#include "format/geojson.h"

enum { ROWS_BETWEEN_LOOKS = 64 };

/* Degrees of a unit are told finely enough to come back as the same unit. */
enum { DIGITS_LEAST = 5, DIGITS_MOST = 9 };

struct writer {
	struct tile_job *job;
	struct json *json;
	struct grid_point corner;
	int digits;
};

/* A tile is 2^-z of 360 degrees and has 4096 units: about 0.09 degrees at zoom
 * 0, a decimal more for each three zooms. */
static int digits_of(int z)
{
	int digits = 3 + z / 3;

	if (digits < DIGITS_LEAST)
		return DIGITS_LEAST;
	return digits < DIGITS_MOST ? digits : DIGITS_MOST;
}

static void write_point(const struct writer *w, struct grid_point p)
{
	struct position at = grid_position(
	    (struct grid_point){ p.x + w->corner.x, p.y + w->corner.y },
	    w->job->tile->z);

	json_open(w->json, '[');
	json_double(w->json, at.lon, w->digits);
	json_double(w->json, at.lat, w->digits);
	json_close(w->json, ']');
}

/* RFC 7946 section 3.1.6: exterior rings run counter-clockwise as seen on the
 * map; in the tile they run clockwise, so the order is turned. */
static void write_part(
    const struct writer *w, const struct grid_point *p, uint32_t n, bool ring)
{
	json_open(w->json, '[');
	for (uint32_t i = 0; i < n; i++)
		write_point(w, p[ring ? (n - i) % n : i]);
	if (ring)
		write_point(w, p[0]);
	json_close(w->json, ']');
}

static void write_parts(
    const struct writer *w, const struct grid_geom *g, bool several)
{
	const struct grid_point *p = g->points;

	if (several)
		json_open(w->json, '[');
	for (uint32_t i = 0; i < g->n_parts; i++) {
		if (g->type == GEOM_POINT || g->type == GEOM_MULTIPOINT)
			write_point(w, *p);
		else
			write_part(w, p, g->part_sizes[i], false);
		p += g->part_sizes[i];
	}
	if (several)
		json_close(w->json, ']');
}

static void write_polygons(
    const struct writer *w, const struct grid_geom *g, bool several)
{
	const struct grid_point *p = g->points;
	uint32_t part = 0;

	if (several)
		json_open(w->json, '[');
	for (uint32_t i = 0; i < g->n_polys; i++) {
		json_open(w->json, '[');
		for (uint32_t k = 0; k < g->poly_parts[i]; k++) {
			write_part(w, p, g->part_sizes[part], true);
			p += g->part_sizes[part++];
		}
		json_close(w->json, ']');
	}
	if (several)
		json_close(w->json, ']');
}

static void write_geometry(const struct writer *w, const struct grid_geom *g)
{
	static const char *const names[] = { NULL, "Point", "LineString",
		"Polygon", "MultiPoint", "MultiLineString", "MultiPolygon" };
	bool several = g->type >= GEOM_MULTIPOINT;

	json_open(w->json, '{');
	json_key(w->json, "type");
	json_text(w->json, names[g->type]);
	json_key(w->json, "coordinates");
	if (g->n_polys > 0)
		write_polygons(w, g, several);
	else
		write_parts(w, g, several);
	json_close(w->json, '}');
}

static void write_properties(
    const struct writer *w, const struct fragment *f, bool own)
{
	const struct schema *schema = w->job->source->info->schema;
	struct json *j = w->json;

	json_key(j, "properties");
	json_open(j, '{');
	for (size_t i = 0; i < schema->n_fields; i++) {
		json_key(j, schema->fields[i].name);
		json_raw(j, f->values[i]);
	}
	json_close(j, '}');
	json_key(j, "anchored");
	json_bool(j, own);
}

static bool write_row(const struct writer *w, uint32_t row, struct err *e)
{
	struct tile_job *job = w->job;
	const struct snapshot *s = job->source->snapshot;
	struct json *j = w->json;
	struct grid_geom g = { .n_points = 1 };
	struct fragment f;
	bool shape = tilecut_is_shape(s, row);

	if (shape && !tilecut_shape(&g, s, row, job->tile, true, &job->geos,
			 job->scratch, e))
		return false;
	if (g.n_points == 0)
		return true;
	if (!fragment_split(&f, s, row, e))
		return false;
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "Feature");
	json_key(j, "id");
	json_raw(j, f.id);
	json_key(j, "geometry");
	if (shape)
		write_geometry(w, &g);
	else
		json_raw(j, f.geometry);
	write_properties(
	    w, &f, tilecut_is_own(tilecut_anchor(s, row, job->tile)));
	json_close(j, '}');
	job->note.shown++;
	return true;
}

/* Those that fit; *done when all do. */
static bool write_rows(const struct writer *w, const struct tilecut *cut,
    size_t start, bool *done, struct err *e)
{
	struct tile_job *job = w->job;

	job->note.shown = 0;
	*done = false;
	for (size_t i = 0; i < cut->n_rows; i++) {
		if (i % ROWS_BETWEEN_LOOKS == 0 && !tile_job_has_time(job, e))
			return false;
		if (w->json->out->len - start > job->most)
			return true;
		if (!write_row(w, cut->rows[i], e))
			return false;
		arena_reset(job->scratch);
	}
	*done = w->json->out->len - start <= job->most;
	return true;
}

/* With less detail until it fits. Shapes that are too small to be seen are
 * found, but not shown. */
bool tile_write_json(struct tile_job *job, struct json *j, struct err *e)
{
	const struct source *s = job->source;
	const struct writer w = { .job = job,
		.json = j,
		.corner = grid_corner(job->tile),
		.digits = digits_of(job->tile->z) };
	const struct json before = *j;
	const size_t start = j->out->len;
	int detail = TILECUT_DETAIL_MAX + 1;
	struct tilecut cut;
	bool done = false;

	while (!done && detail-- > 0) {
		*j = before;
		if (!j->out->failed)
			j->out->len = start;
		if (!tilecut_features(&cut, s->snapshot, &job->query,
			source_text(s), job->tile, detail, job->call->x->arena,
			e) ||
		    !write_rows(&w, &cut, start, &done, e))
			return false;
	}
	job->note.found = cut.found;
	if (detail < TILECUT_DETAIL_MAX || cut.n_rows < cut.found)
		job->note.thinned = "features";
	return true;
}
