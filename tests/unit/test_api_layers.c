/* Imported layers as collections. */
#include "api_fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "api_trees.h"
#include "store/layer_import.h"

#define LAYER "/api/collections/trees"
#define BUSHES "/api/collections/bushes"

enum { LITTLE = 256 << 10, BUSHES_COUNT = 5, BUSHES_MANY = 2000 };

static struct fixture fixture;
static struct collection trees;

static int open_fixture(void **state)
{
	fixture_open(&fixture);
	trees_open(&trees, &fixture);
	*state = &fixture;
	return 0;
}

static int close_fixture(void **state)
{
	trees_close(&trees);
	fixture_close(*state);
	return 0;
}

static const struct {
	const char *uri;
	int status;
	const char *holds[4];
} cases[] = {
	{ "/api/collections", 200,
	    { "\"id\":\"trees\"", "\"licence\":\"CC0\"",
		"\"date\":\"2026-03-01\"", "\"source\":\"Parks office\"" } },
	{ LAYER "?lang=en", 200,
	    { "\"title\":\"Trees\"", "\"extent\"", "Parks of the oblast",
		LAYER "/items\",\"rel\":\"items\"" } },
	{ LAYER "/items", 200,
	    { "\"numberMatched\":8", "\"numberReturned\":8",
		"\"source\":", "\"licence\":\"CC0\"" } },
	{ LAYER "/items?limit=3", 200,
	    { "\"numberMatched\":8", "\"numberReturned\":3", "cursor=" } },
	{ LAYER "/items?place=none", 200, { "\"numberMatched\":1" } },
	{ LAYER "/items?datetime=1900-01-01", 200, { "\"numberMatched\":2," } },
	{ LAYER, 200, { "\"temporal\":{\"interval\":[[\"" } },
	{ LAYER "/items?f=csv", 200, { "id,title_kk," } },
	{ LAYER "/items?f=kml&lang=en", 200,
	    { "<name>Trees</name>", "Parks of the oblast", "CC0" } },
	{ LAYER "/items/1", 200, { "\"type\":\"Feature\"", "Parks office" } },
	{ LAYER "/items/99", 404, { NULL } },
	{ LAYER "/items/x", 404, { NULL } },
	{ LAYER "/items?work_kind=design", 400, { "datetime" } },
	{ LAYER "/items?title_kk=zqxjk", 200, { "\"numberMatched\":0" } },
	{ LAYER "/items?filter=id%3E6%20OR%20geometry%20IS%20NULL", 200,
	    { "\"numberMatched\":" } },
	{ LAYER "/items?filter=zqxjk%3E6", 400, { "filter" } },
	{ LAYER "/queryables", 200, { "\"additionalProperties\":false" } },
	{ LAYER "/items?sortby=-planned,id&limit=3", 200,
	    { "\"numberReturned\":3", "cursor=" } },
	{ LAYER "/items?f=gpkg", 200, { "SQLite format 3" } },
	{ LAYER "/items/1?f=gpkg", 200, { "SQLite format 3" } },
	{ LAYER "/items?f=geojsonseq&properties=planned&zoom-level=5", 200,
	    { "\x1E{\"type\":\"Feature\"" } },
	{ LAYER "/items?properties=zqxjk", 400, { "properties" } },
	{ LAYER "/items?sortby=sectors", 400, { "sortby" } },
	{ LAYER "/items?crs=http://www.opengis.net/def/crs/EPSG/0/3857", 200,
	    { "\"numberMatched\":8" } },
	{ LAYER "/items?f=html&lang=en", 200, { "Trees" } },
	{ LAYER "?f=html", 200, { "<svg ", "trees/items?f=geojson\"" } },
	{ LAYER "/items/1?f=html", 200, { "<svg " } },
	{ "/gis?lang=en", 200,
	    { "OAPIF:https://map.example.kz/api/collections/trees<", "Trees",
		"https://map.example.kz/tiles/trees/{z}/{x}/{y}.mvt<",
		"Parks office" } },
	{ "/gis?lang=kk", 200,
	    { "Ағаштар", "\"/styles/trees/line.qml?lang=kk\"",
		"\"/kml/trees.kml?lang=kk\"", "CC0" } },
	{ "/styles/trees.json?lang=ru", 200,
	    { "\"name\":\"Деревья\"", "/tiles/trees.json\"", "#006a75" } },
	{ "/styles/trees/line.qml", 200, { "singleSymbol", "0,106,117,255" } },
	{ "/styles/trees/circle.qml", 404, { NULL } },
	{ "/styles/bushes.json", 404, { NULL } },
	{ "/api/collections/bushes", 404, { NULL } },
	{ "/api/collections/bushes/items", 404, { NULL } },
	{ "/opendata/columns.json", 200, { "\"collection\":\"trees\"" } },
};

