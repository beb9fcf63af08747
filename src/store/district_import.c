/* Reading features into a layer, and the layer into the table of districts. */
#include "store/district_import.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "district_facts.h"
#include "district_layer.h"
#include "geo/hilbert.h"
#include "import_cell.h"
#include "import_private.h"
#include "store/figures.h"

#include <math.h>
#include <string.h>

enum { LAYER_MEMORY = 512 << 20, SCRATCH_MEMORY = 64 << 20, NAME_MAX = 300 };

struct district_import {
	struct db *db;
	struct district_options options;
	struct layer layer;
	struct buf scratch;
	struct district_check checks[LAYER_CHECKS];
	struct import_counts counts;
};

/* --- a feature
 * ----------------------------------------------------------------- */

/* What an attribute is called, by who made the file; the first is our own. */
static const char *const kato_names[] = { "kato", "KATO", "id", "kato_code",
	NULL };
static const char *const name_names[3][5] = {
	{ "name_kk", "name:kk", "ADM2_KK", "NAME_KK", NULL },
	{ "name_ru", "name:ru", "ADM2_RU", "NAME_RU", NULL },
	{ "name_en", "name:en", "ADM2_EN", "NAME_EN", NULL },
};
static const char *const source_names[] = { "source", NULL };
static const char *const as_of_names[] = { "as_of", NULL };
static const char *const generalised_names[] = { "generalised", "generalized",
	NULL };

struct attributes {
	const struct str *names, *values;
	size_t n;
};

static struct str look_for(const struct attributes *a, const char *const *names)
{
	for (; *names; names++)
		for (size_t i = 0; i < a->n; i++)
			if (str_is(a->names[i], *names) &&
			    str_trim(a->values[i]).len > 0)
				return str_trim(a->values[i]);
	return (struct str){ NULL, 0 };
}

/* A text as a cell of a table would have it; data NULL when it is none. */
static struct str read_text(struct district_import *i, struct str text)
{
	static const struct import_column column = {
		.name = "name", .type = IMPORT_TEXT, .max = NAME_MAX
	};
	const struct cell_context x = { .a = &i->layer.arena,
		.scratch = &i->scratch };
	struct err ignored = { .code = ERR_NONE };
	struct value v;

	if (!cell_read(&v, &column, text, &x, &ignored) || v.type != VALUE_TEXT)
		return (struct str){ NULL, 0 };
	return v.text;
}

static int32_t read_day(struct str text)
{
	char copy[CLOCK_DAY_SIZE] = "";
	int32_t day = 0;

	if (text.len == sizeof(copy) - 1)
		memcpy(copy, text.data, text.len);
	return clock_day_parse(copy, &day) ? day : 0;
}

static double rounded(double v, double scale)
{
	return round(v * scale) / scale + 0.0;
}

/* One multipolygon, oriented and rounded as GeoJSON has it, so that what is
 * exported is the same again. NULL when it cannot be. */
static const struct geom *normal_geom(
    struct arena *a, const struct geom *g, struct err *e)
{
	static const double scale = 1e7;
	struct position *p;
	struct geom made;

	g = geom_orient(a, g);
	p = g ? arena_array(a, g->n_positions, sizeof(*p)) : NULL;
	if (!p) {
		err_set(e, ERR_MEMORY, "Memory is exhausted.");
		return NULL;
	}
	made = *g;
	made.type = GEOM_MULTIPOLYGON;
	made.positions = p;
	for (uint32_t n = 0; n < g->n_positions; n++)
		p[n] = (struct position){ rounded(g->positions[n].lon, scale),
			rounded(g->positions[n].lat, scale) };
	return geom_make(a, &made, e);
}

