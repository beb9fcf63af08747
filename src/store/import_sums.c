/* What only all records together tell: a wrong unit, sums that contradict. */
#include "import_private.h"

#include "base/array.h"

#include <stdio.h>

enum { REASON_SIZE = 240, ENOUGH = 10 };

/* A thousand, give or take what medians differ by anyway. */
static const double thousand_low = 200, thousand_high = 5000;

/* The median of a project's, line's or contract's amounts, in tiyn, is between
 * 100 thousand and 100 billion tenge. */
static const double plausible_low = 1e7, plausible_high = 1e13;

static bool number(struct import *i, struct buf *b, int64_t *out, struct err *e)
{
	buf_add_char(b, '\0');
	if (b->failed)
		return err_no_memory(e);
	if (!sql_int(i->db, b->data, 0, out, e))
		return false;
	buf_reset(b);
	return true;
}

/* The middle of the amounts of a column; n becomes how many there are. */
static bool median(struct import *i, const char *table, const char *column,
    int64_t *n, int64_t *out, struct err *e)
{
	struct buf b;
	bool done;

	*out = 0;
	buf_init(&b, 1024);
	buf_add_format(
	    &b, "SELECT count(*) FROM %s WHERE \"%s\" > 0", table, column);
	done = number(i, &b, n, e);
	if (done && *n > 0) {
		buf_add_format(&b,
		    "SELECT \"%s\" FROM %s WHERE \"%s\" > 0 ORDER BY 1 "
		    "LIMIT 1 OFFSET %ld",
		    column, table, column, (long)(*n / 2));
		done = number(i, &b, out, e);
	}
	buf_free(&b);
	return done;
}

static bool about_thousand(double ratio)
{
	return ratio > thousand_low && ratio < thousand_high;
}

static const char *suspicion(
    double file, int64_t n_stored, double stored, int64_t unit)
{
	bool thousands = unit == IMPORT_THOUSAND_TENGE;

	if (n_stored >= ENOUGH && about_thousand(file / stored))
		return thousands ? "about a thousand times those stored: are "
				   "they in tenge?"
				 : "about a thousand times those stored";
	if (n_stored >= ENOUGH && about_thousand(stored / file))
		return thousands ? "about a thousandth of those stored"
				 : "about a thousandth of those stored: are "
				   "they in thousands of tenge?";
	if (n_stored >= ENOUGH)
		return NULL;
	if (file < plausible_low)
		return "very small: are they in thousands of tenge?";
	if (file > plausible_high)
		return "very large: are they in tenge?";
	return NULL;
}

static bool check_column(
    struct import *i, const struct import_column *c, struct err *e)
{
	int64_t n_file, file, n_stored, stored;
	char reason[REASON_SIZE];
	const char *why;

	if (!median(i, "stage", c->name, &n_file, &file, e) ||
	    !median(i, i->table->entity, c->target, &n_stored, &stored, e))
		return false;
	if (n_file == 0)
		return true;
	why =
	    suspicion((double)file, n_stored, (double)stored, i->options.unit);
	if (!why)
		return true;
	snprintf(reason, sizeof(reason),
	    "the unit may be wrong: half of the amounts are above %.3g "
	    "tenge, %s",
	    (double)file / IMPORT_TENGE, why);
	return import_warn(i, 0, c->name, reason, e);
}

bool import_report_unit(struct import *i, struct err *e)
{
	for (size_t k = 0; k < i->table->n_columns; k++) {
		const struct import_column *c = &i->table->columns[k];

		if ((c->flags & COLUMN_MEDIAN) && i->active[k] &&
		    !check_column(i, c, e))
			return false;
	}
	return true;
}

/* Which table overrides which summary of projects.csv. */
static const struct {
	const struct import_table *table;
	const char *field, *sql;
} overridden[] = {
	{ &import_contracts, "contracted",
	    "SELECT public_id FROM project WHERE public_id IN "
	    "(SELECT project FROM stage WHERE refused = 0) AND "
	    "contracted_summary IS NOT NULL AND "
	    "contracted IS NOT contracted_summary ORDER BY 1" },
	{ &import_payments, "paid",
	    "SELECT public_id FROM project WHERE public_id IN "
	    "(SELECT project FROM stage WHERE refused = 0) AND "
	    "paid_summary IS NOT NULL AND "
	    "paid IS NOT paid_summary ORDER BY 1" },
	{ &import_funding, "paid",
	    "SELECT public_id FROM project WHERE public_id IN "
	    "(SELECT project FROM stage WHERE refused = 0) AND "
	    "paid_summary IS NOT NULL AND "
	    "paid IS NOT paid_summary ORDER BY 1" },
};

static bool report_each(
    struct import *i, const char *sql, const char *field, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db, sql, e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(i->db, s, e)) == SQL_ROW) {
		struct str id = sql_text(s, 0);
		char reason[REASON_SIZE];

		snprintf(reason, sizeof(reason),
		    "of project %.*s: the lines give another sum than the "
		    "project's own summary; the lines are shown",
		    (int)id.len, id.data);
		if (!import_warn(i, 0, field, reason, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

bool import_report_sums(struct import *i, struct err *e)
{
	for (size_t n = 0; n < LENGTH(overridden); n++) {
		if (overridden[n].table == i->table &&
		    !report_each(i, overridden[n].sql, overridden[n].field, e))
			return false;
	}
	return true;
}