static void a_layer_is_a_collection(void **state)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a;

		fixture_get(*state, cases[i].uri, &a);
		if (a.status != cases[i].status)
			fail_msg("%s: %d", cases[i].uri, a.status);
		for (int k = 0; k < 4 && cases[i].holds[k]; k++)
			if (!strstr(a.body, cases[i].holds[k]))
				fail_msg("%s: no %s in %s", cases[i].uri,
				    cases[i].holds[k], a.body);
		answer_free(&a);
	}
}

/* A layer of the database answers the same from a snapshot and without. */
static void import_bushes(struct fixture *f, int n)
{
	static const struct str names[] = { { "name", 4 }, { "height", 6 },
		{ "planted", 7 } };
	static const enum value_type told[] = { VALUE_TEXT, VALUE_NUMBER,
		VALUE_DAY };
	char day[] = "2024-05-00";
	const struct str values[] = { { "Тал", 6 }, { "2.5", 3 }, { day, 10 } };
	const struct layer_options options = { .name = "bushes",
		.title = { "Бұталар", "Кусты", "Bushes" },
		.licence = "CC0" };
	const struct journal_batch batch = { .actor = "test",
		.command = "import layer bushes" };
	struct layer_record r = { .part = 1,
		.parts = 1,
		.names = names,
		.values = values,
		.types = told,
		.n = 3 };
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_write(f->path, &e);
	struct layer_import *i = layer_import_open(d, &options, &e);
	struct import_counts counts;
	int64_t version;
	struct arena a;

	assert_non_null(i);
	arena_init(&a, 1 << 20);
	for (int k = 0; k < n; k++) {
		r.line = r.number = k + 1;
		day[9] = (char)('1' + k % 5);
		r.geom = k == 4 ? NULL : geom_point(&a, 68 + k % 5, 43, &e);
		assert_true(layer_import_add(i, &r, &e));
	}
	assert_true(layer_import_compare(i, &counts, &e));
	assert_true(layer_import_apply(i, &batch, &counts, &version, &e));
	layer_import_close(i);
	arena_free(&a);
	db_close(d);
}

