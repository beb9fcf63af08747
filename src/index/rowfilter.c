#include "index/search.h"

#include <string.h>

#include "base/clock.h"
#include "format/fragment.h"
#include "index/selection.h"
#include "query/codes.h"
#include "query/cql2.h"

enum {
	ROW_MEMORY = 64 * 1024 * 1024,
	ROWS_BETWEEN_LOOKS = 1024,
	CODES_MAX = 32
};

/* One row after another, read as far as the filter asks. */
struct reading {
	const struct snapshot *snapshot;
	const struct cql2 *filter;
	struct cql2_matcher *matcher;
	struct cql2_record record;
	uint64_t *bits;
	uint32_t row;
	enum value_type id;

	/* What stands in fragments. */
	struct str *values;
	size_t n_values; /* of the first fields; as many as are needed */
	struct fragment_parts parts;
	bool split, damaged;
	struct arena memory; /* of one row */

	/* What stands in columns. */
	bool columns;
	struct str status[CODES_MAX], category[CODES_MAX], work_kind[CODES_MAX];
	char years[PROJECT_YEARS_SIZE], levels[PROJECT_LEVELS_SIZE];
	struct geom point;

	int64_t deadline;
	uint32_t looked;
	bool late;
};

/* --- columns of projects -------------------------------------------------- */

typedef void read_column(struct reading *r, struct value *out);

static void set_text(struct value *out, struct str text)
{
	*out = (struct value){ .type = text.len ? VALUE_TEXT : VALUE_NULL };
	out->text = text;
}

static void set_code(
    struct value *out, const struct str codes[CODES_MAX], uint8_t code)
{
	set_text(out, code < CODES_MAX ? codes[code] : (struct str){ 0 });
}

static void read_status(struct reading *r, struct value *out)
{
	set_code(out, r->status, r->snapshot->status[r->row]);
}

static void read_category(struct reading *r, struct value *out)
{
	set_code(out, r->category, r->snapshot->category[r->row]);
}

static void read_work_kind(struct reading *r, struct value *out)
{
	set_code(out, r->work_kind, r->snapshot->work_kind[r->row]);
}

static void read_district(struct reading *r, struct value *out)
{
	const struct snapshot_info *info = &r->snapshot->info;
	uint8_t home = r->snapshot->home[r->row];

	set_text(
	    out, home < info->n_katos ? info->katos[home] : (struct str){ 0 });
}

static void set_list(struct value *out, const char *text, size_t len)
{
	*out = (struct value){ .type = len ? VALUE_LIST : VALUE_NULL };
	out->text = (struct str){ text, len };
}

static void read_years(struct reading *r, struct value *out)
{
	uint64_t years = r->snapshot->years[r->row];

	set_list(out, r->years, project_years_text(years, r->years));
}

static void read_levels(struct reading *r, struct value *out)
{
	unsigned levels = r->snapshot->levels[r->row];

	set_list(out, r->levels, project_levels_text(levels, r->levels));
}

static void set_money(struct value *out, int64_t tiyn)
{
	*out = (struct value){ .type = VALUE_MONEY, .integer = tiyn };
	if (tiyn == MONEY_UNKNOWN)
		out->type = VALUE_NULL;
}

static void read_planned(struct reading *r, struct value *out)
{
	set_money(out, r->snapshot->planned[r->row]);
}

static void read_contracted(struct reading *r, struct value *out)
{
	set_money(out, r->snapshot->contracted[r->row]);
}

static void read_paid(struct reading *r, struct value *out)
{
	set_money(out, r->snapshot->paid[r->row]);
}

static void read_overdue(struct reading *r, struct value *out)
{
	*out = (struct value){ .type = VALUE_BOOL,
		.integer = r->snapshot->overdue[r->row] > 0 };
}

static void set_day(struct value *out, int32_t day)
{
	*out = (struct value){ .type = day ? VALUE_DAY : VALUE_NULL,
		.integer = day };
}

static void read_planned_start(struct reading *r, struct value *out)
{
	set_day(out, r->snapshot->days[r->row].planned_start);
}

static void read_planned_end(struct reading *r, struct value *out)
{
	set_day(out, r->snapshot->days[r->row].planned_end);
}

static void read_actual_start(struct reading *r, struct value *out)
{
	set_day(out, r->snapshot->days[r->row].actual_start);
}

static void read_actual_end(struct reading *r, struct value *out)
{
	set_day(out, r->snapshot->days[r->row].actual_end);
}

static read_column *const columns[PROJECT_FIELDS] = {
	[PROJECT_STATUS] = read_status,
	[PROJECT_CATEGORY] = read_category,
	[PROJECT_WORK_KIND] = read_work_kind,
	[PROJECT_DISTRICT] = read_district,
	[PROJECT_YEARS] = read_years,
	[PROJECT_BUDGET_LEVELS] = read_levels,
	[PROJECT_PLANNED] = read_planned,
	[PROJECT_CONTRACTED] = read_contracted,
	[PROJECT_PAID] = read_paid,
	[PROJECT_OVERDUE] = read_overdue,
	[PROJECT_PLANNED_START] = read_planned_start,
	[PROJECT_PLANNED_END] = read_planned_end,
	[PROJECT_ACTUAL_START] = read_actual_start,
	[PROJECT_ACTUAL_END] = read_actual_end,
};

