#include "api/tile_write.h"

#include <stdio.h>
#include <string.h>

#include "api/fragment.h"
#include "api/tile_layers.h"
#include "format/mvt.h"
#include "query/codes.h"

enum {
	CODES_MAX = 64,
	PREFETCH_ROWS = 8,
	ROWS_BETWEEN_LOOKS = 256,
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
	uint32_t cluster_keys[CLUSTER_TILE_FIELDS + CLUSTER_STATUSES];
	struct value_cache status, category, work_kind, district, truth;
	uint64_t shown;
	bool titles;
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

static void tag_code(struct writer *w, enum project_tile_field field,
    struct value_cache *cache, const struct codelist *list, uint8_t code)
{
	if (code >= list->n || code >= CODES_MAX)
		return;
	if (cache->numbers[code] == 0)
		cache->numbers[code] =
		    mvt_text(&w->layer, str_from(list->codes[code].code)) + 1;
	mvt_tag(&w->layer, key_of(w, field), cache->numbers[code] - 1);
}

static void tag_district(struct writer *w, uint8_t home)
{
	const struct snapshot_info *info = w->job->source->info;

	if (home >= info->n_katos || home >= CODES_MAX)
		return;
	if (w->district.numbers[home] == 0)
		w->district.numbers[home] =
		    mvt_text(&w->layer, info->katos[home]) + 1;
	mvt_tag(&w->layer, key_of(w, PROJECT_TILE_DISTRICT),
	    w->district.numbers[home] - 1);
}

static void tag_money(
    struct writer *w, enum project_tile_field field, int64_t tiyn)
{
	if (tiyn != MONEY_UNKNOWN)
		mvt_tag(
		    &w->layer, key_of(w, field), mvt_money(&w->layer, tiyn));
}

static void tag_bool(
    struct writer *w, enum project_tile_field field, bool value)
{
	if (w->truth.numbers[value] == 0)
		w->truth.numbers[value] = mvt_bool(&w->layer, value) + 1;
	mvt_tag(&w->layer, key_of(w, field), w->truth.numbers[value] - 1);
}

static bool tag_texts(
    struct writer *w, uint32_t row, struct fragment *f, struct err *e)
{
	struct arena *a = w->job->scratch;
	struct str text;

	if (!fragment_split_first(
		f, w->snapshot, row, w->titles ? TITLES : 0, e))
		return false;
	if (!fragment_text(&text, f->id, a))
		return err_set(
		    e, ERR_DAMAGED, "the index of the data is damaged");
	/* No two projects have one id. */
	mvt_tag(&w->layer, key_of(w, PROJECT_TILE_ID),
	    mvt_new_text(&w->layer, text));
	for (int i = 0; w->titles && i < TITLES; i++)
		if (fragment_text(&text, f->values[PROJECT_TITLE_KK + i], a))
			mvt_tag(&w->layer,
			    key_of(w, (enum project_tile_field)(
					  PROJECT_TILE_TITLE_KK + i)),
			    mvt_text(&w->layer, text));
	return true;
}

static void tag_facts(struct writer *w, uint32_t row, bool own)
{
	struct facts f;

	snapshot_facts(w->snapshot, row, &f);
	tag_code(w, PROJECT_TILE_STATUS, &w->status, &codes_status, f.status);
	tag_code(w, PROJECT_TILE_CATEGORY, &w->category, &codes_category,
	    f.category);
	tag_code(w, PROJECT_TILE_WORK_KIND, &w->work_kind, &codes_work_kind,
	    f.work_kind);
	tag_district(w, f.home);
	tag_money(w, PROJECT_TILE_PLANNED, f.planned);
	tag_money(w, PROJECT_TILE_CONTRACTED, f.contracted);
	tag_money(w, PROJECT_TILE_PAID, f.paid);
	tag_bool(w, PROJECT_TILE_OVERDUE, f.overdue);
	if (!own)
		tag_bool(w, PROJECT_TILE_ANCHORED, false);
}

/* Whether the row is shown as its shape. */
static bool is_shape(const struct writer *w, uint32_t row)
{
	return w->level < LEVEL_POINTS && !w->cut->clustered &&
	       tilecut_is_shape(w->snapshot, row);
}

static bool add_row(
    struct writer *w, uint32_t row, struct fragment *f, struct err *e)
{
	struct tile_job *job = w->job;
	const int64_t id = snapshot_id(w->snapshot, row);
	bool own = row >= w->cut->first && row < w->cut->end;
	bool shape = is_shape(w, row);
	struct grid_geom g;

