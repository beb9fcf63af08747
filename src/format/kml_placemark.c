#include "format/kml_write.h"

#include <string.h>

#include "base/scan.h"
#include "format/fragment.h"
#include "format/geojson.h"
#include "format/local_text.h"
#include "kml_put.h"
#include "kml_ready.h"
#include "kml_shape.h"
#include "kml_text.h"

/* How often a value may stand in a placemark, with what it grows by: name,
 * twice as people read it, data, and to be sure. */
enum { COPIES = 8 };

/* How far a feature's text is fetched before it is read. */
enum { AHEAD = 1024 };

/* --- values --------------------------------------------------------------- */

/* "a","b": what stands between two codes cannot stand in one. */
static char *put_list(char *to, struct str codes)
{
	for (size_t i = 0; i < codes.len; i++) {
		char c = codes.data[i];

		if (c == ',' && codes.data[i - 1] == '"' &&
		    codes.data[i + 1] == '"')
			*to++ = ';';
		else if (c != '"')
			*to++ = c;
	}
	return to;
}

static inline char *put_value(char *to, enum value_type type, struct str value)
{
	if (value.data[0] == '"')
		return put(to, fragment_inside(value));
	if (value.data[0] == '[')
		return put_list(to, fragment_inside(value));
	if (type != VALUE_BOOL)
		return put(to, value);
	*to = value.data[0] == 't' ? '1' : '0'; /* GDAL reads "true" as 0 */
	return to + 1;
}

static bool is_known(const struct kml_placemarks *p, int field)
{
	return field >= 0 && !fragment_is_null(p->values[field]);
}

/* The first of n fields that is known, -1 when none is. */
static int first_known(
    const struct kml_placemarks *p, const int *fields, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_known(p, fields[i]))
			return fields[i];
	return -1;
}

/* --- what people read ----------------------------------------------------- */

static char *put_period(char *to, const struct kml_placemarks *p)
{
	const struct kml_document *d = p->document;
	int begin = first_known(p, d->begin_fields, 2);
	int end = first_known(p, d->end_fields, 2);

	if (begin >= 0)
		to = local_put_day(
		    to, fragment_inside(p->values[begin]), d->lang);
	to = put_text(to, " \xE2\x80\x93 "); /* en dash */
	if (end >= 0)
		to =
		    local_put_day(to, fragment_inside(p->values[end]), d->lang);
	return to;
}

static char *put_coded(
    char *to, const struct kml_placemarks *p, size_t row, int field)
{
	struct str value = p->values[field];
	struct str title =
	    kml_choice(&p->row_codes[row], fragment_inside(value));

	return title.data ? put(to, title)
			  : put_value(to,
				p->document->schema->fields[field].type, value);
}

static char *put_row_value(
    char *to, const struct kml_placemarks *p, size_t number, int field)
{
	const struct kml_row *row = &p->document->rows[number];
	int lang = p->document->lang;

	switch (row->kind) {
	case KML_ROW_TEXT:
		return put_coded(to, p, number, field);
	case KML_ROW_MONEY:
		return local_put_money(to, p->values[field], lang);
	case KML_ROW_NUMBER:
		to = local_put_number(to, p->values[field], lang);
		return row->unit ? put_text(to, row->unit) : to;
	case KML_ROW_PERIOD:
		return put_period(to, p);
	case KML_ROW_TRUE:
		break;
	}
	return to;
}

/* The field that a row shows, -1 when it has nothing to show. */
static int shown_field(
    const struct kml_placemarks *p, const struct kml_row *row)
{
	const struct kml_document *d = p->document;
	int field;

	if (row->kind == KML_ROW_PERIOD) {
		field = first_known(p, d->begin_fields, 2);
		return field >= 0 ? field : first_known(p, d->end_fields, 2);
	}
	field = first_known(p, row->fields, 2);
	if (row->kind == KML_ROW_TRUE && field >= 0 &&
	    p->values[field].data[0] != 't')
		return -1;
	return field;
}

