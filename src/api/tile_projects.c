#include "api/tile_write.h"

#include <stdio.h>
#include <string.h>

#include "api/tile_layers.h"
#include "format/mvt.h"
#include "query/codes.h"

enum {
	CODES_MAX = 64,
	ROWS_BETWEEN_LOOKS = 256,
	ROWS_BETWEEN_SIZES = 16,
	AMOUNTS = 3,
	TITLES = 3
};

/* What a tile that is too large goes without, one after another: titles, then
 * shapes and guests. */
enum level { LEVEL_ALL, LEVEL_NO_TITLES, LEVEL_POINTS, LEVELS };

static const char *const thinned[LEVELS] = { NULL, "titles", "shapes" };

/* Numbers of values that were written already, + 1. */
struct value_cache {
	uint32_t numbers[CODES_MAX];
};

struct writer {
	struct tile_job *job;
	const struct snapshot *snapshot;
	const struct tilecut *cut;
	enum level level;
	struct mvt_layer layer, clusters;
	uint32_t keys[PROJECT_TILE_FIELDS]; /* + 1; 0: not in the layer yet */
	uint32_t tags[2 * PROJECT_TILE_FIELDS]; /* of the project in hand */
	size_t n_tags;
	uint32_t cluster_keys[CLUSTER_TILE_FIELDS + CLUSTER_STATUSES];
	struct value_cache status, category, work_kind, district, truth;
	uint64_t shown;
	bool titles;
	struct snapshot_texts texts[TITLES]; /* where there are titles */
};

/* --- projects ------------------------------------------------------------- */

static uint32_t key_of(struct writer *w, enum project_tile_field field)
{
	if (w->keys[field] == 0)
		w->keys[field] =
		    mvt_key(
			&w->layer, str_from(project_tile_fields[field].name)) +
		    1;
	return w->keys[field] - 1;
}

static void tag(struct writer *w, enum project_tile_field field, uint32_t value)
{
	w->tags[2 * w->n_tags] = key_of(w, field);
	w->tags[2 * w->n_tags + 1] = value;
	w->n_tags++;
}

static void tag_code(struct writer *w, enum project_tile_field field,
    struct value_cache *cache, const struct codelist *list, uint8_t code)
{
	if (code >= list->n || code >= CODES_MAX)
		return;
	if (cache->numbers[code] == 0)
		cache->numbers[code] =
		    mvt_text(&w->layer, str_from(list->codes[code].code)) + 1;
	tag(w, field, cache->numbers[code] - 1);
}

static void tag_district(struct writer *w, uint8_t home)
{
	const struct snapshot_info *info = w->job->source->info;

	if (home >= info->n_katos || home >= CODES_MAX)
		return;
	if (w->district.numbers[home] == 0)
		w->district.numbers[home] =
		    mvt_text(&w->layer, info->katos[home]) + 1;
	tag(w, PROJECT_TILE_DISTRICT, w->district.numbers[home] - 1);
}

static void tag_money(
    struct writer *w, enum project_tile_field field, int64_t tiyn)
{
	if (tiyn != MONEY_UNKNOWN)
		tag(w, field, mvt_money(&w->layer, tiyn));
}

static void tag_bool(
    struct writer *w, enum project_tile_field field, bool value)
{
	if (w->truth.numbers[value] == 0)
		w->truth.numbers[value] = mvt_bool(&w->layer, value) + 1;
	tag(w, field, w->truth.numbers[value] - 1);
}

static void tag_titles(struct writer *w, uint32_t row)
{
	for (int i = 0; i < TITLES; i++) {
		struct str text = snapshot_text(&w->texts[i], row);

		if (text.data)
			tag(w,
			    (enum project_tile_field)(
				PROJECT_TILE_TITLE_KK + i),
			    mvt_text(&w->layer, text));
	}
}

