#include "cql2_shape.h"

#include "base/array.h"

#include <math.h>
#include <strings.h>

enum {
	BOX_NUMBERS = 4,
	BOX_NUMBERS_HIGH = 6,
	BOX_STEPS = 16,
	FIRST_ROOM = 4,
	REASON_SIZE = 32
};

static const struct cql2_shape_type types[] = {
	{ "POINT", "Point", GEOM_POINT },
	{ "LINESTRING", "LineString", GEOM_LINE },
	{ "POLYGON", "Polygon", GEOM_POLYGON },
	{ "MULTIPOINT", "MultiPoint", GEOM_MULTIPOINT },
	{ "MULTILINESTRING", "MultiLineString", GEOM_MULTILINE },
	{ "MULTIPOLYGON", "MultiPolygon", GEOM_MULTIPOLYGON },
};

enum { N_TYPES = LENGTH(types) };

const struct cql2_shape_type *cql2_shape_type_find(struct str name, bool json)
{
	for (size_t i = 0; i < N_TYPES; i++) {
		const struct cql2_shape_type *t = &types[i];

		if (json ? str_is(name, t->json)
			 : str_from(t->text).len == name.len &&
			       strncasecmp(name.data, t->text, name.len) == 0)
			return t;
	}
	return NULL;
}

void cql2_gather_init(struct cql2_gather *g, struct cql2_build *b)
{
	const size_t limit = (size_t)CQL2_BYTES_MAX * sizeof(struct position);

	*g = (struct cql2_gather){ .build = b };
	buf_init(&g->positions, limit);
	buf_init(&g->part_sizes, limit);
	buf_init(&g->poly_parts, limit);
}

void cql2_gather_free(struct cql2_gather *g)
{
	buf_free(&g->positions);
	buf_free(&g->part_sizes);
	buf_free(&g->poly_parts);
}

void cql2_gather_begin(struct cql2_gather *g, enum geom_type type)
{
	buf_reset(&g->positions);
	buf_reset(&g->part_sizes);
	buf_reset(&g->poly_parts);
	g->type = type;
	g->n_parts = g->n_polys = 0;
	g->in_part = g->in_poly = 0;
}

void cql2_gather_position(struct cql2_gather *g, double x, double y)
{
	const struct position p = { x, y };

	buf_add(&g->positions, &p, sizeof(p));
	g->in_part++;
}

void cql2_gather_end_part(struct cql2_gather *g)
{
	buf_add(&g->part_sizes, &g->in_part, sizeof(g->in_part));
	g->in_part = 0;
	g->n_parts++;
	g->in_poly++;
}

void cql2_gather_end_polygon(struct cql2_gather *g)
{
	buf_add(&g->poly_parts, &g->in_poly, sizeof(g->in_poly));
	g->in_poly = 0;
	g->n_polys++;
}

/* From the coordinates of the filter to lon and lat. */
static bool place(const struct cql2_context *c, struct position *p)
{
	if (c->latitude_first)
		*p = (struct position){ p->lat, p->lon };
	if (c->to_lon_lat)
		return c->to_lon_lat(c->context, p);
	return true;
}

static bool place_all(struct cql2_gather *g)
{
	size_t n = g->positions.len / sizeof(struct position);
	struct position *at = (struct position *)(void *)g->positions.data;

	for (size_t i = 0; i < n; i++)
		if (!place(g->build->context, &at[i]))
			return false;
	return true;
}

/* Relations to what is not valid mean nothing. A point always is. GEOS gives a
 * reason unless memory is exhausted. */
static bool check_valid(
    struct cql2_build *b, const struct geom *geom, bool *valid)
{
	char reason[REASON_SIZE] = "";

	*valid = geom->type == GEOM_POINT || geom->type == GEOM_MULTIPOINT;
	if (*valid)
		return true;
	if (!b->geos)
		b->geos = geos_open();
	if (b->geos)
		*valid = geos_is_valid(b->geos, geom, reason, sizeof(reason));
	return *valid || reason[0] != '\0' || cql2_no_memory(b);
}

static bool add_member(struct cql2_gather *g, const struct geom *geom)
{
	if (g->n_members == g->room) {
		size_t room = g->room ? g->room * 2 : FIRST_ROOM;
		const struct geom **larger =
		    arena_array(g->build->arena, room, sizeof(*larger));

		if (!larger)
			return cql2_no_memory(g->build);
		for (size_t i = 0; i < g->n_members; i++)
			larger[i] = g->members[i];
		g->members = larger;
		g->room = room;
	}
	g->members[g->n_members++] = geom;
	return true;
}

