#include "store/projects.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "geo/hilbert.h"
#include "store/districts.h"
#include "store/figures.h"
#include "store/sql.h"
#include "tools/store_file.h"

enum { TODAY = 20250601, PROJECTS = 400, ROUNDS = 400 };

/* One project as a brute force search needs it. */
struct row {
	int64_t id, key;
	struct facts facts;
	const struct geom *geom;
	char title[128]; /* folded */
};

struct state {
	struct store_file file;
	struct db *db;
	struct arena arena;
	struct row rows[PROJECTS];
	int n;
	uint64_t random;
};

static uint32_t draw(struct state *s, uint32_t below)
{
	s->random ^= s->random << 13;
	s->random ^= s->random >> 7;
	s->random ^= s->random << 17;
	return (uint32_t)(s->random >> 32) % below;
}

static const char *const words[] = { "мектеп", "мектебі", "Қарақұм", "жол",
	"Өзен", "ёлка", "hospital", "№12", "12-бөлім" };
enum { WORDS = sizeof(words) / sizeof(words[0]) };

/* Points, lines and polygons around a few degrees, some on whole coordinates,
 * so that borders are met. */
static void draw_geometry(struct state *s, char out[static 256])
{
	double x = 66 + draw(s, 500) / 100.0, y = 41 + draw(s, 400) / 100.0;
	double w = draw(s, 100) / 100.0 + 0.01, h = draw(s, 60) / 100.0 + 0.01;

	switch (draw(s, 4)) {
	case 0:
		snprintf(out, 256, "POINT(%g %g)", x, y);
		return;
	case 1:
		snprintf(out, 256, "LINESTRING(%g %g,%g %g,%g %g)", x, y, x + w,
		    y + h, x + w, y - h);
		return;
	case 2:
		snprintf(out, 256,
		    "POLYGON((%g %g,%g %g,%g %g,%g %g),(%g %g,%g %g,%g %g,%g "
		    "%g))",
		    x, y, x + 3 * w, y, x, y + 3 * h, x, y, x + w / 2,
		    y + h / 2, x + w / 2, y + h, x + w, y + h / 2, x + w / 2,
		    y + h / 2);
		return;
	default:
		snprintf(out, 256, "MULTIPOINT((%g %g),(%g %g))", x, y, x + w,
		    y + h);
		return;
	}
}

static bool keep(void *context, const struct project *p, struct err *e)
{
	struct state *s = context;
	struct row *r = &s->rows[s->n++];
	struct buf b, blob;

	r->id = p->feature.id;
	r->key = p->key;
	r->facts = p->facts;
	buf_init(&b, 1 << 16);
	buf_init(&blob, 1 << 16);
	assert_true(
	    utf8_add_folded(&b, p->feature.values[PROJECT_TITLE_KK].text));
	assert_true(b.len < sizeof(r->title));
	memcpy(r->title, b.data, b.len);
	r->title[b.len] = '\0';
	if (p->feature.geom) {
		geom_add_blob(&blob, p->feature.geom);
		r->geom = geom_from_blob(&s->arena, blob.data, blob.len, e);
		assert_non_null(r->geom);
	}
	buf_free(&b);
	buf_free(&blob);
	return true;
}

static void add_random(struct state *s, struct journal *j)
{
	char wkt[256], title[128];
	int64_t id;
	int lines = (int)draw(s, 3);
	struct store_sample p = {
		.title = title,
		.status = (int)draw(s, 9),
		.category = (int)draw(s, 11),
		.work_kind = (int)draw(s, 11),
		.district = draw(s, 3) ? 0 : 1000000 * ((int)draw(s, 3) + 1),
		.budget = draw(s, 4) ? 100 * (int64_t)draw(s, 50) : 0,
		.planned_start = draw(s, 3) ? 20250501 + (int)draw(s, 20) : 0,
		.actual_start = draw(s, 3) ? 0 : 20250501 + (int)draw(s, 29),
		.planned_end = draw(s, 3) ? 20250520 + (int)draw(s, 11) : 0,
		.actual_end = draw(s, 3) ? 0 : 20250530,
	};

	snprintf(title, sizeof(title), "%s %s", words[draw(s, WORDS)],
	    words[draw(s, WORDS)]);
	draw_geometry(s, wkt);
	p.wkt = draw(s, 8) ? wkt : NULL;
	id = store_add_project(s->db, j, &p);
	while (lines-- > 0) {
		char text[256];

		snprintf(text, sizeof(text),
		    "INSERT OR IGNORE INTO funding_line (project_id, "
		    "fiscal_year, budget_level, as_of, source, change) VALUES "
		    "(%d, %d, %d, 20250101, 's', 1)",
		    (int)id, 2021 + (int)draw(s, 6), (int)draw(s, 8));
		store_sql(s->db, text);
	}
}

