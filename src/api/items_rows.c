#include "api/items_rows.h"

#include "api/fragment.h"
#include "format/csv_write.h"
#include "format/geojson.h"

/* A part and what may stand over; growing up to that would copy it. */
enum { ROW_MEMORY = 64 * 1024 * 1024, TEXT_ROOM = RESPONSE_PART + 64 * 1024 };

/* --- CSV ------------------------------------------------------------------ */

static bool begin_csv(struct rows *r, struct err *e)
{
	(void)e;
	csv_add_header(r->out, r->how->narrow.schema);
	return true;
}

static bool add_csv(
    struct rows *r, const struct feature *f, struct arena *a, struct err *e)
{
	(void)a;
	(void)e;
	csv_add_feature(r->out, f);
	return true;
}

/* --- GeoJSON text sequences (RFC 8142) ------------------------------------ */

static const char record_separator = '\x1E';

static bool add_sequence_row(struct rows *r, const struct snapshot *s,
    uint32_t row, struct arena *a, struct err *e)
{
	buf_add_char(r->out, record_separator);
	if (rewrite_is_none(r->how))
		buf_add_str(r->out, fragment_of(s, row));
	else if (!rewrite_row(r->out, r->how, s, row, a, e))
		return false;
	buf_add_char(r->out, '\n');
	return true;
}

static bool add_sequence(
    struct rows *r, const struct feature *f, struct arena *a, struct err *e)
{
	buf_add_char(r->out, record_separator);
	if (!rewrite_feature(r->out, r->how, f, a, e))
		return false;
	buf_add_char(r->out, '\n');
	return true;
}

/* --- all of them ---------------------------------------------------------- */

/* Reference systems belong to the call's thread; simplifying has to end in its
 * time. */
static bool outlives(const struct rows *r)
{
	return r->how->crs == CRS_84 && r->how->zoom == ZOOM_NONE;
}

static const struct rows_format rows_csv = {
	.begin = begin_csv, .feature = add_csv, .outlives = outlives
};
static const struct rows_format rows_sequence = {
	.row = add_sequence_row, .feature = add_sequence, .outlives = outlives
};

static const struct rows_format *const all[] = {
	[FORMAT_KML] = &rows_kml,
	[FORMAT_KMZ] = &rows_kml,
	[FORMAT_CSV] = &rows_csv,
	[FORMAT_SEQUENCE] = &rows_sequence,
	[FORMAT_GEOPACKAGE] = &rows_geopackage,
};

static bool begin(struct rows *r, struct call *c, const struct rewrite *how,
    const struct collection *k, const struct snapshot_info *info, struct err *e)
{
	const struct rows_format *f = all[format_of(c)];

	*r = (struct rows){ .call = c,
		.collection = k,
		.info = info,
		.how = how,
		.format = format_of(c),
		.out = call_text(c) };
	if (r->out->limit > TEXT_ROOM)
		(void)buf_reserve(r->out, TEXT_ROOM);
	/* A browser saves it under this name. */
	response_header(c->x->response, "Content-Disposition",
	    "inline; filename=\"%s.%s\"", k->id,
	    codes_format.codes[r->format].code);
	return !f->begin || f->begin(r, e);
}

static bool end(struct rows *r, struct err *e)
{
	return !all[r->format]->end || all[r->format]->end(r, e);
}

static void close_rows(struct rows *r)
{
	if (all[r->format]->close)
		all[r->format]->close(r);
}

static bool add_row(void *context, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct rows *r = context;
	const struct rows_format *format = all[r->format];
	struct feature f;

	if (format->row)
		return format->row(r, s, row, a, e);
	return fragment_read(&f, s, row, a, e) &&
	       rewrite_values(&f, r->how, s, row, a, e) &&
	       format->feature(r, &f, a, e);
}

/* --- rows that are written while they are sent ---------------------------- */

/* What is left of an answer when its handler is done. */
struct sending {
	struct rows rows;
	struct rewrite how;
	const struct snapshot *snapshot;
	struct search_page page;
	size_t run; /* of the next row */
	uint32_t at; /* in it */
	struct arena row; /* memory for one */
};

static void release(void *held)
{
	struct sending *s = held;

	close_rows(&s->rows);
	arena_free(&s->row);
}

static bool add_part(void *context, struct buf *text, bool *more, struct err *e)
{
	struct sending *s = context;
	size_t begin = text->len;

	for (; s->run < s->page.n_runs; s->run++, s->at = 0) {
		const struct search_run *run = &s->page.runs[s->run];

		for (; s->at < run->count; s->at++) {
			if (text->len - begin >= RESPONSE_PART)
				return true;
			arena_reset(&s->row);
			if (!add_row(&s->rows, s->snapshot, run->first + s->at,
				&s->row, e))
				return false;
		}
	}
	*more = false;
	return end(&s->rows, e);
}

static bool send_rows(
    const struct rows *r, const struct items *items, struct err *e)
{
	struct response *answer = r->call->x->response;
	struct sending *s = arena_alloc(answer->arena, sizeof(*s));

	if (!s)
		return err_no_room(e);
	if (!items_fit(r->out, e))
		return false;
	s->rows = *r;
	s->how = *r->how;
	s->rows.how = &s->how;
	s->snapshot = items->source.snapshot;
	s->page = items->page;
	arena_init(&s->row, ROW_MEMORY);
	response_stream(answer, add_part, s);
	return response_hold(answer, release, s);
}

bool items_write_rows(struct call *c, const struct items *items, struct err *e)
{
	struct rows r;
	bool done =
	    begin(&r, c, &items->how, items->collection, items->source.info, e);

	if (done && all[r.format]->outlives && all[r.format]->outlives(&r)) {
		done = send_rows(&r, items, e);
		if (done)
			return true;
	} else {
		done =
		    done && items_each(c, items, add_row, &r, e) && end(&r, e);
	}
	close_rows(&r);
	return done;
}

bool items_write_one(struct call *c, const struct collection *k,
    const struct snapshot_info *info, const struct rewrite *how,
    const struct feature *f, struct err *e)
{
	struct feature changed = *f;
	struct arena *a = c->x->arena;
	struct rows r;
	bool done = begin(&r, c, how, k, info, e);

	/* What is written as GeoJSON is changed on the way. */
	if (done && r.format != FORMAT_SEQUENCE)
		done = rewrite_values(&changed, how, NULL, 0, a, e);
	done = done && all[r.format]->feature(&r, &changed, a, e) && end(&r, e);
	close_rows(&r);
	return done;
}
