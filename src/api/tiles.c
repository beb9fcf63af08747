#include "api/tiles.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/media.h"
#include "api/tile_write.h"
#include "base/array.h"
#include "base/hash.h"
#include "geo/grid.h"

static const struct code formats[] = {
	[TILE_MVT] = { "mvt", { "MVT", "MVT", "MVT" } },
	[TILE_GEOJSON] = { "geojson", { "GeoJSON", "GeoJSON", "GeoJSON" } },
	[TILE_JSON] = { "json", { "JSON", "JSON", "JSON" } },
};
const struct codelist codes_tile_format = { "f", formats, LENGTH(formats) };

static const char *const media[] = { [TILE_MVT] = MEDIA_MVT,
	[TILE_GEOJSON] = MEDIA_GEOJSON,
	[TILE_JSON] = MEDIA_GEOJSON };

static bool is_empty_mvt(const struct response *r)
{
	return r->text.len == 0 && r->n_pieces == 0 && !r->text.failed;
}

/* The limits that a tileset declares: the extent of its data. What SQL selected
 * does not tell it. */
static void add_limits(struct bbox *limits, bool *known, const struct source *s)
{
	struct bbox b = snapshot_extent(s->snapshot);

	if (s->selected)
		*known = false;
	if (!bbox_is_empty(&b))
		bbox_add_bbox(limits, &b);
}

static bool check_limits(
    const struct bbox *limits, bool known, const struct tile *t, struct err *e)
{
	struct tile nw, se;

	if (!known || bbox_is_empty(limits))
		return true;
	nw = tile_of(limits->west, limits->north, t->z);
	se = tile_of(limits->east, limits->south, t->z);
	if (t->x >= nw.x && t->x <= se.x && t->y >= nw.y && t->y <= se.y)
		return true;
	return err_set(
	    e, ERR_MISSING, "the tile lies outside the limits of its set");
}

/* --- vector tiles --------------------------------------------------------- */

static void declare(struct response *r, const struct tile_note *note)
{
	if (note->thinned)
		response_header(r, "X-Tile-Thinned",
		    "%s; shown=%llu; found=%llu", note->thinned,
		    (unsigned long long)note->shown,
		    (unsigned long long)note->found);
}

/* A tile that holds nothing holds nothing deeper either: its buffer covers
 * those of its children. */
static void end_mvt(struct call *c, const struct tile_note *note)
{
	struct response *r = c->x->response;

	if (is_empty_mvt(r)) {
		r->status = 204;
		response_header(r, "OATiles-hint", "empty");
		return;
	}
	tile_write_note(note, &r->text);
	declare(r, note);
}

static bool write_mvt(struct tile_job *job, struct err *e)
{
	struct buf *out = call_text(job->call);

	if (job->collection == &collection_projects)
		return tile_write_projects(job, out, e);
	return tile_write_features(job, out, e);
}

/* --- GeoJSON -------------------------------------------------------------- */

static void begin_collection(struct json *j, struct buf *out)
{
	json_init(j, out);
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "FeatureCollection");
}

static void end_collection(struct json *j)
{
	json_close(j, ']');
	json_close(j, '}');
	buf_add_char(j->out, '\n');
}

static bool write_marks(struct tile_job *job, struct err *e)
{
	struct call *c = job->call;
	struct cluster_tile marks;
	struct json j;

	if (!tile_find_marks(&marks, job, e))
		return false;
	begin_collection(&j, call_text(c));
	json_key(&j, "clustered");
	json_bool(&j, marks.clustered);
	json_key(&j, "count");
	json_int(&j, (int64_t)job->note.found);
	answer_source(&j, c);
	json_key(&j, "features");
	json_open(&j, '[');
	if (!tile_write_marks(job, &marks, &j, e))
		return false;
	end_collection(&j);
	return true;
}

