/* A layer's features beside the stored ones, and into the table. */
#include <inttypes.h>
#include <stdio.h>

#include "canon.h"
#include "layer_private.h"
#include "layer_merge.h"
#include "store/values.h"

enum { REASON_SIZE = 400 };

/* --- what a feature will be
 * ---------------------------------------------------- */

/* Numbers are kept as they are published, so that what comes back is the same.
 */
static void round_number(struct layer_import *i, struct value *v)
{
	double told = v->number;

	if (v->type != VALUE_NUMBER)
		return;
	v->number = value_rounded(told);
	i->rounded += v->number < told || v->number > told;
}

/* The attributes as canonical JSON in the order of the fields, in i->scratch.
 */
static bool write_attributes(
    struct layer_import *i, struct str packed, struct err *e)
{
	struct str texts[LAYER_FIELDS_MAX] = { { NULL, 0 } }, value;
	struct buf *b = &i->scratch;
	int field;
	bool first = true;

	while (layer_unpack(&packed, &field, &value))
		texts[field] = value;
	buf_reset(b);
	buf_add_char(b, '{');
	for (size_t k = 0; k < i->columns.n; k++) {
		const struct field *f = &i->columns.list[k].attribute.field;
		struct value v;

		if (!texts[k].data || !layer_value_read(&v, f->type, texts[k]))
			continue;
		round_number(i, &v);
		if (!first)
			buf_add_char(b, ',');
		first = false;
		canon_add_text(b, str_from(f->name));
		buf_add_char(b, ':');
		canon_add_value(b, &v);
	}
	buf_add_char(b, '}');
	return !b->failed || err_no_memory(e);
}

static struct value text_value(struct str text)
{
	struct value v = { .type = VALUE_NULL };

	if (text.data)
		v = (struct value){ .type = VALUE_TEXT, .text = text };
	return v;
}

/* What stands as it stood is empty, not missing, where the file tells. */
static struct value kept_value(struct str told, const struct value *was)
{
	if (!told.data)
		return was ? *was : (struct value){ .type = VALUE_NULL };
	return told.len > 0 ? text_value(told)
			    : (struct value){ .type = VALUE_NULL };
}

static bool same(const struct value *a, const struct value *b)
{
	return a->type == b->type &&
	       (a->type == VALUE_NULL || str_equal(a->text, b->text));
}

bool layer_merge(struct value is[static LAYER_ROW_FIELDS],
    const struct layer_staged *s, struct str next, const struct value *was,
    struct arena *a, struct err *e)
{
	is[LAYER_ROW_SOURCE_ID] = text_value(s->source_id);
	if (was && !s->source_id.data)
		is[LAYER_ROW_SOURCE_ID] = was[LAYER_ROW_SOURCE_ID];
	is[LAYER_ROW_NAME] = kept_value(s->name, NULL);
	is[LAYER_ROW_ATTRIBUTES] = text_value(next);
	is[LAYER_ROW_STYLE] =
	    kept_value(s->style, was ? &was[LAYER_ROW_STYLE] : NULL);
	is[LAYER_ROW_REST] =
	    kept_value(s->rest, was ? &was[LAYER_ROW_REST] : NULL);
	is[LAYER_ROW_GEOM] = text_value(s->geom);
	return layer_heights_merge(a, &is[LAYER_ROW_HEIGHTS], s->heights,
	    was ? &was[LAYER_ROW_HEIGHTS] : NULL,
	    was && same(&was[LAYER_ROW_GEOM], &is[LAYER_ROW_GEOM]), e);
}

/* --- what the report says
 * ------------------------------------------------------- */