static const struct geom *make(struct cql2_gather *g, struct err *why)
{
	const struct geom parts = {
		.type = g->type,
		.n_parts = g->n_parts,
		.n_polys = g->n_polys,
		.n_positions =
		    (uint32_t)(g->positions.len / sizeof(struct position)),
		.part_sizes = (const void *)g->part_sizes.data,
		.poly_parts = (const void *)g->poly_parts.data,
		.positions = (const void *)g->positions.data,
	};

	return geom_make(g->build->arena, &parts, why);
}

bool cql2_gather_end(struct cql2_gather *g, size_t at)
{
	struct err why = { .code = ERR_NONE };
	struct cql2_build *b = g->build;
	const struct geom *geom;
	bool valid;

	if (g->positions.failed || g->part_sizes.failed || g->poly_parts.failed)
		return cql2_no_memory(b);
	if (!place_all(g))
		return cql2_refuse(
		    b, at, "a coordinate lies outside of its reference system");
	geom = make(g, &why);
	if (!geom)
		return why.code == ERR_MEMORY ? cql2_no_memory(b)
					      : cql2_refuse(b, at, why.text);
	if (!check_valid(b, geom, &valid))
		return false;
	if (!valid)
		return cql2_refuse(b, at,
		    "a geometry is not valid: it crosses itself or has no "
		    "extent");
	return add_member(g, geom);
}

/* Adds a member's positions and sizes to what is gathered. */
static void regather(struct cql2_gather *g, const struct geom *m)
{
	const struct position *p = m->positions;
	const uint32_t *rings = m->poly_parts;
	uint32_t left = m->n_polys > 0 ? rings[0] : 0;

	for (uint32_t i = 0; i < m->n_parts; i++) {
		for (uint32_t j = 0; j < m->part_sizes[i]; j++, p++)
			cql2_gather_position(g, p->lon, p->lat);
		cql2_gather_end_part(g);
		if (m->n_polys == 0 || --left > 0)
			continue;
		cql2_gather_end_polygon(g);
		if (i + 1 < m->n_parts)
			left = *++rings;
	}
}

/* 0 points, 1 lines, 2 polygons. */
static int dimension_of(const struct geom *geom)
{
	return ((int)geom->type - 1) % 3;
}

/* What was gathered of several members. Polygons that overlap become what they
 * cover. */
static const struct geom *make_merged(struct cql2_gather *g)
{
	struct err why = { .code = ERR_NONE };
	struct cql2_build *b = g->build;
	const struct geom *made = make(g, &why);
	bool valid = false;

	if (!made)
		return cql2_no_memory(b);
	if (!check_valid(b, made, &valid))
		return NULL;
	if (!valid)
		made = geos_make_valid(b->geos, b->arena, made, &why);
	return made ? made : cql2_no_memory(b);
}

/* The members of that dimension as one geometry; *out NULL when there are
 * none. */
static bool merge(struct cql2_gather *g, int dimension, const struct geom **out)
{
	size_t n = 0;

	cql2_gather_begin(g, (enum geom_type)(GEOM_MULTIPOINT + dimension));
	*out = NULL;
	for (size_t i = 0; i < g->n_members; i++) {
		if (dimension_of(g->members[i]) != dimension)
			continue;
		*out = g->members[i];
		regather(g, g->members[i]);
		n++;
	}
	if (g->positions.failed || g->part_sizes.failed || g->poly_parts.failed)
		return cql2_no_memory(g->build);
	if (n > 1)
		*out = make_merged(g);
	return n < 2 || *out;
}

const struct cql2_shape *cql2_gather_shape(struct cql2_gather *g, size_t at)
{
	struct cql2_shape *shape;

	if (g->n_members == 0)
		return cql2_refuse(g->build, at, "a collection is empty");
	shape = arena_alloc(g->build->arena, sizeof(*shape));
	if (!shape)
		return cql2_no_memory(g->build);
	shape->box = bbox_empty;
	for (int dimension = 0; dimension < CQL2_SHAPE_PARTS; dimension++) {
		const struct geom *part;

		if (!merge(g, dimension, &part))
			return NULL;
		if (!part)
			continue;
		bbox_add_bbox(&shape->box, &part->box);
		shape->parts[shape->n_parts++] = part;
	}
	return shape;
}

static bool same(double a, double b)
{
	return !(a < b || a > b);
}

