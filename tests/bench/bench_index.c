/* Measures the index alone: one thread, no HTTP.
 *   bench_index N [FILE]
 * builds a snapshot of N random projects (in FILE when given), then prints the
 * mean processor time of questions in microseconds. */
#include "index/cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "format/geojson.h"
#include "index/snapshot_view.h"
#include "query/cql2.h"
#include "tools/dataset.h"
#include "tools/random.h"

enum { BOXES = 400, ROUNDS = 20, ARENA_SIZE = 256 << 20 };

struct bench {
	struct dataset dataset;
	struct snapshot *snapshot;
	struct arena arena;
	struct query boxes[BOXES];
	uint64_t seed;
};

/* Processor time: others may be using the machine. */
static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static double seconds_since(int64_t start)
{
	return (double)(now() - start) / 1e9;
}

static void die(const struct err *e)
{
	fprintf(stderr, "%s %s\n", e->text, e->detail);
	exit(1);
}

/* What the feed and the GeoJSON writer cost without the builder. */
static void time_feed(struct bench *b)
{
	struct buf text;
	struct arena a;
	int64_t start = now();
	size_t bytes = 0;
	double feed;

	arena_init(&a, 1 << 20);
	buf_init(&text, 1 << 20);
	for (uint32_t i = 0; i < b->dataset.n; i++) {
		struct project p;

		dataset_project(&b->dataset, i, &p, &a);
		arena_reset(&a);
	}
	feed = seconds_since(start);
	start = now();
	for (uint32_t i = 0; i < b->dataset.n; i++) {
		struct project p;

		dataset_project(&b->dataset, i, &p, &a);
		geojson_add_feature(&text, &p.feature);
		bytes += text.len;
		buf_reset(&text);
		arena_reset(&a);
	}
	printf("making the projects %.2f s, with GeoJSON %.2f s "
	       "(%zu bytes each)\n",
	    feed, seconds_since(start), bytes / (b->dataset.n + 1));
	buf_free(&text);
	arena_free(&a);
}

static struct snapshot *time_build(const struct bench *b, const char *path,
    const struct snapshot *previous, const char *what)
{
	struct err e = { .code = ERR_NONE };
	int64_t start = now();
	struct snapshot *s = dataset_build(&b->dataset, path, previous, &e);
	struct rusage usage;

	if (!s)
		die(&e);
	getrusage(RUSAGE_SELF, &usage);
	printf("%s %.2f s, peak memory %ld MB\n", what, seconds_since(start),
	    usage.ru_maxrss / 1024);
	return s;
}

static void print_sizes(const struct snapshot *s)
{
	double text = (double)s->fragments.len;

	printf("file %.1f MB, fragments %.1f MB, ratio %.3f, "
	       "rest a row %.1f bytes\n",
	    (double)s->size / 1e6, text / 1e6, (double)s->size / text,
	    ((double)s->size - text) / (s->n + 1));
}

static void time_open(const char *path)
{
	struct err e = { .code = ERR_NONE };

	for (int deep = 0; deep <= 1; deep++) {
		int64_t start = now();
		struct snapshot *s =
		    snapshot_open(path, &project_schema, deep, &e);

		if (!s)
			die(&e);
		printf("open%s %.3f ms\n", deep ? " and check all" : "",
		    seconds_since(start) * 1e3);
		snapshot_unref(s);
	}
}

static void set_box(struct query *q, struct position p, double half)
{
	q->has_bbox = true;
	q->place = PLACE_LOCATED;
	q->bbox = (struct bbox){ p.lon - half, p.lat - half, p.lon + half,
		p.lat + half };
}

static uint64_t matched(struct bench *b, const struct query *q)
{
	struct search_page page;

	if (!search_page(&page, b->snapshot, q, NULL, &b->arena, NULL))
		exit(1);
	arena_reset(&b->arena);
	return page.matched;
}

