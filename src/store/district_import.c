/* A layer beside the table of districts, and into it. */
#include "store/district_import.h"

#include "base/array.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "district_facts.h"
#include "district_layer.h"
#include "geo/hilbert.h"
#include "import_private.h"
#include "store/figures.h"

#include <string.h>

enum { LAYER_MEMORY = 512 << 20, SCRATCH_MEMORY = 64 << 20 };

struct district_import {
	struct db *db;
	struct district_options options;
	struct layer layer;
	struct district_check checks[LAYER_CHECKS];
	struct import_counts counts;
};

bool district_import_add(struct district_import *i, const struct geom *g,
    struct str id, const struct str *names, const struct str *values, size_t n,
    struct err *e)
{
	const struct attributes a = { names, values, n };

	return layer_add(&i->layer, g, id, &a, e);
}

/* The columns of a district, in the order of every statement here. */
static const struct import_column columns[] = {
	{ .name = "kato", .type = IMPORT_TEXT },
	{ .name = "name_kk", .type = IMPORT_TEXT },
	{ .name = "name_ru", .type = IMPORT_TEXT },
	{ .name = "name_en", .type = IMPORT_TEXT },
	{ .name = "parent", .type = IMPORT_TEXT },
	{ .name = "label_lon", .type = IMPORT_NUMBER },
	{ .name = "label_lat", .type = IMPORT_NUMBER },
	{ .name = "area_km2", .type = IMPORT_NUMBER },
	{ .name = "generalised", .type = IMPORT_BOOL },
	{ .name = "source", .type = IMPORT_TEXT },
	{ .name = "as_of", .type = IMPORT_DAY },
	{ .name = "geom", .type = IMPORT_GEOM },
};

enum {
	COLUMNS = LENGTH(columns),
	AT_LABEL_LON = 5,
	AT_AS_OF = 10,
	AT_GEOM = 11
};

#define DISTRICT_COLUMNS                                                       \
	"kato, name_kk, name_ru, name_en, parent, label_lon, label_lat, "      \
	"area, generalised, source, as_of, geom"

struct pair {
	int64_t id; /* 0: a new one */
	struct value was[COLUMNS], is[COLUMNS];
	bool differs;
};

static struct value text_or_null(struct str text)
{
	struct value v = { .type = VALUE_NULL };

	if (text.data)
		v = (struct value){ .type = VALUE_TEXT, .text = text };
	return v;
}

static struct value number(double n)
{
	return (struct value){ .type = VALUE_NUMBER, .number = n };
}

static bool fill_is(struct pair *p, struct district_import *i,
    const struct layer_district *d, struct err *e)
{
	struct str blob;
	char *copy;

	buf_reset(&i->layer.scratch);
	geom_add_blob(&i->layer.scratch, d->geom);
	blob = buf_str(&i->layer.scratch);
	copy = arena_copy(&i->layer.arena, blob.data, blob.len);
	if (i->layer.scratch.failed || !copy)
		return err_no_memory(e);
	p->is[0] = text_or_null(str_from(d->kato));
	for (int l = 0; l < 3; l++)
		p->is[1 + l] = text_or_null(d->name[l]);
	p->is[4] = text_or_null(str_from(oblast_kato));
	p->is[AT_LABEL_LON] = number(d->label.lon);
	p->is[AT_LABEL_LON + 1] = number(d->label.lat);
	p->is[AT_LABEL_LON + 2] = number(d->area);
	p->is[8] =
	    (struct value){ .type = VALUE_BOOL, .integer = d->generalised };
	p->is[9] = text_or_null(d->source);
	p->is[AT_AS_OF] = (struct value){ .type = VALUE_DAY,
		.integer = d->as_of ? d->as_of : i->options.today };
	p->is[AT_GEOM] = text_or_null((struct str){ copy, blob.len });
	return true;
}

/* s is the row that the pair's texts live in; it is left on it. A day that
 * nobody told does not change. */
