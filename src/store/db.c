#include "store/db.h"

#include <errno.h>
#include <sqlite3.h>
#include <spatialite.h>
#include <string.h>
#include <sys/stat.h>

#include "base/array.h"
#include "base/clock.h"
#include "base/mem.h"
#include "store/connection.h"
#include "store/functions.h"
#include "store/migrate.h"
#include "store/lookup.h"
#include "store/sql.h"

enum {
	BUSY_MILLISECONDS = 5000,
	PROGRESS_STEPS = 2000, /* virtual machine steps between two looks */
	NANOSECONDS = 1000000, /* in a millisecond */
	STATEMENT_JOURNAL = 1 << 20 /* bytes of one kept in memory */
};

static const struct {
	int id, value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, 256 << 20 },
	{ SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 200 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 50 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 2000 },
};

void db_library_init(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* a lock a call */
	/* Once a statement's journal has gone to a file, those of all that
	 * follow in the transaction are written there too. */
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, STATEMENT_JOURNAL);
	sqlite3_initialize();
	spatialite_initialize();
}

static int past_deadline(void *context)
{
	const struct db *d = context;

	return d->deadline && clock_monotonic() > d->deadline;
}

static void configure(struct db *d)
{
	size_t i;

	sqlite3_extended_result_codes(d->handle, 1);
	sqlite3_busy_timeout(d->handle, BUSY_MILLISECONDS);
	sqlite3_db_config(d->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(d->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	for (i = 0; i < LENGTH(limits); i++)
		sqlite3_limit(d->handle, limits[i].id, limits[i].value);
	sqlite3_progress_handler(d->handle, PROGRESS_STEPS, past_deadline, d);
}

/* SQLite's own words for a file that does not open never tell why. */
static void fail_to_open(struct db *d, const char *path, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	int number = d->handle ? sqlite3_system_errno(d->handle) : 0;

	if (d->handle)
		sql_fail(d, &why);
	err_no_memory(&why);
	err_set(e, why.code, "%s", why.text);
	err_detail(
	    e, "%s: %s", path, number != 0 ? strerror(number) : why.detail);
}

struct db *db_open_raw(const char *path, int flags, struct err *e)
{
	struct db *d = mem_alloc(sizeof(*d));

	if (!d) {
		err_no_memory(e);
		return NULL;
	}
	memset(d, 0, sizeof(*d));
	arena_init(&d->row, DB_ROW_MEMORY);
	arena_init(&d->probe, DB_ROW_MEMORY);
	if (sqlite3_open_v2(path, &d->handle,
		flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
		NULL) != SQLITE_OK) {
		fail_to_open(d, path, e);
		db_close(d);
		return NULL;
	}
	configure(d);
	return d;
}

bool db_load_spatial(struct db *d, struct err *e)
{
	d->spatial = spatialite_alloc_connection();
	if (!d->spatial)
		return err_no_memory(e);
	spatialite_init_ex(d->handle, d->spatial, 0);
	return true;
}

bool db_identify(struct db *d, int *schema, struct err *e)
{
	int64_t application, version, tables;

	if (!sql_int(d, "PRAGMA application_id", 0, &application, e) ||
	    !sql_int(d, "PRAGMA user_version", 0, &version, e) ||
	    !sql_int(d, "SELECT count(*) FROM sqlite_schema", 0, &tables, e))
		return false;
	if (application == 0 && version == 0 && tables == 0) {
		*schema = 0;
		return true;
	}
	if (application != DB_APPLICATION_ID || version < 1)
		return err_set(
		    e, ERR_DAMAGED, "The file is not a budgetmap database.");
	*schema = (int)version;
	return true;
}

/* Reads the first row of every table and index: roots and the first leaves of
 * all trees. */
static bool look_at_tables(struct db *d, struct err *e)
{
	static const char *const tables[] = { "meta", "district",
		"organisation", "facility", "project", "funding_line",
		"contract", "contract_supplier", "amendment", "payment",
		"milestone", "document", "observation", "journal_batch",
		"journal_change", "place", "place_name", "project_search",
		"idx_project_geom", "idx_district_geom", "spatial_ref_sys",
		"geometry_columns" };
	struct buf text;
	bool sound = true;
	size_t i;

	buf_init(&text, 256);
	for (i = 0; sound && i < LENGTH(tables); i++) {
		sqlite3_stmt *s;

		buf_reset(&text);
		buf_add_format(&text, "SELECT 1 FROM %s LIMIT 1", tables[i]);
		if (text.failed) {
			sound = err_no_memory(e);
			break;
		}
		s = sql_prepare_once(d, buf_str(&text), e);
		sound = s && sql_run(d, s, e);
		sqlite3_finalize(s);
	}
	buf_free(&text);
	return sound;
}

/* A table that is not there or cannot be parsed is SQLITE_ERROR: on a file that
 * says of itself that it is ours, this is damage. */
static bool verify_open(struct db *d, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	int schema;

	if (!db_identify(d, &schema, e))
		return false;
	if (schema == 0)
		return err_set(e, ERR_DAMAGED,
		    "The database is empty; \"budgetmap init\" creates it.");
	if (schema > migrate_current())
		return err_set(e, ERR_CONFLICT,
		    "The database has the newer schema %d; this program "
		    "knows %d.",
		    schema, migrate_current());
	if (schema < migrate_current())
		return err_set(e, ERR_CONFLICT,
		    "The database has the older schema %d; \"budgetmap init\" "
		    "upgrades it.",
		    schema);
	if (look_at_tables(d, &why))
		return true;
	if (why.code == ERR_SYSTEM &&
	    sqlite3_errcode(d->handle) == SQLITE_ERROR)
		why.code = ERR_DAMAGED;
	err_set(e, why.code, "%s",
	    why.code == ERR_DAMAGED ? "The database is damaged." : why.text);
	return err_detail(e, "%s", why.detail);
}

static bool find_file(const char *path, struct stat *file, struct err *e)
{
	if (stat(path, file) == 0)
		return true;
	if (errno == ENOENT || errno == ENOTDIR)
		err_set(e, ERR_MISSING, "There is no database file.");
	else
		err_set(e, ERR_SYSTEM, "The database cannot be opened.");
	return err_detail(e, "%s: %s", path, strerror(errno));
}

static struct db *open_checked(
    const char *path, int flags, const char *settings, struct err *e)
{
	struct stat file;
	struct db *d;

	if (!find_file(path, &file, e))
		return NULL;
	d = db_open_raw(path, flags, e);
	if (!d)
		return NULL;
	d->device = file.st_dev;
	d->inode = file.st_ino;
	if (!verify_open(d, e) || !db_load_spatial(d, e) ||
	    !functions_add(d, e) || !sql_exec(d, settings, e)) {
		err_detail(e, "%s", path);
		db_close(d);
		return NULL;
	}
	return d;
}

struct db *db_open_read(const char *path, struct err *e)
{
	struct db *d = open_checked(path, SQLITE_OPEN_READONLY,
	    "PRAGMA query_only = 1; PRAGMA cell_size_check = 1;"
	    "PRAGMA temp_store = memory;",
	    e);

	/* Not on write connections: SpatiaLite's triggers need it there. */
	if (d) {
		sqlite3_db_config(
		    d->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		sqlite3_limit(d->handle, SQLITE_LIMIT_ATTACHED, 0);
	}
	return d;
}

struct db *db_open_preview(const char *path, struct err *e)
{
	return open_checked(path, SQLITE_OPEN_READONLY,
	    "PRAGMA cell_size_check = 1; PRAGMA cache_size = -65536;"
	    "PRAGMA temp_store = memory;" DB_TOUCHED,
	    e);
}

/* A copy that was moved into place by hand is not in WAL mode. */
struct db *db_open_write(const char *path, struct err *e)
{
	return open_checked(path, SQLITE_OPEN_READWRITE,
	    "PRAGMA journal_mode = WAL; PRAGMA cell_size_check = 1; PRAGMA "
	    "synchronous = full;"
	    "PRAGMA cache_size = -65536; PRAGMA temp_store = memory;"
	    "PRAGMA wal_autocheckpoint = 4000;"
	    "PRAGMA journal_size_limit = 67108864;" DB_TOUCHED,
	    e);
}

void db_close(struct db *d)
{
	size_t i;

	if (!d)
		return;
	for (i = 0; i < d->n_cached; i++)
		sqlite3_finalize(d->cached[i].statement);
	mem_free(d->cached);
	lookup_free(d->lookup);
	arena_free(&d->row);
	arena_free(&d->probe);
	sqlite3_close_v2(d->handle);
	if (d->spatial)
		spatialite_cleanup_ex(d->spatial);
	mem_free(d);
}

bool db_write_begin(struct db *d, struct err *e)
{
	return sql_exec(d, "BEGIN IMMEDIATE", e);
}

bool db_write_commit(struct db *d, struct err *e)
{
	if (sql_exec(d, "COMMIT", e))
		return true;
	db_write_rollback(d);
	return false;
}

void db_write_rollback(struct db *d)
{
	if (!sqlite3_get_autocommit(d->handle))
		sqlite3_exec(d->handle, "ROLLBACK", NULL, NULL, NULL);
}

/* An upgrade does not wait for those who have the file open. */
static bool schema_is_known(struct db *d, struct err *e)
{
	int64_t schema;

	return sql_int(d, "PRAGMA user_version", 0, &schema, e) &&
	       (schema == migrate_current() ||
		   err_set(e, ERR_DAMAGED,
		       "The database has the schema %d now; this program knows "
		       "%d: the service must be upgraded.",
		       (int)schema, migrate_current()));
}

/* The read lock is taken by the first read, so that one follows at once. */
bool db_read_begin(struct db *d, struct err *e)
{
	if (!sql_exec(d, "BEGIN", e))
		return false;
	if (schema_is_known(d, e))
		return true;
	db_read_end(d);
	return false;
}

void db_read_end(struct db *d)
{
	db_write_rollback(d);
}

bool db_try(struct db *d, struct err *e)
{
	int64_t found;
	bool good;

	sqlite3_db_release_memory(d->handle);
	if (!db_read_begin(d, e))
		return false;
	good = look_at_tables(d, e) &&
	       sql_int(d,
		   "SELECT length(title_kk) FROM project WHERE id >= "
		   "abs(random()) % (SELECT max(id) + 1 FROM project) LIMIT 1",
		   0, &found, e);
	db_read_end(d);
	return good;
}

bool db_version(
    struct db *d, int64_t *version, int64_t *published, struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(d, "SELECT data_version, published FROM meta", e);
	enum sql_step step;

	if (!s)
		return false;
	step = sql_step(d, s, e);
	if (step == SQL_DONE)
		return err_set(e, ERR_DAMAGED, "The database is damaged.");
	if (step == SQL_FAILED)
		return false;
	*version = sql_integer(s, 0);
	*published = sql_integer(s, 1);
	sqlite3_reset(s);
	return true;
}

bool db_published(
    struct db *d, int64_t version, int64_t *published, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    d, "SELECT max(at) FROM journal_batch WHERE data_version = ?", e);

	if (!s)
		return false;
	sql_bind_int(s, 1, version);
	if (sql_step(d, s, e) != SQL_ROW)
		return false;
	*published = sql_integer(s, 0);
	sqlite3_reset(s);
	return true;
}

static bool was_replaced(const struct db *d)
{
	struct stat file;

	return stat(sqlite3_db_filename(d->handle, "main"), &file) == 0 &&
	       (file.st_dev != d->device || file.st_ino != d->inode);
}

bool db_wakeup(struct db *d, int64_t *counter, struct err *e)
{
	if (was_replaced(d))
		return err_set(e, ERR_GONE,
		    "The database was replaced; it must be opened anew.");
	return sql_int(d, "PRAGMA data_version", 0, counter, e);
}

void db_deadline(struct db *d, int64_t milliseconds)
{
	d->deadline = milliseconds > 0
			  ? clock_monotonic() + milliseconds * NANOSECONDS
			  : 0;
}
