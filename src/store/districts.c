#include "store/districts.h"

#include "store/connection.h"
#include "store/sql.h"

/* Places of the columns below. */
enum { AT_ID, AT_KEY, AT_CHANGE, AT_GEOM, AT_FIRST_VALUE };

/* In the order of enum district_field. */
#define DISTRICT_COLUMNS                                                       \
	"id, sort_key, change, geom, kato, name_kk, name_ru, name_en, "        \
	"parent, label_lon, label_lat, area, generalised, source, as_of"

static bool keep(struct arena *a, struct str *out, struct str text)
{
	out->data = arena_copy(a, text.data ? text.data : "", text.len);
	out->len = text.len;
	return out->data != NULL;
}

static bool read_listed(
    struct district *out, sqlite3_stmt *s, struct arena *a, struct err *e)
{
	int i;

	if (!keep(a, &out->kato, sql_text(s, 0)))
		return err_no_memory(e);
	for (i = 0; i < 3; i++) {
		if (!keep(a, &out->name[i], sql_text(s, 1 + i)))
			return err_no_memory(e);
	}
	out->label = (struct position){ sql_double(s, 4), sql_double(s, 5) };
	out->generalised = sql_integer(s, 6) != 0;
	return sql_geom(s, 7, a, &out->geom, e);
}

static bool read_list(struct district *list, size_t *n, struct db *d,
    struct arena *a, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT kato, name_kk, name_ru, name_en, label_lon, label_lat, "
	    "generalised, geom FROM district WHERE valid_to IS NULL "
	    "ORDER BY kato",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		bool done = *n < DISTRICTS_MAX
				? read_listed(&list[*n], s, a, e)
				: err_set(e, ERR_LIMIT,
				      "There are too many districts.");

		if (!done) {
			sqlite3_reset(s);
			return false;
		}
		list[*n].number = (int)*n;
		++*n;
	}
	return step == SQL_DONE;
}

bool districts_list(struct db *d, struct arena *a, struct district **out,
    size_t *n, struct err *e)
{
	struct district *list = arena_array(a, DISTRICTS_MAX, sizeof(*list));
	size_t found = 0;

	if (!list)
		return err_no_memory(e);
	if (!read_list(list, &found, d, a, e))
		return false;
	*out = list;
	*n = found;
	return true;
}

static struct value read_value(sqlite3_stmt *s, int at, enum value_type type)
{
	struct value v = { .type = VALUE_NULL };

	if (sql_is_null(s, at))
		return v;
	v.type = type;
	if (type == VALUE_TEXT)
		v.text = sql_text(s, at);
	else if (type == VALUE_NUMBER)
		v.number = sql_double(s, at);
	else
		v.integer = sql_integer(s, at);
	return v;
}

static bool read_feature(
    struct project *out, struct db *d, sqlite3_stmt *s, struct err *e)
{
	struct value *values;
	int i;

	arena_reset(&d->row);
	values = arena_array(&d->row, DISTRICT_FIELDS, sizeof(*values));
	if (!values)
		return err_no_memory(e);
	for (i = 0; i < DISTRICT_FIELDS; i++)
		values[i] = read_value(
		    s, AT_FIRST_VALUE + i, district_schema.fields[i].type);
	out->feature.values = values;
	out->feature.public_id = sql_text(s, AT_FIRST_VALUE + DISTRICT_KATO);
	out->anchor = (struct position){
		sql_double(s, AT_FIRST_VALUE + DISTRICT_LABEL_LON),
		sql_double(s, AT_FIRST_VALUE + DISTRICT_LABEL_LAT),
	};
	return sql_geom(s, AT_GEOM, &d->row, &out->feature.geom, e);
}

bool districts_each(struct db *d, project_known *known, project_visit *visit,
    void *context, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT " DISTRICT_COLUMNS " FROM district "
	    "WHERE valid_to IS NULL ORDER BY sort_key, id",
	    e);
	enum sql_step step;

	if (!s)
		return false;
	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		struct project p = {
			.feature = { .id = sql_integer(s, AT_ID),
			    .schema = &district_schema },
			.key = sql_integer(s, AT_KEY),
			.change = sql_integer(s, AT_CHANGE),
		};
		bool held = known && known(context, p.feature.id, p.change);

		if ((held || read_feature(&p, d, s, e)) &&
		    visit(context, &p, e))
			continue;
		sqlite3_reset(s);
		return false;
	}
	return step == SQL_DONE;
}

static struct place read_place(sqlite3_stmt *s)
{
	return (struct place){
		.name = { sql_text(s, 0), sql_text(s, 1), sql_text(s, 2) },
		.kind = sql_text(s, 3),
		.kato = sql_text(s, 4),
		.at = { sql_double(s, 5), sql_double(s, 6) },
	};
}

static bool visit_places(struct db *d, sqlite3_stmt *s, place_visit *visit,
    void *context, struct err *e)
{
	enum sql_step step;

	while ((step = sql_step(d, s, e)) == SQL_ROW) {
		struct place p = read_place(s);

		if (!visit(context, &p, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	return step == SQL_DONE;
}

/* What begins with a text lies between it and it followed by the last code
 * point. */
bool places_search(struct db *d, struct str folded, size_t limit,
    place_visit *visit, void *context, struct err *e)
{
	static const char last[] = "\xF4\x8F\xBF\xBF";
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT name_kk, name_ru, name_en, kind, kato, lon, lat "
	    "FROM place WHERE id IN (SELECT place_id FROM place_name "
	    "WHERE folded >= ? AND folded < ?) "
	    "ORDER BY CASE kind WHEN 'city' THEN 0 WHEN 'town' THEN 1 "
	    "WHEN 'village' THEN 2 ELSE 3 END, population DESC, name_kk, id "
	    "LIMIT ?",
	    e);
	struct buf end;
	bool done;

	if (!s)
		return false;
	buf_init(&end, folded.len + sizeof(last));
	buf_add_str(&end, folded);
	buf_add_text(&end, last);
	if (end.failed) {
		buf_free(&end);
		return err_no_memory(e);
	}
	sql_bind_text(s, 1, folded.data ? folded : (struct str){ "", 0 });
	sql_bind_text(s, 2, buf_str(&end));
	sql_bind_int(s, 3, (int64_t)limit);
	done = visit_places(d, s, visit, context, e);
	buf_free(&end);
	return done;
}
