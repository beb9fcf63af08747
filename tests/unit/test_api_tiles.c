/* Vector tiles and their descriptions, as they are asked for. */
#include "api_fixture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api/tile_layers.h"
#include "geo/geos.h"
#include "index/tilecut.h"
#include "tools/mvt_read.h"
#include "tools/shapes.h"

#define OGC "/api/collections/projects/tiles/WebMercatorQuad"
#define OGC_D "/api/collections/districts/tiles/WebMercatorQuad"
#define OGC_ALL "/api/tiles/WebMercatorQuad"
#define MVT "application/vnd.mapbox-vector-tile"
#define GEOJSON "application/geo+json"
#define JSON "application/json"
#define PROBLEM "application/problem+json"

enum { URI_MAX = 512, ARENA = 256 << 20 };

struct tools {
	struct fixture f;
	struct arena arena;
	struct geos *geos;
};

static const struct {
	const char *uri;
	int status;
	const char *media;
	bool body;
} answers[] = {
	{ "/tiles/projects/0/0/0.mvt", 200, MVT, true },
	{ "/tiles/projects/12/2827/1512.mvt", 200, MVT, true },
	{ "/tiles/projects/12/0/0.mvt", 204, MVT, false },
	{ "/tiles/projects/22/0/4194303.mvt", 204, MVT, false },
	{ "/tiles/projects/5/22/11.mvt?status=decommissioned", 204, MVT,
	    false },
	{ "/tiles/projects/0/0/0.mvt?place=none", 204, MVT, false },
	{ "/tiles/projects/0/0/0.mvt?place=located", 200, MVT, true },
	{ "/tiles/districts/6/44/23.mvt", 200, MVT, true },
	{ "/tiles/districts/12/0/0.mvt", 204, MVT, false },
	{ "/tiles/districts/6/44/23.geojson", 200, GEOJSON, true },
	{ "/tiles/districts/12/0/0.geojson", 200, GEOJSON, true },
	{ "/tiles/projects/1/2/0.mvt", 404, PROBLEM, true },
	{ "/tiles/projects/1/0/2.mvt", 404, PROBLEM, true },
	{ "/tiles/projects/23/0/0.mvt", 404, PROBLEM, true },
	{ "/tiles/projects/x/0/0.mvt", 400, PROBLEM, true },
	{ "/tiles/projects/1/01/0.mvt", 400, PROBLEM, true },
	{ "/tiles/projects/1/-1/0.mvt", 400, PROBLEM, true },
	{ "/tiles/projects/0/0/0.mvt?limit=1", 400, PROBLEM, true },
	{ "/tiles/projects/0/0/0.mvt?status=nothing", 400, PROBLEM, true },
	{ "/tiles/projects/0/0/0.mvt?f=mvt", 400, PROBLEM, true },
	{ "/tiles/districts/0/0/0.mvt?status=completion", 400, PROBLEM, true },
	{ "/tiles/nothing/0/0/0.mvt", 404, PROBLEM, true },
	{ "/tiles/projects/0/0/0.pbf", 404, PROBLEM, true },
	{ OGC "/0/0/0", 200, MVT, true },
	{ OGC "/0/0/0?f=mvt", 200, MVT, true },
	{ OGC "/0/0/0?f=geojson", 200, GEOJSON, true },
	{ OGC "/0/0/0?f=json", 200, GEOJSON, true },
	{ OGC "/0/0/0?f=png", 400, PROBLEM, true },
	{ OGC "/0/0/1", 404, PROBLEM, true },
	{ OGC "/x/0/0", 400, PROBLEM, true },
	{ OGC "/23/0/0", 404, PROBLEM, true },
	/* Outside of the data's limits; within them, but empty. */
	{ OGC "/12/0/0", 404, PROBLEM, true },
	{ OGC "/5/11/22?status=decommissioned", 204, MVT, false },
	{ OGC_D "/6/23/44", 200, MVT, true },
	{ OGC_D "/6/23/44?f=geojson", 200, GEOJSON, true },
	{ OGC_ALL "/6/23/44", 200, MVT, true },
	{ OGC_ALL "/6/23/44?f=geojson", 200, GEOJSON, true },
	{ OGC_ALL "/6/0/0", 404, PROBLEM, true },
	{ OGC_ALL "/6/23/44?status=completion", 400, PROBLEM, true },
	{ "/api/collections/projects/tiles/Other/0/0/0", 404, PROBLEM, true },
	{ "/api/collections/nothing/tiles/WebMercatorQuad/0/0/0", 404, PROBLEM,
	    true },
	{ "/api/tiles", 200, JSON, true },
	{ "/api/tiles/WebMercatorQuad", 200, JSON, true },
	{ "/api/tiles/Other", 404, PROBLEM, true },
	{ "/api/collections/projects/tiles", 200, JSON, true },
	{ OGC, 200, JSON, true },
	{ "/api/collections/districts/tiles?f=json", 200, JSON, true },
	{ OGC_D "?lang=ru", 200, JSON, true },
	{ "/api/collections/nothing/tiles", 404, PROBLEM, true },
	{ "/api/tileMatrixSets", 200, JSON, true },
	{ "/api/tileMatrixSets/WebMercatorQuad", 200, JSON, true },
	{ "/api/tileMatrixSets/Other", 404, PROBLEM, true },
	{ "/tiles/projects.json", 200, JSON, true },
	{ "/tiles/projects.json?status=completion&lang=en", 200, JSON, true },
	{ "/tiles/projects.json?status=nothing", 400, PROBLEM, true },
	{ "/tiles/districts.json", 200, JSON, true },
	{ "/tiles/nothing.json", 404, PROBLEM, true },
};