/* Names of the attributes that differ between two JSON objects. */
static bool add_changed_names(struct layer_import *i, struct buf *b,
    struct str was, struct str is, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "WITH a AS (SELECT key, atom FROM json_each(?1)), "
	    "b AS (SELECT key, atom FROM json_each(?2)) "
	    "SELECT group_concat(DISTINCT key) FROM ("
	    "SELECT key FROM (SELECT * FROM a EXCEPT SELECT * FROM b) "
	    "UNION SELECT key FROM (SELECT * FROM b EXCEPT SELECT * FROM a))",
	    e);
	struct str rest;

	if (!s)
		return false;
	sql_bind_text(s, 1, was);
	sql_bind_text(s, 2, is);
	if (sql_step(i->db, s, e) != SQL_ROW)
		return false;
	rest = sql_text(s, 0);
	while (rest.data) {
		buf_add_text(b, b->len > 0 ? ", " : "");
		buf_add_str(b, str_cut(&rest, ','));
	}
	sqlite3_reset(s);
	return true;
}

static bool report_change(struct layer_import *i, const struct layer_staged *s,
    const struct value *was, const struct value *is, struct err *e)
{
	static const char *const titles[LAYER_ROW_FIELDS] = {
		[LAYER_ROW_SOURCE_ID] = "source_id",
		[LAYER_ROW_STYLE] = "style",
		[LAYER_ROW_REST] = "other elements",
		[LAYER_ROW_GEOM] = "geometry",
		[LAYER_ROW_HEIGHTS] = "heights",
	};
	struct buf names;
	char reason[REASON_SIZE];
	bool done = true;

	buf_init(&names, 1 << 16);
	if (!same(&was[LAYER_ROW_ATTRIBUTES], &is[LAYER_ROW_ATTRIBUTES]))
		done =
		    add_changed_names(i, &names, was[LAYER_ROW_ATTRIBUTES].text,
			is[LAYER_ROW_ATTRIBUTES].text, e);
	for (int k = 0; k < LAYER_ROW_FIELDS; k++) {
		if (!titles[k] || same(&was[k], &is[k]))
			continue;
		buf_add_text(&names, names.len > 0 ? ", " : "");
		buf_add_text(&names, titles[k]);
	}
	/* Where no attribute says it, or another one than before. */
	if (names.len == 0)
		buf_add_text(&names, "what it is called");
	snprintf(reason, sizeof(reason), "changes: %.*s", (int)names.len,
	    names.len > 0 ? names.data : "");
	buf_free(&names);
	return done &&
	       layer_report(i, IMPORT_RECORD, s->line, s->name, "", reason, e);
}

/* --- comparing
 * ------------------------------------------------------------------- */

static bool compare_stored(struct layer_import *i, const struct layer_staged *s,
    int64_t target, enum layer_fate *fate, struct err *e)
{
	struct value was[LAYER_ROW_FIELDS], is[LAYER_ROW_FIELDS];
	sqlite3_stmt *row;
	bool done;

	if (!layer_row_read(i->db, target, was, &row, e))
		return false;
	done = layer_merge(is, s, buf_str(&i->scratch), was, &i->record, e);
	*fate = LAYER_UNCHANGED;
	for (int k = 0; done && k < LAYER_ROW_FIELDS; k++)
		if (!same(&was[k], &is[k]))
			*fate = LAYER_CHANGE;
	if (*fate == LAYER_CHANGE)
		done = report_change(i, s, was, is, e);
	sqlite3_reset(row);
	return done;
}

static bool compare_one(struct layer_import *i, const struct layer_staged *s,
    int64_t target, enum layer_fate fate, struct str next, void *context,
    struct err *e)
{
	(void)next;
	(void)context;
	i->number = s->number;
	if (!write_attributes(i, s->attributes, e))
		return false;
	if (target == 0) {
		fate = LAYER_CREATE;
		if (!layer_report(
			i, IMPORT_RECORD, s->line, s->name, "", "new", e))
			return false;
	} else if (!compare_stored(i, s, target, &fate, e)) {
		return false;
	}
	i->counts.created += fate == LAYER_CREATE;
	i->counts.changed += fate == LAYER_CHANGE;
	i->counts.unchanged += fate == LAYER_UNCHANGED;
	return layer_stage_settle(
	    i, s->n, target, fate, buf_str(&i->scratch), e);
}

