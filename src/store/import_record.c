/* One record: its cells, what they refer to, its place, its keys. */
#include "import_private.h"

#include "base/buf.h"
#include "import_cell.h"
#include "import_cell_read.h"

#include <stdio.h>
#include <string.h>

enum { REASON_SIZE = 160 };

/* A record on its way to the stage. */
struct record {
	long line;
	bool good;
	struct str cells[IMPORT_COLUMNS_MAX];
	struct value values[IMPORT_COLUMNS_MAX];
};

static bool refuse(struct import *i, struct record *r, const char *field,
    const char *reason, struct err *e)
{
	r->good = false;
	return import_report(i, IMPORT_REFUSED, r->line, field, reason, e);
}

/* Money can only be read when its unit was told. */
static bool read_cell(
    struct import *i, struct record *r, size_t k, struct err *e)
{
	const struct import_column *c = &i->table->columns[k];
	const struct cell_context x = {
		.unit = i->options.unit, .a = &i->record, .scratch = &i->scratch
	};
	struct err why = { .code = ERR_NONE };

	if (c->type == IMPORT_MONEY && i->options.unit == 0 &&
	    str_trim(r->cells[k]).len > 0)
		return err_set(e, ERR_INPUT,
		    "The file has amounts: say --unit tenge or "
		    "--unit thousand-tenge.");
	if (cell_read(&r->values[k], c, r->cells[k], &x, &why))
		return true;
	if (why.code != ERR_INPUT)
		return err_set(e, why.code, "%s", why.text);
	return refuse(i, r, c->name, why.text, e);
}

static bool is_read(const struct import *i, size_t k)
{
	const struct import_column *c = &i->table->columns[k];

	return i->in_file[k] && c->type != IMPORT_WKT &&
	       c->type != IMPORT_DERIVED;
}

/* Cells that are missing where none may be are refused only when nothing else
 * was said of them. */
static bool read_cells(struct import *i, struct record *r, struct err *e)
{
	for (size_t k = 0; k < i->table->n_columns; k++) {
		const struct import_column *c = &i->table->columns[k];
		struct value *v = &r->values[k];
		bool had = r->good;

		*v = cell_empty(c);
		if (is_read(i, k)) {
			r->good = true;
			if (!read_cell(i, r, k, e))
				return false;
			if (!r->good)
				continue;
			r->good = had;
		}
		if (v->type == VALUE_NULL)
			*v = i->defaults[k];
		if (v->type == VALUE_NULL && i->active[k] &&
		    (c->flags & COLUMN_REQUIRED) &&
		    !refuse(i, r, c->name, "is missing", e))
			return false;
	}
	return true;
}

static bool look_up(struct import *i, struct record *r,
    const struct import_column *c, struct str text, struct err *e)
{
	const struct import_reference *ref = import_reference_of(c->type);
	sqlite3_stmt *s = sql_prepare(i->db, ref->find, e);
	enum sql_step step;
	bool gone;

	if (!s)
		return false;
	sql_bind_text(s, 1, text);
	step = sql_step(i->db, s, e);
	if (step == SQL_FAILED)
		return false;
	if (step == SQL_DONE)
		return refuse(i, r, c->name, ref->missing, e);
	gone = sql_integer(s, 0) != 0;
	sqlite3_reset(s);
	return !gone || refuse(i, r, c->name, "is withdrawn", e);
}

static bool check_district(struct import *i, struct record *r,
    const struct import_column *c, struct str kato, struct err *e)
{
	static const char *const reasons[] = {
		[TERRITORY_UNKNOWN] = "is not the KATO of a district of the "
				      "oblast",
		[TERRITORY_OLD] = "is a KATO of before 2018: codes of the "
				  "oblast begin with 61 now",
		[TERRITORY_OBLAST] = NULL,
		[TERRITORY_KNOWN] = NULL,
	};
	const char *reason = reasons[territory_look_up(i->territory, kato)];

	return !reason || refuse(i, r, c->name, reason, e);
}