/* Boxes around random projects, bisected until they hold about n features. */
static void make_boxes(struct bench *b, uint64_t n)
{
	for (int i = 0; i < BOXES; i++) {
		struct query *q = &b->boxes[i];
		double low = 0, high = 2;
		struct position p = snapshot_anchor(b->snapshot,
		    random_below(&b->seed, snapshot_located(b->snapshot)));

		query_init(q);
		q->limit = QUERY_LIMIT_MAX;
		for (int j = 0; j < 30; j++) {
			uint64_t m;

			set_box(q, p, (low + high) / 2);
			m = matched(b, q);
			if (m < n)
				low = (low + high) / 2;
			else
				high = (low + high) / 2;
		}
		set_box(q, p, high);
	}
}

/* Runs, features and bytes are means too. */
static void time_pages(struct bench *b, const char *what)
{
	uint64_t runs = 0, features = 0, bytes = 0;
	int64_t start;
	double seconds;

	for (int i = 0; i < BOXES; i++)
		matched(b, &b->boxes[i]);
	start = now();
	for (int i = 0; i < BOXES * ROUNDS; i++) {
		struct search_page page;

		if (!search_page(&page, b->snapshot, &b->boxes[i % BOXES], NULL,
			&b->arena, NULL))
			exit(1);
		runs += page.n_runs;
		features += page.returned;
		for (size_t j = 0; j < page.n_runs; j++)
			bytes += snapshot_fragments(
			    b->snapshot, page.runs[j].first, page.runs[j].count)
				     .len;
		arena_reset(&b->arena);
	}
	seconds = seconds_since(start);
	printf("%-34s %8.2f us  %.1f features in %.1f runs, %.1f KB\n", what,
	    seconds * 1e6 / (BOXES * ROUNDS),
	    (double)features / (BOXES * ROUNDS),
	    (double)runs / (BOXES * ROUNDS),
	    (double)bytes / (BOXES * ROUNDS) / 1000);
}

static void time_boxes(struct bench *b)
{
	static const struct {
		uint64_t n;
		const char *what, *filtered;
	} classes[] = {
		{ 10, "box of 10", "box of 10, status" },
		{ 200, "box of 200", "box of 200, status" },
		{ 2000, "box of 2000", "box of 2000, status" },
	};

	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++) {
		make_boxes(b, classes[i].n);
		time_pages(b, classes[i].what);
		for (int j = 0; j < BOXES; j++)
			b->boxes[j].status = 0x5;
		time_pages(b, classes[i].filtered);
	}
}

static void time_query(struct bench *b, const char *what, const struct query *q)
{
	for (int i = 0; i < BOXES; i++)
		b->boxes[i] = *q;
	time_pages(b, what);
}

static void time_whole(struct bench *b)
{
	struct query q;

	query_init(&q);
	time_query(b, "first page of all", &q);
	q.districts = 1 << 3;
	time_query(b, "first page of a district", &q);
	q.districts |= 1 << 5;
	time_query(b, "first page of two districts", &q);
	query_init(&q);
	q.status = 0x5;
	time_query(b, "first page by status", &q);
	q.category = 0x9;
	q.years = (uint64_t)1 << 24;
	time_query(b, "status, category and year", &q);
	query_init(&q);
	q.min_planned = 1000000000;
	time_query(b, "first page by amount", &q);
	q.has_bbox = true;
	q.bbox = (struct bbox){ 66, 41, 69, 43 };
	time_query(b, "half the oblast by amount", &q);
}

static void time_sums(struct bench *b)
{
	static const char *const names[] = { "sum", "sum by district",
		"sum by category", "sum by status", "sum by work kind",
		"sum by year" };
	struct search_sums total, groups[DATASET_KATOS + 100];
	struct query q;

	for (int i = 0; i < 12; i++) {
		int64_t start = now();

		query_init(&q);
		if (i % 2)
			q.status = 0x5;
		for (int j = 0; j < ROUNDS; j++) {
			if (!search_sum(&total, groups,
				(enum search_group)(i / 2), b->snapshot, &q,
				NULL, &b->arena, NULL))
				exit(1);
			arena_reset(&b->arena);
		}
		printf("%-26s %7s %8.2f us\n", names[i / 2],
		    i % 2 ? "status" : "", seconds_since(start) * 1e6 / ROUNDS);
	}
}

