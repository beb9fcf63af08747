#include "api/schemas.h"

#include "api/page_api.h"

static struct buf *body(struct call *c)
{
	return &c->x->response->text;
}

static void begin_row(struct call *c, const char *name, const char *title)
{
	buf_add_text(body(c), "<tr><th scope=\"row\"><code>");
	html_text(body(c), str_from(name));
	buf_add_text(body(c), "</code></th><td>");
	html_text(body(c), str_from(title));
	buf_add_text(body(c), "</td><td>");
}

static void end_row(struct call *c)
{
	buf_add_text(body(c), "</td></tr>\n");
}

static void add_codes(struct call *c, const struct codelist *codes)
{
	for (size_t i = 0; i < codes->n; i++) {
		buf_add_format(body(c), "%s<code>%s</code> ", i ? ", " : "",
		    codes->codes[i].code);
		html_text(body(c), str_from(codes->codes[i].title[c->lang]));
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
	buf_add_text(body(c), types[f->type]);
	buf_add_text(body(c), "</td><td>");
	if (codes)
		add_codes(c, codes);
	end_row(c);
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
	page_heads(c, heads, sizeof(heads) / sizeof(heads[0]));
	begin_row(c, "id", "id");
	buf_add_text(body(c), "</td><td>");
	end_row(c);
	if (v->kind != SCHEMA_SORTABLES) {
		begin_row(c, "geometry", text_of(TEXT_COORDINATES, c->lang));
		buf_add_text(body(c), "geometry</td><td>");
		end_row(c);
	}
	for (size_t i = 0; i < v->schema->n_fields; i++)
		if (v->kind != SCHEMA_SORTABLES ||
		    query_can_sort(&v->schema->fields[i]))
			add_field(c, v, i);
	page_table_end(c);
	page_api_end(c, &p);
}
