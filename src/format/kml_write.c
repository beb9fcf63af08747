#include "format/kml_write.h"

#include "format/ring.h"
#include "format/value_text.h"

enum { DIGITS = 7 };

/* SimpleField types (OGC 07-147r2 section 9.9.2). An int has 32 bits there,
 * enough for what is counted. */
static const char *const simple_types[] = {
	[VALUE_NULL] = "string",
	[VALUE_TEXT] = "string",
	[VALUE_INT] = "int",
	[VALUE_NUMBER] = "double",
	[VALUE_MONEY] = "double",
	[VALUE_BOOL] = "bool",
	[VALUE_DAY] = "string",
	[VALUE_LIST] = "string",
	[VALUE_TIME] = "string",
};

static void add_escaped(struct buf *b, const char *text)
{
	xml_add_text(b, str_from(text));
}

/* <tag>text</tag> and a line end. */
static void add_element(struct buf *b, const char *tag, struct str text)
{
	buf_add_format(b, "<%s>", tag);
	xml_add_text(b, text);
	buf_add_format(b, "</%s>\n", tag);
}

/* An id attribute has to begin with a letter (xs:ID); a number gets one. */
static void add_id(struct buf *b, struct str id)
{
	bool number = id.len > 0 && id.data[0] >= '0' && id.data[0] <= '9';

	buf_add_text(b, number ? " id=\"n" : " id=\"");
	xml_add_text(b, id);
	buf_add_char(b, '"');
}

/* --- the document --------------------------------------------------------- */

/* A legend's row, for clients that show the description as HTML. */
static void add_legend_row(struct buf *b, const struct kml_style *s)
{
	/* aabbggrr to rrggbb */
	buf_add_text(b, "<br/><span style=\"color:#");
	buf_add(b, s->color + 6, 2);
	buf_add(b, s->color + 4, 2);
	buf_add(b, s->color + 2, 2);
	buf_add_text(b, "\">&#9632;</span> ");
	add_escaped(b, s->title);
}

/* HTML inside CDATA: escaped text cannot hold the "]]>" that would end it. */
static void add_description(struct buf *b, const struct kml_document *d)
{
	buf_add_text(b, "<description><![CDATA[");
	xml_add_text(b, d->description);
	for (size_t i = 0; i < d->n_styles; i++)
		if (d->styles[i].title)
			add_legend_row(b, &d->styles[i]);
	buf_add_text(b, "]]></description>\n");
}

/* Areas are filled with the same colour, seen through. */
static void add_style(struct buf *b, const struct kml_style *s)
{
	buf_add_text(b, "<Style");
	add_id(b, str_from(s->id));
	buf_add_format(b, ">\n<IconStyle><color>%s</color>", s->color);
	if (s->icon) {
		buf_add_text(b, "<Icon><href>");
		add_escaped(b, s->icon);
		buf_add_text(b, "</href></Icon>");
	}
	buf_add_format(b,
	    "</IconStyle>\n"
	    "<LineStyle><color>%s</color><width>2</width></LineStyle>\n"
	    "<PolyStyle><color>66%s</color></PolyStyle>\n"
	    "</Style>\n",
	    s->color, s->color + 2);
}

static void add_field(
    struct buf *b, const char *type, const char *name, const char *title)
{
	buf_add_format(b, "<SimpleField type=\"%s\" name=\"%s\">", type, name);
	if (title) {
		buf_add_text(b, "<displayName>");
		add_escaped(b, title);
		buf_add_text(b, "</displayName>");
	}
	buf_add_text(b, "</SimpleField>\n");
}

static void add_schema(struct buf *b, const struct kml_document *d)
{
	buf_add_text(b, "<Schema name=\"");
	add_escaped(b, d->schema->name);
	buf_add_text(b, "\" id=\"schema-");
	add_escaped(b, d->schema->name);
	buf_add_text(b, "\">\n");
	add_field(b, "string", "id", NULL);
	for (size_t i = 0; i < d->schema->n_fields; i++) {
		const struct field *f = &d->schema->fields[i];

		add_field(b, simple_types[f->type], f->name, f->title[d->lang]);
	}
	buf_add_text(b, "</Schema>\n");
}

/* --- geometries ----------------------------------------------------------- */

static void add_coordinates(struct buf *b, struct walk w)
{
	const struct position *p = w.first;

	buf_add_text(b, "<coordinates>");
	for (uint32_t i = 0; i < w.n; i++, p += w.step) {
		if (i > 0)
			buf_add_char(b, ' ');
		buf_add_double(b, p->lon, DIGITS);
		buf_add_char(b, ',');
		buf_add_double(b, p->lat, DIGITS);
	}
	buf_add_text(b, "</coordinates>");
}

/* A point or a line. */
static void add_part(
    struct buf *b, enum geom_type type, const struct position *p, uint32_t n)
{
	bool point = type == GEOM_POINT || type == GEOM_MULTIPOINT;

	buf_add_text(
	    b, point ? "<Point>" : "<LineString><tessellate>1</tessellate>");
	add_coordinates(b, (struct walk){ p, 1, n });
	buf_add_text(b, point ? "</Point>\n" : "</LineString>\n");
}

