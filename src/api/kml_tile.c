#include "api/kml.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/kml_job.h"
#include "api/kml_looks.h"
#include "api/media.h"
#include "base/hash.h"
#include "format/kml_tree.h"

#include <inttypes.h>
#include <string.h>

/* Which file of the pyramid: what is anchored in a tile, or nowhere. */
struct place {
	const struct tile *tile; /* NULL: without a place */
	uint64_t page; /* from 1; 0: not one of its pages */
};

/* Nothing in a file tells the data version; names of districts do. */
static bool is_held(struct kml_job *job, const struct place *at,
    const struct snapshot *districts)
{
	const struct source *s = &job->source;
	int64_t marks[] = { s->info->version, snapshot_change(districts) };

	if (!s->selected && at->tile && !query_has_filter(&s->query) &&
	    !s->query.has_bbox) {
		struct bbox bounds = tile_bounds(at->tile);

		marks[0] = snapshot_change_box(s->snapshot, &bounds);
	}
	return answer_begin(job->call, MEDIA_KML,
	    (int64_t)hash_bytes(marks, sizeof(marks), 0),
	    job->collection->overdue ? s->info->day : 0);
}

/* --- feature by feature --------------------------------------------------- */

/* Of the features of a document that looks as the site's do. */
static struct kml_placemarks *open_features(
    const struct kml_job *job, struct kml_document *d, struct err *e)
{
	struct call *c = job->call;
	const struct schema *schema = job->source.info->schema;
	const struct kml_looked *ready =
	    kml_looks_find(c->x->site->looks, schema, c->lang);
	struct kml_look *look;

	if (ready) {
		*d = ready->look.document;
		return kml_placemarks_like(
		    ready->placemarks, d, c->x->arena, e);
	}
	look = arena_alloc(c->x->arena, sizeof(*look));
	if (!look) {
		err_no_room(e);
		return NULL;
	}
	kml_look(look, schema, c->lang, c->x->site->base_url);
	*d = look->document;
	return kml_placemarks(d, c->x->arena, e);
}

static bool write_features(
    struct kml_job *job, const uint32_t *rows, size_t n, struct err *e)
{
	struct kml_document d;
	struct kml_placemarks *p = open_features(job, &d, e);

	if (!p)
		return false;
	d.name = kml_job_title(job, n).data;
	if (!d.name)
		return err_no_room(e);
	kml_add_prolog(job->out, KML_REFRESH, &d);
	kml_begin_document(job->out, &d);
	if (!kml_write_rows(job, rows, n, p, e))
		return false;
	kml_end(job->out);
	return true;
}

static bool write_page(
    struct kml_job *job, const struct place *at, uint64_t from, struct err *e)
{
	uint32_t rows[PYRAMID_ROWS];
	size_t n = pyramid_rows(rows, PYRAMID_ROWS, from, job->source.snapshot,
	    &job->query, source_text(&job->source), at->tile);

	if (at->page > 1 && n == 0)
		return err_set(e, ERR_MISSING, "there are no so many pages");
	return write_features(job, rows, n, e);
}

/* --- counted -------------------------------------------------------------- */

/* A document of marks, begun. */
struct counted {
	struct kml_groups *groups;
	struct kml_placemarks *placemarks;
};

static bool begin_counted(
    struct counted *out, struct kml_job *job, uint64_t count, struct err *e)
{
	struct kml_document *d;

	out->groups = kml_groups(job, e);
	if (!out->groups)
		return false;
	d = kml_groups_document(out->groups);
	d->name = kml_job_title(job, count).data;
	if (!d->name)
		return err_no_room(e);
	out->placemarks = kml_placemarks(d, job->call->x->arena, e);
	if (!out->placemarks)
		return false;
	kml_add_prolog(job->out, KML_REFRESH, d);
	kml_begin_document(job->out, d);
	return true;
}

static struct str mark_id(struct call *c, size_t quarter, size_t mark)
{
	buf_add_format(&c->scratch, "group-%zu-%zu", quarter, mark);
	return kml_keep(c);
}