/* What goes because the file does not have it, by name. */
static bool report_missing(struct layer_import *i, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "SELECT coalesce(name, source_id, id) FROM layer_feature "
	    "WHERE layer_id = ? AND id NOT IN (SELECT id FROM layer_taken) "
	    "ORDER BY id",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	sql_bind_int(s, 1, i->stored.id);
	while ((step = sql_step(i->db, s, e)) == SQL_ROW) {
		if (layer_report(i, IMPORT_RECORD, 0, sql_text(s, 0), "",
			"is not in the file and is taken out", e))
			continue;
		sqlite3_reset(s);
		return false;
	}
	return step == SQL_DONE;
}

/* Stored features that the file does not have. */
static bool count_missing(struct layer_import *i, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "SELECT count(*) FROM layer_feature WHERE layer_id = ? "
	    "AND id NOT IN (SELECT id FROM layer_taken)",
	    e);
	char text[REASON_SIZE];
	int64_t n;

	if (!s)
		return false;
	sql_bind_int(s, 1, i->stored.id);
	if (sql_step(i->db, s, e) != SQL_ROW)
		return false;
	n = sql_integer(s, 0);
	sqlite3_reset(s);
	if (i->options.replace) {
		i->counts.withdrawn = n;
		return report_missing(i, e);
	}
	if (n == 0)
		return true;
	snprintf(text, sizeof(text),
	    "%" PRId64 " stored features are not in the file: they stay, "
	    "unless --replace-scope layer is given",
	    n);
	return layer_import_tell(
	    i, IMPORT_WARNING, 0, (struct str){ NULL, 0 }, text, e);
}

static bool warn_of_fields(struct layer_import *i, struct err *e)
{
	for (size_t k = 0; k < i->columns.n; k++) {
		const struct layer_field *f = &i->columns.list[k];

		if (!f->stored || f->seen > 0)
			continue;
		i->counts.warnings++;
		if (!layer_report(i, IMPORT_WARNING, 0, (struct str){ NULL, 0 },
			f->attribute.field.name,
			"is not in the file: features of the file lose it", e))
			return false;
	}
	return true;
}

static bool warn_of_swapped(struct layer_import *i, struct err *e)
{
	char text[REASON_SIZE];

	if (i->swapped == 0 || i->swapped * 2 < i->located)
		return true;
	snprintf(text, sizeof(text),
	    "%" PRId64 " of %" PRId64 " features lie in the oblast only when "
	    "lon and lat are exchanged: try --swap",
	    i->swapped, i->located);
	return layer_import_tell(
	    i, IMPORT_WARNING, 0, (struct str){ NULL, 0 }, text, e);
}

static bool warn_of_rounded(struct layer_import *i, struct err *e)
{
	char text[REASON_SIZE];

	if (i->rounded == 0)
		return true;
	snprintf(text, sizeof(text),
	    "%" PRId64 " numbers have more than nine decimals or fifteen "
	    "digits: they are rounded",
	    i->rounded);
	return layer_import_tell(
	    i, IMPORT_WARNING, 0, (struct str){ NULL, 0 }, text, e);
}

bool layer_import_compare(
    struct layer_import *i, struct import_counts *out, struct err *e)
{
	if (i->counts.records == 0)
		return err_set(e, ERR_INPUT, "The file has no features.");
	layer_fields_settle(&i->columns);
	if (!layer_match(i, e))
		return false;
	i->phase = PHASE_COMPARE;
	if (!layer_stage_each(i, compare_one, NULL, e) ||
	    !count_missing(i, e) || !warn_of_fields(i, e) ||
	    !warn_of_swapped(i, e) || !warn_of_rounded(i, e) ||
	    !sql_exec(i->db, "COMMIT", e))
		return false;
	*out = i->counts;
	return true;
}

bool layer_import_field(const struct layer_import *i, size_t nth,
    const struct field **field, const char **column)
{
	if (nth >= i->columns.n)
		return false;
	*field = &i->columns.list[nth].attribute.field;
	*column = i->columns.list[nth].attribute.source;
	return true;
}
