#include "tools/mvt_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A message being read; after the first fault nothing is. */
struct reader {
	const uint8_t *at, *end;
	const char **fault;
};

struct raw {
	uint32_t field, wire;
	uint64_t number; /* of varint and fixed64 */
	struct str bytes;
};

struct raw_layer {
	struct raw *features, *keys, *values;
	size_t n_features, n_keys, n_values;
	struct str name;
	bool has_name, has_version;
	uint64_t version, extent;
};

static void fail(struct reader *r, const char *what)
{
	if (!*r->fault)
		*r->fault = what;
	r->at = r->end;
}

static void *need(struct arena *a, size_t n, size_t size)
{
	void *p = arena_array(a, n + 1, size);

	if (!p) {
		fprintf(stderr, "mvt_read: out of memory\n");
		exit(1);
	}
	return p;
}

static uint64_t varint(struct reader *r)
{
	uint64_t v = 0;

	for (int shift = 0; shift < 70; shift += 7) {
		uint8_t byte;

		if (r->at == r->end) {
			fail(r, "a varint is cut");
			return 0;
		}
		byte = *r->at++;
		if (shift == 63 && byte > 1)
			break;
		v |= (uint64_t)(byte & 0x7F) << shift;
		if (byte < 0x80) {
			if (byte == 0 && shift > 0)
				fail(r, "a varint is longer than needed");
			return v;
		}
	}
	fail(r, "a varint is too long");
	return 0;
}

static struct str take(struct reader *r, uint64_t len)
{
	struct str s = { (const char *)r->at, (size_t)len };

	if (len > (uint64_t)(r->end - r->at)) {
		fail(r, "a field is cut");
		s.len = 0;
	} else {
		r->at += len;
	}
	return s;
}

static struct raw field(struct reader *r)
{
	uint64_t tag = varint(r);
	struct raw f = { (uint32_t)(tag >> 3), (uint32_t)(tag & 7), 0,
		{ NULL, 0 } };

	if (f.wire == 0) {
		f.number = varint(r);
	} else if (f.wire == 1) {
		struct str s = take(r, 8);

		for (size_t i = 0; i < s.len; i++)
			f.number |= (uint64_t)(uint8_t)s.data[i] << 8 * i;
	} else if (f.wire == 2) {
		f.bytes = take(r, varint(r));
	} else {
		fail(r, "a wire type is unknown");
	}
	return f;
}

static struct reader inside(const struct reader *r, struct str s)
{
	return (struct reader){ (const uint8_t *)s.data,
		(const uint8_t *)s.data + s.len, r->fault };
}