/* No two projects have one id. */
static void tag_facts(struct writer *w, const struct tilecut_row *r, bool own)
{
	tag(w, PROJECT_TILE_ID, mvt_new_text(&w->layer, r->public_id));
	tag_code(w, PROJECT_TILE_STATUS, &w->status, &codes_status, r->status);
	tag_code(w, PROJECT_TILE_CATEGORY, &w->category, &codes_category,
	    r->category);
	tag_code(w, PROJECT_TILE_WORK_KIND, &w->work_kind, &codes_work_kind,
	    r->work_kind);
	tag_district(w, r->home);
	tag_money(w, PROJECT_TILE_PLANNED, r->planned);
	tag_money(w, PROJECT_TILE_CONTRACTED, r->contracted);
	tag_money(w, PROJECT_TILE_PAID, r->paid);
	tag_bool(w, PROJECT_TILE_OVERDUE, r->overdue);
	if (!own)
		tag_bool(w, PROJECT_TILE_ANCHORED, false);
}

/* Its shape, where it is to be shown as one. */
static bool cut_shape(struct grid_geom *g, struct writer *w, uint32_t row,
    const struct tilecut_row *r, struct err *e)
{
	struct tile_job *job = w->job;

	g->n_points = 0;
	if (!r->shape || w->cut->clustered || w->level == LEVEL_POINTS)
		return true;
	return tilecut_shape(
	    g, w->snapshot, row, job->tile, false, &job->geos, job->scratch, e);
}

static bool add_row(struct writer *w, uint32_t row, struct err *e)
{
	bool own = row >= w->cut->first && row < w->cut->end;
	struct tilecut_row r;
	struct grid_geom g;

	if (w->level == LEVEL_POINTS && !own)
		return true;
	tilecut_read(&r, w->snapshot, row, w->job->tile);
	if (!cut_shape(&g, w, row, &r, e))
		return false;
	/* What is anchored here is not to be lost for being small. */
	if (r.shape && g.n_points == 0 && !own)
		return true;
	w->n_tags = 0;
	tag_facts(w, &r, own);
	if (w->titles)
		tag_titles(w, row);
	mvt_tag_all(&w->layer, w->tags, w->n_tags);
	if (g.n_points > 0)
		mvt_add_geom(&w->layer, r.id, &g);
	else
		mvt_add_point(&w->layer, r.id, r.anchor);
	w->shown++;
	return true;
}

/* Stops early when the tile is too large. */
static bool add_rows(struct writer *w, struct err *e)
{
	const bool last = w->level == LEVELS - 1;

	for (size_t i = 0; i < w->cut->n_rows; i++) {
		if (i % ROWS_BETWEEN_LOOKS == 0 &&
		    !tile_job_has_time(w->job, e))
			return false;
		if (!add_row(w, w->cut->rows[i], e))
			return false;
		if (w->job->scratch->used > 0)
			arena_reset(w->job->scratch);
		if (!last && i % ROWS_BETWEEN_SIZES == 0 &&
		    mvt_size(&w->layer) > w->job->most)
			return true;
	}
	return true;
}

/* --- clusters ------------------------------------------------------------- */

static void tag_cluster(
    struct writer *w, enum cluster_tile_field field, uint32_t value)
{
	uint32_t *key = &w->cluster_keys[field];

	if (*key == 0)
		*key = mvt_key(&w->clusters,
			   str_from(cluster_tile_fields[field].name)) +
		       1;
	mvt_tag(&w->clusters, *key - 1, value);
}

static void tag_sums(struct writer *w, const struct search_sums *s)
{
	struct mvt_layer *l = &w->clusters;

	tag_cluster(w, CLUSTER_TILE_COUNT, mvt_count(l, s->count));
	tag_cluster(w, CLUSTER_TILE_PLANNED, mvt_money(l, s->planned));
	tag_cluster(w, CLUSTER_TILE_CONTRACTED, mvt_money(l, s->contracted));
	tag_cluster(w, CLUSTER_TILE_PAID, mvt_money(l, s->paid));
	tag_cluster(
	    w, CLUSTER_TILE_MISSING_PLANNED, mvt_count(l, s->missing_planned));
	tag_cluster(w, CLUSTER_TILE_MISSING_CONTRACTED,
	    mvt_count(l, s->missing_contracted));
	tag_cluster(
	    w, CLUSTER_TILE_MISSING_PAID, mvt_count(l, s->missing_paid));
	tag_cluster(w, CLUSTER_TILE_OVERDUE, mvt_count(l, s->overdue));
	tag_cluster(
	    w, CLUSTER_TILE_OVERDUE_PLANNED, mvt_money(l, s->overdue_planned));
}

