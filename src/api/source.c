#include "api/source.h"

#include "api/catalogue.h"
#include "api/crs.h"
#include "api/filter.h"
#include "api/layer_source.h"
#include "api/sort.h"
#include "store/districts.h"
#include "store/projects.h"

#include <string.h>

static const char no_database[] = "the data cannot be read at the moment";

bool source_query(struct query *out, struct call *c,
    const struct snapshot_info *info, struct err *e)
{
	const struct params *params;

	query_init(out);
	return crs_params(&params, c, &c->params, e) &&
	       filter_read(&out->filter, c, params, info->schema, e) &&
	       sort_read(out, params, info->schema, e) &&
	       params_to_query(
		   out, params, info->katos, info->n_katos, c->x->arena, e);
}

static bool parse(
    struct source *s, struct call *c, enum source_scope scope, struct err *e)
{
	if (!source_query(&s->query, c, s->info, e))
		return false;
	if (scope == SOURCE_WHOLE && !params_has(&c->params, param_limit.name))
		s->query.limit = 0;
	return true;
}

/* The snapshot of the data version that the page belongs to. */
static const struct snapshot *holding(const struct snapshot *now,
    const struct snapshot *before, const struct query *q)
{
	int64_t version = q->after.version;

	if (!q->after.set || version == snapshot_info_of(now)->version)
		return now;
	if (before && version == snapshot_info_of(before)->version)
		return before;
	return NULL;
}

static bool gone(struct err *e)
{
	return err_set(e, ERR_GONE,
	    "the data changed since this paging began: start again from the "
	    "first page");
}

const struct search_rows *source_text(const struct source *s)
{
	return s->text.bits ? &s->text : NULL;
}

/* --- a search in the database, its answer from the snapshot --------------- */

static bool search_text(struct source *s, struct call *c, struct err *e)
{
	struct arena *a = c->x->arena;
	const int64_t *ids;
	size_t n;

	return projects_search(c->x->db, s->query.q, a, &ids, &n, e) &&
	       search_rows_from_ids(&s->text, s->snapshot, ids, n, a, e);
}

/* --- everything from the database ----------------------------------------- */

static void release(void *held)
{
	snapshot_unref(held);
}

/* The districts in force, as the info of a snapshot lists them. */
static bool list_katos(
    struct snapshot_info *info, struct call *c, struct err *e)
{
	struct district *districts;
	struct str *katos;
	size_t n;

	if (!districts_list(c->x->db, c->x->arena, &districts, &n, e))
		return false;
	katos = arena_array(c->x->arena, n + 1, sizeof(*katos));
	if (!katos)
		return err_no_room(e);
	for (size_t i = 0; i < n; i++)
		katos[i] = districts[i].kato;
	info->katos = katos;
	info->n_katos = n;
	return true;
}

static bool read_projects(struct snapshot_builder *b, struct source *s,
    struct call *c, enum source_scope scope, struct err *e)
{
	struct query q = s->query;

	if (scope == SOURCE_ALL) {
		q.limit = 0;
		q.after.set = false;
	} else if (!projects_count(c->x->db, &q, c->x->today, &s->matched, e) ||
		   (q.after.set && q.limit &&
		       !projects_before(
			   c->x->db, &q, c->x->today, &s->previous, e))) {
		return false;
	}
	/* One more than the page tells whether there is a next one. */
	if (q.limit)
		q.limit++;
	return projects_select(
	    c->x->db, &q, c->x->today, snapshot_build_add, b, e);
}

static bool read_districts(struct snapshot_builder *b, struct source *s,
    struct call *c, enum source_scope scope, struct err *e)
{
	(void)s;
	(void)scope;
	return districts_each(c->x->db, NULL, snapshot_build_add, b, e);
}

typedef bool reader(struct snapshot_builder *b, struct source *s,
    struct call *c, enum source_scope scope, struct err *e);

/* Builds a snapshot in memory of what read reads; it is given back with the
 * answer. */
