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

bool items_write_geojson(struct call *c, const struct items *i, struct err *e)
{
	struct response *r = c->x->response;
	struct json j;

	(void)e;
	json_init(&j, &r->text);
	write_head(&j, c, i);
	for (size_t n = 0; n < i->page.n_runs; n++) {
		const struct search_run *run = &i->page.runs[n];
		struct str bytes = snapshot_fragments(
		    i->source.snapshot, run->first, run->count);

		/* Each fragment begins with a comma; the first needs none. */
		if (!n && bytes.len)
			bytes = (struct str){ bytes.data + 1, bytes.len - 1 };
		response_add_mapped(r, bytes);
	}
	json_close(&j, ']');
	json_close(&j, '}');
	buf_add_char(&r->text, '\n');
	return true;
}
