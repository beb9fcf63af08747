#include "index/snapshot_view.h"

const struct snapshot_info *snapshot_info_of(const struct snapshot *s)
{
	return &s->info;
}

uint32_t snapshot_count(const struct snapshot *s)
{
	return s->n;
}

uint32_t snapshot_located(const struct snapshot *s)
{
	return s->located;
}

int64_t snapshot_id(const struct snapshot *s, uint32_t row)
{
	return s->ids[row];
}

struct str snapshot_public_id(const struct snapshot *s, uint32_t row)
{
	uint32_t begin = row > 0 ? s->public_id_ends[row - 1] : 0;
	uint32_t end = s->public_id_ends[row];

	if (begin > end || end > s->public_ids.len)
		return (struct str){ s->public_ids.data, 0 };
	return (struct str){ s->public_ids.data + begin, end - begin };
}

int64_t snapshot_key(const struct snapshot *s, uint32_t row)
{
	return s->keys[row];
}

struct position snapshot_anchor(const struct snapshot *s, uint32_t row)
{
	if (row >= s->located)
		return (struct position){ 0, 0 };
	return s->anchors[row];
}

const struct file_shape *snapshot_shape(const struct snapshot *s, uint32_t row)
{
	uint32_t number = s->shape_of[row];

	return number > 0 && number <= s->n_shapes ? &s->shapes[number - 1]
						   : NULL;
}

struct bbox snapshot_box(const struct snapshot *s, uint32_t row)
{
	const struct file_shape *shape;
	struct bbox box = bbox_empty;

	if (row >= s->located)
		return box;
	shape = snapshot_shape(s, row);
	if (shape)
		return shape->box;
	bbox_add_point(&box, s->anchors[row].lon, s->anchors[row].lat);
	return box;
}

static bool sizes_agree(const uint32_t *sizes, uint32_t n, uint32_t total)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < n; i++)
		sum += sizes[i];
	return sum == total;
}

bool snapshot_shape_geom(
    const struct snapshot *s, const struct file_shape *shape, struct geom *out)
{
	uint64_t positions = shape->n_positions * sizeof(*out->positions);
	uint64_t parts = shape->n_parts * sizeof(*out->part_sizes);
	uint64_t polys = shape->n_polys * sizeof(*out->poly_parts);
	const char *at;

	if (shape->type < GEOM_POINT || shape->type > GEOM_MULTIPOLYGON ||
	    shape->n_positions == 0 ||
	    shape->offset % _Alignof(struct position) != 0 ||
	    shape->offset > s->shape_data.len ||
	    positions + parts + polys > s->shape_data.len - shape->offset)
		return false;
	at = s->shape_data.data + shape->offset;
	*out = (struct geom){
		.type = (enum geom_type)shape->type,
		.n_parts = shape->n_parts,
		.n_polys = shape->n_polys,
		.n_positions = shape->n_positions,
		.positions = (const void *)at,
		.part_sizes = (const void *)(at + positions),
		.poly_parts = (const void *)(at + positions + parts),
		.box = shape->box,
	};
	return sizes_agree(out->part_sizes, out->n_parts, out->n_positions) &&
	       (out->n_polys == 0 ||
		   sizes_agree(out->poly_parts, out->n_polys, out->n_parts));
}

bool snapshot_row_geom(const struct snapshot *s, uint32_t row, struct geom *out)
{
	static const uint32_t one = 1;
	const struct file_shape *shape = snapshot_shape(s, row);

	if (shape)
		return snapshot_shape_geom(s, shape, out);
	*out = (struct geom){
		.type = GEOM_POINT,
		.n_parts = 1,
		.n_positions = 1,
		.part_sizes = &one,
		.positions = &s->anchors[row],
		.box = snapshot_box(s, row),
	};
	return true;
}

uint32_t snapshot_lines(const struct snapshot *s, uint32_t row, uint32_t *first)
{
	uint32_t end = s->line_ends[row];

	*first = row > 0 ? s->line_ends[row - 1] : 0;
	return *first <= end && end <= s->n_lines ? end - *first : 0;
}

const uint64_t *snapshot_bitmap(const struct snapshot *s, unsigned slot)
{
	uint32_t number = s->bitmap_index[slot];

	if (number == 0 || number > s->n_bitmaps)
		return NULL;
	return s->bitmaps + (number - 1) * file_words(s->n);
}

uint32_t snapshot_row_of_key(
    const struct snapshot *s, int64_t key, uint32_t low, uint32_t high)
{
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (s->keys[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void snapshot_facts(const struct snapshot *s, uint32_t row, struct facts *out)
{
	*out = (struct facts){
		.planned = s->planned[row],
		.contracted = s->contracted[row],
		.paid = s->paid[row],
		.years = s->years[row],
		.districts = s->districts[row],
		.home = s->home[row],
		.status = s->status[row],
		.category = s->category[row],
		.work_kind = s->work_kind[row],
		.levels = s->levels[row],
		.overdue = s->overdue[row],
		.days = s->days[row],
	};
}

bool snapshot_find(const struct snapshot *s, int64_t id, uint32_t *row)
{
	const size_t size = file_table_size(s->n);
	size_t place = file_table_place(id, size);

	for (size_t i = 0; i < size; i++) {
		uint32_t entry = s->id_table[place];

		if (entry == 0 || entry > s->n)
			return false;
		if (s->ids[entry - 1] == id) {
			*row = entry - 1;
			return true;
		}
		place = (place + 1) & (size - 1);
	}
	return false;
}

struct str snapshot_fragments(
    const struct snapshot *s, uint32_t first, uint32_t count)
{
	uint64_t begin, end;

	if (first >= s->n || count == 0 || count > s->n - first)
		return (struct str){ s->fragments.data, 0 };
	begin = first > 0 ? s->fragment_ends[first - 1] : 0;
	end = s->fragment_ends[first + count - 1];
	if (begin > end || end > s->fragments.len)
		return (struct str){ s->fragments.data, 0 };
	return (struct str){ s->fragments.data + begin, (size_t)(end - begin) };
}

const uint8_t *snapshot_value_lengths(const struct snapshot *s, uint32_t row)
{
	return s->value_lengths + (size_t)row * s->info.schema->n_fields;
}

struct bbox snapshot_extent(const struct snapshot *s)
{
	return s->header->extent;
}

void snapshot_period(const struct snapshot *s, int32_t *first, int32_t *last)
{
	*first = s->header->first_day;
	*last = s->header->last_day;
}
