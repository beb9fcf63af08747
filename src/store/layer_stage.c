/* The temporary tables of a layer's import. */
#include "layer_private.h"

#include <string.h>

#include "connection.h"

static const char prepare_temp[] = "PRAGMA temp_store = file;" DB_TOUCHED;

static const char drop_tables[] = "DROP TABLE IF EXISTS temp.layer_stage;"
				  "DROP TABLE IF EXISTS temp.layer_fate;"
				  "DROP TABLE IF EXISTS temp.layer_taken;"
				  "DROP TABLE IF EXISTS temp.layer_free;";

static const char create_tables[] =
    "CREATE TEMP TABLE layer_stage (n INTEGER PRIMARY KEY, "
    "line INTEGER NOT NULL, name TEXT, source_id TEXT, own INTEGER, "
    "attributes BLOB, style TEXT, rest TEXT, geom BLOB, heights TEXT, "
    "sort_key INTEGER NOT NULL, lon REAL, lat REAL, number INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX temp.layer_stage_source ON layer_stage (source_id) "
    "WHERE source_id IS NOT NULL;"
    "CREATE TEMP TABLE layer_fate (n INTEGER PRIMARY KEY, target INTEGER, "
    "fate INTEGER NOT NULL, next TEXT);"
    "CREATE TEMP TABLE layer_taken (id INTEGER PRIMARY KEY);"
    "CREATE TEMP TABLE layer_free (id INTEGER PRIMARY KEY, name TEXT, "
    "named INTEGER NOT NULL, sort_key INTEGER NOT NULL, lon REAL, lat REAL);";

bool layer_stage_open(struct layer_import *i, struct err *e)
{
	return sql_exec(i->db, prepare_temp, e) &&
	       sql_exec(i->db, drop_tables, e) && issues_begin(i->db, e) &&
	       sql_exec(i->db, create_tables, e);
}

void layer_stage_close(struct layer_import *i)
{
	struct err ignored = { .code = ERR_NONE };

	if (!sql_exec(i->db, drop_tables, &ignored))
		return; /* they go with the connection */
}

/* Number of the field, length, text. */
void layer_pack(struct buf *b, int field, struct str value)
{
	uint32_t head[] = { (uint32_t)field, (uint32_t)value.len };

	buf_add(b, head, sizeof(head));
	buf_add_str(b, value);
}

bool layer_unpack(struct str *packed, int *field, struct str *value)
{
	uint32_t head[2];

	if (packed->len < sizeof(head))
		return false;
	memcpy(head, packed->data, sizeof(head));
	packed->data += sizeof(head);
	packed->len -= sizeof(head);
	if (head[1] > packed->len)
		return false;
	*field = (int)head[0];
	*value = (struct str){ packed->data, head[1] };
	packed->data += head[1];
	packed->len -= head[1];
	return true;
}

static void bind_blob(sqlite3_stmt *s, int place, struct str data)
{
	if (data.data)
		sqlite3_bind_blob64(
		    s, place, data.data, data.len, SQLITE_STATIC);
	else
		sqlite3_bind_null(s, place);
}

bool layer_stage_add(
    struct layer_import *i, const struct layer_staged *s, struct err *e)
{
	sqlite3_stmt *to = sql_prepare(i->db,
	    "INSERT INTO layer_stage VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, "
	    "?, ?, ?, ?, ?, ?, ?)",
	    e);

	if (!to)
		return false;
	sql_bind_int(to, 1, s->n);
	sql_bind_int(to, 2, s->line);
	sql_bind_text(to, 3, s->name);
	sql_bind_text(to, 4, s->source_id);
	sql_bind_int(to, 5, s->own);
	bind_blob(to, 6, s->attributes);
	sql_bind_text(to, 7, s->style);
	sql_bind_text(to, 8, s->rest);
	bind_blob(to, 9, s->geom);
	sql_bind_text(to, 10, s->heights);
	sql_bind_int(to, 11, s->key);
	if (s->geom.data) {
		sql_bind_double(to, 12, s->anchor.lon);
		sql_bind_double(to, 13, s->anchor.lat);
	}
	sql_bind_int(to, 14, s->number);
	return sql_run(i->db, to, e);
}

bool layer_stage_find(
    struct layer_import *i, struct str source_id, long *line, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    i->db, "SELECT line FROM layer_stage WHERE source_id = ?", e);
	enum sql_step step;

	*line = 0;
	if (!s)
		return false;
	sql_bind_text(s, 1, source_id);
	step = sql_step(i->db, s, e);
	if (step == SQL_ROW) {
		*line = (long)sql_integer(s, 0);
		sqlite3_reset(s);
	}
	return step != SQL_FAILED;
}

static struct str column_blob(sqlite3_stmt *s, int place)
{
	if (sql_is_null(s, place))
		return (struct str){ NULL, 0 };
	return (struct str){ sqlite3_column_blob(s, place),
		(size_t)sqlite3_column_bytes(s, place) };
}

static void read_staged(struct layer_staged *out, sqlite3_stmt *s)
{
	*out = (struct layer_staged){
		.n = sql_integer(s, 0),
		.line = (long)sql_integer(s, 1),
		.name = sql_text(s, 2),
		.source_id = sql_text(s, 3),
		.own = sql_integer(s, 4),
		.attributes = column_blob(s, 5),
		.style = sql_text(s, 6),
		.rest = sql_text(s, 7),
		.geom = column_blob(s, 8),
		.heights = sql_text(s, 9),
		.key = sql_integer(s, 10),
		.anchor = { sql_double(s, 11), sql_double(s, 12) },
		.number = (long)sql_integer(s, 13),
	};
}

static void tell(const struct layer_import *i, int64_t n)
{
	static const char *const words[] = {
		[PHASE_READ] = "matching",
		[PHASE_COMPARE] = "comparing",
		[PHASE_APPLY] = "writing",
	};

	if (i->options.progress)
		i->options.progress(
		    i->options.context, words[i->phase], n, i->n);
}

bool layer_stage_each(struct layer_import *i, layer_staged_visit *visit,
    void *context, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "SELECT s.n, s.line, s.name, s.source_id, coalesce(s.own, 0), "
	    "s.attributes, s.style, s.rest, s.geom, s.heights, s.sort_key, "
	    "s.lon, s.lat, s.number, "
	    "coalesce(f.target, 0), coalesce(f.fate, 0), f.next "
	    "FROM layer_stage s LEFT JOIN layer_fate f ON f.n = s.n "
	    "ORDER BY s.n",
	    e);
	struct layer_staged staged;
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(i->db, s, e)) == SQL_ROW) {
		arena_reset(&i->record);
		read_staged(&staged, s);
		tell(i, staged.n);
		if (!visit(i, &staged, sql_integer(s, 14),
			(enum layer_fate)sql_integer(s, 15), sql_text(s, 16),
			context, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

bool layer_stage_settle(struct layer_import *i, int64_t n, int64_t target,
    enum layer_fate fate, struct str next, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "INSERT OR REPLACE INTO layer_fate VALUES (?, nullif(?, 0), ?, ?)",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, n);
	sql_bind_int(s, 2, target);
	sql_bind_int(s, 3, fate);
	sql_bind_text(s, 4, next);
	return sql_run(i->db, s, e);
}