static void time_tile(struct bench *b, int z, const struct query *q)
{
	const int64_t start = now();
	uint64_t marks = 0, clustered = 0;

	for (int i = 0; i < BOXES; i++) {
		struct position p = snapshot_anchor(b->snapshot,
		    random_below(&b->seed, snapshot_located(b->snapshot)));
		struct tile t = tile_of(p.lon, p.lat, z);
		struct cluster_tile ct;

		if (!cluster_tile(
			&ct, b->snapshot, q, NULL, &t, &b->arena, NULL))
			exit(1);
		marks += ct.n;
		clustered += ct.clustered;
		arena_reset(&b->arena);
	}
	printf("tile z%-2d %25s %8.2f us  %.1f marks, %.0f%% by cells\n", z,
	    q->status ? "status" : "", seconds_since(start) * 1e6 / BOXES,
	    (double)marks / BOXES, 100.0 * (double)clustered / BOXES);
}

static void time_tiles(struct bench *b)
{
	static const int zooms[] = { 0, 6, 8, 9, 11, 12, 14, 16 };
	struct query q;

	for (size_t i = 0; i < sizeof(zooms) / sizeof(*zooms); i++) {
		query_init(&q);
		time_tile(b, zooms[i], &q);
		q.status = 0x5;
		time_tile(b, zooms[i], &q);
	}
}

static void time_ids(struct bench *b)
{
	const size_t n = b->dataset.n / 10 + 1;
	int64_t *ids = calloc(n, sizeof(*ids));
	int64_t start;
	struct search_rows rows;
	uint32_t row;

	if (!ids)
		exit(1);
	for (size_t i = 0; i < n; i++)
		ids[i] = (int64_t)i * 30 + 1;
	start = now();
	if (!search_rows_from_ids(&rows, b->snapshot, ids, n, &b->arena, NULL))
		exit(1);
	printf("rows of %zu ids %.2f us\n", n, seconds_since(start) * 1e6);
	arena_reset(&b->arena);
	start = now();
	for (int i = 0; i < BOXES * ROUNDS; i++)
		snapshot_find(b->snapshot,
		    (int64_t)random_below(&b->seed, b->dataset.n) * 3 + 1,
		    &row);
	printf("%-34s %8.2f us\n", "find by id",
	    seconds_since(start) * 1e6 / (BOXES * ROUNDS));
	free(ids);
}

/* What the answer of the database costs in place of the snapshot's. */
static void time_small_builds(void)
{
	struct dataset d;
	int64_t start;

	dataset_init(&d, DATASET_OBLAST, 3, 100);
	start = now();
	for (int i = 0; i < BOXES; i++)
		snapshot_unref(dataset_build(&d, NULL, NULL, NULL));
	printf("%-34s %8.2f us\n", "build of 100 in memory",
	    seconds_since(start) * 1e6 / BOXES);
	dataset_free(&d);
}

int main(int argc, char **argv)
{
	static struct bench b;
	const char *path = argc > 2 ? argv[2] : NULL;
	long n = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
	struct snapshot *again;

	if (n < 1 || n > 10000000) {
		fprintf(stderr, "usage: bench_index N [FILE]\n");
		return 2;
	}
	b.seed = 1;
	arena_init(&b.arena, ARENA_SIZE);
	dataset_init(&b.dataset, DATASET_OBLAST, 1, (uint32_t)n);
	time_feed(&b);
	b.snapshot = time_build(&b, path, NULL, "build");
	print_sizes(b.snapshot);
	if (path)
		time_open(path);
	again = time_build(&b, path, b.snapshot, "build, all unchanged");
	snapshot_unref(again);
	time_boxes(&b);
	time_whole(&b);
	time_sums(&b);
	time_tiles(&b);
	time_ids(&b);
	time_small_builds();
	snapshot_unref(b.snapshot);
	dataset_free(&b.dataset);
	arena_free(&b.arena);
	return 0;
}