static void check_answers(struct tools *t, bool limited)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct answer a;
		int wanted = answers[i].status;

		fixture_get(&t->f, answers[i].uri, &a);
		/* Without a snapshot the limits are not known. */
		if (!limited && wanted == 404 && a.status == 204)
			wanted = 204;
		if (a.status != wanted)
			fail_msg("%s: %d", answers[i].uri, a.status);
		if (wanted == answers[i].status) {
			assert_string_equal(a.media, answers[i].media);
			assert_int_equal(a.len > 0, answers[i].body);
		}
		assert_true(wanted >= 400 || a.etag[0]);
		answer_free(&a);
	}
}

static void test_answers(void **state)
{
	struct tools *t = *state;

	check_answers(t, true);
	t->f.from = FROM_SQL;
	check_answers(t, false);
	t->f.from = FROM_SNAPSHOT;
}

/* Both ways of answering give the same bytes. */
static void test_equal_by_sql(void **state)
{
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct answer a, b;

		if (strcmp(answers[i].media, MVT) &&
		    strcmp(answers[i].media, GEOJSON))
			continue;
		fixture_get(&t->f, answers[i].uri, &a);
		t->f.from = FROM_SQL;
		fixture_get(&t->f, answers[i].uri, &b);
		t->f.from = FROM_SNAPSHOT;
		assert_int_equal(a.len, b.len);
		assert_memory_equal(a.body, b.body, a.len);
		answer_free(&a);
		answer_free(&b);
	}
}

/* The client has it already: nothing is written, also of an empty tile. */
static void test_tags(void **state)
{
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		struct answer a, b;

		if (answers[i].status >= 400)
			continue;
		fixture_get(&t->f, answers[i].uri, &a);
		t->f.if_none_match = a.etag;
		fixture_get(&t->f, answers[i].uri, &b);
		t->f.if_none_match = NULL;
		assert_int_equal(b.len, 0);
		assert_string_equal(a.etag, b.etag);
		answer_free(&a);
		answer_free(&b);
	}
}

/* --- reading tiles -------------------------------------------------------- */

static bool get_tile(
    struct mvt_read *out, struct tools *t, const char *format, ...)
{
	char uri[URI_MAX];
	struct answer a;
	const char *fault;
	char *copy;
	va_list list;

