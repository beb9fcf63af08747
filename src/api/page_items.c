#include "api/items.h"

#include "api/fragment.h"
#include "api/page_api.h"
#include "api/page_form.h"
#include "api/rows.h"
#include "api/sort.h"
#include "api/svg_map.h"
#include "base/array.h"

enum { FIELD_NAME_MAX = 256 };

static struct bbox box_of(const struct items *items)
{
	const struct search_page *p = &items->page;
	struct bbox all = bbox_empty;

	for (size_t i = 0; i < p->n_runs; i++) {
		for (uint32_t k = 0; k < p->runs[i].count; k++) {
			struct bbox box = snapshot_box(
			    items->source.snapshot, p->runs[i].first + k);

			if (!bbox_is_empty(&box))
				bbox_add_bbox(&all, &box);
		}
	}
	return all;
}

static bool draw(void *context, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	struct feature f;

	if (!fragment_read(&f, s, row, a, e))
		return false;
	if (f.geom)
		svg_map_geom(context, f.geom);
	return true;
}

static bool add_map(struct call *c, const struct items *items, struct err *e)
{
	const struct snapshot *districts = source_districts_now(c, e);
	struct bbox box = box_of(items);
	struct svg_map m;

	if (!districts)
		return false;
	if (bbox_is_empty(&box))
		return true;
	if (!svg_map_begin(
		&m, c, &box, districts, text_of(TEXT_MAP_OF, c->lang), e) ||
	    !items_each(c, items, draw, &m, e))
		return false;
	svg_map_end(&m);
	return true;
}

/* --- the table ------------------------------------------------------------ */

struct table {
	struct call *c;
	const struct items *items;
};

static void add_cell(struct call *c, const struct feature *f, size_t i)
{
	enum value_type type = f->schema->fields[i].type;
	bool number =
	    type == VALUE_MONEY || type == VALUE_NUMBER || type == VALUE_INT;

	buf_add_text(call_text(c), number ? "<td class=\"num\">" : "<td>");
	page_value(c, f->schema, i, &f->values[i]);
	buf_add_text(call_text(c), "</td>");
}

static bool add_row(void *context, const struct snapshot *s, uint32_t row,
    struct arena *a, struct err *e)
{
	const struct table *t = context;
	struct call *c = t->c;
	struct feature f;

	if (!fragment_read_values(&f, s, row, a, e))
		return false;
	buf_add_text(call_text(c), "<tr><th scope=\"row\">");
	page_feature_link(c, t->items->collection, f.public_id);
	buf_add_text(call_text(c), "</th>");
	for (size_t i = 0; i < f.schema->n_fields; i++) {
		if (narrow_find(&t->items->how.narrow, (int)i) < 0)
			continue;
		add_cell(c, &f, i);
	}
	buf_add_text(call_text(c), "</tr>\n");
	return true;
}

/* The rule of an attribute that stands alone or first; NULL: none. */
static const struct query_rule *rule_of(const struct items *items, int field)
{
	const struct query *q = &items->source.query;

	return q->n_rules && q->rules[0].field == field ? &q->rules[0] : NULL;
}

/* By a link the page comes in the order of this column, by one more the other
 * way round. */
static void add_sort_link(
    struct call *c, const struct items *items, const struct field *f, int field)
{
	const struct query_rule *rule = rule_of(items, field);
	bool down = rule && !rule->descending;
	struct url_change changes[] = { { "cursor", { 0 } },
		{ param_sortby.name, { 0 } } };
	struct buf name;

	buf_init(&name, FIELD_NAME_MAX);
	buf_add_format(&name, "%s%s", down ? "-" : "", f->name);
	changes[1].value = buf_str(&name);
	url_add_local(&c->scratch, c, "");
	url_add_encoded(&c->scratch, c->x->request->path, true);
	url_add_query(&c->scratch, c, changes, 2);
	buf_add_text(call_text(c), "<a href=\"");
	html_url(call_text(c), buf_str(&c->scratch));
	buf_add_text(call_text(c), "\" rel=\"nofollow\">");
	html_text(call_text(c), str_from(f->title[c->lang]));
	buf_add_text(call_text(c), "</a>");
	buf_reset(&c->scratch);
	if (name.failed)
		c->x->response->failed = true;
	buf_free(&name);
}

static void add_head(
    struct call *c, const struct items *items, const struct field *f, int field)
{
	const struct query_rule *rule = rule_of(items, field);

	buf_add_text(call_text(c), "<th scope=\"col\"");
	if (rule)
		buf_add_format(call_text(c), " aria-sort=\"%s\"",
		    rule->descending ? "descending" : "ascending");
	buf_add_char(call_text(c), '>');
	if (query_can_sort(f))
		add_sort_link(c, items, f, field);
	else
		html_text(call_text(c), str_from(f->title[c->lang]));
	buf_add_text(call_text(c), "</th>");
}

static bool add_table(struct call *c, const struct items *items, struct err *e)
{
	const struct schema *schema = items->source.info->schema;
	struct table t = { c, items };

	page_table(c, NULL, TEXT_ITEMS);
	buf_add_text(call_text(c), "<thead><tr><th scope=\"col\">id</th>");
	for (size_t i = 0; i < schema->n_fields; i++)
		if (narrow_find(&items->how.narrow, (int)i) >= 0)
			add_head(c, items, &schema->fields[i], (int)i);
	buf_add_text(call_text(c), "</tr></thead>\n<tbody>\n");
	if (!items_each(c, items, add_row, &t, e))
		return false;
	page_table_end(c);
	return true;
}

static void add_pager(struct call *c, const struct items *items)
{
	static const struct {
		const char *rel;
		enum text_id text;
	} pages[] = { { "prev", TEXT_PREVIOUS_PAGE },
		{ "next", TEXT_NEXT_PAGE } };
	struct buf *b = call_text(c);

	buf_add_text(b, "<nav class=\"pager\" aria-label=\"");
	html_attr(b, str_from(text_of(TEXT_PAGES, c->lang)));
	buf_add_text(b, "\">\n<p>");
	page_text(c, TEXT_MATCHED);
	buf_add_text(b, ": ");
	html_number(b, (int64_t)items->page.matched, c->lang);
	buf_add_text(b, ". ");
	page_text(c, TEXT_SHOWN);
	buf_add_text(b, ": ");
	html_number(b, items->page.returned, c->lang);
	buf_add_text(b, "</p>\n");
	for (size_t i = 0; i < LENGTH(pages); i++)
		links_anchor(&items->links, pages[i].rel,
		    text_of(pages[i].text, c->lang));
	buf_add_text(b, "</nav>\n");
}

static void add_form(
    struct call *c, const struct items *items, const struct names *names)
{
	buf_add_text(call_text(c), "<details><summary>");
	page_text(c, TEXT_FILTER);
	buf_add_text(call_text(c), "</summary>\n");
	page_form(
	    c, table_of_items(items->collection), c->x->request->path, names);
	buf_add_text(call_text(c), "</details>\n");
}

bool items_write_page(struct call *c, const struct items *items, struct err *e)
{
	const struct collection *k = items->collection;
	struct page p = { .title = str_from(k->title[c->lang]),
		.description = str_from(k->description[c->lang]),
		.passing = true,
		.published = items->source.info->published };
	struct names names;

	if (!names_read(&names, c, e))
		return false;
	page_api_begin(c, &p, &items->links, k);
	add_form(c, items, &names);
	add_pager(c, items);
	if (!add_map(c, items, e) || !add_table(c, items, e))
		return false;
	add_pager(c, items);
	page_api_end(c, &p);
	return true;
}
