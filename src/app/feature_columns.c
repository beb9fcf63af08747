#include "feature_columns.h"

#include "base/array.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Attributes that say nothing to a project unless the map wants them. */
static const char *const passed_over[] = { "name", "description", "begin",
	"end", "when", "folder", "address", "phoneNumber", "lon", "lat", "wkt",
	"x", "y", "source_id" };

static bool is_passed_over(struct str name)
{
	for (size_t i = 0; i < LENGTH(passed_over); i++)
		if (str_is(name, passed_over[i]))
			return true;
	return false;
}

/* The column of that name, whatever its case; NULL when there is none. */
static const char *find_column(const struct feature_columns *f, struct str name)
{
	const struct import_table *t = f->table;
	const char *column;

	for (size_t k = 0; (column = import_table_column(t, k)); k++)
		if (strlen(column) == name.len &&
		    strncasecmp(column, name.data, name.len) == 0)
			return column;
	return NULL;
}

static bool is_known(const struct feature_columns *f, struct str attribute)
{
	for (size_t i = FIRST_COLUMN; i < f->n; i++)
		if (str_equal(f->attributes[i], attribute))
			return true;
	return false;
}

static bool copy(struct feature_columns *f, struct str *out, struct str text)
{
	out->data = arena_copy(f->life, text.data ? text.data : "", text.len);
	out->len = text.len;
	return out->data != NULL;
}

static bool add_column(struct feature_columns *f, struct str attribute,
    struct str column, struct err *e)
{
	if (f->n == COLUMNS_MAX)
		return err_set(e, ERR_LIMIT, "There are too many attributes.");
	for (size_t i = FIRST_COLUMN; i < f->n && column.len > 0; i++)
		if (str_equal(f->names[i], column))
			return err_set(e, ERR_INPUT,
			    "Two attributes go to the column \"%.*s\".",
			    (int)column.len, column.data);
	if (!copy(f, &f->attributes[f->n], attribute) ||
	    !copy(f, &f->names[f->n], column))
		return err_no_memory(e);
	f->n++;
	return true;
}

/* As many as fit into a sentence. */
static void note_unknown(struct feature_columns *f, struct str name)
{
	size_t len = strlen(f->unknown);

	f->n_unknown++;
	if (len + name.len + 3 > sizeof(f->unknown))
		return;
	snprintf(f->unknown + len, sizeof(f->unknown) - len, "%s%.*s",
	    len > 0 ? ", " : "", (int)name.len, name.data);
	f->n_shown++;
}

/* An attribute that is met first. An empty column leaves it out. */
static bool meet(struct feature_columns *f, struct str name, struct err *e)
{
	const struct layer_mapping *m = map_find(f->map, f->n_map, name);
	const char *column = m ? NULL : find_column(f, name);
	struct str to = m ? m->field : str_from(column);

	if (!m && (str_is(name, "id") || is_passed_over(name)))
		to = (struct str){ NULL, 0 };
	else if (!m && !column)
		note_unknown(f, name);
	return add_column(f, name, to, e);
}

bool feature_columns_meet(
    void *context, const struct foreign_feature *feature, struct err *e)
{
	struct feature_columns *f = context;

	for (size_t k = 0; k < feature->n; k++)
		if (!is_known(f, feature->names[k]) &&
		    !meet(f, feature->names[k], e))
			return false;
	return true;
}

/* What the map makes of the feature's id, and of nothing: constants. */
static bool add_made(struct feature_columns *f, struct err *e)
{
	for (size_t i = 0; i < f->n_map; i++) {
		const struct layer_mapping *m = &f->map[i];

		if ((str_starts(m->column, "=") ||
			str_is(m->column, FEATURE_ID)) &&
		    !add_column(f, m->column, m->field, e))
			return false;
	}
	return true;
}

static bool check_unknown(const struct feature_columns *f, struct err *e)
{
	if (f->n_unknown == 0)
		return true;
	return err_set(e, ERR_INPUT,
	    "There are no columns for: %s%s. Say with --map where they go; an "
	    "empty field leaves one out.",
	    f->unknown, f->n_unknown > f->n_shown ? " ..." : "");
}

void feature_columns_init(
    struct feature_columns *c, const struct import_table *t, struct arena *life)
{
	*c = (struct feature_columns){ .table = t,
		.life = life,
		.names = { str_from("id"), str_from("wkt") },
		.n = FIRST_COLUMN };
}

bool feature_columns_finish(struct feature_columns *c, struct err *e)
{
	return add_made(c, e) && check_unknown(c, e);
}
