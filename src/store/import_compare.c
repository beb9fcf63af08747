/* Which records are new, changed or as they were; what only the whole record
 * tells. */
#include "import_private.h"

#include <stdio.h>
#include <string.h>

enum { REASON_SIZE = 200, WHAT_MEMORY = 16384, THOUSAND = 1000 };

static bool refuse(struct import *i, const struct import_pair *p,
    const char *field, const char *reason, bool *good, struct err *e)
{
	*good = false;
	return import_stage_refuse(i, p->n, field, reason, e);
}

static bool check_complete(
    struct import *i, const struct import_pair *p, bool *good, struct err *e)
{
	const struct import_table *t = i->table;
	bool named = t->names[0] == NULL;

	for (size_t k = 0; k < t->n_columns; k++) {
		const struct import_column *c = &t->columns[k];

		if ((c->flags & COLUMN_REQUIRED) && p->is[k].type == VALUE_NULL)
			return refuse(i, p, c->name,
			    "is missing: a new record needs it", good, e);
		if (t->names[0] && (strcmp(c->name, t->names[0]) == 0 ||
				       strcmp(c->name, t->names[1]) == 0))
			named = named || p->is[k].type != VALUE_NULL;
	}
	return named ||
	       refuse(i, p, t->names[0],
		   "is missing: a name in Kazakh or in Russian is needed", good,
		   e);
}

static bool check_orders(
    struct import *i, const struct import_pair *p, bool *good, struct err *e)
{
	const struct import_table *t = i->table;

	for (size_t n = 0; n < t->n_orders && *good; n++) {
		const struct import_order *o = &t->orders[n];
		const struct value *start =
		    &p->is[import_column_find(t, str_from(o->start))];
		const struct value *end =
		    &p->is[import_column_find(t, str_from(o->end))];
		char reason[REASON_SIZE];

		if (start->type == VALUE_NULL || end->type == VALUE_NULL ||
		    start->integer <= end->integer)
			continue;
		snprintf(reason, sizeof(reason), "is before %s", o->start);
		if (!refuse(i, p, o->end, reason, good, e))
			return false;
	}
	return true;
}

static bool warn_of_kept(
    struct import *i, const struct import_pair *p, struct err *e)
{
	for (size_t k = 0; k < i->table->n_columns; k++) {
		const struct import_column *c = &i->table->columns[k];

		if (p->ignored[k] && !import_warn(i, p->line, c->name,
					 "stays as it was first published", e))
			return false;
		if (p->wins[k].type == VALUE_NULL ||
		    p->is[k].type == VALUE_NULL ||
		    values_equal(&p->wins[k], &p->is[k]))
			continue;
		if (!import_warn(i, p->line, c->name,
			"differs from the sum of the project's lines, which "
			"is shown",
			e))
			return false;
	}
	return true;
}

static bool is_thousandfold(int64_t more, int64_t less)
{
	return less > 0 && more % THOUSAND == 0 && more / THOUSAND == less;
}

/* One record may be of another unit than the rest: no median shows that. */
static bool warn_of_unit(
    struct import *i, const struct import_pair *p, struct err *e)
{
	for (size_t k = 0; k < i->table->n_columns; k++) {
		const struct import_column *c = &i->table->columns[k];

		if (c->type != IMPORT_MONEY || p->was[k].type == VALUE_NULL ||
		    p->is[k].type == VALUE_NULL)
			continue;
		if (is_thousandfold(p->is[k].integer, p->was[k].integer))
			return import_warn(i, p->line, c->name,
			    "is a thousand times what is stored: is the unit "
			    "right?",
			    e);
		if (is_thousandfold(p->was[k].integer, p->is[k].integer))
			return import_warn(i, p->line, c->name,
			    "is a thousandth of what is stored: is the unit "
			    "right?",
			    e);
	}
	return true;
}

/* --- a line of the report for each ------------------------------------------
 */