static bool build(struct source *s, struct call *c, enum source_scope scope,
    reader *read, struct err *e)
{
	struct snapshot_builder *b =
	    snapshot_build_begin(NULL, s->info, NULL, e);
	struct snapshot *made;

	if (!b)
		return false;
	if (!read(b, s, c, scope, e)) {
		snapshot_build_abort(b);
		return false;
	}
	made = snapshot_build_finish(b, e);
	if (!made)
		return false;
	if (!response_hold(c->x->response, release, made))
		return err_no_room(e);
	s->snapshot = made;
	s->info = snapshot_info_of(made);
	return true;
}

static bool select_projects(struct source *s, struct call *c,
    struct snapshot_info *info, enum source_scope scope, struct err *e)
{
	if (!list_katos(info, c, e))
		return false;
	s->info = info;
	if (!parse(s, c, scope, e))
		return false;
	if (s->query.after.set && s->query.after.version != info->version)
		return gone(e);
	s->selected = true;
	return build(s, c, scope, read_projects, e);
}

static bool begin_reading(struct snapshot_info *info, struct call *c,
    const struct schema *schema, struct err *e)
{
	struct db *d = c->x->db;

	*info = (struct snapshot_info){ .schema = schema, .day = c->x->today };
	if (!d)
		return err_set(e, ERR_DAMAGED, no_database);
	if (!db_read_begin(d, e))
		return false;
	if (db_version(d, &info->version, &info->published, e))
		return true;
	db_read_end(d);
	return false;
}

/* Within one read transaction: the search for the snapshot of its very data
 * version, or everything. */
static bool from_database(
    struct source *s, struct call *c, enum source_scope scope, struct err *e)
{
	struct snapshot_info info;
	bool done;

	if (!begin_reading(&info, c, &project_schema, e))
		return false;
	if (s->snapshot && s->info->version == info.version)
		done = search_text(s, c, e);
	else
		done = select_projects(s, c, &info, scope, e);
	db_read_end(c->x->db);
	return done;
}

/* What SQL selected needs no further filter. */
static bool filter_rows(struct source *s, struct call *c, struct err *e)
{
	if (!s->query.filter || s->selected)
		return true;
	return search_rows_by_filter(&s->text, s->snapshot, &s->query,
	    source_text(s), filter_id_type(s->info->schema), c->x->deadline,
	    c->x->arena, e);
}

static bool find_projects(
    struct source *out, struct call *c, enum source_scope scope, struct err *e)
{
	struct exchange *x = c->x;

	memset(out, 0, sizeof(*out));
	if (!x->projects)
		return from_database(out, c, scope, e);
	out->info = snapshot_info_of(x->projects);
	if (!parse(out, c, scope, e))
		return false;
	out->snapshot = holding(x->projects, x->projects_before, &out->query);
	if (!out->snapshot && !x->db)
		return gone(e);
	if (out->snapshot)
		out->info = snapshot_info_of(out->snapshot);
	if (out->snapshot && !out->query.q.len)
		return true;
	return from_database(out, c, scope, e);
}

bool source_projects(
    struct source *out, struct call *c, enum source_scope scope, struct err *e)
{
	return find_projects(out, c, scope, e) && filter_rows(out, c, e);
}

static bool districts_from_database(
    struct source *s, struct call *c, struct err *e)
{
	struct snapshot_info info;
	bool done;

	if (!begin_reading(&info, c, &district_schema, e))
		return false;
	s->info = &info;
	done = list_katos(&info, c, e) &&
	       build(s, c, SOURCE_ALL, read_districts, e);
	db_read_end(c->x->db);
	return done;
}

const struct snapshot *source_districts_now(struct call *c, struct err *e)
{
	struct source s = { 0 };

	if (c->x->districts)
		return c->x->districts;
	return districts_from_database(&s, c, e) ? s.snapshot : NULL;
}

