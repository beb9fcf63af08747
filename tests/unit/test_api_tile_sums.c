/* Whatever is asked for: on every zoom and in both formats the projects of all
 * tiles and those without a place are all items and all home districts. */
#include "api_json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/tile.h"
#include "tools/dataset.h"
#include "tools/mvt_read.h"
#include "tools/random.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum {
	PROJECTS = 500,
	FILTERS = 40,
	SEED = 20261124,
	URI_SIZE = 4096,
	ARENA = 64 << 20
};

static const int zooms[] = { 0, 4, 7, 10, 12, 13 };
enum { ZOOM_LAST = 13 };

struct sums {
	int64_t count, overdue, planned, contracted, paid; /* tiyn */
};

/* --- filters by chance ---------------------------------------------------- */

/* Of numbers the marks are filled by chance, up to the one beside. */
static const struct {
	const char *text;
	uint32_t most;
} conditions[] = {
	{ "planned > %u000000", 900 },
	{ "NOT (planned < %u000000)", 900 },
	{ "planned BETWEEN %u00000 AND 700000000", 5000 },
	{ "paid > contracted OR planned > %u000000", 900 },
	{ "paid * 100 / planned < %u", 200 },
	{ "planned IS NULL OR paid < %u000000", 500 },
	{ "overdue AND planned > %u000000", 500 },
	{ "status IN ('implementation','completion') AND contracted > %u0000",
	    9000 },
	{ "CASEI(title_ru) LIKE CASEI('%%№%u%%')", 99 },
	{ "ACCENTI(title_kk) LIKE ACCENTI('%%ғ%%') OR paid > %u0000000", 90 },
	{ "planned_end < DATE('20%u-06-30')", 0 },
	{ "T_INTERSECTS(INTERVAL(planned_start, planned_end), "
	  "INTERVAL('2024-01-01','20%u-01-01'))",
	    0 },
	{ "A_CONTAINS(years, ('2024','20%u'))", 0 },
	{ "geometry IS NULL OR planned < %u000000", 900 },
	{ "S_INTERSECTS(geometry, BBOX(67.%u,41.5,69.5,44))", 9 },
	{ "S_WITHIN(geometry, POLYGON((67 41,70.%u 42,69 45,67 44,67 41)))",
	    9 },
	{ "S_DISJOINT(geometry, POLYGON((67 41,70.%u 42,69 45,67 44,67 41)))",
	    9 },
};

static const char *const plain[] = { "status=implementation,completion",
	"category=education,health", "district=611600000,none", "district=none",
	"overdue=true", "overdue=false", "year=2024,2025",
	"budget_level=oblast", "min_planned=100000000",
	"max_planned=500000000.5", "datetime=2024-01-01/2024-12-31",
	"work_kind=new_build,capital_repair" };

static void add_encoded(struct buf *b, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p; p++)
		buf_add_format(b, "%%%02X", *p);
}

