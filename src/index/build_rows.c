#include "index/build_rows.h"

#include <string.h>

#include "base/mem.h"
#include "geo/hilbert.h"

enum {
	TILE_COUNT = 1 << 2 * CHANGE_ZOOM,
	TILE_SHIFT = 2 * (HILBERT_ORDER - CHANGE_ZOOM),
	TILES_NAMED = 64 /* a shape on more of them is marked for all */
};

bool columns_init(struct columns *c, const struct schema *schema,
    const struct snapshot *previous, struct err *e)
{
	*c = (struct columns){ .extent = bbox_empty };
	for (int i = 0; i < SECTION_COUNT; i++)
		buf_init(&c->sections[i], SIZE_MAX / 2);
	c->tiles = mem_alloc(TILE_COUNT * sizeof(*c->tiles));
	if (!value_columns_init(&c->values, schema, previous) ||
	    !value_lengths_init(&c->lengths, schema) || !c->tiles)
		return err_no_memory(e);
	memset(c->tiles, 0, TILE_COUNT * sizeof(*c->tiles));
	return true;
}

void columns_free(struct columns *c)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		buf_free(&c->sections[i]);
	value_columns_free(&c->values);
	value_lengths_free(&c->lengths);
	mem_free(c->tiles);
	c->tiles = NULL;
}

static void add(
    struct columns *c, enum section which, const void *data, size_t len)
{
	buf_add(&c->sections[which], data, len);
}

static void add_i64(struct columns *c, enum section which, int64_t v)
{
	add(c, which, &v, sizeof(v));
}

static void add_u64(struct columns *c, enum section which, uint64_t v)
{
	add(c, which, &v, sizeof(v));
}

static void add_u32(struct columns *c, enum section which, uint32_t v)
{
	add(c, which, &v, sizeof(v));
}

static void add_u8(struct columns *c, enum section which, uint8_t v)
{
	add(c, which, &v, sizeof(v));
}

static void add_public_id(struct columns *c, struct str id)
{
	struct buf *ids = &c->sections[SECTION_PUBLIC_IDS];

	buf_add_str(ids, id);
	add_u32(c, SECTION_PUBLIC_ID_ENDS, (uint32_t)ids->len);
}

static void add_facts(struct columns *c, const struct facts *f)
{
	add_i64(c, SECTION_PLANNED, f->planned);
	add_i64(c, SECTION_CONTRACTED, f->contracted);
	add_i64(c, SECTION_PAID, f->paid);
	add_u64(c, SECTION_YEARS, f->years);
	add_u64(c, SECTION_DISTRICTS, f->districts);
	add_u8(c, SECTION_STATUS, f->status);
	add_u8(c, SECTION_CATEGORY, f->category);
	add_u8(c, SECTION_WORK_KIND, f->work_kind);
	add_u8(c, SECTION_HOME, f->home);
	add_u8(c, SECTION_LEVELS, f->levels);
	add_u8(c, SECTION_OVERDUE, f->overdue > 0);
	add(c, SECTION_DAYS, &f->days, sizeof(f->days));
}

static bool is_anchor_only(const struct row *r)
{
	return r->geom->type == GEOM_POINT &&
	       memcmp(r->geom->positions, &r->anchor, sizeof(r->anchor)) == 0;
}

/* Its numbers and arrays, beginning at a whole place of a position; padding is
 * zeroed, so that equal input gives equal bytes. */
static void add_shape_data(struct columns *c, const struct geom *g)
{
	const size_t align = sizeof(struct position);
	struct buf *data = &c->sections[SECTION_SHAPE_DATA];
	struct file_shape shape;

	while (data->len % align != 0 && !data->failed)
		buf_add_char(data, '\0');
	memset(&shape, 0, sizeof(shape));
	shape.box = g->box;
	shape.offset = data->len;
	shape.type = g->type;
	shape.n_parts = g->n_parts;
	shape.n_polys = g->n_polys;
	shape.n_positions = g->n_positions;
	buf_add(data, g->positions, g->n_positions * sizeof(*g->positions));
	buf_add(data, g->part_sizes, g->n_parts * sizeof(*g->part_sizes));
	if (g->n_polys > 0)
		buf_add(
		    data, g->poly_parts, g->n_polys * sizeof(*g->poly_parts));
	add(c, SECTION_SHAPES, &shape, sizeof(shape));
}

/* Returns the number of the shape + 1. */
static uint32_t add_shape(struct columns *c, const struct geom *g)
{
	struct rtree_box box = rtree_box_of(&g->box);

	add_shape_data(c, g);
	add(c, SECTION_SHAPE_BOXES, &box, sizeof(box));
	add_u32(c, SECTION_SHAPE_ROWS, c->located);
	return ++c->n_shapes;
}

/* The anchor's box in the R-tree. Whoever's box there lies in a query is taken
 * without a test. So that of a shape is made wide enough to meet the shape: a
 * computed anchor is a little off it, a given one (the label of a district)
 * may be far off. */
static struct rtree_box anchor_box(const struct row *r, bool shape)
{
	const double off = shape ? 1e-6 : 0;
	struct bbox box = { r->anchor.lon - off, r->anchor.lat - off,
		r->anchor.lon + off, r->anchor.lat + off };

	if (shape && !geom_intersects_bbox(r->geom, &box))
		bbox_add_bbox(&box, &r->geom->box);
	return rtree_box_of(&box);
}

