#include "store/layers.h"

#include "base/clock.h"
#include "connection.h"
#include "layer_schema.h"
#include "query/layer_time.h"
#include "sql.h"

/* --- layers ----------------------------------------------------------------
 */

#define LAYER_COLUMNS                                                          \
	"l.id, l.name, l.title_kk, l.title_ru, l.title_en, l.licence, "        \
	"l.source, l.attribution, l.date, l.public, l.change, "                \
	"(SELECT b.at FROM journal_batch b WHERE b.data_version = l.change), " \
	"l.fields, l.style, l.rest"

enum {
	AT_ID,
	AT_NAME,
	AT_TITLE,
	AT_LICENCE = AT_TITLE + 3,
	AT_SOURCE,
	AT_ATTRIBUTION,
	AT_DATE,
	AT_PUBLIC,
	AT_CHANGE,
	AT_PUBLISHED,
	AT_FIELDS,
	AT_STYLE,
	AT_REST
};

static bool copy_text(
    struct arena *a, const char **out, sqlite3_stmt *s, int at)
{
	struct str text = sql_text(s, at);

	*out = arena_copy(a, text.data ? text.data : "", text.len);
	return *out != NULL;
}

static bool copy_slice(
    struct arena *a, struct str *out, sqlite3_stmt *s, int at)
{
	struct str text = sql_text(s, at);

	*out = (struct str){ NULL, 0 };
	if (text.len == 0)
		return true;
	out->data = arena_copy(a, text.data, text.len);
	out->len = text.len;
	return out->data != NULL;
}

static bool copy_texts(struct layer *l, sqlite3_stmt *s, struct arena *a)
{
	for (int i = 0; i < 3; i++)
		if (!copy_text(a, &l->title[i], s, AT_TITLE + i))
			return false;
	return copy_text(a, &l->name, s, AT_NAME) &&
	       copy_text(a, &l->licence, s, AT_LICENCE) &&
	       copy_text(a, &l->source, s, AT_SOURCE) &&
	       copy_text(a, &l->attribution, s, AT_ATTRIBUTION) &&
	       copy_slice(a, &l->style, s, AT_STYLE) &&
	       copy_slice(a, &l->rest, s, AT_REST);
}

/* source_id, then what is stored. */
static bool read_schema(struct layer *l, struct db *d, struct str json,
    struct arena *a, struct err *e)
{
	struct layer_attribute *list;
	struct field *fields;
	size_t n;

	if (!layer_attributes_read(d, json, a, &list, &n, e))
		return false;
	fields = arena_array(a, n + 1, sizeof(*fields));
	if (!fields)
		return err_no_memory(e);
	fields[0] = layer_source_id;
	for (size_t i = 0; i < n; i++)
		fields[i + 1] = list[i].field;
	l->schema = (struct schema){ l->name, fields, n + 1 };
	return true;
}

static bool read_layer(struct layer *l, struct db *d, sqlite3_stmt *s,
    struct arena *a, struct err *e)
{
	*l = (struct layer){ .id = sql_integer(s, AT_ID),
		.date = sql_day(s, AT_DATE),
		.is_public = sql_integer(s, AT_PUBLIC) != 0,
		.change = sql_integer(s, AT_CHANGE),
		.published = sql_integer(s, AT_PUBLISHED) };
	return (copy_texts(l, s, a) || err_no_memory(e)) &&
	       read_schema(l, d, sql_text(s, AT_FIELDS), a, e);
}

bool layers_list(
    struct db *d, struct arena *a, struct layer **out, size_t *n, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT " LAYER_COLUMNS
	    " FROM layer l WHERE l.public = 1 ORDER BY l.name",
	    e);
	struct layer *list = arena_array(a, LAYERS_MAX, sizeof(*list));
	enum sql_step step = SQL_DONE;

	*n = 0;
	*out = list;
	if (!s || !list)
		return err_no_memory(e);
	while (*n < LAYERS_MAX && (step = sql_step(d, s, e)) == SQL_ROW) {
		if (!read_layer(&list[(*n)++], d, s, a, e)) {
			sqlite3_reset(s);
			return false;
		}
	}
	sqlite3_reset(s);
	return step != SQL_FAILED;
}

bool layers_find(struct db *d, struct str name, struct arena *a,
    struct layer *out, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(
	    d, "SELECT " LAYER_COLUMNS " FROM layer l WHERE l.name = ?", e);
	bool done;

	if (!s)
		return false;
	sql_bind_text(s, 1, name);
	switch (sql_step(d, s, e)) {
	case SQL_FAILED:
		return false;
	case SQL_DONE:
		return err_set(e, ERR_MISSING, "There is no such layer.");
	case SQL_ROW:
		break;
	}
	done = read_layer(out, d, s, a, e);
	sqlite3_reset(s);
	return done;
}

bool layer_kept(struct db *d, int64_t feature, struct arena *a,
    struct layer_kept *out, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(d,
	    "SELECT style, rest, heights FROM layer_feature WHERE id = ?", e);
	enum sql_step step;
	bool done = true;

	*out = (struct layer_kept){ .style = { NULL, 0 } };
	if (!s)
		return false;
	sql_bind_int(s, 1, feature);
	step = sql_step(d, s, e);
	if (step == SQL_ROW)
		done = (copy_slice(a, &out->style, s, 0) &&
			   copy_slice(a, &out->rest, s, 1) &&
			   copy_slice(a, &out->heights, s, 2)) ||
		       err_no_memory(e);
	sqlite3_reset(s);
	return done && step != SQL_FAILED;
}

/* --- features --------------------------------------------------------------
 */

