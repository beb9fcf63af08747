#include "import_write.h"

#include "base/mem.h"
#include "import_cell.h"
#include "store/figures.h"

#include <string.h>

struct writer {
	struct journal *journal;
	sqlite3_stmt *insert, *update, *update_geom, *read;
	struct id_maker ids;
	int64_t written;
};

/* So many records are written before their figures are computed: their pages
 * are in memory still. */
enum { FIGURES_EVERY = 2048 };

static bool prepare(sqlite3_stmt **out, struct import *i, struct err *e)
{
	*out = i->scratch.failed
		   ? NULL
		   : sql_prepare_once(i->db, buf_str(&i->scratch), e);
	return *out || err_no_memory(e);
}

static bool write_suppliers(
    struct import *i, int64_t contract, const struct value *list, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    i->db, "DELETE FROM contract_supplier WHERE contract_id = ?", e);
	struct str rest = { NULL, 0 };

	if (!s)
		return false;
	sql_bind_int(s, 1, contract);
	if (!sql_run(i->db, s, e))
		return false;
	if (list->type == VALUE_LIST)
		rest = list->text;
	while (rest.data) {
		s = sql_prepare(i->db,
		    "INSERT INTO contract_supplier SELECT ?1, id FROM "
		    "organisation WHERE bin = ?2 OR external_id = ?2",
		    e);
		if (!s)
			return false;
		sql_bind_int(s, 1, contract);
		sql_bind_text(s, 2, str_cut(&rest, ';'));
		if (!sql_run(i->db, s, e))
			return false;
	}
	return true;
}

/* What is stored beside the table's own row. */
static bool write_beside(
    struct import *i, const struct import_pair *p, int64_t id, struct err *e)
{
	for (size_t k = 0; k < i->table->n_columns; k++) {
		if (i->table->columns[k].type != IMPORT_ORGANISATIONS ||
		    values_equal(&p->was[k], &p->is[k]))
			continue;
		if (!write_suppliers(i, id, &p->is[k], e))
			return false;
	}
	return true;
}

