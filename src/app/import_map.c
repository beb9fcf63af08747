#include "import_map.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "format/csv_read.h"
#include "store/layers.h"

enum { ROWS_MAX = 1024 };

enum map_column {
	MAP_COLUMN,
	MAP_FIELD,
	MAP_TYPE,
	MAP_TITLE,
	MAP_COLUMNS = MAP_TITLE + 3
};

static const char *const names[MAP_COLUMNS] = { "column", "field", "type",
	"title_kk", "title_ru", "title_en" };

struct reading {
	struct csv_reader *csv;
	struct arena *arena;
	int at[MAP_COLUMNS]; /* -1: the file does not have it */
	struct layer_mapping *rows;
	size_t n;
};

static bool find_columns(struct reading *r, struct err *e)
{
	size_t n;
	const struct str *columns = csv_columns(r->csv, &n);

	for (int i = 0; i < MAP_COLUMNS; i++)
		r->at[i] = -1;
	for (size_t k = 0; k < n; k++) {
		int i = 0;

		while (i < MAP_COLUMNS && !str_is(columns[k], names[i]))
			i++;
		if (i == MAP_COLUMNS)
			return err_set(e, ERR_INPUT,
			    "The map has the columns column, field, type, "
			    "title_kk, title_ru, title_en and no others.");
		r->at[i] = (int)k;
	}
	return (r->at[MAP_COLUMN] >= 0 && r->at[MAP_FIELD] >= 0) ||
	       err_set(e, ERR_INPUT,
		   "The map has no columns \"column\" and \"field\".");
}

static bool copy(struct reading *r, struct str *out, const struct str *fields,
    int which, struct err *e)
{
	struct str text = { NULL, 0 };

	if (r->at[which] >= 0)
		text = str_trim(fields[r->at[which]]);
	out->data = arena_copy(r->arena, text.data ? text.data : "", text.len);
	out->len = text.len;
	return out->data || err_no_memory(e);
}

static bool add_row(struct reading *r, const struct str *fields, struct err *e)
{
	struct layer_mapping *m = &r->rows[r->n];
	struct str type;

	if (r->n == ROWS_MAX)
		return err_set(
		    e, ERR_LIMIT, "The map has more than %d rows.", ROWS_MAX);
	if (!copy(r, &m->column, fields, MAP_COLUMN, e) ||
	    !copy(r, &m->field, fields, MAP_FIELD, e) ||
	    !copy(r, &type, fields, MAP_TYPE, e))
		return false;
	for (int i = 0; i < 3; i++)
		if (!copy(r, &m->title[i], fields, MAP_TITLE + i, e))
			return false;
	m->type = layer_type_find(type);
	if (type.len > 0 && m->type == VALUE_NULL)
		return err_set(e, ERR_INPUT,
		    "Line %ld of the map: the type is none of text, int, "
		    "number, bool, day, time.",
		    csv_line(r->csv));
	if (map_find(r->rows, r->n, m->column))
		return err_set(e, ERR_INPUT,
		    "Line %ld of the map: the column stands there twice.",
		    csv_line(r->csv));
	r->n++;
	return true;
}

static bool read_rows(struct reading *r, struct err *e)
{
	const struct str *fields;

	for (;;) {
		struct err why = { .code = ERR_NONE };
		enum csv_result result = csv_next(r->csv, &fields, &why);

		if (result == CSV_RECORD && !add_row(r, fields, e))
			return false;
		if (result == CSV_BAD || why.code != ERR_NONE)
			return err_set(e, why.code, "Line %ld of the map: %s",
			    csv_line(r->csv), why.text);
		if (result == CSV_END)
			return true;
	}
}

static bool read_file(struct reading *r, FILE *in, struct err *e)
{
	bool done;

	r->rows = arena_array(r->arena, ROWS_MAX + 1, sizeof(*r->rows));
	if (!r->rows)
		return err_no_memory(e);
	r->csv = csv_open(in, e);
	if (!r->csv)
		return false;
	done = find_columns(r, e) && read_rows(r, e);
	csv_close(r->csv);
	return done;
}

bool map_read(const char *path, struct arena *a,
    const struct layer_mapping **map, size_t *n, struct err *e)
{
	struct reading r = { .arena = a };
	FILE *in = fopen(path, "rb");
	bool done;

	*map = NULL;
	*n = 0;
	if (!in) {
		err_set(e, errno == ENOENT ? ERR_MISSING : ERR_SYSTEM,
		    "The map cannot be opened.");
		return err_detail(e, "%s", strerror(errno));
	}
	done = read_file(&r, in, e);
	fclose(in);
	if (!done)
		return false;
	*map = r.rows;
	*n = r.n;
	return true;
}

const struct layer_mapping *map_find(
    const struct layer_mapping *map, size_t n, struct str column)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal(map[i].column, column))
			return &map[i];
	return NULL;
}
