#include "store/check.h"

#include "base/array.h"
#include "store/figures.h"
#include "store/journal.h"
#include "store/sql.h"

/* Each says what is wrong by a failure; ERR_DAMAGED is a finding, anything else
 * ends the check. */
static bool check_pages(struct db *d, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d, "PRAGMA integrity_check(1)", e);
	bool sound;

	if (!s || sql_step(d, s, e) != SQL_ROW)
		return false;
	sound = str_is(sql_text(s, 0), "ok");
	if (!sound) {
		err_set(e, ERR_DAMAGED, "Pages of the database are damaged.");
		err_detail(
		    e, "%.*s", (int)sql_text(s, 0).len, sql_text(s, 0).data);
	}
	sqlite3_reset(s);
	return sound;
}

static bool check_references(struct db *d, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d, "PRAGMA foreign_key_check", e);
	enum sql_step step;

	if (!s)
		return false;
	step = sql_step(d, s, e);
	if (step == SQL_ROW) {
		err_set(e, ERR_DAMAGED,
		    "A record refers to one that is not "
		    "there.");
		err_detail(e, "%.*s row %lld", (int)sql_text(s, 0).len,
		    sql_text(s, 0).data, (long long)sql_integer(s, 1));
		sqlite3_reset(s);
	}
	return step == SQL_DONE;
}

/* SpatiaLite's own CheckSpatialIndex wants to write. A box of the index holds
 * that of the geometry, rounded outward to 32 bits. */
#define SPATIAL_CHECK(table)                                                   \
	"SELECT rtreecheck('main', 'idx_" table "_geom') = 'ok' "              \
	"AND (SELECT count(*) FROM " table " WHERE geom IS NOT NULL) = "       \
	"(SELECT count(*) FROM idx_" table "_geom) "                           \
	"AND NOT EXISTS (SELECT 1 FROM " table " t "                           \
	"LEFT JOIN idx_" table "_geom i ON i.pkid = t.id "                     \
	"WHERE t.geom IS NOT NULL AND (i.pkid IS NULL "                        \
	"OR i.xmin > MbrMinX(t.geom) OR i.xmax < MbrMaxX(t.geom) "             \
	"OR i.ymin > MbrMinY(t.geom) OR i.ymax < MbrMaxY(t.geom)))"

static bool check_spatial(struct db *d, struct err *e)
{
	static const char *const texts[] = {
		SPATIAL_CHECK("district"),
		SPATIAL_CHECK("facility"),
		SPATIAL_CHECK("project"),
	};
	int64_t sound;
	size_t i;

	for (i = 0; i < LENGTH(texts); i++) {
		if (!sql_int(d, texts[i], 0, &sound, e))
			return false;
		if (!sound)
			return err_set(e, ERR_DAMAGED,
			    "A spatial index differs from its table.");
	}
	return true;
}

static bool check_journal(struct db *d, struct err *e)
{
	char head[JOURNAL_HASH_SIZE];

	return journal_verify(d, head, e);
}

static bool check_figures(struct db *d, struct err *e)
{
	int64_t wrong;

	if (!figures_check(d, &wrong, e))
		return false;
	return wrong == 0 ||
	       err_set(e, ERR_DAMAGED,
		   "The derived columns of %lld projects are wrong.",
		   (long long)wrong);
}

static const struct {
	const char *what;
	bool (*run)(struct db *d, struct err *e);
} checks[] = {
	{ "pages", check_pages },
	{ "references", check_references },
	{ "spatial indexes", check_spatial },
	{ "journal", check_journal },
	{ "figures", check_figures },
};

/* SQLite offers this as an insertion; it needs a writer for a moment. */
static bool check_search(const char *path, struct err *e)
{
	struct db *d = db_open_write(path, e);
	bool done;

	if (!d)
		return false;
	done = db_write_begin(d, e) &&
	       sql_exec(d,
		   "INSERT INTO project_search (project_search, rank) "
		   "VALUES ('integrity-check', 1)",
		   e);
	db_write_rollback(d);
	db_close(d);
	return done;
}

struct report {
	check_visit *visit;
	void *context;
	struct err first; /* the first finding */
};

/* Whether the check may go on. */
static bool note(struct report *r, const char *what, bool sound,
    const struct err *found, struct err *e)
{
	if (sound) {
		if (r->visit)
			r->visit(r->context, what, NULL);
		return true;
	}
	if (found->code != ERR_DAMAGED) {
		err_set(e, found->code, "%s", found->text);
		return err_detail(e, "%s", found->detail);
	}
	if (r->visit)
		r->visit(r->context, what, found->text);
	if (r->first.code == ERR_NONE)
		r->first = *found;
	return true;
}

static bool run_checks(struct db *d, struct report *r, struct err *e)
{
	size_t i;

	for (i = 0; i < LENGTH(checks); i++) {
		struct err found = { .code = ERR_NONE };
		bool sound = checks[i].run(d, &found);

		if (!note(r, checks[i].what, sound, &found, e))
			return false;
	}
	return true;
}

bool check_database(
    const char *path, check_visit *visit, void *context, struct err *e)
{
	struct report r = { .visit = visit, .context = context };
	struct err found = { .code = ERR_NONE };
	struct db *d = db_open_read(path, e);
	bool done, sound;

	if (!d)
		return false;
	done = db_read_begin(d, e) && run_checks(d, &r, e);
	db_read_end(d);
	db_close(d);
	if (!done)
		return false;
	sound = check_search(path, &found);
	if (!note(&r, "search index", sound, &found, e))
		return false;
	if (r.first.code == ERR_NONE)
		return true;
	err_set(e, ERR_DAMAGED, "%s", r.first.text);
	return err_detail(e, "%s", r.first.detail);
}