/* A corner in the order of the filter's coordinates. */
static void add_corner(struct cql2_gather *g, double lon, double lat)
{
	if (g->build->context->latitude_first)
		cql2_gather_position(g, lat, lon);
	else
		cql2_gather_position(g, lon, lat);
}

/* A box that does not cross; without width or height it is a line or point. */
static bool gather_box(struct cql2_gather *g, const struct bbox *b, size_t at)
{
	bool narrow = same(b->west, b->east), flat = same(b->south, b->north);
	bool area = !narrow && !flat;

	cql2_gather_begin(g, area		? GEOM_POLYGON
			     : (narrow && flat) ? GEOM_POINT
						: GEOM_LINE);
	add_corner(g, b->west, b->south);
	if (area) {
		add_corner(g, b->east, b->south);
		add_corner(g, b->east, b->north);
		add_corner(g, b->west, b->north);
		add_corner(g, b->west, b->south);
	} else if (!narrow || !flat) {
		add_corner(g, b->east, b->north);
	}
	cql2_gather_end_part(g);
	if (area)
		cql2_gather_end_polygon(g);
	return cql2_gather_end(g, at);
}

static const struct cql2_shape *lon_lat_box(
    struct cql2_gather *g, const struct bbox *box, size_t at)
{
	const struct cql2_shape *made = NULL;
	struct cql2_shape *shape;
	struct bbox parts[2];
	int n = bbox_split(box, parts);
	bool good = true;

	for (int i = 0; good && i < n; i++)
		good = gather_box(g, &parts[i], at);
	if (good)
		made = cql2_gather_shape(g, at);
	shape = made ? arena_alloc(g->build->arena, sizeof(*shape)) : NULL;
	if (!shape)
		return made ? cql2_no_memory(g->build) : NULL;
	*shape = *made;
	shape->is_box = true;
	shape->box = *box;
	return shape;
}

/* The edges of a box of another reference system bend: they get positions in
 * between. */
static const struct cql2_shape *projected_box(
    struct cql2_gather *g, const struct bbox *b, size_t at)
{
	const struct position corners[] = { { b->west, b->south },
		{ b->east, b->south }, { b->east, b->north },
		{ b->west, b->north }, { b->west, b->south } };

	cql2_gather_begin(g, GEOM_POLYGON);
	for (int i = 0; i < BOX_NUMBERS; i++)
		for (int j = 0; j < BOX_STEPS; j++) {
			double t = (double)j / BOX_STEPS;
			struct position p = corners[i], q = corners[i + 1];

			cql2_gather_position(g, p.lon + t * (q.lon - p.lon),
			    p.lat + t * (q.lat - p.lat));
		}
	cql2_gather_position(g, b->west, b->south);
	cql2_gather_end_part(g);
	cql2_gather_end_polygon(g);
	return cql2_gather_end(g, at) ? cql2_gather_shape(g, at) : NULL;
}

static bool is_on_earth(const struct bbox *b)
{
	return fabs(b->west) <= 180 && fabs(b->east) <= 180 &&
	       fabs(b->south) <= 90 && fabs(b->north) <= 90;
}

const struct cql2_shape *cql2_box_shape(
    struct cql2_build *b, size_t at, const double *v, size_t n)
{
	size_t far = n == BOX_NUMBERS_HIGH ? 3 : 2;
	const struct cql2_shape *shape;
	struct cql2_gather g;
	struct bbox box;

	if (n != BOX_NUMBERS && n != BOX_NUMBERS_HIGH)
		return cql2_refuse(
		    b, at, "a BBOX has other than four or six numbers");
	box = (struct bbox){ v[0], v[1], v[far], v[far + 1] };
	if (b->context->latitude_first)
		box = (struct bbox){ v[1], v[0], v[far + 1], v[far] };
	if (!b->context->to_lon_lat && !is_on_earth(&box))
		return cql2_refuse(b, at,
		    "a BBOX lies outside of longitude -180 to 180 or latitude "
		    "-90 to 90");
	if (b->context->to_lon_lat && box.west > box.east)
		return cql2_refuse(b, at, "a BBOX has its west above east");
	if (box.south > box.north)
		return cql2_refuse(b, at, "a BBOX has its south above north");
	cql2_gather_init(&g, b);
	shape = b->context->to_lon_lat ? projected_box(&g, &box, at)
				       : lon_lat_box(&g, &box, at);
	cql2_gather_free(&g);
	return shape;
}
