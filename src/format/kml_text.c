#include "kml_text.h"

#include "format/fragment.h"

#include <string.h>

enum { DIGITS = 7, METRES = 0 };

void kml_add_element(struct buf *b, const char *tag, struct str text)
{
	buf_add_format(b, "<%s>", tag);
	xml_add_text(b, text);
	buf_add_format(b, "</%s>\n", tag);
}

void kml_add_id(struct buf *b, struct str id)
{
	bool number = id.len > 0 && id.data[0] >= '0' && id.data[0] <= '9';

	buf_add_text(b, number ? " id=\"n" : " id=\"");
	xml_add_text(b, id);
	buf_add_char(b, '"');
}

void kml_add_snippet(struct buf *b, struct str text)
{
	if (text.len == 0)
		return;
	buf_add_text(b, "<Snippet maxLines=\"1\">");
	xml_add_text(b, text);
	buf_add_text(b, "</Snippet>\n");
}

void kml_add_link_element(struct buf *b, struct str href)
{
	buf_add_text(b, "<atom:link rel=\"related\" href=\"");
	xml_add_text(b, href);
	buf_add_text(b, "\"/>\n");
}

void kml_add_view(struct buf *b, const struct kml_view *v)
{
	buf_add_text(b, "<LookAt><longitude>");
	buf_add_double(b, v->at.lon, DIGITS);
	buf_add_text(b, "</longitude><latitude>");
	buf_add_double(b, v->at.lat, DIGITS);
	buf_add_text(b, "</latitude><range>");
	buf_add_double(b, v->range, METRES);
	buf_add_text(b, "</range></LookAt>\n");
}

void kml_add_json_text(struct buf *b, struct str inside)
{
	while (inside.len > 0) {
		const char *escape = memchr(inside.data, '\\', inside.len);
		char decoded[FRAGMENT_ESCAPE_MAX];
		struct str plain = inside, text = { decoded, 0 };

		if (escape)
			plain.len = (size_t)(escape - inside.data);
		xml_add_text(b, plain);
		inside.data += plain.len;
		inside.len -= plain.len;
		if (inside.len == 0)
			break;
		text.len = fragment_take_escape(&inside, decoded);
		if (text.len == 0) {
			b->failed = true;
			return;
		}
		xml_add_text(b, text);
	}
}