enum {
	ROW_ID,
	ROW_KEY,
	ROW_CHANGE,
	ROW_GEOM,
	ROW_LON,
	ROW_LAT,
	ROW_SOURCE_ID,
	ROW_VALUES
};

struct walk {
	struct db *db;
	const struct layer *layer;
	struct layer_time time;
	sqlite3_stmt *row; /* reads one by id */
	project_visit *visit;
	void *context;
};

/* Names of fields hold nothing but letters, digits and '_'. */
static bool prepare_row(struct walk *w, struct err *e)
{
	const struct schema *schema = &w->layer->schema;
	struct buf text;

	buf_init(&text, 1 << 20);
	buf_add_format(&text,
	    "SELECT id, sort_key, change, geom, anchor_lon, anchor_lat, "
	    "coalesce(source_id, '%s.' || id)",
	    w->layer->name);
	for (size_t i = 1; i < schema->n_fields; i++)
		buf_add_format(
		    &text, ", attributes ->> '$.%s'", schema->fields[i].name);
	buf_add_text(&text, " FROM layer_feature WHERE id = ?");
	if (text.failed)
		err_no_memory(e);
	else
		w->row = sql_prepare_once(w->db, buf_str(&text), e);
	buf_free(&text);
	return w->row != NULL;
}

static struct value read_value(sqlite3_stmt *s, int at, enum value_type type)
{
	struct value v = { .type = VALUE_NULL };
	struct str text;
	int32_t day;

	if (sql_is_null(s, at))
		return v;
	switch (type) {
	case VALUE_INT:
	case VALUE_BOOL:
		v.integer = sql_integer(s, at);
		break;
	case VALUE_NUMBER:
		v.number = sql_double(s, at);
		break;
	case VALUE_DAY:
		if (!clock_day_parse(
			(const char *)sqlite3_column_text(s, at), &day))
			return v;
		v.integer = day;
		break;
	case VALUE_TIME:
		text = sql_text(s, at);
		if (!clock_time_parse(text, &v.integer))
			return v;
		break;
	default:
		v.text = sql_text(s, at);
		type = VALUE_TEXT;
	}
	v.type = type;
	return v;
}

static bool read_values(
    struct project *p, const struct walk *w, sqlite3_stmt *s, struct err *e)
{
	const struct schema *schema = &w->layer->schema;
	struct value *values =
	    arena_array(&w->db->row, schema->n_fields, sizeof(*values));

	if (!values)
		return err_no_memory(e);
	for (size_t i = 0; i < schema->n_fields; i++)
		values[i] = read_value(
		    s, ROW_SOURCE_ID + (int)i, schema->fields[i].type);
	p->feature.values = values;
	layer_time_days(&p->facts.days, &w->time, values);
	return true;
}

static bool read_feature(
    struct project *p, const struct walk *w, sqlite3_stmt *s, struct err *e)
{
	struct arena *a = &w->db->row;
	struct buf id;

	arena_reset(a);
	*p = (struct project){
		.feature = { .id = sql_integer(s, ROW_ID),
		    .schema = &w->layer->schema },
		.facts = { .home = DISTRICT_NONE },
		.anchor = { sql_double(s, ROW_LON), sql_double(s, ROW_LAT) },
		.key = sql_integer(s, ROW_KEY),
		.change = sql_integer(s, ROW_CHANGE),
	};
	buf_init(&id, 32);
	buf_add_int(&id, p->feature.id);
	p->feature.public_id.data = arena_copy(a, id.data, id.len);
	p->feature.public_id.len = id.len;
	buf_free(&id);
	return (p->feature.public_id.data || err_no_memory(e)) &&
	       sql_geom(s, ROW_GEOM, a, &p->feature.geom, e) &&
	       read_values(p, w, s, e);
}

static bool visit_row(const struct walk *w, int64_t id, struct err *e)
{
	struct project p;
	bool done;

	sql_bind_int(w->row, 1, id);
	if (sql_step(w->db, w->row, e) != SQL_ROW)
		return err_set(e, ERR_DAMAGED, "A feature is missing.");
	done = read_feature(&p, w, w->row, e) && w->visit(w->context, &p, e);
	sqlite3_reset(w->row);
	return done;
}

static bool visit_known(const struct walk *w, sqlite3_stmt *s, struct err *e)
{
	const struct project p = {
		.feature = { .id = sql_integer(s, 0),
		    .schema = &w->layer->schema },
		.key = sql_integer(s, 1),
		.change = sql_integer(s, 2),
	};

	return w->visit(w->context, &p, e);
}

static bool walk_all(const struct walk *w, project_known *known, struct err *e)
{
	sqlite3_stmt *s = sql_prepare(w->db,
	    "SELECT id, sort_key, change FROM layer_feature "
	    "INDEXED BY layer_feature_order WHERE layer_id = ? "
	    "ORDER BY sort_key, id",
	    e);
	enum sql_step step;
	bool done = true;

	if (!s)
		return false;
	sql_bind_int(s, 1, w->layer->id);
	while (done && (step = sql_step(w->db, s, e)) == SQL_ROW) {
		int64_t id = sql_integer(s, 0);

		if (known && known(w->context, id, sql_integer(s, 2)))
			done = visit_known(w, s, e);
		else
			done = visit_row(w, id, e);
	}
	sqlite3_reset(s);
	return done && step == SQL_DONE;
}

bool layer_each(struct db *d, const struct layer *l, project_known *known,
    project_visit *visit, void *context, struct err *e)
{
	struct walk w = { .db = d,
		.layer = l,
		.visit = visit,
		.context = context,
		.time = layer_time_of(&l->schema) };
	bool done = prepare_row(&w, e) && walk_all(&w, known, e);

	sqlite3_finalize(w.row);
	return done;
}
