#include "format/qml_write.h"

#include "format/kml_write.h"

enum { PROPERTIES_MAX = 8, OPAQUE = 255, SEEN_THROUGH = 102 };

static const char circle[] = "circle";

/* What a symbol of each kind is made of: its one layer, the properties that
 * have the colours, and the others. Units are millimetres. */
struct property {
	const char *name, *value;
};
static const struct {
	const char *type, *layer;
	const char *fill, *outline; /* outline NULL: it has none */
	int opacity; /* of the fill, 0 to 255 */
	struct property rest[PROPERTIES_MAX];
} kinds[QML_GEOMETRIES] = {
	[QML_POINT] = { "marker", "SimpleMarker", "color", "outline_color",
	    OPAQUE,
	    { { "outline_style", "solid" }, { "outline_width", "0.3" },
		{ "outline_width_unit", "MM" }, { "scale_method", "diameter" },
		{ "size", "3.4" }, { "size_unit", "MM" } } },
	[QML_LINE] = { "line", "SimpleLine", "line_color", NULL, OPAQUE,
	    { { "capstyle", "round" }, { "joinstyle", "round" },
		{ "line_style", "solid" }, { "line_width", "1" },
		{ "line_width_unit", "MM" } } },
	[QML_POLYGON] = { "fill", "SimpleFill", "color", "outline_color",
	    SEEN_THROUGH,
	    { { "joinstyle", "round" }, { "outline_style", "solid" },
		{ "outline_width", "0.6" }, { "outline_width_unit", "MM" },
		{ "style", "solid" } } },
};

/* QGIS from 3.22 on reads options, those before it read prop elements. */
static const struct {
	const char *name, *value;
} forms[] = { { "<Option type=\"QString\" name=\"", "\" value=\"" },
	{ "<prop k=\"", "\" v=\"" } };

static void add_text(
    struct buf *b, int form, const char *name, const char *text)
{
	buf_add_format(b, "%s%s%s%s\"/>\n", forms[form].name, name,
	    forms[form].value, text);
}

static void add_colour(
    struct buf *b, int form, const char *name, uint32_t colour, int opacity)
{
	buf_add_format(b, "%s%s%s%u,%u,%u,%d\"/>\n", forms[form].name, name,
	    forms[form].value, (unsigned)(colour >> 16 & OPAQUE),
	    (unsigned)(colour >> 8 & OPAQUE), (unsigned)(colour & OPAQUE),
	    opacity);
}

static void add_properties(struct buf *b, const struct qml_style *s,
    const struct qml_class *class, int form)
{
	const enum qml_geometry g = s->geometry;
	const struct property *p = kinds[g].rest;

	add_colour(b, form, kinds[g].fill, class->colour, kinds[g].opacity);
	if (kinds[g].outline)
		add_colour(b, form, kinds[g].outline,
		    g == QML_POINT ? s->edge : class->colour, OPAQUE);
	if (g == QML_POINT)
		add_text(b, form, "name", class->shape ? class->shape : circle);
	for (int i = 0; i < PROPERTIES_MAX && p[i].name; i++)
		add_text(b, form, p[i].name, p[i].value);
}

static void add_symbol(struct buf *b, const struct qml_style *s, size_t i)
{
	buf_add_format(b,
	    "<symbol type=\"%s\" name=\"%zu\" alpha=\"1\" "
	    "clip_to_extent=\"1\" force_rhr=\"0\">\n"
	    "<layer class=\"%s\" enabled=\"1\" locked=\"0\" pass=\"0\">\n"
	    "<Option type=\"Map\">\n",
	    kinds[s->geometry].type, i, kinds[s->geometry].layer);
	add_properties(b, s, &s->classes[i], 0);
	buf_add_text(b, "</Option>\n");
	add_properties(b, s, &s->classes[i], 1);
	buf_add_text(b, "</layer>\n</symbol>\n");
}

static void add_categories(struct buf *b, const struct qml_style *s)
{
	buf_add_text(b, "<categories>\n");
	for (size_t i = 0; i < s->n_classes; i++) {
		buf_add_format(b, "<category symbol=\"%zu\" value=\"", i);
		xml_add_text(b, str_from(s->classes[i].value));
		buf_add_text(b, "\" type=\"string\" label=\"");
		xml_add_text(b, str_from(s->classes[i].label));
		buf_add_text(b, "\" render=\"true\"/>\n");
	}
	buf_add_text(b, "</categories>\n");
}

static void add_renderer(struct buf *b, const struct qml_style *s)
{
	size_t n = s->attribute ? s->n_classes : 1;

	buf_add_text(b, "<renderer-v2 type=\"");
	buf_add_text(b, s->attribute ? "categorizedSymbol" : "singleSymbol");
	if (s->attribute) {
		buf_add_text(b, "\" attr=\"");
		xml_add_text(b, str_from(s->attribute));
	}
	buf_add_text(b,
	    "\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\">\n");
	if (s->attribute)
		add_categories(b, s);
	buf_add_text(b, "<symbols>\n");
	for (size_t i = 0; i < n; i++)
		add_symbol(b, s, i);
	buf_add_text(b, "</symbols>\n<rotation/>\n<sizescale/>\n"
			"</renderer-v2>\n");
}

void qml_write(struct buf *b, const struct qml_style *s)
{
	buf_add_text(b,
	    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
	    "<qgis version=\"3.22.0\" styleCategories=\"Symbology\">\n");
	add_renderer(b, s);
	buf_add_format(b,
	    "<blendMode>0</blendMode>\n<featureBlendMode>0</featureBlendMode>\n"
	    "<layerGeometryType>%d</layerGeometryType>\n</qgis>\n",
	    (int)s->geometry);
}
