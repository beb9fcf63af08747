/* Stored features of a layer: reading, writing, what the journal says. */
#include <stdio.h>

#include "layer_private.h"

const char *const layer_row_names[LAYER_ROW_FIELDS] = {
	[LAYER_ROW_SOURCE_ID] = "source_id",
	[LAYER_ROW_NAME] = "name",
	[LAYER_ROW_ATTRIBUTES] = "attributes",
	[LAYER_ROW_STYLE] = "style",
	[LAYER_ROW_REST] = "rest",
	[LAYER_ROW_GEOM] = "geom",
	[LAYER_ROW_HEIGHTS] = "heights",
};

static struct value column_value(sqlite3_stmt *s, int at)
{
	struct value v = { .type = VALUE_NULL };

	if (sql_is_null(s, at))
		return v;
	v.type = VALUE_TEXT;
	v.text.data = at == LAYER_ROW_GEOM
			  ? sqlite3_column_blob(s, at)
			  : (const char *)sqlite3_column_text(s, at);
	v.text.len = (size_t)sqlite3_column_bytes(s, at);
	return v;
}

bool layer_row_read(struct db *d, int64_t id,
    struct value values[static LAYER_ROW_FIELDS], sqlite3_stmt **s,
    struct err *e)
{
	enum sql_step step;

	*s = sql_prepare(d,
	    "SELECT source_id, name, attributes, style, rest, geom, heights "
	    "FROM layer_feature WHERE id = ?",
	    e);
	if (!*s)
		return false;
	sql_bind_int(*s, 1, id);
	step = sql_step(d, *s, e);
	if (step == SQL_DONE)
		return err_set(e, ERR_MISSING, "There is no such feature.");
	if (step != SQL_ROW)
		return false;
	for (int k = 0; k < LAYER_ROW_FIELDS; k++)
		values[k] = column_value(*s, k);
	return true;
}

/* --- the journal ------------------------------------------------------------
 */

/* A blob as the journal has geometries. */
static bool geometry_text(struct value *v, struct arena *a, struct err *e)
{
	const struct geom *g;

	if (v->type == VALUE_NULL)
		return true;
	g = geom_from_blob(a, v->text.data, v->text.len, e);
	if (!g)
		return false;
	v->text = journal_geometry(a, g);
	return v->text.data || err_no_memory(e);
}

static bool note(struct journal *j, const struct layer *l, int64_t id,
    enum journal_op op, const struct value *was, const struct value *is,
    struct arena *a, struct err *e)
{
	struct journal_field fields[LAYER_ROW_FIELDS];
	struct journal_record r = { .entity = "layer_feature",
		.op = op,
		.fields = fields,
		.n_fields = LAYER_ROW_FIELDS };
	char key[LAYER_NAME_MAX + 32];
	bool changed;

	snprintf(key, sizeof(key), "%s/%lld", l->name, (long long)id);
	r.key = str_from(key);
	for (int k = 0; k < LAYER_ROW_FIELDS; k++)
		fields[k] = (struct journal_field){ layer_row_names[k],
			was ? was[k] : (struct value){ .type = VALUE_NULL },
			is ? is[k] : (struct value){ .type = VALUE_NULL } };
	return geometry_text(&fields[LAYER_ROW_GEOM].was, a, e) &&
	       geometry_text(&fields[LAYER_ROW_GEOM].is, a, e) &&
	       journal_change(j, &r, &changed, e);
}

/* --- writing ----------------------------------------------------------------
 */

static void bind_value(sqlite3_stmt *s, int k, const struct value *v)
{
	if (v->type == VALUE_NULL)
		sqlite3_bind_null(s, k + 1);
	else if (k == LAYER_ROW_GEOM)
		sqlite3_bind_blob64(
		    s, k + 1, v->text.data, v->text.len, SQLITE_STATIC);
	else
		sql_bind_text(s, k + 1, v->text);
}

/* id 0: a new one. */
static bool write(struct db *d, const struct layer *l, int64_t id, bool there,
    const struct value is[static LAYER_ROW_FIELDS],
    const struct layer_place *place, int64_t version, struct err *e)
{
	int at = LAYER_ROW_FIELDS + 1;
	sqlite3_stmt *s = sql_prepare(d,
	    there ? "UPDATE layer_feature SET (source_id, name, attributes, "
		    "style, rest, geom, heights, sort_key, anchor_lon, "
		    "anchor_lat, change, layer_id) = (?1, ?2, ?3, ?4, ?5, ?6, "
		    "?7, ?8, ?9, ?10, ?11, ?12) WHERE id = ?13"
		  : "INSERT INTO layer_feature (source_id, name, attributes, "
		    "style, rest, geom, heights, sort_key, anchor_lon, "
		    "anchor_lat, change, layer_id, id) VALUES (?1, ?2, ?3, ?4, "
		    "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
	    e);

	if (!s)
		return false;
	for (int k = 0; k < LAYER_ROW_FIELDS; k++)
		bind_value(s, k, &is[k]);
	sql_bind_int(s, at++, place->key);
	if (place->located) {
		sql_bind_double(s, at, place->anchor.lon);
		sql_bind_double(s, at + 1, place->anchor.lat);
	}
	at += 2;
	sql_bind_int(s, at++, version);
	sql_bind_int(s, at++, l->id);
	if (id)
		sql_bind_int(s, at, id);
	return sql_run(d, s, e);
}

bool layer_row_write(struct db *d, struct journal *j, const struct layer *l,
    int64_t *id, const struct value was[static LAYER_ROW_FIELDS],
    const struct value is[static LAYER_ROW_FIELDS],
    const struct layer_place *place, struct arena *a, struct err *e)
{
	enum journal_op op = *id ? JOURNAL_CHANGE : JOURNAL_CREATE;

	/* The old values live in the row: it is noted before it is written,
	 * where its id is known. */
	if (op == JOURNAL_CHANGE && !note(j, l, *id, op, was, is, a, e))
		return false;
	if (!write(d, l, *id, *id != 0, is, place, journal_version(j), e))
		return false;
	if (op == JOURNAL_CREATE)
		*id = sqlite3_last_insert_rowid(sql_handle(d));
	return op == JOURNAL_CHANGE || note(j, l, *id, op, NULL, is, a, e);
}

bool layer_row_restore(struct db *d, struct journal *j, const struct layer *l,
    int64_t id, const struct value is[static LAYER_ROW_FIELDS],
    const struct layer_place *place, struct arena *a, struct err *e)
{
	return write(d, l, id, false, is, place, journal_version(j), e) &&
	       note(j, l, id, JOURNAL_CREATE, NULL, is, a, e);
}

bool layer_row_remove(struct db *d, struct journal *j, const struct layer *l,
    int64_t id, struct arena *a, struct err *e)
{
	struct value was[LAYER_ROW_FIELDS];
	sqlite3_stmt *s;
	bool done = layer_row_read(d, id, was, &s, e) &&
		    note(j, l, id, JOURNAL_WITHDRAW, was, NULL, a, e);

	if (s)
		sqlite3_reset(s);
	if (!done)
		return false;
	s = sql_prepare(d, "DELETE FROM layer_feature WHERE id = ?", e);
	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	return sql_run(d, s, e);
}
