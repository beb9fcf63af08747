#include "index/snapshot_file.h"

#include <string.h>

#include "base/hash.h"

/* What the number of a section's elements follows from. */
enum count {
	COUNT_ANY,
	COUNT_ROWS,
	COUNT_LOCATED,
	COUNT_NODES,
	COUNT_SHAPES,
	COUNT_SHAPE_NODES,
	COUNT_BLOCKS,
	COUNT_TABLE,
	COUNT_SLOTS,
	COUNT_DISTRICTS,
	COUNT_WORDS
};

static const struct {
	uint32_t width;
	enum count count;
} sections[SECTION_COUNT] = {
	[SECTION_FRAGMENTS] = { 1, COUNT_ANY },
	[SECTION_IDS] = { 8, COUNT_ROWS },
	[SECTION_KEYS] = { 8, COUNT_ROWS },
	[SECTION_CHANGES] = { 8, COUNT_ROWS },
	[SECTION_FRAGMENT_ENDS] = { 8, COUNT_ROWS },
	[SECTION_LINE_ENDS] = { 4, COUNT_ROWS },
	[SECTION_PUBLIC_ID_ENDS] = { 4, COUNT_ROWS },
	[SECTION_PLANNED] = { 8, COUNT_ROWS },
	[SECTION_CONTRACTED] = { 8, COUNT_ROWS },
	[SECTION_PAID] = { 8, COUNT_ROWS },
	[SECTION_YEARS] = { 8, COUNT_ROWS },
	[SECTION_DISTRICTS] = { 8, COUNT_ROWS },
	[SECTION_STATUS] = { 1, COUNT_ROWS },
	[SECTION_CATEGORY] = { 1, COUNT_ROWS },
	[SECTION_WORK_KIND] = { 1, COUNT_ROWS },
	[SECTION_HOME] = { 1, COUNT_ROWS },
	[SECTION_LEVELS] = { 1, COUNT_ROWS },
	[SECTION_OVERDUE] = { 1, COUNT_ROWS },
	[SECTION_DAYS] = { sizeof(struct days), COUNT_ROWS },
	[SECTION_ANCHORS] = { sizeof(struct position), COUNT_LOCATED },
	[SECTION_BOXES] = { sizeof(struct rtree_box), COUNT_LOCATED },
	[SECTION_SHAPE_OF] = { 4, COUNT_LOCATED },
	[SECTION_CELLS] = { sizeof(struct grid_cell), COUNT_LOCATED },
	[SECTION_PLACE_MARKS] = { 8, COUNT_LOCATED },
	[SECTION_PUBLIC_IDS] = { 1, COUNT_ANY },
	[SECTION_LINE_YEARS] = { 2, COUNT_ANY },
	[SECTION_LINE_MONEY] = { sizeof(struct file_money), COUNT_ANY },
	[SECTION_SHAPES] = { sizeof(struct file_shape), COUNT_SHAPES },
	[SECTION_SHAPE_ROWS] = { 4, COUNT_SHAPES },
	[SECTION_SHAPE_BOXES] = { sizeof(struct rtree_box), COUNT_SHAPES },
	[SECTION_SHAPE_DATA] = { 1, COUNT_ANY },
	[SECTION_CORNERS] = { 8, COUNT_ANY },
	[SECTION_SHAPE_CELLS] = { sizeof(struct grid_cell), COUNT_ANY },
	[SECTION_KATOS] = { 1, COUNT_ANY },
	[SECTION_SELF] = { 1, COUNT_ANY },
	[SECTION_VALUE_NUMBERS] = { 4, COUNT_ANY },
	[SECTION_VALUES] = { 1, COUNT_ANY },
	[SECTION_VALUE_LENGTHS] = { 1, COUNT_ANY },
	[SECTION_NODES] = { sizeof(struct rtree_box), COUNT_NODES },
	[SECTION_SHAPE_NODES] = { sizeof(struct rtree_box), COUNT_SHAPE_NODES },
	[SECTION_ANCHOR_NODES] = { sizeof(struct bbox), COUNT_NODES },
	[SECTION_BLOCKS] = { sizeof(struct file_block), COUNT_BLOCKS },
	[SECTION_ID_TABLE] = { 4, COUNT_TABLE },
	[SECTION_BITMAP_INDEX] = { 4, COUNT_SLOTS },
	[SECTION_BITMAPS] = { 8, COUNT_WORDS },
	[SECTION_RUN_INDEX] = { 4, COUNT_DISTRICTS },
	[SECTION_RUNS] = { sizeof(struct search_run), COUNT_ANY },
	[SECTION_TILES] = { sizeof(struct file_tile), COUNT_ANY },
	[SECTION_HOMES] = { 8, COUNT_DISTRICTS },
};

