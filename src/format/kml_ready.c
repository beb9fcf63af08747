#include "kml_ready.h"

#include <string.h>

#include "format/fragment.h"
#include "format/local_text.h"
#include "kml_put.h"

/* What a placemark has besides all that is counted. */
enum { MARKUP = 1024 };

/* Moves what was written to the arena, padded. */
static struct str keep(struct buf *text, struct arena *a)
{
	struct str kept = { NULL, text->len };
	char *copy = NULL;

	if (!text->failed && text->len < SIZE_MAX - PUT_PAD)
		copy = arena_alloc(a, text->len + PUT_PAD);
	if (!copy) {
		text->failed = true;
		return (struct str){ NULL, 0 };
	}
	if (text->len > 0)
		memcpy(copy, text->data, text->len);
	kept.data = copy;
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
		p->row_units[i] = str_from(row->unit);
	}
}

/* Titles of codes, escaped once. */
static bool prepare_codes(
    struct kml_placemarks *p, size_t row, struct buf *text, struct arena *a)
{
	const struct kml_row *r = &p->document->rows[row];
	struct choices *made = &p->row_codes[row];

	if (r->n_codes == 0)
		return true;
	if (!kml_choices_open(made, r->n_codes, a))
		return false;
	for (size_t i = 0; i < r->n_codes; i++) {
		xml_add_text(text, r->codes[i].title);
		kml_choices_add(made, r->codes[i].code, keep(text, a));
	}
	return true;
}

static bool prepare_styles(
    struct kml_placemarks *p, struct buf *text, struct arena *a)
{
	const struct kml_document *d = p->document;

	if (d->n_styles == 0)
		return true;
	if (!kml_choices_open(&p->styles, d->n_styles, a))
		return false;
	for (size_t i = 0; i < d->n_styles; i++) {
		struct str code = str_from(d->styles[i].id);

		buf_add_text(text, "<styleUrl>#");
		xml_add_text(text, code);
		buf_add_text(text, "</styleUrl>\n");
		kml_choices_add(&p->styles, code, keep(text, a));
	}
	return true;
}

static size_t longest(const struct choices *c)
{
	size_t most = 0;

	for (size_t i = 0; i < c->size; i++)
		if (c->slots[i].text.len > most)
			most = c->slots[i].text.len;
	return most;
}

/* Each row may stand in the snippet too. */
static size_t count_markup(const struct kml_placemarks *p)
{
	const struct kml_document *d = p->document;
	size_t n = MARKUP + p->data_head.len + p->link_head.len +
		   p->link_tail.len + longest(&p->styles) + PUT_PAD;

	for (size_t i = 0; i < d->schema->n_fields; i++)
		n += p->joints[i].len;
	for (size_t i = 0; i < d->n_rows; i++)
		n += 2 * (p->row_heads[i].len + longest(&p->row_codes[i]) +
			     p->row_units[i].len + LOCAL_MARKS);
	return n;
}

/* What belongs to the feature at hand. */
static bool open_feature(
    struct kml_placemarks *p, const struct kml_document *d, struct arena *a)
{
	p->document = d;
	p->arena = a;
	p->values = arena_array(a, d->schema->n_fields + 1, sizeof(*p->values));
	p->shown = arena_array(a, d->n_rows + 1, sizeof(*p->shown));
	return p->values && p->shown;
}

static bool prepare(struct kml_placemarks *p, struct arena *a)
{
	const struct kml_document *d = p->document;
	struct buf text;
	bool good;

	p->keys = arena_array(a, d->schema->n_fields + 1, sizeof(*p->keys));
	p->joints = arena_array(a, d->schema->n_fields + 1, sizeof(*p->joints));
	p->row_heads = arena_array(a, d->n_rows + 1, sizeof(*p->row_heads));
	p->row_units = arena_array(a, d->n_rows + 1, sizeof(*p->row_units));
	p->row_codes = arena_array(a, d->n_rows + 1, sizeof(*p->row_codes));
	if (!p->keys || !p->joints || !p->row_heads || !p->row_units ||
	    !p->row_codes)
		return false;
	buf_init(&text, SIZE_MAX);
	for (size_t i = 0; i < d->n_rows; i++)
		text.failed |= !prepare_codes(p, i, &text, a);
	prepare_data(p, &text, a);
	prepare_link(p, &text, a);
	prepare_rows(p, &text, a);
	text.failed |= !prepare_styles(p, &text, a);
	p->markup = count_markup(p);
	good = !text.failed;
	buf_free(&text);
	return good;
}

struct kml_placemarks *kml_placemarks(
    const struct kml_document *d, struct arena *a, struct err *e)
{
	struct kml_placemarks *p = arena_alloc(a, sizeof(*p));

	if (p && open_feature(p, d, a) && prepare(p, a))
		return p;
	err_no_memory(e);
	return NULL;
}

struct kml_placemarks *kml_placemarks_like(const struct kml_placemarks *ready,
    const struct kml_document *d, struct arena *a, struct err *e)
{
	struct kml_placemarks *p = arena_alloc(a, sizeof(*p));

	if (p) {
		*p = *ready;
		if (open_feature(p, d, a))
			return p;
	}
	err_no_memory(e);
	return NULL;
}

void kml_look_from(struct kml_placemarks *p, const struct kml_view *view)
{
	p->view = view;
}
