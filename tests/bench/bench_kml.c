/* What a placemark costs, without HTTP: bench_kml [FEATURES|SNAPSHOT]. Rows are
 * written in boxes around projects by chance, as people look where projects
 * are: first many boxes, then one again and again, whose rows are at hand. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api/fragment.h"
#include "api/kml_look.h"
#include "query/project.h"
#include "tools/dataset.h"
#include "tools/random.h"

enum { BOXES = 4000, ROWS = 200, SEED = 20261124 };
enum { PART = 128 << 10, ARENA_LIMIT = 64 << 20 };

static const char base[] = "https://map.example.kz";

static void die(const char *what)
{
	fprintf(stderr, "bench_kml: %s\n", what);
	exit(1);
}

/* Nanoseconds of the processor: others may want it too. */
static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static struct snapshot *open_snapshot(const char *what)
{
	char *end;
	unsigned long n = strtoul(what, &end, 10);
	struct snapshot *s;
	struct dataset d;

	if (*end)
		return snapshot_open(what, &project_schema, false, NULL);
	dataset_init(&d, DATASET_OBLAST, SEED, (uint32_t)n);
	s = dataset_build(&d, NULL, NULL, NULL);
	dataset_free(&d);
	return s;
}

/* Returns the bytes written. */
static uint64_t write_rows(const struct snapshot *s, struct kml_placemarks *p,
    struct buf *out, uint32_t first)
{
	uint64_t bytes = 0;

	for (uint32_t i = 0; i < ROWS; i++) {
		size_t before = out->len;

		if (!kml_add_fragment(out, p, fragment_of(s, first + i),
			snapshot_value_lengths(s, first + i)))
			die("a fragment is damaged");
		bytes += out->len - before;
		if (out->len > PART)
			buf_reset(out);
	}
	return bytes;
}

static void run(const struct snapshot *s, struct kml_placemarks *p,
    struct buf *out, bool same)
{
	uint64_t seed = SEED, bytes = 0, n = (uint64_t)BOXES * ROWS;
	uint32_t places = snapshot_located(s) - ROWS, first = 0;
	int64_t start = now(), took;

	for (int i = 0; i < BOXES; i++) {
		if (!same || i == 0)
			first = random_below(&seed, places);
		bytes += write_rows(s, p, out, first);
	}
	took = now() - start;
	printf("%s: %.0f ns and %.0f bytes a placemark\n",
	    same ? "one box  " : "all boxes", (double)took / (double)n,
	    (double)bytes / (double)n);
}

/* What comes before the first placemark. */
static void run_documents(struct arena *a, struct buf *out)
{
	int64_t start = now();
	struct kml_look look;

	for (int i = 0; i < BOXES; i++) {
		arena_reset(a);
		buf_reset(out);
		kml_look(&look, &project_schema, LANG_RU, base);
		look.document.name = "";
		if (!kml_placemarks(&look.document, a, NULL))
			die("out of memory");
		kml_begin(out, &look.document);
	}
	printf("documents: %.0f ns and %zu bytes each\n",
	    (double)(now() - start) / BOXES, out->len);
}

int main(int argc, char **argv)
{
	struct snapshot *s = open_snapshot(argc > 1 ? argv[1] : "100000");
	struct kml_placemarks *p;
	struct kml_look look;
	struct arena a;
	struct buf out;

	if (!s || snapshot_located(s) <= ROWS)
		die("no snapshot, or a small one");
	arena_init(&a, ARENA_LIMIT);
	buf_init(&out, ARENA_LIMIT);
	kml_look(&look, &project_schema, LANG_RU, base);
	p = kml_placemarks(&look.document, &a, NULL);
	if (!p)
		die("out of memory");
	run(s, p, &out, false);
	run(s, p, &out, true);
	run_documents(&a, &out);
	buf_free(&out);
	arena_free(&a);
	snapshot_unref(s);
	return 0;
}
