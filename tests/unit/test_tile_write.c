/* Tiles that are too large: what goes, and that it is told. */
#include "api/tile_write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "api/catalogue.h"
#include "base/clock.h"
#include "geo/hilbert.h"
#include "tools/dataset.h"
#include "tools/mvt_read.h"
#include "tools/shapes.h"

enum { PROJECTS = 20000, ARENA_LIMIT = 256 << 20, BODY_LIMIT = 64 << 20 };

struct world {
	struct snapshot *snapshot;
	struct exchange exchange;
	struct call call;
	struct source source;
	struct arena arena, scratch, read;
	struct buf out;
	struct geos *geos;
};

static int open_world(void **state)
{
	static struct world w;
	struct dataset d;

	dataset_init(&d, DATASET_OBLAST, 51, PROJECTS);
	w.snapshot = dataset_build(&d, NULL, NULL, NULL);
	dataset_free(&d);
	w.geos = geos_open();
	if (!w.snapshot || !w.geos)
		return -1;
	arena_init(&w.arena, ARENA_LIMIT);
	arena_init(&w.scratch, ARENA_LIMIT);
	arena_init(&w.read, ARENA_LIMIT);
	buf_init(&w.out, BODY_LIMIT);
	w.exchange.arena = &w.arena;
	w.call.x = &w.exchange;
	w.source.snapshot = w.snapshot;
	w.source.info = snapshot_info_of(w.snapshot);
	query_init(&w.source.query);
	*state = &w;
	return 0;
}

static int close_world(void **state)
{
	struct world *w = *state;

	geos_close(w->geos);
	snapshot_unref(w->snapshot);
	arena_free(&w->arena);
	arena_free(&w->scratch);
	arena_free(&w->read);
	buf_free(&w->out);
	return 0;
}

typedef bool writer(struct tile_job *job, struct buf *out, struct err *e);

static struct tile_note write_tile(struct mvt_read *read, struct world *w,
    const struct tile *t, writer *write, size_t most)
{
	struct tile_job job;
	struct err e = { 0 };
	const char *fault;

	buf_reset(&w->out);
	arena_reset(&w->arena);
	arena_reset(&w->read);
	tile_job_begin(
	    &job, &w->call, &collection_projects, &w->source, t, &w->scratch);
	if (most)
		job.most = most;
	if (!write(&job, &w->out, &e))
		fail_msg("%s", e.text);
	tile_job_end(&job);
	tile_write_note(&job.note, &w->out);
	fault = mvt_read(read, w->out.data, w->out.len, &w->read);
	if (fault)
		fail_msg("%s", fault);
	return job.note;
}

/* The most crowded tile of a zoom that is not clustered. */
static struct tile crowded(struct world *w, int z)
{
	struct tile best = { .z = z };
	size_t most = 0;
	struct query q;

	query_init(&q);
	for (uint32_t row = 0; row < snapshot_located(w->snapshot); row += 50) {
		struct tile t = { .z = z };
		struct tilecut cut;

		hilbert_to_tile(snapshot_key(w->snapshot, row), z, &t.x, &t.y);
		assert_true(tilecut_projects(
		    &cut, w->snapshot, &q, NULL, &t, &w->arena, NULL));
		arena_reset(&w->arena);
		if (cut.clustered || cut.n_rows <= most)
			continue;
		most = cut.n_rows;
		best = t;
	}
	assert_true(most > 50);
	return best;
}

/* How many projects are counted in the tile. */
static uint64_t count(const struct mvt_read *read)
{
	const struct mvt_read_layer *l = mvt_read_layer(read, "projects");
	uint64_t n = 0;

	for (size_t i = 0; l && i < l->n; i++)
		n += !mvt_read_tag(&l->features[i], "anchored");
	l = mvt_read_layer(read, "projects_clusters");
	for (size_t i = 0; l && i < l->n; i++)
		n += mvt_read_tag(&l->features[i], "point_count")->count;
	return n;
}

static bool has_titles(const struct mvt_read *read)
{
	const struct mvt_read_layer *l = mvt_read_layer(read, "projects");

	for (size_t i = 0; l && i < l->n; i++)
		if (mvt_read_tag(&l->features[i], "title_kk"))
			return true;
	return false;
}

static bool has_shapes(const struct mvt_read *read)
{
	const struct mvt_read_layer *l = mvt_read_layer(read, "projects");

	for (size_t i = 0; l && i < l->n; i++)
		if (l->features[i].geom.type != GEOM_POINT)
			return true;
	return false;
}

static void check_note(
    const struct mvt_read *read, const struct tile_note *note)
{
	const struct mvt_read_layer *l = mvt_read_layer(read, "meta");

	if (!note->thinned) {
		assert_null(l);
		return;
	}
	assert_non_null(l);
	assert_int_equal(l->n, 1);
	assert_true(str_is(
	    mvt_read_tag(&l->features[0], "thinned")->text, note->thinned));
	assert_int_equal(
	    mvt_read_tag(&l->features[0], "shown")->count, note->shown);
	assert_int_equal(
	    mvt_read_tag(&l->features[0], "found")->count, note->found);
}

