#include "store/backup.h"

#include <unistd.h>

#include "store/check.h"
#include "store/connection.h"
#include "store/copy.h"
#include "store/journal.h"
#include "store/migrate.h"
#include "store/sql.h"

/* How far a restored database's version is set above the one it replaces:
 * nobody counts that far while it is being put in place, or in what was lost
 * when the old one cannot be read. */
enum { VERSION_GAP = 1000 };

/* Milliseconds: an operator is told of a writer at once, and readers that stay
 * in a transaction only keep the log from being cut. */
enum { WRITER_WAIT = 500, CHECKPOINT_WAIT = 50 };

/* Any schema up to ours, so that a copy can be made before an upgrade. */
static struct db *open_source(const char *path, struct err *e)
{
	struct db *d;
	int schema;

	if (access(path, R_OK) != 0) {
		err_set(e, ERR_MISSING, "There is no such database file.");
		err_detail(e, "%s", path);
		return NULL;
	}
	d = db_open_raw(path, SQLITE_OPEN_READONLY, e);
	if (!d)
		return NULL;
	if (!db_identify(d, &schema, e))
		goto failed;
	if (schema == 0) {
		err_set(e, ERR_DAMAGED, "The database is empty.");
		goto failed;
	}
	if (schema > migrate_current()) {
		err_set(e, ERR_CONFLICT,
		    "The database has the newer schema %d; this program "
		    "knows %d.",
		    schema, migrate_current());
		goto failed;
	}
	return d;
failed:
	err_detail(e, "%s", path);
	db_close(d);
	return NULL;
}

/* A file of its own, without a log beside it, checked page by page. */
static bool finish_copy(struct db *d, struct err *e)
{
	sqlite3_stmt *s;
	bool sound;

	if (!sql_exec(d, "PRAGMA journal_mode = DELETE", e))
		return false;
	s = sql_prepare(d, "PRAGMA quick_check(1)", e);
	if (!s || sql_step(d, s, e) != SQL_ROW)
		return false;
	sound = str_is(sql_text(s, 0), "ok");
	sqlite3_reset(s);
	return sound || err_set(e, ERR_DAMAGED, "The database is damaged.");
}

static bool copy_file(const char *from, const char *to, struct err *e)
{
	struct db *source = open_source(from, e);
	struct db *target;
	bool done;

	if (!source)
		return false;
	copy_remove(to);
	target = db_open_raw(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, e);
	done =
	    target && copy_pages(source, target, e) && finish_copy(target, e);
	db_close(target);
	db_close(source);
	if (!done)
		copy_remove(to);
	return done;
}

bool backup_write(
    const char *database, const char *file, bool replace, struct err *e)
{
	struct buf temporary;
	bool done;

	if (!replace && access(file, F_OK) == 0) {
		err_set(e, ERR_CONFLICT, "The file exists already.");
		return err_detail(e, "%s", file);
	}
	copy_path(&temporary, file, "part");
	if (temporary.failed)
		done = err_no_memory(e);
	else
		done = copy_file(database, temporary.data, e) &&
		       copy_publish(temporary.data, file, replace, e);
	buf_free(&temporary);
	return done;
}

/* The version of what is replaced, if it can be read at all; usable says
 * whether it can be written in place. */
static bool look_at_old(
    const char *database, bool *usable, int64_t *version, struct err *e)
{
	struct err ignored = { .code = ERR_NONE };
	struct db *d;
	int schema;
	bool done = true;

	*usable = false;
	*version = 0;
	if (access(database, F_OK) != 0)
		return true;
	d = db_open_raw(database, SQLITE_OPEN_READWRITE, &ignored);
	if (d)
		sqlite3_busy_timeout(sql_handle(d), WRITER_WAIT);
	if (d && db_identify(d, &schema, &ignored) && schema > 0) {
		if (db_write_begin(d, &ignored))
			*usable = sql_int(d, "SELECT data_version FROM meta", 0,
			    version, &ignored);
		db_write_rollback(d);
	}
	if (ignored.code == ERR_BUSY)
		done = err_set(e, ERR_BUSY, "%s", ignored.text);
	db_close(d);
	return done;
}

static bool mark_restored(
    const char *path, const char *actor, int64_t old_version, struct err *e)
{
	const struct journal_batch batch = { .actor = actor,
		.command = "restore" };
	const struct journal_counts none = { .created = 0 };
	struct db *d = db_open_write(path, e);
	struct journal *j;
	int64_t version;
	bool done = false;

	if (!d)
		return false;
	j = journal_begin(d, &batch, e);
	if (j) {
		version = journal_version(j);
		if (version < old_version)
			version = old_version;
		journal_publish_as(j, version + VERSION_GAP);
		done = journal_commit(j, &none, &version, e);
	}
	db_close(d);
	return done;
}

/* Readers see the old content until this commits, then the new. */
static bool replace_in_place(
    const char *temporary, const char *database, struct err *e)
{
	struct db *from = db_open_raw(temporary, SQLITE_OPEN_READONLY, e);
	struct db *to = db_open_raw(database, SQLITE_OPEN_READWRITE, e);
	bool done = from && to && copy_pages(from, to, e);

	if (done) {
		sqlite3_busy_timeout(sql_handle(to), CHECKPOINT_WAIT);
		sqlite3_wal_checkpoint_v2(sql_handle(to), "main",
		    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	}
	db_close(from);
	db_close(to);
	return done;
}

/* What lies there is damaged or nothing: its log must not be replayed into the
 * new file. */
static bool replace_file(
    const char *temporary, const char *database, struct err *e)
{
	copy_remove(database);
	return copy_publish(temporary, database, true, e);
}

static bool prepare(const char *file, const char *temporary, const char *actor,
    int64_t old_version, struct err *e)
{
	int from;

	return copy_file(file, temporary, e) &&
	       migrate_database(temporary, migrate_current(), &from, e) &&
	       check_database(temporary, NULL, NULL, e) &&
	       mark_restored(temporary, actor, old_version, e);
}

bool backup_restore(
    const char *file, const char *database, const char *actor, struct err *e)
{
	struct buf temporary;
	int64_t version;
	bool usable, done;

	copy_path(&temporary, database, "restore");
	if (temporary.failed) {
		buf_free(&temporary);
		return err_no_memory(e);
	}
	done = look_at_old(database, &usable, &version, e) &&
	       prepare(file, temporary.data, actor, version, e);
	if (done)
		done = usable ? replace_in_place(temporary.data, database, e)
			      : replace_file(temporary.data, database, e);
	copy_remove(temporary.data);
	buf_free(&temporary);
	return done;
}
