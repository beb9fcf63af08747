#include "store/withdraw.h"

#include "base/array.h"
#include "store/bin.h"
#include "store/figures.h"
#include "store/sql.h"

enum { REASON_MAX = 1000 };

/* The public id is copied, as the journal wants it after the statement. */
static bool find(struct db *d, int64_t id, struct buf *public_id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    d, "SELECT public_id, state FROM project WHERE id = ?", e);
	bool published, withdrawn;

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	switch (sql_step(d, s, e)) {
	case SQL_FAILED:
		return false;
	case SQL_DONE:
		return err_set(e, ERR_MISSING, "There is no such project.");
	case SQL_ROW:
		break;
	}
	buf_add_str(public_id, sql_text(s, 0));
	published = str_is(sql_text(s, 1), "published");
	withdrawn = str_is(sql_text(s, 1), "withdrawn");
	sqlite3_reset(s);
	if (withdrawn)
		return err_set(
		    e, ERR_GONE, "The project is withdrawn already.");
	if (!published)
		return err_set(e, ERR_MISSING, "There is no such project.");
	if (public_id->failed)
		return err_no_memory(e);
	return true;
}

static bool mark(
    struct db *d, int64_t id, struct str reason, int32_t day, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "UPDATE project SET state = 'withdrawn', withdrawn_reason = ?, "
	    "withdrawn_on = ? WHERE id = ?",
	    e);

	if (!s)
		return false;
	sql_bind_text(s, 1, reason);
	sql_bind_day(s, 2, day);
	sql_bind_int(s, 3, id);
	return sql_run(d, s, e);
}

static bool note(struct journal *j, int64_t id, struct str public_id,
    struct str reason, int32_t day, struct err *e)
{
	const struct journal_field fields[] = {
		{ "state",
		    { .type = VALUE_TEXT, .text = str_from("published") },
		    { .type = VALUE_TEXT, .text = str_from("withdrawn") } },
		{ "withdrawn_on", { .type = VALUE_NULL },
		    { .type = VALUE_DAY, .integer = day } },
		{ "withdrawn_reason", { .type = VALUE_NULL },
		    { .type = VALUE_TEXT, .text = reason } },
	};
	const struct journal_record record = {
		.entity = "project",
		.key = public_id,
		.project = id,
		.op = JOURNAL_WITHDRAW,
		.fields = fields,
		.n_fields = LENGTH(fields),
	};
	bool changed;

	return journal_change(j, &record, &changed, e);
}

bool withdraw_project(struct db *d, struct journal *j, int64_t id,
    struct str reason, int32_t day, struct err *e)
{
	struct buf public_id;
	bool done;

	reason = str_trim(reason);
	if (reason.len == 0)
		return err_set(e, ERR_INPUT, "A withdrawal needs a reason.");
	if (reason.len > REASON_MAX)
		return err_set(e, ERR_INPUT, "The reason is too long.");
	if (bin_has_person(reason))
		return err_set(
		    e, ERR_INPUT, "The reason holds a person's number.");
	buf_init(&public_id, 64);
	done = find(d, id, &public_id, e) && mark(d, id, reason, day, e) &&
	       note(j, id, buf_str(&public_id), reason, day, e) &&
	       figures_touch(d, id, e);
	buf_free(&public_id);
	return done;
}
