#include "store/geopackage.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/mem.h"
#include "geo/geom.h"
#include "store/geopackage_schema.h"

/* Places of a row's values: number, geometry, id, then the attributes. */
enum { PLACE_NUMBER = 1, PLACE_GEOMETRY, PLACE_ID, PLACE_FIRST };

enum { TIME_SIZE = 32, NAME_SIZE = 128, SCRATCH_MAX = 1 << 26 };
enum { TIYN = 100, MILLISECONDS = 1000, MICROSECONDS = 1000000 };

struct geopackage {
	sqlite3 *db;
	sqlite3_stmt *add;
	struct geopackage_about about;
	char table[NAME_SIZE];
	struct buf scratch;
	struct bbox extent;
};

static bool fail(const struct geopackage *g, struct err *e)
{
	int code = g->db ? sqlite3_errcode(g->db) : SQLITE_NOMEM;

	if (code == SQLITE_FULL || code == SQLITE_TOOBIG)
		return err_set(e, ERR_LIMIT,
		    "the answer would be too large: ask for less with limit "
		    "or filters");
	if (code == SQLITE_NOMEM || g->scratch.failed)
		return err_no_room(e);
	err_set(e, ERR_SYSTEM, "the GeoPackage cannot be made");
	return err_detail(e, "%s", sqlite3_errmsg(g->db));
}

static bool run(struct geopackage *g, const char *sql, struct err *e)
{
	return sqlite3_exec(g->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       fail(g, e);
}

/* Runs what stands in scratch, with up to three texts. */
static bool run_scratch(
    struct geopackage *g, const char *const texts[3], struct err *e)
{
	sqlite3_stmt *s = NULL;
	bool done = !g->scratch.failed &&
		    sqlite3_prepare_v2(g->db, g->scratch.data,
			(int)g->scratch.len, &s, NULL) == SQLITE_OK;

	for (int i = 0; done && i < 3 && texts[i]; i++)
		done = sqlite3_bind_text(
			   s, i + 1, texts[i], -1, SQLITE_STATIC) == SQLITE_OK;
	done = done && sqlite3_step(s) == SQLITE_DONE;
	sqlite3_finalize(s);
	if (!done)
		fail(g, e);
	buf_reset(&g->scratch);
	return done;
}

static bool prepare_add(struct geopackage *g, struct err *e)
{
	size_t n = g->about.schema->n_fields + PLACE_FIRST - 1;

	buf_add_text(&g->scratch, "INSERT INTO ");
	geopackage_add_name(&g->scratch, g->table);
	buf_add_text(&g->scratch, " VALUES (");
	for (size_t i = 0; i < n; i++)
		buf_add_text(&g->scratch, i ? ",?" : "?");
	buf_add_char(&g->scratch, ')');
	if (g->scratch.failed ||
	    sqlite3_prepare_v2(g->db, g->scratch.data, (int)g->scratch.len,
		&g->add, NULL) != SQLITE_OK)
		return fail(g, e);
	buf_reset(&g->scratch);
	return true;
}

/* Memory of its own that no other connection sees, and that is bounded. */
static bool open_memory(struct geopackage *g, struct err *e)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			  SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
	sqlite3_int64 most = (sqlite3_int64)g->about.bytes_max;

	return (sqlite3_open_v2("file:geopackage?vfs=memdb", &g->db, flags,
		    NULL) == SQLITE_OK &&
		   sqlite3_file_control(g->db, "main", SQLITE_FCNTL_SIZE_LIMIT,
		       &most) == SQLITE_OK) ||
	       fail(g, e);
}

static bool make_table(struct geopackage *g, struct err *e)
{
	static const char *const none[3] = { NULL };

	geopackage_add_table(&g->scratch, g->table, g->about.schema);
	return run_scratch(g, none, e);
}

/* Names that SQLite or the standard keep for themselves. */
static void choose_table(struct geopackage *g)
{
	static const char *const kept[] = { "sqlite_", "gpkg_", "rtree_" };
	struct str name = str_from(g->about.schema->name);
	const char *before = "";

	for (size_t i = 0; i < LENGTH(kept); i++)
		if (str_starts(name, kept[i]))
			before = "layer_";
	snprintf(
	    g->table, sizeof(g->table), "%s%s", before, g->about.schema->name);
}

struct geopackage *geopackage_open(
    const struct geopackage_about *about, struct err *e)
{
	struct geopackage *g = mem_alloc(sizeof(*g));

	if (!g) {
		err_no_room(e);
		return NULL;
	}
	*g = (struct geopackage){ .about = *about, .extent = bbox_empty };
	buf_init(&g->scratch, SCRATCH_MAX);
	choose_table(g);
	if (open_memory(g, e) && run(g, geopackage_tables, e) &&
	    make_table(g, e) && prepare_add(g, e))
		return g;
	geopackage_close(g);
	return NULL;
}

/* --- rows ----------------------------------------------------------------- */

