#include "store/figures.h"

#include <string.h>

#include "base/utf8.h"
#include "store/connection.h"
#include "store/derived.h"

enum {
	SEARCH_LIMIT = 256 << 10, /* bytes of a project's folded text */
	TEXTS = 12,
};

/* What is read, then the derived columns that stand there now. */
#define SUBJECT_COLUMNS                                                        \
	"id, state = 'published', kato, geom, budget_approved, "               \
	"contracted_summary, paid_summary, years_summary, levels_summary, "    \
	"facility_id, customer_id, contractor_id, public_id, source_ref, "     \
	"title_kk, title_ru, title_en, description_kk, description_ru, "       \
	"description_en, address_kk, address_ru, address_en, sector, "
#define DERIVED_COLUMNS                                                        \
	"sort_key, anchor_lon, anchor_lat, home, districts, planned, "         \
	"contracted, paid, years, levels, year_lines, search"

enum { FIRST_TEXT = 12, FIRST_DERIVED = FIRST_TEXT + TEXTS };

struct refresh {
	struct db *db;
	struct district_set *districts;
	struct arena arena; /* of one project */
	struct buf text;
	int64_t version;
	int64_t differing;
};

static bool touch(struct db *d, const char *text, int64_t id, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d, text, e);

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	return sql_run(d, s, e);
}

bool figures_touch(struct db *d, int64_t project, struct err *e)
{
	return touch(
	    d, "INSERT OR REPLACE INTO touched VALUES (?, 1)", project, e);
}

bool figures_touch_organisation(
    struct db *d, int64_t organisation, struct err *e)
{
	return touch(d,
	    "INSERT OR REPLACE INTO touched "
	    "SELECT id, 1 FROM project WHERE customer_id = ?1 "
	    "UNION SELECT id, 1 FROM project WHERE contractor_id = ?1 "
	    "UNION SELECT c.project_id, 1 FROM contract_supplier s "
	    "JOIN contract c ON c.id = s.contract_id "
	    "WHERE s.organisation_id = ?1 "
	    "UNION SELECT project_id, 1 FROM payment WHERE payer_id = ?1 "
	    "UNION SELECT project_id, 1 FROM payment WHERE payee_id = ?1",
	    organisation, e);
}

bool figures_touch_facility(struct db *d, int64_t facility, struct err *e)
{
	return touch(d,
	    "INSERT OR REPLACE INTO touched "
	    "SELECT id, 1 FROM project WHERE facility_id = ?",
	    facility, e);
}

bool figures_touch_all(struct db *d, struct err *e)
{
	return sql_exec(
	    d, "INSERT OR IGNORE INTO touched SELECT id, 0 FROM project", e);
}

static bool read_subject(struct subject *out, struct str texts[static TEXTS],
    sqlite3_stmt *s, struct arena *a, struct err *e)
{
	int i;

	for (i = 0; i < TEXTS; i++)
		texts[i] = sql_text(s, FIRST_TEXT + i);
	*out = (struct subject){
		.id = sql_integer(s, 0),
		.published = sql_integer(s, 1) != 0,
		.kato = sql_text(s, 2),
		.budget = sql_money(s, 4),
		.contracted = sql_money(s, 5),
		.paid = sql_money(s, 6),
		.years = (uint64_t)sql_integer(s, 7),
		.levels = (uint8_t)sql_integer(s, 8),
		.facility = sql_integer(s, 9),
		.customer = sql_integer(s, 10),
		.contractor = sql_integer(s, 11),
		.texts = texts,
		.n_texts = TEXTS,
	};
	return sql_geom(s, 3, a, &out->geom, e);
}

static bool text_differs(sqlite3_stmt *s, int place, struct str is)
{
	struct str was = { sqlite3_column_blob(s, place),
		(size_t)sqlite3_column_bytes(s, place) };

	return sql_is_null(s, place) != !is.data || !str_equal(was, is);
}

static bool anchor_differs(sqlite3_stmt *s, int place, const struct derived *v)
{
	double lon = sqlite3_column_double(s, place);
	double lat = sqlite3_column_double(s, place + 1);

	if (sql_is_null(s, place) || !v->has_anchor)
		return sql_is_null(s, place) == v->has_anchor;
	return lon < v->anchor.lon || lon > v->anchor.lon ||
	       lat < v->anchor.lat || lat > v->anchor.lat;
}