static int setup(void **state)
{
	struct state *s = calloc(1, sizeof(*s));
	struct err e = { .code = ERR_NONE };
	struct journal *j;
	int i;

	assert_non_null(s);
	s->random = 88172645463325252;
	arena_init(&s->arena, 64 << 20);
	store_file_make(&s->file, STORE_CURRENT);
	s->db = store_file_write(&s->file);
	j = store_begin(s->db);
	store_add_district(
	    s->db, 1000000, (struct bbox){ 66, 41, 68, 43 }, false);
	store_add_district(
	    s->db, 2000000, (struct bbox){ 68, 41, 71, 43 }, false);
	store_add_district(
	    s->db, 3000000, (struct bbox){ 66, 43, 70, 44 }, false);
	for (i = 0; i < PROJECTS; i++)
		add_random(s, j);
	store_commit(j);
	assert_true(projects_each(s->db, TODAY, NULL, keep, s, &e));
	assert_int_equal(s->n, PROJECTS);
	*state = s;
	return 0;
}

static int teardown(void **state)
{
	struct state *s = *state;

	db_close(s->db);
	store_file_remove(&s->file);
	arena_free(&s->arena);
	free(s);
	return 0;
}

/* Whether every word of q begins a word of the title. */
static bool text_matches(const char *title, struct str q)
{
	while (q.len > 0) {
		struct str word = str_cut(&q, ' ');
		const char *at = title;
		bool found = false;

		while (at && !found) {
			found = strncmp(at, word.data, word.len) == 0;
			at = strchr(at, ' ');
			at = at ? at + 1 : NULL;
		}
		if (!found)
			return false;
	}
	return true;
}

static bool matches(const struct row *r, const struct query *q)
{
	if (!query_matches(q, &r->facts) || !text_matches(r->title, q->q))
		return false;
	if (!r->geom)
		return q->place != PLACE_LOCATED;
	if (q->place == PLACE_NONE)
		return false;
	return !q->has_bbox || geom_intersects_bbox(r->geom, &q->bbox);
}

struct found {
	int64_t ids[PROJECTS];
	int n;
	int64_t key;
};

static bool note(void *context, const struct project *p, struct err *e)
{
	struct found *f = context;

	(void)e;
	assert_true(f->n < PROJECTS);
	assert_non_null(p->feature.values);
	f->ids[f->n++] = p->feature.id;
	f->key = p->key;
	return true;
}

static void expect(struct state *s, const struct query *q, struct found *out)
{
	int i;

	out->n = 0;
	for (i = 0; i < s->n; i++) {
		if (matches(&s->rows[i], q))
			out->ids[out->n++] = s->rows[i].id;
	}
}

static void compare(struct state *s, const struct query *q)
{
	struct err e = { .code = ERR_NONE };
	struct found expected, found = { .n = 0 };
	struct query all = *q;
	uint64_t count;

	all.limit = 0;
	expect(s, q, &expected);
	assert_true(projects_select(s->db, &all, TODAY, note, &found, &e));
	assert_int_equal(found.n, expected.n);
	assert_memory_equal(
	    found.ids, expected.ids, (size_t)found.n * sizeof(found.ids[0]));
	assert_true(projects_count(s->db, q, TODAY, &count, &e));
	assert_int_equal(count, expected.n);
}

