#include "api/items.h"

#include "api/answer.h"
#include "api/fragment.h"
#include "api/kml_job.h"
#include "api/kml_look.h"
#include "api/kmz.h"
#include "api/media.h"
#include "base/clock.h"
#include "format/csv_write.h"
#include "format/kml_write.h"
#include "store/layers.h"

/* Where rows are written, as CSV or as KML. */
struct rows {
	struct buf *out;
	enum format format;
	int64_t published;
	struct kml_look look;
	struct kml_placemarks *placemarks;
	struct db *kept; /* what features have of KML; NULL: nothing */
	struct str rest; /* what the layer's file had besides */
};

static bool is_kml(const struct rows *rows)
{
	return rows->format == FORMAT_KML || rows->format == FORMAT_KMZ;
}

/* Styles, links and overlays of the file that a layer came from. */
static bool find_kept(struct rows *rows, struct call *c,
    const struct collection *k, struct err *e)
{
	struct err why = { .code = ERR_NONE };
	struct layer l;

	if (!collection_is_layer(k) || !c->x->db)
		return true;
	if (layers_find(c->x->db, str_from(k->id), c->x->arena, &l, &why)) {
		rows->kept = c->x->db;
		rows->rest = l.rest;
		rows->look.document.kept_styles = l.style;
		return true;
	}
	/* Taken out just now: the snapshot has it still. */
	return why.code == ERR_MISSING || err_set(e, why.code, "%s", why.text);
}

static bool begin_kml(struct rows *rows, struct call *c,
    const struct collection *k, const struct snapshot_info *info, struct err *e)
{
	struct kml_document *d = &rows->look.document;

	kml_look(&rows->look, info->schema, c->lang, c->x->site->base_url);
	if (rows->format == FORMAT_KMZ)
		kml_look_packed(&rows->look);
	d->name = k->title[c->lang];
	d->description = kml_describe(c, k, info);
	if (!find_kept(rows, c, k, e))
		return false;
	rows->placemarks = kml_placemarks(d, c->x->arena, e);
	kml_begin(rows->out, d);
	return rows->placemarks != NULL;
}

static bool begin(struct rows *rows, struct call *c, const struct collection *k,
    const struct snapshot_info *info, struct err *e)
{
	rows->out = &c->x->response->text;
	rows->format = format_of(c);
	rows->published = info->published;
	if (is_kml(rows))
		return begin_kml(rows, c, k, info, e);
	csv_add_header(rows->out, info->schema);
	return true;
}

/* Style and whatever else stood in the file that the feature came from. */
static bool take_kept(
    struct rows *rows, int64_t id, struct arena *a, struct err *e)
{
	struct layer_kept kept;

	if (!rows->kept)
		return true;
	if (!layer_kept(rows->kept, id, a, &kept, e))
		return false;
	kml_take_kept(rows->placemarks, kept.style, kept.rest);
	return true;
}

static bool add_row(void *context, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct rows *rows = context;
	struct feature f;

	if (is_kml(rows))
		return take_kept(rows, snapshot_id(s, row), a, e) &&
		       (kml_add_fragment(
			    rows->out, rows->placemarks, fragment_of(s, row)) ||
			   err_set(e, ERR_DAMAGED,
			       "the index of the data is damaged"));
	if (!fragment_read(&f, s, row, a, e))
		return false;
	csv_add_feature(rows->out, &f);
	return true;
}

static bool end(struct rows *rows, struct call *c, struct err *e)
{
	if (is_kml(rows)) {
		kml_add_kept(rows->out, rows->rest);
		kml_end(rows->out);
	}
	return rows->format != FORMAT_KMZ ||
	       kmz_pack(c, KMZ_WITH_MARK, rows->published, e);
}

/* A browser saves it under this name. */
static void name_file(struct call *c, const struct collection *k)
{
	response_header(c->x->response, "Content-Disposition",
	    "inline; filename=\"%s.%s\"", k->id,
	    codes_format.codes[format_of(c)].code);
}

bool items_write_rows(struct call *c, const struct items *items, struct err *e)
{
	struct rows rows = { .kept = NULL };

	if (!begin(&rows, c, items->collection, items->source.info, e))
		return false;
	name_file(c, items->collection);
	return items_each(c, items, add_row, &rows, e) && end(&rows, c, e);
}

bool items_write_one(struct call *c, const struct collection *k,
    const struct snapshot_info *info, const struct feature *f, struct err *e)
{
	struct rows rows = { .kept = NULL };

	if (!begin(&rows, c, k, info, e))
		return false;
	name_file(c, k);
	if (is_kml(&rows)) {
		if (!take_kept(&rows, f->id, c->x->arena, e))
			return false;
		kml_add_feature(rows.out, rows.placemarks, f);
	} else {
		csv_add_feature(rows.out, f);
	}
	return end(&rows, c, e);
}
