#include "api/kml.h"

#include "api/answer.h"
#include "api/catalogue.h"
#include "api/html.h"
#include "api/kml_job.h"
#include "api/kmz.h"
#include "api/media.h"
#include "api/text.h"
#include "format/kml_tree.h"

static const struct tile world = { 0, 0, 0 };

/* What the root tells of the whole collection. */
struct totals {
	struct search_sums all; /* without a place, too */
	struct pyramid_tile located;
};

static bool find_totals(
    struct totals *t, const struct kml_job *job, struct err *e)
{
	const struct source *s = &job->source;

	pyramid_tile(
	    &t->located, s->snapshot, &job->query, source_text(s), &world);
	return search_sum(&t->all, NULL, GROUP_NONE, s->snapshot, &job->query,
	    source_text(s), job->call->x->arena, e);
}

static uint64_t unplaced(const struct totals *t)
{
	return t->all.count - t->all.located;
}

/* --- what it says --------------------------------------------------------- */

static void add_count(struct call *c, enum text_id title, uint64_t n)
{
	html_text(&c->scratch, str_from(text_of(title, c->lang)));
	buf_add_text(&c->scratch, ": ");
	html_number(&c->scratch, (int64_t)n, c->lang);
	buf_add_text(&c->scratch, "<br/>\n");
}

static void add_sum(struct call *c, enum text_id title, int64_t sum,
    uint64_t missing, uint64_t count)
{
	html_text(&c->scratch, str_from(text_of(title, c->lang)));
	buf_add_text(&c->scratch, ": ");
	if (missing < count)
		html_money(&c->scratch, sum, c->lang);
	if (missing > 0) {
		buf_add_text(&c->scratch, missing < count ? " (" : "");
		html_text(
		    &c->scratch, str_from(text_of(TEXT_NOT_COUNTED, c->lang)));
		buf_add_text(&c->scratch, ": ");
		html_number(&c->scratch, (int64_t)missing, c->lang);
		buf_add_text(&c->scratch, missing < count ? ")" : "");
	}
	buf_add_text(&c->scratch, "<br/>\n");
}

static struct str describe_totals(
    const struct kml_job *job, const struct search_sums *s)
{
	struct call *c = job->call;

	add_count(c, TEXT_FEATURES, s->count);
	if (s->count > s->located)
		add_count(c, TEXT_NO_PLACE, s->count - s->located);
	if (kml_job_has_money(job) && s->count > 0) {
		add_sum(
		    c, TEXT_PLANNED, s->planned, s->missing_planned, s->count);
		add_sum(c, TEXT_CONTRACTED, s->contracted,
		    s->missing_contracted, s->count);
		add_sum(c, TEXT_PAID, s->paid, s->missing_paid, s->count);
		add_count(c, TEXT_OVERDUE, s->overdue);
		add_sum(c, TEXT_OVERDUE_PLANNED, s->overdue_planned, 0, 1);
	}
	return kml_keep(c);
}

static struct str home_page(struct call *c)
{
	url_add(&c->scratch, c, "/");
	return kml_keep(c);
}

static void add_legend(const struct kml_job *job, bool packed)
{
	struct call *c = job->call;
	struct str href = str_from(KMZ_LEGEND);

	if (!kml_job_has_money(job))
		return;
	if (!packed) {
		url_add(&c->scratch, c, "/img/legend-");
		buf_add_format(&c->scratch, "%s.png", lang_codes[c->lang]);
		href = kml_keep(c);
	}
	kml_add_overlay(
	    job->out, str_from(text_of(TEXT_LEGEND, c->lang)), href);
}

/* --- where it leads ------------------------------------------------------- */

static void link_located(const struct kml_job *job, const struct totals *t)
{
	const struct pyramid_part *w = &t->located.whole;
	const struct kml_region region = { w->reach, KML_PIXELS, -1 };
	const struct kml_link link = { .name = kml_job_title(
					   job, w->all.sums.count),
		.href = kml_job_address(job, &w->tile, 0),
		.region = &region };

	if (w->all.sums.count > 0)
		kml_add_network_link(job->out, &link);
}

static void link_unplaced(const struct kml_job *job, const struct totals *t)
{
	struct call *c = job->call;
	struct kml_link link = { .href = kml_job_address(job, NULL, 0),
		.off = true };

	if (unplaced(t) == 0)
		return;
	buf_add_format(&c->scratch, "%s: ", text_of(TEXT_NO_PLACE, c->lang));
	html_number(&c->scratch, (int64_t)unplaced(t), c->lang);
	link.name = kml_keep(c);
	kml_add_network_link(job->out, &link);
}

static void write_root(struct kml_job *job, const struct totals *t, bool packed)
{
	struct call *c = job->call;
	const struct cluster *all = &t->located.whole.all;
	const struct kml_view view = kml_view_of(&all->box);
	const struct kml_document d = {
		.name = job->collection->title[c->lang],
		.snippet = kml_job_title(job, t->all.count),
		.html = describe_totals(job, &t->all),
		.description =
		    kml_describe(c, job->collection, job->source.info),
		.link = home_page(c).data,
		.view = all->sums.count > 0 ? &view : NULL,
		.lang = c->lang,
	};

	kml_add_prolog(job->out, KML_REFRESH, &d);
	kml_begin_document(job->out, &d);
	add_legend(job, packed);
	link_located(job, t);
	link_unplaced(job, t);
	kml_end(job->out);
}

static bool answer(struct call *c, bool packed, struct err *e)
{
	struct kml_job job;
	struct totals totals;

	if (!kml_job_begin(&job, c, e))
		return false;
	if (answer_begin(c, packed ? MEDIA_KMZ : MEDIA_KML,
		job.source.info->version,
		job.collection->overdue ? job.source.info->day : 0))
		return true;
	if (!find_totals(&totals, &job, e))
		return false;
	response_header(c->x->response, "Content-Disposition",
	    "inline; filename=\"%s.%s\"", job.collection->id,
	    packed ? "kmz" : "kml");
	write_root(&job, &totals, packed);
	return !packed ||
	       kmz_pack(c, kml_job_has_money(&job) ? KMZ_WITH_LEGEND : 0,
		   job.source.info->published, e);
}

bool kml_root(struct call *c, struct err *e)
{
	return answer(c, false, e);
}

bool kml_root_packed(struct call *c, struct err *e)
{
	return answer(c, true, e);
}
