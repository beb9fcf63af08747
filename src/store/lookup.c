#include "store/lookup.h"

#include <string.h>

#include "base/mem.h"
#include "query/project.h"
#include "store/connection.h"
#include "store/sql.h"

enum { LOOKUP_MEMORY = 512 << 20 };

struct lookup {
	int64_t version;
	struct arena arena;
	struct organisation *organisations; /* by id */
	size_t n_organisations;
	struct str katos[DISTRICTS_MAX];
	size_t n_katos;
};

static bool keep(struct lookup *l, struct str *out, struct str text)
{
	out->data =
	    text.data ? arena_copy(&l->arena, text.data, text.len) : NULL;
	out->len = text.len;
	return out->data || !text.data;
}

static bool keep_organisation(
    struct lookup *l, struct organisation *o, sqlite3_stmt *s)
{
	o->id = sql_integer(s, 0);
	return keep(l, &o->bin, sql_text(s, 1)) &&
	       keep(l, &o->name_kk, sql_text(s, 2)) &&
	       keep(l, &o->name_ru, sql_text(s, 3));
}

static bool load_organisations(struct lookup *l, struct db *d, struct err *e)
{
	sqlite3_stmt *s;
	enum sql_step step;
	int64_t n;

	if (!sql_int(d, "SELECT count(*) FROM organisation", 0, &n, e))
		return false;
	l->organisations =
	    arena_array(&l->arena, (size_t)n + 1, sizeof(*l->organisations));
	s = sql_prepare(d,
	    "SELECT id, bin, name_kk, name_ru FROM organisation ORDER BY id",
	    e);
	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		if (l->organisations && l->n_organisations < (size_t)n &&
		    keep_organisation(
			l, &l->organisations[l->n_organisations++], s))
			continue;
		sqlite3_reset(s);
		return err_no_memory(e);
	}
	return step == SQL_DONE;
}

static bool load_katos(struct lookup *l, struct db *d, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT kato FROM district WHERE valid_to IS NULL ORDER BY kato",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		if (l->n_katos < DISTRICTS_MAX &&
		    keep(l, &l->katos[l->n_katos++], sql_text(s, 0)))
			continue;
		sqlite3_reset(s);
		return err_no_memory(e);
	}
	return step == SQL_DONE;
}

static bool load(struct lookup *l, struct db *d, int64_t version, struct err *e)
{
	l->version = version;
	return load_organisations(l, d, e) && load_katos(l, d, e);
}

/* Outside of a transaction the tables may turn out newer than the version: that
 * is the one moment a name can be ahead of its project. */
const struct lookup *lookup_get(struct db *d, struct err *e)
{
	int64_t version;

	if (!sql_int(d, "SELECT data_version FROM meta", -1, &version, e))
		return NULL;
	if (d->lookup && d->lookup->version == version)
		return d->lookup;
	lookup_free(d->lookup);
	d->lookup = mem_alloc(sizeof(*d->lookup));
	if (!d->lookup) {
		err_no_memory(e);
		return NULL;
	}
	memset(d->lookup, 0, sizeof(*d->lookup));
	arena_init(&d->lookup->arena, LOOKUP_MEMORY);
	if (load(d->lookup, d, version, e))
		return d->lookup;
	lookup_free(d->lookup);
	d->lookup = NULL;
	return NULL;
}

void lookup_free(struct lookup *l)
{
	if (!l)
		return;
	arena_free(&l->arena);
	mem_free(l);
}

const struct organisation *lookup_organisation(
    const struct lookup *l, int64_t id)
{
	size_t low = 0, high = l->n_organisations;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (l->organisations[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < l->n_organisations && l->organisations[low].id == id)
		return &l->organisations[low];
	return NULL;
}

struct str lookup_kato(const struct lookup *l, int64_t number)
{
	if (number < 0 || (size_t)number >= l->n_katos)
		return (struct str){ NULL, 0 };
	return l->katos[number];
}
