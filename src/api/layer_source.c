#include "api/layer_source.h"

#include "api/layer_info.h"

/* A snapshot that is built, and how large it may become. */
struct building {
	struct snapshot_builder *builder;
	size_t limit;
};

/* --- what there is -------------------------------------------------------- */

/* l lives as long as the answer. */
static void describe(struct collection *out, const struct layer *l)
{
	*out = (struct collection){ .id = l->name,
		.schema = &l->schema,
		.title = { l->title[0], l->title[1], l->title[2] },
		.description = { "", "", "" },
		.change = l->change,
		.published = l->published,
		.licence = l->licence,
		.source = l->source,
		.attribution = l->attribution,
		.date = l->date };
}

static bool find(
    struct layer *l, struct call *c, struct str name, struct err *e)
{
	struct err why = { .code = ERR_NONE };

	if (layers_find(c->x->db, name, c->x->arena, l, &why) && l->is_public)
		return true;
	if (why.code == ERR_NONE || why.code == ERR_MISSING)
		return err_set(e, ERR_MISSING, "there is no such collection");
	err_set(e, why.code, "%s", why.text);
	return err_detail(e, "%s", why.detail);
}

bool layer_source_find(const struct collection **out, struct call *c,
    struct str name, struct err *e)
{
	struct collection *k = arena_alloc(c->x->arena, sizeof(*k));
	struct layer *l = arena_alloc(c->x->arena, sizeof(*l));
	bool done;

	if (!k || !l)
		return err_no_room(e);
	if (!c->x->db)
		return err_set(e, ERR_MISSING, "there is no such collection");
	if (!db_read_begin(c->x->db, e))
		return false;
	done = find(l, c, name, e);
	db_read_end(c->x->db);
	if (done)
		describe(k, l);
	*out = k;
	return done;
}

bool layer_source_all(
    const struct collection **out, size_t *n, struct call *c, struct err *e)
{
	struct collection *all;
	struct layer *layers;
	bool done;

	*n = 0;
	*out = NULL;
	if (!c->x->db)
		return true;
	if (!db_read_begin(c->x->db, e))
		return false;
	done = layers_list(c->x->db, c->x->arena, &layers, n, e);
	db_read_end(c->x->db);
	if (!done)
		return false;
	all = arena_array(c->x->arena, *n + 1, sizeof(*all));
	if (!all)
		return err_no_room(e);
	for (size_t i = 0; i < *n; i++)
		describe(&all[i], &layers[i]);
	*out = all;
	return true;
}

/* --- its features --------------------------------------------------------- */

static void release(void *held)
{
	snapshot_unref(held);
}

static bool add(void *context, const struct project *p, struct err *e)
{
	struct building *g = context;

	if (!snapshot_build_add(g->builder, p, e))
		return false;
	if (snapshot_build_bytes(g->builder) <= g->limit)
		return true;
	return err_set(e, ERR_MEMORY,
	    "the layer is too large to be read without its index: try again "
	    "later");
}

static struct snapshot *build(
    struct call *c, const struct layer *l, struct err *e)
{
	struct building g = { .limit = call_room(c) };
	struct snapshot_about about;
	struct snapshot_info info;

	layer_info(&info, &about, l);
	g.builder = snapshot_build_begin(NULL, &info, NULL, e);
	if (!g.builder)
		return NULL;
	if (layer_each(c->x->db, l, NULL, add, &g, e)) {
		c->built += snapshot_build_bytes(g.builder);
		return snapshot_build_finish(g.builder, e);
	}
	snapshot_build_abort(g.builder);
	return NULL;
}

/* What was said of it a moment ago must still be so. */
static struct snapshot *build_same(
    struct call *c, const struct collection *k, struct err *e)
{
	struct layer l;

	if (!find(&l, c, str_from(k->id), e))
		return NULL;
	if (l.change == k->change)
		return build(c, &l, e);
	err_set(e, ERR_BUSY, "the data cannot be read at the moment");
	return NULL;
}

bool layer_source_read(const struct snapshot **out, struct call *c,
    const struct collection *k, struct err *e)
{
	struct snapshot *made;

	*out = k->snapshot;
	if (*out)
		return true;
	if (!db_read_begin(c->x->db, e))
		return false;
	made = build_same(c, k, e);
	db_read_end(c->x->db);
	if (!made)
		return false;
	*out = made;
	return response_hold(c->x->response, release, made) || err_no_room(e);
}
