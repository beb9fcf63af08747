#include "api/layer_source.h"

#include "api/layer_info.h"

static bool out_of_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY, "the request is too large");
}

static void release(void *held)
{
	snapshot_unref(held);
}

static struct snapshot *build(
    struct call *c, const struct layer *l, struct err *e)
{
	struct snapshot_about about;
	struct snapshot_info info;
	struct snapshot_builder *b;

	layer_info(&info, &about, l);
	b = snapshot_build_begin(NULL, &info, NULL, e);
	if (!b)
		return NULL;
	if (layer_each(c->x->db, l, NULL, snapshot_build_add, b, e))
		return snapshot_build_finish(b, e);
	snapshot_build_abort(b);
	return NULL;
}

/* What the snapshot says of itself lives as long as the answer. */
static bool describe(struct collection *out, struct call *c,
    const struct layer *l, struct err *e)
{
	struct snapshot *s = build(c, l, e);

	if (!s)
		return false;
	if (!response_hold(c->x->response, release, s))
		return out_of_memory(e);
	*out = (struct collection){ .id = l->name,
		.schema = snapshot_info_of(s)->schema,
		.title = { l->title[0], l->title[1], l->title[2] },
		.description = { "", "", "" },
		.snapshot = s,
		.licence = l->licence,
		.source = l->source,
		.attribution = l->attribution,
		.date = l->date };
	return true;
}

static bool find(
    struct collection *out, struct call *c, struct str name, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	struct layer l;

	if (layers_find(c->x->db, name, c->x->arena, &l, &why) && l.is_public)
		return describe(out, c, &l, e);
	if (why.code == ERR_NONE || why.code == ERR_MISSING)
		return err_set(e, ERR_MISSING, "there is no such collection");
	err_set(e, why.code, "%s", why.text);
	return err_detail(e, "%s", why.detail);
}

bool layer_source_find(const struct collection **out, struct call *c,
    struct str name, struct err *e)
{
	struct collection *k = arena_alloc(c->x->arena, sizeof(*k));
	bool done;

	if (!k)
		return out_of_memory(e);
	if (!c->x->db)
		return err_set(e, ERR_MISSING, "there is no such collection");
	if (!db_read_begin(c->x->db, e))
		return false;
	done = find(k, c, name, e);
	db_read_end(c->x->db);
	*out = k;
	return done;
}

static bool list(
    struct collection **out, size_t *n, struct call *c, struct err *e)
{
	struct layer *layers;

	if (!layers_list(c->x->db, c->x->arena, &layers, n, e))
		return false;
	*out = arena_array(c->x->arena, *n + 1, sizeof(**out));
	if (!*out)
		return out_of_memory(e);
	for (size_t i = 0; i < *n; i++)
		if (!describe(&(*out)[i], c, &layers[i], e))
			return false;
	return true;
}

bool layer_source_all(
    const struct collection **out, size_t *n, struct call *c, struct err *e)
{
	struct collection *all = NULL;
	bool done;

	*n = 0;
	*out = NULL;
	if (!c->x->db)
		return true;
	if (!db_read_begin(c->x->db, e))
		return false;
	done = list(&all, n, c, e);
	db_read_end(c->x->db);
	*out = all;
	return done;
}