static bool read_pair(struct pair *p, struct district_import *i,
    const struct layer_district *d, sqlite3_stmt *s, struct err *e)
{
	enum sql_step step;

	memset(p, 0, sizeof(*p));
	if (!fill_is(p, i, d, e))
		return false;
	sql_bind_text(s, 1, str_from(d->kato));
	step = sql_step(i->db, s, e);
	if (step == SQL_FAILED)
		return false;
	if (step == SQL_ROW) {
		p->id = sql_integer(s, 0);
		for (int k = 0; k < COLUMNS; k++)
			p->was[k] = import_value(s, 1 + k, &columns[k]);
		if (d->as_of == 0)
			p->is[AT_AS_OF] = p->was[AT_AS_OF];
	}
	p->differs = step == SQL_DONE;
	for (int k = 0; k < COLUMNS && !p->differs; k++)
		p->differs = !values_equal(&p->was[k], &p->is[k]);
	return true;
}

typedef bool pair_visit(struct district_import *i, const struct pair *p,
    const struct layer_district *d, void *context, struct err *e);

static bool each_pair(
    struct district_import *i, pair_visit *visit, void *context, struct err *e)
{
	struct pair p;

	for (size_t n = 0; n < i->layer.n; n++) {
		const struct layer_district *d = &i->layer.districts[n];
		sqlite3_stmt *s = sql_prepare(i->db,
		    "SELECT id, " DISTRICT_COLUMNS " FROM district "
		    "WHERE kato = ? AND valid_to IS NULL",
		    e);
		bool done = s && read_pair(&p, i, d, s, e) &&
			    visit(i, &p, d, context, e);

		if (s)
			sqlite3_reset(s);
		if (!done)
			return false;
	}
	return true;
}

static bool count(struct district_import *i, const struct pair *p,
    const struct layer_district *d, void *context, struct err *e)
{
	(void)d;
	(void)context;
	(void)e;
	if (!p->differs)
		i->counts.unchanged++;
	else if (p->id == 0)
		i->counts.created++;
	else
		i->counts.changed++;
	return true;
}

static void bind_values(sqlite3_stmt *s, const struct pair *p)
{
	for (int k = 0; k < COLUMNS; k++) {
		const struct value *v = &p->is[k];

		if (k == AT_GEOM)
			sqlite3_bind_blob64(
			    s, 1 + k, v->text.data, v->text.len, SQLITE_STATIC);
		else if (v->type == VALUE_TEXT)
			sql_bind_text(s, 1 + k, v->text);
		else if (v->type == VALUE_NUMBER)
			sql_bind_double(s, 1 + k, v->number);
		else if (v->type != VALUE_NULL)
			sql_bind_int(s, 1 + k, v->integer);
	}
}

static bool write_row(struct district_import *i, const struct pair *p,
    const struct layer_district *d, int64_t version, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    p->id ? "UPDATE district SET (" DISTRICT_COLUMNS
		    ", change, sort_key, sort_name) = (?1, ?2, ?3, ?4, ?5, "
		    "?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
		    "WHERE id = ?16"
		  : "INSERT INTO district (" DISTRICT_COLUMNS
		    ", change, sort_key, sort_name) VALUES (?1, ?2, ?3, ?4, "
		    "?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
	    e);
	struct str key;

	if (!s)
		return false;
	buf_reset(&i->layer.scratch);
	if (!utf8_add_sort_key(&i->layer.scratch, d->name[0]))
		return err_no_memory(e);
	key = buf_str(&i->layer.scratch);
	bind_values(s, p);
	sql_bind_int(s, COLUMNS + 1, version);
	sql_bind_int(s, COLUMNS + 2, hilbert_of(d->label.lon, d->label.lat));
	sqlite3_bind_blob64(s, COLUMNS + 3, key.data, key.len, SQLITE_STATIC);
	if (p->id)
		sql_bind_int(s, COLUMNS + 4, p->id);
	return sql_run(i->db, s, e);
}

