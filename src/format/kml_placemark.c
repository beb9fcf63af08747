#include "format/kml_write.h"

#include <string.h>

#include "format/fragment.h"
#include "format/geojson.h"
#include "format/local_text.h"
#include "kml_ready.h"
#include "kml_shape.h"
#include "kml_text.h"

static const char data_tail[] = "</SimpleData>\n</SchemaData></ExtendedData>\n";

/* --- values --------------------------------------------------------------- */

/* What is inside a JSON string. Ours escapes whatever XML and HTML have to. */
static void add_inside(
    struct buf *b, const struct kml_placemarks *p, struct str text)
{
	if (p->plain)
		kml_put(b, text);
	else
		kml_add_json_text(b, text);
}

/* ["a","b"]: what stands between two codes cannot stand in one, where quotes
 * are behind backslashes. */
static void add_list(
    struct buf *b, const struct kml_placemarks *p, struct str codes)
{
	const char *at = codes.data, *end = at + codes.len, *comma;

	while ((comma = memchr(at, ',', (size_t)(end - at))) != NULL) {
		if (comma[-1] == '"' && comma + 1 < end && comma[1] == '"') {
			add_inside(b, p,
			    fragment_inside((struct str){
				codes.data, (size_t)(comma - codes.data) }));
			buf_add_char(b, ';');
			codes.data = comma + 1;
			codes.len = (size_t)(end - codes.data);
		}
		at = comma + 1;
	}
	add_inside(b, p, fragment_inside(codes));
}

static void add_value(struct buf *b, const struct kml_placemarks *p,
    enum value_type type, struct str value)
{
	if (value.data[0] == '"')
		add_inside(b, p, fragment_inside(value));
	else if (value.data[0] == '[')
		add_list(b, p, fragment_inside(value));
	else if (type == VALUE_BOOL) /* GDAL reads "true" as 0 */
		buf_add_char(b, value.data[0] == 't' ? '1' : '0');
	else
		kml_put(b, value);
}

static bool is_known(const struct kml_placemarks *p, int field)
{
	return field >= 0 && !fragment_is_null(p->values[field]);
}

