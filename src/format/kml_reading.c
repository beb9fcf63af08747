/* Where in a KML file the reading is. */
#include "kml_reading.h"

#include "base/array.h"

#include <string.h>

enum { LINES_OF_ELEMENTS = 65535 /* that libxml2 tells apart */ };

static const char extension[] = "http://www.google.com/kml/ext/2.2";

/* What KML's namespaces begin with, from 2.0 on. */
static const char *const own_spaces[] = { "http://www.opengis.net/kml/",
	"http://earth.google.com/kml/", "https://www.opengis.net/kml/" };

const struct kml_rule *kml_current(const struct reading *r)
{
	return r->depth > 0 ? r->open[r->depth - 1] : NULL;
}

enum place kml_place(const struct reading *r)
{
	const struct kml_rule *rule = kml_current(r);

	if (r->depth == 0)
		return OUTSIDE;
	return rule ? rule->place : OTHER;
}

const char *kml_element_name(const struct reading *r)
{
	const char *name = (const char *)xmlTextReaderConstLocalName(r->xml);
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

bool kml_is_own(const struct reading *r)
{
	const xmlChar *space = xmlTextReaderConstNamespaceUri(r->xml);
	struct str uri = str_from((const char *)space);

	if (!space || xmlStrEqual(space, r->space) || str_is(uri, extension))
		return true;
	for (size_t i = 0; i < LENGTH(own_spaces); i++)
		if (str_starts(uri, own_spaces[i]))
			return true;
	return false;
}

bool kml_attribute(
    struct reading *r, const char *name, struct str *out, struct err *e)
{
	xmlChar *text =
	    xmlTextReaderGetAttribute(r->xml, (const xmlChar *)name);
	bool good = gather_copy(
	    &r->gather, out, str_trim(str_from((const char *)text)), e);

	xmlFree(text);
	return good;
}

long kml_line(const struct reading *r)
{
	xmlNodePtr node = xmlTextReaderCurrentNode(r->xml);
	long line = node ? xmlGetLineNo(node) : 0;

	if (line >= LINES_OF_ELEMENTS && r->text_line > 0)
		return r->text_line;
	return line > 0 ? line : 0;
}

void kml_note_line(struct reading *r)
{
	xmlNodePtr node = xmlTextReaderCurrentNode(r->xml);
	long line = node ? xmlGetLineNo(node) : 0;

	if (line >= LINES_OF_ELEMENTS)
		r->text_line = line;
}

bool kml_is_of_feature(const struct err *why)
{
	return why->code == ERR_INPUT || why->code == ERR_LIMIT;
}