	va_start(list, format);
	vsnprintf(uri, sizeof(uri), format, list);
	va_end(list);
	fixture_get(&t->f, uri, &a);
	if (a.status == 204) {
		answer_free(&a);
		out->n = 0;
		return false;
	}
	if (a.status != 200)
		fail_msg("%s: %d %s", uri, a.status, a.body);
	copy = arena_copy(&t->arena, a.body, a.len);
	assert_non_null(copy);
	fault = mvt_read(out, copy, a.len, &t->arena);
	if (fault)
		fail_msg("%s: %s", uri, fault);
	assert_true(a.len <= 500000);
	answer_free(&a);
	return true;
}

static void check_geometry(struct tools *t, const struct mvt_read_layer *l)
{
	for (size_t i = 0; l && i < l->n; i++) {
		const char *wrong = shape_wrong(
		    &l->features[i].geom, TILECUT_BUFFER, t->geos, &t->arena);

		if (wrong)
			fail_msg(
			    "%.*s: %s", (int)l->name.len, l->name.data, wrong);
	}
}

struct sums {
	long count, overdue;
	double planned, contracted, paid;
};

static double number_of(const struct mvt_read_feature *f, const char *key)
{
	const struct mvt_read_value *v = mvt_read_tag(f, key);

	if (!v)
		return 0;
	return v->type == MVT_READ_DOUBLE ? v->number : (double)v->count;
}

static void add_features(
    struct sums *s, const struct mvt_read_layer *l, bool clusters)
{
	for (size_t i = 0; l && i < l->n; i++) {
		const struct mvt_read_feature *f = &l->features[i];

		if (mvt_read_tag(f, "anchored"))
			continue;
		s->count += clusters ? (long)number_of(f, "point_count") : 1;
		s->overdue += (long)number_of(f, "overdue");
		s->planned += number_of(f, "planned");
		s->contracted += number_of(f, "contracted");
		s->paid += number_of(f, "paid");
	}
}

static double stat(const struct answer *a, const char *path)
{
	char key[64];
	const char *total = strstr(a->body, "\"total\""), *at;

	snprintf(key, sizeof(key), "\"%s\":", path);
	at = total ? strstr(total, key) : NULL;
	assert_non_null(at);
	at += strlen(key);
	if (*at == '{')
		at = strstr(at, "\"count\":") + strlen("\"count\":");
	return strtod(at, NULL);
}

static void check_sums(
    struct tools *t, const struct sums *s, const char *filter)
{
	struct answer a;
	char uri[URI_MAX];

	snprintf(uri, sizeof(uri), "/api/stats?place=located&%s", filter);
	fixture_get(&t->f, uri, &a);
	assert_int_equal(a.status, 200);
	assert_int_equal(s->count, (long)stat(&a, "count"));
	assert_int_equal(s->overdue, (long)stat(&a, "overdue"));
	assert_true(fabs(s->planned - stat(&a, "planned")) < 0.01);
	assert_true(fabs(s->contracted - stat(&a, "contracted")) < 0.01);
	assert_true(fabs(s->paid - stat(&a, "paid")) < 0.01);
	answer_free(&a);
}

static void test_sums(void **state)
{
	static const char *const filters[] = { "", "status=implementation",
		"district=611000000", "overdue=true", "year=2025",
		"min_planned=90000000", "q=%D0%BC" };
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		for (int z = 0; z <= 12; z++) {
			struct tile nw = tile_of(67.9, 44.1, z);
			struct tile se = tile_of(70.1, 41.9, z);
			struct sums s = { 0 };
			uint32_t w = se.x - nw.x + 1;

			for (uint32_t k = 0; k < w * (se.y - nw.y + 1); k++) {
				struct mvt_read tile;

				if (!get_tile(&tile, t,
					"/tiles/projects/%d/%u/%u.mvt?%s", z,
					nw.x + k % w, nw.y + k / w, filters[i]))
					continue;
				add_features(&s,
				    mvt_read_layer(&tile, "projects"), false);
				add_features(&s,
				    mvt_read_layer(&tile, "projects_clusters"),
				    true);
				check_geometry(
				    t, mvt_read_layer(&tile, "projects"));
				arena_reset(&t->arena);
			}
			check_sums(t, &s, filters[i]);
		}
	}
}

