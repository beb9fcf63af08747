/* How a snapshot lies in its file: a header with a directory, then sections,
 * each an array. Everything is as in memory: a file of another byte order or
 * format is refused and built anew. */
#ifndef BUDGETMAP_SRC_INDEX_SNAPSHOT_FILE_H
#define BUDGETMAP_SRC_INDEX_SNAPSHOT_FILE_H

#include "geo/feature.h"
#include "geo/grid.h"
#include "geo/rtree.h"
#include "index/cluster.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FILE_FORMAT = 8,
	FILE_ORDER = 0x01020304, /* reads otherwise on other machines */
	FILE_HEADER_SIZE = 4096, /* the first section begins behind it */
	FILE_ALIGN = 64, /* of every section */
	FILE_CHUNK = 1 << 20, /* checksums go on from chunk to chunk */
	ROWS_PER_WORD = 64, /* rows of a bitmap's word and of a block */
	CHANGE_ZOOM = 8 /* tiles that have a change mark */
};

#define FILE_MAGIC "BMAPSNAP"

enum section {
	SECTION_FRAGMENTS, /* GeoJSON, a comma before each */
	/* One element a row. */
	SECTION_IDS,
	SECTION_KEYS,
	SECTION_CHANGES,
	SECTION_FRAGMENT_ENDS, /* where the row's fragment ends */
	SECTION_LINE_ENDS, /* where the row's year lines end */
	SECTION_PUBLIC_ID_ENDS, /* where the row's public id ends */
	SECTION_PLANNED,
	SECTION_CONTRACTED,
	SECTION_PAID,
	SECTION_YEARS,
	SECTION_DISTRICTS,
	SECTION_STATUS,
	SECTION_CATEGORY,
	SECTION_WORK_KIND,
	SECTION_HOME,
	SECTION_LEVELS,
	SECTION_OVERDUE,
	SECTION_DAYS, /* struct days */
	/* One element a located row. */
	SECTION_ANCHORS,
	SECTION_BOXES, /* of anchors, float32: the items of the R-tree */
	SECTION_SHAPE_OF, /* number of its shape + 1; 0: a point, its anchor */
	SECTION_CELLS, /* struct grid_cell of the anchor */
	SECTION_PLACE_MARKS, /* sums of change marks up to the row */
	/* What rows have more or less of. */
	SECTION_PUBLIC_IDS, /* text, one after another */
	SECTION_LINE_YEARS,
	SECTION_LINE_MONEY,
	SECTION_SHAPE_DATA, /* the arrays of shapes */
	SECTION_KATOS, /* text, each ended by a NUL */
	SECTION_SELF, /* of layers: see snapshot_self.c */
	/* One element a shape, in the order of their rows. */
	SECTION_SHAPES, /* struct file_shape */
	SECTION_SHAPE_ROWS, /* whose it is */
	SECTION_SHAPE_BOXES, /* float32: the items of an R-tree of their own */
	/* For each place of a position among the arrays of shapes: a bit where
	 * borders part or meet (geo/simplify.h), and its struct grid_cell. */
	SECTION_CORNERS,
	SECTION_SHAPE_CELLS,
	/* Attributes: see value_columns.h. */
	SECTION_VALUE_NUMBERS, /* column by column, one a row */
	SECTION_VALUES,
	SECTION_VALUE_LENGTHS, /* row by row, one a field: see value_lengths.h
				*/
	/* What is derived from the rows. */
	SECTION_NODES, /* of the R-tree */
	SECTION_SHAPE_NODES, /* of the shapes' R-tree */
	SECTION_ANCHOR_NODES, /* boxes of anchors, grouped like the R-tree's */
	SECTION_BLOCKS, /* struct file_block: sums before each block */
	SECTION_ID_TABLE, /* hash table of row + 1 by id */
	SECTION_BITMAP_INDEX, /* by enum slot: number of its bitmap + 1, or 0 */
	SECTION_BITMAPS, /* a bit a row each */
	SECTION_RUN_INDEX, /* by district: where its runs begin; the end */
	SECTION_RUNS, /* struct search_run */
	SECTION_TILES, /* struct file_tile, rising */
	SECTION_HOMES, /* change mark by home district; the last: none */
	SECTION_COUNT
};

/* Where the bitmaps of each filter begin in SECTION_BITMAP_INDEX. */
enum slot {
	SLOT_STATUS = 0,
	SLOT_CATEGORY = 32,
	SLOT_WORK_KIND = 64,
	SLOT_LEVELS = 96,
	SLOT_YEARS = 104,
	SLOT_DISTRICTS = 168,
	SLOT_HOME_NONE = 232,
	SLOT_OVERDUE = 233,
	SLOT_COUNT = 234,
	SLOT_CODES = 32 /* codes a code filter has bits for */
};

struct file_entry {
	uint64_t offset, size, checksum;
};

struct file_header {
	char magic[8];
	uint32_t format, order;
	uint64_t file_size;
	uint64_t schema; /* file_schema_mark */
	int64_t version, published;
	int32_t day, date;
	uint32_t n, located, n_shapes, n_katos;
	uint64_t mark; /* change mark of all rows */
	uint64_t mark_large; /* of those on more tiles than are worth naming */
	struct bbox extent;
	int32_t first_day, last_day; /* of all periods of work; 0: open */
	struct file_entry sections[SECTION_COUNT];
	uint64_t checksum; /* of all before it */
};

/* The geometry of a located row that is more than its anchor. Its arrays lie
 * at offset: positions, sizes of parts, parts of polygons. */
struct file_shape {
	struct bbox box;
	uint64_t offset;
	uint32_t type, n_parts, n_polys, n_positions;
};

struct file_money {
	int64_t planned, contracted, paid;
};

/* Sums over all rows before a block of ROWS_PER_WORD rows. Places are counted
 * in units of 1e-8 degrees, so that sums are exact. */
struct file_block {
	int64_t planned, contracted, paid;
	int64_t overdue_planned, paid_of_planned, planned_with_paid;
	int64_t lon, lat;
	uint32_t missing_planned, missing_contracted, missing_paid, overdue;
	uint32_t by_status[CLUSTER_STATUSES];
	uint32_t unused;
};

struct file_tile {
	uint64_t code; /* of the Hilbert curve of order CHANGE_ZOOM */
	uint64_t mark;
};

/* Differs when the schema does, so that old fragments are not taken. */
uint64_t file_schema_mark(const struct schema *schema);

/* What a row adds to change marks. */
uint64_t file_row_mark(int64_t id, int64_t key, int64_t change);

/* The same where it also shows whether the row is overdue. */
uint64_t file_place_mark(int64_t id, int64_t key, int64_t change, bool overdue);

/* The checksum of a section: chunk by chunk, beginning with 0. */
uint64_t file_checksum(const void *data, size_t len);

/* Of all of the header before its own checksum. */
uint64_t file_header_checksum(const struct file_header *h);

/* Words of a bitmap, blocks with the one behind the last row, places of the
 * hash table, for n rows. */
size_t file_words(uint32_t n);
size_t file_blocks(uint32_t n);
size_t file_table_size(uint32_t n);

/* Where an id's search in the hash table begins. */
size_t file_table_place(int64_t id, size_t table_size);

/* Whether a section's size is possible for the header's counts. */
bool file_size_fits(const struct file_header *h, enum section section);

#endif