static struct query draw_query(struct state *s)
{
	static const char *const texts[] = { "", "", "", "мект", "каракум",
		"озен ж", "елка", "12", "hosp м", "жоқ" };
	struct query q;

	query_init(&q);
	if (draw(s, 2)) {
		q.has_bbox = true;
		q.bbox.west = 65 + draw(s, 60) / 10.0;
		q.bbox.south = 40 + draw(s, 50) / 10.0;
		q.bbox.east = q.bbox.west + draw(s, 20) / 10.0;
		q.bbox.north = q.bbox.south + draw(s, 20) / 10.0;
		if (draw(s, 10) == 0)
			q.bbox.east = -170;
	}
	q.place = (enum query_place)draw(s, 3);
	if (draw(s, 4) == 0)
		q.districts = draw(s, 8);
	q.district_none = draw(s, 10) == 0;
	if (draw(s, 4) == 0)
		q.years = (uint64_t)draw(s, 64) << 21;
	if (draw(s, 3) == 0)
		q.status = draw(s, 512);
	if (draw(s, 5) == 0)
		q.category = draw(s, 2048);
	if (draw(s, 5) == 0)
		q.work_kind = draw(s, 2048);
	if (draw(s, 5) == 0)
		q.levels = draw(s, 256);
	if (draw(s, 5) == 0)
		q.min_planned = draw(s, 5000);
	if (draw(s, 5) == 0)
		q.max_planned = draw(s, 5000);
	if (draw(s, 4) == 0)
		q.overdue = (int)draw(s, 2);
	if (draw(s, 4) == 0)
		q.from = 20250501 + (int)draw(s, 30);
	if (draw(s, 4) == 0)
		q.to = 20250501 + (int)draw(s, 30);
	q.q = str_from(texts[draw(s, sizeof(texts) / sizeof(texts[0]))]);
	return q;
}

/* SQL gives what looking at every project gives, in the same order. */
static void sql_equals_brute_force(void **state)
{
	struct state *s = *state;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		struct query q = draw_query(s);

		compare(s, &q);
	}
}

/* Pages of a few follow each other without gap or repetition. */
static void pages_join(void **state)
{
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct found expected, found = { .n = 0 };
	struct query q;
	struct query_cursor was = { 0 }, got;
	int before;

	query_init(&q);
	q.status = 0x0F;
	expect(s, &q, &expected);
	q.limit = 7;
	do {
		before = found.n;
		assert_true(
		    projects_select(s->db, &q, TODAY, note, &found, &e));
		assert_true(found.n - before <= 7);
		if (q.after.set && found.n > before) {
			assert_true(
			    projects_before(s->db, &q, TODAY, &got, &e));
			assert_true(got.set == was.set && got.id == was.id &&
				    got.key == was.key);
		}
		was = q.after;
		q.after.set = true;
		q.after.key = found.key;
		q.after.id = found.ids[found.n - 1];
	} while (found.n > before);
	assert_int_equal(found.n, expected.n);
	assert_memory_equal(
	    found.ids, expected.ids, (size_t)found.n * sizeof(found.ids[0]));
}

/* Every part of the order: equal keys are told apart by id. */
static void order_is_key_then_id(void **state)
{
	struct state *s = *state;
	int i;

	for (i = 1; i < s->n; i++)
		assert_true(s->rows[i - 1].key < s->rows[i].key ||
			    (s->rows[i - 1].key == s->rows[i].key &&
				s->rows[i - 1].id < s->rows[i].id));
}