static uint32_t status_key(struct writer *w, size_t status)
{
	uint32_t *key = &w->cluster_keys[CLUSTER_TILE_FIELDS + status];
	char name[64];
	int n;

	if (*key == 0) {
		n = snprintf(name, sizeof(name), "status_%s",
		    codes_status.codes[status].code);
		*key = mvt_key(&w->clusters,
			   (struct str){ name, n > 0 ? (size_t)n : 0 }) +
		       1;
	}
	return *key - 1;
}

static void tag_statuses(struct writer *w, const struct cluster *m)
{
	for (size_t i = 0; i < CLUSTER_STATUSES; i++)
		if (m->by_status[i])
			mvt_tag(&w->clusters, status_key(w, i),
			    mvt_count(&w->clusters, m->by_status[i]));
}

static void add_cluster(struct writer *w, const struct cluster *m)
{
	struct mvt_layer *l = &w->clusters;
	struct grid_point corner = grid_corner(w->job->tile);
	struct grid_point at = grid_of(m->at, w->job->tile->z);

	tag_sums(w, &m->sums);
	if (m->expansion_zoom <= TILE_MAX_ZOOM)
		tag_cluster(w, CLUSTER_TILE_EXPANSION_ZOOM,
		    mvt_count(l, (uint64_t)m->expansion_zoom));
	tag_statuses(w, m);
	mvt_add_point(l, MVT_NO_ID,
	    (struct grid_point){ at.x - corner.x, at.y - corner.y });
	w->shown += m->sums.count;
}

/* --- the tile ------------------------------------------------------------- */

static void begin(struct writer *w, struct tile_job *job,
    const struct tilecut *cut, enum level level)
{
	const struct value_cache none = { { 0 } };
	const size_t limit = 2 * TILE_BYTES_MAX;

	w->job = job;
	w->snapshot = job->source->snapshot;
	w->cut = cut;
	w->level = level;
	w->titles = job->tile->z >= TILE_TITLE_ZOOM && level < LEVEL_NO_TITLES;
	w->shown = 0;
	memset(w->keys, 0, sizeof(w->keys));
	memset(w->cluster_keys, 0, sizeof(w->cluster_keys));
	w->status = w->category = w->work_kind = w->district = w->truth = none;
	mvt_begin(&w->layer, str_from("projects"), limit);
	mvt_begin(&w->clusters, str_from("projects_clusters"), limit);
	if (cut->n_rows > 0)
		mvt_reserve(&w->layer, (uint32_t)cut->n_rows, AMOUNTS);
}

static bool add_all(struct writer *w, struct err *e)
{
	for (size_t i = 0; i < w->cut->n_clusters; i++)
		add_cluster(w, &w->cut->clusters[i]);
	return add_rows(w, e);
}

/* Points without titles always fit: they are as many as are not clustered. */
static bool fits(const struct writer *w)
{
	return w->level == LEVELS - 1 ||
	       mvt_size(&w->layer) + mvt_size(&w->clusters) <= w->job->most;
}

static bool open_titles(struct writer *w, struct tile_job *job, struct err *e)
{
	const struct snapshot *s = job->source->snapshot;

	for (size_t i = 0; i < TITLES && job->tile->z >= TILE_TITLE_ZOOM; i++)
		if (!snapshot_texts_open(&w->texts[i], s, PROJECT_TITLE_KK + i))
			return snapshot_damaged(e);
	return true;
}

bool tile_write_projects(struct tile_job *job, struct buf *out, struct err *e)
{
	const struct source *s = job->source;
	struct writer w;
	struct tilecut cut;
	bool done = false;

	if (!open_titles(&w, job, e) ||
	    !tilecut_projects(&cut, s->snapshot, &job->query, source_text(s),
		job->tile, job->call->x->arena, e))
		return false;
	for (int level = LEVEL_ALL; level < LEVELS && !done; level++) {
		bool good;

		begin(&w, job, &cut, (enum level)level);
		good = add_all(&w, e);
		done = !good || fits(&w);
		if (good && done) {
			mvt_end(&w.layer, out);
			mvt_end(&w.clusters, out);
		}
		mvt_free(&w.layer);
		mvt_free(&w.clusters);
		if (!good)
			return false;
	}
	job->note = (struct tile_note){ thinned[w.level], w.shown, cut.found };
	return true;
}
