/* The statements of an import, made from the table of its columns. */
#include "import_private.h"

#include <stdio.h>

/* Appends a template with $ and % replaced. */
static void add_template(
    struct buf *b, const char *text, const char *staged, const char *target)
{
	for (; *text; text++) {
		if (*text == '$')
			buf_add_text(b, staged);
		else if (*text == '%')
			buf_add_text(b, target);
		else
			buf_add_char(b, *text);
	}
}

enum { NAME_SIZE = 48 };

static void add_read(struct buf *b, const struct import_column *c)
{
	const struct import_reference *r = import_reference_of(c->type);

	if (r)
		add_template(b, r->read, "", c->target ? c->target : "");
	else if (c->target)
		buf_add_format(b, "t.\"%s\"", c->target);
	else
		buf_add_text(b, "NULL");
}

static void add_write(struct buf *b, const struct import_column *c, int place)
{
	const struct import_reference *r = import_reference_of(c->type);
	char parameter[NAME_SIZE];

	parameter[0] = '?';
	parameter[1] = (char)('0' + place / 10);
	parameter[2] = (char)('0' + place % 10);
	parameter[3] = '\0';
	add_template(b, r && r->write ? r->write : "$", parameter, "");
}

void import_sql_create(struct buf *b, const struct import_table *t)
{
	buf_add_text(b, "CREATE TEMP TABLE cells (n INTEGER PRIMARY KEY");
	for (size_t k = 0; k < t->n_columns; k++)
		if (import_column_is_staged(&t->columns[k]))
			buf_add_format(b, ", \"%s\"", t->columns[k].name);
	buf_add_text(b, ")");
}

void import_sql_view(struct buf *b, const struct import_table *t)
{
	buf_add_text(b, "CREATE TEMP VIEW stage AS "
			"SELECT m.n, m.line, m.refused, m.target");
	for (size_t k = 0; k < t->n_columns; k++)
		if (import_column_is_staged(&t->columns[k]))
			buf_add_format(b, ", c.\"%s\"", t->columns[k].name);
	buf_add_text(b, " FROM mark m CROSS JOIN cells c ON c.n = m.n");
}

void import_sql_stage(struct buf *b, const struct import_table *t)
{
	buf_add_text(b, "INSERT INTO cells (n");
	for (size_t k = 0; k < t->n_columns; k++)
		if (import_column_is_staged(&t->columns[k]))
			buf_add_format(b, ", \"%s\"", t->columns[k].name);
	buf_add_format(b, ") VALUES (?%d", STAGE_N);
	for (size_t k = 0; k < t->n_columns; k++)
		if (import_column_is_staged(&t->columns[k]))
			buf_add_format(b, ", ?%d", STAGE_FIRST + (int)k);
	buf_add_text(b, ")");
}

/* What tells that the stored value shows as the staged one already. CASE, for
 * SQLite computes both sides of an AND. */
static void add_same(struct buf *b, const struct import *i, size_t k)
{
	const struct import_column *c = &i->table->columns[k];
	const char *same = i->alias[k] ? i->alias[k]->same : c->same;
	char staged[NAME_SIZE];

	if (!same) {
		buf_add_text(b, ", 0");
		return;
	}
	snprintf(staged, sizeof(staged), "s.\"%s\"", c->name);
	buf_add_format(
	    b, ", CASE WHEN s.target IS NULL THEN 0 WHEN %s IS ", staged);
	add_read(b, c);
	buf_add_text(b, " THEN 0 ELSE ");
	add_template(b, same, staged, "");
	buf_add_text(b, " END");
}

static void add_walk_column(struct buf *b, const struct import *i, size_t k)
{
	const struct import_column *c = &i->table->columns[k];

	if (!import_column_is_kept(c)) {
		buf_add_text(b, ", NULL, NULL, NULL, NULL");
		return;
	}
	buf_add_format(b, ", s.\"%s\", ", c->name);
	add_read(b, c);
	if (!i->active[k]) {
		buf_add_text(b, ", NULL, NULL");
		return;
	}
	add_same(b, i, k);
	if (c->wins)
		buf_add_format(
		    b, ", CASE WHEN s.target IS NOT NULL THEN %s END", c->wins);
	else
		buf_add_text(b, ", NULL");
}

void import_sql_walk(struct buf *b, const struct import *i)
{
	const struct import_table *t = i->table;

	buf_add_format(b,
	    "SELECT s.n, s.line, coalesce(s.target, 0), coalesce(%s, 0), %s, "
	    "coalesce(%s, 0)",
	    t->owner ? t->owner : "0", t->key, t->gone ? t->gone : "0");
	for (size_t k = 0; k < t->n_columns; k++)
		add_walk_column(b, i, k);
	buf_add_format(b,
	    " FROM stage s LEFT JOIN %s t ON t.id = s.target "
	    "WHERE s.refused = 0 ORDER BY s.n",
	    t->entity);
}

void import_sql_insert(struct buf *b, const struct import_table *t)
{
	buf_add_format(b, "INSERT INTO %s (change", t->entity);
	for (size_t k = 0; k < t->n_columns; k++)
		if (t->columns[k].target)
			buf_add_format(b, ", \"%s\"", t->columns[k].target);
	buf_add_format(b, ") VALUES (?%d", WRITE_CHANGE);
	for (size_t k = 0; k < t->n_columns; k++) {
		if (!t->columns[k].target)
			continue;
		buf_add_text(b, ", ");
		add_write(b, &t->columns[k], WRITE_FIRST + (int)k);
	}
	buf_add_text(b, ")");
}

void import_sql_update(struct buf *b, const struct import *i, bool geom)
{
	const struct import_table *t = i->table;

	buf_add_format(
	    b, "UPDATE %s SET change = ?%d", t->entity, WRITE_CHANGE);
	for (size_t k = 0; k < t->n_columns; k++) {
		const struct import_column *c = &t->columns[k];

		bool told = i->active[k] || (c->flags & COLUMN_ALWAYS);

		if (!c->target || !told || (c->type == IMPORT_GEOM && !geom))
			continue;
		buf_add_format(b, ", \"%s\" = ", c->target);
		add_write(b, c, WRITE_FIRST + (int)k);
	}
	buf_add_format(b, " WHERE id = ?%d", WRITE_ID);
}

void import_sql_read(struct buf *b, const struct import_table *t)
{
	buf_add_format(b, "SELECT t.id, %s, coalesce(%s, 0)", t->key,
	    t->owner ? t->owner : "0");
	for (size_t k = 0; k < t->n_columns; k++) {
		buf_add_text(b, ", ");
		if (import_column_is_kept(&t->columns[k]))
			add_read(b, &t->columns[k]);
		else
			buf_add_text(b, "NULL");
	}
	buf_add_format(b, " FROM %s t", t->entity);
}
