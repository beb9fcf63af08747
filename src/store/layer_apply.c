/* The transaction that writes a layer, and the one that takes it out. */
#include "geo/hilbert.h"
#include "layer_merge.h"
#include "layer_private.h"

enum { ARENA_MEMORY = 256 << 20, REASON_MAX = 1000 };

/* --- the layer's own row -----------------------------------------------------
 */

/* What is told, else what is stored, else what a new layer has. */
static struct value choose(
    const char *told, const struct value *was, const char *otherwise)
{
	if (told)
		return (
		    struct value){ .type = VALUE_TEXT, .text = str_from(told) };
	if (was)
		return *was;
	return (
	    struct value){ .type = VALUE_TEXT, .text = str_from(otherwise) };
}

static struct value kept(struct str told, const struct value *was)
{
	if (!told.data)
		return was ? *was : (struct value){ .type = VALUE_NULL };
	if (told.len == 0)
		return (struct value){ .type = VALUE_NULL };
	return (struct value){ .type = VALUE_TEXT, .text = told };
}

/* Fields without any value go where the file is the whole layer. */
static bool write_fields(
    struct layer_import *i, struct value *out, struct err *e)
{
	struct layer_attribute *list =
	    arena_array(&i->life, i->columns.n + 1, sizeof(*list));
	size_t n = 0;

	if (!list)
		return err_no_memory(e);
	for (size_t k = 0; k < i->columns.n; k++) {
		const struct layer_field *f = &i->columns.list[k];

		if (f->seen > 0 || (f->stored && !i->options.replace))
			list[n++] = f->attribute;
	}
	buf_reset(&i->scratch);
	layer_attributes_add(&i->scratch, list, n);
	out->type = VALUE_TEXT;
	out->text.data = arena_copy(&i->life, i->scratch.data, i->scratch.len);
	out->text.len = i->scratch.len;
	return (!i->scratch.failed && out->text.data) || err_no_memory(e);
}

static bool write_head(struct layer_import *i, struct journal *j, struct err *e)
{
	const struct layer_options *o = &i->options;
	struct value was[LAYER_HEAD_FIELDS], is[LAYER_HEAD_FIELDS];
	const struct value *w;
	bool found;

	if (!layer_head_read(
		i->db, str_from(o->name), &i->life, &found, was, e))
		return false;
	w = found ? was : NULL;
	for (int k = 0; k < 3; k++)
		is[k] = choose(o->title[k], w ? &w[k] : NULL,
		    o->title[0] ? o->title[0] : o->name);
	is[LAYER_HEAD_LICENCE] =
	    choose(o->licence, w ? &w[LAYER_HEAD_LICENCE] : NULL, "");
	is[LAYER_HEAD_SOURCE] =
	    choose(o->source, w ? &w[LAYER_HEAD_SOURCE] : NULL, "");
	is[LAYER_HEAD_ATTRIBUTION] =
	    choose(o->attribution, w ? &w[LAYER_HEAD_ATTRIBUTION] : NULL, "");
	is[LAYER_HEAD_DATE] =
	    o->date ? (struct value){ .type = VALUE_DAY, .integer = o->date }
	    : w	    ? w[LAYER_HEAD_DATE]
		    : (struct value){ .type = VALUE_NULL };
	is[LAYER_HEAD_STYLE] = kept(i->style, w ? &w[LAYER_HEAD_STYLE] : NULL);
	is[LAYER_HEAD_REST] = kept(i->rest, w ? &w[LAYER_HEAD_REST] : NULL);
	return write_fields(i, &is[LAYER_HEAD_FIELDS_JSON], e) &&
	       layer_head_write(
		   i->db, j, str_from(o->name), &i->stored.id, w, is, e);
}

/* --- features
 * ------------------------------------------------------------------ */

static bool write_one(struct layer_import *i, const struct layer_staged *s,
    int64_t target, enum layer_fate fate, struct str next, void *context,
    struct err *e)
{
	struct value was[LAYER_ROW_FIELDS], is[LAYER_ROW_FIELDS];
	const struct layer_place place = { s->key, s->geom.data != NULL,
		s->anchor };
	sqlite3_stmt *row = NULL;
	bool done;

	if (fate != LAYER_CREATE && fate != LAYER_CHANGE)
		return true;
	if (fate == LAYER_CHANGE &&
	    !layer_row_read(i->db, target, was, &row, e))
		return false;
	done = layer_merge(is, s, next, row ? was : NULL, &i->record, e) &&
	       layer_row_write(i->db, context, &i->stored, &target, was, is,
		   &place, &i->record, e);
	if (row)
		sqlite3_reset(row);
	return done;
}

