#include "api/tiles.h"

#include "api/answer.h"
#include "api/fragment.h"
#include "api/media.h"
#include "api/source.h"
#include "format/geojson.h"
#include "index/cluster.h"

/* What a tile tells of a single project, as it stands in its fragment. */
static const enum project_field shown[] = { PROJECT_TITLE_KK, PROJECT_TITLE_RU,
	PROJECT_TITLE_EN, PROJECT_STATUS, PROJECT_CATEGORY, PROJECT_WORK_KIND,
	PROJECT_PLANNED, PROJECT_PAID, PROJECT_OVERDUE, PROJECT_PRECISION,
	PROJECT_DEMO };

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
	for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++) {
		json_key(j, project_schema.fields[shown[i]].name);
		json_raw(j, f.values[shown[i]]);
	}
	json_key(j, "anchored");
	json_bool(j, m->anchored);
	end_feature(j);
	return true;
}

static uint64_t count_anchored(const struct cluster_tile *t)
{
	uint64_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (t->marks[i].anchored)
			n += t->marks[i].sums.count;
	return n;
}

static bool write_tile(struct call *c, const struct source *s,
    const struct cluster_tile *t, int zoom, struct err *e)
{
	struct buf *out = &c->x->response->text;
	struct json j;

	json_init(&j, out);
	json_open(&j, '{');
	json_key(&j, "type");
	json_text(&j, "FeatureCollection");
	json_key(&j, "clustered");
	json_bool(&j, t->clustered);
	json_key(&j, "count");
	json_int(&j, (int64_t)count_anchored(t));
	answer_source(&j, c);
	json_key(&j, "features");
	json_open(&j, '[');
	for (size_t i = 0; i < t->n; i++) {
		if (t->marks[i].sums.count > 1)
			write_cluster(&j, &t->marks[i]);
		else if (!write_project(&j, s->snapshot, &t->marks[i], zoom, e))
			return false;
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(out, '\n');
	return true;
}

/* Nothing in a tile tells the data version: without filters it is the same
 * until something near it changes. */
static int64_t change_of(const struct source *s, const struct tile *t)
{
	struct bbox bounds = tile_bounds(t);

	if (s->selected || query_has_filter(&s->query))
		return s->info->version;
	return snapshot_change_box(s->snapshot, &bounds);
}

bool tiles_projects(struct call *c, struct err *e)
{
	struct tile tile;
	struct cluster_tile marks;
	struct source s;
	struct query q;

	if (!tile_parse(&tile, c->vars[0], c->vars[1], c->vars[2], e) ||
	    !source_projects(&s, c, SOURCE_ALL, e))
		return false;
	if (answer_begin(c, MEDIA_GEOJSON, change_of(&s, &tile), s.info->day))
		return true;
	q = source_filter(&s);
	return cluster_tile(&marks, s.snapshot, &q, source_text(&s), &tile,
		   c->x->arena, e) &&
	       write_tile(c, &s, &marks, tile.z, e);
}
