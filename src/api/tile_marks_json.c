#include "api/tile_write.h"

#include "api/fragment.h"
#include "base/array.h"
#include "format/geojson.h"

/* What a tile tells of a single project, as it stands in its fragment. */
static const enum project_field shown[] = { PROJECT_TITLE_KK, PROJECT_TITLE_RU,
	PROJECT_TITLE_EN, PROJECT_STATUS, PROJECT_CATEGORY, PROJECT_WORK_KIND,
	PROJECT_PLANNED, PROJECT_CONTRACTED, PROJECT_PAID, PROJECT_OVERDUE,
	PROJECT_PRECISION, PROJECT_DEMO };

static void write_point(struct json *j, struct position at)
{
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "Point");
	json_key(j, "coordinates");
	json_open(j, '[');
	json_double(j, at.lon, GEOJSON_DIGITS);
	json_double(j, at.lat, GEOJSON_DIGITS);
	json_close(j, ']');
	json_close(j, '}');
}

static void begin_feature(struct json *j)
{
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "Feature");
}

static void begin_properties(struct json *j, bool cluster)
{
	json_key(j, "properties");
	json_open(j, '{');
	json_key(j, "cluster");
	json_bool(j, cluster);
}

static void end_feature(struct json *j)
{
	json_close(j, '}');
	json_close(j, '}');
}

static void write_statuses(struct json *j, const struct cluster *m)
{
	json_key(j, "status");
	json_open(j, '{');
	for (size_t i = 0; i < CLUSTER_STATUSES; i++) {
		if (!m->by_status[i])
			continue;
		json_key(j, codes_status.codes[i].code);
		json_int(j, m->by_status[i]);
	}
	json_close(j, '}');
}

static void write_box(struct json *j, const struct bbox *b)
{
	json_key(j, "bbox");
	json_open(j, '[');
	json_double(j, b->west, GEOJSON_DIGITS);
	json_double(j, b->south, GEOJSON_DIGITS);
	json_double(j, b->east, GEOJSON_DIGITS);
	json_double(j, b->north, GEOJSON_DIGITS);
	json_close(j, ']');
}

static void write_cluster(struct json *j, const struct cluster *m)
{
	begin_feature(j);
	json_key(j, "geometry");
	write_point(j, m->at);
	begin_properties(j, true);
	json_key(j, "point_count");
	json_int(j, (int64_t)m->sums.count);
	json_key(j, "planned");
	json_money(j, m->sums.planned);
	json_key(j, "contracted");
	json_money(j, m->sums.contracted);
	json_key(j, "paid");
	json_money(j, m->sums.paid);
	json_key(j, "missing_planned");
	json_int(j, (int64_t)m->sums.missing_planned);
	json_key(j, "overdue");
	json_int(j, (int64_t)m->sums.overdue);
	write_statuses(j, m);
	json_key(j, "expansion_zoom");
	if (m->expansion_zoom > TILE_MAX_ZOOM)
		json_null(j);
	else
		json_int(j, m->expansion_zoom);
	write_box(j, &m->box);
	end_feature(j);
}

static bool write_project(struct json *j, const struct snapshot *s,
    const struct cluster *m, int zoom, struct err *e)
{
	struct fragment f;

	if (!fragment_split(&f, s, m->row, e))
		return false;
	begin_feature(j);
	json_key(j, "id");
	json_raw(j, f.id);
	json_key(j, "geometry");
	if (zoom <= CLUSTER_ZOOM_MAX)
		write_point(j, m->at);
	else
		json_raw(j, f.geometry);
	begin_properties(j, false);
	for (size_t i = 0; i < LENGTH(shown); i++) {
		json_key(j, project_schema.fields[shown[i]].name);
		json_raw(j, f.values[shown[i]]);
	}
	json_key(j, "anchored");
	json_bool(j, m->anchored);
	end_feature(j);
	return true;
}

bool tile_find_marks(
    struct cluster_tile *out, struct tile_job *job, struct err *e)
{
	const struct source *s = job->source;
	uint64_t n = 0;

	if (!cluster_tile(out, s->snapshot, &job->query, source_text(s),
		job->tile, job->call->x->arena, e))
		return false;
	for (size_t i = 0; i < out->n; i++)
		if (out->marks[i].anchored)
			n += out->marks[i].sums.count;
	job->note.shown = job->note.found = n;
	return true;
}

bool tile_write_marks(struct tile_job *job, const struct cluster_tile *t,
    struct json *j, struct err *e)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->marks[i].sums.count > 1)
			write_cluster(j, &t->marks[i]);
		else if (!write_project(j, job->source->snapshot, &t->marks[i],
			     job->tile->z, e))
			return false;
	}
	return true;
}