/* How many there are is known when they are written, so it comes last. */
static bool write_features(struct tile_job *job, struct err *e)
{
	struct call *c = job->call;
	struct json j;

	begin_collection(&j, call_text(c));
	answer_source_of(&j, c, job->collection);
	json_key(&j, "features");
	json_open(&j, '[');
	if (!tile_write_json(job, &j, e))
		return false;
	json_close(&j, ']');
	json_key(&j, "shown");
	json_int(&j, (int64_t)job->note.shown);
	json_key(&j, "found");
	json_int(&j, (int64_t)job->note.found);
	json_key(&j, "thinned");
	json_text(&j, job->note.thinned);
	declare(c->x->response, &job->note);
	json_close(&j, '}');
	buf_add_char(call_text(c), '\n');
	return true;
}

/* --- one collection ------------------------------------------------------- */

static bool write_one(
    struct tile_job *job, enum tile_format format, struct err *e)
{
	if (format != TILE_MVT)
		return job->collection == &collection_projects
			   ? write_marks(job, e)
			   : write_features(job, e);
	if (!write_mvt(job, e))
		return false;
	end_mvt(job->call, &job->note);
	return true;
}

static bool answer(struct call *c, const struct collection *k,
    const struct tile *t, enum tile_format format, bool limited, struct err *e)
{
	struct bbox limits = bbox_empty;
	struct arena scratch;
	struct tile_job job;
	struct source s;
	bool done;

	if (!source_open(&s, c, k, SOURCE_ALL, e))
		return false;
	add_limits(&limits, &limited, &s);
	if (!check_limits(&limits, limited, t, e))
		return false;
	if (answer_begin(c, media[format], tile_change(&s, k, t), 0))
		return true;
	arena_init(&scratch, c->x->arena->limit);
	tile_job_begin(&job, c, k, &s, t, &scratch);
	if (format != TILE_MVT)
		job.most = TILE_JSON_MAX;
	done = write_one(&job, format, e);
	tile_job_end(&job);
	arena_free(&scratch);
	return done;
}

/* --- all collections ------------------------------------------------------ */

struct dataset {
	const struct collection **collections;
	struct source *sources;
	size_t n;
	int64_t change;
	struct bbox limits;
	bool limited;
};

static bool open_all(
    struct dataset *d, struct call *c, const struct tile *t, struct err *e)
{
	const struct collection *layers;
	int64_t *changes;
	size_t n;

	if (!collections_layers(&layers, &n, c, e))
		return false;
	d->n = n + 2;
	d->collections =
	    arena_array(c->x->arena, d->n, sizeof(*d->collections));
	d->sources = arena_array(c->x->arena, d->n, sizeof(*d->sources));
	changes = arena_array(c->x->arena, d->n, sizeof(*changes));
	if (!d->collections || !d->sources || !changes)
		return err_no_room(e);
	for (size_t i = 0; i < d->n; i++) {
		const struct collection *k = i < n    ? &layers[i]
					     : i == n ? &collection_districts
						      : &collection_projects;

		d->collections[i] = k;
		if (!source_open(&d->sources[i], c, k, SOURCE_ALL, e))
			return false;
		add_limits(&d->limits, &d->limited, &d->sources[i]);
		changes[i] = tile_change(&d->sources[i], k, t);
	}
	d->change = (int64_t)hash_bytes(changes, d->n * sizeof(*changes), d->n);
	return true;
}

/* What is left out of several is told of all together. */
static void add_note(struct tile_note *to, const struct tile_note *from)
{
	to->shown += from->shown;
	to->found += from->found;
	if (from->thinned)
		to->thinned = from->thinned;
}

static bool write_part(struct tile_job *job, enum tile_format format,
    struct json *j, struct err *e)
{
	struct cluster_tile marks;

	if (format == TILE_MVT)
		return write_mvt(job, e);
	if (job->collection != &collection_projects)
		return tile_write_json(job, j, e);
	return tile_find_marks(&marks, job, e) &&
	       tile_write_marks(job, &marks, j, e);
}