/* Folding makes a Russian keyboard find Kazakh names and е find ё. */
static void search_folds(void **state)
{
	static const struct {
		const char *text; /* as a person types it */
		const char *title;
	} cases[] = {
		{ "каракум", "қарақұм" },
		{ "ҚАРАҚҰМ", "қарақұм" },
		{ "озен", "өзен" },
		{ "Елк", "ёлка" },
		{ "Ёлка", "ёлка" },
		{ "мектеби", "мектебі" },
		{ "HOSP", "hospital" },
		{ "12-болим", "12-бөлім" },
		{ "№12", "№12" },
	};
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	const int64_t *ids;
	struct arena a;
	size_t i, n;

	arena_init(&a, 1 << 20);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct query q;
		struct buf text;
		size_t at;

		buf_init(&text, 1 << 10);
		assert_true(utf8_add_folded(&text, str_from(cases[i].text)));
		query_init(&q);
		q.q = buf_str(&text);
		compare(s, &q);
		assert_true(projects_search(s->db, q.q, &a, &ids, &n, &e));
		assert_true(n > 0);
		for (at = 1; at < n; at++)
			assert_true(ids[at - 1] < ids[at]);
		buf_free(&text);
	}
	assert_true(projects_search(s->db, str_from("жоқ"), &a, &ids, &n, &e));
	assert_int_equal(n, 0);
	assert_true(projects_search(s->db, str_from(""), &a, &ids, &n, &e));
	assert_int_equal(n, 0);
	arena_free(&a);
}

/* A project is found by everything that names it. */
static void search_finds_more_than_titles(void **state)
{
	static const char *const texts[] = { "tks 2025 000007", "мекеме",
		"150140000002", "аудан 1000000" };
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	struct journal *j = store_begin(s->db);
	const int64_t *ids;
	struct arena a;
	size_t i, n, at;

	store_sql(s->db,
	    "INSERT INTO organisation (id, bin, kind, name_kk, change) VALUES "
	    "(1, '150140000002', 'company', 'Мекеме', 1);"
	    "UPDATE project SET customer_id = 1, kato = '611000000' "
	    "WHERE id = 7");
	assert_true(figures_touch(s->db, 7, &e));
	assert_true(figures_refresh(s->db, 2, &e));
	arena_init(&a, 1 << 20);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_true(projects_search(
		    s->db, str_from(texts[i]), &a, &ids, &n, &e));
		for (at = 0; at < n && ids[at] != 7; at++)
			;
		assert_true(at < n);
	}
	journal_abort(j);
	arena_free(&a);
}

static bool add_name(void *context, const struct place *p, struct err *e)
{
	char *text = context;

	(void)e;
	snprintf(text + strlen(text), 400 - strlen(text), "%.*s/%.*s ",
	    (int)p->name[0].len, p->name[0].data, (int)p->kind.len,
	    p->kind.data);
	return true;
}

static void finds_places(void **state)
{
	static const struct {
		const char *folded;
		size_t limit;
		const char *found;
	} cases[] = {
		{ "абай", 10, "Абай/town Абай/village Абайыл/hamlet " },
		{ "абай", 2, "Абай/town Абай/village " },
		{ "туркистан", 10, "Түркістан/city " },
		{ "turkistan", 10, "Түркістан/city " },
		{ "абайы", 10, "Абайыл/hamlet " },
		{ "стан", 10, "" },
		{ "", 1, "Түркістан/city " },
	};
	struct state *s = *state;
	struct err e = { .code = ERR_NONE };
	int64_t id;
	size_t i;

	store_sql(s->db,
	    "INSERT INTO place (id, place_id, name_kk, name_ru, name_en, kind, "
	    "lon, lat, source, change) VALUES "
	    "(1, 'a', 'Абайыл', 'Абаил', NULL, 'hamlet', 68, 42, 's', 1), "
	    "(2, 'b', 'Абай', 'Абай', NULL, 'village', 68, 42, 's', 1), "
	    "(3, 'c', 'Абай', 'Абай', NULL, 'town', 68, 42, 's', 1), "
	    "(4, 'd', 'Түркістан', 'Туркестан', 'Turkistan', 'city', 68, 43, "
	    "'s', 1)");
	for (id = 1; id <= 4; id++)
		assert_true(figures_place(s->db, id, &e));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char found[400] = "";

		assert_true(places_search(s->db, str_from(cases[i].folded),
		    cases[i].limit, add_name, found, &e));
		assert_string_equal(found, cases[i].found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_key_then_id),
		cmocka_unit_test(sql_equals_brute_force),
		cmocka_unit_test(pages_join),
		cmocka_unit_test(search_folds),
		cmocka_unit_test(search_finds_more_than_titles),
		cmocka_unit_test(finds_places),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, teardown);
}
