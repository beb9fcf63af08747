/* The path of a tile on the first line, then a geometry in bytes: it is cut to
 * the tile, written, read back and looked at. */
#include "fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "format/mvt.h"
#include "geo/clip.h"
#include "geo/simplify.h"
#include "tools/mvt_read.h"
#include "tools/shapes.h"

enum { LIMIT = 64 << 20, BUFFER = 64, POSITIONS_MAX = 2000, STEPS = 1 << 15 };

/* A position near the tile: steps of a share of its side. */
static struct position position_of(
    const uint8_t *bytes, const struct bbox *b, double side)
{
	int16_t step[2];
	struct position p;

	memcpy(step, bytes, sizeof(step));
	p.lon = b->west + side * step[0] * 4 / STEPS;
	p.lat = b->south + side * step[1] * 4 / STEPS;
	p.lon = p.lon < -180 ? -180 : p.lon > 180 ? 180 : p.lon;
	p.lat = p.lat < -90 ? -90 : p.lat > 90 ? 90 : p.lat;
	return p;
}

/* kind: lines or rings, all of part positions. */
static const struct geom *geom_of(struct str bytes, bool rings, uint32_t part,
    const struct bbox *b, struct arena *a)
{
	const uint8_t *at = (const uint8_t *)bytes.data;
	uint32_t n = (uint32_t)(bytes.len / 4), parts;
	struct geom g = { 0 };
	struct position *p;
	uint32_t *sizes, *polys;

	n = n > POSITIONS_MAX ? POSITIONS_MAX : n;
	parts = n / part;
	p = arena_array(a, (size_t)n + parts, sizeof(*p));
	sizes = arena_array(a, parts, sizeof(*sizes));
	polys = arena_array(a, parts, sizeof(*polys));
	if (parts == 0 || !p || !sizes || !polys)
		return NULL;
	for (uint32_t i = 0; i < parts; i++) {
		uint32_t first = g.n_positions;

		for (uint32_t k = 0; k < part; k++, at += 4)
			p[g.n_positions++] =
			    position_of(at, b, b->east - b->west);
		if (rings)
			p[g.n_positions++] = p[first];
		sizes[i] = g.n_positions - first;
		polys[i] = 1;
	}
	g.type = rings ? GEOM_MULTIPOLYGON : GEOM_MULTILINE;
	g.n_parts = parts;
	g.n_polys = rings ? parts : 0;
	g.part_sizes = sizes;
	g.poly_parts = polys;
	g.positions = p;
	return geom_make(a, &g, NULL);
}

static void check(const struct grid_geom *g, struct geos *geos, struct arena *a)
{
	struct mvt_layer l;
	struct mvt_read read;
	struct buf out;

	buf_init(&out, LIMIT);
	mvt_begin(&l, str_from("shapes"), LIMIT);
	mvt_tag(
	    &l, mvt_key(&l, str_from("points")), mvt_count(&l, g->n_points));
	mvt_add_geom(&l, 1, g);
	mvt_end(&l, &out);
	mvt_free(&l);
	if (out.failed || mvt_read(&read, out.data, out.len, a))
		abort();
	if (read.n != (g->n_points > 0))
		abort();
	if (read.n > 0 &&
	    (read.layers[0].features[0].geom.n_points != g->n_points ||
		shape_wrong(&read.layers[0].features[0].geom, BUFFER, geos, a)))
		abort();
	buf_free(&out);
}

static void cut(const struct tile *t, struct str bytes, struct arena *a)
{
	const struct bbox b = grid_bounds(t, BUFFER);
	bool rings = bytes.len > 0 && (bytes.data[0] & 1);
	uint32_t part = 3 + (bytes.len > 1 ? (uint8_t)bytes.data[1] % 60 : 0);
	const struct simplify how = { .z = t->z,
		.tolerance = bytes.len > 0 && (bytes.data[0] & 2)
				 ? SIMPLIFY_HALF_PIXEL
				 : 0 };
	struct geos *geos = geos_open();
	struct grid_geom world, out;
	const struct geom *g;

	if (bytes.len > 2) {
		bytes.data += 2;
		bytes.len -= 2;
		g = geom_of(bytes, rings, part, &b, a);
		if (g && simplify_geom(&world, g, &how, a, NULL) &&
		    clip_to_tile(&out, &world, t, BUFFER, &geos, a, NULL))
			check(&out, geos, a);
	}
	geos_close(geos);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str rest = { (const char *)data, size };
	struct str path = str_cut(&rest, '\n');
	struct str z = str_cut(&path, '/'), x = str_cut(&path, '/');
	struct err e = { 0 };
	struct tile t;
	struct arena a;

	if (!tile_parse(&t, z, x, path, &e)) {
		if (e.code != ERR_INPUT && e.code != ERR_MISSING)
			abort();
		return 0;
	}
	if (t.z > TILE_MAX_ZOOM || t.x >> t.z != 0 || t.y >> t.z != 0)
		abort();
	arena_init(&a, LIMIT);
	if (rest.data)
		cut(&t, rest, &a);
	arena_free(&a);
	return 0;
}
