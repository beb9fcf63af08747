/* The temporary tables of an import, on disk, not in memory. */
#include "import_private.h"

#include "connection.h"
#include "store/bin.h"

enum { NAME_MEMORY = 16 << 20 };

/* SQLite drops temporary tables when it is told where to keep them, so that
 * those of the figures are made again. */
static const char prepare_temp[] = "PRAGMA temp_store = file;" DB_TOUCHED;

static const char drop_tables[] = "DROP VIEW IF EXISTS temp.stage;"
				  "DROP TABLE IF EXISTS temp.mark;"
				  "DROP TABLE IF EXISTS temp.cells;"
				  "DROP TABLE IF EXISTS temp.stage_key;";

/* What is found out of a record lies apart from what it is, so that noting it
 * does not write all of it anew. */
static const char create_tables[] =
    "CREATE TEMP TABLE mark (n INTEGER PRIMARY KEY, line INTEGER NOT NULL, "
    "refused INTEGER NOT NULL DEFAULT 0, target INTEGER);"
    "CREATE TEMP TABLE stage_key (key TEXT PRIMARY KEY, "
    "line INTEGER NOT NULL) WITHOUT ROWID;";

static bool execute(struct import *i,
    void (*write)(struct buf *b, const struct import_table *t), struct err *e)
{
	buf_reset(&i->scratch);
	write(&i->scratch, i->table);
	buf_add_char(&i->scratch, '\0');
	if (i->scratch.failed)
		return err_no_memory(e);
	return sql_exec(i->db, i->scratch.data, e);
}

static bool create_stage(struct import *i, struct err *e)
{
	if (!execute(i, import_sql_create, e) ||
	    !execute(i, import_sql_view, e))
		return false;
	buf_reset(&i->scratch);
	import_sql_stage(&i->scratch, i->table);
	if (i->scratch.failed)
		return err_no_memory(e);
	i->stage = sql_prepare_once(i->db, buf_str(&i->scratch), e);
	return i->stage != NULL;
}

bool stage_open(struct import *i, struct err *e)
{
	return sql_exec(i->db, prepare_temp, e) &&
	       sql_exec(i->db, drop_tables, e) && issues_begin(i->db, e) &&
	       sql_exec(i->db, create_tables, e) && create_stage(i, e);
}

void stage_close(struct import *i)
{
	struct err ignored = { .code = ERR_NONE };

	sqlite3_finalize(i->stage);
	i->stage = NULL;
	if (!sql_exec(i->db, drop_tables, &ignored))
		return; /* they go with the connection */
}

static void bind(sqlite3_stmt *s, int place, const struct import_column *c,
    const struct value *v)
{
	switch (v->type) {
	case VALUE_NULL:
		sqlite3_bind_null(s, place);
		break;
	case VALUE_NUMBER:
		sqlite3_bind_double(s, place, v->number);
		break;
	case VALUE_TEXT:
	case VALUE_LIST:
		if (c->type == IMPORT_GEOM)
			sqlite3_bind_blob64(
			    s, place, v->text.data, v->text.len, SQLITE_STATIC);
		else
			sqlite3_bind_text64(s, place, v->text.data, v->text.len,
			    SQLITE_STATIC, SQLITE_UTF8);
		break;
	default:
		sqlite3_bind_int64(s, place, v->integer);
	}
}

void import_bind(sqlite3_stmt *s, int first, const struct import_table *t,
    const struct value *values)
{
	for (size_t k = 0; k < t->n_columns; k++)
		if (import_column_is_staged(&t->columns[k]))
			bind(s, first + (int)k, &t->columns[k], &values[k]);
}

bool stage_add(
    struct import *i, long line, const struct value *values, struct err *e)
{
	sqlite3_stmt *mark =
	    sql_prepare(i->db, "INSERT INTO mark (n, line) VALUES (?, ?)", e);

	if (!mark)
		return false;
	sql_bind_int(mark, 1, i->n);
	sql_bind_int(mark, 2, line);
	sqlite3_bind_int64(i->stage, STAGE_N, i->n);
	import_bind(i->stage, STAGE_FIRST, i->table, values);
	return sql_run(i->db, mark, e) && sql_run(i->db, i->stage, e);
}

bool stage_key(
    struct import *i, struct str key, long line, long *first, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    i->db, "INSERT OR IGNORE INTO stage_key VALUES (?, ?)", e);

	if (!s)
		return false;
	sql_bind_text(s, 1, key);
	sql_bind_int(s, 2, line);
	*first = 0;
	if (!sql_run(i->db, s, e))
		return false;
	if (sqlite3_changes(sql_handle(i->db)) > 0)
		return true;
	s = sql_prepare(i->db, "SELECT line FROM stage_key WHERE key = ?", e);
	if (!s)
		return false;
	sql_bind_text(s, 1, key);
	if (sql_step(i->db, s, e) != SQL_ROW)
		return false;
	*first = (long)sql_integer(s, 0);
	sqlite3_reset(s);
	return true;
}

void import_call(struct import *i, struct str name, long number)
{
	i->name = name;
	i->number = number;
}

/* A column is called as the file calls it. */
const char *import_field_name(const struct import *i, const char *field)
{
	int k = import_column_find(i->table, str_from(field));

	return k >= 0 && i->alias[k] ? i->alias[k]->name : field;
}

/* Numbers of people in a name are masked. */
bool import_report(struct import *i, enum import_level level, long line,
    const char *field, const char *reason, struct err *e)
{
	struct import_issue issue = { .level = level,
		.line = line,
		.number = line > 0 ? i->number : 0,
		.field = str_from(import_field_name(i, field)),
		.reason = str_from(reason) };
	struct buf name;
	bool done;

	i->counts.warnings += level == IMPORT_WARNING;
	buf_init(&name, NAME_MEMORY);
	bin_add_masked(&name, i->name);
	issue.name = buf_str(&name);
	done = issues_add(i->db, i->phase, &issue, e);
	buf_free(&name);
	return done;
}

bool import_warn(struct import *i, long line, const char *field,
    const char *reason, struct err *e)
{
	return import_report(i, IMPORT_WARNING, line, field, reason, e);
}
