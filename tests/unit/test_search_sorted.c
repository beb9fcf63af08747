/* Pages by rules against a plain sort of all projects. */
#include "index/search.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "query/codes.h"
#include "query/cql2.h"
#include "tools/dataset.h"
#include "tools/random.h"

enum { PROJECTS = 700, QUERIES = 60, ARENA_SIZE = 64 << 20, KEY_MAX = 4096 };

struct world {
	struct dataset dataset;
	struct arena arena;
	struct project projects[PROJECTS];
	struct snapshot *snapshot;
};

/* What the comparison of qsort needs to know. */
static const struct query *order;
static const struct world *sorted;

static int compare_texts(struct str a, struct str b)
{
	struct buf x, y;
	int answer;

	buf_init(&x, KEY_MAX);
	buf_init(&y, KEY_MAX);
	assert_true(utf8_add_sort_key(&x, a) && utf8_add_sort_key(&y, b));
	buf_add_char(&x, '\0');
	buf_add_char(&y, '\0');
	answer = strcmp(x.data, y.data);
	buf_free(&x);
	buf_free(&y);
	return answer;
}

static struct value text(const char *text)
{
	return (struct value){ .type = text ? VALUE_TEXT : VALUE_NULL,
		.text = str_from(text) };
}

static struct value number(int64_t number, int64_t unknown)
{
	return (
	    struct value){ .type = number == unknown ? VALUE_NULL : VALUE_INT,
		.integer = number };
}

/* The attributes of random projects are not those of their facts, which the
 * index goes by where it has them. */
static struct value value_of(const struct project *p, int field)
{
	const struct facts *f = &p->facts;

	switch (field) {
	case CQL2_ID:
		return (struct value){ .type = VALUE_TEXT,
			.text = p->feature.public_id };
	case PROJECT_CATEGORY:
		return text(codes_category.codes[f->category].code);
	case PROJECT_WORK_KIND:
		return text(codes_work_kind.codes[f->work_kind].code);
	case PROJECT_DISTRICT:
		return number(f->home, DISTRICT_NONE);
	case PROJECT_OVERDUE:
		return number(f->overdue, -1);
	case PROJECT_PLANNED_START:
		return number(f->days.planned_start, 0);
	case PROJECT_PLANNED_END:
		return number(f->days.planned_end, 0);
	case PROJECT_ACTUAL_START:
		return number(f->days.actual_start, 0);
	case PROJECT_ACTUAL_END:
		return number(f->days.actual_end, 0);
	default:
		return p->feature.values[field];
	}
}

static int compare_values(const struct value *a, const struct value *b)
{
	if (a->type == VALUE_TEXT)
		return compare_texts(a->text, b->text);
	if (a->type == VALUE_NUMBER)
		return (a->number > b->number) - (a->number < b->number);
	return (a->integer > b->integer) - (a->integer < b->integer);
}

static int compare(const void *x, const void *y)
{
	uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;

	for (size_t r = 0; r < order->n_rules; r++) {
		const struct query_rule *rule = &order->rules[r];
		struct value a = value_of(&sorted->projects[i], rule->field);
		struct value b = value_of(&sorted->projects[k], rule->field);
		int answer;

		if (a.type == VALUE_NULL || b.type == VALUE_NULL)
			answer =
			    (a.type == VALUE_NULL) - (b.type == VALUE_NULL);
		else
			answer = compare_values(&a, &b) *
				 (rule->descending ? -1 : 1);
		if (answer)
			return answer;
	}
	return (i > k) - (i < k);
}

static uint32_t select_rows(
    const struct world *w, const struct query *q, uint32_t out[static PROJECTS])
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < PROJECTS; i++) {
		const struct project *p = &w->projects[i];
		const struct geom *g = p->feature.geom;

		if ((q->place == PLACE_LOCATED && !g) ||
		    (q->place == PLACE_NONE && g) ||
		    (q->has_bbox && g && !geom_intersects_bbox(g, &q->bbox)) ||
		    !query_matches(q, &p->facts))
			continue;
		out[n++] = i;
	}
	order = q;
	sorted = w;
	qsort(out, n, sizeof(*out), compare);
	return n;
}

static void random_rules(struct query *q, uint64_t *seed)
{
	size_t n = 1 + random_below(seed, 3);

	q->n_rules = 0;
	while (q->n_rules < n) {
		int field = (int)random_below(seed, PROJECT_FIELDS + 1);
		bool known = false;

		if (field == PROJECT_FIELDS)
			field = CQL2_ID;
		else if (!query_can_sort(&project_schema.fields[field]))
			continue;
		for (size_t i = 0; i < q->n_rules; i++)
			known = known || q->rules[i].field == field;
		if (!known)
			q->rules[q->n_rules++] =
			    (struct query_rule){ field, random_below(seed, 2) };
	}
}

