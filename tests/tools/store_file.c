#include "tools/store_file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/hilbert.h"
#include "store/figures.h"
#include "store/migrate.h"
#include "store/sql.h"

enum { SCRATCH = 1 << 20 };

static void must(bool done, const struct err *e)
{
	if (done)
		return;
	fprintf(stderr, "store_file: %s (%s)\n", e->text, e->detail);
	abort();
}

void store_file_make(struct store_file *f, int schema)
{
	const char *place = getenv("TMPDIR");
	struct err e = { .code = ERR_NONE };
	int from;

	db_library_init();
	snprintf(f->folder, sizeof(f->folder), "%.40s/store.XXXXXX",
	    place ? place : "/tmp");
	must(mkdtemp(f->folder) != NULL, &e);
	snprintf(f->path, sizeof(f->path), "%s/budgetmap.db", f->folder);
	snprintf(f->other, sizeof(f->other), "%s/other.db", f->folder);
	if (schema == STORE_CURRENT)
		schema = migrate_current();
	if (schema > 0)
		must(migrate_database(f->path, schema, &from, &e), &e);
}

void store_file_remove(struct store_file *f)
{
	DIR *folder = opendir(f->folder);
	char name[400];
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)) != NULL) {
		snprintf(name, sizeof(name), "%s/%s", f->folder, entry->d_name);
		unlink(name);
	}
	if (folder)
		closedir(folder);
	rmdir(f->folder);
}

struct db *store_file_write(const struct store_file *f)
{
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_write(f->path, &e);

	must(d != NULL, &e);
	return d;
}

struct db *store_file_read(const struct store_file *f)
{
	struct err e = { .code = ERR_NONE };
	struct db *d = db_open_read(f->path, &e);

	must(d != NULL, &e);
	return d;
}

void store_file_sql(const char *path, const char *text)
{
	struct err e = { .code = ERR_NONE };
	sqlite3 *handle;
	char *why = NULL;

	must(sqlite3_open(path, &handle) == SQLITE_OK, &e);
	if (sqlite3_exec(handle, text, NULL, NULL, &why) != SQLITE_OK)
		must(err_set(&e, ERR_SYSTEM, "%s", why), &e);
	sqlite3_close(handle);
}

void store_sql(struct db *d, const char *text)
{
	struct err e = { .code = ERR_NONE };

	must(sql_exec(d, text, &e), &e);
}

int64_t store_number(struct db *d, const char *text)
{
	struct err e = { .code = ERR_NONE };
	int64_t number;

	must(sql_int(d, text, -1, &number, &e), &e);
	return number;
}

struct journal *store_begin(struct db *d)
{
	static const struct journal_batch batch = { .actor = "test",
		.command = "test" };
	struct err e = { .code = ERR_NONE };
	struct journal *j = journal_begin(d, &batch, &e);

	must(j != NULL, &e);
	return j;
}

int64_t store_commit(struct journal *j)
{
	static const struct journal_counts none = { .created = 0 };
	struct err e = { .code = ERR_NONE };
	int64_t version;

	must(journal_commit(j, &none, &version, &e), &e);
	return version;
}

static const struct geom *from_wkt(struct arena *a, const char *text)
{
	struct err e = { .code = ERR_NONE };
	const struct geom *g = geom_from_wkt(a, str_from(text), &e);

	must(g != NULL, &e);
	return g;
}

void store_add_district(
    struct db *d, int number, struct bbox box, bool generalised)
{
	struct err e = { .code = ERR_NONE };
	char kato[16], name[32], wkt[256];
	struct position label = { (box.west + box.east) / 2,
		(box.south + box.north) / 2 };
	struct arena a;
	struct buf scratch;
	sqlite3_stmt *s = sql_prepare(d,
	    "INSERT INTO district (kato, parent, name_kk, name_ru, name_en, "
	    "label_lon, label_lat, generalised, sort_key, source, as_of, "
	    "change, geom) VALUES (?1, '610000000', ?2, ?2, ?2, ?3, ?4, ?5, "
	    "?6, 'test', 20250101, 1, ?7)",
	    &e);

