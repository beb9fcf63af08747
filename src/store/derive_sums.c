#include <string.h>

#include "query/codes.h"
#include "store/derived.h"

/* The amounts of one year, while lines are read. */
static void add_known(int64_t *sum, int64_t amount)
{
	int64_t total;

	if (amount == MONEY_UNKNOWN)
		return;
	if (*sum == MONEY_UNKNOWN)
		*sum = amount;
	else if (!__builtin_add_overflow(*sum, amount, &total))
		*sum = total;
}

static int64_t first_known(int64_t a, int64_t b)
{
	return a != MONEY_UNKNOWN ? a : b;
}

static void put(unsigned char *out, uint64_t value, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		out[i] = (unsigned char)(value >> 8 * i);
}

static bool pack(struct derived *out, const struct year_line *lines, size_t n,
    struct arena *a, struct err *e)
{
	unsigned char *at;
	size_t i;

	out->year_lines = (struct str){ NULL, 0 };
	if (n == 0)
		return true;
	at = arena_array(a, n, YEAR_LINE_BYTES);
	if (!at)
		return err_no_memory(e);
	out->year_lines = (struct str){ (const char *)at, n * YEAR_LINE_BYTES };
	for (i = 0; i < n; i++, at += YEAR_LINE_BYTES) {
		put(at, lines[i].year, 2);
		put(at + 4, (uint64_t)lines[i].planned, 8);
		put(at + 12, (uint64_t)lines[i].contracted, 8);
		put(at + 20, (uint64_t)lines[i].paid, 8);
	}
	return true;
}

/* Rows come by year; a line's plan is what it was adjusted to, else what was
 * approved. */
static bool read_lines(struct derived *out, struct year_line *lines, size_t *n,
    struct db *d, int64_t project, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT fiscal_year, budget_level, coalesce(adjusted, planned), "
	    "contracted, paid FROM funding_line WHERE project_id = ? "
	    "ORDER BY fiscal_year",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_int(s, 1, project);
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		uint16_t year = (uint16_t)sql_integer(s, 0);
		struct year_line *line;

		if (year < YEAR_FIRST || year > YEAR_LAST)
			continue;
		if (*n == 0 || lines[*n - 1].year != year)
			lines[(*n)++] = (struct year_line){ year, MONEY_UNKNOWN,
				MONEY_UNKNOWN, MONEY_UNKNOWN };
		line = &lines[*n - 1];
		add_known(&line->planned, sql_money(s, 2));
		add_known(&line->contracted, sql_money(s, 3));
		add_known(&line->paid, sql_money(s, 4));
		out->facts.years |= UINT64_C(1) << (year - YEAR_FIRST);
		out->facts.levels |= (uint8_t)(1U << (sql_integer(s, 1) & 7));
	}
	return step == SQL_DONE;
}

static bool sum_of(struct db *d, const char *text, int64_t project,
    int64_t *out, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d, text, e);
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_int(s, 1, project);
	step = sql_step(d, s, e);
	if (step == SQL_FAILED)
		return false;
	*out = step == SQL_ROW ? sql_money(s, 0) : MONEY_UNKNOWN;
	sqlite3_reset(s);
	return true;
}

bool derive_sums(struct derived *out, struct db *d, const struct subject *p,
    struct arena *a, struct err *e)
{
	struct year_line lines[YEAR_LINES_MAX];
	int64_t planned = MONEY_UNKNOWN, paid = MONEY_UNKNOWN;
	int64_t contracts, payments;
	size_t n = 0, i;

	out->facts.years = 0;
	out->facts.levels = 0;
	if (!read_lines(out, lines, &n, d, p->id, e) ||
	    !sum_of(d,
		"SELECT sum(value_current) FROM contract WHERE project_id = ? "
		"AND status IN ('active', 'closed')",
		p->id, &contracts, e) ||
	    !sum_of(d, "SELECT sum(amount) FROM payment WHERE project_id = ?",
		p->id, &payments, e))
		return false;
	for (i = 0; i < n; i++) {
		add_known(&planned, lines[i].planned);
		add_known(&paid, lines[i].paid);
	}
	out->facts.planned = first_known(p->budget, planned);
	out->facts.contracted = first_known(contracts, p->contracted);
	out->facts.paid = first_known(payments, first_known(paid, p->paid));
	if (n == 0) {
		out->facts.years = p->years;
		out->facts.levels = p->levels;
	}
	return pack(out, lines, n, a, e);
}
