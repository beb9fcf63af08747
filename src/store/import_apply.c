/* The transaction that writes. */
#include "import_write.h"
#include "store/withdraw.h"

#include <string.h>

static bool is_as_before(
    const struct import *i, const struct import_counts *before, struct err *e)
{
	if (i->counts.refused > before->refused)
		return err_set(e, ERR_CONFLICT,
		    "The data changed meanwhile, and more records are refused "
		    "now: look at the report of a new run.");
	return !i->options.exact ||
	       memcmp(&i->counts, before, sizeof(*before)) == 0 ||
	       err_set(e, ERR_CONFLICT,
		   "The data changed meanwhile: look at the report of a new "
		   "run.");
}

/* Somebody else may have written since the comparison. */
static bool up_to_date(
    struct import *i, struct import_counts *counts, struct err *e)
{
	const struct import_counts before = i->counts;
	int64_t version, published;

	if (!db_version(i->db, &version, &published, e))
		return false;
	if (version == i->version)
		return true;
	if (!import_compare_again(i, e))
		return false;
	*counts = i->counts;
	return is_as_before(i, &before, e);
}

void import_withdraw_too(struct import *i, const int64_t *ids, size_t n)
{
	i->going = ids;
	i->n_going = n;
}

static bool withdraw_going(struct import *i, struct journal *j,
    const struct journal_batch *batch, struct err *e)
{
	for (size_t n = 0; n < i->n_going; n++)
		if (!withdraw_project(i->db, j, i->going[n],
			str_from(batch->reason), i->options.today, e))
			return false;
	i->counts.withdrawn += (int64_t)i->n_going;
	return true;
}

static bool write_all(struct writer *w, struct import *i,
    const struct journal_batch *batch, struct import_counts *counts,
    struct err *e)
{
	if (!up_to_date(i, counts, e))
		return false;
	if (i->options.replace != IMPORT_KEEP && i->counts.refused > 0)
		return err_set(e, ERR_INPUT,
		    "While records are refused it cannot be told which ones "
		    "are missing: nothing is withdrawn and nothing applied.");
	i->phase = PHASE_APPLY;
	return writer_prepare(w, i, e) &&
	       import_missing_withdraw(
		   i, writer_journal(w), batch->reason, e) &&
	       withdraw_going(i, writer_journal(w), batch, e) &&
	       import_walk(i, writer_write, w, e);
}

bool import_apply(struct import *i, const struct journal_batch *batch,
    struct import_counts *counts, int64_t *version, struct err *e)
{
	struct writer *w = writer_open(i, batch, e);
	struct journal *j;
	struct journal_counts c;
	bool done;

	if (!w)
		return false;
	j = writer_journal(w);
	done = write_all(w, i, batch, counts, e);
	writer_close(w);
	if (!done) {
		journal_abort(j);
		return false;
	}
	c = (struct journal_counts){ .created = i->counts.created,
		.changed = i->counts.changed,
		.withdrawn = i->counts.withdrawn,
		.unchanged = i->counts.unchanged,
		.refused = i->counts.refused };
	if (!journal_commit(j, &c, version, e) || !import_report_sums(i, e))
		return false;
	*counts = i->counts;
	return true;
}