static const struct mvt_read_feature *find(
    const struct mvt_read *tile, const char *layer, const char *id)
{
	const struct mvt_read_layer *l = mvt_read_layer(tile, layer);

	for (size_t i = 0; l && i < l->n; i++) {
		const struct mvt_read_value *v =
		    mvt_read_tag(&l->features[i], "id");

		if (v && str_is(v->text, id))
			return &l->features[i];
	}
	return NULL;
}

static void test_project_attributes(void **state)
{
	struct tools *t = *state;
	const struct mvt_read_feature *f;
	struct mvt_read tile;
	struct tile at = tile_of(68.5, 42.5, 16);

	assert_true(
	    get_tile(&tile, t, "/tiles/projects/16/%u/%u.mvt", at.x, at.y));
	f = find(&tile, "projects", "TKS-2024-000001");
	assert_non_null(f);
	assert_true(f->id > 0);
	assert_true(str_is(mvt_read_tag(f, "status")->text, "implementation"));
	assert_true(str_is(mvt_read_tag(f, "category")->text, "education"));
	assert_true(str_is(mvt_read_tag(f, "work_kind")->text, "new_build"));
	assert_true(str_is(mvt_read_tag(f, "district")->text, "611000000"));
	assert_true(str_is(mvt_read_tag(f, "title_kk")->text, "Мектеп салу"));
	assert_true(str_is(mvt_read_tag(f, "title_en")->text, "School"));
	assert_int_equal(mvt_read_tag(f, "planned")->type, MVT_READ_DOUBLE);
	assert_true(mvt_read_tag(f, "paid")->number > 200000000.4);
	assert_int_equal(mvt_read_tag(f, "overdue")->type, MVT_READ_BOOL);
	assert_null(mvt_read_tag(f, "anchored"));
	/* Further up there is no room for titles, nor for clusters. */
	at = tile_of(68.5, 42.5, 12);
	assert_true(
	    get_tile(&tile, t, "/tiles/projects/12/%u/%u.mvt", at.x, at.y));
	f = find(&tile, "projects", "TKS-2024-000001");
	assert_non_null(f);
	assert_null(mvt_read_tag(f, "title_kk"));
	/* A text with markup and quotes comes out as it is. */
	at = tile_of(69, 42.25, 16);
	assert_true(
	    get_tile(&tile, t, "/tiles/projects/16/%u/%u.mvt", at.x, at.y));
	f = find(&tile, "projects", "TKS-2025-000003");
	assert_non_null(f);
	assert_int_equal(f->geom.type, GEOM_LINE);
	assert_true(str_is(
	    mvt_read_tag(f, "title_kk")->text, "<b>Жол</b> & \"көпір\""));
}

/* Two at one place: a cluster that never parts. */
static void test_one_place(void **state)
{
	struct tools *t = *state;
	struct tile at = tile_of(69.5, 43.5, 15);
	const struct mvt_read_layer *l;
	struct mvt_read tile;

	assert_true(
	    get_tile(&tile, t, "/tiles/projects/15/%u/%u.mvt", at.x, at.y));
	l = mvt_read_layer(&tile, "projects_clusters");
	assert_non_null(l);
	assert_int_equal(l->n, 1);
	assert_int_equal(
	    mvt_read_tag(&l->features[0], "point_count")->count, 2);
	assert_null(mvt_read_tag(&l->features[0], "expansion_zoom"));
	assert_int_equal(
	    mvt_read_tag(&l->features[0], "status_cancelled")->count, 1);
	assert_int_equal(
	    mvt_read_tag(&l->features[0], "missing_paid")->count, 1);
}

/* A line through many tiles is counted in one of them. */
static void test_guests(void **state)
{
	struct tools *t = *state;
	struct tile a = tile_of(68.81, 42.2, 12), b = tile_of(69.19, 42.3, 12);
	int there = 0, counted = 0;

	for (uint32_t x = a.x; x <= b.x; x++)
		for (uint32_t y = b.y - 1; y <= a.y + 1; y++) {
			const struct mvt_read_feature *f;
			struct mvt_read tile;

			get_tile(
			    &tile, t, "/tiles/projects/12/%u/%u.mvt", x, y);
			f = find(&tile, "projects", "TKS-2025-000003");
			there += f != NULL;
			counted += f && !mvt_read_tag(f, "anchored");
		}
	assert_true(there > 3);
	assert_int_equal(counted, 1);
}