static int64_t unzigzag(uint64_t v)
{
	return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

/* --- values --------------------------------------------------------------- */

static struct mvt_read_value read_value(struct reader *r)
{
	static const uint32_t wires[] = {
		[1] = 2, [3] = 1, [5] = 0, [6] = 0, [7] = 0
	};
	struct mvt_read_value v = { 0 };
	struct raw f;

	if (r->at == r->end) {
		fail(r, "a value is empty");
		return v;
	}
	f = field(r);
	if (r->at != r->end)
		fail(r, "a value has several fields");
	if (f.field == 0 || f.field == 2 || f.field == 4 || f.field > 7 ||
	    wires[f.field] != f.wire) {
		fail(r, "a value has a strange type");
		return v;
	}
	switch (f.field) {
	case 1:
		v.type = MVT_READ_TEXT;
		v.text = f.bytes;
		break;
	case 3:
		v.type = MVT_READ_DOUBLE;
		memcpy(&v.number, &f.number, sizeof(v.number));
		break;
	case 5:
		v.type = MVT_READ_COUNT;
		v.count = f.number;
		break;
	case 6:
		v.type = MVT_READ_INT;
		v.integer = unzigzag(f.number);
		break;
	default:
		v.type = MVT_READ_BOOL;
		v.count = f.number;
		if (f.number > 1)
			fail(r, "a bool is neither 0 nor 1");
	}
	return v;
}

/* --- geometry ------------------------------------------------------------- */

struct path {
	struct grid_point *points;
	uint32_t *parts, *polys;
	uint32_t n_points, n_parts, n_polys;
	struct grid_point cursor;
};

static void move(struct reader *r, struct path *p)
{
	uint64_t x = varint(r), y = varint(r);

	if (x > UINT32_MAX || y > UINT32_MAX)
		fail(r, "a delta is larger than 32 bits");
	p->cursor.x += unzigzag(x);
	p->cursor.y += unzigzag(y);
	p->points[p->n_points++] = p->cursor;
}

static void expect(struct reader *r, uint32_t id, uint32_t *count)
{
	uint64_t c = varint(r);

	if (c > UINT32_MAX || (c & 7) != id)
		fail(r, "a command stands where another must");
	*count = (uint32_t)(c >> 3);
	if (*count == 0 || *count > (size_t)(r->end - r->at) + 1)
		fail(r, "a command has no or too many points");
	if (*r->fault)
		*count = 0;
}

static void read_points(struct reader *r, struct path *p)
{
	uint32_t n;

	expect(r, 1, &n);
	for (uint32_t i = 0; i < n; i++) {
		move(r, p);
		p->parts[p->n_parts++] = 1;
	}
	if (r->at != r->end)
		fail(r, "points have a second command");
}

static void end_ring(struct reader *r, struct path *p, uint32_t n)
{
	const struct grid_point *ring = p->points + p->n_points - n;
	int64_t area = grid_ring_area2(ring, n);

	if (n < 3 || area == 0)
		fail(r, "a ring has no area");
	if (ring[0].x == ring[n - 1].x && ring[0].y == ring[n - 1].y)
		fail(r, "a ring's last point is its first");
	if (area < 0 && p->n_polys == 0)
		fail(r, "a hole comes before its exterior");
	if (area > 0)
		p->polys[p->n_polys++] = 0;
	if (p->n_polys > 0)
		p->polys[p->n_polys - 1]++;
}

static void read_path(struct reader *r, struct path *p, bool ring)
{
	const uint32_t first = p->n_points;
	uint32_t n, count;

	expect(r, 1, &count);
	if (count != 1)
		fail(r, "a path begins with several points");
	move(r, p);
	expect(r, 2, &n);
	for (uint32_t i = 0; i < n; i++) {
		struct grid_point last = p->cursor;

		move(r, p);
		if (p->cursor.x == last.x && p->cursor.y == last.y)
			fail(r, "a LineTo has no length");
	}
	n = p->n_points - first;
	if (ring) {
		expect(r, 7, &count);
		if (count != 1)
			fail(r, "a ring is closed several times");
		end_ring(r, p, n);
	}
	p->parts[p->n_parts++] = n;
}

static struct grid_geom read_geometry(
    struct reader *r, uint64_t type, struct arena *a)
{
	static const enum geom_type single[] = { GEOM_POINT, GEOM_LINE,
		GEOM_POLYGON };
	const size_t most = (size_t)(r->end - r->at);
	struct path p = {
		.points = need(a, most, sizeof(*p.points)),
		.parts = need(a, most, sizeof(*p.parts)),
		.polys = need(a, most, sizeof(*p.polys)),
	};
	struct grid_geom g = { 0 };
	uint32_t several;

	if (type < 1 || type > 3 || most == 0) {
		fail(r, "a feature has no type or no geometry");
		return g;
	}
	if (type == 1)
		read_points(r, &p);
	while (type != 1 && r->at < r->end)
		read_path(r, &p, type == 3);
	several = type == 3 ? p.n_polys : p.n_parts;
	g = (struct grid_geom){ single[type - 1], p.n_parts, p.n_polys,
		p.n_points, p.parts, p.polys, p.points };
	if (several > 1)
		g.type = g.type + GEOM_MULTIPOINT - GEOM_POINT;
	return g;
}

/* --- features ------------------------------------------------------------- */

static void read_tags(struct mvt_read_feature *out, struct reader *r,
    const struct mvt_read_tag *names, size_t n_keys, size_t n_values,
    struct arena *a)
{
	out->tags = need(a, (size_t)(r->end - r->at), sizeof(*out->tags));
	while (r->at < r->end) {
		uint64_t key = varint(r), value = varint(r);

		if (key >= n_keys || value >= n_values) {
			fail(r, "a tag is out of range");
			return;
		}
		for (size_t i = 0; i < out->n_tags; i++)
			if (out->tags[i].key.data == names[key].key.data)
				fail(r, "a feature has a key twice");
		out->tags[out->n_tags++] =
		    (struct mvt_read_tag){ names[key].key, names[value].value };
	}
}

/* names holds keys and values side by side. */
static void read_feature(struct mvt_read_feature *out, struct reader *r,
    const struct mvt_read_tag *names, const struct raw_layer *l,
    struct arena *a)
{
	struct raw fields[5] = { 0 };
	static const uint32_t wires[] = { 0, 0, 2, 0, 2 };
	struct reader part;

	out->id = -1;
	while (r->at < r->end) {
		struct raw f = field(r);

		if (f.field < 1 || f.field > 4 || f.wire != wires[f.field]) {
			fail(r, "a feature has a strange field");
			return;
		}
		if (fields[f.field].field)
			fail(r, "a feature has a field twice");
		fields[f.field] = f;
	}
	if (fields[1].field)
		out->id = (int64_t)fields[1].number;
	part = inside(r, fields[2].bytes);
	read_tags(out, &part, names, l->n_keys, l->n_values, a);
	part = inside(r, fields[4].bytes);
	out->geom = read_geometry(&part, fields[3].number, a);
}

static struct raw_layer read_fields(struct reader *r, struct arena *a)
{
	const size_t most = (size_t)(r->end - r->at);
	struct raw_layer l = { .features = need(a, most, sizeof(struct raw)),
		.keys = need(a, most, sizeof(struct raw)),
		.values = need(a, most, sizeof(struct raw)),
		.extent = 0 };
	bool first = true;

	for (; r->at < r->end; first = false) {
		struct raw f = field(r);

		if (f.field == 15 && f.wire == 0) {
			l.has_version = first;
			l.version = f.number;
		} else if (f.field == 5 && f.wire == 0) {
			l.extent = f.number;
		} else if (f.field == 1 && f.wire == 2 && !l.has_name) {
			l.has_name = true;
			l.name = f.bytes;
		} else if (f.field == 2 && f.wire == 2) {
			l.features[l.n_features++] = f;
		} else if (f.field == 3 && f.wire == 2) {
			l.keys[l.n_keys++] = f;
		} else if (f.field == 4 && f.wire == 2) {
			l.values[l.n_values++] = f;
		} else {
			fail(r, "a layer has a strange field");
		}
	}
	return l;
}

static int compare(const void *a, const void *b)
{
	const struct str *x = &((const struct raw *)a)->bytes;
	const struct str *y = &((const struct raw *)b)->bytes;
	size_t n = x->len < y->len ? x->len : y->len;
	int order = n ? memcmp(x->data, y->data, n) : 0;

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static void check_unique(
    struct reader *r, const struct raw *raws, size_t n, struct arena *a)
{
	struct raw *sorted = need(a, n, sizeof(*sorted));

	if (n == 0)
		return;
	memcpy(sorted, raws, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), compare);
	for (size_t i = 1; i < n; i++)
		if (compare(&sorted[i - 1], &sorted[i]) == 0)
			fail(r, "a key or value is there twice");
}

static void read_layer(
    struct mvt_read_layer *out, struct reader *r, struct arena *a)
{
	struct raw_layer l = read_fields(r, a);
	struct mvt_read_tag *names =
	    need(a, l.n_keys + l.n_values, sizeof(*names));

	if (!l.has_version || l.version != 2)
		fail(r, "a layer does not begin with version 2");
	if (!l.has_name || l.name.len == 0)
		fail(r, "a layer has no name");
	if (l.extent != GRID_EXTENT)
		fail(r, "a layer has another extent");
	if (l.n_features == 0)
		fail(r, "a layer is empty");
	check_unique(r, l.keys, l.n_keys, a);
	check_unique(r, l.values, l.n_values, a);
	for (size_t i = 0; i < l.n_keys; i++)
		names[i].key = l.keys[i].bytes;
	for (size_t i = 0; i < l.n_values; i++) {
		struct reader part = inside(r, l.values[i].bytes);

		names[i].value = read_value(&part);
	}
	*out = (struct mvt_read_layer){ l.name,
		need(a, l.n_features, sizeof(*out->features)), l.n_features,
		l.n_keys, l.n_values };
	for (size_t i = 0; i < l.n_features && !*r->fault; i++) {
		struct reader part = inside(r, l.features[i].bytes);

		read_feature(&out->features[i], &part, names, &l, a);
	}
}

static int compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void check_ids(
    struct reader *r, const struct mvt_read_layer *l, struct arena *a)
{
	int64_t *ids = need(a, l->n, sizeof(*ids));
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->features[i].id >= 0)
			ids[n++] = l->features[i].id;
	qsort(ids, n, sizeof(*ids), compare_ids);
	for (size_t i = 1; i < n; i++)
		if (ids[i - 1] == ids[i])
			fail(r, "an id is there twice");
}

