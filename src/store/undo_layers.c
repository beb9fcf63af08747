/* Taking back what a batch did to a layer, row by row from its last one. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "geo/hilbert.h"
#include "layer_private.h"
#include "undo_private.h"

/* The layer that the rows are of. */
struct undoing {
	struct undo *undo;
	struct journal *journal;
	struct layer layer; /* id 0: it is not there */
	char name[LAYER_NAME_MAX + 1];
};

/* A row of the journal; texts live until the statement's next step. */
struct row {
	struct str key;
	enum journal_op op;
	sqlite3_stmt *s;
};

static bool damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED, "A row of the journal cannot be read.");
}

static enum journal_op op_of(struct str text)
{
	return str_is(text, "create")	? JOURNAL_CREATE
	       : str_is(text, "change") ? JOURNAL_CHANGE
					: JOURNAL_WITHDRAW;
}

static bool find_layer(struct undoing *u, struct str name, struct err *e)
{
	sqlite3_stmt *s;
	enum sql_step step;

	if (name.len == 0 || name.len > LAYER_NAME_MAX)
		return damaged(e);
	if (u->layer.id && str_is(name, u->name))
		return true;
	memcpy(u->name, name.data, name.len);
	u->name[name.len] = '\0';
	u->layer = (struct layer){ .name = u->name };
	s = sql_prepare(u->undo->db, "SELECT id FROM layer WHERE name = ?", e);
	if (!s)
		return false;
	sql_bind_text(s, 1, str_from(u->name));
	step = sql_step(u->undo->db, s, e);
	if (step == SQL_ROW)
		u->layer.id = sql_integer(s, 0);
	sqlite3_reset(s);
	return step != SQL_FAILED;
}

/* --- fields of a row
 * --------------------------------------------------------------
 */

/* What the row says a field was; false when it says nothing of it. The text is
 * copied. */
static bool read_was(struct undoing *u, const struct row *r, const char *name,
    struct value *out, bool *told, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(u->undo->db,
	    "SELECT json_type(body, ?1), body ->> ?1 FROM journal_change "
	    "WHERE seq = ?2",
	    e);
	char path[LAYER_NAME_MAX + 16];
	struct str text;
	bool done = true;

	if (!s)
		return false;
	snprintf(path, sizeof(path), "$.was.%s", name);
	sql_bind_text(s, 1, str_from(path));
	sql_bind_int(s, 2, sql_integer(r->s, 0));
	if (sql_step(u->undo->db, s, e) != SQL_ROW)
		return damaged(e);
	*told = !sql_is_null(s, 0);
	*out = (struct value){ .type = VALUE_NULL };
	if (*told && !sql_is_null(s, 1)) {
		text = sql_text(s, 1);
		out->type = VALUE_TEXT;
		out->text.data = arena_copy(
		    &u->undo->arena, text.data ? text.data : "", text.len);
		out->text.len = text.len;
		done = out->text.data || err_no_memory(e);
	}
	sqlite3_reset(s);
	return done;
}

/* The journal's text of a geometry as the blob that is stored. */
static bool read_geometry(struct undoing *u, struct value *v,
    struct layer_place *place, struct err *e)
{
	struct arena *a = &u->undo->arena;
	const struct geom *g;
	struct buf b;

	place->key = HILBERT_NOWHERE;
	if (v->type == VALUE_NULL)
		return true;
	g = geom_from_wkt(a, v->text, e);
	if (!g)
		return false;
	place->located = true;
	place->anchor = geom_anchor(g);
	place->key = hilbert_of(place->anchor.lon, place->anchor.lat);
	buf_init(&b, SIZE_MAX / 2);
	geom_add_blob(&b, g);
	v->text.data = b.failed ? NULL : arena_copy(a, b.data, b.len);
	v->text.len = b.len;
	buf_free(&b);
	return v->text.data || err_no_memory(e);
}

static bool stored_place(struct undoing *u, const struct value *blob,
    struct layer_place *place, struct err *e)
{
	const struct geom *g;

	place->key = HILBERT_NOWHERE;
	if (blob->type == VALUE_NULL)
		return true;
	g = geom_from_blob(&u->undo->arena, blob->text.data, blob->text.len, e);
	if (!g)
		return false;
	place->located = true;
	place->anchor = geom_anchor(g);
	place->key = hilbert_of(place->anchor.lon, place->anchor.lat);
	return true;
}

/* is as it was before the batch: what the row tells, otherwise what is stored
 * (NULL: nothing is). */
static bool read_fields(struct undoing *u, const struct row *r,
    struct value is[static LAYER_ROW_FIELDS], const struct value *stored,
    struct layer_place *place, struct err *e)
{
	for (int k = 0; k < LAYER_ROW_FIELDS; k++) {
		bool told;

		if (!read_was(u, r, layer_row_names[k], &is[k], &told, e))
			return false;
		if (!told && stored)
			is[k] = stored[k];
		if (k != LAYER_ROW_GEOM)
			continue;
		if (told || !stored ? !read_geometry(u, &is[k], place, e)
				    : !stored_place(u, &is[k], place, e))
			return false;
	}
	return true;
}

/* --- features
 * ------------------------------------------------------------------------
 */

