#include "kml_shape.h"

#include <string.h>

#include "base/array.h"
#include "format/heights.h"
#include "kml_text.h"

#define GOOGLE_MODE                                                            \
	"<gx:altitudeMode xmlns:gx=\"http://www.google.com/kml/ext/2.2\">"

/* What is left of the text of a geometry, and where it goes. */
struct cursor {
	struct buf *out;
	const char *at, *end;
	struct heights heights;
};

/* Appends what stands at the cursor; number counts within its array. */
typedef bool adder(struct cursor *c, uint32_t number);

static bool take(struct cursor *c, char wanted)
{
	if (c->at == c->end || *c->at != wanted)
		return false;
	c->at++;
	return true;
}

static bool each(struct cursor *c, adder *add)
{
	uint32_t number = 0;

	if (!take(c, '['))
		return false;
	do {
		if (!add(c, number++))
			return false;
	} while (take(c, ','));
	return take(c, ']');
}

/* "[lon,lat]" without its brackets, behind a space where it is not the first:
 * numbers stand the same in both formats. */
static bool add_position(struct cursor *c, uint32_t number)
{
	const char *close = memchr(c->at, ']', (size_t)(c->end - c->at));
	struct str height = { "", 0 };

	if (!close || !take(c, '['))
		return false;
	if (number > 0)
		kml_put_text(c->out, " ");
	kml_put(c->out, (struct str){ c->at, (size_t)(close - c->at) });
	if (c->heights.left.len > 0)
		height = heights_next(&c->heights);
	if (height.len > 0)
		kml_put_text(c->out, ",");
	kml_put(c->out, height);
	c->at = close + 1;
	return true;
}

/* What heights mean, where it is not what it is without a word. Google's own
 * modes have another element. */
static inline void begin_shape(
    struct cursor *c, const char *tag, bool tessellate)
{
	const struct heights *h = &c->heights;
	bool own;

	kml_put_text(c->out, tag);
	if (h->extrude)
		kml_put_text(c->out, "<extrude>1</extrude>");
	if (tessellate)
		kml_put_text(c->out, "<tessellate>1</tessellate>");
	if (h->mode.len == 0 || str_is(h->mode, "clampToGround"))
		return;
	own = !str_is(h->mode, "clampToSeaFloor") &&
	      !str_is(h->mode, "relativeToSeaFloor");
	buf_add_text(c->out, own ? "<altitudeMode>" : GOOGLE_MODE);
	buf_add_str(c->out, h->mode);
	buf_add_text(c->out, own ? "</altitudeMode>" : "</gx:altitudeMode>");
}

static bool add_point(struct cursor *c, uint32_t number)
{
	(void)number;
	begin_shape(c, "<Point>", false);
	kml_put_text(c->out, "<coordinates>");
	if (!add_position(c, 0))
		return false;
	kml_put_text(c->out, "</coordinates></Point>\n");
	return true;
}

static bool add_line(struct cursor *c, uint32_t number)
{
	(void)number;
	begin_shape(c, "<LineString>", true);
	kml_put_text(c->out, "<coordinates>");
	if (!each(c, add_position))
		return false;
	kml_put_text(c->out, "</coordinates></LineString>\n");
	return true;
}

static bool add_ring(struct cursor *c, uint32_t number)
{
	kml_put_text(
	    c->out, number == 0 ? "<outerBoundaryIs><LinearRing><coordinates>"
				: "<innerBoundaryIs><LinearRing><coordinates>");
	if (!each(c, add_position))
		return false;
	kml_put_text(c->out,
	    number == 0 ? "</coordinates></LinearRing></outerBoundaryIs>"
			: "</coordinates></LinearRing></innerBoundaryIs>");
	return true;
}

static bool add_polygon(struct cursor *c, uint32_t number)
{
	(void)number;
	begin_shape(c, "<Polygon>", true);
	if (!each(c, add_ring))
		return false;
	kml_put_text(c->out, "</Polygon>\n");
	return true;
}

static const struct {
	const char *head;
	adder *add;
	bool many;
} types[] = {
	{ "{\"type\":\"Point\",\"coordinates\":", add_point, false },
	{ "{\"type\":\"LineString\",\"coordinates\":", add_line, false },
	{ "{\"type\":\"Polygon\",\"coordinates\":", add_polygon, false },
	{ "{\"type\":\"MultiPoint\",\"coordinates\":", add_point, true },
	{ "{\"type\":\"MultiLineString\",\"coordinates\":", add_line, true },
	{ "{\"type\":\"MultiPolygon\",\"coordinates\":", add_polygon, true },
};

static bool add_many(struct cursor *c, adder *add)
{
	kml_put_text(c->out, "<MultiGeometry>\n");
	if (!each(c, add))
		return false;
	kml_put_text(c->out, "</MultiGeometry>\n");
	return true;
}

bool kml_add_geometry(struct buf *b, struct str json, struct str heights)
{
	struct cursor c = { b, json.data, json.data + json.len,
		heights_of(heights) };

	if (str_is(json, "null"))
		return true;
	for (size_t i = 0; i < LENGTH(types); i++) {
		if (!str_starts(json, types[i].head))
			continue;
		c.at += strlen(types[i].head);
		return (types[i].many ? add_many(&c, types[i].add)
				      : types[i].add(&c, 0)) &&
		       take(&c, '}') && c.at == c.end;
	}
	return false;
}
