/* A mapped snapshot, as the modules of this floor see it. */
#ifndef BUDGETMAP_SRC_INDEX_SNAPSHOT_VIEW_H
#define BUDGETMAP_SRC_INDEX_SNAPSHOT_VIEW_H

#include "index/snapshot_file.h"

#include <stdatomic.h>

/* Pointers lie in the mapping. The sizes of the arrays were checked against
 * the header; what stands in them was not, so whatever is an index is checked
 * where it is used. */
struct snapshot {
	atomic_uint references;
	const unsigned char *map;
	size_t size;
	const struct file_header *header;
	struct snapshot_info info;
	struct str *katos;
	struct snapshot_self *self; /* NULL unless of a layer */
	uint32_t n, located;
	uint32_t n_shapes;
	size_t n_lines, n_bitmaps, n_runs, n_tiles, n_value_numbers;
	struct rtree tree; /* anchors of located rows */
	struct rtree shape_tree; /* shapes */

	const int64_t *ids, *keys, *changes;
	const int64_t *planned, *contracted, *paid;
	const uint64_t *years, *districts;
	const uint8_t *status, *category, *work_kind, *home, *levels, *overdue;
	const struct days *days;
	const struct position *anchors;
	const uint32_t *shape_of, *shape_rows;
	const struct file_shape *shapes;
	struct str shape_data;
	const uint64_t *corners; /* n_places bits */
	const struct grid_cell *shape_cells; /* n_places */
	size_t n_places; /* of positions among the shapes' arrays */
	const uint32_t *public_id_ends;
	struct str public_ids;
	const struct grid_cell *cells;
	const uint64_t *place_marks;
	const uint64_t *fragment_ends;
	struct str fragments;
	const uint32_t *line_ends;
	const uint16_t *line_years;
	const struct file_money *line_money;
	const uint32_t *value_numbers; /* n_value_numbers */
	struct str values;
	const uint8_t *value_lengths; /* fields of the schema a row */
	const struct bbox *anchor_nodes;
	const struct file_block *blocks;
	const uint32_t *id_table;
	const uint32_t *bitmap_index;
	const uint64_t *bitmaps;
	const uint32_t *run_index;
	const struct search_run *runs;
	const struct file_tile *tiles;
	const uint64_t *homes;
};

/* Schema and about of a layer, as they lie in its snapshot. */
struct snapshot_self {
	struct schema schema;
	struct snapshot_about about;
	struct field fields[];
};

/* Appends what info says; nothing without an about. */
void snapshot_self_add(struct buf *b, const struct snapshot_info *info);

/* Reads it back, checked; texts lie in the section. NULL on failure. */
struct snapshot_self *snapshot_self_read(struct str section, struct err *e);

/* Maps an open file, which stays the caller's. */
struct snapshot *snapshot_map(
    int file, const struct schema *schema, bool deep, struct err *e);

/* The shape of a located row, NULL when it is its anchor only. */
const struct file_shape *snapshot_shape(const struct snapshot *s, uint32_t row);

/* Its geometry, pointing into the mapping; false when its arrays do not
 * agree. */
bool snapshot_shape_geom(
    const struct snapshot *s, const struct file_shape *shape, struct geom *out);

/* The geometry of a located row: its shape, or its anchor as a point. */
bool snapshot_row_geom(
    const struct snapshot *s, uint32_t row, struct geom *out);

/* The year lines of a row: n elements from first. */
uint32_t snapshot_lines(
    const struct snapshot *s, uint32_t row, uint32_t *first);

/* A bitmap of a filter's code, NULL when no row has it. */
const uint64_t *snapshot_bitmap(const struct snapshot *s, unsigned slot);

/* The first of rows low to high - 1 whose key is not below; high when there is
 * none. */
uint32_t snapshot_row_of_key(
    const struct snapshot *s, int64_t key, uint32_t low, uint32_t high);

#endif
