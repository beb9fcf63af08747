/* Damaged snapshots: refused or read safely, never a crash. */
#include "index/cluster.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/hash.h"
#include "index/snapshot_file.h"
#include "index/tilecut.h"
#include "tools/dataset.h"
#include "tools/random.h"

enum { PROJECTS = 200, ARENA_SIZE = 64 << 20, PATH_SIZE = 256 };

/* A snapshot's bytes, a file to write damaged copies to, and what the whole
 * one answers. */
struct victim {
	char path[PATH_SIZE];
	unsigned char *bytes;
	size_t len;
	uint64_t answers;
	struct arena arena;
};

static uint64_t add_page(const struct snapshot *s, const struct query *q,
    struct arena *a, uint64_t h)
{
	struct search_page page;

	if (!search_page(&page, s, q, NULL, a, NULL))
		return h;
	h = hash_bytes(&page.matched, sizeof(page.matched), h);
	for (size_t i = 0; i < page.n_runs; i++) {
		struct str text = snapshot_fragments(
		    s, page.runs[i].first, page.runs[i].count);

		h = hash_bytes(text.data, text.len, h);
	}
	return h;
}

static uint64_t add_sums(const struct snapshot *s, const struct query *q,
    enum search_group by, struct arena *a, uint64_t h)
{
	size_t n = search_group_count(s, by);
	struct search_sums total;
	struct search_sums *groups = arena_array(a, n + 1, sizeof(*groups));

	if (!search_sum(&total, groups, by, s, q, NULL, a, NULL))
		return h;
	h = hash_bytes(&total, sizeof(total), h);
	return hash_bytes(groups, n * sizeof(*groups), h);
}

static uint64_t add_tiles(const struct snapshot *s, const struct query *q,
    struct arena *a, uint64_t h)
{
	for (int z = 0; z <= TILE_MAX_ZOOM; z += 3) {
		struct tile t = tile_of(68.25, 43.30, z);
		struct cluster_tile ct;

		if (!cluster_tile(&ct, s, q, NULL, &t, a, NULL))
			continue;
		h = hash_bytes(&ct.n, sizeof(ct.n), h);
		for (size_t i = 0; i < ct.n; i++)
			h = hash_bytes(
			    &ct.marks[i].sums, sizeof(ct.marks[i].sums), h);
	}
	return h;
}

/* What a vector tile shows; the shapes may come out as anything but a crash. */
static uint64_t add_cut(const struct snapshot *s, const struct tilecut *c,
    const struct tile *t, struct arena *a, uint64_t h)
{
	struct geos *geos = NULL;

	h = hash_bytes(c->rows, c->n_rows * sizeof(*c->rows), h);
	for (size_t i = 0; i < c->n_rows; i++) {
		struct grid_geom g;

		tilecut_anchor(s, c->rows[i], t);
		if (tilecut_is_shape(s, c->rows[i]) &&
		    tilecut_shape(&g, s, c->rows[i], t, true, &geos, a, NULL))
			h = hash_bytes(
			    g.points, g.n_points * sizeof(*g.points), h);
	}
	geos_close(geos);
	return h;
}

static uint64_t add_cuts(const struct snapshot *s, const struct query *q,
    struct arena *a, uint64_t h)
{
	for (int z = 4; z <= TILE_MAX_ZOOM; z += 4) {
		struct tile t = tile_of(68.25, 43.30, z);
		struct tilecut c;

		if (tilecut_projects(&c, s, q, NULL, &t, a, NULL))
			h = add_cut(s, &c, &t, a, h);
		if (tilecut_features(
			&c, s, q, NULL, &t, TILECUT_DETAIL_MAX, a, NULL))
			h = add_cut(s, &c, &t, a, h);
	}
	return h;
}