/* --- districts ------------------------------------------------------------ */

static int64_t area_of(const struct grid_geom *g)
{
	const struct grid_point *p = g->points;
	int64_t sum = 0;

	for (uint32_t i = 0; i < g->n_parts; i++) {
		sum += grid_ring_area2(p, g->part_sizes[i]);
		p += g->part_sizes[i];
	}
	return sum;
}

/* The three are the rectangle 68,42,70,44: in each tile they fill what it would
 * fill alone, and each has one label on all tiles. */
static void test_districts(void **state)
{
	struct tools *t = *state;

	for (int z = 3; z <= 11; z++) {
		struct tile nw = tile_of(68, 44, z), se = tile_of(70, 42, z);
		int labels = 0;

		for (uint32_t x = nw.x; x <= se.x; x++) {
			for (uint32_t y = nw.y; y <= se.y; y++) {
				const struct mvt_read_layer *l;
				struct mvt_read tile;
				int64_t area = 0;

				get_tile(&tile, t,
				    "/tiles/districts/%d/%u/%u.mvt", z, x, y);
				l = mvt_read_layer(&tile, "districts_labels");
				labels += l ? (int)l->n : 0;
				l = mvt_read_layer(&tile, "districts");
				check_geometry(t, l);
				for (size_t i = 0; l && i < l->n; i++)
					area += area_of(&l->features[i].geom);
				/* Inside the rectangle the tile is full. */
				if (x > nw.x && x < se.x && y > nw.y &&
				    y < se.y)
					assert_int_equal(area, 2 * 4224 * 4224);
				arena_reset(&t->arena);
			}
		}
		assert_int_equal(labels, 3);
	}
}

static void test_district_attributes(void **state)
{
	struct tools *t = *state;
	const struct mvt_read_feature *f;
	struct mvt_read tile;

	assert_true(get_tile(&tile, t, "/tiles/districts/3/5/2.mvt"));
	f = find(&tile, "districts_labels", "612000000");
	assert_non_null(f);
	assert_int_equal(f->geom.type, GEOM_POINT);
	assert_true(str_is(mvt_read_tag(f, "name_kk")->text, "Шығыс ауданы"));
	/* Unknown ones are left out. */
	assert_null(mvt_read_tag(f, "name_en"));
	assert_int_equal(mvt_read_tag(f, "area_km2")->type, MVT_READ_DOUBLE);
	assert_int_equal(mvt_read_tag(f, "generalised")->type, MVT_READ_BOOL);
	assert_true(str_is(mvt_read_tag(f, "as_of")->text, "2026-01-01"));
	f = find(&tile, "districts", "612000000");
	assert_non_null(f);
	assert_int_equal(f->geom.type, GEOM_POLYGON);
}

/* --- OGC API - Tiles ------------------------------------------------------ */

static void test_row_before_column(void **state)
{
	static const char *const pairs[][2] = {
		{ OGC "/6/23/44", "/tiles/projects/6/44/23.mvt" },
		{ OGC "/12/1512/2827?overdue=true",
		    "/tiles/projects/12/2827/1512.mvt?overdue=true" },
		{ OGC "/6/23/44?f=geojson", "/tiles/projects/6/44/23.geojson" },
		{ OGC_D "/6/23/44", "/tiles/districts/6/44/23.mvt" },
		{ OGC_D "/6/23/44?f=json", "/tiles/districts/6/44/23.geojson" },
	};
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct answer a, b;

		fixture_get(&t->f, pairs[i][0], &a);
		fixture_get(&t->f, pairs[i][1], &b);
		assert_int_equal(a.status, b.status);
		assert_int_equal(a.len, b.len);
		assert_memory_equal(a.body, b.body, a.len);
		answer_free(&a);
		answer_free(&b);
	}
}

