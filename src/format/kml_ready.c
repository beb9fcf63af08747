#include "kml_ready.h"

#include "format/fragment.h"

/* Moves what was written to the arena. */
static struct str keep(struct buf *text, struct arena *a)
{
	struct str kept = { NULL, text->len };

	if (!text->failed)
		kept.data =
		    arena_copy(a, text->data ? text->data : "", text->len);
	if (!kept.data) {
		kept.len = 0;
		text->failed = true;
		return kept;
	}
	text->len = 0;
	return kept;
}

static void prepare_data(
    struct kml_placemarks *p, struct buf *text, struct arena *a)
{
	const struct schema *schema = p->document->schema;

	buf_add_text(text, "<ExtendedData><SchemaData schemaUrl=\"#schema-");
	xml_add_text(text, str_from(schema->name));
	buf_add_text(text, "\">\n<SimpleData name=\"id\">");
	p->data_head = keep(text, a);
	for (size_t i = 0; i < schema->n_fields; i++) {
		fragment_add_key(text, schema, i);
		p->keys[i] = keep(text, a);
		buf_add_text(text, "</SimpleData>\n<SimpleData name=\"");
		buf_add_text(text, schema->fields[i].name);
		buf_add_text(text, "\">");
		p->joints[i] = keep(text, a);
	}
}

static void prepare_link(
    struct kml_placemarks *p, struct buf *text, struct arena *a)
{
	const struct kml_document *d = p->document;

	if (!d->page)
		return;
	buf_add_text(text, "<atom:link rel=\"related\" href=\"");
	xml_add_text(text, str_from(d->page));
	p->link_head = keep(text, a);
	xml_add_text(text, str_from(d->page_tail));
	buf_add_text(text, "\"/>\n");
	p->link_tail = keep(text, a);
}

static void prepare_rows(
    struct kml_placemarks *p, struct buf *text, struct arena *a)
{
	for (size_t i = 0; i < p->document->n_rows; i++) {
		const struct kml_row *row = &p->document->rows[i];
		bool alone = row->kind == KML_ROW_TRUE;

		buf_add_text(text, alone ? "<b>" : "");
		xml_add_text(text, str_from(row->title));
		buf_add_text(text, alone ? "</b>" : ": ");
		p->row_heads[i] = keep(text, a);
	}
}

/* Titles of codes, escaped once. */
static bool prepare_codes(
    struct kml_placemarks *p, size_t row, struct buf *text, struct arena *a)
{
	const struct kml_row *r = &p->document->rows[row];
	struct choice *made = arena_array(a, r->n_codes + 1, sizeof(*made));

	for (size_t i = 0; made && i < r->n_codes; i++) {
		made[i].code = r->codes[i].code;
		xml_add_text(text, r->codes[i].title);
		made[i].text = keep(text, a);
	}
	p->row_codes[row] = made;
	return made;
}

static void prepare_styles(
    struct kml_placemarks *p, struct buf *text, struct arena *a)
{
	for (size_t i = 0; i < p->document->n_styles; i++) {
		p->choices[i].code = str_from(p->document->styles[i].id);
		buf_add_text(text, "<styleUrl>#");
		xml_add_text(text, p->choices[i].code);
		buf_add_text(text, "</styleUrl>\n");
		p->choices[i].text = keep(text, a);
	}
}

static bool prepare(struct kml_placemarks *p, struct arena *a)
{
	const struct kml_document *d = p->document;
	struct buf text;
	bool good;

	p->keys = arena_array(a, d->schema->n_fields + 1, sizeof(*p->keys));
	p->values = arena_array(a, d->schema->n_fields + 1, sizeof(*p->values));
	p->joints = arena_array(a, d->schema->n_fields + 1, sizeof(*p->joints));
	p->row_heads = arena_array(a, d->n_rows + 1, sizeof(*p->row_heads));
	p->row_codes = arena_array(a, d->n_rows + 1, sizeof(*p->row_codes));
	p->choices = arena_array(a, d->n_styles + 1, sizeof(*p->choices));
	if (!p->keys || !p->values || !p->joints || !p->row_heads ||
	    !p->row_codes || !p->choices)
		return false;
	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < d->n_rows; i++)
		text.failed |= !prepare_codes(p, i, &text, a);
	prepare_data(p, &text, a);
	prepare_link(p, &text, a);
	prepare_rows(p, &text, a);
	prepare_styles(p, &text, a);
	good = !text.failed;
	buf_free(&text);
	return good;
}

struct kml_placemarks *kml_placemarks(
    const struct kml_document *d, struct arena *a, struct err *e)
{
	struct kml_placemarks *p = arena_alloc(a, sizeof(*p));

	if (p) {
		p->document = d;
		if (prepare(p, a))
			return p;
	}
	err_set(e, ERR_MEMORY, "out of memory");
	return NULL;
}

void kml_look_from(struct kml_placemarks *p, const struct kml_view *view)
{
	p->view = view;
}
