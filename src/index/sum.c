#include "index/search.h"

#include "index/selection.h"
#include "index/tally.h"
#include "query/codes.h"

/* What is added up, and where to. */
struct adding {
	const struct snapshot *snapshot;
	struct tally_rows rows;
	struct tally total;
	enum search_group by;
	struct search_sums *groups;
	size_t n_groups;
};

static const struct codelist *const code_groups[] = {
	[GROUP_CATEGORY] = &codes_category,
	[GROUP_STATUS] = &codes_status,
	[GROUP_WORK_KIND] = &codes_work_kind,
};

size_t search_group_count(const struct snapshot *s, enum search_group by)
{
	switch (by) {
	case GROUP_NONE:
		return 0;
	case GROUP_DISTRICT:
		return s->info.n_katos + 1;
	case GROUP_YEAR:
		return YEAR_LAST - YEAR_FIRST + 2;
	default:
		return code_groups[by]->n;
	}
}

static void add_project(const struct adding *a, struct search_sums *sums,
    uint32_t row, const struct file_money *money)
{
	sums->count++;
	sums->located += row < a->snapshot->located;
	tally_add_money(sums, money, a->rows.overdue[row] > 0);
}

static void add_unknown(int64_t *sum, int64_t v)
{
	if (v == MONEY_UNKNOWN)
		return;
	if (*sum == MONEY_UNKNOWN)
		*sum = v;
	else
		(void)__builtin_add_overflow(*sum, v, sum);
}

/* The project counts once in each year it has lines of, with their amounts. */
static void add_to_years(struct adding *a, uint32_t row)
{
	const struct snapshot *s = a->snapshot;
	uint32_t first;
	uint32_t n = snapshot_lines(s, row, &first);
	struct file_money none = { s->planned[row], s->contracted[row],
		s->paid[row] };

	if (n == 0)
		add_project(a, &a->groups[a->n_groups - 1], row, &none);
	for (uint32_t i = first; i < first + n;) {
		uint16_t year = s->line_years[i];
		struct file_money sum = { MONEY_UNKNOWN, MONEY_UNKNOWN,
			MONEY_UNKNOWN };

		for (; i < first + n && s->line_years[i] == year; i++) {
			add_unknown(&sum.planned, s->line_money[i].planned);
			add_unknown(
			    &sum.contracted, s->line_money[i].contracted);
			add_unknown(&sum.paid, s->line_money[i].paid);
		}
		if (year >= YEAR_FIRST && year <= YEAR_LAST)
			add_project(
			    a, &a->groups[year - YEAR_FIRST], row, &sum);
	}
}

static size_t group_of(const struct adding *a, uint32_t row)
{
	const struct snapshot *s = a->snapshot;

	switch (a->by) {
	case GROUP_DISTRICT:
		return s->home[row] < a->n_groups - 1 ? s->home[row]
						      : a->n_groups - 1;
	case GROUP_CATEGORY:
		return s->category[row];
	case GROUP_STATUS:
		return s->status[row];
	case GROUP_WORK_KIND:
		return s->work_kind[row];
	default:
		return a->n_groups;
	}
}

static void add_row(struct adding *a, uint32_t row)
{
	const struct file_money money = { a->rows.planned[row],
		a->rows.contracted[row], a->rows.paid[row] };
	size_t group;

	add_project(a, &a->total.sums, row, &money);
	if (a->by == GROUP_YEAR) {
		add_to_years(a, row);
		return;
	}
	group = group_of(a, row);
	if (group < a->n_groups)
		add_project(a, &a->groups[group], row, &money);
}

static void add_run(void *context, uint32_t first, uint32_t count)
{
	struct adding *a = context;

	if (a->by == GROUP_NONE) {
		tally_add_run(&a->total, a->snapshot, first, count);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		add_row(a, first + i);
}

static void add_bits(void *context, uint32_t base, uint64_t mask)
{
	for (; mask; mask &= mask - 1)
		add_row(context, base + (uint32_t)__builtin_ctzll(mask));
}

bool search_sum(struct search_sums *total, struct search_sums *groups,
    enum search_group by, const struct snapshot *s, const struct query *q,
    const struct search_rows *text, struct arena *a, struct err *e)
{
	struct adding adding = {
		.snapshot = s,
		.rows = tally_rows_of_snapshot(s),
		.by = groups ? by : GROUP_NONE,
		.groups = groups,
		.n_groups = groups ? search_group_count(s, by) : 0,
	};
	const struct selection_sink sink = { &adding, add_run, add_bits };

	for (size_t i = 0; i < adding.n_groups; i++)
		groups[i] = (struct search_sums){ 0 };
	if (!selection_walk(s, q, text, &sink, a, e))
		return false;
	*total = adding.total.sums;
	return true;
}
