#include "layer_private.h"

#include <string.h>

#include "base/array.h"
#include "base/mem.h"
#include "geo/hilbert.h"
#include "store/bin.h"

enum {
	LIFE_MEMORY = 64 << 20,
	RECORD_MEMORY = 256 << 20,
	SCRATCH_MEMORY = 128 << 20,
	SUFFIX_SIZE = 16
};

static const char *const kind_names[] = { "", "#line", "#point" };

/* --- the report --------------------------------------------------------------
 */

/* A name that people read; numbers of people are masked. */
bool layer_report(struct layer_import *i, enum import_level level, long line,
    struct str name, const char *field, const char *reason, struct err *e)
{
	struct import_issue issue = { .level = level,
		.line = line,
		.number = line > 0 ? i->number : 0,
		.field = str_from(field),
		.reason = str_from(reason) };

	buf_reset(&i->text);
	bin_add_masked(&i->text, name);
	issue.name = buf_str(&i->text);
	return issues_add(i->db, i->phase, &issue, e);
}

void layer_import_call(struct layer_import *i, long number)
{
	i->number = number;
}

bool layer_import_tell(struct layer_import *i, enum import_level level,
    long line, struct str name, const char *text, struct err *e)
{
	if (level == IMPORT_REFUSED) {
		i->counts.records++;
		i->counts.refused++;
	}
	i->counts.warnings += level == IMPORT_WARNING;
	return layer_report(i, level, line, name, "", text, e);
}

/* --- a feature
 * ---------------------------------------------------------------- */

/* What is found of a record's columns. */
struct columns {
	struct str id; /* what the source calls the feature */
	bool has_source_id;
	bool used[LAYER_FIELDS_MAX];
};

static bool refuse(struct layer_import *i, const struct layer_record *r,
    const char *field, const char *reason, bool *good, struct err *e)
{
	*good = false;
	return layer_report(
	    i, IMPORT_REFUSED, r->line, r->name, field, reason, e);
}

static bool has_column(const struct layer_record *r, const char *name)
{
	for (size_t k = 0; k < r->n; k++)
		if (str_is(r->names[k], name) && r->values[k].len > 0)
			return true;
	return false;
}

/* "id" is what our exports and many others call the feature itself. */
static bool is_own_id(const struct layer_record *r, const struct columns *c,
    size_t k, struct columns *out)
{
	if (!str_is(r->names[k], "id"))
		return false;
	if (c->has_source_id || str_equal(r->values[k], r->id))
		return true;
	if (r->id.len > 0)
		return false;
	out->id = r->values[k];
	return true;
}

/* A column that stands in a feature again gets a field of its own. */
static bool find_another(struct layer_import *i, struct str column,
    const struct columns *c, int *field, struct err *e)
{
	for (int n = 2; *field >= 0 && c->used[*field]; n++) {
		buf_reset(&i->text);
		buf_add_str(&i->text, column);
		buf_add_format(&i->text, " %d", n);
		if (i->text.failed)
			return err_no_memory(e);
		if (!layer_fields_find(
			&i->columns, buf_str(&i->text), field, e))
			return false;
	}
	return true;
}

static bool add_value(struct layer_import *i, const struct layer_record *r,
    size_t k, struct columns *c, bool *good, struct err *e)
{
	struct layer_field *f;
	int field;

	if (r->values[k].len == 0 || is_own_id(r, c, k, c))
		return true;
	if (!layer_fields_find(&i->columns, r->names[k], &field, e))
		return false;
	if (!find_another(i, r->names[k], c, &field, e))
		return false;
	if (field == LAYER_COLUMN_ID)
		c->id = r->values[k];
	if (field < 0)
		return true;
	f = &i->columns.list[field];
	if (bin_has_person(r->values[k]))
		return refuse(i, r, f->attribute.field.name,
		    "holds a person's number (IIN)", good, e);
	c->used[field] = true;
	layer_field_see(f, r->values[k], r->types[k]);
	if (f->fixed) {
		struct value ignored;

		if (!layer_value_read(&ignored, f->fixed, r->values[k]))
			return refuse(i, r, f->attribute.field.name,
			    "is not of the type that the map tells", good, e);
	}
	layer_pack(&i->scratch, field, r->values[k]);
	return true;
}

