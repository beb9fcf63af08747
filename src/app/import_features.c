/* budgetmap import projects of KML, KMZ or GeoJSON: attributes become columns,
 * by their names or by the map, the geometry the place. The file is read twice,
 * first for the columns it has. */
#include "import_run.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "feature_columns.h"
#include "feature_file.h"
#include "format/wkt_write.h"
#include "geo/geos.h"
#include "import_map.h"
#include "store/import.h"
#include "store/projects.h"

enum { FEATURE_MEMORY = 256 << 20, LIFE_MEMORY = 16 << 20, WHY_SIZE = 100 };

struct features {
	struct import_run *run;
	struct import *import;
	struct geos *geos;
	struct arena life; /* names and map */
	struct arena feature; /* one feature */
	struct feature_columns columns;
	struct buf wkt;
	long high; /* features with heights */
};

/* --- a feature as a record
 * ---------------------------------------------------------- */

static bool is_public_id(struct str id)
{
	return str_starts(id, "TKS-");
}

static struct str cell_of(
    const struct features *f, const struct foreign_feature *feature, size_t k)
{
	struct str attribute = f->columns.attributes[k];

	if (str_starts(attribute, "="))
		return (struct str){ attribute.data + 1, attribute.len - 1 };
	if (str_is(attribute, FEATURE_ID))
		return feature->id;
	for (size_t i = 0; i < feature->n; i++)
		if (str_equal(feature->names[i], attribute))
			return feature->values[i];
	return (struct str){ "", 0 };
}

static void describe_repair(char *out, size_t size, const char *why,
    const struct geom *was, const struct geom *is)
{
	snprintf(out, size,
	    "the geometry was not valid and is repaired: %s; %.6f km2 became "
	    "%.6f km2",
	    why, geom_area_km2(was), geom_area_km2(is));
}

/* The geometry as text, repaired where it is not valid. */
static bool write_place(struct features *f,
    const struct foreign_feature *feature, const struct geom **place,
    bool *good, struct err *e)
{
	const struct geom *g = feature->geom, *sound;
	char why[WHY_SIZE] = "", text[2 * WHY_SIZE];
	struct err failure = { .code = ERR_NONE };

	buf_reset(&f->wkt);
	if (!g)
		return true;
	if (f->run->layer.swap) {
		g = geom_exchange(&f->feature, g, &failure);
		*good = g != NULL;
		if (!g)
			return import_refuse(
			    f->import, feature->at.line, failure.text, e);
	}
	if (!geos_is_valid(f->geos, g, why, sizeof(why))) {
		sound = geos_make_valid(f->geos, &f->feature, g, &failure);
		*good = sound != NULL;
		if (!sound)
			return import_refuse(
			    f->import, feature->at.line, failure.text, e);
		describe_repair(text, sizeof(text), why, g, sound);
		g = sound;
		if (!import_tell(f->import, feature->at.line, text, e))
			return false;
	}
	*place = g;
	wkt_add(&f->wkt, g);
	return !f->wkt.failed || err_no_memory(e);
}

static struct str title_of(const struct features *f, const struct str *cells)
{
	for (size_t k = FIRST_COLUMN; k < f->columns.n; k++)
		if ((str_is(f->columns.names[k], "title_kk") ||
			str_is(f->columns.names[k], "title_ru")) &&
		    cells[k].len > 0)
			return cells[k];
	return (struct str){ NULL, 0 };
}

static bool has_reference(const struct features *f, const struct str *cells)
{
	for (size_t k = FIRST_COLUMN; k < f->columns.n; k++)
		if (str_is(f->columns.names[k], "source_ref") &&
		    cells[k].len > 0)
			return true;
	return false;
}

/* A project without any id is the one that is called so and lies there. */
static bool find_stored(struct features *f, long line, const struct geom *place,
    struct str *cells, struct err *e)
{
	struct position at = { 0, 0 };
	struct str title = title_of(f, cells), found;

	if (cells[AT_ID].len > 0 || title.len == 0 || has_reference(f, cells))
		return true;
	if (place)
		at = geom_anchor(place);
	if (!projects_named(
		f->run->db, title, place ? &at : NULL, &f->feature, &found, e))
		return false;
	if (!found.data)
		return true;
	cells[AT_ID] = found;
	return import_tell(f->import, line,
	    "has no id: it is taken for the project of that title that lies "
	    "there",
	    e);
}

static void fill_cells(struct features *f,
    const struct foreign_feature *feature, struct str *cells)
{
	struct str id = foreign_value(feature, "id");

	if (!is_public_id(id))
		id = feature->id;
	cells[AT_ID] = is_public_id(id) ? id : (struct str){ "", 0 };
	for (size_t k = FIRST_COLUMN; k < f->columns.n; k++)
		cells[k] = cell_of(f, feature, k);
}