	must(s != NULL, &e);
	snprintf(kato, sizeof(kato), "%d", 610000000 + number);
	snprintf(name, sizeof(name), "Аудан %d", number);
	snprintf(wkt, sizeof(wkt),
	    "MULTIPOLYGON(((%g %g,%g %g,%g %g,%g %g,%g %g)))", box.west,
	    box.south, box.east, box.south, box.east, box.north, box.west,
	    box.north, box.west, box.south);
	arena_init(&a, SCRATCH);
	buf_init(&scratch, SCRATCH);
	sql_bind_text(s, 1, str_from(kato));
	sql_bind_text(s, 2, str_from(name));
	sql_bind_double(s, 3, label.lon);
	sql_bind_double(s, 4, label.lat);
	sql_bind_int(s, 5, generalised);
	sql_bind_int(s, 6, hilbert_of(label.lon, label.lat));
	must(sql_bind_geom(s, 7, from_wkt(&a, wkt), &scratch, &e), &e);
	must(sql_run(d, s, &e) && figures_touch_all(d, &e), &e);
	buf_free(&scratch);
	arena_free(&a);
}

static void insert_project(struct db *d, struct journal *j, int64_t id,
    const char *public_id, const struct store_sample *p)
{
	struct err e = { .code = ERR_NONE };
	char kato[16];
	struct arena a;
	struct buf scratch;
	sqlite3_stmt *s = sql_prepare(d,
	    "INSERT INTO project (id, public_id, title_kk, title_ru, title_en, "
	    "status, category, work_kind, kato, budget_approved, "
	    "planned_start, "
	    "planned_end, actual_start, actual_end, source, as_of, change, "
	    "geom) VALUES (?1, ?2, ?3, ?3, ?3, ?4, ?5, ?6, ?7, nullif(?8, 0), "
	    "?9, ?10, ?11, ?12, 'test', 20250101, ?13, ?14)",
	    &e);

	must(s != NULL, &e);
	snprintf(kato, sizeof(kato), "%d", 610000000 + p->district);
	arena_init(&a, SCRATCH);
	buf_init(&scratch, SCRATCH);
	sql_bind_int(s, 1, id);
	sql_bind_text(s, 2, str_from(public_id));
	sql_bind_text(s, 3, str_from(p->title));
	sql_bind_int(s, 4, p->status);
	sql_bind_int(s, 5, p->category);
	sql_bind_int(s, 6, p->work_kind);
	if (p->district)
		sql_bind_text(s, 7, str_from(kato));
	sql_bind_int(s, 8, p->budget);
	sql_bind_day(s, 9, p->planned_start);
	sql_bind_day(s, 10, p->planned_end);
	sql_bind_day(s, 11, p->actual_start);
	sql_bind_day(s, 12, p->actual_end);
	sql_bind_int(s, 13, journal_version(j));
	must(sql_bind_geom(
		 s, 14, p->wkt ? from_wkt(&a, p->wkt) : NULL, &scratch, &e),
	    &e);
	must(sql_run(d, s, &e), &e);
	buf_free(&scratch);
	arena_free(&a);
}

int64_t store_add_project(
    struct db *d, struct journal *j, const struct store_sample *p)
{
	struct err e = { .code = ERR_NONE };
	int64_t id = store_number(d, "SELECT coalesce(max(id), 0) + 1 "
				     "FROM project");
	char public_id[32];
	const struct journal_field field = { "title_kk", { .type = VALUE_NULL },
		{ .type = VALUE_TEXT, .text = str_from(p->title) } };
	const struct journal_record record = { "project", { NULL, 0 }, id,
		JOURNAL_CREATE, &field, 1 };
	struct journal_record named = record;
	bool changed;

	snprintf(public_id, sizeof(public_id), "TKS-2025-%06d", (int)id);
	named.key = str_from(public_id);
	insert_project(d, j, id, public_id, p);
	must(
	    journal_change(j, &named, &changed, &e) && figures_touch(d, id, &e),
	    &e);
	return id;
}