/* "NAME.12" is what our exports call a feature that had no name of its own. */
static int64_t own_id(const struct layer_import *i, struct str id)
{
	size_t len = strlen(i->options.name);
	int64_t number;

	if (id.len <= len + 1 || memcmp(id.data, i->options.name, len) != 0 ||
	    id.data[len] != '.' ||
	    !str_to_int64(
		(struct str){ id.data + len + 1, id.len - len - 1 }, &number))
		return 0;
	return number;
}

/* Parts of one geometry need names of their own. */
static bool name_part(struct layer_import *i, const struct layer_record *r,
    struct str *id, struct err *e)
{
	struct buf b;

	if (r->part <= 1 || id->len == 0)
		return true;
	buf_init(&b, id->len + SUFFIX_SIZE);
	buf_add_str(&b, *id);
	buf_add_text(
	    &b, kind_names[r->geom && r->geom->type % 3 == GEOM_LINE ? 1 : 2]);
	id->data = arena_copy(&i->record, b.data, b.len);
	id->len = b.len;
	buf_free(&b);
	return id->data || err_no_memory(e);
}

static bool check_id(struct layer_import *i, const struct layer_record *r,
    struct layer_staged *s, struct str id, struct err *e)
{
	long first;

	if (id.len == 0)
		return true;
	if (bin_has_person(id))
		return layer_import_tell(i, IMPORT_WARNING, r->line, r->name,
		    "its id may be a person's number: it is taken without one",
		    e);
	if (!name_part(i, r, &id, e))
		return false;
	s->own = own_id(i, id);
	if (s->own)
		return true;
	if (!layer_stage_find(i, id, &first, e))
		return false;
	if (first > 0)
		return layer_import_tell(i, IMPORT_WARNING, r->line, r->name,
		    "its id stands twice in the file: it is taken without one",
		    e);
	s->source_id = id;
	return true;
}

static bool put_geom(struct layer_import *i, struct layer_staged *s,
    const struct geom *g, struct err *e)
{
	struct str blob;

	s->key = HILBERT_NOWHERE;
	if (!g)
		return true;
	buf_reset(&i->text);
	geom_add_blob(&i->text, g);
	blob = buf_str(&i->text);
	s->geom.data = arena_copy(&i->record, blob.data, blob.len);
	s->geom.len = blob.len;
	if (i->text.failed || !s->geom.data)
		return err_no_memory(e);
	s->anchor = geom_anchor(g);
	s->key = hilbert_of(s->anchor.lon, s->anchor.lat);
	return true;
}

static bool check_rest(struct layer_import *i, const struct layer_record *r,
    bool *good, struct err *e)
{
	if (!bin_has_person(r->style) && !bin_has_person(r->rest) &&
	    !bin_has_person(r->name))
		return true;
	return refuse(i, r, "", "holds a person's number (IIN)", good, e);
}

static bool stage(struct layer_import *i, const struct layer_record *r,
    bool *good, struct err *e)
{
	struct layer_staged s = { .line = r->line,
		.number = r->number,
		.name = r->name,
		.style = r->style,
		.rest = r->rest };
	struct columns c = { .id = r->id,
		.has_source_id = has_column(r, LAYER_SOURCE_ID) };
	const struct geom *g, *told = NULL;

	buf_reset(&i->scratch);
	i->columns.expected = 0;
	if (!check_rest(i, r, good, e))
		return false;
	for (size_t k = 0; k < r->n; k++)
		if (!add_value(i, r, k, &c, good, e))
			return false;
	if (!layer_place(i, r, &g, &told, good, e))
		return false;
	if (!*good)
		return true;
	s.n = ++i->n;
	s.attributes = buf_str(&i->scratch);
	if (!s.attributes.data)
		s.attributes = str_from("");
	if (i->scratch.failed)
		return err_no_memory(e);
	return check_id(i, r, &s, c.id, e) && put_geom(i, &s, g, e) &&
	       layer_heights(i, r, told, g, &s.heights, e) &&
	       layer_stage_add(i, &s, e);
}

bool layer_import_add(
    struct layer_import *i, const struct layer_record *r, struct err *e)
{
	bool good = true;

	arena_reset(&i->record);
	i->number = r->number;
	i->counts.records++;
	if (!stage(i, r, &good, e))
		return false;
	i->counts.refused += !good;
	return true;
}

