#include "cql2_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <sqlite3.h>
#include <spatialite.h>

#include "store/functions_filter.h"

enum { ARENA_MAX = 1 << 22, PARAMETER = 3, EXPRESSION_DEPTH = 200 };

struct cql2_base {
	sqlite3 *handle;
	void *spatial;
};

static const char *const columns[] = { "r.name", "r.ascii", "r.count",
	"r.ratio", "r.sum", "r.open", "r.date", "r.until", "r.start",
	"r.\"end\"", "r.tags" };

static const char *column(void *context, int field)
{
	(void)context;
	if (field == CQL2_GEOMETRY)
		return "r.geom";
	return field == CQL2_ID ? "r.id" : columns[field];
}

/* --- the table ------------------------------------------------------------ */

static sqlite3_stmt *prepare(struct cql2_base *b, const char *text)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(b->handle, text, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sqlite3_errmsg(b->handle), text);
	return s;
}

static void bind_value(sqlite3_stmt *s, int place, const struct value *v)
{
	if (v->type == VALUE_TEXT || v->type == VALUE_LIST)
		sqlite3_bind_text(
		    s, place, v->text.data, (int)v->text.len, SQLITE_TRANSIENT);
	else if (v->type == VALUE_NUMBER)
		sqlite3_bind_double(s, place, v->number);
	else if (v->type != VALUE_NULL)
		sqlite3_bind_int64(s, place, v->integer);
}

static void insert(
    struct cql2_base *b, sqlite3_stmt *s, const struct cql2_row *row)
{
	struct buf blob;

	sqlite3_bind_text(s, 1, row->id, -1, SQLITE_STATIC);
	for (int i = 0; i < ROW_FIELDS; i++)
		bind_value(s, i + 2, &row->values[i]);
	buf_init(&blob, SIZE_MAX);
	if (row->geom) {
		geom_add_blob(&blob, row->geom);
		sqlite3_bind_blob(s, ROW_FIELDS + 2, blob.data, (int)blob.len,
		    SQLITE_TRANSIENT);
	}
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_reset(s);
	sqlite3_clear_bindings(s);
	buf_free(&blob);
	(void)b;
}

struct cql2_base *cql2_base_open(const struct cql2_row *rows, size_t n)
{
	struct cql2_base *b = calloc(1, sizeof(*b));
	sqlite3_stmt *s;

	assert_non_null(b);
	assert_int_equal(sqlite3_open(":memory:", &b->handle), SQLITE_OK);
	b->spatial = spatialite_alloc_connection();
	spatialite_init_ex(b->handle, b->spatial, 0);
	assert_true(functions_add_filter(b->handle));
	/* As budgetmap's own connections. */
	sqlite3_limit(b->handle, SQLITE_LIMIT_EXPR_DEPTH, EXPRESSION_DEPTH);
	sqlite3_limit(b->handle, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
	sqlite3_limit(b->handle, SQLITE_LIMIT_VARIABLE_NUMBER, 2000);
	sqlite3_exec(b->handle,
	    "CREATE TABLE record (id TEXT, name TEXT, ascii TEXT, "
	    "count INTEGER, ratio REAL, sum INTEGER, open INTEGER, "
	    "date INTEGER, until INTEGER, start INTEGER, \"end\" INTEGER, "
	    "tags TEXT, geom BLOB)",
	    NULL, NULL, NULL);
	s = prepare(b, "INSERT INTO record VALUES "
		       "(?,?,?,?,?,?,?,?,?,?,?,?,?)");
	for (size_t i = 0; i < n; i++)
		insert(b, s, &rows[i]);
	sqlite3_finalize(s);
	return b;
}

void cql2_base_close(struct cql2_base *b)
{
	sqlite3_close(b->handle);
	spatialite_cleanup_ex(b->spatial);
	free(b);
}

static void bind_all(sqlite3_stmt *s, const struct cql2_sql *sql)
{
	for (size_t i = 0; i < sql->n_binds; i++) {
		const struct cql2_bind *bind = &sql->binds[i];
		int place = PARAMETER + (int)i;

		if (bind->type == CQL2_BIND_INT)
			sqlite3_bind_int64(s, place, bind->integer);
		else if (bind->type == CQL2_BIND_REAL)
			sqlite3_bind_double(s, place, bind->real);
		else if (bind->type == CQL2_BIND_TEXT)
			sqlite3_bind_text(s, place, bind->bytes.data,
			    (int)bind->bytes.len, SQLITE_STATIC);
		else
			sqlite3_bind_blob(s, place, bind->bytes.data,
			    (int)bind->bytes.len, SQLITE_STATIC);
	}
}

void cql2_base_match(struct cql2_base *b, const struct cql2 *f, char *out)
{
	const struct cql2_columns c = { column, NULL };
	struct cql2_sql sql;
	struct arena a;
	struct buf text;
	sqlite3_stmt *s;
	int step;

	arena_init(&a, ARENA_MAX);
	buf_init(&text, ARENA_MAX);
	assert_true(cql2_to_sql(&sql, f, &c, PARAMETER, &a, NULL));
	buf_add_text(&text, "SELECT ");
	buf_add_str(&text, sql.condition);
	buf_add_text(&text, " FROM record r ORDER BY rowid");
	buf_add_char(&text, '\0');
	s = prepare(b, text.data);
	bind_all(s, &sql);
	while ((step = sqlite3_step(s)) == SQLITE_ROW) {
		*out = '?';
		if (sqlite3_column_type(s, 0) != SQLITE_NULL)
			*out = sqlite3_column_int(s, 0) ? '1' : '0';
		out++;
	}
	*out = '\0';
	if (step != SQLITE_DONE)
		fail_msg("%s: %s", sqlite3_errmsg(b->handle), text.data);
	sqlite3_finalize(s);
	buf_free(&text);
	arena_free(&a);
}