static bool geom_text(struct value *v, struct district_import *i, struct err *e)
{
	const struct geom *g;

	if (v->type == VALUE_NULL)
		return true;
	g = geom_from_blob(&i->layer.arena, v->text.data, v->text.len, e);
	if (!g)
		return false;
	v->text = journal_geometry(&i->layer.arena, g);
	return v->text.data || err_no_memory(e);
}

static bool write_one(struct district_import *i, const struct pair *p,
    const struct layer_district *d, void *context, struct err *e)
{
	struct journal *j = context;
	struct journal_field fields[COLUMNS];
	const struct journal_record r = { .entity = "district",
		.key = str_from(d->kato),
		.op = p->id ? JOURNAL_CHANGE : JOURNAL_CREATE,
		.fields = fields,
		.n_fields = COLUMNS };
	bool changed;

	if (!p->differs)
		return true;
	for (int k = 0; k < COLUMNS; k++)
		fields[k] = (struct journal_field){ columns[k].name, p->was[k],
			p->is[k] };
	return write_row(i, p, d, journal_version(j), e) &&
	       geom_text(&fields[AT_GEOM].was, i, e) &&
	       geom_text(&fields[AT_GEOM].is, i, e) &&
	       journal_change(j, &r, &changed, e);
}

struct district_import *district_import_open(
    struct db *d, const struct district_options *o, struct err *e)
{
	struct district_import *i = mem_alloc(sizeof(*i));

	if (i) {
		memset(i, 0, sizeof(*i));
		i->db = d;
		i->options = *o;
		i->layer.options = &i->options;
		arena_init(&i->layer.arena, LAYER_MEMORY);
		buf_init(&i->layer.scratch, SCRATCH_MEMORY);
		i->layer.geos = geos_open();
		if (i->layer.geos)
			return i;
	}
	district_import_close(i);
	err_no_memory(e);
	return NULL;
}

void district_import_close(struct district_import *i)
{
	if (!i)
		return;
	if (i->layer.geos)
		geos_close(i->layer.geos);
	arena_free(&i->layer.arena);
	buf_free(&i->layer.scratch);
	mem_free(i);
}

bool district_import_check(struct district_import *i,
    const struct district_check **checks, size_t *n,
    struct import_counts *counts, struct err *e)
{
	size_t failed = layer_check(&i->layer, i->checks);

	*checks = i->checks;
	*n = LAYER_CHECKS;
	i->counts = (struct import_counts){ .records = (int64_t)i->layer.n };
	if (failed > 0)
		i->counts.refused = i->counts.records ? i->counts.records : 1;
	else if (!each_pair(i, count, NULL, e))
		return false;
	*counts = i->counts;
	return true;
}

/* Somebody else may have written since the check. */
static bool count_again(struct district_import *i, struct err *e)
{
	const struct import_counts before = i->counts;

	i->counts = (struct import_counts){ .records = before.records };
	if (!each_pair(i, count, NULL, e))
		return false;
	return !i->options.exact ||
	       memcmp(&i->counts, &before, sizeof(before)) == 0 ||
	       err_set(e, ERR_CONFLICT,
		   "The data changed meanwhile: look at the report of a new "
		   "run.");
}

bool district_import_apply(struct district_import *i,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e)
{
	struct journal *j = journal_begin(i->db, batch, e);
	struct journal_counts c;

	if (!j)
		return false;
	if (!count_again(i, e) || !each_pair(i, write_one, j, e) ||
	    !figures_touch_all(i->db, e)) {
		journal_abort(j);
		return false;
	}
	c = (struct journal_counts){ .created = i->counts.created,
		.changed = i->counts.changed,
		.unchanged = i->counts.unchanged };
	if (!journal_commit(j, &c, version, e))
		return false;
	*counts = i->counts;
	return true;
}
