#include "kml_rows.h"

#include <string.h>

#include "format/local_text.h"

char *kml_put_list(char *to, struct str codes)
{
	const char *at = codes.data, *end = at + codes.len;

	/* No quote can stand in a code: each second one ends one. */
	while (end - at > 1) {
		const char *begin = at + 1;
		const char *quote = memchr(begin, '"', (size_t)(end - begin));

		if (!quote)
			break;
		to = put(to, (struct str){ begin, (size_t)(quote - begin) });
		at = quote + 1;
		if (end - at > 1)
			*to++ = ';';
		at++;
	}
	return to;
}

static int shown_field(
    const struct kml_placemarks *p, const struct kml_row *row)
{
	int field;

	if (row->kind == KML_ROW_PERIOD)
		return p->begin >= 0 ? p->begin : p->end;
	field = kml_first_known(p, row->fields, 2);
	if (row->kind == KML_ROW_TRUE && field >= 0 &&
	    p->values[field].data[0] != 't')
		return -1;
	return field;
}

void kml_find_rows(struct kml_placemarks *p)
{
	const struct kml_document *d = p->document;

	p->begin = kml_first_known(p, d->begin_fields, 2);
	p->end = kml_first_known(p, d->end_fields, 2);
	for (size_t i = 0; i < d->n_rows; i++)
		p->shown[i] = shown_field(p, &d->rows[i]);
}

static char *put_day(char *to, const struct kml_placemarks *p, int field)
{
	if (field < 0)
		return to;
	return local_put_day(
	    to, fragment_inside(p->values[field]), p->document->lang);
}

static char *put_coded(char *to, const struct kml_placemarks *p, size_t row)
{
	int field = p->shown[row];
	struct str value = p->values[field];
	struct str title =
	    kml_choice(&p->row_codes[row], fragment_inside(value));

	if (title.data)
		return put_padded(to, title);
	return kml_put_value(
	    to, p->document->schema->fields[field].type, value, p->last_wide);
}

static char *put_row_value(char *to, const struct kml_placemarks *p, size_t i)
{
	struct str value = p->values[p->shown[i]];
	int lang = p->document->lang;

	switch (p->document->rows[i].kind) {
	case KML_ROW_TEXT:
		return put_coded(to, p, i);
	case KML_ROW_MONEY:
		return local_put_money(to, value, lang);
	case KML_ROW_NUMBER:
		return put(local_put_number(to, value, lang), p->row_units[i]);
	case KML_ROW_PERIOD:
		to = put_day(to, p, p->begin);
		to = put_text(to, " \xE2\x80\x93 "); /* en dash */
		return put_day(to, p, p->end);
	case KML_ROW_TRUE:
		break;
	}
	return to;
}

char *kml_put_snippet(char *to, const struct kml_placemarks *p)
{
	char *begin = to;
	bool first = true;

	to = put_text(to, "<Snippet maxLines=\"1\">");
	for (size_t i = 0; i < p->document->n_rows; i++) {
		if (!p->document->rows[i].brief || p->shown[i] < 0)
			continue;
		if (!first)
			to = put_text(to, " \xC2\xB7 "); /* middle dot */
		first = false;
		to = put_row_value(to, p, i);
	}
	return first ? begin : put_text(to, "</Snippet>\n");
}

/* HTML in CDATA: the "]]>" that would end it cannot stand in escaped text. No
 * table: whoever imports the file would take its rows for attributes. */
char *kml_put_balloon(char *to, const struct kml_placemarks *p)
{
	char *begin = to;
	bool any = false;

	to = put_text(to, "<description><![CDATA[");
	for (size_t i = 0; i < p->document->n_rows; i++) {
		if (p->shown[i] < 0)
			continue;
		any = true;
		to = put_padded(to, p->row_heads[i]);
		to = put_row_value(to, p, i);
		to = put_text(to, "<br/>\n");
	}
	return any ? put_text(to, "]]></description>\n") : begin;
}
