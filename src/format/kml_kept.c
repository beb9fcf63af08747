/* Elements that are kept as they stand, in one form for one meaning: KML's own
 * elements without a prefix, others with theirs declared where they begin, no
 * white space between elements. */
#include "kml_reading.h"

#include <string.h>

#include "base/array.h"
#include "format/kml_write.h"

enum { HREF_SHOWN = 200, HREF_MAX = 4096 };

/* Prefixes that everybody uses for these. */
static const struct {
	const char *space, *prefix;
} known[] = {
	{ "http://www.google.com/kml/ext/2.2", "gx" },
	{ "http://www.w3.org/2005/Atom", "atom" },
	{ "urn:oasis:names:tc:ciq:xsdschema:xAL:2.0", "xal" },
};

static const char *const link_names[] = { "NetworkLink", "GroundOverlay",
	"ScreenOverlay", "PhotoOverlay" };

/* A namespace that lives as long as the reader; NULL: KML's own. A prefix that
 * nobody declared means what it always means. */
static const char *space_of(struct reading *r)
{
	const char *uri = (const char *)xmlTextReaderConstNamespaceUri(r->xml);
	const char *name = (const char *)xmlTextReaderConstLocalName(r->xml);

	for (size_t i = 0; i < LENGTH(known); i++) {
		size_t len = strlen(known[i].prefix);

		if (strncmp(name, known[i].prefix, len) == 0 &&
		    name[len] == ':')
			return known[i].space;
	}
	return kml_is_own(r) && !(uri && strcmp(uri, known[0].space) == 0)
		   ? NULL
		   : uri;
}

static const char *prefix_of(const char *space, const struct reading *r)
{
	const char *own = (const char *)xmlTextReaderConstPrefix(r->xml);

	for (size_t i = 0; i < LENGTH(known); i++)
		if (strcmp(space, known[i].space) == 0)
			return known[i].prefix;
	return own ? own : "x";
}

static void add_name(struct reading *r, const char *space)
{
	if (space) {
		buf_add_text(r->kept, prefix_of(space, r));
		buf_add_char(r->kept, ':');
	}
	buf_add_text(r->kept, kml_element_name(r));
}

static void add_declaration(struct reading *r, const char *space)
{
	const char *outer =
	    r->depth > r->kept_depth ? r->spaces[r->depth - 2] : NULL;

	if (!space || (outer && strcmp(outer, space) == 0))
		return;
	buf_add_format(r->kept, " xmlns:%s=\"", prefix_of(space, r));
	xml_add_text(r->kept, str_from(space));
	buf_add_char(r->kept, '"');
}

/* Attributes with a prefix say nothing that anybody reads. */
static void add_attributes(struct reading *r)
{
	while (xmlTextReaderMoveToNextAttribute(r->xml) == 1) {
		const char *name = (const char *)xmlTextReaderConstName(r->xml);
		const char *value =
		    (const char *)xmlTextReaderConstValue(r->xml);

		if (!name || strchr(name, ':') || strcmp(name, "xmlns") == 0)
			continue;
		buf_add_format(r->kept, " %s=\"", name);
		xml_add_text(r->kept, str_from(value));
		buf_add_char(r->kept, '"');
	}
	xmlTextReaderMoveToElement(r->xml);
}

/* The element whose depth is r->depth. */
void kml_keep_open(struct reading *r)
{
	const char *space = space_of(r);

	r->spaces[r->depth - 1] = space;
	buf_add_char(r->kept, '<');
	add_name(r, space);
	add_declaration(r, space);
	add_attributes(r);
	buf_add_char(r->kept, '>');
	r->in_href = strcmp(kml_element_name(r), "href") == 0;
	buf_reset(&r->href);
}

void kml_keep_begin(struct reading *r, enum place place, bool of_placemark)
{
	if (of_placemark)
		r->kept = place == STYLE ? &r->style : &r->rest;
	else
		r->kept = place == STYLE ? &r->all_style : &r->all_rest;
	r->kept_depth = r->depth;
	r->kept_start = r->kept->len;
	r->is_link = false;
	for (size_t i = 0; i < LENGTH(link_names); i++)
		if (strcmp(kml_element_name(r), link_names[i]) == 0)
			r->is_link = true;
	kml_keep_open(r);
}

void kml_keep_text(struct reading *r, struct str text)
{
	if (str_trim(text).len == 0)
		return;
	xml_add_text(r->kept, text);
	if (r->in_href)
		buf_add_str(&r->href, text);
}

static bool tell_link(struct reading *r, struct str href, struct err *e)
{
	const struct foreign_place at = { .number = r->number,
		.line = kml_line(r) };
	struct err text = { .code = ERR_NONE };

	if (r->hooks->link) {
		buf_add_char(&r->href, '\0');
		if (r->href.failed)
			return true;
		return r->hooks->link(r->hooks->context, &at, r->href.data, e);
	}
	err_set(&text, ERR_INPUT, "a link is kept, but not followed: %.*s",
	    href.len < HREF_SHOWN ? (int)href.len : HREF_SHOWN, href.data);
	return kml_note(r, at.line, text.text, e);
}

/* What our own writer gives to features without a style. */
static bool is_our_style(const struct reading *r)
{
	static const char *const heads[] = { "<styleUrl>#" KML_OWN_STYLE,
		"<Style id=\"" KML_OWN_STYLE, "<StyleMap id=\"" KML_OWN_STYLE };
	struct str element = { r->kept->data + r->kept_start,
		r->kept->len - r->kept_start };

	for (size_t i = 0; i < LENGTH(heads); i++)
		if (!r->kept->failed && str_starts(element, heads[i]))
			return true;
	return false;
}

bool kml_keep_close(struct reading *r, struct err *e)
{
	struct str href = str_trim(buf_str(&r->href));
	bool good = true;

	buf_add_text(r->kept, "</");
	add_name(r, r->spaces[r->depth - 1]);
	buf_add_char(r->kept, '>');
	if (r->in_href && href.len > 0) {
		if (r->is_link)
			good = tell_link(r, href, e);
		else
			r->icons++;
	}
	r->in_href = false;
	if (r->depth != r->kept_depth)
		return good;
	if (is_our_style(r)) {
		r->kept->len = r->kept_start;
		r->ours = true;
	}
	r->kept = NULL;
	return good;
}