/* Archives have several files. */
static bool append(
    struct layer_import *i, struct str *to, struct str more, struct err *e)
{
	struct buf b;

	buf_init(&b, LIFE_MEMORY);
	buf_add_str(&b, *to);
	buf_add_str(&b, more);
	to->data = arena_copy(&i->life, b.len > 0 ? b.data : "", b.len);
	to->len = b.len;
	buf_free(&b);
	return to->data || err_no_memory(e);
}

bool layer_import_document(struct layer_import *i, struct str style,
    struct str rest, const struct str *columns, const struct str *titles,
    size_t n, struct err *e)
{
	if (bin_has_person(style) || bin_has_person(rest)) {
		if (!layer_report(i, IMPORT_WARNING, 0, str_from(""), "",
			"what the file says of itself holds a person's number "
			"(IIN): left out",
			e))
			return false;
	} else if (!append(i, &i->style, style, e) ||
		   !append(i, &i->rest, rest, e)) {
		return false;
	}
	for (size_t k = 0; k < n; k++)
		if (!layer_fields_title(&i->columns, columns[k], titles[k], e))
			return false;
	return true;
}

/* --- opening and closing
 * ------------------------------------------------------- */

static bool check_name(const char *name, struct err *e)
{
	static const char *const taken[] = { "projects", "districts",
		"feedback" };
	size_t len = strlen(name);

	for (size_t k = 0; k < LENGTH(taken); k++)
		if (strcmp(name, taken[k]) == 0)
			return err_set(e, ERR_INPUT,
			    "A layer cannot be called \"%s\".", taken[k]);
	if (len == 0 || len > LAYER_NAME_MAX || name[0] < 'a' ||
	    name[0] > 'z' ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != len)
		return err_set(e, ERR_INPUT,
		    "A layer's name is letters a to z, digits and '_', at most "
		    "%d of them, and begins with a letter.",
		    LAYER_NAME_MAX);
	return !bin_has_person(str_from(name)) ||
	       err_set(e, ERR_INPUT,
		   "The layer's name holds a person's number (IIN).");
}

/* What is stored of the layer already. */
static bool read_stored(struct layer_import *i, struct err *e)
{
	struct value head[LAYER_HEAD_FIELDS];
	struct str name = str_from(i->options.name);
	struct layer_attribute *list;
	bool found;
	size_t n;

	if (!layer_head_read(i->db, name, &i->life, &found, head, e))
		return false;
	i->stored.name = i->options.name;
	if (!found)
		return true;
	if (!layers_find(i->db, name, &i->life, &i->stored, e) ||
	    !layer_attributes_read(i->db, head[LAYER_HEAD_FIELDS_JSON].text,
		&i->life, &list, &n, e))
		return false;
	for (size_t k = 0; k < n; k++)
		if (!layer_fields_store(&i->columns, &list[k], e))
			return false;
	return true;
}

static bool open_all(struct layer_import *i, struct err *e)
{
	return check_name(i->options.name, e) && layer_stage_open(i, e) &&
	       sql_exec(i->db, "BEGIN", e) && read_stored(i, e);
}

struct layer_import *layer_import_open(
    struct db *d, const struct layer_options *o, struct err *e)
{
	struct layer_import *i = mem_alloc(sizeof(*i));

	if (!i) {
		err_no_memory(e);
		return NULL;
	}
	memset(i, 0, sizeof(*i));
	i->db = d;
	i->options = *o;
	arena_init(&i->life, LIFE_MEMORY);
	arena_init(&i->record, RECORD_MEMORY);
	buf_init(&i->scratch, SCRATCH_MEMORY);
	buf_init(&i->text, SCRATCH_MEMORY);
	layer_fields_init(&i->columns, &i->life, o->map, o->n_map);
	i->geos = geos_open();
	if ((i->geos || err_no_memory(e)) && open_all(i, e))
		return i;
	layer_import_close(i);
	return NULL;
}

void layer_import_close(struct layer_import *i)
{
	if (!i)
		return;
	db_write_rollback(i->db);
	layer_stage_close(i);
	if (i->geos)
		geos_close(i->geos);
	layer_fields_free(&i->columns);
	buf_free(&i->scratch);
	buf_free(&i->text);
	arena_free(&i->life);
	arena_free(&i->record);
	mem_free(i);
}