uint64_t file_schema_mark(const struct schema *schema)
{
	uint64_t mark = hash_bytes(schema->name, strlen(schema->name), 0);

	for (size_t i = 0; i < schema->n_fields; i++) {
		const struct field *f = &schema->fields[i];
		const unsigned char type = (unsigned char)f->type;

		mark = hash_bytes(f->name, strlen(f->name), mark);
		mark = hash_bytes(&type, sizeof(type), mark);
	}
	return mark;
}

uint64_t file_row_mark(int64_t id, int64_t key, int64_t change)
{
	const int64_t row[] = { id, key, change };

	return hash_bytes(row, sizeof(row), 0);
}

uint64_t file_place_mark(int64_t id, int64_t key, int64_t change, bool overdue)
{
	return hash_bytes(
	    &overdue, sizeof(overdue), file_row_mark(id, key, change));
}

uint64_t file_checksum(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t sum = 0;

	while (len > 0) {
		size_t n = len < FILE_CHUNK ? len : FILE_CHUNK;

		sum = hash_bytes(p, n, sum);
		p += n;
		len -= n;
	}
	return sum;
}

uint64_t file_header_checksum(const struct file_header *h)
{
	return hash_bytes(h, offsetof(struct file_header, checksum), 0);
}

size_t file_words(uint32_t n)
{
	return n / ROWS_PER_WORD + (n % ROWS_PER_WORD != 0);
}

size_t file_blocks(uint32_t n)
{
	return n / ROWS_PER_WORD + 1;
}

size_t file_table_size(uint32_t n)
{
	size_t size = 2;

	while (size < (size_t)n * 2)
		size *= 2;
	return size;
}

size_t file_table_place(int64_t id, size_t table_size)
{
	/* The golden ratio's fraction spreads neighbours; its high bits are
	 * the mixed ones. */
	uint64_t h = (uint64_t)id * 0x9E3779B97F4A7C15;

	return (size_t)(h >> 32) & (table_size - 1);
}

static uint64_t count_of(const struct file_header *h, enum count count)
{
	switch (count) {
	case COUNT_ROWS:
		return h->n;
	case COUNT_LOCATED:
		return h->located;
	case COUNT_NODES:
		return rtree_node_count(h->located);
	case COUNT_SHAPES:
		return h->n_shapes;
	case COUNT_SHAPE_NODES:
		return rtree_node_count(h->n_shapes);
	case COUNT_BLOCKS:
		return file_blocks(h->n);
	case COUNT_TABLE:
		return file_table_size(h->n);
	case COUNT_SLOTS:
		return SLOT_COUNT;
	case COUNT_DISTRICTS:
		return DISTRICTS_MAX + 1;
	case COUNT_WORDS:
		return file_words(h->n);
	case COUNT_ANY:
		break;
	}
	return 0;
}

bool file_size_fits(const struct file_header *h, enum section section)
{
	uint64_t size = h->sections[section].size;
	uint64_t width = sections[section].width;
	uint64_t count = count_of(h, sections[section].count);

	switch (sections[section].count) {
	case COUNT_ANY:
		return size % width == 0;
	case COUNT_WORDS:
		/* Any number of bitmaps. */
		return count == 0 ? size == 0 : size % (count * width) == 0;
	default:
		return size == count * width;
	}
}
