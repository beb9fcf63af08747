#include "index/derive.h"

#include <string.h>

#include "geo/grid.h"
#include "index/tally.h"

static const void *column(const struct columns *c, enum section which)
{
	return c->sections[which].data;
}

/* Appends count zeroed elements and returns them, NULL on failure. */
static void *extend(
    struct columns *c, enum section which, size_t count, size_t size)
{
	struct buf *b = &c->sections[which];
	char *at = buf_reserve(b, count * size);

	if (!at)
		return NULL;
	memset(at, 0, count * size);
	b->len += count * size;
	return at;
}

static void derive_nodes(
    struct columns *c, enum section which, enum section items, uint32_t n_items)
{
	size_t n = rtree_node_count(n_items);
	struct rtree_box *nodes = extend(c, which, n, sizeof(*nodes));

	if (nodes)
		rtree_build(nodes, column(c, items), n_items);
}

static struct bbox anchors_box(const struct position *anchors, uint32_t n)
{
	struct bbox box = bbox_empty;

	for (uint32_t i = 0; i < n; i++)
		bbox_add_point(&box, anchors[i].lon, anchors[i].lat);
	return box;
}

static struct bbox boxes_box(const struct bbox *boxes, uint32_t n)
{
	struct bbox box = bbox_empty;

	for (uint32_t i = 0; i < n; i++)
		bbox_add_bbox(&box, &boxes[i]);
	return box;
}

static uint32_t group_size(uint32_t n, uint32_t group)
{
	uint32_t left = n - group * RTREE_FANOUT;

	return left < RTREE_FANOUT ? left : RTREE_FANOUT;
}

static uint32_t groups_of(uint32_t n)
{
	return n / RTREE_FANOUT + (n % RTREE_FANOUT != 0);
}

static void derive_anchor_nodes(struct columns *c)
{
	size_t n = rtree_node_count(c->located);
	struct bbox *out = extend(c, SECTION_ANCHOR_NODES, n, sizeof(*out));
	const struct position *anchors = column(c, SECTION_ANCHORS);
	uint32_t below = c->located;
	uint32_t groups = groups_of(below);

	if (!out || groups == 0)
		return;
	for (uint32_t i = 0; i < groups; i++)
		out[i] = anchors_box(
		    anchors + i * RTREE_FANOUT, group_size(below, i));
	while (groups > 1) {
		const struct bbox *boxes = out;

		out += groups;
		below = groups;
		groups = groups_of(below);
		for (uint32_t i = 0; i < groups; i++)
			out[i] = boxes_box(
			    boxes + i * RTREE_FANOUT, group_size(below, i));
	}
}

static void derive_cells(struct columns *c)
{
	const struct position *anchors = column(c, SECTION_ANCHORS);
	struct grid_cell *out =
	    extend(c, SECTION_CELLS, c->located, sizeof(*out));

	for (uint32_t i = 0; out && i < c->located; i++)
		out[i] = grid_cell_of(anchors[i]);
}

static struct tally_rows tally_rows_of(const struct columns *c)
{
	return (struct tally_rows){
		.planned = column(c, SECTION_PLANNED),
		.contracted = column(c, SECTION_CONTRACTED),
		.paid = column(c, SECTION_PAID),
		.status = column(c, SECTION_STATUS),
		.overdue = column(c, SECTION_OVERDUE),
		.anchors = column(c, SECTION_ANCHORS),
		.located = c->located,
	};
}

static void derive_blocks(struct columns *c)
{
	size_t n = file_blocks(c->n);
	struct file_block *out = extend(c, SECTION_BLOCKS, n, sizeof(*out));
	const struct tally_rows rows = tally_rows_of(c);
	struct tally tally = { 0 };

	for (uint32_t row = 0; out && row < c->n; row++) {
		if (row % ROWS_PER_WORD == 0)
			tally_to_block(&tally, &out[row / ROWS_PER_WORD]);
		tally_add_row(&tally, &rows, row);
	}
	if (out && c->n % ROWS_PER_WORD == 0)
		tally_to_block(&tally, &out[n - 1]);
}

static void derive_table(struct columns *c)
{
	const size_t size = file_table_size(c->n);
	const int64_t *ids = column(c, SECTION_IDS);
	uint32_t *table = extend(c, SECTION_ID_TABLE, size, sizeof(*table));

	for (uint32_t row = 0; table && row < c->n; row++) {
		size_t place = file_table_place(ids[row], size);

		while (table[place] != 0)
			place = (place + 1) & (size - 1);
		table[place] = row + 1;
	}
}

/* The word of a slot's bitmap, which is made when first asked for. */
static uint64_t *bitmap_word(struct columns *c, unsigned slot, uint32_t row)
{
	uint32_t *index = (void *)c->sections[SECTION_BITMAP_INDEX].data;
	struct buf *maps = &c->sections[SECTION_BITMAPS];
	const size_t words = file_words(c->n);

	if (index[slot] == 0) {
		size_t made = maps->len / (words * sizeof(uint64_t));

		if (!extend(c, SECTION_BITMAPS, words, sizeof(uint64_t)))
			return NULL;
		index[slot] = (uint32_t)made + 1;
	}
	return (uint64_t *)(void *)maps->data + (index[slot] - 1) * words +
	       row / ROWS_PER_WORD;
}