static bool differs(sqlite3_stmt *s, const struct derived *v)
{
	const struct facts *f = &v->facts;
	int at = FIRST_DERIVED;

	return sql_integer(s, at) != v->key || anchor_differs(s, at + 1, v) ||
	       sql_integer(s, at + 3) != f->home ||
	       (uint64_t)sql_integer(s, at + 4) != f->districts ||
	       sql_money(s, at + 5) != f->planned ||
	       sql_money(s, at + 6) != f->contracted ||
	       sql_money(s, at + 7) != f->paid ||
	       (uint64_t)sql_integer(s, at + 8) != f->years ||
	       sql_integer(s, at + 9) != f->levels ||
	       text_differs(s, at + 10, v->year_lines) ||
	       text_differs(s, at + 11, v->search);
}

static bool store(
    struct refresh *r, int64_t id, const struct derived *v, struct err *e)
{
	const struct facts *f = &v->facts;
	sqlite3_stmt *s = sql_prepare(r->db,
	    "UPDATE project SET change = ?, sort_key = ?, anchor_lon = ?, "
	    "anchor_lat = ?, home = ?, districts = ?, planned = ?, "
	    "contracted = ?, paid = ?, years = ?, levels = ?, "
	    "year_lines = ?, search = ? WHERE id = ?",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, r->version);
	sql_bind_int(s, 2, v->key);
	if (v->has_anchor) {
		sql_bind_double(s, 3, v->anchor.lon);
		sql_bind_double(s, 4, v->anchor.lat);
	}
	sql_bind_int(s, 5, f->home);
	sql_bind_int(s, 6, (int64_t)f->districts);
	sql_bind_money(s, 7, f->planned);
	sql_bind_money(s, 8, f->contracted);
	sql_bind_money(s, 9, f->paid);
	sql_bind_int(s, 10, (int64_t)f->years);
	sql_bind_int(s, 11, f->levels);
	if (v->year_lines.data)
		sqlite3_bind_blob64(s, 12, v->year_lines.data,
		    v->year_lines.len, SQLITE_STATIC);
	sql_bind_text(s, 13, v->search);
	sql_bind_int(s, 14, id);
	return sql_run(r->db, s, e);
}

/* Notes what the search index has of a project now. It is written when all
 * projects are: FTS5 flushes its buffer before each other statement, which
 * makes many changes several times slower. */
static bool note_words(struct refresh *r, sqlite3_stmt *s, int64_t id,
    struct str is, struct err *e)
{
	int at = FIRST_DERIVED + 11;
	sqlite3_stmt *note;

	if (!text_differs(s, at, is))
		return true;
	note = sql_prepare(
	    r->db, "INSERT OR IGNORE INTO reworded VALUES (?, ?)", e);
	if (!note)
		return false;
	sql_bind_int(note, 1, id);
	sql_bind_text(note, 2, sql_text(s, at));
	return sql_run(r->db, note, e);
}

static bool index_words(
    struct db *d, const char *text, int64_t id, struct str words, struct err *e)
{
	sqlite3_stmt *s;

	if (!words.data)
		return true;
	s = sql_prepare(d, text, e);
	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	sql_bind_text(s, 2, words);
	return sql_run(d, s, e);
}