	if (w->level == LEVEL_POINTS && !own)
		return true;
	if (shape && !tilecut_shape(&g, w->snapshot, row, job->tile, false,
			 &job->geos, job->scratch, e))
		return false;
	/* What is anchored here is not to be lost for being small. */
	if (shape && g.n_points == 0 && !own)
		return true;
	shape = shape && g.n_points > 0;
	if (!tag_texts(w, row, f, e))
		return false;
	tag_facts(w, row, own);
	if (shape)
		mvt_add_geom(&w->layer, id, &g);
	else
		mvt_add_point(
		    &w->layer, id, tilecut_anchor(w->snapshot, row, job->tile));
	w->shown++;
	return true;
}

/* The fragments of rows further on lie far apart: they are fetched ahead. */
static void fetch_ahead(const struct writer *w, size_t i)
{
	if (i + PREFETCH_ROWS < w->cut->n_rows)
		__builtin_prefetch(snapshot_fragments(
		    w->snapshot, w->cut->rows[i + PREFETCH_ROWS], 1)
				       .data);
}

/* Stops early when the tile is too large. */
static bool add_rows(struct writer *w, struct err *e)
{
	struct fragment f;

	for (size_t i = 0; i < w->cut->n_rows; i++) {
		fetch_ahead(w, i);
		if (i % ROWS_BETWEEN_LOOKS == 0 &&
		    !tile_job_has_time(w->job, e))
			return false;
		if (!add_row(w, w->cut->rows[i], &f, e))
			return false;
		arena_reset(w->job->scratch);
		if (w->level < LEVELS - 1 && mvt_size(&w->layer) > w->job->most)
			return true;
	}
	return true;
}

/* --- clusters ------------------------------------------------------------- */

static uint32_t cluster_key(struct writer *w, size_t field, struct str name)
{
	if (w->cluster_keys[field] == 0)
		w->cluster_keys[field] = mvt_key(&w->clusters, name) + 1;
	return w->cluster_keys[field] - 1;
}

static void tag_cluster(
    struct writer *w, enum cluster_tile_field field, uint32_t value)
{
	mvt_tag(&w->clusters,
	    cluster_key(w, field, str_from(cluster_tile_fields[field].name)),
	    value);
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

static void tag_statuses(struct writer *w, const struct cluster *m)
{
	char name[64];

	for (size_t i = 0; i < CLUSTER_STATUSES; i++) {
		struct str key = { name, 0 };
		int n;

		if (!m->by_status[i])
			continue;
		n = snprintf(name, sizeof(name), "status_%s",
		    codes_status.codes[i].code);
		key.len = n > 0 ? (size_t)n : 0;
		mvt_tag(&w->clusters,
		    cluster_key(w, CLUSTER_TILE_FIELDS + i, key),
		    mvt_count(&w->clusters, m->by_status[i]));
	}
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
	tag_cluster(w, CLUSTER_TILE_WEST, mvt_double(l, m->box.west));
	tag_cluster(w, CLUSTER_TILE_SOUTH, mvt_double(l, m->box.south));
	tag_cluster(w, CLUSTER_TILE_EAST, mvt_double(l, m->box.east));
	tag_cluster(w, CLUSTER_TILE_NORTH, mvt_double(l, m->box.north));
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

bool tile_write_projects(struct tile_job *job, struct buf *out, struct err *e)
{
	const struct source *s = job->source;
	struct writer w;
	struct tilecut cut;
	bool done = false;

	if (!tilecut_projects(&cut, s->snapshot, &job->query, source_text(s),
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