/* Columns that are left out have no cell. */
static size_t pack(const struct features *f, struct str *cells)
{
	size_t n = FIRST_COLUMN;

	for (size_t k = FIRST_COLUMN; k < f->columns.n; k++)
		if (f->columns.names[k].len > 0)
			cells[n++] = cells[k];
	return n;
}

static bool add_feature(
    void *context, const struct foreign_feature *feature, struct err *e)
{
	struct features *f = context;
	struct str cells[COLUMNS_MAX];
	const struct geom *place = NULL;
	bool good = true;

	if (feature->part > 1)
		return true;
	import_call(f->import, feature->at.name, feature->at.number);
	if (feature->parts > 1 &&
	    !import_tell(f->import, feature->at.line,
		"only the first part is the project's place: areas, else lines",
		e))
		return false;
	f->high += feature->heights != NULL;
	fill_cells(f, feature, cells);
	if (!write_place(f, feature, &place, &good, e))
		return false;
	if (!good)
		return true;
	cells[AT_WKT] =
	    f->wkt.len > 0 ? buf_str(&f->wkt) : (struct str){ "", 0 };
	if (!find_stored(f, feature->at.line, place, cells, e))
		return false;
	(void)pack(f, cells);
	return import_add(f->import, feature->at.line, cells, e);
}

static bool pass_refused(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct features *f = context;

	import_call(f->import, at->name, at->number);
	return import_refuse(f->import, at->line, text, e);
}

static bool pass_note(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	struct features *f = context;

	import_call(f->import, at->name, at->number);
	return import_tell(f->import, at->line, text, e);
}

/* --- the run
 * ---------------------------------------------------------------------------
 */

static bool ignore(void *context, const struct foreign_place *at,
    const char *text, struct err *e)
{
	(void)context;
	(void)at;
	(void)text;
	(void)e;
	return true;
}

static bool read_columns(
    struct features *f, struct feature_file *file, struct err *e)
{
	const struct run_layer *l = &f->run->layer;
	struct feature_columns *c = &f->columns;
	const struct foreign_hooks hooks = {
		.visit = feature_columns_meet, .refuse = ignore, .context = c
	};

	feature_columns_init(c, import_table_find(f->run->kind), &f->life);
	if (l->map && !map_read(l->map, &f->life, &c->map, &c->n_map, e))
		return false;
	return feature_file_read(
		   file, &f->feature, false, l->encoding, &hooks, e) &&
	       feature_columns_finish(c, e);
}

static bool open_import(struct features *f, struct err *e)
{
	struct import_options options;
	struct str columns[COLUMNS_MAX];
	size_t n;

	if (!run_options(&options, f->run, e))
		return false;
	options.each = true;
	f->run->result.each = true;
	memcpy(columns, f->columns.names, sizeof(columns));
	n = pack(f, columns);
	f->import = import_open(f->run->db, import_table_find(f->run->kind),
	    &options, columns, n, e);
	return f->import != NULL;
}

static bool tell_heights(const struct features *f, struct err *e)
{
	char text[WHY_SIZE];

	import_call(f->import, (struct str){ NULL, 0 }, 0);
	if (f->high == 0)
		return true;
	snprintf(text, sizeof(text),
	    "heights of %ld features are left out: projects lie flat", f->high);
	return import_tell(f->import, 0, text, e);
}

static bool read_features(struct import_run *r, void *context, struct err *e)
{
	struct features *f = context;
	const struct foreign_hooks hooks = { .visit = add_feature,
		.refuse = pass_refused,
		.note = pass_note,
		.context = f };
	struct feature_file file;

	return feature_file_open(&file, r->file, FEATURE_FILE_MAX, e) &&
	       feature_file_read(
		   &file, &f->feature, false, r->layer.encoding, &hooks, e) &&
	       tell_heights(f, e);
}

static int run(struct features *f)
{
	struct err e = { .code = ERR_NONE };
	struct feature_file file;
	bool done;

	done = feature_file_open(&file, f->run->file, FEATURE_FILE_MAX, &e) &&
	       read_columns(f, &file, &e);
	if (!done || !open_import(f, &e))
		return run_fail(f->run, &e);
	return run_staged(f->run, f->import, read_features, f);
}

int run_features(struct import_run *r)
{
	struct features f = { .run = r, .geos = geos_open() };
	struct err e = { .code = ERR_NONE };
	int status;

	arena_init(&f.life, LIFE_MEMORY);
	arena_init(&f.feature, FEATURE_MEMORY);
	buf_init(&f.wkt, FEATURE_MEMORY);
	if (!f.geos) {
		err_no_memory(&e);
		status = run_fail(r, &e);
	} else {
		status = run(&f);
		import_close(f.import);
		geos_close(f.geos);
	}
	buf_free(&f.wkt);
	arena_free(&f.life);
	arena_free(&f.feature);
	return status;
}