static void add_polygon(
    struct buf *b, const struct position **p, const uint32_t *sizes, uint32_t n)
{
	buf_add_text(b, "<Polygon><tessellate>1</tessellate>");
	for (uint32_t i = 0; i < n; i++) {
		const char *tag =
		    i == 0 ? "outerBoundaryIs" : "innerBoundaryIs";

		buf_add_format(b, "<%s><LinearRing>", tag);
		add_coordinates(b, ring_walk(*p, sizes[i], i == 0));
		buf_add_format(b, "</LinearRing></%s>", tag);
		*p += sizes[i];
	}
	buf_add_text(b, "</Polygon>\n");
}

static void add_geometry(struct buf *b, const struct geom *g)
{
	const struct position *p = g->positions;
	const uint32_t *sizes = g->part_sizes;
	bool many = g->type >= GEOM_MULTIPOINT;

	if (many)
		buf_add_text(b, "<MultiGeometry>\n");
	for (uint32_t i = 0; i < g->n_polys; i++) {
		add_polygon(b, &p, sizes, g->poly_parts[i]);
		sizes += g->poly_parts[i];
	}
	for (uint32_t i = 0; g->n_polys == 0 && i < g->n_parts; i++) {
		add_part(b, g->type, p, sizes[i]);
		p += sizes[i];
	}
	if (many)
		buf_add_text(b, "</MultiGeometry>\n");
}

/* --- placemarks ----------------------------------------------------------- */

/* The value of an attribute, NULL when it is unknown, of another type or field
 * is -1. */
static const struct value *known(
    const struct feature *f, int field, enum value_type type)
{
	if (field < 0 || f->values[field].type != type ||
	    value_is_null(&f->values[field]))
		return NULL;
	return &f->values[field];
}

static void add_name(
    struct buf *b, const struct kml_document *d, const struct feature *f)
{
	const struct value *v = known(f, d->name_field[d->lang], VALUE_TEXT);

	if (!v)
		v = known(f, d->name_field[0], VALUE_TEXT);
	add_element(b, "name", v ? v->text : f->public_id);
}

static void add_time(
    struct buf *b, const struct kml_document *d, const struct feature *f)
{
	const struct value *begin = known(f, d->begin_field, VALUE_DAY);
	const struct value *end = known(f, d->end_field, VALUE_DAY);

	if (!begin && !end)
		return;
	buf_add_text(b, "<TimeSpan>");
	if (begin) {
		buf_add_text(b, "<begin>");
		value_add_text(b, begin);
		buf_add_text(b, "</begin>");
	}
	if (end) {
		buf_add_text(b, "<end>");
		value_add_text(b, end);
		buf_add_text(b, "</end>");
	}
	buf_add_text(b, "</TimeSpan>\n");
}

static void add_style_url(
    struct buf *b, const struct kml_document *d, const struct feature *f)
{
	const struct value *v = known(f, d->style_field, VALUE_TEXT);

	for (size_t i = 0; v && i < d->n_styles; i++) {
		if (!str_is(v->text, d->styles[i].id))
			continue;
		buf_add_text(b, "<styleUrl>#");
		xml_add_text(b, v->text);
		buf_add_text(b, "</styleUrl>\n");
		return;
	}
}

static void add_data(struct buf *b, const char *name, const struct value *v)
{
	buf_add_text(b, "<SimpleData name=\"");
	buf_add_text(b, name);
	buf_add_text(b, "\">");
	if (v->type == VALUE_TEXT || v->type == VALUE_LIST)
		xml_add_text(b, v->text);
	else if (v->type == VALUE_BOOL) /* GDAL reads "true" as 0 */
		buf_add_char(b, v->integer ? '1' : '0');
	else
		value_add_text(b, v);
	buf_add_text(b, "</SimpleData>\n");
}

static void add_extended_data(struct buf *b, const struct feature *f)
{
	struct value id = { .type = VALUE_TEXT, .text = f->public_id };

	buf_add_text(b, "<ExtendedData><SchemaData schemaUrl=\"#schema-");
	add_escaped(b, f->schema->name);
	buf_add_text(b, "\">\n");
	add_data(b, "id", &id);
	for (size_t i = 0; i < f->schema->n_fields; i++)
		if (!value_is_null(&f->values[i]))
			add_data(b, f->schema->fields[i].name, &f->values[i]);
	buf_add_text(b, "</SchemaData></ExtendedData>\n");
}

void kml_begin(struct buf *b, const struct kml_document *d)
{
	buf_add_text(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n"
			"<Document>\n");
	add_element(b, "name", str_from(d->name));
	add_description(b, d);
	for (size_t i = 0; i < d->n_styles; i++)
		add_style(b, &d->styles[i]);
	add_schema(b, d);
}

void kml_add_feature(
    struct buf *b, const struct kml_document *d, const struct feature *f)
{
	buf_add_text(b, "<Placemark");
	add_id(b, f->public_id);
	buf_add_text(b, ">\n");
	add_name(b, d, f);
	add_time(b, d, f);
	add_style_url(b, d, f);
	add_extended_data(b, f);
	if (f->geom)
		add_geometry(b, f->geom);
	buf_add_text(b, "</Placemark>\n");
}

void kml_end(struct buf *b)
{
	buf_add_text(b, "</Document>\n</kml>\n");
}