/* First titles go, then shapes; no project is ever lost. */
static void test_projects(void **state)
{
	struct world *w = *state;
	struct tile t = crowded(w, TILE_TITLE_ZOOM);
	struct mvt_read read;
	struct tile_note note;
	uint64_t all;
	size_t len;

	note = write_tile(&read, w, &t, tile_write_projects, BODY_LIMIT);
	assert_null(note.thinned);
	assert_true(has_titles(&read) && has_shapes(&read));
	check_note(&read, &note);
	all = count(&read);
	len = w->out.len;

	note = write_tile(&read, w, &t, tile_write_projects, len - 1);
	assert_string_equal(note.thinned, "titles");
	assert_true(!has_titles(&read) && has_shapes(&read));
	check_note(&read, &note);
	assert_int_equal(count(&read), all);
	assert_true(w->out.len < len);

	note = write_tile(&read, w, &t, tile_write_projects, 100);
	assert_string_equal(note.thinned, "shapes");
	assert_true(!has_titles(&read) && !has_shapes(&read));
	check_note(&read, &note);
	assert_int_equal(count(&read), all);
}

/* No tile is larger than is allowed. */
static void test_size(void **state)
{
	struct world *w = *state;

	for (int z = 0; z <= 18; z++) {
		for (uint32_t row = 0; row < PROJECTS / 2; row += 997) {
			struct tile t = { .z = z };
			struct mvt_read read;
			const struct mvt_read_layer *l;

			hilbert_to_tile(
			    snapshot_key(w->snapshot, row), z, &t.x, &t.y);
			write_tile(
			    &read, w, &t, tile_write_projects, TILE_BYTES_MAX);
			assert_true(w->out.len <= TILE_BYTES_MAX + 200);
			l = mvt_read_layer(&read, "projects");
			for (size_t i = 0; l && i < l->n; i++)
				assert_null(shape_wrong(&l->features[i].geom,
				    TILECUT_BUFFER, w->geos, &w->read));
		}
	}
}

/* Other collections show fewer features, and say so. */
static void test_features(void **state)
{
	static const size_t limits[] = { 400000, 100000, 20000, 3000 };
	struct world *w = *state;
	const struct tile whole = { 0, 0, 0 };
	uint64_t last = UINT64_MAX;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct mvt_read read;
		struct tile_note note = write_tile(
		    &read, w, &whole, tile_write_features, limits[i]);

		assert_string_equal(note.thinned, "features");
		assert_int_equal(note.found, snapshot_located(w->snapshot));
		assert_true(note.shown > 0 && note.shown < last);
		assert_int_equal(
		    mvt_read_layer(&read, "projects")->n, note.shown);
		assert_true(w->out.len <= limits[i] + 200);
		check_note(&read, &note);
		last = note.shown;
	}
}

/* Where all fit there is nothing to tell; a tile too small for one feature
 * tells that it has none. */
static void test_features_extremes(void **state)
{
	struct world *w = *state;
	struct tile t = crowded(w, 17);
	struct mvt_read read;
	struct tile_note note;

	note = write_tile(&read, w, &t, tile_write_features, BODY_LIMIT);
	assert_null(note.thinned);
	assert_int_equal(note.shown, mvt_read_layer(&read, "projects")->n);
	note = write_tile(&read, w, &t, tile_write_features, 1);
	assert_string_equal(note.thinned, "features");
	assert_int_equal(note.shown, 0);
	assert_int_equal(read.n, 1);
	check_note(&read, &note);
}

/* The same in GeoJSON, which stays whole. */
static void test_json_size(void **state)
{
	static const size_t limits[] = { 1000000, 100000, 20000 };
	const struct tile whole = { 0, 0, 0 };
	struct world *w = *state;
	uint64_t last = UINT64_MAX;

	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct tile_job job;
		struct err e = { 0 };
		struct json j;
		uint64_t n = 0;

		buf_reset(&w->out);
		arena_reset(&w->arena);
		tile_job_begin(&job, &w->call, &collection_projects, &w->source,
		    &whole, &w->scratch);
		job.most = limits[i];
		json_init(&j, &w->out);
		json_open(&j, '[');
		assert_true(tile_write_json(&job, &j, &e));
		json_close(&j, ']');
		buf_add_char(&w->out, '\0');
		tile_job_end(&job);
		assert_true(w->out.len <= limits[i] + 5);
		for (const char *at = w->out.data;
		     (at = strstr(at, "{\"type\":\"Feature\"")); at++)
			n++;
		assert_int_equal(n, job.note.shown);
		assert_memory_equal(w->out.data, "[{", 2);
		assert_null(strstr(w->out.data, "}{"));
		assert_string_equal(job.note.thinned, "features");
		assert_int_equal(job.note.found, snapshot_located(w->snapshot));
		assert_true(n > 0 && n < last);
		last = n;
	}
}

static void test_deadline(void **state)
{
	struct world *w = *state;
	struct tile t = crowded(w, 14);
	writer *const writers[] = { tile_write_projects, tile_write_features };

	w->exchange.deadline = clock_monotonic();
	for (size_t i = 0; i < 2; i++) {
		struct tile_job job;
		struct err e = { 0 };

		buf_reset(&w->out);
		tile_job_begin(&job, &w->call, &collection_projects, &w->source,
		    &t, &w->scratch);
		assert_false(writers[i](&job, &w->out, &e));
		assert_int_equal(e.code, ERR_BUSY);
		tile_job_end(&job);
	}
	w->exchange.deadline = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_projects),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_features),
		cmocka_unit_test(test_features_extremes),
		cmocka_unit_test(test_json_size),
		cmocka_unit_test(test_deadline),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_world, close_world);
}
