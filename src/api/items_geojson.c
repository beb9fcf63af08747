#include "api/items.h"

#include "api/answer.h"

static void write_head(struct json *j, struct call *c, const struct items *i)
{
	json_open(j, '{');
	json_key(j, "type");
	json_text(j, "FeatureCollection");
	json_key(j, "numberMatched");
	json_int(j, (int64_t)i->page.matched);
	json_key(j, "numberReturned");
	json_int(j, i->page.returned);
	answer_version(j, i->source.info->version, i->source.info->published);
	answer_source_of(j, c, i->collection);
	links_write(&i->links, j);
	json_key(j, "features");
	json_open(j, '[');
}

/* Fragments as they are, without a copy. */
static void add_runs(struct call *c, const struct items *items)
{
	for (size_t i = 0; i < items->page.n_runs; i++) {
		const struct search_run *run = &items->page.runs[i];
		struct str bytes = snapshot_fragments(
		    items->source.snapshot, run->first, run->count);

		/* Each fragment begins with a comma; the first needs none. */
		if (!i && bytes.len)
			bytes = (struct str){ bytes.data + 1, bytes.len - 1 };
		response_add_mapped(c->x->response, bytes);
	}
}

struct rewriting {
	const struct rewrite *how;
	struct buf *out;
	bool begun;
};

static bool add_row(void *context, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct rewriting *w = context;

	if (w->begun)
		buf_add_char(w->out, ',');
	w->begun = true;
	return rewrite_row(w->out, w->how, s, row, a, e);
}

bool items_write_geojson(
    struct call *c, const struct items *items, struct err *e)
{
	struct rewriting w = { &items->how, call_text(c), false };
	struct json j;

	json_init(&j, w.out);
	write_head(&j, c, items);
	if (rewrite_is_none(w.how))
		add_runs(c, items);
	else if (!items_each(c, items, add_row, &w, e))
		return false;
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(w.out, '\n');
	return true;
}