static uint64_t add_rows(const struct snapshot *s, uint64_t h)
{
	for (uint32_t row = 0; row < snapshot_count(s); row++) {
		struct facts facts;
		uint32_t found = 0;

		memset(&facts, 0, sizeof(facts));
		snapshot_facts(s, row, &facts);
		h = hash_bytes(&facts, sizeof(facts), h);
		snapshot_find(s, snapshot_id(s, row), &found);
		snapshot_box(s, row);
		h = hash_bytes(&found, sizeof(found), h);
	}
	return h;
}

/* Asks everything there is to ask. */
static uint64_t ask_all(const struct snapshot *s, struct arena *a)
{
	const struct bbox box = { 67, 41, 69.5, 43.5 };
	uint64_t h = add_rows(s, 0), seed = 61;

	for (int i = 0; i < 40; i++) {
		struct query q;

		dataset_query(&q, DATASET_WORLD, &seed);
		if (i == 0)
			query_init(&q);
		h = add_page(s, &q, a, h);
		h = add_sums(s, &q, (enum search_group)(i % 6), a, h);
		h = i % 4 ? h : add_tiles(s, &q, a, h);
		h = i % 8 ? h : add_cuts(s, &q, a, h);
		arena_reset(a);
	}
	h += (uint64_t)snapshot_change_box(s, &box);
	h += (uint64_t)snapshot_change(s);
	for (int home = 0; home < DISTRICT_NONE; home++)
		h += (uint64_t)snapshot_change_home(s, home);
	return h;
}

static void read_bytes(struct victim *v)
{
	FILE *f = fopen(v->path, "rb");

	assert_non_null(f);
	fseek(f, 0, SEEK_END);
	v->len = (size_t)ftell(f);
	rewind(f);
	v->bytes = malloc(v->len);
	assert_int_equal(fread(v->bytes, 1, v->len, f), v->len);
	fclose(f);
}

static int make_victim(void **state)
{
	struct victim *v = calloc(1, sizeof(*v));
	struct dataset d;
	struct snapshot *s;
	int file;

	snprintf(v->path, sizeof(v->path), "/tmp/test-damage-XXXXXX");
	file = mkstemp(v->path);
	if (file < 0)
		return -1;
	close(file);
	arena_init(&v->arena, ARENA_SIZE);
	dataset_init(&d, DATASET_WORLD, 60, PROJECTS);
	s = dataset_build(&d, v->path, NULL, NULL);
	assert_non_null(s);
	v->answers = ask_all(s, &v->arena);
	snapshot_unref(s);
	dataset_free(&d);
	read_bytes(v);
	*state = v;
	return 0;
}

static int drop_victim(void **state)
{
	struct victim *v = *state;

	unlink(v->path);
	arena_free(&v->arena);
	free(v->bytes);
	free(v);
	return 0;
}

static void write_bytes(const struct victim *v, const void *bytes, size_t len)
{
	int file = open(v->path, O_WRONLY | O_TRUNC);

	assert_true(file >= 0);
	assert_int_equal(write(file, bytes, len), len);
	close(file);
}

static void patch(
    const struct victim *v, size_t at, const void *bytes, size_t len)
{
	int file = open(v->path, O_WRONLY);

	assert_true(file >= 0);
	assert_int_equal(pwrite(file, bytes, len, (off_t)at), len);
	close(file);
}

/* Opens the file as it is now: refused as damaged or answering, and when all
 * of it was checked, answering right. */
static void check(struct victim *v, bool deep)
{
	struct err e = { .code = ERR_NONE };
	struct snapshot *s = snapshot_open(v->path, &project_schema, deep, &e);
	uint64_t answers;

	if (!s) {
		assert_int_equal(e.code, ERR_DAMAGED);
		return;
	}
	answers = ask_all(s, &v->arena);
	if (deep)
		assert_true(answers == v->answers);
	snapshot_unref(s);
}

static void test_whole_file(void **state)
{
	struct victim *v = *state;
	struct snapshot *s;

	write_bytes(v, v->bytes, v->len);
	s = snapshot_open(v->path, &project_schema, true, NULL);
	assert_non_null(s);
	assert_true(ask_all(s, &v->arena) == v->answers);
	snapshot_unref(s);
}

