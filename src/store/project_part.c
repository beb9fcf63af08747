#include "store/part_tables.h"
#include "store/projects.h"
#include "store/sql.h"

const char *project_part_name(enum project_part part)
{
	return part_tables[part].name;
}

const struct part_column *project_part_columns(
    enum project_part part, size_t *n)
{
	*n = part_tables[part].n_columns;
	return part_tables[part].columns;
}

static void read_cell(
    struct part_cell *cell, sqlite3_stmt *s, int at, enum part_type type)
{
	*cell = (struct part_cell){ .null = sql_is_null(s, at) };
	if (cell->null)
		return;
	if (type == PART_TEXT)
		cell->text = sql_text(s, at);
	else if (type == PART_NUMBER)
		cell->number = sql_double(s, at);
	else
		cell->integer = sql_integer(s, at);
}

bool projects_part(struct db *d, int64_t id, enum project_part part,
    part_visit *visit, void *context, struct err *e)
{
	const struct part_table *t = &part_tables[part];
	struct part_cell cells[PART_COLUMNS_MAX];
	sqlite3_stmt *s = sql_prepare(d, t->sql, e);
	enum sql_step step;
	size_t i;

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		for (i = 0; i < t->n_columns; i++)
			read_cell(&cells[i], s, (int)i, t->columns[i].type);
		if (!visit(context, cells, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}
