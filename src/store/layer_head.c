/* The row of a layer: reading, writing, what the journal says. */
#include "layer_private.h"

const char *const layer_head_names[LAYER_HEAD_FIELDS] = {
	[LAYER_HEAD_TITLE_KK] = "title_kk",
	[LAYER_HEAD_TITLE_RU] = "title_ru",
	[LAYER_HEAD_TITLE_EN] = "title_en",
	[LAYER_HEAD_LICENCE] = "licence",
	[LAYER_HEAD_SOURCE] = "source",
	[LAYER_HEAD_ATTRIBUTION] = "attribution",
	[LAYER_HEAD_DATE] = "date",
	[LAYER_HEAD_FIELDS_JSON] = "fields",
	[LAYER_HEAD_STYLE] = "style",
	[LAYER_HEAD_REST] = "rest",
};

static bool copy_value(
    struct value *v, sqlite3_stmt *s, int at, struct arena *a)
{
	struct str text;

	*v = (struct value){ .type = VALUE_NULL };
	if (sql_is_null(s, at))
		return true;
	if (at == LAYER_HEAD_DATE) {
		*v = (struct value){ .type = VALUE_DAY,
			.integer = sql_integer(s, at) };
		return true;
	}
	text = sql_text(s, at);
	v->type = VALUE_TEXT;
	v->text.data = arena_copy(a, text.data ? text.data : "", text.len);
	v->text.len = text.len;
	return v->text.data != NULL;
}

bool layer_head_read(struct db *d, struct str name, struct arena *a,
    bool *found, struct value values[static LAYER_HEAD_FIELDS], struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT title_kk, title_ru, title_en, licence, source, "
	    "attribution, date, fields, style, rest FROM layer "
	    "WHERE name = ?",
	    e);
	bool done = true;
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_text(s, 1, name);
	step = sql_step(d, s, e);
	*found = step == SQL_ROW;
	for (int k = 0; *found && done && k < LAYER_HEAD_FIELDS; k++)
		done = copy_value(&values[k], s, k, a) || err_no_memory(e);
	sqlite3_reset(s);
	return done && step != SQL_FAILED;
}

static void bind_values(sqlite3_stmt *s, const struct value *is)
{
	for (int k = 0; k < LAYER_HEAD_FIELDS; k++) {
		if (is[k].type == VALUE_TEXT)
			sql_bind_text(s, k + 1, is[k].text);
		else if (is[k].type == VALUE_DAY)
			sql_bind_int(s, k + 1, is[k].integer);
	}
}

static bool write(struct db *d, struct str name, int64_t *id,
    const struct value *is, int64_t version, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "INSERT INTO layer (title_kk, title_ru, title_en, licence, "
	    "source, attribution, date, fields, style, rest, change, name) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) "
	    "ON CONFLICT (name) DO UPDATE SET (title_kk, title_ru, title_en, "
	    "licence, source, attribution, date, fields, style, rest, change) "
	    "= (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id",
	    e);
	bool done;

	if (!s)
		return false;
	bind_values(s, is);
	sql_bind_int(s, LAYER_HEAD_FIELDS + 1, version);
	sql_bind_text(s, LAYER_HEAD_FIELDS + 2, name);
	done = sql_step(d, s, e) == SQL_ROW;
	if (done)
		*id = sql_integer(s, 0);
	sqlite3_reset(s);
	return done;
}

static bool note(struct journal *j, struct str name, enum journal_op op,
    const struct value *was, const struct value *is, bool *changed,
    struct err *e)
{
	struct journal_field fields[LAYER_HEAD_FIELDS];
	const struct journal_record r = { .entity = "layer",
		.key = name,
		.op = op,
		.fields = fields,
		.n_fields = LAYER_HEAD_FIELDS };

	for (int k = 0; k < LAYER_HEAD_FIELDS; k++)
		fields[k] = (struct journal_field){ layer_head_names[k],
			was ? was[k] : (struct value){ .type = VALUE_NULL },
			is ? is[k] : (struct value){ .type = VALUE_NULL } };
	return journal_change(j, &r, changed, e);
}

bool layer_head_write(struct db *d, struct journal *j, struct str name,
    int64_t *id, const struct value *was,
    const struct value is[static LAYER_HEAD_FIELDS], struct err *e)
{
	bool changed;

	if (!note(j, name, was ? JOURNAL_CHANGE : JOURNAL_CREATE, was, is,
		&changed, e))
		return false;
	return !changed || write(d, name, id, is, journal_version(j), e);
}

bool layer_head_remove(
    struct db *d, struct journal *j, struct str name, struct err *e)
{
	struct value was[LAYER_HEAD_FIELDS];
	sqlite3_stmt *s;
	struct arena a;
	bool found, changed, done;

	arena_init(&a, 64 << 20);
	done = layer_head_read(d, name, &a, &found, was, e) &&
	       (found || err_set(e, ERR_MISSING, "There is no such layer.")) &&
	       note(j, name, JOURNAL_WITHDRAW, was, NULL, &changed, e);
	arena_free(&a);
	if (!done)
		return false;
	s = sql_prepare(d, "DELETE FROM layer WHERE name = ?", e);
	if (!s)
		return false;
	sql_bind_text(s, 1, name);
	return sql_run(d, s, e);
}

bool layer_head_touch(struct db *d, int64_t id, int64_t version, struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(d, "UPDATE layer SET change = ? WHERE id = ?", e);

	if (!s)
		return false;
	sql_bind_int(s, 1, version);
	sql_bind_int(s, 2, id);
	return sql_run(d, s, e);
}