/* Each collection has its share of what the others left. */
static bool write_all(struct call *c, const struct dataset *d,
    const struct tile *t, enum tile_format format, struct err *e)
{
	struct buf *out = call_text(c);
	struct tile_note note = { 0 };
	struct json j;
	bool done = true;

	if (format != TILE_MVT) {
		begin_collection(&j, out);
		json_key(&j, "features");
		json_open(&j, '[');
	}
	for (size_t i = 0; i < d->n && done; i++) {
		struct arena scratch;
		struct tile_job job;

		arena_init(&scratch, c->x->arena->limit);
		tile_job_begin(
		    &job, c, d->collections[i], &d->sources[i], t, &scratch);
		if (format != TILE_MVT)
			job.most = TILE_JSON_MAX;
		job.most = out->len < job.most
			       ? (job.most - out->len) / (d->n - i)
			       : 0;
		done = write_part(&job, format, &j, e);
		add_note(&note, &job.note);
		tile_job_end(&job);
		arena_free(&scratch);
	}
	if (format == TILE_MVT) {
		end_mvt(c, &note);
	} else {
		end_collection(&j);
		declare(c->x->response, &note);
	}
	return done;
}

/* --- paths ---------------------------------------------------------------- */

static bool xyz(struct call *c, const struct collection *k,
    const struct str *vars, enum tile_format format, struct err *e)
{
	struct tile t;

	return tile_parse(&t, vars[0], vars[1], vars[2], e) &&
	       answer(c, k, &t, format, false, e);
}

/* The row comes before the column. */
static bool parse_ogc(struct tile *t, enum tile_format *format, struct call *c,
    const struct str *vars, struct err *e)
{
	if (!str_is(vars[0], TILE_MATRIX_SET))
		return err_set(
		    e, ERR_MISSING, "there is no such tile matrix set");
	*format = (enum tile_format)codes_find(
	    &codes_tile_format, params_text(&c->params, "f"));
	return tile_parse(t, vars[1], vars[3], vars[2], e);
}

static bool ogc(struct call *c, const struct collection *k,
    const struct str *vars, struct err *e)
{
	enum tile_format format;
	struct tile t;

	return parse_ogc(&t, &format, c, vars, e) &&
	       answer(c, k, &t, format, true, e);
}

bool tiles_projects_mvt(struct call *c, struct err *e)
{
	return xyz(c, &collection_projects, c->vars, TILE_MVT, e);
}

bool tiles_projects_geojson(struct call *c, struct err *e)
{
	return xyz(c, &collection_projects, c->vars, TILE_GEOJSON, e);
}

bool tiles_districts_mvt(struct call *c, struct err *e)
{
	return xyz(c, &collection_districts, c->vars, TILE_MVT, e);
}

bool tiles_districts_geojson(struct call *c, struct err *e)
{
	return xyz(c, &collection_districts, c->vars, TILE_GEOJSON, e);
}

bool tiles_layer_mvt(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) &&
	       xyz(c, k, c->vars + 1, TILE_MVT, e);
}

bool tiles_layer_geojson(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) &&
	       xyz(c, k, c->vars + 1, TILE_GEOJSON, e);
}

bool tiles_ogc_projects(struct call *c, struct err *e)
{
	return ogc(c, &collection_projects, c->vars, e);
}

bool tiles_ogc_districts(struct call *c, struct err *e)
{
	return ogc(c, &collection_districts, c->vars, e);
}

bool tiles_ogc_layer(struct call *c, struct err *e)
{
	const struct collection *k;

	return collection_find(&k, c, c->vars[0], e) &&
	       ogc(c, k, c->vars + 1, e);
}

bool tiles_ogc_dataset(struct call *c, struct err *e)
{
	enum tile_format format;
	struct dataset d = { .limits = bbox_empty, .limited = true };
	struct tile t;

	if (!parse_ogc(&t, &format, c, c->vars, e) || !open_all(&d, c, &t, e) ||
	    !check_limits(&d.limits, d.limited, &t, e))
		return false;
	if (answer_begin(c, media[format], d.change, 0))
		return true;
	return write_all(c, &d, &t, format, e);
}
