#include "kml_order.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The children each element may have, in the order of ogckml22.xsd; NULL ends
 * a row. Attributes that must be there stand in names of their own below. */
#define FEATURE                                                                \
	"name", "visibility", "open", "author", "link", "address",             \
	    "AddressDetails", "phoneNumber", "Snippet", "description",         \
	    "LookAt", "TimeSpan", "styleUrl", "Style", "Region",               \
	    "ExtendedData"

static const struct {
	const char *parent;
	const char *children[28];
} orders[] = {
	{ "kml", { "NetworkLinkControl", "Document", NULL } },
	{ "NetworkLinkControl",
	    { "minRefreshPeriod", "maxSessionLength", "cookie", "message",
		"linkName", "linkDescription", "linkSnippet", "expires",
		NULL } },
	{ "Document", { FEATURE, "Schema", "Placemark", NULL } },
	{ "Folder", { FEATURE, "Placemark", NULL } },
	{ "NetworkLink",
	    { FEATURE, "refreshVisibility", "flyToView", "Link", NULL } },
	{ "Link", { "href", "refreshMode", "refreshInterval", "viewRefreshMode",
		      "viewRefreshTime", NULL } },
	{ "Region", { "LatLonAltBox", "Lod", NULL } },
	{ "LatLonAltBox", { "north", "south", "east", "west", "minAltitude",
			      "maxAltitude", "altitudeMode", NULL } },
	{ "Lod", { "minLodPixels", "maxLodPixels", "minFadeExtent",
		     "maxFadeExtent", NULL } },
	{ "ScreenOverlay", { FEATURE, "color", "drawOrder", "Icon", "overlayXY",
			       "screenXY", "rotationXY", "size", NULL } },
	{ "Style", { "IconStyle", "LabelStyle", "LineStyle", "PolyStyle",
		       "BalloonStyle", "ListStyle", NULL } },
	{ "IconStyle", { "color", "colorMode", "scale", "heading", "Icon",
			   "hotSpot", NULL } },
	{ "Icon", { "href", "refreshMode", NULL } },
	{ "LabelStyle", { "color", "colorMode", "scale", NULL } },
	{ "LineStyle", { "color", "colorMode", "width", NULL } },
	{ "PolyStyle", { "color", "colorMode", "fill", "outline", NULL } },
	{ "BalloonStyle",
	    { "bgColor", "textColor", "text", "displayMode", NULL } },
	{ "StyleMap", { "Pair", NULL } },
	{ "Pair", { "key", "styleUrl", NULL } },
	{ "Schema", { "SimpleField", NULL } },
	{ "SimpleField", { "displayName", NULL } },
	{ "Placemark", { FEATURE, "Point", "LineString", "Polygon",
			   "MultiGeometry", NULL } },
	{ "LookAt", { "longitude", "latitude", "altitude", "heading", "tilt",
			"range", NULL } },
	{ "TimeSpan", { "begin", "end", NULL } },
	{ "ExtendedData", { "Data", "SchemaData", NULL } },
	{ "SchemaData", { "SimpleData", NULL } },
	{ "Point", { "extrude", "altitudeMode", "coordinates", NULL } },
	{ "LineString",
	    { "extrude", "tessellate", "altitudeMode", "coordinates", NULL } },
	{ "LinearRing",
	    { "extrude", "tessellate", "altitudeMode", "coordinates", NULL } },
	{ "Polygon", { "extrude", "tessellate", "altitudeMode",
			 "outerBoundaryIs", "innerBoundaryIs", NULL } },
	{ "outerBoundaryIs", { "LinearRing", NULL } },
	{ "innerBoundaryIs", { "LinearRing", NULL } },
	{ "MultiGeometry", { "Point", "LineString", "Polygon", NULL } },
};

static const char *name_of(xmlNodePtr node)
{
	return (const char *)node->name;
}

/* Elements that may stand wherever another one does, in any order. */
static const char *group_of(xmlNodePtr node)
{
	static const struct {
		const char *name, *group;
	} groups[] = {
		{ "StyleMap", "Style" },
		{ "Folder", "Placemark" },
		{ "NetworkLink", "Placemark" },
		{ "ScreenOverlay", "Placemark" },
	};

	for (size_t i = 0; i < COUNT(groups); i++)
		if (strcmp(groups[i].name, name_of(node)) == 0)
			return groups[i].group;
	return name_of(node);
}

/* The place of an element among those its parent may have; fails when it may
 * not stand there. */
static size_t place_of(xmlNodePtr node)
{
	const char *parent = name_of(node->parent);

	for (size_t i = 0; i < COUNT(orders); i++) {
		const char *const *names = orders[i].children;

		if (strcmp(orders[i].parent, parent) != 0)
			continue;
		for (size_t k = 0; names[k]; k++)
			if (strcmp(names[k], group_of(node)) == 0)
				return k;
	}
	fail_msg("%s may not stand in %s", name_of(node), parent);
	return 0;
}

/* KML without a prefix: some readers take nothing else. */
static void check_namespace(xmlNodePtr n)
{
	if (n->ns->prefix) {
		assert_string_equal(name_of(n), "link");
		assert_string_equal(
		    (const char *)n->ns->href, "http://www.w3.org/2005/Atom");
		return;
	}
	assert_string_equal(
	    (const char *)n->ns->href, "http://www.opengis.net/kml/2.2");
}

static void check_order(xmlNodePtr parent)
{
	size_t last = 0;

	for (xmlNodePtr n = parent->children; n; n = n->next) {
		size_t place;

		if (n->type != XML_ELEMENT_NODE)
			continue;
		place = place_of(n);
		if (place < last)
			fail_msg("%s stands too late in %s", name_of(n),
			    name_of(parent));
		last = place;
		check_namespace(n);
		check_order(n);
	}
}

/* xs:ID: a name that begins with a letter, used once in the document. */
static void check_ids(xmlNodePtr parent, struct buf *seen)
{
	for (xmlNodePtr n = parent->children; n; n = n->next) {
		xmlChar *id = xmlGetNoNsProp(n, (const xmlChar *)"id");

		if (id) {
			char key[100];
			int len = snprintf(
			    key, sizeof(key), "<%s>", (const char *)id);

			assert_int_equal(xmlValidateNCName(id, 0), 0);
			buf_add_char(seen, '\0');
			assert_null(strstr(seen->data, key));
			seen->len--;
			buf_add(seen, key, (size_t)len);
		}
		xmlFree(id);
		check_ids(n, seen);
	}
}

void kml_order_check(struct str kml)
{
	xmlDocPtr doc =
	    xmlReadMemory(kml.data, (int)kml.len, NULL, NULL, XML_PARSE_NONET);
	struct buf seen;

	assert_non_null(doc);
	assert_string_equal(name_of(xmlDocGetRootElement(doc)), "kml");
	check_order(xmlDocGetRootElement(doc));
	buf_init(&seen, SIZE_MAX);
	check_ids(xmlDocGetRootElement(doc), &seen);
	buf_free(&seen);
	xmlFreeDoc(doc);
}