static bool read_shape(struct district_import *i, struct layer_district *d,
    const struct geom *g, const struct attributes *a, struct err *e)
{
	static const char *const lon[] = { "label_lon", NULL };
	static const char *const lat[] = { "label_lat", NULL };
	struct position label;

	if (!g || (g->type != GEOM_POLYGON && g->type != GEOM_MULTIPOLYGON)) {
		strcpy(d->wrong, "is no polygon");
		return true;
	}
	d->geom = normal_geom(&i->layer.arena, g, e);
	if (!d->geom)
		return false;
	d->area = rounded(geom_area_km2(d->geom), 10);
	d->label = geom_anchor(d->geom);
	if (str_to_double(look_for(a, lon), &label.lon) &&
	    str_to_double(look_for(a, lat), &label.lat) &&
	    geom_has_point(d->geom, label.lon, label.lat))
		d->label = label;
	d->label.lon = rounded(d->label.lon, 1e7);
	d->label.lat = rounded(d->label.lat, 1e7);
	return true;
}

bool district_import_add(struct district_import *i, const struct geom *g,
    struct str id, const struct str *names, const struct str *values, size_t n,
    struct err *e)
{
	const struct attributes a = { names, values, n };
	struct layer_district *d = &i->layer.districts[i->layer.n];
	struct str kato = look_for(&a, kato_names), source;
	struct str generalised = look_for(&a, generalised_names);

	if (i->layer.n == LAYER_MAX)
		return err_set(e, ERR_LIMIT,
		    "The layer has more than %d features.", LAYER_MAX);
	memset(d, 0, sizeof(*d));
	if (kato.len == 0)
		kato = id;
	if (kato.len == LAYER_KATO)
		memcpy(d->kato, kato.data, LAYER_KATO);
	for (int l = 0; l < 3; l++)
		d->name[l] = read_text(i, look_for(&a, name_names[l]));
	source = look_for(&a, source_names);
	if (source.len == 0)
		source = str_from(i->options.source);
	d->source = read_text(i, source);
	d->as_of = read_day(look_for(&a, as_of_names));
	if (d->as_of == 0)
		d->as_of = i->options.as_of;
	d->generalised =
	    str_is(generalised, "true") || str_is(generalised, "1");
	if (!read_shape(i, d, g, &a, e))
		return false;
	i->layer.n++;
	return true;
}

/* --- beside what is stored
 * -------------------------------------------------------- */

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
	COLUMNS = sizeof(columns) / sizeof(columns[0]),
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

	buf_reset(&i->scratch);
	geom_add_blob(&i->scratch, d->geom);
	blob = buf_str(&i->scratch);
	copy = arena_copy(&i->layer.arena, blob.data, blob.len);
	if (i->scratch.failed || !copy)
		return err_set(e, ERR_MEMORY, "Memory is exhausted.");
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
		p->differs = !import_values_equal(&p->was[k], &p->is[k]);
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

/* --- writing
 * ------------------------------------------------------------------------ */

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
	buf_reset(&i->scratch);
	if (!utf8_add_sort_key(&i->scratch, d->name[0]))
		return err_set(e, ERR_MEMORY, "Memory is exhausted.");
	key = buf_str(&i->scratch);
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
	return v->text.data || err_set(e, ERR_MEMORY, "Memory is exhausted.");
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

/* --- the whole
 * ------------------------------------------------------------------------ */

struct district_import *district_import_open(
    struct db *d, const struct district_options *o, struct err *e)
{
	struct district_import *i = mem_alloc(sizeof(*i));

	if (i) {
		memset(i, 0, sizeof(*i));
		i->db = d;
		i->options = *o;
		arena_init(&i->layer.arena, LAYER_MEMORY);
		buf_init(&i->scratch, SCRATCH_MEMORY);
		i->layer.geos = geos_open();
		if (i->layer.geos)
			return i;
	}
	district_import_close(i);
	err_set(e, ERR_MEMORY, "Memory is exhausted.");
	return NULL;
}

void district_import_close(struct district_import *i)
{
	if (!i)
		return;
	if (i->layer.geos)
		geos_close(i->layer.geos);
	arena_free(&i->layer.arena);
	buf_free(&i->scratch);
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

bool district_import_apply(struct district_import *i,
    const struct journal_batch *batch, struct import_counts *counts,
    int64_t *version, struct err *e)
{
	struct journal *j = journal_begin(i->db, batch, e);
	struct journal_counts c;

	if (!j)
		return false;
	i->counts = (struct import_counts){ .records = i->counts.records };
	if (!each_pair(i, count, NULL, e) || !each_pair(i, write_one, j, e) ||
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
