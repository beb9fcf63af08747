#include "store/migrate.h"

#include <stdint.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/connection.h"
#include "store/figures.h"
#include "store/migrations.h"
#include "store/sql.h"

int migrate_current(void)
{
	return migrations_count;
}

static bool set_version(struct db *d, int version, struct err *e)
{
	struct buf text;
	bool done;

	buf_init(&text, 64);
	buf_add_format(&text, "PRAGMA user_version = %d", version);
	buf_add_char(&text, '\0');
	if (text.failed)
		done = err_no_memory(e);
	else
		done = sql_exec(d, text.data, e);
	buf_free(&text);
	return done;
}

/* Only WGS 84 and its UTM zones: all of EPSG would be 5 MB. */
static bool create_base(struct db *d, struct err *e)
{
	int64_t made;

	if (!sql_int(d, "SELECT InitSpatialMetaData(0, 'WGS84')", 0, &made, e))
		return false;
	if (!made)
		return err_set(
		    e, ERR_SYSTEM, "SpatiaLite cannot set up the database.");
	return sql_exec(d, "PRAGMA application_id = 1112367472", e);
}
_Static_assert(DB_APPLICATION_ID == 1112367472, "the number in the SQL above");

/* Derived columns may mean something new in a new schema. */
static bool derive(struct db *d, struct err *e)
{
	int64_t version;

	return sql_int(d, "SELECT data_version FROM meta", 0, &version, e) &&
	       figures_touch_all(d, e) && figures_refresh(d, version, e);
}

static bool apply(struct db *d, int number, bool last, struct err *e)
{
	if (number == 1 && !create_base(d, e))
		return false;
	if (!sql_exec(d, migrations[number - 1], e))
		return false;
	if (last && number > 1 && !derive(d, e))
		return false;
	return set_version(d, number, e);
}

/* One step; somebody else may have done it in the meantime. */
static bool step_up(struct db *d, int wanted, int *schema, struct err *e)
{
	if (!db_write_begin(d, e))
		return false;
	if (!db_identify(d, schema, e))
		goto failed;
	if (*schema >= wanted) {
		db_write_rollback(d);
		return true;
	}
	if (!apply(d, *schema + 1, *schema + 1 == migrations_count, e))
		goto failed;
	if (!db_write_commit(d, e))
		return false;
	++*schema;
	return true;
failed:
	db_write_rollback(d);
	return false;
}

static bool upgrade(struct db *d, int wanted, int *from, struct err *e)
{
	int schema;

	if (!db_identify(d, &schema, e))
		return false;
	if (schema > migrations_count)
		return err_set(e, ERR_CONFLICT,
		    "The database has the newer schema %d; this program "
		    "knows %d.",
		    schema, migrations_count);
	*from = schema;
	if (!db_load_spatial(d, e) ||
	    !sql_exec(d, "PRAGMA journal_mode = WAL;" DB_TOUCHED, e))
		return false;
	while (schema < wanted) {
		if (!step_up(d, wanted, &schema, e))
			return false;
	}
	return true;
}

bool migrate_database(const char *path, int wanted, int *from, struct err *e)
{
	bool is_new = access(path, F_OK) != 0;
	struct err why = { .code = ERR_NONE };
	struct db *d;
	bool done;

	if (wanted < 1 || wanted > migrations_count)
		return err_set(e, ERR_INPUT, "There is no such schema.");
	d = db_open_raw(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, e);
	if (!d)
		return false;
	done = upgrade(d, wanted, from, &why);
	db_close(d);
	if (done)
		return true;
	/* Unless it is busy because somebody else creates it. */
	if (is_new && why.code != ERR_BUSY)
		unlink(path);
	err_set(e, why.code, "%s", why.text);
	return err_detail(e, "%s: %s", path, why.detail);
}