static char *put_snippet(char *to, const struct kml_placemarks *p)
{
	char *begin = to;
	bool first = true;

	to = put_text(to, "<Snippet maxLines=\"1\">");
	for (size_t i = 0; i < p->document->n_rows; i++) {
		const struct kml_row *row = &p->document->rows[i];
		int field = row->brief ? shown_field(p, row) : -1;

		if (field < 0)
			continue;
		if (!first)
			to = put_text(to, " \xC2\xB7 "); /* middle dot */
		first = false;
		to = put_row_value(to, p, i, field);
	}
	return first ? begin : put_text(to, "</Snippet>\n");
}

/* HTML in CDATA: the "]]>" that would end it cannot stand in escaped text. No
 * table: whoever imports the file would take its rows for attributes. */
static char *put_balloon(char *to, const struct kml_placemarks *p)
{
	char *begin = to;
	bool any = false;

	to = put_text(to, "<description><![CDATA[");
	for (size_t i = 0; i < p->document->n_rows; i++) {
		const struct kml_row *row = &p->document->rows[i];
		int field = shown_field(p, row);

		if (field < 0)
			continue;
		any = true;
		to = put_padded(to, p->row_heads[i]);
		to = put_row_value(to, p, i, field);
		to = put_text(to, "<br/>\n");
	}
	return any ? put_text(to, "]]></description>\n") : begin;
}

static char *put_description(char *to, const struct kml_placemarks *p)
{
	int field = p->document->description_field;

	if (!is_known(p, field))
		return put_balloon(to, p);
	to = put_text(to, "<description>");
	to = put(to, p->description.data ? p->description
					 : fragment_inside(p->values[field]));
	return put_text(to, "</description>\n");
}

/* --- elements ------------------------------------------------------------- */

/* An id has to begin with a letter (xs:ID); a number gets one. */
static char *put_head(char *to, const struct kml_placemarks *p, struct str id)
{
	bool number = id.len > 0 && id.data[0] >= '0' && id.data[0] <= '9';
	int field = first_known(p, p->document->name_fields, 3);

	to = put_text(to, "<Placemark id=\"");
	if (number)
		*to++ = 'n';
	to = put(to, id);
	to = put_text(to, "\">\n<name>");
	to = field >= 0 ? put_value(to, p->document->schema->fields[field].type,
			      p->values[field])
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
	int begin = first_known(p, p->document->begin_fields, 2);
	int end = first_known(p, p->document->end_fields, 2);

	if (begin < 0 && end < 0)
		return to;
	to = put_text(to, "<TimeSpan>");
	if (begin >= 0) {
		to = put_text(to, "<begin>");
		to = put(to, fragment_inside(p->values[begin]));
		to = put_text(to, "</begin>");
	}
	if (end >= 0) {
		to = put_text(to, "<end>");
		to = put(to, fragment_inside(p->values[end]));
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
	if (!is_known(p, field))
		return to;
	return put(
	    to, kml_choice(&p->styles, fragment_inside(p->values[field])));
}

static char *put_data(char *to, const struct kml_placemarks *p, struct str id)
{
	const struct schema *schema = p->document->schema;

	to = put(to, p->data_head);
	to = put(to, id);
	for (size_t i = 0; i < schema->n_fields; i++) {
		if (fragment_is_null(p->values[i]))
			continue;
		to = put_padded(to, p->joints[i]);
		to = put_value(to, schema->fields[i].type, p->values[i]);
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
		w->to = put_snippet(w->to, p);
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

bool kml_add_fragment(struct buf *b, struct kml_placemarks *p, struct str text)
{
	struct fragment_parts parts;
	struct pen w = { b, NULL };

	/* In a snapshot the next feature mostly lies behind this one. */
	scan_ahead(text.data + text.len, AHEAD);
	if (!fragment_find_values(&parts, p->values, p->keys,
		p->document->schema->n_fields, text))
		return false;
	p->description = (struct str){ NULL, 0 };
	if (!parts.plain && !kml_decode_values(p, &parts, text.len))
		b->failed = true;
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
	if (text.failed || !kml_add_fragment(b, p, buf_str(&text)))
		b->failed = true;
	buf_free(&text);
}
