#include "format/kml_write.h"

#include <string.h>

#include "base/scan.h"
#include "format/fragment.h"
#include "format/geojson.h"
#include "kml_ready.h"
#include "kml_rows.h"
#include "kml_shape.h"
#include "kml_text.h"

/* How often a value may stand in a placemark, with what it grows by: name,
 * twice as people read it, data, and to be sure. */
enum { COPIES = 8 };

/* How far a feature's text is fetched before it is read. */
enum { AHEAD = 1024 };

/* --- elements ------------------------------------------------------------- */

static char *put_description(char *to, const struct kml_placemarks *p)
{
	int field = p->document->description_field;

	if (!kml_is_known(p, field))
		return kml_put_balloon(to, p);
	to = put_text(to, "<description>");
	to = put(to, p->description.data ? p->description
					 : fragment_inside(p->values[field]));
	return put_text(to, "</description>\n");
}

/* An id has to begin with a letter (xs:ID); a number gets one. */
static char *put_head(char *to, const struct kml_placemarks *p, struct str id)
{
	bool number = id.len > 0 && id.data[0] >= '0' && id.data[0] <= '9';
	int field = kml_first_known(p, p->document->name_fields, 3);

	to = put_text(to, "<Placemark id=\"");
	if (number)
		*to++ = 'n';
	to = put(to, id);
	to = put_text(to, "\">\n<name>");
	to = field >= 0
		 ? kml_put_value(to, p->document->schema->fields[field].type,
		       p->values[field], p->last_wide)
		 : put(to, id);
	return put_text(to, "</name>\n");
}

static char *put_link(char *to, const struct kml_placemarks *p, struct str id)
{
	if (!p->document->page)
		return to;
	to = put(to, p->link_head);
	to = put(to, id);
	return put(to, p->link_tail);
}

static char *put_time(char *to, const struct kml_placemarks *p)
{
	if (p->begin < 0 && p->end < 0)
		return to;
	to = put_text(to, "<TimeSpan>");
	if (p->begin >= 0) {
		to = put_text(to, "<begin>");
		to = put(to, fragment_inside(p->values[p->begin]));
		to = put_text(to, "</begin>");
	}
	if (p->end >= 0) {
		to = put_text(to, "<end>");
		to = put(to, fragment_inside(p->values[p->end]));
		to = put_text(to, "</end>");
	}
	return put_text(to, "</TimeSpan>\n");
}

static char *put_style_url(char *to, const struct kml_placemarks *p)
{
	int field = p->document->style_field;

	if (field < 0 && p->document->n_styles > 0)
		return put(to, kml_choice(&p->styles,
				   str_from(p->document->styles[0].id)));
	if (!kml_is_known(p, field))
		return to;
	return put(
	    to, kml_choice(&p->styles, fragment_inside(p->values[field])));
}

/* What goes out may lie anywhere for all the compiler knows: what stays the
 * same is taken before. */
static char *put_data(char *to, const struct kml_placemarks *p, struct str id)
{
	const struct schema *schema = p->document->schema;
	const struct field *fields = schema->fields;
	const struct str *values = p->values, *joints = p->joints;
	const char *last = p->last_wide;
	const size_t n = schema->n_fields;

	to = put(to, p->data_head);
	to = put(to, id);
	for (size_t i = 0; i < n; i++) {
		const struct str value = values[i];

		if (fragment_is_null(value))
			continue;
		to = put_padded(to, joints[i]);
		to = kml_put_value(to, fields[i].type, value, last);
	}
	return put_text(to, "</SimpleData>\n</SchemaData></ExtendedData>\n");
}

/* --- the placemark -------------------------------------------------------- */

/* A placemark being put where there is room for all of it. */
struct pen {
	struct buf *buf;
	char *to;
};

/* Lets a writer of bufs go on where the pen is; there is room for it. */
static void lend(struct pen *w)
{
	w->buf->len = (size_t)(w->to - w->buf->data);
}
static void take_back(struct pen *w)
{
	w->to = w->buf->data + w->buf->len;
}

/* What stood in a file at these places; true when the last is taken. */
static bool put_kept(struct pen *w, const struct kml_placemarks *p,
    enum kml_rank from, enum kml_rank to)
{
	bool found;

	if (p->rest.len == 0)
		return false;
	lend(w);
	found = kml_add_ranked(w->buf, p->rest, from, to);
	take_back(w);
	return found;
}

static void put_view(struct pen *w, const struct kml_placemarks *p)
{
	if (!p->view)
		return;
	lend(w);
	kml_add_view(w->buf, p->view);
	take_back(w);
}

static void put_style(struct pen *w, const struct kml_placemarks *p)
{
	if (p->style.len == 0) {
		w->to = put_style_url(w->to, p);
		return;
	}
	lend(w);
	kml_add_kept(w->buf, p->style);
	take_back(w);
}

/* All that stands before the geometry. */
static void put_elements(
    struct pen *w, const struct kml_placemarks *p, struct str id)
{
	w->to = put_head(w->to, p, id);
	if (!put_kept(w, p, RANK_NAME, RANK_LINK))
		w->to = put_link(w->to, p, id);
	if (!put_kept(w, p, RANK_LINK, RANK_SNIPPET))
		w->to = kml_put_snippet(w->to, p);
	w->to = put_description(w->to, p);
	if (!put_kept(w, p, RANK_SNIPPET, RANK_VIEW))
		put_view(w, p);
	w->to = put_time(w->to, p);
	put_style(w, p);
	(void)put_kept(w, p, RANK_VIEW, RANK_DATA);
	w->to = put_data(w->to, p, id);
}

/* Room for all but the geometry of a feature whose text has that length. Kept
 * elements get line ends between them. */
static size_t room_for(const struct kml_placemarks *p, size_t len, bool plain)
{
	size_t values = plain ? len : len * KML_GROWTH;

	return p->markup + COPIES * values + 2 * p->rest.len + 2 * p->style.len;
}

/* Where the last piece of a text may begin that is put as if it were padded.
 * What was decoded lies elsewhere. */
static const char *wide_until(struct str text)
{
	return text.len < PUT_PAD ? NULL : text.data + text.len - PUT_PAD;
}

bool kml_add_fragment(struct buf *b, struct kml_placemarks *p, struct str text,
    const uint8_t *lengths)
{
	struct fragment_parts parts;
	struct pen w = { b, NULL };

	/* In a snapshot the next feature mostly lies behind this one. */
	scan_ahead(text.data + text.len, AHEAD);
	if (!fragment_cut_values(&parts, p->values, p->keys,
		p->document->schema->n_fields, text, lengths))
		return false;
	p->description = (struct str){ NULL, 0 };
	if (!parts.plain && !kml_decode_values(p, &parts, text.len))
		b->failed = true;
	p->last_wide = parts.plain ? wide_until(text) : NULL;
	kml_find_rows(p);
	w.to = buf_reserve(b, room_for(p, text.len, parts.plain));
	if (!w.to)
		return true;
	put_elements(&w, p, fragment_inside(parts.id));
	lend(&w);
	if (!kml_add_geometry(b, parts.geometry, p->heights))
		return false;
	(void)kml_add_ranked(b, p->rest, RANK_DATA, RANK_END);
	kml_put_text(b, "</Placemark>\n");
	return true;
}

void kml_add_feature(
    struct buf *b, struct kml_placemarks *p, const struct feature *f)
{
	struct buf text;

	buf_init(&text, b->limit);
	geojson_add_feature(&text, f);
	if (text.failed || !kml_add_fragment(b, p, buf_str(&text), NULL))
		b->failed = true;
	buf_free(&text);
}