/* Dates and times as the table of column data types has them. */
static int bind_day(sqlite3_stmt *s, int place, int64_t day)
{
	char text[CLOCK_DAY_SIZE];

	if (day == CLOCK_NO_DAY)
		return sqlite3_bind_null(s, place);
	clock_day_text((int32_t)day, text);
	return sqlite3_bind_text(s, place, text, -1, SQLITE_TRANSIENT);
}

static int bind_time(sqlite3_stmt *s, int place, int64_t time)
{
	int64_t fraction = (time % MICROSECONDS + MICROSECONDS) % MICROSECONDS;
	char stamp[CLOCK_STAMP_SIZE], text[TIME_SIZE];

	clock_stamp((time - fraction) / MICROSECONDS, stamp);
	snprintf(text, sizeof(text), "%.19s.%03dZ", stamp,
	    (int)(fraction / MILLISECONDS));
	return sqlite3_bind_text(s, place, text, -1, SQLITE_TRANSIENT);
}

static int bind_value(sqlite3_stmt *s, int place, const struct value *v)
{
	switch (v->type) {
	case VALUE_NULL:
		return sqlite3_bind_null(s, place);
	case VALUE_TEXT:
	case VALUE_LIST:
		return sqlite3_bind_text64(s, place,
		    v->text.data ? v->text.data : "", v->text.len,
		    SQLITE_STATIC, SQLITE_UTF8);
	case VALUE_INT:
	case VALUE_BOOL:
		return sqlite3_bind_int64(s, place, v->integer);
	case VALUE_NUMBER:
		return sqlite3_bind_double(s, place, v->number);
	case VALUE_MONEY:
		return sqlite3_bind_double(s, place, (double)v->integer / TIYN);
	case VALUE_DAY:
		return bind_day(s, place, v->integer);
	case VALUE_TIME:
		return bind_time(s, place, v->integer);
	}
	return SQLITE_MISUSE;
}

static int bind_place(struct geopackage *g, const struct geom *geom)
{
	if (!geom)
		return sqlite3_bind_null(g->add, PLACE_GEOMETRY);
	bbox_add_bbox(&g->extent, &geom->box);
	buf_reset(&g->scratch);
	geopackage_add_geometry(&g->scratch, geom);
	if (g->scratch.failed)
		return SQLITE_NOMEM;
	return sqlite3_bind_blob64(g->add, PLACE_GEOMETRY, g->scratch.data,
	    g->scratch.len, SQLITE_STATIC);
}

bool geopackage_add(
    struct geopackage *g, const struct feature *f, struct err *e)
{
	const struct value id = { .type = VALUE_TEXT, .text = f->public_id };
	bool done =
	    sqlite3_bind_int64(g->add, PLACE_NUMBER, f->id) == SQLITE_OK &&
	    bind_place(g, f->geom) == SQLITE_OK &&
	    bind_value(g->add, PLACE_ID, &id) == SQLITE_OK;

	for (size_t i = 0; done && i < g->about.schema->n_fields; i++)
		done = bind_value(g->add, PLACE_FIRST + (int)i,
			   &f->values[i]) == SQLITE_OK;
	done = done && sqlite3_step(g->add) == SQLITE_DONE;
	if (!done)
		fail(g, e);
	sqlite3_reset(g->add);
	return done;
}

/* --- the end -------------------------------------------------------------- */

static bool tell_contents(struct geopackage *g, struct err *e)
{
	char stamp[CLOCK_STAMP_SIZE], text[TIME_SIZE];
	const char *const texts[3] = { g->about.identifier,
		g->about.description, text };

	clock_stamp(g->about.published, stamp);
	snprintf(text, sizeof(text), "%.19s.000Z", stamp);
	buf_reset(&g->scratch);
	geopackage_add_contents(&g->scratch, g->table, &g->extent);
	return run_scratch(g, texts, e);
}

static bool tell_geometry(struct geopackage *g, struct err *e)
{
	static const char *const none[3] = { NULL };

	geopackage_add_geometry_column(&g->scratch, g->table);
	return run_scratch(g, none, e);
}

bool geopackage_finish(struct geopackage *g, struct str *bytes, struct err *e)
{
	sqlite3_int64 size = 0;
	unsigned char *data;

	sqlite3_finalize(g->add);
	g->add = NULL;
	if (!tell_contents(g, e) || !tell_geometry(g, e) ||
	    !run(g, "COMMIT", e))
		return false;
	data = sqlite3_serialize(g->db, "main", &size, SQLITE_SERIALIZE_NOCOPY);
	if (!data)
		return fail(g, e);
	*bytes = (struct str){ (const char *)data, (size_t)size };
	return true;
}

void geopackage_close(struct geopackage *g)
{
	if (!g)
		return;
	sqlite3_finalize(g->add);
	sqlite3_close(g->db);
	buf_free(&g->scratch);
	mem_free(g);
}
