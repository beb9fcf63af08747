#include "cql2_read.h"

#include "base/array.h"
#include "cql2_shape.h"

#include <string.h>

enum { BOX_MAX = 6 };

/* --- geometries (21-065r2 annex B, spatialInstance) --------------------------
 */

static bool read_coordinate(struct cql2_read *r, double *out)
{
	bool negative = cql2_read_taken(r, "-");

	if (!negative)
		cql2_read_taken(r, "+");
	if (r->now.kind != TOKEN_NUMBER)
		return cql2_read_refuse(r, "a number is expected");
	if (!str_to_double(r->now.text, out))
		return cql2_read_refuse(r, "a number is too large");
	cql2_read_take(r);
	if (negative)
		*out = -*out;
	return true;
}

/* Two coordinates and perhaps a height, which is passed over. */
static bool read_position(struct cql2_read *r, struct cql2_gather *g)
{
	double x, y, height;

	if (!read_coordinate(r, &x) || !read_coordinate(r, &y))
		return false;
	if (!cql2_token_is(&r->now, ",") && !cql2_token_is(&r->now, ")") &&
	    !read_coordinate(r, &height))
		return false;
	cql2_gather_position(g, x, y);
	return true;
}

/* Of a MULTIPOINT: (1 2) or, as in older WKT, 1 2. */
static bool read_point(struct cql2_read *r, struct cql2_gather *g)
{
	bool opened = cql2_read_taken(r, "(");

	if (!read_position(r, g) || (opened && !cql2_read_expect(r, ")")))
		return false;
	cql2_gather_end_part(g);
	return true;
}

typedef bool read_item(struct cql2_read *r, struct cql2_gather *g);

static bool read_items(
    struct cql2_read *r, struct cql2_gather *g, read_item *item)
{
	if (!cql2_read_expect(r, "("))
		return false;
	do {
		if (!item(r, g))
			return false;
	} while (cql2_read_taken(r, ","));
	return cql2_read_expect(r, ")");
}

static bool read_line(struct cql2_read *r, struct cql2_gather *g)
{
	if (!read_items(r, g, read_position))
		return false;
	cql2_gather_end_part(g);
	return true;
}

static bool read_polygon(struct cql2_read *r, struct cql2_gather *g)
{
	if (!read_items(r, g, read_line))
		return false;
	cql2_gather_end_polygon(g);
	return true;
}

static bool read_coordinates(
    struct cql2_read *r, struct cql2_gather *g, enum geom_type type)
{
	cql2_gather_begin(g, type);
	switch (type) {
	case GEOM_POINT:
	case GEOM_LINE:
		return read_line(r, g);
	case GEOM_POLYGON:
		return read_polygon(r, g);
	case GEOM_MULTIPOINT:
		return read_items(r, g, read_point);
	case GEOM_MULTILINE:
		return read_items(r, g, read_line);
	case GEOM_MULTIPOLYGON:
		return read_items(r, g, read_polygon);
	}
	return false;
}

/* "POINTZ" is "POINT Z": the grammar does not ask for a space. */
static const struct cql2_shape_type *shape_named(struct str name)
{
	const struct cql2_shape_type *type = cql2_shape_type_find(name, false);

	if (type || name.len == 0 || !strchr("Zz", name.data[name.len - 1]))
		return type;
	name.len--;
	return cql2_shape_type_find(name, false);
}

static bool is_collection(const struct cql2_token *name)
{
	return cql2_token_is(name, "GEOMETRYCOLLECTION") ||
	       cql2_token_is(name, "GEOMETRYCOLLECTIONZ");
}

/* "POINT" and "POINT Z" alike; a height is told by its number. */
static bool read_geometry(struct cql2_read *r, struct cql2_gather *g)
{
	struct cql2_token name = cql2_read_take(r);
	const struct cql2_shape_type *type = shape_named(name.text);

	if (!type || name.kind != TOKEN_NAME)
		return cql2_refuse(
		    &r->build, name.at, "a geometry is expected");
	cql2_read_taken(r, "Z");
	return read_coordinates(r, g, type->type) &&
	       cql2_gather_end(g, name.at);
}

static struct cql2_node *read_shape(struct cql2_read *r)
{
	bool collection = is_collection(&r->now);
	const struct cql2_shape *shape = NULL;
	size_t at = r->now.at;
	struct cql2_gather g;
	bool good;

