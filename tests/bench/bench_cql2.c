/* What a filter in CQL2 costs over all rows, without HTTP: bench_cql2
 * [FEATURES]. The filters of the first table keep about one row of a hundred.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "index/search.h"
#include "index/snapshot_view.h"
#include "query/cql2.h"
#include "tools/dataset.h"

enum { ARENA_SIZE = 64 << 20, ROUNDS = 40, FEATURES_DEFAULT = 100000 };

static const char *const few[] = {
	"planned > 890000000 AND status = 'completion'",
	"planned > 950000000",
	"district = '611600000' AND overdue AND paid < contracted",
	"planned_end < DATE('2024-02-01') AND actual_end IS NULL",
	"progress BETWEEN 50 AND 51",
	"A_CONTAINS(years, ('2026','2025','2024'))",
	"title_ru LIKE '%123%'",
	"title_ru LIKE 'Капитальный%7'",
	"title_ru LIKE '%№7_7%'",
	"title_ru LIKE '%_№7_7%'",
	"CASEI(title_ru) LIKE CASEI('%_ОЛЬНИЦЫ №7_7')",
	"CASEI(title_ru) = CASEI('Проект 12345')",
	"CASEI(title_ru) LIKE CASEI('%ЖҰМЫСТАРЫ №12%')",
	"ACCENTI(title_kk) LIKE ACCENTI('%жумыстары №12%')",
	"CASEI(ACCENTI(title_kk)) LIKE CASEI(ACCENTI('%ЖҰМЫСТАРЫ №12%'))",
	"CASEI(customer_ru) LIKE CASEI('%БОЛЬНИЦЫ №12%')",
	"CASEI(customer_ru) IN (CASEI('x'), CASEI('y'))",
	"paid * 100 / planned BETWEEN 99 AND 100",
	"T_INTERSECTS(INTERVAL(planned_start, planned_end), "
	"INTERVAL('2020-01-01', '2023-03-01'))",
	"S_INTERSECTS(geometry, BBOX(68.9,42.9,69.3,43.2))",
	"S_INTERSECTS(geometry, POLYGON((68.5 42.5,69 42.4,69 43,"
	"68.95 43.03,68.5 42.5)))",
	"S_INTERSECTS(geometry, POLYGON((66 41,66.02 41,70 45,"
	"69.98 45,66 41)))",
	"S_WITHIN(geometry, BBOX(68.9,42.9,69.3,43.2))",
	"S_CROSSES(geometry, LINESTRING(66 41,70 45))",
	"S_TOUCHES(geometry, POLYGON((66 41,70 41,70 45,66 45,66 41)))",
	"NOT S_DISJOINT(geometry, POLYGON((68.9 42.9,69 42.9,69 43,"
	"68.95 43.03,68.9 42.9)))",
};

static const char *const many[] = {
	"paid > contracted",
	"CASEI(status) IN (CASEI('COMPLETION'), CASEI('x'))",
	"category IN ('health','energy') AND status <> 'completion' "
	"AND planned BETWEEN 100000000 AND 200000000",
	"S_DISJOINT(geometry, POLYGON((66 41,66.02 41,70 45,69.98 45,66 41)))",
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void measure(
    const struct snapshot *s, const char *filter, struct arena *a)
{
	const struct cql2_context context = { .schema = &project_schema,
		.id = VALUE_TEXT };
	struct search_rows rows = { NULL };
	struct err e = { 0 };
	uint64_t kept = 0;
	int64_t start = now();

	for (int k = 0; k < ROUNDS; k++) {
		struct query q;

		arena_reset(a);
		query_init(&q);
		q.filter = cql2_parse_text(str_from(filter), &context, a, &e);
		if (!q.filter || !search_rows_by_filter(&rows, s, &q, NULL,
				     VALUE_TEXT, 0, a, &e)) {
			fprintf(stderr, "%s: %s\n", filter, e.text);
			exit(1);
		}
	}
	start = now() - start;
	for (size_t w = 0; w < file_words(s->n); w++)
		kept += (unsigned)__builtin_popcountll(rows.bits[w]);
	printf("%8.2f ms %6.2f %%  %s\n", (double)start / ROUNDS / 1e6,
	    100.0 * (double)kept / s->n, filter);
}

int main(int argc, char **argv)
{
	unsigned long n =
	    argc > 1 ? strtoul(argv[1], NULL, 10) : FEATURES_DEFAULT;
	struct snapshot *s;
	struct dataset d;
	struct err e = { 0 };
	struct arena a;

	if (n < 1 || n > 10000000) {
		fprintf(stderr, "usage: bench_cql2 [FEATURES]\n");
		return 2;
	}
	dataset_init(&d, DATASET_OBLAST, 1, (uint32_t)n);
	s = dataset_build(&d, NULL, NULL, &e);
	if (!s) {
		fprintf(stderr, "bench_cql2: %s\n", e.text);
		return 1;
	}
	arena_init(&a, ARENA_SIZE);
	for (size_t i = 0; i < sizeof(few) / sizeof(*few); i++)
		measure(s, few[i], &a);
	for (size_t i = 0; i < sizeof(many) / sizeof(*many); i++)
		measure(s, many[i], &a);
	arena_free(&a);
	snapshot_unref(s);
	dataset_free(&d);
	return 0;
}