static void a_layer_without_snapshots(void **state)
{
	static const struct {
		const char *uri;
		int status;
		const char *holds;
	} asked[] = {
		{ "/api/collections", 200, "\"id\":\"bushes\"" },
		{ "/api/collections?f=html&lang=en", 200, "Bushes" },
		{ BUSHES "?lang=en", 200, "Bushes" },
		{ BUSHES "?f=html&lang=en", 200, "Bushes" },
		{ BUSHES "/items?limit=3", 200, "\"numberMatched\":5" },
		{ BUSHES "/items?bbox=68.5,42,70.5,44&place=located", 200,
		    "\"numberMatched\":2" },
		{ BUSHES "/items?f=csv", 200, "Тал,2.5" },
		{ BUSHES "/items?datetime=2024-05-02/2024-05-03", 200,
		    "\"numberMatched\":2" },
		{ BUSHES "/items?datetime=2024-05-05/..", 200,
		    "\"numberMatched\":1" },
		{ "/tiles/bushes/0/0/0.geojson?datetime=2020-01-01", 200,
		    "\"features\":[]" },
		{ BUSHES "/items?f=kml&lang=en", 200,
		    "<description><![CDATA[Licence: CC0. Data published: 20" },
		{ BUSHES "/items?f=html", 200, "Тал" },
		{ BUSHES "/items?height=2.5", 200, "\"numberMatched\":5" },
		{ BUSHES "/items?sortby=-id&f=csv&limit=1", 200, "5," },
		{ BUSHES "/items?filter=id%3D%272%27", 200,
		    "\"numberMatched\":1," },
		{ BUSHES "/items?filter=id%20NOT%20IN('1','2')", 200,
		    "\"numberMatched\":3," },
		{ BUSHES "/items/2", 200, "\"Feature\"" },
		{ BUSHES "/items/99", 404, "ондай нысан жоқ" },
		{ BUSHES "/queryables", 200, "\"height\"" },
		{ BUSHES "/sortables", 200, "\"height\"" },
		{ BUSHES "/schema", 200, "\"height\"" },
		{ BUSHES "/tiles", 200, "bushes" },
		{ "/api/tiles/WebMercatorQuad", 200, "bushes" },
		{ "/api/tiles/WebMercatorQuad/6/23/44", 200, "bushes" },
		{ "/tiles/bushes.json?filter=height%3D2.5", 200, "bushes" },
		{ "/tiles/bushes.json?filter=zqxjk%3D1", 400, "қасиет" },
		{ "/tiles/bushes/0/0/0.geojson", 200, "Тал" },
		{ "/kml/bushes.kml?lang=en", 200, "Bushes" },
		{ "/styles/bushes.json", 200, "bushes" },
		{ "/gis?lang=en", 200, "Bushes" },
		{ "/api/openapi.json", 200, "bushes" },
		{ "/opendata/columns.json", 200, "bushes" },
		{ "/api/collections/shrubs", 404, "ондай жинақ жоқ" },
	};
	struct fixture *f = *state;

	import_bushes(f, BUSHES_COUNT);
	f->from = FROM_SQL;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct answer a;

		fixture_get(f, asked[i].uri, &a);
		if (a.status != asked[i].status ||
		    !strstr(a.body, asked[i].holds))
			fail_msg("%s: %d %s", asked[i].uri, a.status, a.body);
		answer_free(&a);
	}
	f->from = FROM_SNAPSHOT;
}

/* What is told of a layer costs no read of it; what is made of its features may
 * take no more than any other request. */
static void a_layer_without_snapshots_in_little_memory(void **state)
{
	static const struct {
		const char *uri;
		int status;
	} asked[] = {
		{ "/api/collections?f=json", 200 },
		{ BUSHES "?f=json", 200 },
		{ BUSHES "/queryables", 200 },
		{ "/tiles/bushes.json", 200 },
		{ "/gis?lang=en", 200 },
		{ BUSHES "/items", 503 },
		{ BUSHES "/items/2", 503 },
		{ "/tiles/bushes/0/0/0.mvt", 503 },
	};
	struct fixture *f = *state;
	const size_t usual = f->arena.limit;

	import_bushes(f, BUSHES_MANY);
	f->from = FROM_SQL;
	f->arena.limit = LITTLE;
	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct answer a;

		fixture_get(f, asked[i].uri, &a);
		if (a.status != asked[i].status ||
		    (a.status == 503 && !strstr(a.body, "индексінсіз")))
			fail_msg("%s: %d %s", asked[i].uri, a.status, a.body);
		answer_free(&a);
	}
	f->arena.limit = usual;
	f->from = FROM_SNAPSHOT;
}

/* A GeoPackage is held until it is sent: it counts as the request's memory. */
static void a_geopackage_is_bounded(void **state)
{
	static const struct {
		size_t memory;
		int status;
	} asked[] = { { 32 << 10, 413 }, { 256 << 10, 200 } };
	struct fixture *f = *state;
	const size_t usual = f->arena.limit;

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		struct answer a;

		f->arena.limit = asked[i].memory;
		fixture_get(f, LAYER "/items?f=gpkg&lang=en", &a);
		if (a.status != asked[i].status ||
		    (a.status == 413 &&
			!strstr(a.body, "ask for less with limit")))
			fail_msg("%zu: %d", asked[i].memory, a.status);
		answer_free(&a);
	}
	f->arena.limit = usual;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_layer_is_a_collection),
		cmocka_unit_test(a_geopackage_is_bounded),
		cmocka_unit_test(a_layer_without_snapshots),
		cmocka_unit_test(a_layer_without_snapshots_in_little_memory),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