static void mark_box(struct columns *c, const struct bbox *box, uint64_t mark)
{
	struct tile west = tile_of(box->west, box->north, CHANGE_ZOOM);
	struct tile east = tile_of(box->east, box->south, CHANGE_ZOOM);
	int64_t first, last;

	if ((east.x - west.x + 1) * (east.y - west.y + 1) > TILES_NAMED) {
		c->mark_large += mark;
		return;
	}
	for (uint32_t x = west.x; x <= east.x; x++) {
		for (uint32_t y = west.y; y <= east.y; y++) {
			hilbert_of_tile(CHANGE_ZOOM, x, y, &first, &last);
			c->tiles[first >> TILE_SHIFT] += mark;
		}
	}
}

static void add_place(struct columns *c, const struct row *r, uint64_t mark)
{
	bool is_shape = !is_anchor_only(r);
	struct rtree_box box = anchor_box(r, is_shape);
	struct bbox reach = r->geom->box;

	add(c, SECTION_ANCHORS, &r->anchor, sizeof(r->anchor));
	add(c, SECTION_BOXES, &box, sizeof(box));
	add_u32(c, SECTION_SHAPE_OF, is_shape ? add_shape(c, r->geom) : 0);
	bbox_add_bbox(&c->extent, &reach);
	bbox_add_point(&reach, r->anchor.lon, r->anchor.lat);
	mark_box(c, &reach, mark);
	c->place_mark += mark;
	add_u64(c, SECTION_PLACE_MARKS, c->place_mark);
	c->located++;
}

/* A project of which no day is known says nothing of the whole. */
static void add_period(struct columns *c, const struct facts *f)
{
	bool begun = c->n_periods > 0;
	int32_t first, last;

	project_period(&f->days, &first, &last);
	if (!first && !last)
		return;
	c->n_periods++;
	if (!begun || first < c->first_day)
		c->first_day = first;
	if (!begun || !last || (c->last_day && last > c->last_day))
		c->last_day = last;
}

static bool check_order(
    const struct columns *c, const struct row *r, struct err *e)
{
	const int64_t *keys = (const void *)c->sections[SECTION_KEYS].data;
	const int64_t *ids = (const void *)c->sections[SECTION_IDS].data;
	uint32_t last = c->n - 1;

	if ((r->key == HILBERT_NOWHERE) != (r->geom == NULL) || r->key < 0 ||
	    (r->geom && r->key >> TILE_SHIFT >= TILE_COUNT))
		return err_set(
		    e, ERR_DAMAGED, "a project's key does not fit its place");
	if (c->n > 0 && (keys[last] > r->key ||
			    (keys[last] == r->key && ids[last] >= r->id)))
		return err_set(e, ERR_DAMAGED, "projects are out of order");
	if (c->n == UINT32_MAX - ROWS_PER_WORD ||
	    r->public_id.len > UINT32_MAX - c->sections[SECTION_PUBLIC_IDS].len)
		return err_set(e, ERR_LIMIT, "there are too many projects");
	return true;
}

bool columns_add_row(struct columns *c, const struct row *r, struct err *e)
{
	const size_t line_size = sizeof(uint16_t);
	uint64_t mark = file_row_mark(r->id, r->key, r->change);

	if (!check_order(c, r, e))
		return false;
	add_i64(c, SECTION_IDS, r->id);
	add_i64(c, SECTION_KEYS, r->key);
	add_i64(c, SECTION_CHANGES, r->change);
	add_u64(c, SECTION_FRAGMENT_ENDS, r->fragment_end);
	add_u32(c, SECTION_LINE_ENDS,
	    (uint32_t)(c->sections[SECTION_LINE_YEARS].len / line_size));
	add_public_id(c, r->public_id);
	add_facts(c, &r->facts);
	add_period(c, &r->facts);
	if (r->geom)
		add_place(c, r,
		    file_place_mark(
			r->id, r->key, r->change, r->facts.overdue > 0));
	c->mark += mark;
	c->n++;
	return columns_good(c, e);
}

void columns_add_lines(
    struct columns *c, const struct year_line *lines, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct file_money money = { lines[i].planned,
			lines[i].contracted, lines[i].paid };

		add(c, SECTION_LINE_YEARS, &lines[i].year,
		    sizeof(lines[i].year));
		add(c, SECTION_LINE_MONEY, &money, sizeof(money));
	}
}

void columns_copy_lines(
    struct columns *c, const struct snapshot *from, uint32_t row)
{
	uint32_t first;
	uint32_t n = snapshot_lines(from, row, &first);

	if (n == 0)
		return;
	add(c, SECTION_LINE_YEARS, from->line_years + first,
	    n * sizeof(*from->line_years));
	add(c, SECTION_LINE_MONEY, from->line_money + first,
	    n * sizeof(*from->line_money));
}

bool columns_good(const struct columns *c, struct err *e)
{
	for (int i = 0; i < SECTION_COUNT; i++)
		if (c->sections[i].failed)
			return err_no_memory(e);
	return true;
}

bool columns_end(struct columns *c, struct err *e)
{
	for (uint64_t code = 0; code < TILE_COUNT; code++) {
		const struct file_tile tile = { code, c->tiles[code] };

		if (tile.mark != 0)
			add(c, SECTION_TILES, &tile, sizeof(tile));
	}
	if (!value_columns_end(&c->values, &c->sections[SECTION_VALUE_NUMBERS],
		&c->sections[SECTION_VALUES]))
		return err_set(
		    e, ERR_LIMIT, "the attributes are too large in all");
	return columns_good(c, e);
}