static void set_bit(struct columns *c, unsigned slot, uint32_t row)
{
	uint64_t *word = bitmap_word(c, slot, row);

	if (word)
		*word |= (uint64_t)1 << row % ROWS_PER_WORD;
}

static void set_code(
    struct columns *c, unsigned slot, unsigned code, uint32_t row)
{
	if (code < SLOT_CODES)
		set_bit(c, slot + code, row);
}

static void set_bits(
    struct columns *c, unsigned slot, uint64_t bits, uint32_t row)
{
	for (; bits; bits &= bits - 1)
		set_bit(c, slot + (unsigned)__builtin_ctzll(bits), row);
}

static void derive_bitmaps(struct columns *c)
{
	const uint8_t *status = column(c, SECTION_STATUS);
	const uint8_t *category = column(c, SECTION_CATEGORY);
	const uint8_t *work_kind = column(c, SECTION_WORK_KIND);
	const uint8_t *levels = column(c, SECTION_LEVELS);
	const uint8_t *home = column(c, SECTION_HOME);
	const uint8_t *overdue = column(c, SECTION_OVERDUE);
	const uint64_t *years = column(c, SECTION_YEARS);
	const uint64_t *districts = column(c, SECTION_DISTRICTS);

	if (!extend(c, SECTION_BITMAP_INDEX, SLOT_COUNT, sizeof(uint32_t)))
		return;
	for (uint32_t row = 0; row < c->n; row++) {
		set_code(c, SLOT_STATUS, status[row], row);
		set_code(c, SLOT_CATEGORY, category[row], row);
		set_code(c, SLOT_WORK_KIND, work_kind[row], row);
		set_bits(c, SLOT_LEVELS, levels[row], row);
		set_bits(c, SLOT_YEARS, years[row], row);
		set_bits(c, SLOT_DISTRICTS, districts[row], row);
		if (home[row] == DISTRICT_NONE)
			set_bit(c, SLOT_HOME_NONE, row);
		if (overdue[row])
			set_bit(c, SLOT_OVERDUE, row);
	}
}

/* The rows of a district as runs of neighbours. */
static void add_runs(struct columns *c, unsigned district)
{
	const uint64_t *districts = column(c, SECTION_DISTRICTS);
	struct buf *runs = &c->sections[SECTION_RUNS];
	struct search_run run = { 0, 0 };

	for (uint32_t row = 0; row < c->n; row++) {
		if (districts[row] >> district & 1) {
			if (run.count++ == 0)
				run.first = row;
		} else if (run.count > 0) {
			buf_add(runs, &run, sizeof(run));
			run.count = 0;
		}
	}
	if (run.count > 0)
		buf_add(runs, &run, sizeof(run));
}

static void derive_runs(struct columns *c)
{
	const uint64_t *districts = column(c, SECTION_DISTRICTS);
	struct buf *runs = &c->sections[SECTION_RUNS];
	uint64_t present = 0;
	uint32_t *index =
	    extend(c, SECTION_RUN_INDEX, DISTRICTS_MAX + 1, sizeof(*index));

	for (uint32_t row = 0; row < c->n; row++)
		present |= districts[row];
	for (unsigned i = 0; index && i < DISTRICTS_MAX; i++) {
		if (present >> i & 1)
			add_runs(c, i);
		index[i + 1] =
		    (uint32_t)(runs->len / sizeof(struct search_run));
	}
}

static void derive_homes(struct columns *c)
{
	const uint8_t *home = column(c, SECTION_HOME);
	const int64_t *ids = column(c, SECTION_IDS);
	const int64_t *keys = column(c, SECTION_KEYS);
	const int64_t *changes = column(c, SECTION_CHANGES);
	uint64_t *marks =
	    extend(c, SECTION_HOMES, DISTRICTS_MAX + 1, sizeof(*marks));

	for (uint32_t row = 0; marks && row < c->n; row++) {
		size_t place =
		    home[row] < DISTRICTS_MAX ? home[row] : DISTRICTS_MAX;

		marks[place] +=
		    file_row_mark(ids[row], keys[row], changes[row]);
	}
}

void derive_all(struct columns *c)
{
	derive_nodes(c, SECTION_NODES, SECTION_BOXES, c->located);
	derive_nodes(c, SECTION_SHAPE_NODES, SECTION_SHAPE_BOXES, c->n_shapes);
	derive_anchor_nodes(c);
	derive_cells(c);
	derive_blocks(c);
	derive_table(c);
	derive_bitmaps(c);
	derive_runs(c);
	derive_homes(c);
	derive_places(c);
}
