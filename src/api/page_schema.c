#include "api/schemas.h"

#include "api/page_api.h"
#include "base/array.h"

static void begin_row(struct call *c, const char *name, const char *title)
{
	buf_add_text(call_text(c), "<tr><th scope=\"row\"><code>");
	html_text(call_text(c), str_from(name));
	buf_add_text(call_text(c), "</code></th><td>");
	html_text(call_text(c), str_from(title));
	buf_add_text(call_text(c), "</td><td>");
}

static void add_codes(struct call *c, const struct codelist *codes)
{
	for (size_t i = 0; i < codes->n; i++) {
		buf_add_format(call_text(c), "%s<code>%s</code> ",
		    i ? ", " : "", codes->codes[i].code);
		html_text(
		    call_text(c), str_from(codes->codes[i].title[c->lang]));
	}
}

static void add_field(struct call *c, const struct schema_view *v, size_t i)
{
	static const char *const types[] = {
		[VALUE_NULL] = "null",
		[VALUE_TEXT] = "string",
		[VALUE_INT] = "integer",
		[VALUE_NUMBER] = "number",
		[VALUE_MONEY] = "number (KZT)",
		[VALUE_BOOL] = "boolean",
		[VALUE_DAY] = "date",
		[VALUE_LIST] = "array of strings",
		[VALUE_TIME] = "date-time",
	};
	const struct field *f = &v->schema->fields[i];
	const struct codelist *codes = schema_codes(v->schema, i);

	begin_row(c, f->name, f->title[c->lang]);
	buf_add_text(call_text(c), types[f->type]);
	buf_add_text(call_text(c), "</td><td>");
	if (codes)
		add_codes(c, codes);
	page_row_end(c);
}

void schema_write_page(struct call *c, const struct schema_view *v)
{
	static const enum text_id titles[] = {
		[SCHEMA_ALL] = TEXT_SCHEMA,
		[SCHEMA_QUERYABLES] = TEXT_QUERYABLES,
		[SCHEMA_SORTABLES] = TEXT_SORTABLES,
	};
	static const enum text_id heads[] = { TEXT_PROPERTY, TEXT_TITLE,
		TEXT_TYPE, TEXT_VALUES };
	struct page p = {
		.title = str_from(text_of(titles[v->kind], c->lang)),
		.description = str_from(v->collection->title[c->lang]),
		.passing = true,
	};

	page_api_begin(c, &p, &v->links, v->collection);
	page_table(c, NULL, TEXT_PROPERTY);
	page_heads(c, heads, LENGTH(heads), LENGTH(heads));
	begin_row(c, "id", "id");
	buf_add_text(call_text(c), "</td><td>");
	page_row_end(c);
	if (v->kind != SCHEMA_SORTABLES) {
		begin_row(c, "geometry", text_of(TEXT_COORDINATES, c->lang));
		buf_add_text(call_text(c), "geometry</td><td>");
		page_row_end(c);
	}
	for (size_t i = 0; i < v->schema->n_fields; i++)
		if (v->kind != SCHEMA_SORTABLES ||
		    query_can_sort(&v->schema->fields[i]))
			add_field(c, v, i);
	page_table_end(c);
	page_api_end(c, &p);
}