static inline bool is_same(struct str a, struct str b)
{
	return a.len == b.len && memcmp(a.data, b.data, a.len) == 0;
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

static void add_period(struct buf *b, const struct kml_placemarks *p)
{
	const struct kml_document *d = p->document;
	int begin = first_known(p, d->begin_fields, 2);
	int end = first_known(p, d->end_fields, 2);

	if (begin >= 0)
		local_add_day(b, fragment_inside(p->values[begin]), d->lang);
	kml_put_text(b, " \xE2\x80\x93 "); /* en dash */
	if (end >= 0)
		local_add_day(b, fragment_inside(p->values[end]), d->lang);
}

static void add_coded(
    struct buf *b, const struct kml_placemarks *p, size_t row, int field)
{
	struct str code = fragment_inside(p->values[field]);
	const struct choice *known = p->row_codes[row];

	for (size_t i = 0; i < p->document->rows[row].n_codes; i++) {
		if (!is_same(known[i].code, code))
			continue;
		kml_put(b, known[i].text);
		return;
	}
	add_value(
	    b, p, p->document->schema->fields[field].type, p->values[field]);
}

static void add_row_value(
    struct buf *b, const struct kml_placemarks *p, size_t number, int field)
{
	const struct kml_row *row = &p->document->rows[number];

	switch (row->kind) {
	case KML_ROW_TEXT:
		add_coded(b, p, number, field);
		break;
	case KML_ROW_MONEY:
		local_add_money(b, p->values[field], p->document->lang);
		break;
	case KML_ROW_NUMBER:
		local_add_number(b, p->values[field], p->document->lang);
		if (row->unit)
			kml_put_text(b, row->unit);
		break;
	case KML_ROW_PERIOD:
		add_period(b, p);
		break;
	case KML_ROW_TRUE:
		break;
	}
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

static void add_snippet(struct buf *b, const struct kml_placemarks *p)
{
	size_t begin = b->len;
	bool first = true;

	kml_put_text(b, "<Snippet maxLines=\"1\">");
	for (size_t i = 0; i < p->document->n_rows; i++) {
		const struct kml_row *row = &p->document->rows[i];
		int field = row->brief ? shown_field(p, row) : -1;

		if (field < 0)
			continue;
		if (!first)
			kml_put_text(b, " \xC2\xB7 "); /* middle dot */
		first = false;
		add_row_value(b, p, i, field);
	}
	if (first)
		b->len = begin;
	else
		kml_put_text(b, "</Snippet>\n");
}

/* HTML in CDATA: the "]]>" that would end it cannot stand in escaped text. No
 * table: whoever imports the file would take its rows for attributes. */
static void add_balloon(struct buf *b, const struct kml_placemarks *p)
{
	size_t begin = b->len;
	bool any = false;

	kml_put_text(b, "<description><![CDATA[");
	for (size_t i = 0; i < p->document->n_rows; i++) {
		const struct kml_row *row = &p->document->rows[i];
		int field = shown_field(p, row);

		if (field < 0)
			continue;
		any = true;
		kml_put(b, p->row_heads[i]);
		add_row_value(b, p, i, field);
		kml_put_text(b, "<br/>\n");
	}
	if (any)
		kml_put_text(b, "]]></description>\n");
	else
		b->len = begin;
}

static void add_description(struct buf *b, const struct kml_placemarks *p)
{
	int field = p->document->description_field;

	if (!is_known(p, field)) {
		add_balloon(b, p);
		return;
	}
	kml_put_text(b, "<description>");
	add_inside(b, p, fragment_inside(p->values[field]));
	kml_put_text(b, "</description>\n");
}

/* --- elements ------------------------------------------------------------- */

static void add_name(
    struct buf *b, const struct kml_placemarks *p, struct str id)
{
	int field = first_known(p, p->document->name_fields, 3);

	kml_put_text(b, "<name>");
	add_inside(b, p, field >= 0 ? fragment_inside(p->values[field]) : id);
	kml_put_text(b, "</name>\n");
}

static void add_link(
    struct buf *b, const struct kml_placemarks *p, struct str id)
{
	if (!p->document->page)
		return;
	kml_put(b, p->link_head);
	add_inside(b, p, id);
	kml_put(b, p->link_tail);
}

static void add_time(struct buf *b, const struct kml_placemarks *p)
{
	int begin = first_known(p, p->document->begin_fields, 2);
	int end = first_known(p, p->document->end_fields, 2);

	if (begin < 0 && end < 0)
		return;
	kml_put_text(b, "<TimeSpan>");
	if (begin >= 0) {
		kml_put_text(b, "<begin>");
		kml_put(b, fragment_inside(p->values[begin]));
		kml_put_text(b, "</begin>");
	}
	if (end >= 0) {
		kml_put_text(b, "<end>");
		kml_put(b, fragment_inside(p->values[end]));
		kml_put_text(b, "</end>");
	}
	kml_put_text(b, "</TimeSpan>\n");
}

static void add_style_url(struct buf *b, const struct kml_placemarks *p)
{
	struct str code;

	if (p->document->style_field < 0 && p->document->n_styles > 0)
		kml_put(b, p->choices[0].text);
	if (!is_known(p, p->document->style_field))
		return;
	code = fragment_inside(p->values[p->document->style_field]);
	for (size_t i = 0; i < p->document->n_styles; i++) {
		if (!is_same(p->choices[i].code, code))
			continue;
		kml_put(b, p->choices[i].text);
		return;
	}
}

static void add_style(struct buf *b, const struct kml_placemarks *p)
{
	if (p->style.len > 0)
		kml_add_kept(b, p->style);
	else
		add_style_url(b, p);
}

static void add_data(
    struct buf *b, const struct kml_placemarks *p, struct str id)
{
	const struct schema *schema = p->document->schema;

	kml_put(b, p->data_head);
	add_inside(b, p, id);
	for (size_t i = 0; i < schema->n_fields; i++) {
		if (fragment_is_null(p->values[i]))
			continue;
		kml_put(b, p->joints[i]);
		add_value(b, p, schema->fields[i].type, p->values[i]);
	}
	kml_put_text(b, data_tail);
}

bool kml_add_fragment(struct buf *b, struct kml_placemarks *p, struct str text)
{
	struct fragment_parts parts;
	struct str id;

	if (!fragment_find_values(&parts, p->values, p->keys,
		p->document->schema->n_fields, text))
		return false;
	p->plain = parts.plain;
	id = fragment_inside(parts.id);
	kml_put_text(b, "<Placemark");
	kml_add_id(b, id);
	kml_put_text(b, ">\n");
	add_name(b, p, id);
	if (!kml_add_ranked(b, p->rest, RANK_NAME, RANK_LINK))
		add_link(b, p, id);
	if (!kml_add_ranked(b, p->rest, RANK_LINK, RANK_SNIPPET))
		add_snippet(b, p);
	add_description(b, p);
	if (!kml_add_ranked(b, p->rest, RANK_SNIPPET, RANK_VIEW) && p->view)
		kml_add_view(b, p->view);
	add_time(b, p);
	add_style(b, p);
	(void)kml_add_ranked(b, p->rest, RANK_VIEW, RANK_DATA);
	add_data(b, p, id);
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
