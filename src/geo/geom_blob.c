#include "geo/geom.h"

#include <string.h>

#include "geo/geom_build.h"

/* SpatiaLite's BLOB geometry: a start byte, the byte order, SRID, the box, a
 * mark, the class, the coordinates, an end byte. */
enum {
	BLOB_START = 0x00,
	BLOB_LITTLE = 0x01,
	BLOB_TINY = 0x80, /* with the byte order: a TinyPoint */
	BLOB_MARK = 0x7C,
	BLOB_ENTITY = 0x69,
	BLOB_END = 0xFE,
	BLOB_BOX_NUMBERS = 4,
	SRID_CRS84 = 4326
};

/* Classes of simple features above this say what a position holds: thousands
 * of 0 for x y, 1 with z, 2 with m, 3 with both. */
enum { CLASS_STEP = 1000, CLASS_KINDS = 4 };

static const uint32_t numbers_of[CLASS_KINDS] = { 2, 3, 3, 4 };

struct scan {
	const unsigned char *at, *end;
	bool little, failed;
	uint32_t numbers; /* a position */
	struct geom_build build;
};

static unsigned take_byte(struct scan *s)
{
	if (s->at == s->end) {
		s->failed = true;
		return 0;
	}
	return *s->at++;
}

static void expect_byte(struct scan *s, unsigned byte)
{
	if (take_byte(s) != byte)
		s->failed = true;
}

static uint64_t take_bytes(struct scan *s, size_t n)
{
	uint64_t v = 0;

	if ((size_t)(s->end - s->at) < n) {
		s->failed = true;
		s->at = s->end;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		v = v << 8 | s->at[s->little ? n - 1 - i : i];
	s->at += n;
	return v;
}

static uint32_t take_u32(struct scan *s)
{
	return (uint32_t)take_bytes(s, sizeof(uint32_t));
}

static double take_double(struct scan *s)
{
	uint64_t bits = take_bytes(s, sizeof(bits));
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

/* A count of things, each at least size bytes long. */
static uint32_t take_count(struct scan *s, size_t size)
{
	uint32_t n = take_u32(s);

	if (n > (size_t)(s->end - s->at) / size)
		s->failed = true;
	return s->failed ? 0 : n;
}

static void take_position(struct scan *s)
{
	double lon = take_double(s);
	double lat = take_double(s);

	for (uint32_t i = 2; i < s->numbers; i++)
		take_double(s);
	geom_build_position(&s->build, lon, lat);
}

static void take_point(struct scan *s)
{
	geom_build_part(&s->build);
	take_position(s);
}

static void take_line(struct scan *s)
{
	uint32_t n = take_count(s, s->numbers * sizeof(double));

	geom_build_part(&s->build);
	for (uint32_t i = 0; i < n; i++)
		take_position(s);
}

static void take_polygon(struct scan *s)
{
	uint32_t n = take_count(s, sizeof(uint32_t));

	geom_build_poly(&s->build);
	for (uint32_t i = 0; i < n && !s->failed; i++)
		take_line(s);
}

/* Splits a class into the type and what a position holds. */
static uint32_t take_class(struct scan *s)
{
	uint32_t class = take_u32(s);
	uint32_t kind = class / CLASS_STEP;

	if (kind >= CLASS_KINDS) {
		s->failed = true;
		return 0;
	}
	s->numbers = numbers_of[kind];
	return class % CLASS_STEP;
}

static void take_simple(struct scan *s, uint32_t type)
{
	if (type == GEOM_POINT)
		take_point(s);
	else if (type == GEOM_LINE)
		take_line(s);
	else if (type == GEOM_POLYGON)
		take_polygon(s);
	else
		s->failed = true;
}

static void take_multi(struct scan *s, uint32_t type)
{
	const uint32_t step = GEOM_MULTIPOINT - GEOM_POINT;
	uint32_t n = take_count(s, 1 + sizeof(uint32_t));

	for (uint32_t i = 0; i < n && !s->failed; i++) {
		expect_byte(s, BLOB_ENTITY);
		if (take_class(s) != type - step)
			s->failed = true;
		else
			take_simple(s, type - step);
	}
}

static void take_tiny_point(struct scan *s)
{
	uint32_t kind = take_byte(s) - 1;

	if (kind >= CLASS_KINDS) {
		s->failed = true;
		return;
	}
	s->numbers = numbers_of[kind];
	s->build.type = GEOM_POINT;
	take_point(s);
}

static void take_geometry(struct scan *s)
{
	uint32_t type;

	for (int i = 0; i < BLOB_BOX_NUMBERS; i++)
		take_double(s);
	expect_byte(s, BLOB_MARK);
	type = take_class(s);
	s->build.type = (enum geom_type)type;
	if (type >= GEOM_MULTIPOINT && type <= GEOM_MULTIPOLYGON)
		take_multi(s, type);
	else
		take_simple(s, type);
}

static void take_blob(struct scan *s)
{
	unsigned order;

	expect_byte(s, BLOB_START);
	order = take_byte(s);
	s->little = order & BLOB_LITTLE;
	if (take_u32(s) != SRID_CRS84)
		s->failed = true;
	if ((order & ~(unsigned)BLOB_LITTLE) == BLOB_TINY)
		take_tiny_point(s);
	else if ((order & ~(unsigned)BLOB_LITTLE) == 0)
		take_geometry(s);
	else
		s->failed = true;
	expect_byte(s, BLOB_END);
}

static bool damaged(struct err *e)
{
	return err_set(e, ERR_DAMAGED, "a stored geometry cannot be read");
}

const struct geom *geom_from_blob(
    struct arena *a, const void *data, size_t len, struct err *e)
{
	struct scan s = { .at = data };
	struct err why = { .code = ERR_NONE };
	const struct geom *g;

	if (len == 0) {
		damaged(e);
		return NULL;
	}
	s.end = s.at + len;
	if (!geom_build_begin(&s.build, a, len / (2 * sizeof(double)) + 1, e))
		return NULL;
	take_blob(&s);
	if (s.failed || s.at != s.end) {
		damaged(e);
		return NULL;
	}
	g = geom_build_finish(&s.build, a, &why);
	if (!g && why.code == ERR_INPUT) {
		damaged(e);
		err_detail(e, "%s", why.text);
	} else if (!g) {
		err_set(e, why.code, "%s", why.text);
	}
	return g;
}

static void add_bytes(struct buf *b, uint64_t v, size_t n)
{
	char bytes[sizeof(v)];

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(v >> 8 * i & 0xFF);
	buf_add(b, bytes, n);
}

static void add_u32(struct buf *b, uint32_t v)
{
	add_bytes(b, v, sizeof(v));
}

void geom_add_double(struct buf *b, double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof(bits));
	add_bytes(b, bits, sizeof(bits));
}

static void add_positions(struct buf *b, const struct position *p, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		geom_add_double(b, p[i].lon);
		geom_add_double(b, p[i].lat);
	}
}

