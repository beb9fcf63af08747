#include "index/search.h"

#include "base/clock.h"
#include "index/row_values.h"
#include "index/selection.h"
#include "query/cql2.h"

enum { ROWS_BETWEEN_LOOKS = 1024, STRETCHES = 2 };

/* Rows that are neighbours lie near each other: of a stretch as a whole it may
 * be known that the filter holds nowhere. */
static const uint32_t stretch_rows[STRETCHES] = { 1024, 64 };

struct stretch {
	uint32_t first, end; /* none when both are 0 */
	bool may;
};

/* One row after another, read as far as the filter asks. */
struct reading {
	struct row_values values;
	const struct cql2 *filter;
	struct cql2_matcher *matcher;
	struct cql2_record record;
	uint64_t *bits;
	struct geom point;
	bool spatial; /* it cannot hold everywhere */
	struct stretch stretches[STRETCHES];
	int64_t deadline;
	uint32_t looked;
	bool late;
};

static void read_value(void *context, int field, struct value *out)
{
	struct reading *r = context;

	row_values_read(&r->values, field, out);
}

static const struct geom *read_geometry(void *context)
{
	struct reading *r = context;
	struct row_values *v = &r->values;

	if (v->row >= v->snapshot->located)
		return NULL;
	if (snapshot_row_geom(v->snapshot, v->row, &r->point))
		return &r->point;
	v->damaged = true;
	return NULL;
}

/* --- all rows ------------------------------------------------------------- */

/* Also ends what takes too long: rows are no longer asked then. */
static bool in_time(struct reading *r)
{
	if (!r->late && r->deadline && ++r->looked % ROWS_BETWEEN_LOOKS == 0)
		r->late = clock_monotonic() >= r->deadline;
	return !r->late && !r->values.damaged;
}

static void enter_stretch(
    struct reading *r, struct stretch *s, uint32_t row, uint32_t rows)
{
	const struct snapshot *of = r->values.snapshot;
	struct bbox box = bbox_empty;

	s->first = row - row % rows;
	s->end = of->located - s->first < rows ? of->located : s->first + rows;
	for (uint32_t i = s->first; i < s->end; i++)
		bbox_add_point(&box, of->anchors[i].lon, of->anchors[i].lat);
	s->may = cql2_may_match(r->matcher, &box);
}

/* Shapes may reach out of where their neighbours lie. */
static bool may_hold_at(struct reading *r, uint32_t row)
{
	const struct snapshot *of = r->values.snapshot;

	if (!r->spatial || row >= of->located || of->shape_of[row] != 0)
		return true;
	for (int i = 0; i < STRETCHES; i++) {
		struct stretch *s = &r->stretches[i];

		if (row < s->first || row >= s->end)
			enter_stretch(r, s, row, stretch_rows[i]);
		if (!s->may)
			return false;
	}
	return true;
}

static void ask_row(struct reading *r, uint32_t row)
{
	if (!in_time(r) || !may_hold_at(r, row))
		return;
	row_values_go(&r->values, row);
	if (cql2_match(r->matcher, &r->record) == CQL2_TRUE)
		r->bits[row / ROWS_PER_WORD] |= (uint64_t)1
						<< row % ROWS_PER_WORD;
}

static void ask_run(void *context, uint32_t first, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		ask_row(context, first + i);
}

static void ask_bits(void *context, uint32_t base, uint64_t mask)
{
	for (; mask; mask &= mask - 1)
		ask_row(context, base + (uint32_t)__builtin_ctzll(mask));
}

static bool prepare(
    struct reading *r, const struct snapshot *s, struct arena *a, struct err *e)
{
	struct bbox box;

	r->spatial = cql2_bounds(r->filter, &box);
	r->record = (struct cql2_record){ read_value, read_geometry, r };
	/* A place more, so that the array of an empty snapshot is one. */
	r->bits = arena_array(a, file_words(s->n) + 1, sizeof(*r->bits));
	if (!r->bits)
		return err_no_room(e);
	r->matcher = cql2_matcher_open(r->filter, e);
	if (!r->matcher)
		return false;
	cql2_matcher_limit(r->matcher, r->deadline);
	return true;
}

/* Where the filter can hold at all: only rows there need to be asked. */
static struct query narrow(const struct query *q)
{
	struct query rest = *q;
	struct bbox box;

	rest.filter = NULL;
	if (rest.place == PLACE_NONE || rest.has_bbox ||
	    !cql2_bounds(q->filter, &box))
		return rest;
	rest.place = PLACE_LOCATED;
	rest.has_bbox = true;
	rest.bbox = box;
	return rest;
}

static bool check(const struct reading *r, struct err *e)
{
	if (r->late || cql2_matcher_late(r->matcher))
		return err_set(e, ERR_BUSY,
		    "the filter took too long: ask for less with other "
		    "filters");
	if (r->values.damaged)
		return snapshot_damaged(e);
	if (cql2_matcher_failed(r->matcher))
		return err_no_room(e);
	return true;
}

bool search_rows_by_filter(struct search_rows *out, const struct snapshot *s,
    const struct query *q, const struct search_rows *text, enum value_type id,
    int64_t deadline, struct arena *a, struct err *e)
{
	struct reading *r = arena_alloc(a, sizeof(*r));
	const struct selection_sink sink = { r, ask_run, ask_bits };
	const struct query rest = narrow(q);
	bool done;

	if (!r)
		return err_no_room(e);
	r->filter = q->filter;
	r->deadline = deadline;
	done = row_values_open(&r->values, s, id, a, e) &&
	       prepare(r, s, a, e) &&
	       selection_walk(s, &rest, text, &sink, a, e) && check(r, e);
	cql2_matcher_close(r->matcher);
	if (done)
		out->bits = r->bits;
	return done;
}