static bool restore(struct import *i, int64_t id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(i->db,
	    "UPDATE project SET state = 'published', withdrawn_on = NULL, "
	    "withdrawn_reason = NULL WHERE id = ?",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	return sql_run(i->db, s, e);
}

static bool write_row(struct writer *w, struct import *i,
    const struct import_pair *p, int64_t *id, struct err *e)
{
	sqlite3_stmt *s = p->target ? w->update : w->insert;
	struct err why = { .code = ERR_NONE };

	if (p->target && i->place.geom >= 0 &&
	    !values_equal(&p->was[i->place.geom], &p->is[i->place.geom]))
		s = w->update_geom;
	sql_bind_int(s, WRITE_CHANGE, journal_version(w->journal));
	sql_bind_int(s, WRITE_ID, p->target);
	import_bind(s, WRITE_FIRST, i->table, p->is);
	if (!sql_run(i->db, s, &why)) {
		err_set(e, why.code, "%s It stands in line %ld.", why.text,
		    p->line);
		return err_detail(e, "%s", why.detail);
	}
	*id = p->target ? p->target
			: sqlite3_last_insert_rowid(sql_handle(i->db));
	if (p->gone && !restore(i, *id, e))
		return false;
	return write_beside(i, p, *id, e);
}

/* Everything that shows the record is computed anew. */
static bool touch(struct import *i, const struct import_pair *p, int64_t id,
    int64_t owner, struct err *e)
{
	const struct import_table *t = i->table;

	if (owner && !figures_touch(i->db, owner, e))
		return false;
	if (p->owner && p->owner != owner && !figures_touch(i->db, p->owner, e))
		return false;
	if (t == &import_organisations)
		return figures_touch_organisation(i->db, id, e);
	if (t == &import_facilities)
		return figures_touch_facility(i->db, id, e);
	if (t == &import_places)
		return figures_place(i->db, id, e);
	return true;
}

/* A geometry stands in the journal as text. */
static bool geom_text(struct value *v, struct import *i, struct err *e)
{
	const struct geom *g;

	if (v->type == VALUE_NULL)
		return true;
	g = geom_from_blob(&i->record, v->text.data, v->text.len, e);
	if (!g)
		return false;
	v->text = journal_geometry(&i->record, g);
	return v->text.data || err_no_memory(e);
}

static bool journal_fields(struct journal_field *out, size_t *n,
    struct import *i, const struct import_pair *p, struct err *e)
{
	const struct import_table *t = i->table;

	*n = 0;
	for (size_t k = 0; k < t->n_columns; k++) {
		const struct import_column *c = &t->columns[k];
		struct journal_field f = { .name = c->name };

		if (values_equal(&p->was[k], &p->is[k]))
			continue;
		f.was = p->was[k];
		f.is = p->is[k];
		if (!cell_make_public(&f.was, c, &i->record, e) ||
		    !cell_make_public(&f.is, c, &i->record, e))
			return false;
		if (c->type == IMPORT_GEOM &&
		    (!geom_text(&f.was, i, e) || !geom_text(&f.is, i, e)))
			return false;
		out[(*n)++] = f;
	}
	if (p->gone)
		out[(*n)++] = (struct journal_field){ .name = "state",
			.was = { .type = VALUE_TEXT,
			    .text = str_from("withdrawn") },
			.is = { .type = VALUE_TEXT,
			    .text = str_from("published") } };
	return true;
}

static bool write_down(struct writer *w, struct import *i,
    const struct import_pair *p, int64_t id, struct err *e)
{
	struct journal_field fields[IMPORT_COLUMNS_MAX + 1];
	struct journal_record r = { .entity = i->table->entity,
		.op = p->target ? JOURNAL_CHANGE : JOURNAL_CREATE,
		.fields = fields };
	bool changed, done;

	sql_bind_int(w->read, 1, id);
	if (sql_step(i->db, w->read, e) != SQL_ROW)
		return err_set(e, ERR_DAMAGED, "A record is gone.");
	r.key = sql_text(w->read, 0);
	r.project = sql_integer(w->read, 1);
	done = journal_fields(fields, &r.n_fields, i, p, e) &&
	       journal_change(w->journal, &r, &changed, e) &&
	       touch(i, p, id, r.project, e);
	sqlite3_reset(w->read);
	return done;
}

struct writer *writer_open(
    struct import *i, const struct journal_batch *batch, struct err *e)
{
	struct writer *w = mem_alloc(sizeof(*w));

	if (!w) {
		err_no_memory(e);
		return NULL;
	}
	memset(w, 0, sizeof(*w));
	w->journal = journal_begin(i->db, batch, e);
	if (w->journal)
		return w;
	mem_free(w);
	return NULL;
}

struct journal *writer_journal(const struct writer *w)
{
	return w->journal;
}

bool writer_prepare(struct writer *w, struct import *i, struct err *e)
{
	struct buf *b = &i->scratch;

	buf_reset(b);
	import_sql_insert(b, i->table);
	if (!prepare(&w->insert, i, e))
		return false;
	buf_reset(b);
	import_sql_update(b, i, false);
	if (!prepare(&w->update, i, e))
		return false;
	buf_reset(b);
	import_sql_update(b, i, true);
	if (!prepare(&w->update_geom, i, e))
		return false;
	buf_reset(b);
	buf_add_format(b, "SELECT %s, coalesce(%s, 0) FROM %s t WHERE t.id = ?",
	    i->table->key, i->table->owner ? i->table->owner : "0",
	    i->table->entity);
	return prepare(&w->read, i, e);
}

bool writer_write(
    struct import *i, const struct import_pair *p, void *context, struct err *e)
{
	struct writer *w = context;
	struct import_pair with_id;
	int64_t id = 0;

	if (!p->differs)
		return true;
	if (p->target == 0 && i->table == &import_projects &&
	    p->is[0].type == VALUE_NULL) {
		with_id = *p;
		if (!id_make(&w->ids, i, p, &with_id.is[0], e))
			return false;
		p = &with_id;
	}
	if (!write_row(w, i, p, &id, e) || !write_down(w, i, p, id, e))
		return false;
	return ++w->written % FIGURES_EVERY != 0 ||
	       figures_refresh(i->db, journal_version(w->journal), e);
}

void writer_close(struct writer *w)
{
	sqlite3_finalize(w->insert);
	sqlite3_finalize(w->update);
	sqlite3_finalize(w->update_geom);
	sqlite3_finalize(w->read);
	mem_free(w);
}
