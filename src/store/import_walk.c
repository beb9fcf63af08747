/* Staged records beside the stored ones. */
#include "import_private.h"

#include "import_cell.h"

#include <string.h>

struct value import_value(
    sqlite3_stmt *s, int place, const struct import_column *c)
{
	static const enum value_type types[] = {
		[IMPORT_MONEY] = VALUE_MONEY,
		[IMPORT_DAY] = VALUE_DAY,
		[IMPORT_BOOL] = VALUE_BOOL,
		[IMPORT_INT] = VALUE_INT,
		[IMPORT_CODE] = VALUE_INT,
		[IMPORT_CODES] = VALUE_INT,
		[IMPORT_YEARS] = VALUE_INT,
		[IMPORT_NUMBER] = VALUE_NUMBER,
		[IMPORT_WORDS] = VALUE_LIST,
		[IMPORT_ORGANISATIONS] = VALUE_LIST,
		[IMPORT_GEOM] = VALUE_TEXT,
	};
	struct value v = { .type = VALUE_NULL };

	if (sql_is_null(s, place))
		return v;
	v.type = types[c->type];
	switch (v.type) {
	case VALUE_NULL:
	case VALUE_TEXT:
	case VALUE_LIST:
		v.type = v.type == VALUE_LIST ? VALUE_LIST : VALUE_TEXT;
		v.text.data = c->type == IMPORT_GEOM
				  ? sqlite3_column_blob(s, place)
				  : (const char *)sqlite3_column_text(s, place);
		v.text.len = (size_t)sqlite3_column_bytes(s, place);
		break;
	case VALUE_NUMBER:
		v.number = sql_double(s, place);
		break;
	default:
		v.integer = sql_integer(s, place);
	}
	return v;
}

bool import_column_is_kept(const struct import_column *c)
{
	return c->target || import_reference_of(c->type);
}

/* What the column is after the import. */
static void merge_column(
    struct import_pair *p, const struct import *i, sqlite3_stmt *s, size_t k)
{
	const struct import_column *c = &i->table->columns[k];
	int at = WALK_FIRST + WALK_EACH * (int)k;
	struct value staged;

	p->was[k] = import_value(s, at + 1, c);
	p->is[k] = p->target ? p->was[k] : cell_empty(c);
	if (!i->active[k])
		return;
	staged = import_value(s, at, c);
	if (p->target && sql_integer(s, at + 2) != 0)
		return;
	/* Found by another key it keeps its id. */
	if (p->target && staged.type == VALUE_NULL &&
	    c->type == IMPORT_PUBLIC_ID)
		return;
	p->wins[k] = import_value(s, at + 3, c);
	if ((c->flags & COLUMN_FROZEN) && p->was[k].type != VALUE_NULL) {
		p->ignored[k] = staged.type != VALUE_NULL &&
				!values_equal(&staged, &p->was[k]);
		return;
	}
	p->is[k] = staged;
}

static void read_pair(
    struct import_pair *p, const struct import *i, sqlite3_stmt *s)
{
	const struct import_table *t = i->table;

	memset(p, 0, sizeof(*p));
	p->n = sql_integer(s, WALK_N);
	p->line = (long)sql_integer(s, WALK_LINE);
	p->target = sql_integer(s, WALK_TARGET);
	p->owner = sql_integer(s, WALK_OWNER);
	p->key = sql_text(s, WALK_KEY);
	p->gone = sql_integer(s, WALK_GONE) != 0;
	for (size_t k = 0; k < t->n_columns; k++)
		if (import_column_is_kept(&t->columns[k]))
			merge_column(p, i, s, k);
	if (t->merge)
		t->merge(t, p->is);
	p->differs = p->target == 0 || p->gone;
	for (size_t k = 0; k < t->n_columns && !p->differs; k++)
		p->differs = !values_equal(&p->was[k], &p->is[k]);
}

static void tell(const struct import *i, const struct import_pair *p)
{
	static const char *const words[] = {
		[PHASE_READ] = "reading",
		[PHASE_COMPARE] = "comparing",
		[PHASE_APPLY] = "writing",
	};

	if (i->options.progress)
		i->options.progress(
		    i->options.context, words[i->phase], p->n, i->n);
}

bool import_walk(
    struct import *i, import_pair_visit *visit, void *context, struct err *e)
{
	struct import_pair p;
	sqlite3_stmt *s;
	enum sql_step step = SQL_DONE;

	buf_reset(&i->scratch);
	import_sql_walk(&i->scratch, i);
	if (i->scratch.failed)
		return err_no_memory(e);
	s = sql_prepare_once(i->db, buf_str(&i->scratch), e);
	if (!s)
		return false;
	while ((step = sql_step(i->db, s, e)) == SQL_ROW) {
		arena_reset(&i->record);
		read_pair(&p, i, s);
		tell(i, &p);
		if (!visit(i, &p, context, e)) {
			step = SQL_FAILED;
			break;
		}
	}
	sqlite3_finalize(s);
	return step == SQL_DONE;
}
