#include "api/page_api.h"

#include "base/array.h"
#include "base/clock.h"
#include "index/snapshot.h"
#include "query/project.h"

enum { NUMBER_DIGITS = 7, EXTENT_DIGITS = 4 };

/* What a part of a path is called. */
static const struct {
	const char *part;
	enum text_id text;
} parts[] = {
	{ "api", TEXT_API_START },
	{ "collections", TEXT_COLLECTIONS },
	{ "conformance", TEXT_CONFORMANCE },
	{ "docs", TEXT_DOCS },
	{ "items", TEXT_ITEMS },
	{ "schema", TEXT_SCHEMA },
	{ "queryables", TEXT_QUERYABLES },
	{ "sortables", TEXT_SORTABLES },
};

static struct str label_of(
    const struct call *c, struct str part, const struct collection *k)
{
	for (size_t i = 0; i < LENGTH(parts); i++)
		if (str_is(part, parts[i].part))
			return str_from(text_of(parts[i].text, c->lang));
	if (k && str_is(part, k->id))
		return str_from(k->title[c->lang]);
	return part;
}

/* The address of the path's beginning, with the format and language that were
 * asked for. */
static void add_address(struct call *c, struct str path)
{
	const struct param_table *table = c->params.table;
	char mark = '?';

	url_add_local(&c->scratch, c, "");
	url_add_encoded(&c->scratch, path, true);
	for (size_t i = 0; i < table->n; i++) {
		struct str name = str_from(table->rows[i]->name);

		if (!c->params.values[i].len ||
		    !(str_is(name, "f") || str_is(name, "lang")))
			continue;
		buf_add_format(&c->scratch, "%c%s=", mark, name.data);
		url_add_encoded(&c->scratch, c->params.values[i], false);
		mark = '&';
	}
}

static void add_crumbs(struct call *c, const struct collection *k)
{
	struct str path = c->x->request->path, rest = path;
	struct buf *b = call_text(c);

	buf_add_text(b, "<nav class=\"crumbs\" aria-label=\"");
	html_attr(b, str_from(text_of(TEXT_PAGES, c->lang)));
	buf_add_text(b, "\">");
	str_cut(&rest, '/');
	while (rest.len) {
		struct str part = str_cut(&rest, '/');
		size_t len = (size_t)(part.data - path.data) + part.len;

		if (!rest.len) {
			buf_add_text(b, "<span aria-current=\"page\">");
			html_text(b, label_of(c, part, k));
			buf_add_text(b, "</span>");
			break;
		}
		add_address(c, (struct str){ path.data, len });
		buf_add_text(b, "<a href=\"");
		html_url(b, buf_str(&c->scratch));
		buf_add_text(b, "\">");
		html_text(b, label_of(c, part, k));
		buf_add_text(b, "</a> / ");
		buf_reset(&c->scratch);
	}
	buf_add_text(b, "</nav>\n");
}

int64_t page_api_mark(const struct call *c, int64_t version)
{
	const struct exchange *x = c->x;
	uint64_t mark = (uint64_t)version;

	if (x->districts)
		mark = mark << 32 ^
		       (uint64_t)snapshot_info_of(x->districts)->version;
	for (size_t i = 0; i < x->n_layers; i++)
		mark =
		    mark * 31 +
		    (uint64_t)snapshot_info_of(x->layers[i].snapshot)->version;
	return (int64_t)mark;
}

void page_api_begin(struct call *c, struct page *p, const struct links *l,
    const struct collection *k)
{
	p->links = l;
	page_begin(c, p);
	add_crumbs(c, k);
}

void page_heading(struct call *c, enum text_id id)
{
	buf_add_text(call_text(c), "<h2>");
	page_text(c, id);
	buf_add_text(call_text(c), "</h2>\n");
}

void page_api_end(struct call *c, const struct page *p)
{
	page_heading(c, TEXT_LINKS);
	links_list(p->links);
	page_end(c, p);
}

void page_feature_link(
    struct call *c, const struct collection *k, struct str id)
{
	struct buf path;

	buf_init(&path, REQUEST_PATH_MAX);
	buf_add_format(&path, "/api/collections/%s/items/", k->id);
	buf_add_char(&path, '\0');
	if (path.failed)
		c->x->response->failed = true;
	else
		page_link(c, path.data, id, id);
	buf_free(&path);
}

static void add_text(struct call *c, const struct codelist *codes, struct str s)
{
	int code = codes ? codes_find(codes, s) : -1;

	if (code >= 0)
		html_text(
		    call_text(c), str_from(codes->codes[code].title[c->lang]));
	else if (str_starts(s, "https://") || str_starts(s, "http://")) {
		buf_add_text(
		    call_text(c), "<a rel=\"external nofollow\" href=\"");
		html_url(call_text(c), s);
		buf_add_text(call_text(c), "\">");
		html_text(call_text(c), s);
		buf_add_text(call_text(c), "</a>");
	} else {
		html_text(call_text(c), s);
	}
}

static void add_list(
    struct call *c, const struct codelist *codes, struct str list)
{
	while (list.len) {
		add_text(c, codes, str_cut(&list, ';'));
		if (list.len)
			buf_add_text(call_text(c), ", ");
	}
}

static void add_time(struct call *c, int64_t microseconds)
{
	char text[CLOCK_TIME_SIZE];

	clock_time_text(microseconds, text);
	buf_add_format(call_text(c), "<time>%s</time>", text);
}

void page_value(struct call *c, const struct schema *schema, size_t field,
    const struct value *v)
{
	const struct codelist *codes =
	    schema == &project_schema ? project_codes((int)field) : NULL;
	struct buf *b = call_text(c);

	switch (v->type) {
	case VALUE_NULL:
		break;
	case VALUE_TEXT:
		add_text(c, codes, v->text);
		break;
	case VALUE_LIST:
		add_list(c, codes, v->text);
		break;
	case VALUE_INT:
		buf_add_int(b, v->integer);
		break;
	case VALUE_NUMBER:
		buf_add_double(b, v->number, NUMBER_DIGITS);
		break;
	case VALUE_MONEY:
		html_money(b, v->integer, c->lang);
		break;
	case VALUE_BOOL:
		page_text(c, v->integer ? TEXT_YES : TEXT_NO);
		break;
	case VALUE_DAY:
		html_day(b, (int32_t)v->integer, c->lang);
		break;
	case VALUE_TIME:
		add_time(c, v->integer);
		break;
	}
}

void page_extent(struct call *c, const struct bbox *box)
{
	const double numbers[] = { box->west, box->south, box->east,
		box->north };
	static const char *const between[] = { ", ", " \xE2\x80\x93 ", ", " };

	for (size_t i = 0; i < 4; i++) {
		buf_add_double(call_text(c), numbers[i], EXTENT_DIGITS);
		if (i < 3)
			buf_add_text(call_text(c), between[i]);
	}
}

static void add_end(struct call *c, int32_t day)
{
	if (day)
		html_day(call_text(c), day, c->lang);
	else
		page_text(c, TEXT_OPEN);
}

void page_period(struct call *c, int32_t first, int32_t last)
{
	add_end(c, first);
	buf_add_text(call_text(c), " \xE2\x80\x93 ");
	add_end(c, last);
}
