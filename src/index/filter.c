#include "index/selection.h"

static void begin_term(struct filter *f)
{
	f->terms[f->n_terms] = (struct filter_term){
		.first = (uint16_t)f->n_maps,
		.end = (uint16_t)f->n_maps,
	};
}

static void add_map(struct filter *f, const uint64_t *map)
{
	if (!map)
		return;
	f->maps[f->n_maps++] = map;
	f->terms[f->n_terms].end = (uint16_t)f->n_maps;
}

static void add_maps(struct filter *f, unsigned slot, uint64_t bits)
{
	for (; bits; bits &= bits - 1)
		add_map(f, snapshot_bitmap(f->snapshot,
			       slot + (unsigned)__builtin_ctzll(bits)));
}

static void add_codes(struct filter *f, unsigned slot, uint64_t bits)
{
	if (bits == 0)
		return;
	begin_term(f);
	add_maps(f, slot, bits);
	f->n_terms++;
}

static void add_districts(struct filter *f, const struct query *q)
{
	if (q->districts == 0 && !q->district_none)
		return;
	begin_term(f);
	add_maps(f, SLOT_DISTRICTS, q->districts);
	if (q->district_none)
		add_maps(f, SLOT_HOME_NONE, 1);
	f->n_terms++;
}

static void add_overdue(struct filter *f, const struct query *q)
{
	if (q->overdue < 0)
		return;
	begin_term(f);
	add_maps(f, SLOT_OVERDUE, 1);
	f->terms[f->n_terms].inverted = q->overdue == 0;
	f->n_terms++;
}

void filter_init(struct filter *f, const struct snapshot *s,
    const struct query *q, const struct search_rows *text)
{
	f->snapshot = s;
	f->query = q;
	f->n_maps = 0;
	f->n_terms = 0;
	f->by_money =
	    q->min_planned != INT64_MIN || q->max_planned != INT64_MAX;
	f->by_period = query_has_period(q);
	/* Levels have a byte of bits: more are in no project. */
	add_codes(f, SLOT_LEVELS, q->levels & 0xFF);
	if (q->levels > 0xFF && (q->levels & 0xFF) == 0) {
		begin_term(f);
		f->n_terms++;
	}
	add_codes(f, SLOT_STATUS, q->status);
	add_codes(f, SLOT_CATEGORY, q->category);
	add_codes(f, SLOT_WORK_KIND, q->work_kind);
	add_codes(f, SLOT_YEARS, q->years);
	add_districts(f, q);
	add_overdue(f, q);
	if (text) {
		begin_term(f);
		add_map(f, text->bits);
		f->n_terms++;
	}
}

static bool is_open(const struct filter *f)
{
	return f->n_terms == 0 && !f->by_money && !f->by_period;
}

static uint64_t keep_money(const struct filter *f, uint32_t base, uint64_t mask)
{
	const struct query *q = f->query;
	uint64_t kept = 0;

	for (uint64_t left = mask; left; left &= left - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(left);
		int64_t planned = f->snapshot->planned[base + bit];

		if (planned != MONEY_UNKNOWN && planned >= q->min_planned &&
		    planned <= q->max_planned)
			kept |= (uint64_t)1 << bit;
	}
	return kept;
}

static uint64_t keep_period(
    const struct filter *f, uint32_t base, uint64_t mask)
{
	const struct snapshot *s = f->snapshot;
	uint64_t kept = 0;

	for (uint64_t left = mask; left; left &= left - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(left);
		int32_t first, last;

		project_period(&s->days[base + bit], &first, &last);
		if (query_meets_period(f->query, first, last))
			kept |= (uint64_t)1 << bit;
	}
	return kept;
}

/* Those bits of mask that pass. */
static uint64_t pass_word(const struct filter *f, uint32_t word, uint64_t mask)
{
	for (uint32_t i = 0; i < f->n_terms && mask; i++) {
		const struct filter_term *t = &f->terms[i];
		uint64_t any = 0;

		for (uint32_t j = t->first; j < t->end; j++)
			any |= f->maps[j][word];
		mask &= t->inverted ? ~any : any;
	}
	if (f->by_money && mask)
		mask = keep_money(f, word * ROWS_PER_WORD, mask);
	if (f->by_period && mask)
		mask = keep_period(f, word * ROWS_PER_WORD, mask);
	return mask;
}

static uint64_t keep_in_box(const struct filter *f, const struct bbox *box,
    uint32_t base, uint64_t mask)
{
	const struct snapshot *s = f->snapshot;
	uint64_t kept = 0;

	for (uint64_t left = mask; left; left &= left - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(left);
		uint32_t row = base + bit;
		const struct file_shape *shape = snapshot_shape(s, row);
		struct geom geom;
		bool in;

		if (!shape)
			in = bbox_has_point(
			    box, s->anchors[row].lon, s->anchors[row].lat);
		else
			in = snapshot_shape_geom(s, shape, &geom) &&
			     geom_intersects_bbox(&geom, box);
		if (in)
			kept |= (uint64_t)1 << bit;
	}
	return kept;
}

/* box is NULL where every row is in it. */
static void feed(const struct filter *f, const struct bbox *box, uint32_t first,
    uint32_t count, const struct selection_sink *sink)
{
	const uint32_t end = first + count;

	for (uint32_t row = first; row < end;) {
		uint32_t word = row / ROWS_PER_WORD;
		uint32_t base = word * ROWS_PER_WORD;
		uint32_t stop =
		    end - base < ROWS_PER_WORD ? end : base + ROWS_PER_WORD;
		uint64_t mask = UINT64_MAX >> (ROWS_PER_WORD - (stop - row))
						  << (row - base);

		mask = pass_word(f, word, mask);
		if (box)
			mask = keep_in_box(f, box, base, mask);
		if (mask == UINT64_MAX)
			sink->run(sink->context, base, ROWS_PER_WORD);
		else if (mask)
			sink->bits(sink->context, base, mask);
		row = stop;
	}
}

void filter_rows(const struct filter *f, uint32_t first, uint32_t count,
    const struct selection_sink *sink)
{
	if (count == 0)
		return;
	if (is_open(f))
		sink->run(sink->context, first, count);
	else
		feed(f, NULL, first, count, sink);
}

void filter_rows_in_box(const struct filter *f, const struct bbox *box,
    uint32_t first, uint32_t count, const struct selection_sink *sink)
{
	feed(f, box, first, count, sink);
}