static void call_by_name(struct import *i, const struct import_pair *p)
{
	struct str name = { NULL, 0 };

	for (int which = 1; which >= 0; which--) {
		const char *column = i->table->names[which];
		int k = column ? import_column_find(i->table, str_from(column))
			       : -1;

		if (k >= 0 && p->is[k].type == VALUE_TEXT)
			name = p->is[k].text;
	}
	import_call(i, name, i->options.each ? (long)p->n : 0);
}

static void add_changed(
    struct buf *b, const struct import *i, const struct import_pair *p)
{
	buf_add_text(b, p->gone ? "is published again" : "changes");
	for (size_t k = 0, n = 0; k < i->table->n_columns; k++) {
		const struct import_column *c = &i->table->columns[k];

		if (values_equal(&p->was[k], &p->is[k]))
			continue;
		buf_add_text(b, n++ > 0 ? ", " : ": ");
		buf_add_text(b, c->type == IMPORT_GEOM
				    ? "geometry"
				    : import_field_name(i, c->name));
	}
}

static bool report_each(
    struct import *i, const struct import_pair *p, struct err *e)
{
	struct buf b;
	bool done;

	if (!i->options.each || !p->differs)
		return true;
	buf_init(&b, WHAT_MEMORY);
	if (p->target == 0)
		buf_add_text(&b, "new");
	else
		add_changed(&b, i, p);
	buf_add_char(&b, '\0');
	done = b.failed
		   ? err_no_memory(e)
		   : import_report(i, IMPORT_RECORD, p->line, "", b.data, e);
	buf_free(&b);
	return done;
}

static bool compare_one(
    struct import *i, const struct import_pair *p, void *context, struct err *e)
{
	bool good = true;

	(void)context;
	if (i->options.each)
		call_by_name(i, p);
	if (!check_complete(i, p, &good, e))
		return false;
	if (good && !check_orders(i, p, &good, e))
		return false;
	if (!good)
		return true;
	if (!p->differs)
		i->counts.unchanged++;
	else if (p->target == 0)
		i->counts.created++;
	else
		i->counts.changed++;
	return report_each(i, p, e) && warn_of_kept(i, p, e) &&
	       warn_of_unit(i, p, e) &&
	       import_place_check(i, p->line, p->is, e);
}

/* Back to what it was before a first comparison. */
static bool start_over(struct import *i, struct err *e)
{
	if (i->phase == PHASE_READ) {
		i->read = i->counts;
		i->phase = PHASE_COMPARE;
		return true;
	}
	i->counts = i->read;
	return issues_forget_compared(i->db, e) &&
	       sql_exec(
		   i->db, "UPDATE mark SET refused = 0, target = NULL;", e);
}

/* Without a key the next file cannot find the record again. */
static bool warn_of_keyless(struct import *i, struct err *e)
{
	if (!i->keyless || !i->table->key_optional || i->options.each)
		return true;
	return import_warn(i, 0, "id",
	    "some records have neither id nor source_ref: they become new "
	    "projects each time the file is imported",
	    e);
}

static bool compare_all(struct import *i, struct err *e)
{
	const struct str nobody = { NULL, 0 };
	int64_t published;
	bool done;

	import_call(i, nobody, 0);
	done = db_version(i->db, &i->version, &published, e) &&
	       import_resolve(i, e) && import_walk(i, compare_one, NULL, e);
	import_call(i, nobody, 0);
	return done && import_missing_count(i, &i->counts.withdrawn, e) &&
	       import_report_unit(i, e) && warn_of_keyless(i, e);
}

bool import_compare_again(struct import *i, struct err *e)
{
	return start_over(i, e) && compare_all(i, e);
}

/* Reading and comparing are one transaction, so that they see one data
 * version; it wrote to temporary tables only. */
bool import_compare(struct import *i, struct import_counts *out, struct err *e)
{
	if (!import_compare_again(i, e) || !sql_exec(i->db, "COMMIT", e))
		return false;
	*out = i->counts;
	return true;
}