/* Features of a list of ids, each taken out. */
static bool remove_listed(struct db *d, struct journal *j,
    const struct layer *l, sqlite3_stmt *ids, int64_t *removed, struct err *e)
{
	struct arena a;
	enum sql_step step;
	bool done = true;

	arena_init(&a, ARENA_MEMORY);
	while (done && (step = sql_step(d, ids, e)) == SQL_ROW) {
		arena_reset(&a);
		done = layer_row_remove(d, j, l, sql_integer(ids, 0), &a, e);
		*removed += done;
	}
	sqlite3_reset(ids);
	arena_free(&a);
	return done && step == SQL_DONE;
}

static bool remove_missing(
    struct layer_import *i, struct journal *j, struct err *e)
{
	int64_t removed = 0;
	sqlite3_stmt *s;

	if (!i->options.replace)
		return true;
	/* A list of its own: rows go while it is read. */
	s = sql_prepare(i->db,
	    "SELECT id FROM layer_free WHERE id NOT IN "
	    "(SELECT id FROM layer_taken)",
	    e);
	return s && remove_listed(i->db, j, &i->stored, s, &removed, e);
}

static bool check_unchanged(struct layer_import *i, struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(i->db, "SELECT change FROM layer WHERE name = ?", e);
	int64_t change = 0;
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_text(s, 1, str_from(i->options.name));
	step = sql_step(i->db, s, e);
	if (step == SQL_ROW) {
		change = sql_integer(s, 0);
		sqlite3_reset(s);
	}
	if (step == SQL_FAILED)
		return false;
	return change == i->stored.change ||
	       err_set(e, ERR_CONFLICT,
		   "The layer changed meanwhile: look at the report of a new "
		   "run.");
}

static bool write_all(struct layer_import *i, struct journal *j, struct err *e)
{
	if (i->options.replace && i->counts.refused > 0)
		return err_set(e, ERR_INPUT,
		    "While features are refused it cannot be told which ones "
		    "are missing: nothing is taken out and nothing applied.");
	i->phase = PHASE_APPLY;
	if (!check_unchanged(i, e) || !write_head(i, j, e) ||
	    !layer_stage_each(i, write_one, j, e) || !remove_missing(i, j, e))
		return false;
	return i->counts.created + i->counts.changed + i->counts.withdrawn ==
		   0 ||
	       layer_head_touch(i->db, i->stored.id, journal_version(j), e);
}

static bool commit(struct journal *j, const struct import_counts *c,
    int64_t *version, struct err *e)
{
	const struct journal_counts counts = { .created = c->created,
		.changed = c->changed,
		.withdrawn = c->withdrawn,
		.unchanged = c->unchanged,
		.refused = c->refused };

	return journal_commit(j, &counts, version, e);
}

bool layer_import_apply(struct layer_import *i,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e)
{
	struct journal *j = journal_begin(i->db, batch, e);

	if (!j)
		return false;
	if (!write_all(i, j, e)) {
		journal_abort(j);
		return false;
	}
	if (!commit(j, &i->counts, version, e))
		return false;
	*counts = i->counts;
	return true;
}

/* --- taking a layer out
 * --------------------------------------------------------- */

static bool remove_all(struct db *d, struct journal *j, const char *name,
    struct import_counts *counts, struct err *e)
{
	struct layer l = { .name = name };
	struct arena a;
	sqlite3_stmt *s;
	bool done;

	arena_init(&a, ARENA_MEMORY);
	done = layers_find(d, str_from(name), &a, &l, e);
	l.name = name;
	arena_free(&a);
	if (!done)
		return false;
	/* The order makes a list first: rows go while it is read. */
	s = sql_prepare(d,
	    "SELECT id FROM layer_feature WHERE layer_id = ? ORDER BY id", e);
	if (!s)
		return false;
	sql_bind_int(s, 1, l.id);
	return remove_listed(d, j, &l, s, &counts->withdrawn, e) &&
	       layer_head_remove(d, j, str_from(name), e);
}

bool layer_remove(struct db *d, const char *name,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e)
{
	struct str reason = str_trim(str_from(batch->reason));
	struct journal *j;

	*counts = (struct import_counts){ .records = 0 };
	if (reason.len == 0)
		return err_set(e, ERR_INPUT, "A removal needs a reason.");
	if (reason.len > REASON_MAX)
		return err_set(e, ERR_INPUT, "The reason is too long.");
	j = journal_begin(d, batch, e);
	if (!j)
		return false;
	if (!remove_all(d, j, name, counts, e)) {
		journal_abort(j);
		return false;
	}
	return commit(j, counts, version, e);
}