static bool change_back(
    struct undoing *u, const struct row *r, int64_t id, struct err *e)
{
	struct value was[LAYER_ROW_FIELDS], is[LAYER_ROW_FIELDS];
	struct layer_place place = { .located = false };
	sqlite3_stmt *s;
	bool done = layer_row_read(u->undo->db, id, was, &s, e) &&
		    read_fields(u, r, is, was, &place, e) &&
		    layer_row_write(u->undo->db, u->journal, &u->layer, &id,
			was, is, &place, &u->undo->arena, e);

	if (s)
		sqlite3_reset(s);
	u->undo->counts.changed++;
	return done;
}

static bool put_back(
    struct undoing *u, const struct row *r, int64_t id, struct err *e)
{
	struct value is[LAYER_ROW_FIELDS];
	struct layer_place place = { .located = false };

	u->undo->counts.created++;
	return read_fields(u, r, is, NULL, &place, e) &&
	       layer_row_restore(u->undo->db, u->journal, &u->layer, id, is,
		   &place, &u->undo->arena, e);
}

static bool undo_feature(struct undoing *u, const struct row *r, struct err *e)
{
	struct str number = r->key, name = str_cut(&number, '/');
	int64_t id;

	if (!str_to_int64(number, &id))
		return damaged(e);
	if (!find_layer(u, name, e))
		return false;
	if (!u->layer.id)
		return err_set(e, ERR_CONFLICT, "The layer is gone.");
	switch (r->op) {
	case JOURNAL_CREATE:
		u->undo->counts.withdrawn++;
		return layer_row_remove(
		    u->undo->db, u->journal, &u->layer, id, &u->undo->arena, e);
	case JOURNAL_CHANGE:
		return change_back(u, r, id, e);
	case JOURNAL_WITHDRAW:
		break;
	}
	return put_back(u, r, id, e);
}

/* --- the layer itself
 * ----------------------------------------------------------------- */

static bool read_head(struct undoing *u, const struct row *r,
    struct value is[static LAYER_HEAD_FIELDS], const struct value *stored,
    struct err *e)
{
	for (int k = 0; k < LAYER_HEAD_FIELDS; k++) {
		int32_t day;
		bool told;

		if (!read_was(u, r, layer_head_names[k], &is[k], &told, e))
			return false;
		if (!told && stored)
			is[k] = stored[k];
		if (!told || is[k].type == VALUE_NULL || k != LAYER_HEAD_DATE)
			continue;
		if (!clock_day_parse(is[k].text.data, &day))
			return damaged(e);
		is[k] = (struct value){ .type = VALUE_DAY, .integer = day };
	}
	return true;
}

/* The journal has its features before it: what is left came later. */
static bool remove_head(struct undoing *u, struct err *e)
{
	struct err why = { .code = ERR_NONE };

	u->layer.id = 0;
	if (layer_head_remove(u->undo->db, u->journal, str_from(u->name), &why))
		return true;
	if (why.code == ERR_CONFLICT)
		return err_set(e, ERR_CONFLICT,
		    "The layer has features of later imports.");
	err_set(e, why.code, "%s", why.text);
	return err_detail(e, "%s", why.detail);
}

static bool undo_head(struct undoing *u, const struct row *r, struct err *e)
{
	struct value was[LAYER_HEAD_FIELDS], is[LAYER_HEAD_FIELDS];
	struct db *d = u->undo->db;
	bool found;

	if (!find_layer(u, r->key, e) || !layer_head_read(d, str_from(u->name),
					     &u->undo->arena, &found, was, e))
		return false;
	if (r->op == JOURNAL_CREATE)
		return remove_head(u, e);
	return read_head(u, r, is, found ? was : NULL, e) &&
	       layer_head_write(d, u->journal, str_from(u->name), &u->layer.id,
		   found ? was : NULL, is, e);
}

/* --- the batch
 * ------------------------------------------------------------------------ */

static bool undo_row(struct undoing *u, const struct row *r, struct err *e)
{
	arena_reset(&u->undo->arena);
	if (str_is(sql_text(r->s, 1), "layer"))
		return undo_head(u, r, e);
	return undo_feature(u, r, e);
}

static bool undo_rows(struct undoing *u, struct err *e)
{
	struct undo *undo = u->undo;
	sqlite3_stmt *s = sql_prepare(undo->db,
	    "SELECT seq, entity, key, op FROM journal_change "
	    "WHERE seq > ? AND seq < ? ORDER BY seq DESC",
	    e);
	enum sql_step step;
	bool done = true;

	if (!s)
		return false;
	sql_bind_int(s, 1, undo->first);
	sql_bind_int(s, 2, undo->last);
	while (done && (step = sql_step(undo->db, s, e)) == SQL_ROW) {
		const struct row r = { sql_text(s, 2), op_of(sql_text(s, 3)),
			s };

		done = undo_row(u, &r, e);
	}
	sqlite3_reset(s);
	if (!done || step != SQL_DONE)
		return false;
	return !u->layer.id || layer_head_touch(undo->db, u->layer.id,
				   journal_version(u->journal), e);
}

bool undo_layers(struct undo *undo, int64_t *made, struct err *e)
{
	struct undoing u = { .undo = undo };
	const struct import_counts *c = &undo->counts;
	struct journal_counts counts;

	u.journal = journal_begin(undo->db, undo->batch, e);
	if (!u.journal)
		return false;
	if (!undo_rows(&u, e)) {
		journal_abort(u.journal);
		return false;
	}
	counts = (struct journal_counts){ .created = c->created,
		.changed = c->changed,
		.withdrawn = c->withdrawn };
	return journal_commit(u.journal, &counts, made, e);
}
