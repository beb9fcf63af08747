#include "format/kml_tree.h"

#include "kml_text.h"

enum { DIGITS = 7 };

static void add_edge(struct buf *b, const char *tag, double degrees)
{
	buf_add_format(b, "<%s>", tag);
	buf_add_double(b, degrees, DIGITS);
	buf_add_format(b, "</%s>", tag);
}

static void add_region(struct buf *b, const struct kml_region *r)
{
	if (!r)
		return;
	buf_add_text(b, "<Region><LatLonAltBox>");
	add_edge(b, "north", r->box.north);
	add_edge(b, "south", r->box.south);
	add_edge(b, "east", r->box.east);
	add_edge(b, "west", r->box.west);
	buf_add_format(b,
	    "</LatLonAltBox><Lod><minLodPixels>%d</minLodPixels>"
	    "<maxLodPixels>%d</maxLodPixels></Lod></Region>\n",
	    r->min_pixels, r->max_pixels);
}

void kml_begin_folder(struct buf *b, const struct kml_folder *f)
{
	buf_add_text(b, "<Folder");
	if (f->id.len > 0)
		kml_add_id(b, f->id);
	buf_add_text(b, ">\n");
	kml_add_element(b, "name", f->name);
	buf_add_text(b, f->closed ? "" : "<open>1</open>\n");
	add_region(b, f->region);
}

void kml_end_folder(struct buf *b)
{
	buf_add_text(b, "</Folder>\n");
}

void kml_add_network_link(struct buf *b, const struct kml_link *l)
{
	buf_add_text(b, "<NetworkLink>\n");
	kml_add_element(b, "name", l->name);
	buf_add_text(b, l->off ? "<visibility>0</visibility>\n" : "");
	kml_add_snippet(b, l->snippet);
	add_region(b, l->region);
	buf_add_text(b, "<Link>\n");
	kml_add_element(b, "href", l->href);
	buf_add_text(b, "<refreshMode>onExpire</refreshMode>\n");
	if (l->region)
		buf_add_text(
		    b, "<viewRefreshMode>onRegion</viewRefreshMode>\n");
	buf_add_text(b, "</Link>\n</NetworkLink>\n");
}

/* A size of -1 is the picture's own. */
void kml_add_overlay(struct buf *b, struct str name, struct str href)
{
	buf_add_text(b, "<ScreenOverlay>\n");
	kml_add_element(b, "name", name);
	buf_add_text(b, "<Icon><href>");
	xml_add_text(b, href);
	buf_add_text(b,
	    "</href></Icon>\n"
	    "<overlayXY x=\"0\" y=\"1\" xunits=\"fraction\""
	    " yunits=\"fraction\"/>\n"
	    "<screenXY x=\"12\" y=\"12\" xunits=\"pixels\""
	    " yunits=\"insetPixels\"/>\n"
	    "<size x=\"-1\" y=\"-1\" xunits=\"pixels\" yunits=\"pixels\"/>\n"
	    "</ScreenOverlay>\n");
}