static void add_condition(struct buf *b, uint64_t *seed)
{
	size_t i = random_below(seed, COUNT(conditions));
	uint32_t most = conditions[i].most;
	uint32_t n =
	    most ? 1 + random_below(seed, most) : 24 + random_below(seed, 5);
	char text[256];

	/* The formats stand above. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	snprintf(text, sizeof(text), conditions[i].text, n);
#pragma GCC diagnostic pop
	buf_add_text(b, text);
}

/* "&name=value" several times. */
static void make_filter(struct buf *out, uint64_t *seed)
{
	struct buf filter;

	buf_reset(out);
	if (random_below(seed, 2))
		buf_add_format(
		    out, "&%s", plain[random_below(seed, COUNT(plain))]);
	if (out->len == 0 || random_below(seed, 4)) {
		buf_init(&filter, URI_SIZE);
		buf_add_char(&filter, '(');
		add_condition(&filter, seed);
		buf_add_char(&filter, ')');
		if (random_below(seed, 2)) {
			buf_add_text(&filter,
			    random_below(seed, 2) ? " AND (" : " OR NOT (");
			add_condition(&filter, seed);
			buf_add_char(&filter, ')');
		}
		buf_add_char(&filter, '\0');
		buf_add_text(out, "&filter=");
		add_encoded(out, filter.data);
		buf_free(&filter);
	}
	buf_add_char(out, '\0');
	assert_false(out->failed);
}

/* --- sums ----------------------------------------------------------------- */

static int64_t tiyn(double tenge)
{
	return llround(tenge * 100);
}

static void add(struct sums *to, const struct sums *from)
{
	to->count += from->count;
	to->overdue += from->overdue;
	to->planned += from->planned;
	to->contracted += from->contracted;
	to->paid += from->paid;
}

static double real(const json_t *object, const char *key)
{
	return json_number_value(json_object_get(object, key));
}

static struct sums of_stats(const json_t *s)
{
	return (struct sums){ api_number(s, "count"),
		api_number(json_object_get(s, "overdue"), "count"),
		tiyn(real(s, "planned")), tiyn(real(s, "contracted")),
		tiyn(real(s, "paid")) };
}

static struct sums stats(
    struct fixture *f, const char *more, const char *filter)
{
	char uri[URI_SIZE];
	struct sums total;
	json_t *answer;

	snprintf(uri, sizeof(uri), "/api/stats?%s%s", more, filter);
	answer = api_json(f, uri);
	total = of_stats(json_object_get(answer, "total"));
	json_decref(answer);
	return total;
}

static struct sums by_home(struct fixture *f, const char *filter)
{
	struct sums all = { 0 };
	char uri[URI_SIZE];
	json_t *answer, *group;
	size_t i;

	snprintf(uri, sizeof(uri), "/api/stats?group=district%s", filter);
	answer = api_json(f, uri);
	json_array_foreach(json_object_get(answer, "groups"), i, group)
	{
		struct sums one = of_stats(group);

		add(&all, &one);
	}
	json_decref(answer);
	return all;
}

/* --- tiles ---------------------------------------------------------------- */

static void add_json_feature(struct sums *s, const json_t *feature)
{
	const json_t *p = json_object_get(feature, "properties");
	bool cluster = json_is_true(json_object_get(p, "cluster"));
	struct sums one = { 1, json_is_true(json_object_get(p, "overdue")),
		tiyn(real(p, "planned")), tiyn(real(p, "contracted")),
		tiyn(real(p, "paid")) };

	if (!cluster && json_is_false(json_object_get(p, "anchored")))
		return;
	if (cluster) {
		one.count = api_number(p, "point_count");
		one.overdue = api_number(p, "overdue");
	}
	add(s, &one);
}

/* False when nothing is there. */
static bool add_json(struct sums *s, const struct answer *a)
{
	json_t *tile = json_loads(a->body, 0, NULL), *feature, *features;
	bool any;
	size_t i;

	assert_int_equal(a->status, 200);
	assert_non_null(tile);
	features = json_object_get(tile, "features");
	any = json_array_size(features) > 0;
	json_array_foreach(features, i, feature) add_json_feature(s, feature);
	json_decref(tile);
	return any;
}

static double number(const struct mvt_read_feature *f, const char *key)
{
	const struct mvt_read_value *v = mvt_read_tag(f, key);

	if (!v)
		return 0;
	return v->type == MVT_READ_DOUBLE ? v->number : (double)v->count;
}

static void add_mvt_layer(
    struct sums *s, const struct mvt_read_layer *l, bool clusters)
{
	for (size_t i = 0; l && i < l->n; i++) {
		const struct mvt_read_feature *f = &l->features[i];
		struct sums one = { 1, llround(number(f, "overdue")),
			tiyn(number(f, "planned")),
			tiyn(number(f, "contracted")),
			tiyn(number(f, "paid")) };

		if (mvt_read_tag(f, "anchored"))
			continue;
		if (clusters)
			one.count = llround(number(f, "point_count"));
		add(s, &one);
	}
}

static bool add_mvt(struct sums *s, const struct answer *a)
{
	struct mvt_read tile;
	struct arena arena;

	if (a->status == 204)
		return false;
	assert_int_equal(a->status, 200);
	arena_init(&arena, ARENA);
	assert_null(mvt_read(&tile, a->body, a->len, &arena));
	add_mvt_layer(s, mvt_read_layer(&tile, "projects"), false);
	add_mvt_layer(s, mvt_read_layer(&tile, "projects_clusters"), true);
	arena_free(&arena);
	return true;
}

typedef bool add_tile(struct sums *s, const struct answer *a);

struct walk {
	struct fixture *fixture;
	const char *format, *filter;
	add_tile *add;
	struct sums zooms[ZOOM_LAST + 1];
};

/* Below an empty tile all are empty. */
static void walk(struct walk *w, const struct tile *t)
{
	char uri[URI_SIZE];
	struct answer a;
	bool any;

	snprintf(uri, sizeof(uri), "/tiles/projects/%d/%u/%u.%s?lang=en%s",
	    t->z, t->x, t->y, w->format, w->filter);
	fixture_get(w->fixture, uri, &a);
	any = w->add(&w->zooms[t->z], &a);
	answer_free(&a);
	for (uint32_t i = 0; any && t->z < ZOOM_LAST && i < 4; i++) {
		const struct tile child = { t->z + 1, 2 * t->x + i % 2,
			2 * t->y + i / 2 };

		walk(w, &child);
	}
}

static void check_same(const struct sums *a, const struct sums *b,
    const char *what, const char *filter)
{
	if (memcmp(a, b, sizeof(*a)) != 0)
		fail_msg("%s, %s: %lld and %lld projects, planned %lld and "
			 "%lld, overdue %lld and %lld",
		    what, filter, (long long)a->count, (long long)b->count,
		    (long long)a->planned, (long long)b->planned,
		    (long long)a->overdue, (long long)b->overdue);
}

static void check_format(struct fixture *f, const char *format, add_tile *how,
    const char *filter, const struct sums *whole, const struct sums *none)
{
	const struct tile world = { 0, 0, 0 };
	struct walk w = { f, format, filter, how, { { 0 } } };

	walk(&w, &world);
	for (size_t i = 0; i < COUNT(zooms); i++) {
		struct sums *s = &w.zooms[zooms[i]];

		add(s, none);
		check_same(s, whole, format, filter);
	}
}

static void test_any_filter(void **state)
{
	struct fixture *f = *state;
	uint64_t seed = SEED;
	struct buf filter;
	int some = 0;

	buf_init(&filter, URI_SIZE);
	for (int i = 0; i < FILTERS; i++) {
		struct sums whole, none, home;
		char uri[URI_SIZE];

		make_filter(&filter, &seed);
		whole = stats(f, "f=json", filter.data);
		none = stats(f, "place=none", filter.data);
		home = by_home(f, filter.data);
		check_same(&home, &whole, "home districts", filter.data);
		snprintf(uri, sizeof(uri),
		    "/api/collections/projects/items?limit=1%s", filter.data);
		assert_int_equal(api_matched(f, uri), whole.count);
		check_format(f, "mvt", add_mvt, filter.data, &whole, &none);
		check_format(
		    f, "geojson", add_json, filter.data, &whole, &none);
		some += whole.count > 0 && whole.count < PROJECTS;
	}
	assert_true(some > FILTERS * 2 / 3);
	buf_free(&filter);
}

/* Every parameter that filters, one by one. */
static const char *const every[] = { "&district=611600000",
	"&status=implementation", "&category=education", "&work_kind=new_build",
	"&year=2025", "&budget_level=oblast", "&min_planned=300000000",
	"&max_planned=300000000", "&overdue=true", "&datetime=2025-01-01/..",
	"&place=located", "&filter=planned%3E500000000",
	"&filter=planned%3E500000000&filter-lang=cql2-text",
	"&filter=%7B%22op%22%3A%22%3E%22%2C%22args%22%3A%5B%7B%22property%22"
	"%3A%22planned%22%7D%2C500000000%5D%7D&filter-lang=cql2-json",
	"&filter=S_INTERSECTS(geometry,BBOX(41,68,43.5,69))&filter-crs="
	"http://www.opengis.net/def/crs/EPSG/0/4326" };

static int64_t count_json(struct fixture *f, const char *uri)
{
	struct sums s = { 0 };
	struct answer a;

	fixture_get(f, uri, &a);
	add_json(&s, &a);
	answer_free(&a);
	return s.count;
}

static int64_t count_mvt(struct fixture *f, const char *uri)
{
	struct sums s = { 0 };
	struct answer a;

	fixture_get(f, uri, &a);
	add_mvt(&s, &a);
	answer_free(&a);
	return s.count;
}

static void test_every_parameter(void **state)
{
#define OGC "/api/collections/projects/tiles/WebMercatorQuad/0/0/0"
	static const struct {
		const char *path;
		int64_t (*count)(struct fixture *f, const char *uri);
	} paths[] = {
		{ "/tiles/projects/0/0/0.mvt?lang=en", count_mvt },
		{ "/tiles/projects/0/0/0.geojson?lang=en", count_json },
		{ OGC "?f=mvt", count_mvt },
		{ OGC "?f=geojson", count_json },
	};
#undef OGC
	struct fixture *f = *state;
	char uri[URI_SIZE];

	for (size_t i = 0; i < COUNT(every); i++) {
		const bool placed = strstr(every[i], "place=") != NULL;
		int64_t wanted;

		snprintf(uri, sizeof(uri),
		    "/api/collections/projects/items?limit=1%s%s",
		    placed ? "" : "&place=located", every[i]);
		wanted = api_matched(f, uri);
		assert_true(wanted > 0 && wanted < PROJECTS);
		for (size_t k = 0; k < COUNT(paths); k++) {
			snprintf(
			    uri, sizeof(uri), "%s%s", paths[k].path, every[i]);
			if (paths[k].count(f, uri) != wanted)
				fail_msg("%s", uri);
		}
		/* Descriptions carry it on to the tiles, or refuse it. */
		snprintf(uri, sizeof(uri), "/tiles/projects.json?lang=en%s",
		    every[i]);
		assert_int_equal(api_status(f, uri), 200);
	}
}

static bool holds(const struct answer *a, const char *text)
{
	const size_t len = strlen(text);

	for (size_t i = 0; i + len <= a->len; i++)
		if (memcmp(a->body + i, text, len) == 0)
			return true;
	return false;
}

/* The same for collections that only CQL2 and days select from. */
static void test_districts(void **state)
{
#define OGC "/api/collections/districts/tiles/WebMercatorQuad/0/0/0"
	static const char *const paths[] = { "/tiles/districts/0/0/0.mvt?",
		"/tiles/districts/0/0/0.geojson?", OGC "?", OGC "?f=geojson&",
		"/kml/districts.kml?", "/kml/districts/0/0/0.kml?" };
#undef OGC
	static const char two[] = "filter=kato%20LIKE%20%276_2%25%27",
			  none[] = "filter=kato%3D%27%27",
			  bad[] = "filter=kat%3D%27%27";
	struct fixture *f = *state;
	char uri[URI_SIZE];

	for (size_t i = 0; i < COUNT(paths); i++) {
		struct answer a;

		snprintf(uri, sizeof(uri), "%s%s", paths[i], two);
		fixture_get(f, uri, &a);
		assert_int_equal(a.status, 200);
		if (!strstr(uri, ".kml"))
			assert_true(holds(&a, "612000000"));
		assert_false(holds(&a, "613000000"));
		answer_free(&a);
		snprintf(uri, sizeof(uri), "%s%s", paths[i], none);
		fixture_get(f, uri, &a);
		assert_true(a.status == 200 || a.status == 204);
		assert_false(holds(&a, "612000000"));
		answer_free(&a);
		snprintf(uri, sizeof(uri), "%s%s", paths[i], bad);
		assert_int_equal(api_status(f, uri), 400);
	}
}

static int open_fixture(void **state)
{
	static struct fixture f;
	struct dataset d;

	fixture_open(&f);
	dataset_init(&d, DATASET_OBLAST, SEED, PROJECTS);
	snapshot_unref(f.projects);
	f.projects = dataset_build(&d, NULL, NULL, NULL);
	dataset_free(&d);
	*state = &f;
	return f.projects ? 0 : -1;
}

static int close_fixture(void **state)
{
	fixture_close(*state);
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_parameter),
		cmocka_unit_test(test_districts),
		cmocka_unit_test(test_any_filter),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
