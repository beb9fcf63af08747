#include "api/kml_job.h"

#include "api/catalogue.h"
#include "api/kml_look.h"
#include "api/text.h"
#include "api/url.h"
#include "base/clock.h"
#include "format/local_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

static const char folder[] = "/kml/";

/* Metres: a degree of latitude, the least height to look from. */
static const double degree = 111320, lowest = 1500;

/* "/kml/NAME.kml" and all that is below "/kml/NAME/". */
static bool find_collection(
    const struct collection **out, struct call *c, struct err *e)
{
	struct str rest = c->x->request->path, name;

	if (!str_starts(rest, folder))
		return err_set(e, ERR_MISSING, "there is no such collection");
	rest.data += sizeof(folder) - 1;
	rest.len -= sizeof(folder) - 1;
	name = str_cut(&rest, '/');
	return collection_find(out, c, str_cut(&name, '.'), e);
}

/* Not used, but a broken one is refused as everywhere. */
static bool check_view(const struct call *c, struct err *e)
{
	struct str view = params_text(&c->params, "BBOX");
	struct bbox box;

	return !view.data || bbox_parse(&box, view, e) || err_param(e, "BBOX");
}

bool kml_job_begin(struct kml_job *job, struct call *c, struct err *e)
{
	job->call = c;
	job->out = call_text(c);
	if (!check_view(c, e) || !find_collection(&job->collection, c, e) ||
	    !source_open(&job->source, c, job->collection, SOURCE_ALL, e))
		return false;
	job->query = source_filter(&job->source);
	return true;
}

bool kml_job_has_money(const struct kml_job *job)
{
	return job->collection == &collection_projects;
}

struct str kml_keep(struct call *c)
{
	struct buf *b = &c->scratch;
	struct str kept = { NULL, 0 };

	if (!b->failed)
		kept.data =
		    arena_copy(c->x->arena, b->data ? b->data : "", b->len);
	kept.len = kept.data ? b->len : 0;
	if (!kept.data)
		c->x->response->failed = true;
	buf_reset(b);
	return kept;
}

struct str kml_job_address(
    const struct kml_job *job, const struct tile *tile, uint64_t page)
{
	struct call *c = job->call;
	char number[NUMBER_SIZE] = "";
	const struct url_change changes[] = { { "BBOX", { 0 } },
		{ "page", { number, 0 } },
		{ "lang", str_from(lang_codes[c->lang]) } };
	struct url_change all[3];

	memcpy(all, changes, sizeof(all));
	if (page > 0)
		all[1].value.len =
		    (size_t)snprintf(number, sizeof(number), "%" PRIu64, page);
	url_add(&c->scratch, c, folder);
	buf_add_text(&c->scratch, job->collection->id);
	if (tile)
		buf_add_format(&c->scratch, "/%d/%" PRIu32 "/%" PRIu32 ".kml",
		    tile->z, tile->x, tile->y);
	else
		buf_add_text(&c->scratch, "/none.kml");
	url_add_query(&c->scratch, c, all, 3);
	return kml_keep(c);
}

struct str kml_job_title(const struct kml_job *job, uint64_t count)
{
	struct call *c = job->call;
	char number[NUMBER_SIZE];
	int len = snprintf(number, sizeof(number), "%" PRIu64, count);

	buf_add_text(&c->scratch, job->collection->title[c->lang]);
	buf_add_text(&c->scratch, ": ");
	local_add_number(
	    &c->scratch, (struct str){ number, (size_t)len }, c->lang);
	return kml_keep(c);
}

struct kml_view kml_view_of(const struct bbox *box)
{
	double lat = (box->south + box->north) / 2;
	double tall = (box->north - box->south) * degree;
	double wide =
	    (box->east - box->west) * degree * cos(lat * acos(-1) / 180);
	double range = fmax(tall, wide) * 1.5;

	return (struct kml_view){
		.at = { (box->west + box->east) / 2, lat },
		.range = fmax(range, lowest),
	};
}

static void describe_owner(struct call *c, const struct collection *k)
{
	const struct site *site = c->x->site;
	struct buf *b = &c->scratch;
	char day[CLOCK_DAY_SIZE];

	if (!collection_is_layer(k)) {
		kml_add_sentence(b, "", site->attribution[c->lang], "");
		kml_add_sentence(b, text_of(TEXT_LICENCE, c->lang),
		    site->licence, site->licence_url);
		return;
	}
	kml_add_sentence(b, "", k->attribution, "");
	kml_add_sentence(b, text_of(TEXT_LICENCE, c->lang), k->licence, "");
	kml_add_sentence(b, text_of(TEXT_SOURCE, c->lang), k->source, "");
	if (k->date == CLOCK_NO_DAY)
		return;
	clock_day_text(k->date, day);
	kml_add_sentence(b, text_of(TEXT_AS_OF, c->lang), day, "");
}

struct str kml_describe(struct call *c, const struct collection *k,
    const struct snapshot_info *info)
{
	char stamp[CLOCK_STAMP_SIZE];
	struct buf *b = &c->scratch;

	describe_owner(c, k);
	if (info->published) {
		clock_stamp(info->published, stamp);
		kml_add_sentence(
		    b, text_of(TEXT_PUBLISHED, c->lang), stamp, "");
	}
	if (k == &collection_districts)
		kml_add_sentence(b, "", text_of(TEXT_GENERALISED, c->lang), "");
	else if (k == &collection_projects)
		kml_add_sentence(b, "", text_of(TEXT_DEMO_RULE, c->lang), "");
	return kml_keep(c);
}