/* --- fragments ------------------------------------------------------------ */

static bool split(struct reading *r)
{
	struct str text = snapshot_fragments(r->snapshot, r->row, 1);

	if (r->split)
		return true;
	r->split =
	    text.len > 0 &&
	    fragment_find_parts(&r->parts, r->values, r->snapshot->info.schema,
		r->n_values, (struct str){ text.data + 1, text.len - 1 });
	r->damaged = r->damaged || !r->split;
	return r->split;
}

static void read_id(struct reading *r, struct value *out)
{
	*out = (struct value){ .type = VALUE_NULL };
	if (r->id == VALUE_INT) {
		*out = (struct value){ .type = VALUE_INT,
			.integer = r->snapshot->ids[r->row] };
	} else if (split(r)) {
		out->type = VALUE_TEXT;
		r->damaged |=
		    !fragment_text(&out->text, r->parts.id, &r->memory);
	}
}

static void read_value(void *context, int field, struct value *out)
{
	struct reading *r = context;

	if (field == CQL2_ID) {
		read_id(r, out);
		return;
	}
	if (r->columns && columns[field]) {
		columns[field](r, out);
		return;
	}
	*out = (struct value){ .type = VALUE_NULL };
	if (split(r))
		r->damaged |= !fragment_value(out,
		    r->snapshot->info.schema->fields[field].type,
		    r->values[field], &r->memory);
}

static const struct geom *read_geometry(void *context)
{
	struct reading *r = context;

	if (r->row >= r->snapshot->located)
		return NULL;
	if (snapshot_row_geom(r->snapshot, r->row, &r->point))
		return &r->point;
	r->damaged = true;
	return NULL;
}

/* --- all rows ------------------------------------------------------------- */

/* Also ends what takes too long: rows are no longer asked then. */
static bool in_time(struct reading *r)
{
	if (!r->late && r->deadline && ++r->looked % ROWS_BETWEEN_LOOKS == 0)
		r->late = clock_monotonic() >= r->deadline;
	return !r->late && !r->damaged;
}

static void ask_row(struct reading *r, uint32_t row)
{
	if (!in_time(r))
		return;
	r->row = row;
	if (r->split)
		arena_reset(&r->memory);
	r->split = false;
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

static void list_codes(struct str out[CODES_MAX], const struct codelist *list)
{
	for (size_t i = 0; i < list->n && i < CODES_MAX; i++)
		out[i] = str_from(list->codes[i].code);
}

/* How many of the first fields have to be found in fragments. */
static size_t count_values(const struct reading *r)
{
	size_t n = r->snapshot->info.schema->n_fields;

	while (n > 0 && ((r->columns && columns[n - 1]) ||
			    !cql2_uses(r->filter, (int)n - 1)))
		n--;
	return n;
}

static bool prepare(struct reading *r, struct arena *a, struct err *e)
{
	const struct snapshot *s = r->snapshot;

	list_codes(r->status, &codes_status);
	list_codes(r->category, &codes_category);
	list_codes(r->work_kind, &codes_work_kind);
	r->columns = s->info.schema == &project_schema;
	r->n_values = count_values(r);
	r->record = (struct cql2_record){ read_value, read_geometry, r };
	r->values = arena_array(a, r->n_values + 1, sizeof(*r->values));
	/* A place more, so that the array of an empty snapshot is one. */
	r->bits = arena_array(a, file_words(s->n) + 1, sizeof(*r->bits));
	if (!r->values || !r->bits)
		return err_set(
		    e, ERR_MEMORY, "the request needs too much memory");
	r->matcher = cql2_matcher_open(r->filter, e);
	return r->matcher != NULL;
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
	if (r->late)
		return err_set(e, ERR_BUSY,
		    "the filter took too long: ask for less with other "
		    "filters");
	if (r->damaged)
		return err_set(
		    e, ERR_DAMAGED, "the index of the data is damaged");
	if (cql2_matcher_failed(r->matcher))
		return err_set(
		    e, ERR_MEMORY, "the request needs too much memory");
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
		return err_set(
		    e, ERR_MEMORY, "the request needs too much memory");
	memset(r, 0, sizeof(*r));
	r->snapshot = s;
	r->filter = q->filter;
	r->id = id;
	r->deadline = deadline;
	arena_init(&r->memory, ROW_MEMORY);
	done = prepare(r, a, e) &&
	       selection_walk(s, &rest, text, &sink, a, e) && check(r, e);
	cql2_matcher_close(r->matcher);
	arena_free(&r->memory);
	if (done)
		out->bits = r->bits;
	return done;
}
