#include "api/items_rows.h"

#include "store/geopackage.h"

/* A single feature is without the time of its data version's publication. */
static bool begin(struct rows *r, struct err *e)
{
	const int lang = r->call->lang;
	const size_t room = call_room(r->call);
	const struct geopackage_about about = {
		.identifier = r->collection->title[lang],
		.description = r->collection->description[lang],
		.published = r->info->published,
		.schema = r->how->narrow.schema,
		.bytes_max =
		    room < GEOPACKAGE_BYTES_MAX ? room : GEOPACKAGE_BYTES_MAX,
	};

	r->own = geopackage_open(&about, e);
	return r->own != NULL;
}

static bool add_feature(
    struct rows *r, const struct feature *f, struct arena *a, struct err *e)
{
	(void)a;
	return geopackage_add(r->own, f, e);
}

static void release(void *held)
{
	geopackage_close(held);
}

/* It stays until it is sent. */
static bool end(struct rows *r, struct err *e)
{
	struct geopackage *g = r->own;
	struct str bytes;

	if (!geopackage_finish(g, &bytes, e))
		return false;
	r->own = NULL;
	if (!response_hold(r->call->x->response, release, g))
		return err_no_room(e);
	response_add_mapped(r->call->x->response, bytes);
	return true;
}

static void close_rows(struct rows *r)
{
	geopackage_close(r->own);
}

const struct rows_format rows_geopackage = {
	.begin = begin, .feature = add_feature, .end = end, .close = close_rows
};