	cql2_gather_init(&g, &r->build);
	if (collection) {
		cql2_read_take(r);
		cql2_read_taken(r, "Z");
		good = read_items(r, &g, read_geometry);
	} else {
		good = read_geometry(r, &g);
	}
	if (good)
		shape = cql2_gather_shape(&g, at);
	cql2_gather_free(&g);
	return cql2_make_shape(&r->build, at, shape);
}

static struct cql2_node *read_box(struct cql2_read *r)
{
	size_t at = r->now.at, n = 0;
	double v[BOX_MAX];

	cql2_read_take(r);
	if (!cql2_read_expect(r, "("))
		return NULL;
	do {
		if (n == BOX_MAX)
			return cql2_read_refuse(
			    r, "a BBOX has more than six numbers");
		if (!read_coordinate(r, &v[n++]))
			return NULL;
	} while (cql2_read_taken(r, ","));
	if (!cql2_read_expect(r, ")"))
		return NULL;
	return cql2_make_shape(
	    &r->build, at, cql2_box_shape(&r->build, at, v, n));
}

/* --- instants and intervals ----------------------------------------------- */

typedef struct cql2_node *make_instant(
    struct cql2_build *b, size_t at, struct str text);

static struct cql2_node *read_quoted(struct cql2_read *r, make_instant *make)
{
	struct cql2_token t = r->now;

	if (t.kind != TOKEN_TEXT)
		return cql2_read_refuse(r, "a text is expected");
	cql2_read_take(r);
	return make(&r->build, t.at, t.text);
}

static struct cql2_node *read_instant(struct cql2_read *r, make_instant *make)
{
	size_t at = r->now.at;
	struct cql2_node *node;

	cql2_read_take(r);
	if (!cql2_read_expect(r, "("))
		return NULL;
	node = read_quoted(r, make);
	if (!node || !cql2_read_expect(r, ")"))
		return NULL;
	node->at = at;
	return node;
}

static struct cql2_node *read_date(struct cql2_read *r)
{
	return read_instant(r, cql2_make_day);
}

static struct cql2_node *read_timestamp(struct cql2_read *r)
{
	return read_instant(r, cql2_make_time);
}

static struct cql2_node *read_end(struct cql2_read *r)
{
	if (r->now.kind == TOKEN_TEXT)
		return read_quoted(r, cql2_make_end);
	return cql2_read_property(r);
}

static struct cql2_node *read_interval(struct cql2_read *r)
{
	struct cql2_args args = { NULL, NULL, 0 };
	size_t at = r->now.at;

	cql2_read_take(r);
	if (!cql2_read_expect(r, "(") || !cql2_args_add(&args, read_end(r)) ||
	    !cql2_read_expect(r, ",") || !cql2_args_add(&args, read_end(r)) ||
	    !cql2_read_expect(r, ")"))
		return NULL;
	return cql2_make(&r->build, OP_INTERVAL, at, &args);
}

/* --- which it is ---------------------------------------------------------- */

/* Whether "Z (" follows the name. */
static bool is_high(const struct cql2_read *r)
{
	struct cql2_lex ahead = r->lex;
	struct cql2_token z = cql2_lex_next(&ahead);
	struct cql2_token open = cql2_lex_next(&ahead);

	return cql2_token_is(&z, "Z") && cql2_token_is(&open, "(");
}

bool cql2_read_instance(struct cql2_read *r, struct cql2_node **out)
{
	static const struct {
		const char *word;
		struct cql2_node *(*read)(struct cql2_read *r);
	} words[] = {
		{ "BBOX", read_box },
		{ "DATE", read_date },
		{ "TIMESTAMP", read_timestamp },
		{ "INTERVAL", read_interval },
	};
	bool call = cql2_read_is_call(r);

	if (r->now.kind != TOKEN_NAME || (!call && !is_high(r)))
		return false;
	if (is_collection(&r->now) || shape_named(r->now.text)) {
		*out = read_shape(r);
		return true;
	}
	for (size_t i = 0; i < LENGTH(words); i++) {
		if (!cql2_token_is(&r->now, words[i].word))
			continue;
		*out = words[i].read(r);
		return true;
	}
	return false;
}
