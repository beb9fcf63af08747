#include "store/sql.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/mem.h"
#include "query/project.h"
#include "store/connection.h"

/* SQLite's primary result codes by what the caller can do. */
static const struct {
	int code;
	enum err_code as;
	const char *text;
} failures[] = {
	{ SQLITE_BUSY, ERR_BUSY,
	    "Somebody else is writing to the database; try again." },
	{ SQLITE_LOCKED, ERR_BUSY,
	    "Somebody else is writing to the database; try again." },
	{ SQLITE_CORRUPT, ERR_DAMAGED, "The database is damaged." },
	{ SQLITE_NOTADB, ERR_DAMAGED, "The file is not a database." },
	{ SQLITE_CANTOPEN, ERR_SYSTEM, "The database cannot be opened." },
	{ SQLITE_PERM, ERR_SYSTEM, "The database may not be opened." },
	{ SQLITE_READONLY, ERR_SYSTEM, "The database may not be written." },
	{ SQLITE_FULL, ERR_SYSTEM, "The disk is full." },
	{ SQLITE_IOERR, ERR_SYSTEM, "The disk failed." },
	{ SQLITE_NOMEM, ERR_MEMORY, "out of memory" },
	{ SQLITE_INTERRUPT, ERR_LIMIT, "The database took too long." },
	{ SQLITE_TOOBIG, ERR_LIMIT, "A record is too large." },
	{ SQLITE_CONSTRAINT, ERR_CONFLICT,
	    "A record contradicts the rules of the database." },
};

sqlite3 *sql_handle(struct db *d)
{
	return d->handle;
}

bool sql_fail(struct db *d, struct err *e)
{
	int code = sqlite3_errcode(d->handle) & 0xFF;
	size_t i;

	for (i = 0; i < LENGTH(failures); i++) {
		if (failures[i].code == code)
			break;
	}
	if (i < LENGTH(failures))
		err_set(e, failures[i].as, "%s", failures[i].text);
	else
		err_set(e, ERR_SYSTEM, "The database failed.");
	return err_detail(e, "%s", sqlite3_errmsg(d->handle));
}

static bool make_room(struct db *d, struct err *e)
{
	size_t size = d->cached_size ? d->cached_size * 2 : 32;
	struct sql_cached *more;

	if (d->n_cached < d->cached_size)
		return true;
	more = mem_realloc(d->cached, size * sizeof(*more));
	if (!more)
		return err_no_memory(e);
	d->cached = more;
	d->cached_size = size;
	return true;
}

static sqlite3_stmt *find_cached(struct db *d, const char *text)
{
	size_t i;

	for (i = 0; i < d->n_cached; i++) {
		if (d->cached[i].asked == text &&
		    strcmp(d->cached[i].text, text) == 0)
			return d->cached[i].statement;
	}
	for (i = 0; i < d->n_cached; i++) {
		if (strcmp(d->cached[i].text, text) == 0)
			return d->cached[i].statement;
	}
	return NULL;
}

sqlite3_stmt *sql_prepare(struct db *d, const char *text, struct err *e)
{
	sqlite3_stmt *s = find_cached(d, text);

	if (s) {
		sqlite3_reset(s);
		sqlite3_clear_bindings(s);
		return s;
	}
	if (!make_room(d, e))
		return NULL;
	if (sqlite3_prepare_v3(d->handle, text, -1, SQLITE_PREPARE_PERSISTENT,
		&s, NULL) != SQLITE_OK) {
		sql_fail(d, e);
		return NULL;
	}
	d->cached[d->n_cached].asked = text;
	d->cached[d->n_cached].text = sqlite3_sql(s);
	d->cached[d->n_cached++].statement = s;
	return s;
}

sqlite3_stmt *sql_prepare_once(struct db *d, struct str text, struct err *e)
{
	sqlite3_stmt *s = NULL;

	if (text.len > INT32_MAX) {
		err_set(e, ERR_LIMIT, "A statement is too long.");
		return NULL;
	}
	if (sqlite3_prepare_v2(d->handle, text.data, (int)text.len, &s, NULL) !=
	    SQLITE_OK) {
		sql_fail(d, e);
		return NULL;
	}
	return s;
}

enum sql_step sql_step(struct db *d, sqlite3_stmt *s, struct err *e)
{
	int code = sqlite3_step(s);

	if (code == SQLITE_ROW)
		return SQL_ROW;
	if (code != SQLITE_DONE)
		sql_fail(d, e);
	sqlite3_reset(s);
	return code == SQLITE_DONE ? SQL_DONE : SQL_FAILED;
}