static void test_dataset(void **state)
{
	struct tools *t = *state;
	struct mvt_read all, projects, districts;

	assert_true(get_tile(&all, t, OGC_ALL "/6/23/44"));
	assert_true(get_tile(&projects, t, OGC "/6/23/44"));
	assert_true(get_tile(&districts, t, OGC_D "/6/23/44"));
	assert_int_equal(all.n, projects.n + districts.n);
	assert_non_null(mvt_read_layer(&all, "districts_labels"));
	assert_non_null(mvt_read_layer(&all, "projects_clusters"));
}

static void test_links(void **state)
{
	static const struct {
		const char *uri, *text;
	} cases[] = {
		{ "/api", "/api/tiles\",\"rel\":\"http://www.opengis.net/def/"
			  "rel/ogc/1.0/tilesets-vector\"" },
		{ "/api/collections/projects",
		    "/projects/tiles\",\"rel\":\"http://www.opengis.net/def/"
		    "rel/ogc/1.0/tilesets-vector\"" },
		{ "/api/conformance", "ogcapi-tiles-1/1.0/conf/mvt" },
		{ OGC, "/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}?f="
		       "mvt\",\"rel\":\"item\"" },
		{ OGC, "\"tileMatrixSetURI\":\"http://www.opengis.net/def/"
		       "tilematrixset/OGC/1.0/WebMercatorQuad\"" },
		{ OGC, "{\"tileMatrix\":\"6\",\"minTileRow\":23,"
		       "\"maxTileRow\":23,\"minTileCol\":44,\"maxTileCol\":"
		       "44}" },
		{ OGC, "\"status_suspended\":{" },
		{ "/api/tiles", "\"dataType\":\"vector\"" },
		{ "/api/tiles/WebMercatorQuad", "\"id\":\"districts_labels\"" },
		{ "/tiles/projects.json?status=completion",
		    "/tiles/projects/{z}/{x}/{y}.mvt?status=completion\"" },
		{ "/tiles/projects.json", "\"tilejson\":\"3.0.0\"" },
		{ "/tiles/districts.json?lang=ru", "\"name_ru\":\"Название" },
	};
	struct tools *t = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a;

		fixture_get(&t->f, cases[i].uri, &a);
		if (!strstr(a.body, cases[i].text))
			fail_msg("%s: %s", cases[i].uri, a.body);
		answer_free(&a);
	}
}

/* Every attribute in a tile is described, with its type. */
static void test_fields_are_described(void **state)
{
	static const char *const ids[] = { "projects", "districts" };
	struct tools *t = *state;

	for (size_t k = 0; k < 2; k++) {
		struct answer json;
		struct mvt_read tile;
		char uri[URI_MAX];

		snprintf(uri, sizeof(uri), "/tiles/%s.json", ids[k]);
		fixture_get(&t->f, uri, &json);
		assert_true(
		    get_tile(&tile, t, "/tiles/%s/5/22/11.mvt", ids[k]));
		for (size_t i = 0; i < tile.n; i++) {
			const struct mvt_read_layer *l = &tile.layers[i];

			snprintf(uri, sizeof(uri), "{\"id\":\"%.*s\"",
			    (int)l->name.len, l->name.data);
			assert_non_null(strstr(json.body, uri));
			for (size_t n = 0; n < l->features[0].n_tags; n++) {
				struct str key = l->features[0].tags[n].key;

				snprintf(uri, sizeof(uri), "\"%.*s\":\"",
				    (int)key.len, key.data);
				assert_non_null(strstr(json.body, uri));
			}
		}
		answer_free(&json);
	}
}

static int open_tools(void **state)
{
	static struct tools t;

	fixture_open(&t.f);
	arena_init(&t.arena, ARENA);
	t.geos = geos_open();
	*state = &t;
	return t.geos ? 0 : -1;
}

static int close_tools(void **state)
{
	struct tools *t = *state;

	geos_close(t->geos);
	arena_free(&t->arena);
	fixture_close(&t->f);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_equal_by_sql),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_project_attributes),
		cmocka_unit_test(test_one_place),
		cmocka_unit_test(test_guests),
		cmocka_unit_test(test_districts),
		cmocka_unit_test(test_district_attributes),
		cmocka_unit_test(test_row_before_column),
		cmocka_unit_test(test_dataset),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_fields_are_described),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_tools, close_tools);
}