/* The marks of a quarter until its own file takes their place. */
static void write_quarter(struct counted *out, struct kml_job *job,
    const struct pyramid_part *q, size_t number)
{
	const struct kml_region far = { q->reach, 0, KML_PIXELS };
	const struct kml_region near = { q->reach, KML_PIXELS, -1 };
	struct str name = kml_job_title(job, q->all.sums.count);
	const struct kml_folder folder = {
		.name = name, .region = &far, .closed = true
	};
	const struct kml_link link = { .name = name,
		.href = kml_job_address(job, &q->tile, 0),
		.region = &near };

	kml_begin_folder(job->out, &folder);
	for (size_t i = 0; i < q->n_marks; i++)
		kml_groups_add(out->groups, out->placemarks, &q->marks[i],
		    mark_id(job->call, number, i));
	kml_end_folder(job->out);
	kml_add_network_link(job->out, &link);
}

static bool write_quarters(
    struct kml_job *job, const struct pyramid_tile *t, struct err *e)
{
	struct counted out;

	if (!begin_counted(&out, job, t->whole.all.sums.count, e))
		return false;
	for (size_t i = 0; i < t->n_quarters; i++)
		write_quarter(&out, job, &t->quarters[i], i);
	kml_end(job->out);
	return true;
}

static void link_page(
    struct kml_job *job, const struct place *at, uint64_t page, uint64_t count)
{
	uint64_t first = (page - 1) * PYRAMID_ROWS + 1;
	uint64_t last = page * PYRAMID_ROWS;
	struct kml_link link = { .href = kml_job_address(job, at->tile, page),
		.off = true };

	buf_add_format(&job->call->scratch, "%" PRIu64 "\xE2\x80\x93%" PRIu64,
	    first, last < count ? last : count);
	link.name = kml_keep(job->call);
	kml_add_network_link(job->out, &link);
}

/* More in one place than a file holds: pages, fetched when they are ticked. */
static bool write_pages(struct kml_job *job, const struct place *at,
    const struct cluster *all, uint64_t count, struct err *e)
{
	struct counted out;

	if (!begin_counted(&out, job, count, e))
		return false;
	if (all)
		kml_groups_add(
		    out.groups, out.placemarks, all, mark_id(job->call, 0, 0));
	for (uint64_t page = 1; (page - 1) * PYRAMID_ROWS < count; page++)
		link_page(job, at, page, count);
	kml_end(job->out);
	return true;
}

/* --- paths ---------------------------------------------------------------- */

static bool write_tile(
    struct kml_job *job, const struct place *at, struct err *e)
{
	struct pyramid_tile t;

	if (at->page > 0)
		return write_page(job, at, (at->page - 1) * PYRAMID_ROWS, e);
	pyramid_tile(&t, job->source.snapshot, &job->query,
	    source_text(&job->source), at->tile);
	if (t.whole.parted)
		return write_quarters(job, &t, e);
	if (t.whole.all.sums.count > PYRAMID_ROWS)
		return write_pages(
		    job, at, &t.whole.all, t.whole.all.sums.count, e);
	return write_page(job, at, 0, e);
}

static bool write_none(
    struct kml_job *job, const struct place *at, struct err *e)
{
	uint64_t count;

	if (at->page > 0)
		return write_page(job, at, (at->page - 1) * PYRAMID_ROWS, e);
	count = pyramid_count(
	    job->source.snapshot, &job->query, source_text(&job->source), NULL);
	if (count > PYRAMID_ROWS)
		return write_pages(job, at, NULL, count, e);
	return write_page(job, at, 0, e);
}

static bool answer(struct call *c, struct place at, struct err *e)
{
	struct kml_job job;
	const struct snapshot *districts;

	if (!kml_job_begin(&job, c, e))
		return false;
	districts = source_districts_now(c, e);
	if (!districts)
		return false;
	at.page = (uint64_t)params_int(&c->params, "page");
	if (is_held(&job, &at, districts))
		return true;
	return at.tile ? write_tile(&job, &at, e) : write_none(&job, &at, e);
}

bool kml_tile(struct call *c, struct err *e)
{
	/* Of a layer its name is a variable of the path, too. */
	bool named = strstr(c->endpoint->pattern, "{collection}");
	const struct str *vars = c->vars + named;
	struct tile tile;

	return tile_parse(&tile, vars[0], vars[1], vars[2], e) &&
	       answer(c, (struct place){ &tile, 0 }, e);
}

bool kml_none(struct call *c, struct err *e)
{
	return answer(c, (struct place){ NULL, 0 }, e);
}
