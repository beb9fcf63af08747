#include "import_private.h"

#include "base/mem.h"
#include "import_cell.h"
#include "store/bin.h"

#include <string.h>
#include <strings.h>

enum {
	RECORD_MEMORY = 64 << 20,
	LIFE_MEMORY = 1 << 20,
	SCRATCH_MEMORY = 16 << 20,
	NAME_MAX = 60
};

/* The name of a column, when it can be shown. */
static bool unknown_column(struct str name, size_t at, struct err *e)
{
	bool plain = name.len > 0 && name.len <= NAME_MAX;

	for (size_t n = 0; n < name.len && plain; n++) {
		char c = name.data[n];

		plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			c == '_' || c == ' ';
	}
	if (plain)
		return err_set(e, ERR_INPUT, "There is no column \"%.*s\".",
		    (int)name.len, name.data);
	return err_set(
	    e, ERR_INPUT, "Column %zu has a name that is unknown.", at + 1);
}

static bool is_called(struct str header, const char *name)
{
	return header.len == strlen(name) &&
	       strncasecmp(header.data, name, header.len) == 0;
}

/* GDAL writes "WKT" and "X"; so the case of a header says nothing. */
static int find_column(const struct import_table *t, struct str header)
{
	for (size_t k = 0; k < t->n_columns; k++)
		if (is_called(header, t->columns[k].name))
			return (int)k;
	return IMPORT_NO_COLUMN;
}

/* The column a header means. The other name is passed over when its column is
 * there too. */
static bool map_column(
    struct import *i, const struct str *columns, size_t f, struct err *e)
{
	const struct import_table *t = i->table;
	int k = find_column(t, columns[f]);
	const struct import_column *c;

	i->slots[f] = IMPORT_NO_COLUMN;
	if (k < 0 || (t->columns[k].flags & COLUMN_HIDDEN))
		return unknown_column(columns[f], f, e);
	c = &t->columns[k];
	if (c->alias) {
		for (size_t n = 0; n < i->n_fields; n++)
			if (is_called(columns[n], c->alias))
				return true;
		k = import_column_find(t, str_from(c->alias));
		i->alias[k] = c;
	}
	if (c->type == IMPORT_DERIVED)
		return true;
	if (i->in_file[k])
		return err_set(
		    e, ERR_INPUT, "The column \"%s\" stands twice.", c->name);
	i->slots[f] = k;
	i->in_file[k] = true;
	i->active[k] = import_column_is_kept(&t->columns[k]);
	return true;
}

static int column(const struct import *i, const char *name)
{
	return import_column_find(i->table, str_from(name));
}

void import_place_find(struct import_place *p, const struct import_table *t)
{
	*p = (struct import_place){
		.lon = import_column_find(t, str_from("lon")),
		.lat = import_column_find(t, str_from("lat")),
		.wkt = import_column_find(t, str_from("wkt")),
		.geom = import_column_find(t, str_from("geom")),
		.district = import_column_find(t, str_from("district")),
	};
}

static void find_place(struct import *i)
{
	struct import_place *p = &i->place;

	import_place_find(p, i->table);
	if (p->geom >= 0)
		i->active[p->geom] = i->in_file[p->lon] || i->in_file[p->lat] ||
				     i->in_file[p->wkt];
}

static bool map_columns(
    struct import *i, const struct str *columns, size_t n, struct err *e)
{
	i->n_fields = n;
	i->slots = arena_array(&i->life, n, sizeof(*i->slots));
	if (!i->slots)
		return err_no_memory(e);
	for (size_t f = 0; f < n; f++)
		if (!map_column(i, columns, f, e))
			return false;
	find_place(i);
	return true;
}

/* A key must stand in the header. */
static bool check_keys(const struct import *i, struct err *e)
{
	for (int which = 0; which < 2; which++) {
		const char *const *names = i->table->keys[which];
		int k = names[0] ? column(i, names[0]) : -1;

		if (k >= 0 && i->in_file[k])
			return true;
	}
	if (i->table->key_optional)
		return true;
	return err_set(e, ERR_INPUT, "The column \"%s\" is missing.",
	    i->table->keys[0][0]);
}

static bool default_source(struct import *i, struct err *e)
{
	int k = column(i, "source");
	const struct cell_context x = { .a = &i->life, .scratch = &i->scratch };
	struct err why = { .code = ERR_NONE };

	if (k < 0 || !i->options.source)
		return true;
	if (!cell_read(&i->defaults[k], &i->table->columns[k],
		str_from(i->options.source), &x, &why))
		return why.code == ERR_INPUT
			   ? err_set(e, ERR_INPUT, "The text of --source %s.",
				 why.text)
			   : err_set(e, why.code, "%s", why.text);
	i->active[k] = true;
	return true;
}

static bool set_defaults(struct import *i, struct err *e)
{
	int k = column(i, "as_of");

	if (k >= 0 && i->options.as_of) {
		i->defaults[k] = (struct value){ .type = VALUE_DAY,
			.integer = i->options.as_of };
		i->active[k] = true;
	}
	return default_source(i, e);
}

static bool check_scope(const struct import *i, struct err *e)
{
	const struct import_table *t = i->table;
	const char *named = t == &import_projects ? "district" : NULL;

	if (i->options.replace == IMPORT_KEEP)
		return true;
	if (i->options.replace == IMPORT_REPLACE_SOURCE) {
		if (!t->source.stored)
			return err_set(e, ERR_INPUT,
			    "Records of %s are never withdrawn by an import.",
			    t->name);
		return i->active[column(i, "source")] ||
		       err_set(e, ERR_INPUT,
			   "--replace-scope source needs the column \"source\" "
			   "or --source.");
	}
	if (!t->kato.stored)
		return err_set(e, ERR_INPUT,
		    "Records of %s are never withdrawn by district.", t->name);
	return !named || i->in_file[column(i, named)] ||
	       err_set(e, ERR_INPUT,
		   "--replace-scope kato needs the column \"district\".");
}

static bool open_all(
    struct import *i, const struct str *columns, size_t n, struct err *e)
{
	if (!map_columns(i, columns, n, e) || !check_keys(i, e) ||
	    !set_defaults(i, e) || !check_scope(i, e) || !stage_open(i, e) ||
	    !sql_exec(i->db, "BEGIN", e))
		return false;
	i->territory = territory_open(i->db, e);
	if (!i->territory)
		return false;
	return !territory_is_empty(i->territory) ||
	       import_warn(i, 0, "",
		   "no districts are stored yet, so places and KATO codes "
		   "could "
		   "not be checked",
		   e);
}

struct import *import_open(struct db *d, const struct import_table *t,
    const struct import_options *o, const struct str *columns, size_t n,
    struct err *e)
{
	struct import *i = mem_alloc(sizeof(*i));

	if (!i) {
		err_no_memory(e);
		return NULL;
	}
	memset(i, 0, sizeof(*i));
	i->db = d;
	i->table = t;
	i->options = *o;
	arena_init(&i->life, LIFE_MEMORY);
	arena_init(&i->record, RECORD_MEMORY);
	buf_init(&i->scratch, SCRATCH_MEMORY);
	if (open_all(i, columns, n, e))
		return i;
	import_close(i);
	return NULL;
}

void import_close(struct import *i)
{
	if (!i)
		return;
	db_write_rollback(i->db);
	stage_close(i);
	territory_close(i->territory);
	buf_free(&i->scratch);
	arena_free(&i->record);
	arena_free(&i->life);
	mem_free(i);
}