static bool check_list(struct import *i, struct record *r,
    const struct import_column *c, struct str list, struct err *e)
{
	while (list.data)
		if (!look_up(i, r, c, str_cut(&list, ';'), e))
			return false;
	return true;
}

static bool check_references(struct import *i, struct record *r, struct err *e)
{
	for (size_t k = 0; k < i->table->n_columns; k++) {
		const struct import_column *c = &i->table->columns[k];
		const struct value *v = &r->values[k];
		bool done = true;

		if (v->type != VALUE_TEXT && v->type != VALUE_LIST)
			continue;
		if (c->type == IMPORT_DISTRICT)
			done = check_district(i, r, c, v->text, e);
		else if (c->type == IMPORT_ORGANISATIONS)
			done = check_list(i, r, c, v->text, e);
		else if (import_reference_of(c->type))
			done = look_up(i, r, c, v->text, e);
		if (!done)
			return false;
	}
	return true;
}

static void add_key_part(struct buf *b, const struct value *v)
{
	enum { UNIT_SEPARATOR = 0x1F };

	buf_add_char(b, UNIT_SEPARATOR);
	if (v->type == VALUE_TEXT)
		buf_add_str(b, v->text);
	else
		buf_add_int(b, v->integer);
}

/* Puts key number which into the scratch; false when the record has none. */
static bool make_key(struct import *i, const struct record *r, int which)
{
	const char *const *names = i->table->keys[which];

	buf_reset(&i->scratch);
	buf_add_int(&i->scratch, which);
	for (int p = 0; p < IMPORT_KEYS_MAX && names[p]; p++) {
		int k = import_column_find(i->table, str_from(names[p]));

		if (r->values[k].type == VALUE_NULL)
			return false;
		add_key_part(&i->scratch, &r->values[k]);
	}
	return names[0] != NULL;
}

static bool check_keys(struct import *i, struct record *r, struct err *e)
{
	const char *field = i->table->keys[0][0];
	char reason[REASON_SIZE];
	bool any = false;

	for (int which = 0; which < 2; which++) {
		long first;

		if (!make_key(i, r, which))
			continue;
		any = true;
		if (!stage_key(i, buf_str(&i->scratch), r->line, &first, e))
			return false;
		if (first == 0)
			continue;
		snprintf(reason, sizeof(reason),
		    "is a record that stands in line %ld already", first);
		return refuse(i, r, i->table->keys[which][0], reason, e);
	}
	if (any)
		return true;
	i->keyless = i->keyless || r->good; /* or the key itself is refused */
	return i->table->key_optional || !r->good ||
	       refuse(i, r, field, "is missing", e);
}

static bool check_record(struct import *i, struct record *r, struct err *e)
{
	return (!i->table->prepare ||
		   i->table->prepare(i, r->line, r->cells, e)) &&
	       read_cells(i, r, e) && check_references(i, r, e) &&
	       import_place_read(
		   i, r->line, r->cells, r->values, &r->good, e) &&
	       check_keys(i, r, e);
}

bool import_add(
    struct import *i, long line, const struct str *fields, struct err *e)
{
	struct record r = { .line = line, .good = true };

	arena_reset(&i->record);
	i->n = i->n < i->number ? i->number : i->n + 1;
	i->counts.records++;
	for (size_t f = 0; f < i->n_fields; f++)
		if (i->slots[f] != IMPORT_NO_COLUMN)
			r.cells[i->slots[f]] = fields[f];
	if (!check_record(i, &r, e))
		return false;
	if (r.good)
		return stage_add(i, line, r.values, e);
	i->counts.refused++;
	return true;
}

bool import_tell(struct import *i, long line, const char *text, struct err *e)
{
	return import_warn(i, line, "", text, e);
}

bool import_refuse(
    struct import *i, long line, const char *reason, struct err *e)
{
	i->counts.records++;
	i->counts.refused++;
	return import_report(i, IMPORT_REFUSED, line, "", reason, e);
}