static bool index_reworded(struct db *d, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT r.id, r.was, p.search FROM reworded r "
	    "JOIN project p ON p.id = r.id ORDER BY r.id",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		int64_t id = sql_integer(s, 0);

		if (!index_words(d,
			"INSERT INTO project_search (project_search, rowid, "
			"search) VALUES ('delete', ?, ?)",
			id, sql_text(s, 1), e) ||
		    !index_words(d,
			"INSERT INTO project_search (rowid, search) "
			"VALUES (?, ?)",
			id, sql_text(s, 2), e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE && sql_exec(d, "DELETE FROM reworded", e);
}

/* Computes one project; write says whether to store what differs, force to
 * store it in any case. */
static bool refresh_one(
    struct refresh *r, int64_t id, bool write, bool force, struct err *e)
{
	struct str texts[TEXTS];
	struct derived v = { .key = 0 };
	struct subject p;
	bool done;
	sqlite3_stmt *s = sql_prepare(r->db,
	    "SELECT " SUBJECT_COLUMNS DERIVED_COLUMNS
	    " FROM project WHERE id = ?",
	    e);

	if (!s)
		return false;
	sql_bind_int(s, 1, id);
	switch (sql_step(r->db, s, e)) {
	case SQL_FAILED:
		return false;
	case SQL_DONE:
		return true;
	case SQL_ROW:
		break;
	}
	arena_reset(&r->arena);
	done = read_subject(&p, texts, s, &r->arena, e) &&
	       derive_sums(&v, r->db, &p, &r->arena, e);
	if (done) {
		derive_place(&v, r->districts, &p);
		done = derive_search(&v, r->db, r->districts, &p, &r->text, e);
	}
	if (done && differs(s, &v)) {
		r->differing++;
		force = true;
	}
	if (done && write)
		done = note_words(r, s, id, v.search, e);
	sqlite3_reset(s);
	return done && (!write || !force || store(r, id, &v, e));
}

static bool refresh_begin(
    struct refresh *r, struct db *d, int64_t version, struct err *e)
{
	*r = (struct refresh){ .db = d, .version = version };
	r->districts = district_set_open(d, e);
	if (!r->districts)
		return false;
	arena_init(&r->arena, DB_ROW_MEMORY);
	buf_init(&r->text, SEARCH_LIMIT);
	return true;
}

static void refresh_end(struct refresh *r)
{
	district_set_close(r->districts);
	arena_free(&r->arena);
	buf_free(&r->text);
}

/* text selects id and force. */
static bool refresh_each(
    struct refresh *r, const char *text, bool write, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(r->db, text, e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(r->db, s, e)) == SQL_ROW) {
		if (!refresh_one(r, sql_integer(s, 0), write,
			sql_integer(s, 1) != 0, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

bool figures_refresh(struct db *d, int64_t version, struct err *e)
{
	struct refresh r;
	int64_t any;
	bool done;

	if (!sql_int(d, "SELECT EXISTS (SELECT 1 FROM touched)", 0, &any, e))
		return false;
	if (!any)
		return true;
	if (!refresh_begin(&r, d, version, e))
		return false;
	done = refresh_each(
	    &r, "SELECT id, changed FROM touched ORDER BY id", true, e);
	refresh_end(&r);
	return done && index_reworded(d, e) &&
	       sql_exec(d, "DELETE FROM touched", e);
}

bool figures_check(struct db *d, int64_t *wrong, struct err *e)
{
	struct refresh r;
	bool done;

	if (!refresh_begin(&r, d, 0, e))
		return false;
	done =
	    refresh_each(&r, "SELECT id, 0 FROM project ORDER BY id", false, e);
	*wrong = r.differing;
	refresh_end(&r);
	return done;
}

static bool insert_name(
    struct db *d, int64_t place, struct str name, struct buf *b, struct err *e)
{
	sqlite3_stmt *s =
	    sql_prepare(d, "INSERT OR IGNORE INTO place_name VALUES (?, ?)", e);

	if (!s || name.len == 0)
		return s != NULL;
	buf_reset(b);
	if (!utf8_add_folded(b, name))
		return err_set(e, ERR_LIMIT, "A place's name is too long.");
	sql_bind_text(s, 1, buf_str(b));
	sql_bind_int(s, 2, place);
	return sql_run(d, s, e);
}

bool figures_place(struct db *d, int64_t place, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    d, "SELECT name_kk, name_ru, name_en FROM place WHERE id = ?", e);
	struct buf b;
	bool done = true;
	int i;

	if (!s ||
	    !touch(d, "DELETE FROM place_name WHERE place_id = ?", place, e))
		return false;
	sql_bind_int(s, 1, place);
	if (sql_step(d, s, e) != SQL_ROW)
		return err_set(e, ERR_MISSING, "There is no such place.");
	buf_init(&b, SEARCH_LIMIT);
	for (i = 0; done && i < 3; i++)
		done = insert_name(d, place, sql_text(s, i), &b, e);
	buf_free(&b);
	sqlite3_reset(s);
	return done;
}