const char *mvt_read(
    struct mvt_read *out, const void *data, size_t len, struct arena *a)
{
	enum { LAYERS_MAX = 64 };
	const char *fault = NULL;
	const uint8_t *begin = len > 0 ? data : (const void *)"";
	struct reader r = { begin, begin + len, &fault };

	*out =
	    (struct mvt_read){ need(a, LAYERS_MAX, sizeof(*out->layers)), 0 };
	while (r.at < r.end && !fault) {
		struct raw f = field(&r);
		struct reader part = inside(&r, f.bytes);
		struct mvt_read_layer *l = &out->layers[out->n];

		if (f.field != 3 || f.wire != 2 || out->n == LAYERS_MAX) {
			fail(&r, "the tile has a strange field");
			break;
		}
		read_layer(l, &part, a);
		check_ids(&r, l, a);
		for (size_t i = 0; i < out->n; i++)
			if (str_equal(out->layers[i].name, l->name))
				fail(&r, "two layers have one name");
		out->n++;
	}
	return fault;
}

const struct mvt_read_layer *mvt_read_layer(
    const struct mvt_read *t, const char *name)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_is(t->layers[i].name, name))
			return &t->layers[i];
	return NULL;
}

const struct mvt_read_value *mvt_read_tag(
    const struct mvt_read_feature *f, const char *key)
{
	for (size_t i = 0; i < f->n_tags; i++)
		if (str_is(f->tags[i].key, key))
			return &f->tags[i].value;
	return NULL;
}