static void check_page(const struct search_page *page, const uint32_t *rows)
{
	uint32_t at = 0;

	for (size_t i = 0; i < page->n_runs; i++)
		for (uint32_t k = 0; k < page->runs[i].count; k++)
			assert_int_equal(page->runs[i].first + k, rows[at++]);
	assert_int_equal(at, page->returned);
}

static void ask(struct search_page *out, const struct world *w,
    const struct query *q, struct arena *a)
{
	struct err e = { .code = ERR_NONE };

	if (!search_page_sorted(
		out, w->snapshot, q, NULL, VALUE_TEXT, 0, a, &e))
		fail_msg("%s", e.text);
}

/* All pages forward; from each the page before it is where it was. */
static void check_pages(const struct world *w, struct query *q, struct arena *a)
{
	uint32_t rows[PROJECTS], n = select_rows(w, q, rows), done = 0;
	struct query_cursor was = { 0 };
	struct search_page page;

	do {
		ask(&page, w, q, a);
		assert_int_equal(page.matched, n);
		check_page(&page, rows + done);
		assert_int_equal(page.before, q->after.set && q->limit);
		if (page.before) {
			assert_int_equal(page.previous.set, was.set);
			assert_true(page.previous.id == was.id);
		}
		done += page.returned;
		assert_int_equal(page.more, done < n);
		was = q->after;
		q->after = page.next;
	} while (page.more);
	assert_int_equal(done, n);
}

static int open_world(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	struct err e = { .code = ERR_NONE };

	dataset_init(&w->dataset, DATASET_OBLAST, 5, PROJECTS);
	arena_init(&w->arena, ARENA_SIZE);
	for (uint32_t i = 0; i < PROJECTS; i++)
		dataset_project(&w->dataset, i, &w->projects[i], &w->arena);
	w->snapshot = dataset_build(&w->dataset, NULL, NULL, &e);
	assert_non_null(w->snapshot);
	*state = w;
	return 0;
}

static int close_world(void **state)
{
	struct world *w = *state;

	snapshot_unref(w->snapshot);
	arena_free(&w->arena);
	dataset_free(&w->dataset);
	free(w);
	return 0;
}

static void test_pages(void **state)
{
	const uint32_t limits[] = { 0, 1, 7, 100, 10000 };
	const struct world *w = *state;
	uint64_t seed = 21;
	struct arena a;

	arena_init(&a, ARENA_SIZE);
	for (int i = 0; i < QUERIES; i++) {
		struct query q;

		dataset_query(&q, w->dataset.kind, &seed);
		if (i % 3 == 0)
			query_init(&q);
		q.after = (struct query_cursor){ 0 };
		q.limit = limits[random_below(&seed, 5)];
		if (q.limit == 1)
			q.status = 1;
		random_rules(&q, &seed);
		check_pages(w, &q, &a);
		arena_reset(&a);
	}
	arena_free(&a);
}

static void test_every_field_alone(void **state)
{
	const struct world *w = *state;
	struct arena a;

	arena_init(&a, ARENA_SIZE);
	for (int i = 0; i < 2 * PROJECT_FIELDS; i++) {
		struct query q;

		query_init(&q);
		q.limit = 300;
		q.rules[q.n_rules++] = (struct query_rule){ i / 2, i % 2 };
		if (query_can_sort(&project_schema.fields[i / 2]))
			check_pages(w, &q, &a);
		arena_reset(&a);
	}
	arena_free(&a);
}

/* Each failure is told; no page is half of one. */
static void test_limits(void **state)
{
	const struct world *w = *state;
	struct search_page page;
	struct err e = { .code = ERR_NONE };
	struct arena a;
	struct query q;

	query_init(&q);
	q.rules[q.n_rules++] = (struct query_rule){ PROJECT_TITLE_KK, true };
	for (size_t size = 0; size < 1 << 17; size += 1 << 10) {
		bool done;

		e.code = ERR_NONE;
		arena_init(&a, size);
		done = search_page_sorted(
		    &page, w->snapshot, &q, NULL, VALUE_TEXT, 0, &a, &e);
		if (!done && e.code != ERR_LIMIT)
			assert_int_equal(e.code, ERR_MEMORY);
		arena_free(&a);
	}
	arena_init(&a, ARENA_SIZE);
	q.after = (struct query_cursor){ true, w->dataset.version, 1, -77 };
	assert_false(search_page_sorted(
	    &page, w->snapshot, &q, NULL, VALUE_TEXT, 0, &a, &e));
	q.after.set = false;
	e.code = ERR_NONE;
	assert_false(search_page_sorted(
	    &page, w->snapshot, &q, NULL, VALUE_TEXT, 1, &a, &e));
	assert_int_equal(e.code, ERR_BUSY);
	arena_free(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_every_field_alone),
		cmocka_unit_test(test_limits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, open_world, close_world);
}
