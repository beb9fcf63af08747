#include "index/tally.h"

#include <math.h>

static const double units = 1e8; /* a degree */

/* Wraps instead of overflowing: differences of sums are right all the same,
 * and no amounts however absurd are undefined. */
static void add(int64_t *sum, int64_t v)
{
	(void)__builtin_add_overflow(*sum, v, sum);
}

static int64_t minus(int64_t a, int64_t b)
{
	int64_t d;

	(void)__builtin_sub_overflow(a, b, &d);
	return d;
}

static void add_known(int64_t *sum, uint64_t *missing, int64_t amount)
{
	if (amount == MONEY_UNKNOWN)
		++*missing;
	else
		add(sum, amount);
}

void tally_add_money(
    struct search_sums *sums, const struct file_money *m, bool overdue)
{
	add_known(&sums->planned, &sums->missing_planned, m->planned);
	add_known(&sums->contracted, &sums->missing_contracted, m->contracted);
	add_known(&sums->paid, &sums->missing_paid, m->paid);
	if (m->planned != MONEY_UNKNOWN && m->paid != MONEY_UNKNOWN) {
		add(&sums->paid_of_planned, m->paid);
		add(&sums->planned_with_paid, m->planned);
	}
	if (overdue) {
		sums->overdue++;
		if (m->planned != MONEY_UNKNOWN)
			add(&sums->overdue_planned, m->planned);
	}
}

struct tally_rows tally_rows_of_snapshot(const struct snapshot *s)
{
	return (struct tally_rows){
		.planned = s->planned,
		.contracted = s->contracted,
		.paid = s->paid,
		.status = s->status,
		.overdue = s->overdue,
		.anchors = s->anchors,
		.located = s->located,
	};
}

void tally_add_row(struct tally *t, const struct tally_rows *rows, uint32_t row)
{
	const struct file_money money = { rows->planned[row],
		rows->contracted[row], rows->paid[row] };

	t->sums.count++;
	tally_add_money(&t->sums, &money, rows->overdue[row] > 0);
	if (rows->status[row] < CLUSTER_STATUSES)
		t->by_status[rows->status[row]]++;
	if (row < rows->located) {
		t->sums.located++;
		add(&t->lon, llrint(rows->anchors[row].lon * units));
		add(&t->lat, llrint(rows->anchors[row].lat * units));
	}
}

static void add_rows(struct tally *t, const struct tally_rows *rows,
    uint32_t first, uint32_t end)
{
	for (uint32_t row = first; row < end; row++)
		tally_add_row(t, rows, row);
}

/* What lies between the beginnings of two blocks. */
static void add_blocks(
    struct tally *t, const struct file_block *a, const struct file_block *b)
{
	struct search_sums *s = &t->sums;

	add(&s->planned, minus(b->planned, a->planned));
	add(&s->contracted, minus(b->contracted, a->contracted));
	add(&s->paid, minus(b->paid, a->paid));
	add(&s->overdue_planned, minus(b->overdue_planned, a->overdue_planned));
	add(&s->paid_of_planned, minus(b->paid_of_planned, a->paid_of_planned));
	add(&s->planned_with_paid,
	    minus(b->planned_with_paid, a->planned_with_paid));
	add(&t->lon, minus(b->lon, a->lon));
	add(&t->lat, minus(b->lat, a->lat));
	s->missing_planned += b->missing_planned - a->missing_planned;
	s->missing_contracted += b->missing_contracted - a->missing_contracted;
	s->missing_paid += b->missing_paid - a->missing_paid;
	s->overdue += b->overdue - a->overdue;
	for (int i = 0; i < CLUSTER_STATUSES; i++)
		t->by_status[i] += b->by_status[i] - a->by_status[i];
}

static uint32_t located_between(uint32_t first, uint32_t end, uint32_t located)
{
	if (first >= located)
		return 0;
	return (end < located ? end : located) - first;
}

void tally_add_run(
    struct tally *t, const struct snapshot *s, uint32_t first, uint32_t count)
{
	const struct tally_rows rows = tally_rows_of_snapshot(s);
	uint32_t end = first + count;
	uint32_t from = first / ROWS_PER_WORD + (first % ROWS_PER_WORD != 0);
	uint32_t to = end / ROWS_PER_WORD;

	if (from >= to) {
		add_rows(t, &rows, first, end);
		return;
	}
	add_rows(t, &rows, first, from * ROWS_PER_WORD);
	add_blocks(t, &s->blocks[from], &s->blocks[to]);
	t->sums.count += (to - from) * ROWS_PER_WORD;
	t->sums.located += located_between(
	    from * ROWS_PER_WORD, to * ROWS_PER_WORD, s->located);
	add_rows(t, &rows, to * ROWS_PER_WORD, end);
}

void tally_add(struct tally *t, const struct tally *part)
{
	struct search_sums *to = &t->sums;
	const struct search_sums *s = &part->sums;

	to->count += s->count;
	to->located += s->located;
	add(&to->planned, s->planned);
	add(&to->contracted, s->contracted);
	add(&to->paid, s->paid);
	add(&to->overdue_planned, s->overdue_planned);
	add(&to->paid_of_planned, s->paid_of_planned);
	add(&to->planned_with_paid, s->planned_with_paid);
	to->missing_planned += s->missing_planned;
	to->missing_contracted += s->missing_contracted;
	to->missing_paid += s->missing_paid;
	to->overdue += s->overdue;
	add(&t->lon, part->lon);
	add(&t->lat, part->lat);
	for (int i = 0; i < CLUSTER_STATUSES; i++)
		t->by_status[i] += part->by_status[i];
}

void tally_to_block(const struct tally *t, struct file_block *out)
{
	const struct search_sums *s = &t->sums;

	*out = (struct file_block){
		.planned = s->planned,
		.contracted = s->contracted,
		.paid = s->paid,
		.overdue_planned = s->overdue_planned,
		.paid_of_planned = s->paid_of_planned,
		.planned_with_paid = s->planned_with_paid,
		.lon = t->lon,
		.lat = t->lat,
		.missing_planned = (uint32_t)s->missing_planned,
		.missing_contracted = (uint32_t)s->missing_contracted,
		.missing_paid = (uint32_t)s->missing_paid,
		.overdue = (uint32_t)s->overdue,
	};
	for (int i = 0; i < CLUSTER_STATUSES; i++)
		out->by_status[i] = t->by_status[i];
}

struct position tally_mean(const struct tally *t)
{
	double n = (double)t->sums.located * units;

	return (struct position){ (double)t->lon / n, (double)t->lat / n };
}
