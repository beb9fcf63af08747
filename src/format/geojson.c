#include "format/geojson.h"

#include <string.h>

#include "format/json_write.h"
#include "format/ring.h"
#include "format/value_text.h"

static const char *const type_names[] = {
	[GEOM_POINT] = "Point",
	[GEOM_LINE] = "LineString",
	[GEOM_POLYGON] = "Polygon",
	[GEOM_MULTIPOINT] = "MultiPoint",
	[GEOM_MULTILINE] = "MultiLineString",
	[GEOM_MULTIPOLYGON] = "MultiPolygon",
};

static void add_position(struct buf *b, const struct position *p, int digits)
{
	buf_add_char(b, '[');
	buf_add_double(b, p->lon, digits);
	buf_add_char(b, ',');
	buf_add_double(b, p->lat, digits);
	buf_add_char(b, ']');
}

static void add_walk(struct buf *b, struct walk w, int digits)
{
	const struct position *p = w.first;

	buf_add_char(b, '[');
	for (uint32_t i = 0; i < w.n; i++, p += w.step) {
		if (i > 0)
			buf_add_char(b, ',');
		add_position(b, p, digits);
	}
	buf_add_char(b, ']');
}

static void add_lines(struct buf *b, const struct geom *g, int digits)
{
	const struct position *p = g->positions;

	for (uint32_t i = 0; i < g->n_parts; i++) {
		if (i > 0)
			buf_add_char(b, ',');
		add_walk(b, (struct walk){ p, 1, g->part_sizes[i] }, digits);
		p += g->part_sizes[i];
	}
}

static void add_polygons(struct buf *b, const struct geom *g, int digits)
{
	const struct position *p = g->positions;
	const uint32_t *size = g->part_sizes;

	for (uint32_t i = 0; i < g->n_polys; i++) {
		buf_add_text(b, i > 0 ? ",[" : "[");
		for (uint32_t k = 0; k < g->poly_parts[i]; k++) {
			if (k > 0)
				buf_add_char(b, ',');
			add_walk(b, ring_walk(p, *size, k == 0), digits);
			p += *size++;
		}
		buf_add_char(b, ']');
	}
}

static void add_coordinates(struct buf *b, const struct geom *g, int digits)
{
	switch (g->type) {
	case GEOM_POINT:
		add_position(b, g->positions, digits);
		break;
	case GEOM_LINE:
		add_lines(b, g, digits);
		break;
	case GEOM_POLYGON:
		add_polygons(b, g, digits);
		break;
	case GEOM_MULTIPOINT:
		add_walk(b, (struct walk){ g->positions, 1, g->n_positions },
		    digits);
		break;
	case GEOM_MULTILINE:
		buf_add_char(b, '[');
		add_lines(b, g, digits);
		buf_add_char(b, ']');
		break;
	case GEOM_MULTIPOLYGON:
		buf_add_char(b, '[');
		add_polygons(b, g, digits);
		buf_add_char(b, ']');
		break;
	}
}

/* The codes of a list as an array. */
static void add_list(struct buf *b, struct str codes)
{
	bool first = true;

	buf_add_char(b, '[');
	while (codes.len > 0) {
		if (!first)
			buf_add_char(b, ',');
		json_add_string(b, str_cut(&codes, ';'));
		first = false;
	}
	buf_add_char(b, ']');
}

/* Names of fields hold nothing that would need an escape. */
static void add_property(struct buf *b, const char *name, bool first)
{
	size_t len = strlen(name);
	char *to = buf_reserve(b, len + 4);

	if (!to)
		return;
	if (!first) {
		*to++ = ',';
		b->len++;
	}
	*to++ = '"';
	memcpy(to, name, len);
	memcpy(to + len, "\":", 2);
	b->len += len + 3;
}

void geojson_add_value(struct buf *b, const struct value *v)
{
	if (value_is_null(v)) {
		buf_add_text(b, "null");
	} else if (v->type == VALUE_TEXT) {
		json_add_string(b, v->text);
	} else if (v->type == VALUE_LIST) {
		add_list(b, v->text);
	} else if (v->type == VALUE_DAY || v->type == VALUE_TIME) {
		buf_add_char(b, '"');
		value_add_text(b, v);
		buf_add_char(b, '"');
	} else {
		value_add_text(b, v);
	}
}

void geojson_add_geometry(struct buf *b, const struct geom *g, int digits)
{
	if (!g) {
		buf_add_text(b, "null");
		return;
	}
	buf_add_text(b, "{\"type\":\"");
	buf_add_text(b, type_names[g->type]);
	buf_add_text(b, "\",\"coordinates\":");
	add_coordinates(b, g, digits);
	buf_add_char(b, '}');
}

void geojson_add_feature(struct buf *b, const struct feature *f)
{
	buf_add_text(b, "{\"type\":\"Feature\"");
	if (f->public_id.len > 0) {
		buf_add_text(b, ",\"id\":");
		json_add_string(b, f->public_id);
	}
	buf_add_text(b, ",\"geometry\":");
	geojson_add_geometry(b, f->geom, GEOJSON_DIGITS);
	buf_add_text(b, ",\"properties\":{");
	for (size_t i = 0; i < f->schema->n_fields; i++) {
		add_property(b, f->schema->fields[i].name, i == 0);
		geojson_add_value(b, &f->values[i]);
	}
	buf_add_text(b, "}}");
}
