#include "format/kml_write.h"

#include "kml_style.h"
#include "kml_text.h"

/* SimpleField types (OGC 07-147r2 section 9.9.2). An int has 32 bits there,
 * enough for what is counted. */
static const char *const simple_types[] = {
	[VALUE_NULL] = "string",
	[VALUE_TEXT] = "string",
	[VALUE_INT] = "int",
	[VALUE_NUMBER] = "double",
	[VALUE_MONEY] = "double",
	[VALUE_BOOL] = "bool",
	[VALUE_DAY] = "string",
	[VALUE_LIST] = "string",
	[VALUE_TIME] = "string",
};

/* --- the document --------------------------------------------------------- */

/* A legend's row, for clients that show the description as HTML. */
static void add_legend_row(struct buf *b, const struct kml_style *s)
{
	/* aabbggrr to rrggbb */
	buf_add_text(b, "<br/><span style=\"color:#");
	buf_add(b, s->color + 6, 2);
	buf_add(b, s->color + 4, 2);
	buf_add(b, s->color + 2, 2);
	buf_add_text(b, "\">&#9632;</span> ");
	xml_add_text(b, str_from(s->title));
}

/* HTML inside CDATA: escaped text cannot hold the "]]>" that would end it. */
static void add_description(struct buf *b, const struct kml_document *d)
{
	if (d->html.len == 0 && d->description.len == 0)
		return;
	buf_add_text(b, "<description><![CDATA[");
	buf_add_str(b, d->html);
	xml_add_text(b, d->description);
	for (size_t i = 0; i < d->n_styles; i++)
		if (d->styles[i].title)
			add_legend_row(b, &d->styles[i]);
	buf_add_text(b, "]]></description>\n");
}

static void add_field(
    struct buf *b, const char *type, const char *name, const char *title)
{
	kml_put_text(b, "<SimpleField type=\"");
	kml_put_text(b, type);
	kml_put_text(b, "\" name=\"");
	kml_put_text(b, name);
	kml_put_text(b, "\">");
	if (title) {
		kml_put_text(b, "<displayName>");
		xml_add_text(b, str_from(title));
		kml_put_text(b, "</displayName>");
	}
	kml_put_text(b, "</SimpleField>\n");
}

static void add_schema(struct buf *b, const struct kml_document *d)
{
	buf_add_text(b, "<Schema name=\"");
	xml_add_text(b, str_from(d->schema->name));
	buf_add_text(b, "\" id=\"schema-");
	xml_add_text(b, str_from(d->schema->name));
	buf_add_text(b, "\">\n");
	add_field(b, "string", "id", NULL);
	for (size_t i = 0; i < d->schema->n_fields; i++) {
		const struct field *f = &d->schema->fields[i];

		add_field(b, simple_types[f->type], f->name, f->title[d->lang]);
	}
	buf_add_text(b, "</Schema>\n");
}

void kml_add_prolog(struct buf *b, int refresh, const struct kml_document *d)
{
	buf_add_text(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			"<kml xmlns=\"http://www.opengis.net/kml/2.2\""
			" xmlns:atom=\"http://www.w3.org/2005/Atom\">\n");
	if (refresh == 0)
		return;
	buf_add_format(b,
	    "<NetworkLinkControl>\n"
	    "<minRefreshPeriod>%d</minRefreshPeriod>\n",
	    refresh);
	kml_add_element(b, "linkName", str_from(d->name));
	buf_add_text(b, "</NetworkLinkControl>\n");
}

void kml_add_looks(struct buf *b, const struct kml_document *d)
{
	kml_add_styles(b, d);
	kml_add_kept(b, d->kept_styles);
	if (d->schema)
		add_schema(b, d);
}

void kml_begin_document(struct buf *b, const struct kml_document *d)
{
	buf_add_text(b, "<Document>\n");
	kml_add_element(b, "name", str_from(d->name));
	if (d->link)
		kml_add_link_element(b, str_from(d->link));
	kml_add_snippet(b, d->snippet);
	add_description(b, d);
	if (d->view)
		kml_add_view(b, d->view);
	if (d->looks.len > 0)
		buf_add_str(b, d->looks);
	else
		kml_add_looks(b, d);
}

void kml_begin(struct buf *b, const struct kml_document *d)
{
	kml_add_prolog(b, 0, d);
	kml_begin_document(b, d);
}

void kml_end(struct buf *b)
{
	buf_add_text(b, "</Document>\n</kml>\n");
}
