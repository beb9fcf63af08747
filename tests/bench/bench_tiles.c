/* What a vector tile costs, without HTTP: bench_tiles [FEATURES|SNAPSHOT
 * [ZOOM]]. Tiles are those around projects by chance, as people look where
 * projects are. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api/catalogue.h"
#include "api/tile_write.h"
#include "geo/hilbert.h"
#include "tools/dataset.h"
#include "tools/random.h"

enum { TILES = 4000, FEATURES_DEFAULT = 100000, SEED = 20261124 };
enum { ARENA_LIMIT = 64 << 20, BODY_LIMIT = 64 << 20 };

struct bench {
	struct snapshot *snapshot;
	struct exchange exchange;
	struct call call;
	struct source source;
	struct arena arena, scratch;
	struct buf out;
};

static void die(const char *what)
{
	fprintf(stderr, "bench_tiles: %s\n", what);
	exit(1);
}

static struct tile tile_by_chance(const struct bench *b, int z, uint64_t *seed)
{
	uint32_t row = random_below(seed, snapshot_located(b->snapshot));
	struct tile t = { .z = z };

	hilbert_to_tile(snapshot_key(b->snapshot, row), z, &t.x, &t.y);
	return t;
}

/* Nanoseconds of the processor: others may want it too. */
static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Returns the features told of. */
static uint64_t write_tile(struct bench *b, const struct tile *t)
{
	struct tile_job job;
	struct err e = { 0 };

	arena_reset(&b->arena);
	buf_free(&b->out);
	tile_job_begin(
	    &job, &b->call, &collection_projects, &b->source, t, &b->scratch);
	if (!tile_write_projects(&job, &b->out, &e))
		die(e.text);
	tile_job_end(&job);
	return job.note.shown;
}

static void measure(struct bench *b, int z)
{
	uint64_t seed = SEED, features = 0, bytes = 0;
	int64_t begin, spent;

	for (int i = 0; i < TILES / 4; i++) {
		struct tile t = tile_by_chance(b, z, &seed);

		write_tile(b, &t);
	}
	seed = SEED;
	begin = now();
	for (int i = 0; i < TILES; i++) {
		struct tile t = tile_by_chance(b, z, &seed);

		features += write_tile(b, &t);
		bytes += b->out.len;
	}
	spent = now() - begin;
	printf("z%-2d %8.1f us a tile, %8.1f features, %7.1f KB, %6.1f ns a "
	       "feature, %5.2f ns a byte\n",
	    z, (double)spent / TILES / 1e3, (double)features / TILES,
	    (double)bytes / TILES / 1024,
	    (double)spent / (double)(features ? features : 1),
	    (double)spent / (double)(bytes ? bytes : 1));
}

/* A file of the program, or so many random projects. */
static struct snapshot *open_snapshot(const char *what, struct err *e)
{
	char *end = NULL;
	unsigned long n = what ? strtoul(what, &end, 10) : FEATURES_DEFAULT;
	struct dataset d;

	if (end && *end)
		return snapshot_open(what, &project_schema, false, e);
	dataset_init(&d, DATASET_OBLAST, SEED, (uint32_t)n);
	return dataset_build(&d, NULL, NULL, e);
}

int main(int argc, char **argv)
{
	struct bench b = { 0 };
	struct err e = { 0 };

	b.snapshot = open_snapshot(argc > 1 ? argv[1] : NULL, &e);
	if (!b.snapshot)
		die(e.text);
	arena_init(&b.arena, ARENA_LIMIT);
	arena_init(&b.scratch, ARENA_LIMIT);
	buf_init(&b.out, BODY_LIMIT);
	b.exchange.arena = &b.arena;
	b.call.x = &b.exchange;
	b.source.snapshot = b.snapshot;
	b.source.info = snapshot_info_of(b.snapshot);
	query_init(&b.source.query);
	if (argc > 2)
		measure(&b, (int)strtol(argv[2], NULL, 10));
	for (int z = 0; argc <= 2 && z <= 18; z += z < 6 ? 3 : 1)
		measure(&b, z);
	return 0;
}
