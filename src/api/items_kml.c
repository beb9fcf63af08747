#include "api/items_rows.h"

#include "api/fragment.h"
#include "api/kml_job.h"
#include "api/kml_looks.h"
#include "api/kmz.h"
#include "format/kml_write.h"
#include "store/layers.h"

enum { FEATURE_MAX = 64 * 1024 * 1024 };

struct kml {
	struct kml_document document;
	struct kml_placemarks *placemarks;
	struct buf changed; /* a feature that is written anew */
	struct db *kept; /* what features have of KML; NULL: nothing */
	struct str rest; /* what the layer's file had besides */
};

/* Styles, links and overlays of the file that a layer came from. */
static bool find_kept(struct kml *k, const struct rows *r, struct err *e)
{
	struct call *c = r->call;
	struct err why = { .code = ERR_NONE };
	struct layer l;

	if (!collection_is_layer(r->collection) || !c->x->db)
		return true;
	if (layers_find(
		c->x->db, str_from(r->collection->id), c->x->arena, &l, &why)) {
		k->kept = c->x->db;
		k->rest = l.rest;
		k->document.kept_styles = l.style;
		return true;
	}
	/* Taken out just now: the snapshot has it still. */
	return why.code == ERR_MISSING || err_set(e, why.code, "%s", why.text);
}

/* What the site has ready for an answer that shows all attributes. */
static const struct kml_looked *find_ready(const struct rows *r)
{
	const struct call *c = r->call;

	if (r->format == FORMAT_KMZ || !narrow_is_whole(&r->how->narrow))
		return NULL;
	return kml_looks_find(c->x->site->looks, r->info->schema, c->lang);
}

static const struct kml_look *make_look(const struct rows *r)
{
	const struct call *c = r->call;
	struct kml_look *look = arena_alloc(c->x->arena, sizeof(*look));

	if (!look)
		return NULL;
	kml_look(look, r->info->schema, c->lang, c->x->site->base_url);
	kml_look_narrow(look, &r->how->narrow);
	if (r->format == FORMAT_KMZ)
		kml_look_packed(look);
	return look;
}

static bool begin(struct rows *r, struct err *e)
{
	struct call *c = r->call;
	struct kml *k = arena_alloc(c->x->arena, sizeof(*k));
	const struct kml_looked *ready = find_ready(r);
	const struct kml_look *look = ready ? &ready->look : make_look(r);
	struct kml_document *d;

	if (!k || !look)
		return err_no_room(e);
	r->own = k;
	d = &k->document;
	*d = look->document;
	buf_init(&k->changed, FEATURE_MAX);
	d->name = r->collection->title[c->lang];
	d->description = kml_describe(c, r->collection, r->info);
	if (!find_kept(k, r, e))
		return false;
	k->placemarks =
	    ready ? kml_placemarks_like(ready->placemarks, d, c->x->arena, e)
		  : kml_placemarks(d, c->x->arena, e);
	kml_begin(r->out, d);
	return k->placemarks != NULL;
}

/* Style and whatever else stood in the file that the feature came from. */
static bool take_kept(struct kml *k, int64_t id, struct arena *a, struct err *e)
{
	struct layer_kept kept;

	if (!k->kept)
		return true;
	if (!layer_kept(k->kept, id, a, &kept, e))
		return false;
	kml_take_kept(k->placemarks, kept.style, kept.rest, kept.heights);
	return true;
}

/* The row as it lies ready, or one that is made as it is asked for. */
static bool add_text(struct rows *r, const struct snapshot *s, uint32_t row,
    struct arena *a, bool *good, struct err *e)
{
	struct kml *k = r->own;

	if (rewrite_is_none(r->how)) {
		*good = kml_add_fragment(r->out, k->placemarks,
		    fragment_of(s, row), snapshot_value_lengths(s, row));
		return true;
	}
	buf_reset(&k->changed);
	if (!rewrite_row(&k->changed, r->how, s, row, a, e))
		return false;
	if (k->changed.failed)
		return err_no_room(e);
	*good =
	    kml_add_fragment(r->out, k->placemarks, buf_str(&k->changed), NULL);
	return true;
}

static bool add_row(struct rows *r, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct kml *k = r->own;
	bool good;

	return take_kept(k, snapshot_id(s, row), a, e) &&
	       add_text(r, s, row, a, &good, e) &&
	       (good || snapshot_damaged(e));
}

static bool add_feature(
    struct rows *r, const struct feature *f, struct arena *a, struct err *e)
{
	struct kml *k = r->own;

	if (!take_kept(k, f->id, a, e))
		return false;
	kml_add_feature(r->out, k->placemarks, f);
	return true;
}

static bool end(struct rows *r, struct err *e)
{
	struct kml *k = r->own;

	kml_add_kept(r->out, k->rest);
	kml_end(r->out);
	return r->format != FORMAT_KMZ ||
	       kmz_pack(r->call, KMZ_WITH_MARK, r->info->published, e);
}

static void close_kml(struct rows *r)
{
	struct kml *k = r->own;

	if (k)
		buf_free(&k->changed);
}

/* A database belongs to the call's thread, what rewrites does too. */
static bool outlives(const struct rows *r)
{
	const struct kml *k = r->own;

	return r->format == FORMAT_KML && !k->kept && rewrite_is_none(r->how);
}

const struct rows_format rows_kml = { begin, add_row, add_feature, end,
	close_kml, outlives };