static void add_header(struct buf *b, const struct geom *g)
{
	buf_add_char(b, (char)BLOB_START);
	buf_add_char(b, (char)BLOB_LITTLE);
	add_u32(b, SRID_CRS84);
	geom_add_double(b, g->box.west);
	geom_add_double(b, g->box.south);
	geom_add_double(b, g->box.east);
	geom_add_double(b, g->box.north);
	buf_add_char(b, (char)BLOB_MARK);
	add_u32(b, g->type);
}

/* Points and lines: a member a part, each behind a byte. */
static void add_parts(struct buf *b, const struct geom *g, char member)
{
	const bool multi = g->type >= GEOM_MULTIPOINT;
	const bool points = geom_is_of_points(g->type);
	const struct position *p = g->positions;

	if (multi)
		add_u32(b, g->n_parts);
	for (uint32_t i = 0; i < g->n_parts; i++) {
		if (multi) {
			buf_add_char(b, member);
			add_u32(b, points ? GEOM_POINT : GEOM_LINE);
		}
		if (!points)
			add_u32(b, g->part_sizes[i]);
		add_positions(b, p, g->part_sizes[i]);
		p += g->part_sizes[i];
	}
}

static void add_polygons(struct buf *b, const struct geom *g, char member)
{
	const bool multi = g->type == GEOM_MULTIPOLYGON;
	const struct position *p = g->positions;
	const uint32_t *size = g->part_sizes;

	if (multi)
		add_u32(b, g->n_polys);
	for (uint32_t i = 0; i < g->n_polys; i++) {
		if (multi) {
			buf_add_char(b, member);
			add_u32(b, GEOM_POLYGON);
		}
		add_u32(b, g->poly_parts[i]);
		for (uint32_t j = 0; j < g->poly_parts[i]; j++, size++) {
			add_u32(b, *size);
			add_positions(b, p, *size);
			p += *size;
		}
	}
}

static void add_members(struct buf *b, const struct geom *g, char member)
{
	if (geom_is_of_polygons(g->type))
		add_polygons(b, g, member);
	else
		add_parts(b, g, member);
}

void geom_add_blob(struct buf *b, const struct geom *g)
{
	add_header(b, g);
	add_members(b, g, (char)BLOB_ENTITY);
	buf_add_char(b, (char)BLOB_END);
}

void geom_add_wkb(struct buf *b, const struct geom *g)
{
	buf_add_char(b, (char)BLOB_LITTLE);
	add_u32(b, g->type);
	add_members(b, g, (char)BLOB_LITTLE);
}
