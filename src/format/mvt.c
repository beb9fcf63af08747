#include "format/mvt.h"

#include "base/hash.h"
#include "base/mem.h"
#include "format/mvt_value.h"
#include "format/pbf.h"

/* Fields of a layer and of a feature (MVT 2.1, vector_tile.proto). */
enum {
	TILE_LAYER = 3,
	LAYER_NAME = 1,
	LAYER_FEATURE = 2,
	LAYER_KEY = 3,
	LAYER_EXTENT = 5,
	LAYER_VERSION = 15,
	FEATURE_ID = 1,
	FEATURE_TAGS = 2,
	FEATURE_TYPE = 3,
	FEATURE_GEOMETRY = 4
};

enum { MVT_VERSION = 2 };
enum { MVT_POINT = 1, MVT_LINE = 2, MVT_POLYGON = 3 };
enum { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

void mvt_begin(struct mvt_layer *l, struct str name, size_t limit)
{
	l->name = name;
	buf_init(&l->features, limit);
	buf_init(&l->keys, limit);
	buf_init(&l->values, limit);
	buf_init(&l->geometry, limit);
	l->n_features = l->n_keys = l->n_values = l->n_tags = 0;
	l->table = NULL;
	l->n_texts = l->table_size = 0;
	l->numbers = NULL;
	l->number_table = NULL;
	l->n_numbers = l->number_table_size = 0;
	l->failed = false;
}

void mvt_free(struct mvt_layer *l)
{
	buf_free(&l->features);
	buf_free(&l->keys);
	buf_free(&l->values);
	buf_free(&l->geometry);
	mem_free(l->table);
	mem_free(l->numbers);
	mem_free(l->number_table);
	l->table = NULL;
	l->numbers = NULL;
	l->number_table = NULL;
}

static void add_bytes(struct buf *b, uint8_t tag, struct str bytes)
{
	uint8_t *to = pbf_reserve(b, 1 + PBF_VARINT_MAX);

	if (!to)
		return;
	*to++ = tag;
	to = pbf_varint(to, bytes.len);
	b->len = (size_t)((char *)to - b->data);
	buf_add_str(b, bytes);
}

uint32_t mvt_key(struct mvt_layer *l, struct str name)
{
	if (l->n_keys == MVT_KEYS_MAX) {
		l->failed = true;
		return 0;
	}
	add_bytes(&l->keys, PBF_TAG(LAYER_KEY, PBF_LENGTH), name);
	return l->n_keys++;
}

void mvt_tag_all(struct mvt_layer *l, const uint32_t *pairs, size_t n)
{
	uint8_t *to = l->tags + l->n_tags;

	if (n > (sizeof(l->tags) - l->n_tags) / (2 * PBF_VARINT32_MAX)) {
		l->failed = true;
		return;
	}
	for (size_t i = 0; i < 2 * n; i++)
		to = pbf_varint(to, pairs[i]);
	l->n_tags = (uint32_t)(to - l->tags);
}

void mvt_tag(struct mvt_layer *l, uint32_t key, uint32_t value)
{
	mvt_tag_all(l, (const uint32_t[]){ key, value }, 1);
}

/* --- geometry ------------------------------------------------------------- */

static uint32_t command(uint32_t id, uint32_t count)
{
	return (id & 7) | count << 3;
}

/* The deltas from the cursor, which moves on. */
static uint8_t *put_points(uint8_t *to, const struct grid_point *p, uint32_t n,
    struct grid_point *cursor)
{
	for (uint32_t i = 0; i < n; i++) {
		to = pbf_varint(to, pbf_zigzag(p[i].x - cursor->x));
		to = pbf_varint(to, pbf_zigzag(p[i].y - cursor->y));
		*cursor = p[i];
	}
	return to;
}

/* Section 4.3.4: a line or ring begins with a MoveTo of one point; a ring ends
 * with a ClosePath, which leaves the cursor where it is. */
static uint8_t *put_path(uint8_t *to, const struct grid_point *p, uint32_t n,
    bool ring, struct grid_point *cursor)
{
	to = pbf_varint(to, command(MOVE_TO, 1));
	to = put_points(to, p, 1, cursor);
	to = pbf_varint(to, command(LINE_TO, n - 1));
	to = put_points(to, p + 1, n - 1, cursor);
	if (ring)
		to = pbf_varint(to, command(CLOSE_PATH, 1));
	return to;
}

static int type_of(enum geom_type type)
{
	return (int)(type - 1) % 3 + MVT_POINT;
}

static void write_geometry(struct mvt_layer *l, const struct grid_geom *g)
{
	const size_t room = (size_t)g->n_points * 2 * PBF_VARINT_MAX +
			    (size_t)g->n_parts * 3 * PBF_VARINT32_MAX;
	uint8_t *const start = pbf_reserve(&l->geometry, room);
	const struct grid_point *p = g->points;
	struct grid_point cursor = { 0, 0 };
	uint8_t *to = start;
	int type = type_of(g->type);

	if (!start)
		return;
	if (type == MVT_POINT) {
		to = pbf_varint(to, command(MOVE_TO, g->n_points));
		to = put_points(to, p, g->n_points, &cursor);
	}
	for (uint32_t i = 0; type != MVT_POINT && i < g->n_parts; i++) {
		to = put_path(
		    to, p, g->part_sizes[i], type == MVT_POLYGON, &cursor);
		p += g->part_sizes[i];
	}
	l->geometry.len = (size_t)(to - start);
}

/* --- features ------------------------------------------------------------- */

static uint8_t *put_head(uint8_t *to, uint8_t tag, uint64_t len)
{
	*to++ = tag;
	return pbf_varint(to, len);
}

/* Of a field with so many bytes; none, and it is left out. */
static size_t field_size(size_t len)
{
	return len > 0 ? 1 + pbf_varint_size(len) + len : 0;
}

static void add_feature(struct mvt_layer *l, int64_t id, int type,
    const uint8_t *geometry, size_t len)
{
	const uint64_t number = (uint64_t)id;
	const size_t tags = l->n_tags;
	size_t size = field_size(tags) + 2 + field_size(len);
	uint8_t *to;

	if (id >= 0)
		size += 1 + pbf_varint_size(number);
	to = pbf_reserve(&l->features, 1 + PBF_VARINT_MAX + size);
	if (!to)
		return;
	to = put_head(to, PBF_TAG(LAYER_FEATURE, PBF_LENGTH), size);
	if (id >= 0)
		to = put_head(to, PBF_TAG(FEATURE_ID, PBF_VARINT), number);
	if (tags > 0) {
		to = put_head(to, PBF_TAG(FEATURE_TAGS, PBF_LENGTH), tags);
		memcpy(to, l->tags, tags);
		to += tags;
	}
	to = put_head(to, PBF_TAG(FEATURE_TYPE, PBF_VARINT), (uint64_t)type);
	to = put_head(to, PBF_TAG(FEATURE_GEOMETRY, PBF_LENGTH), len);
	memcpy(to, geometry, len);
	l->features.len = (size_t)((char *)to + len - l->features.data);
	l->n_features++;
	l->n_tags = 0;
}

void mvt_add_point(struct mvt_layer *l, int64_t id, struct grid_point at)
{
	uint8_t bytes[1 + 2 * PBF_VARINT_MAX];
	struct grid_point cursor = { 0, 0 };
	uint8_t *to = bytes;

	*to++ = (uint8_t)command(MOVE_TO, 1);
	to = put_points(to, &at, 1, &cursor);
	add_feature(l, id, MVT_POINT, bytes, (size_t)(to - bytes));
}

void mvt_add_geom(struct mvt_layer *l, int64_t id, const struct grid_geom *g)
{
	l->geometry.len = 0;
	if (g->n_points > 0)
		write_geometry(l, g);
	if (l->geometry.len > 0)
		add_feature(l, id, type_of(g->type),
		    (const uint8_t *)l->geometry.data, l->geometry.len);
	l->n_tags = 0;
}

/* --- the layer ------------------------------------------------------------ */

/* All of it but what stands before its length. */
static size_t layer_size(const struct mvt_layer *l)
{
	return 2 + field_size(l->name.len) + l->features.len + l->keys.len +
	       l->values.len + 1 + pbf_varint_size(GRID_EXTENT);
}

size_t mvt_size(const struct mvt_layer *l)
{
	return l->n_features > 0 ? field_size(layer_size(l)) : 0;
}

void mvt_end(struct mvt_layer *l, struct buf *out)
{
	uint8_t head[1 + PBF_VARINT_MAX + 2], *to = head;

	if (l->failed || l->features.failed || l->keys.failed ||
	    l->values.failed || l->geometry.failed)
		out->failed = true;
	if (l->n_features == 0 || out->failed)
		return;
	/* At once, not bit by bit. */
	(void)buf_reserve(out, mvt_size(l));
	to = put_head(to, PBF_TAG(TILE_LAYER, PBF_LENGTH), layer_size(l));
	to = put_head(to, PBF_TAG(LAYER_VERSION, PBF_VARINT), MVT_VERSION);
	buf_add(out, head, (size_t)(to - head));
	add_bytes(out, PBF_TAG(LAYER_NAME, PBF_LENGTH), l->name);
	buf_add_str(out, buf_str(&l->features));
	buf_add_str(out, buf_str(&l->keys));
	buf_add_str(out, buf_str(&l->values));
	to = put_head(head, PBF_TAG(LAYER_EXTENT, PBF_VARINT), GRID_EXTENT);
	buf_add(out, head, (size_t)(to - head));
}
