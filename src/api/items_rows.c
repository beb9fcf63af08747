#include "api/items.h"

#include "api/answer.h"
#include "api/fragment.h"
#include "api/kml_look.h"
#include "api/media.h"
#include "api/text.h"
#include "base/clock.h"
#include "format/csv_write.h"
#include "format/kml_write.h"

enum { ROW_MEMORY = 64 * 1024 * 1024, ROWS_BETWEEN_LOOKS = 64 };

/* Where rows are written, in one of the two formats. */
struct rows {
	struct buf *out;
	enum format format;
	struct kml_document document;
	struct kml_style styles[KML_LOOK_STYLES];
};

static void describe_owner(struct call *c, const struct collection *k)
{
	const struct site *site = c->x->site;
	struct buf *b = &c->scratch;
	char day[CLOCK_DAY_SIZE];

	if (!collection_is_layer(k)) {
		buf_add_format(b, "%s. %s: %s %s.", site->attribution[c->lang],
		    text_of(TEXT_LICENCE, c->lang), site->licence,
		    site->licence_url);
		return;
	}
	buf_add_format(b, "%s. %s: %s. %s: %s.", k->attribution,
	    text_of(TEXT_LICENCE, c->lang), k->licence,
	    text_of(TEXT_SOURCE, c->lang), k->source);
	if (k->date == CLOCK_NO_DAY)
		return;
	clock_day_text(k->date, day);
	buf_add_format(b, " %s: %s.", text_of(TEXT_AS_OF, c->lang), day);
}

static void describe(struct rows *rows, struct call *c,
    const struct collection *k, const struct snapshot_info *info)
{
	char stamp[CLOCK_STAMP_SIZE];
	struct buf *b = &c->scratch;

	describe_owner(c, k);
	if (info->published) {
		clock_stamp(info->published, stamp);
		buf_add_format(
		    b, " %s: %s.", text_of(TEXT_PUBLISHED, c->lang), stamp);
	}
	if (k == &collection_districts)
		buf_add_format(b, " %s.", text_of(TEXT_GENERALISED, c->lang));
	else if (k == &collection_projects)
		buf_add_format(b, " %s.", text_of(TEXT_DEMO_RULE, c->lang));
	rows->document.description.data =
	    arena_copy(c->x->arena, b->data, b->len);
	rows->document.description.len =
	    rows->document.description.data ? b->len : 0;
	buf_reset(b);
}

static void prepare_kml(struct rows *rows, struct call *c,
    const struct collection *k, const struct snapshot_info *info)
{
	kml_look(&rows->document, rows->styles, info->schema, c->lang);
	rows->document.name = k->title[c->lang];
	describe(rows, c, k, info);
}

static void begin(struct rows *rows, struct call *c, const struct collection *k,
    const struct snapshot_info *info)
{
	rows->out = &c->x->response->text;
	rows->format = format_of(c);
	if (rows->format == FORMAT_CSV) {
		csv_add_header(rows->out, info->schema);
		return;
	}
	prepare_kml(rows, c, k, info);
	kml_begin(rows->out, &rows->document);
}

static void add(struct rows *rows, const struct feature *f)
{
	if (rows->format == FORMAT_CSV)
		csv_add_feature(rows->out, f);
	else
		kml_add_feature(rows->out, &rows->document, f);
}

static void end(struct rows *rows)
{
	if (rows->format == FORMAT_KML)
		kml_end(rows->out);
}

/* A browser saves it under this name. */
static void name_file(struct call *c, const struct collection *k)
{
	response_header(c->x->response, "Content-Disposition",
	    "inline; filename=\"%s.%s\"", k->id,
	    codes_format.codes[format_of(c)].code);
}

static bool in_time(struct call *c, uint32_t done, struct err *e)
{
	if (done % ROWS_BETWEEN_LOOKS || !c->x->deadline ||
	    clock_monotonic() < c->x->deadline)
		return true;
	return err_set(e, ERR_BUSY,
	    "the answer took too long: ask for less with limit or filters");
}

/* Not to the end, only to find there that it cannot be sent. */
static bool has_room(const struct buf *out, struct err *e)
{
	if (!out->failed)
		return true;
	if (out->len > out->limit / 2)
		return err_set(e, ERR_LIMIT,
		    "the answer would be too large: ask for less with limit "
		    "or filters");
	return err_set(e, ERR_MEMORY, "out of memory");
}

static bool add_run(struct rows *rows, struct call *c, const struct source *s,
    const struct search_run *run, struct arena *a, struct err *e)
{
	for (uint32_t i = 0; i < run->count; i++) {
		struct feature f;

		arena_reset(a);
		if (!in_time(c, i, e))
			return false;
		if (!fragment_read(&f, s->snapshot, run->first + i, a, e))
			return false;
		add(rows, &f);
		if (!has_room(rows->out, e))
			return false;
	}
	return true;
}

bool items_write_rows(struct call *c, const struct items *items, struct err *e)
{
	const struct search_page *p = &items->page;
	struct rows rows;
	struct arena a;
	bool done = true;

	begin(&rows, c, items->collection, items->source.info);
	name_file(c, items->collection);
	/* One row's memory at a time, however many there are. */
	arena_init(&a, ROW_MEMORY);
	for (size_t i = 0; done && i < p->n_runs; i++)
		done = add_run(&rows, c, &items->source, &p->runs[i], &a, e);
	arena_free(&a);
	end(&rows);
	return done;
}

void items_write_one(struct call *c, const struct collection *k,
    const struct snapshot_info *info, const struct feature *f)
{
	struct rows rows;

	begin(&rows, c, k, info);
	name_file(c, k);
	add(&rows, f);
	end(&rows);
}