bool sql_run(struct db *d, sqlite3_stmt *s, struct err *e)
{
	enum sql_step step;

	do
		step = sql_step(d, s, e);
	while (step == SQL_ROW);
	return step == SQL_DONE;
}

bool sql_exec(struct db *d, const char *text, struct err *e)
{
	if (sqlite3_exec(d->handle, text, NULL, NULL, NULL) != SQLITE_OK)
		return sql_fail(d, e);
	return true;
}

bool sql_int(struct db *d, const char *text, int64_t fallback, int64_t *out,
    struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d, text, e);
	enum sql_step step;

	if (!s)
		return false;
	step = sql_step(d, s, e);
	if (step == SQL_FAILED)
		return false;
	*out = fallback;
	if (step == SQL_ROW && !sql_is_null(s, 0))
		*out = sql_integer(s, 0);
	sqlite3_reset(s);
	return true;
}

/* Text and blobs are bound without a copy: the caller keeps them. Lengths fit,
 * as every buf and arena is bounded far below 2 GB. */
void sql_bind_text(sqlite3_stmt *s, int place, struct str text)
{
	if (text.data)
		sqlite3_bind_text64(
		    s, place, text.data, text.len, SQLITE_STATIC, SQLITE_UTF8);
	else
		sqlite3_bind_null(s, place);
}

void sql_bind_blob(sqlite3_stmt *s, int place, struct str bytes)
{
	sqlite3_bind_blob64(s, place, bytes.data, bytes.len, SQLITE_STATIC);
}

void sql_bind_int(sqlite3_stmt *s, int place, int64_t value)
{
	sqlite3_bind_int64(s, place, value);
}

void sql_bind_double(sqlite3_stmt *s, int place, double value)
{
	sqlite3_bind_double(s, place, value);
}

void sql_bind_money(sqlite3_stmt *s, int place, int64_t tiyn)
{
	if (tiyn == MONEY_UNKNOWN)
		sqlite3_bind_null(s, place);
	else
		sqlite3_bind_int64(s, place, tiyn);
}

void sql_bind_day(sqlite3_stmt *s, int place, int32_t day)
{
	if (day == 0)
		sqlite3_bind_null(s, place);
	else
		sqlite3_bind_int(s, place, day);
}

void sql_bind_null(sqlite3_stmt *s, int place)
{
	sqlite3_bind_null(s, place);
}

bool sql_bind_geom(sqlite3_stmt *s, int place, const struct geom *g,
    struct buf *scratch, struct err *e)
{
	if (!g) {
		sqlite3_bind_null(s, place);
		return true;
	}
	buf_reset(scratch);
	geom_add_blob(scratch, g);
	if (scratch->failed)
		return err_no_memory(e);
	sqlite3_bind_blob64(
	    s, place, scratch->data, scratch->len, SQLITE_STATIC);
	return true;
}

bool sql_is_null(sqlite3_stmt *s, int place)
{
	return sqlite3_column_type(s, place) == SQLITE_NULL;
}

/* A connection belongs to one thread, so that its values need no protection. */
struct str sql_text(sqlite3_stmt *s, int place)
{
	sqlite3_value *v = sqlite3_column_value(s, place);
	const char *data = (const char *)sqlite3_value_text(v);

	return (struct str){ data, (size_t)sqlite3_value_bytes(v) };
}

int64_t sql_integer(sqlite3_stmt *s, int place)
{
	return sqlite3_column_int64(s, place);
}

double sql_double(sqlite3_stmt *s, int place)
{
	double value = sqlite3_column_double(s, place);

	return isfinite(value) ? value : 0;
}

int64_t sql_money(sqlite3_stmt *s, int place)
{
	sqlite3_value *v = sqlite3_column_value(s, place);

	if (sqlite3_value_type(v) == SQLITE_NULL)
		return MONEY_UNKNOWN;
	return sqlite3_value_int64(v);
}

int32_t sql_day(sqlite3_stmt *s, int place)
{
	return sqlite3_column_int(s, place);
}

bool sql_geom(sqlite3_stmt *s, int place, struct arena *a,
    const struct geom **out, struct err *e)
{
	const struct geom *g;
	const void *data;

	if (sql_is_null(s, place)) {
		*out = NULL;
		return true;
	}
	data = sqlite3_column_blob(s, place);
	g = geom_from_blob(a, data, (size_t)sqlite3_column_bytes(s, place), e);
	if (!g)
		return false;
	*out = g;
	return true;
}