static bool from_snapshots(struct source *out, struct call *c,
    const struct snapshot *now, const struct snapshot *before,
    enum source_scope scope, struct err *e)
{
	memset(out, 0, sizeof(*out));
	out->info = snapshot_info_of(now);
	if (!parse(out, c, scope, e))
		return false;
	out->snapshot = holding(now, before, &out->query);
	/* Filter and order are of the schema that they were read for. */
	if (!out->snapshot ||
	    ((out->query.filter || out->query.n_rules) &&
		out->info->schema != snapshot_info_of(out->snapshot)->schema))
		return gone(e);
	out->info = snapshot_info_of(out->snapshot);
	return filter_rows(out, c, e);
}

static bool source_districts(
    struct source *out, struct call *c, enum source_scope scope, struct err *e)
{
	const struct snapshot *now = source_districts_now(c, e);

	return now &&
	       from_snapshots(out, c, now, c->x->districts_before, scope, e);
}

static bool source_layer(struct source *out, struct call *c,
    const struct collection *k, enum source_scope scope, struct err *e)
{
	const struct snapshot *now;

	return layer_source_read(&now, c, k, e) &&
	       from_snapshots(out, c, now, k->before, scope, e);
}

bool source_open(struct source *out, struct call *c, const struct collection *k,
    enum source_scope scope, struct err *e)
{
	if (k == &collection_projects)
		return source_projects(out, c, scope, e);
	if (k == &collection_districts)
		return source_districts(out, c, scope, e);
	return source_layer(out, c, k, scope, e);
}

bool source_now(const struct snapshot **out, struct call *c,
    const struct collection *k, struct err *e)
{
	*out = k->snapshot;
	if (k == &collection_projects)
		*out = c->x->projects;
	else if (k == &collection_districts)
		*out = source_districts_now(c, e);
	return *out || k != &collection_districts;
}

static bool sorted_page(struct search_page *out, const struct source *s,
    const struct query *q, struct call *c, struct err *e)
{
	return search_page_sorted(out, s->snapshot, q, source_text(s),
	    filter_id_type(s->info->schema), c->x->deadline, c->x->arena, e);
}

/* What SQL selected is the page and one more: all that is left to do is to put
 * it in order. */
static bool selected_page(struct search_page *out, const struct source *s,
    struct call *c, struct err *e)
{
	struct query q;
	bool done;

	query_init(&q);
	q.limit = s->query.limit;
	memcpy(q.rules, s->query.rules, sizeof(q.rules));
	q.n_rules = s->query.n_rules;
	done = q.n_rules
		   ? sorted_page(out, s, &q, c, e)
		   : search_page(out, s->snapshot, &q, NULL, c->x->arena, e);
	out->matched = s->matched;
	out->before = s->query.after.set && q.limit;
	out->previous = s->previous;
	return done;
}

static bool snapshot_page(struct search_page *out, const struct source *s,
    const struct query *q, struct call *c, struct err *e)
{
	if (q->n_rules)
		return sorted_page(out, s, q, c, e);
	return search_page(out, s->snapshot, q, source_text(s), c->x->arena, e);
}

/* The page behind a page of as many features as are to be passed over. */
static bool offset_page(struct search_page *out, const struct source *s,
    struct call *c, struct err *e)
{
	struct query q = s->query;

	q.limit = q.offset;
	if (!snapshot_page(out, s, &q, c, e))
		return false;
	if (!out->more) {
		*out = (struct search_page){ .matched = out->matched };
		return true;
	}
	q.limit = s->query.limit;
	q.after = out->next;
	return snapshot_page(out, s, &q, c, e);
}

bool source_page(struct search_page *out, const struct source *s,
    struct call *c, struct err *e)
{
	if (s->selected)
		return selected_page(out, s, c, e);
	if (s->query.offset)
		return offset_page(out, s, c, e);
	return snapshot_page(out, s, &s->query, c, e);
}

struct query source_filter(const struct source *s)
{
	struct query q = s->query;

	q.limit = 0;
	q.after.set = false;
	if (s->selected) {
		q.q = (struct str){ 0 };
		q.filter = NULL;
	}
	return q;
}
