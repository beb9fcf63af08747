#include "api/tile_write.h"

#include <string.h>

#include "api/fragment.h"
#include "api/tile_layers.h"
#include "format/mvt.h"

enum { ROWS_BETWEEN_LOOKS = 64, NAME_MAX = 128 };

/* One layer with its keys: the own fields' and the schema's. */
struct layer {
	struct mvt_layer mvt;
	char name[NAME_MAX];
	uint32_t own[OWN_TILE_FIELDS], fields[FRAGMENT_FIELDS_MAX];
	bool has_own[OWN_TILE_FIELDS];
};

struct writer {
	struct tile_job *job;
	const struct snapshot *snapshot;
	const struct tilecut *cut;
	struct layer features, labels;
	uint64_t shown;
};

static void begin_layer(
    struct layer *l, const struct tile_job *job, const char *suffix)
{
	const char *id = job->collection->id;
	const struct schema *schema = job->source->info->schema;
	struct str name = { l->name, strlen(id) };
	size_t tail = strlen(suffix);

	if (name.len + tail > NAME_MAX)
		name.len = NAME_MAX - tail;
	memcpy(l->name, id, name.len);
	memcpy(l->name + name.len, suffix, tail);
	name.len += tail;
	mvt_begin(&l->mvt, name, 2 * TILE_BYTES_MAX);
	for (int i = 0; i < OWN_TILE_FIELDS; i++) {
		l->has_own[i] =
		    tile_layer_has_own(schema, (enum own_tile_field)i);
		if (l->has_own[i])
			l->own[i] =
			    mvt_key(&l->mvt, str_from(own_tile_fields[i].name));
	}
	for (size_t i = 0; i < schema->n_fields && i < FRAGMENT_FIELDS_MAX; i++)
		l->fields[i] =
		    mvt_key(&l->mvt, str_from(schema->fields[i].name));
}

static void tag_all(struct layer *l, const struct feature *f, bool own)
{
	if (l->has_own[OWN_TILE_ID])
		mvt_tag(&l->mvt, l->own[OWN_TILE_ID],
		    mvt_text(&l->mvt, f->public_id));
	if (!own && l->has_own[OWN_TILE_ANCHORED])
		mvt_tag(&l->mvt, l->own[OWN_TILE_ANCHORED],
		    mvt_bool(&l->mvt, false));
	for (size_t i = 0; i < f->schema->n_fields; i++)
		mvt_tag_value(&l->mvt, l->fields[i], &f->values[i]);
}

static bool is_area(enum geom_type type)
{
	return type == GEOM_POLYGON || type == GEOM_MULTIPOLYGON;
}

static bool add_row(struct writer *w, uint32_t row, struct err *e)
{
	struct tile_job *job = w->job;
	const int64_t id = snapshot_id(w->snapshot, row);
	bool shape = tilecut_is_shape(w->snapshot, row);
	struct grid_point anchor = tilecut_anchor(w->snapshot, row, job->tile);
	bool own = tilecut_is_own(anchor);
	bool label = own && is_area(tilecut_type(w->snapshot, row));
	struct grid_geom g = { .n_points = 0 };
	struct feature f;

	if (shape && !tilecut_shape(&g, w->snapshot, row, job->tile, true,
			 &job->geos, job->scratch, e))
		return false;
	if (shape && g.n_points == 0 && !label)
		return true;
	if (!fragment_read_values(&f, w->snapshot, row, job->scratch, e))
		return false;
	if (label) {
		tag_all(&w->labels, &f, true);
		mvt_add_point(&w->labels.mvt, id, anchor);
	}
	if (shape && g.n_points == 0)
		return true;
	tag_all(&w->features, &f, own);
	if (shape)
		mvt_add_geom(&w->features.mvt, id, &g);
	else
		mvt_add_point(&w->features.mvt, id, anchor);
	w->shown++;
	return true;
}

static bool fits(const struct writer *w)
{
	return mvt_size(&w->features.mvt) + mvt_size(&w->labels.mvt) <=
	       w->job->most;
}

static bool add_rows(struct writer *w, struct err *e)
{
	for (size_t i = 0; i < w->cut->n_rows && fits(w); i++) {
		if (i % ROWS_BETWEEN_LOOKS == 0 &&
		    !tile_job_has_time(w->job, e))
			return false;
		if (!add_row(w, w->cut->rows[i], e))
			return false;
		arena_reset(w->job->scratch);
	}
	return true;
}

/* With so much detail; *done when it fits or nothing less can be shown. */
static bool try_detail(struct writer *w, const struct tilecut *cut,
    struct buf *out, int detail, bool *done, struct err *e)
{
	bool good;

	w->cut = cut;
	w->shown = 0;
	begin_layer(&w->features, w->job, "");
	begin_layer(&w->labels, w->job, "_labels");
	good = add_rows(w, e);
	*done = fits(w);
	if (good && *done) {
		mvt_end(&w->features.mvt, out);
		mvt_end(&w->labels.mvt, out);
	} else if (detail == 0) {
		*done = true;
		w->shown = 0;
	}
	mvt_free(&w->features.mvt);
	mvt_free(&w->labels.mvt);
	return good;
}

/* Shapes that are too small to be seen are found, but not shown. */
static void note(struct tile_job *job, const struct writer *w,
    const struct tilecut *cut, int detail)
{
	job->note.shown = w->shown;
	job->note.found = cut->found;
	if (w->shown < cut->found &&
	    (detail < TILECUT_DETAIL_MAX || cut->n_rows < cut->found))
		job->note.thinned = "features";
}

bool tile_write_features(struct tile_job *job, struct buf *out, struct err *e)
{
	const struct source *s = job->source;
	struct writer w = { .job = job, .snapshot = s->snapshot };
	struct tilecut cut;
	bool done = false;
	int detail = TILECUT_DETAIL_MAX + 1;

	while (!done && detail-- > 0)
		if (!tilecut_features(&cut, s->snapshot, &job->query,
			source_text(s), job->tile, detail, job->call->x->arena,
			e) ||
		    !try_detail(&w, &cut, out, detail, &done, e))
			return false;
	note(job, &w, &cut, detail);
	return true;
}