static void test_cut_files(void **state)
{
	struct victim *v = *state;
	uint64_t seed = 62;

	for (size_t len = 0; len < v->len;
	     len += 1 + random_below(&seed, (uint32_t)v->len / 200)) {
		struct err e = { .code = ERR_NONE };

		write_bytes(v, v->bytes, len);
		assert_null(snapshot_open(v->path, &project_schema, false, &e));
		assert_int_equal(e.code, ERR_DAMAGED);
	}
	write_bytes(v, v->bytes, v->len);
	assert_int_equal(truncate(v->path, (off_t)v->len + 1), 0);
	assert_null(snapshot_open(v->path, &project_schema, false, NULL));
}

/* Any byte, whether or not all is checked on opening. */
static void flip(struct victim *v, size_t at, unsigned char bits, bool deep)
{
	unsigned char byte = v->bytes[at] ^ bits;

	patch(v, at, &byte, 1);
	check(v, deep);
	patch(v, at, &v->bytes[at], 1);
}

static void test_flipped_bytes(void **state)
{
	struct victim *v = *state;
	uint64_t seed = 63;

	write_bytes(v, v->bytes, v->len);
	for (size_t at = 0; at < sizeof(struct file_header); at++)
		flip(v, at, (unsigned char)(1 + random_below(&seed, 255)),
		    at % 2);
	for (int i = 0; i < 3000; i++) {
		/* Every second one behind the fragments. */
		size_t from = i % 2 ? v->len / 3 * 2 : 0;

		flip(v, from + random_below(&seed, (uint32_t)(v->len - from)),
		    (unsigned char)(1 + random_below(&seed, 255)), i % 8 == 0);
	}
}

static const unsigned char patterns[][8] = {
	{ 0, 0, 0, 0, 0, 0, 0, 0 },
	{ 255, 255, 255, 255, 255, 255, 255, 255 },
	{ 255, 255, 255, 255, 255, 255, 255, 127 },
	{ 0, 0, 0, 0, 0, 0, 0, 128 },
	{ 0, 0, 0, 0, 0, 0, 248, 127 }, /* not a number */
	{ 1, 0, 0, 0, 1, 0, 0, 0 },
};

/* Whole words of each section: sizes, offsets, numbers of rows. */
static void test_evil_words(void **state)
{
	struct victim *v = *state;
	const struct file_header *h = (const void *)v->bytes;
	uint64_t seed = 64;

	write_bytes(v, v->bytes, v->len);
	for (int i = 0; i < SECTION_COUNT; i++) {
		const struct file_entry *s = &h->sections[i];

		for (int j = 0; j < 40 && s->size >= 8; j++) {
			size_t at =
			    (size_t)s->offset +
			    random_below(&seed, (uint32_t)s->size / 8) * 8;

			patch(v, at, patterns[j % 6], 8);
			check(v, false);
			patch(v, at, v->bytes + at, 8);
		}
	}
}

/* Directories that are sealed with a good checksum and lie all the same. */
static void test_evil_directories(void **state)
{
	struct victim *v = *state;
	struct file_header h;
	uint64_t seed = 65;

	write_bytes(v, v->bytes, v->len);
	for (int i = 0; i < 2000; i++) {
		size_t at =
		    16 +
		    random_below(&seed,
			(offsetof(struct file_header, checksum) - 16) / 4) *
			4;

		memcpy(&h, v->bytes, sizeof(h));
		if (i % 2)
			memcpy((char *)&h + at, patterns[i / 2 % 6], 4);
		else
			((unsigned char *)&h)[at] ^=
			    (unsigned char)(1 + random_below(&seed, 255));
		h.checksum = file_header_checksum(&h);
		patch(v, 0, &h, sizeof(h));
		check(v, false);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_file),
		cmocka_unit_test(test_cut_files),
		cmocka_unit_test(test_flipped_bytes),
		cmocka_unit_test(test_evil_words),
		cmocka_unit_test(test_evil_directories),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_victim, drop_victim);
}
